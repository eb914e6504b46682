"""The pages as Chromium shows them: to everybody, at every width, and without scripts too."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from PIL import Image

from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Matter, Part, Urgency
from nyumbani.domain.delivery import State
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox.actions import work
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import ChangeKind
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.people.terms import PairReason
from tests.browser import axe_violations, transfer_weights
from tests.desk.world import (
    INTAKE,
    MINUTE,
    alarm,
    answer,
    at_desk,
    attach,
    case_with,
    change,
    hear,
    lets_in,
    messenger,
    odd_item,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STAFF_VIEW = 60_000  # bytes over the wire
SAID = "It is not for me. My friend Achieng is beaten by her boss and he took her passport."


@pytest.fixture
def world(wanjiku, kamau, amina):
    """A day with something of everything in it; returns the addresses of its pages."""
    now, by = clock.now(), actor(wanjiku)
    rehema, fatma = somebody("Rehema", account=messenger()), somebody("فاطمة")
    first = hear(rehema, SAID, at=now - 300 * MINUTE, received=now - 60 * MINUTE)
    _everything_that_can_happen(rehema, wanjiku)
    voice = hear(fatma, "", content=Content.VOICE, at=now - 60 * MINUTE)
    attach(voice, b"OggS" + bytes(40_000), "audio/ogg")
    hear(fatma, "ساعدوني، أنا محبوسة في البيت")
    people.put_side_by_side(
        one=rehema.person_id, other=fatma.person_id, reason=PairReason.SHARED_IDENTIFIER, by=INTAKE
    )
    case = case_with(wanjiku, urgency=Urgency.NOW)
    cases.join(case=case, person=rehema.person, part=Part.REPORTER, by=by)
    cases.introduce(
        case=case, part=Part.IN_DISTRESS, called="Achieng", told_by=rehema.person, by=by
    )
    work.write_down_fact(message=first, case=case, matter=Matter.OTHER, text="Beaten", by=by)
    lets_in(case, wanjiku, kamau)
    cases.set_task(case=case, title="Ask", due_at=now - MINUTE, assignee=wanjiku, by=by)
    cases.set_task(case=case, title="Call the consul", assignee=kamau, by=by)
    cases.write_note(case=case, text="Do not call.", by=by)
    cases.break_glass(case=case, reason="She calls and nobody answers", by=actor(amina))
    odd_item("hello")
    hours = (SafeTime(frozenset({4}), dt.time(20), dt.time(22)),)
    agreed = Agreed(Rule(ZoneInfo("Africa/Tripoli"), hours), "a cousin", "jasmine", "mango")
    people.agree_on_contact(person=rehema.person, agreed=agreed, by=by)
    alarm(hear(rehema, "the mango is ripe"))
    pages = ["/", "/inbox/", "/inbox/odd/", "/cases/", "/cases/open/", "/jump/"]
    pages += [f"/inbox/{one.person_id}/" for one in (rehema, fatma)]
    pages += [f"/inbox/{fatma.person_id}/{voice.pk}/take-up/", f"/people/{rehema.person_id}/"]
    pages += [f"/inbox/{rehema.person_id}/safe-contact/"]
    pages += [f"/inbox/{rehema.person_id}/{first.pk}/fact/", f"/cases/{case.pk}/people/add/"]
    tabs = ("overview", "people", "tasks", "facts", "notes", "messages", "history")
    return pages + [f"/cases/{case.pk}/{tab}/" for tab in tabs]


def _everything_that_can_happen(thread, staff):
    change(hear(thread, "in Tripoly"), ChangeKind.EDIT, "in Tripoli")
    change(hear(thread, "I am afraid"), ChangeKind.DELETION)
    change(hear(thread, "Asante"), ChangeKind.REACTION, "🙏🏾")
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    picture = hear(thread, "This is the house", content=Content.IMAGE)
    attach(picture, out.getvalue(), "image/jpeg", kind=Content.IMAGE, name="IMG_1.jpg")
    attach(hear(thread), b"%PDF", "application/pdf", kind=Content.DOCUMENT, name="contract.pdf")
    hear(thread, content=Content.UNKNOWN, notes=["not understood: a poll"])
    place = {"latitude": 32.88, "longitude": 13.19, "name": "Gargaresh"}
    hear(thread, content=Content.LOCATION, data={"location": place})
    work.note(thread=thread, text="Reporter is not in danger.", by=actor(staff))
    answer(thread, "Is it safe?", staff, state=State.FAILED, why="outside of the window")
    answer(thread, "When is nobody near?", staff, state=State.UNKNOWN)


def opened(new_page, live_server, staff, **how):
    """A browser in which this colleague is signed in."""
    page = new_page(**how)
    name = settings.SESSION_COOKIE_NAME
    key = at_desk(staff).cookies[name].value
    page.context.add_cookies([{"name": name, "value": key, "url": live_server.url}])
    return page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_is_open_to_everybody_light_and_asks_no_stranger(
    live_server, new_page, wanjiku, world, lang, width
):
    page = opened(new_page, live_server, wanjiku, lang=lang, width=width)
    weights, found = transfer_weights(page), {}
    for address in world:
        page.goto(live_server.url + address)
        assert axe_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found[address], weights.of = weights.total, {}
    assert weights.foreign == set()
    assert max(found.values()) < STAFF_VIEW
    # Styles and scripts came with the first page; what follows is lighter.
    assert max(list(found.values())[1:]) < STAFF_VIEW / 3


def test_without_scripts_she_is_answered_and_a_case_is_opened(live_server, new_page, wanjiku):
    thread = somebody("Rehema", account=messenger())
    hear(thread, SAID)
    page = opened(new_page, live_server, wanjiku, width=360, java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("link", name="Rehema").click()
    page.get_by_label("Reply").fill("Thank you for writing. Is it safe to write now?")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_text("waiting to be sent").count() > 0
    page.get_by_role("link", name="Open a case from her first message here").click()
    page.get_by_label("Somebody else, of whom the writer tells").check()
    page.get_by_label("What is the person in distress called?").fill("Achieng")
    page.get_by_label("danger now").check()
    page.get_by_label("What makes you say so?").fill("She is beaten")
    page.get_by_role("button", name="Open the case").click()
    assert page.get_by_role("heading", name="NYB-1").count() == 1
    page.get_by_role("link", name="Facts").click()
    page.get_by_role("link", name="in this message").click()
    assert SAID in page.content()


def test_what_is_being_typed_outlives_the_news(live_server, new_page, wanjiku):
    thread = somebody("Rehema")
    hear(thread, "Hallo")
    page = opened(new_page, live_server, wanjiku)
    page.clock.install()
    page.goto(f"{live_server.url}/inbox/{thread.person_id}/")
    page.get_by_label("Reply").fill("Is it safe")
    hear(thread, "Are you there?")
    page.clock.run_for(16_000)  # the page asks every fifteen seconds
    page.locator(".msg", has_text="Are you there?").wait_for()
    page.keyboard.type(" to write?")
    assert page.get_by_label("Reply").input_value() == "Is it safe to write?"
    assert not Attempt.objects.exists()
