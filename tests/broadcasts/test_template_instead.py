"""Whose day is over on the platform gets the approved template in the place of the words."""

import datetime as dt

import pytest

from nyumbani.broadcasts.actions.sending import NotBegun, begin
from nyumbani.broadcasts.models import Recipient
from nyumbani.broadcasts.queries import foreseen
from nyumbani.broadcasts.terms import Step
from nyumbani.cases.actions import join
from nyumbani.cases.terms import Part
from nyumbani.domain.safe_contact import SafeTime
from nyumbani.domain.to_many import Outlook
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.templates import Template, TemplateWords
from nyumbani.inbox.terms import TemplateStatus, Way
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people.actions import note_languages
from nyumbani.people.terms import Language
from tests.broadcasts.world import agree, drafted, group
from tests.desk.world import MONDAY, at_desk, hear, somebody, whatsapp
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TWO_DAYS_ON = MONDAY + dt.timedelta(days=2)
HABARI = "Habari. Tuko hapa. Andika ukiweza."
GIVEN = {
    "subject": "Is it safe?", "aim": "group", "parts": ["in_distress"], "fallback": "en",
    "patience": "60", "text_en": "Is it safe to write to you now?",
}  # fmt: skip


@pytest.fixture
def template(db):
    row = Template.objects.create(
        account=whatsapp(), name="hello_again", category="utility", added_at=clock.now()
    )
    for language, body in (("sw", HABARI), ("en", "Hello. We are here. Write when you can.")):
        TemplateWords.objects.create(
            template=row, language=language, body=body, status=TemplateStatus.APPROVED,
            platform_id=f"5{language}",
            changed_at=clock.now(),
        )  # fmt: skip
    return row


@pytest.fixture
def silent(wanjiku):
    """Two women who wrote two days ago, and one who writes now."""
    case, threads = group(wanjiku, "Nafula", "Akinyi")
    note_languages(person=threads[0].person, languages=[Language.SWAHILI], by=actor(wanjiku))
    return case, threads


def prepared(staff, case, template):
    row = drafted(staff, case)
    row.template = template
    row.save(update_fields=["template"])
    return row


def sent(thread):
    return [one.text for one in Message.objects.filter(conversation=thread, way=Way.OUT)]


def test_who_is_silent_for_long_gets_the_template_in_her_language(wanjiku, silent, template):
    case, (nafula, akinyi) = silent
    with clock.at(TWO_DAYS_ON):
        fresh = somebody("Zawadi")
        hear(fresh, "Habari")
        join(case=case, person=fresh.person, part=Part.IN_DISTRESS, by=actor(wanjiku))
        row = prepared(wanjiku, case, template)
        found = {one.called.shown: one for one in foreseen(viewer(wanjiku), row)}
        assert {one.outlook for one in found.values()} == {Outlook.NOW}
        assert found["Nafula"].template.body == HABARI
        assert found["Zawadi"].template is None
        assert HABARI in at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
        begin(broadcast=row, by=actor(wanjiku))
        run_due()
    assert sent(nafula) == [HABARI]
    assert sent(akinyi) == ["Hello. We are here. Write when you can."]
    assert sent(fresh) == ["Is it safe to write to you now?"]


def test_without_a_template_who_is_silent_is_not_written_to(wanjiku, silent):
    case, (nafula, _) = silent
    with clock.at(TWO_DAYS_ON):
        row = drafted(wanjiku, case)
        begin(broadcast=row, by=actor(wanjiku))
        run_due()
    assert {one.step for one in Recipient.objects.all()} == {Step.REFUSED}
    assert sent(nafula) == []


def test_one_that_the_platform_has_paused_since_is_not_sent(wanjiku, silent, template):
    case, (nafula, _) = silent
    with clock.at(TWO_DAYS_ON):
        row = prepared(wanjiku, case, template)
        TemplateWords.objects.update(status=TemplateStatus.PAUSED)
        begin(broadcast=row, by=actor(wanjiku))
        run_due()
    assert sent(nafula) == []


def test_her_hours_hold_for_a_template_as_well(wanjiku, silent, template):
    case, (nafula, _) = silent
    agree(nafula, wanjiku, times=(SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),))
    with clock.at(TWO_DAYS_ON):
        row = prepared(wanjiku, case, template)
        found = {one.called.shown: one.outlook for one in foreseen(viewer(wanjiku), row)}
    assert found == {"Nafula": Outlook.HELD, "Akinyi": Outlook.NOW}


def test_words_with_blanks_are_not_offered_for_many(wanjiku, silent, template):
    case, _ = silent
    desk = at_desk(wanjiku)
    assert "hello_again" in desk.get("/to-many/new/").content.decode()
    done = desk.post("/to-many/new/", {**GIVEN, "case": case.pk, "template": template.pk})
    assert done.status_code == 302
    TemplateWords.objects.update(body="Habari {{1}}")
    assert "hello_again" not in desk.get("/to-many/new/").content.decode()


def test_a_template_that_could_betray_her_goes_to_many_only_with_a_reason(
    wanjiku, silent, template
):
    """What was written at the platform instead of here was weighed by nobody."""
    case, (nafula, _) = silent
    TemplateWords.objects.filter(language="sw").update(body="Habari. Polisi wanakuja.")
    with clock.at(TWO_DAYS_ON):
        row = prepared(wanjiku, case, template)
        assert "Polisi" in at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
        with pytest.raises(NotBegun) as refusal:
            begin(broadcast=row, by=actor(wanjiku))
        assert refusal.value.answer.why == "words"
        begin(broadcast=row, by=actor(wanjiku), why="She asked for exactly these words.")
        run_due()
    assert sent(nafula) == ["Habari. Polisi wanakuja."]
