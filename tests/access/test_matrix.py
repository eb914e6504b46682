"""Every address × every role × inside or outside the case."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nyumbani.accounts.terms import Role
from nyumbani.broadcasts.models import Recipient
from nyumbani.cases import actions as cases
from nyumbani.cases.models.events import GroupEvent
from nyumbani.cases.models.team import Notice
from nyumbani.cases.terms import Matter, Part
from nyumbani.domain.delivery import State
from nyumbani.inbox.actions.attributing import say_writer
from nyumbani.inbox.actions.joining import join
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import System
from nyumbani.people.models.overrides import OverrideNotice
from tests.access.matrix import ACCESS
from tests.accounts.staff import hire, sign_in
from tests.broadcasts.world import drafted
from tests.chats import brought
from tests.desk import world
from tests.inbox.enclosed import sent_file
from tests.inbox.papers import paper
from tests.inbox.templates_here import approved
from tests.people.consents_here import consented, overridden
from tests.people_here import actor
from tests.sheets.brought import bring as bring_list
from tests.watch.night import on_nights

pytestmark = pytest.mark.django_db


def named_urls(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_urls(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_says_who_may_open_it():
    assert set(named_urls(get_resolver().url_patterns)) == set(ACCESS)


@pytest.fixture
def things(db, tmp_path):
    """A case of Wanjiku with a person in it, and one of everything that has an address."""
    lead = hire("wanjiku", Role.CASEWORKER)
    thread = world.somebody("Nafula")
    message = world.hear(thread, "Habari")
    case = world.case_with(lead, thread)
    attempt = world.answer(thread, "Is it safe?", lead, state=State.FAILED, why="no", code=1)
    file = world.attach(message, b"OggS", "audio/ogg")
    sent = sent_file(thread, lead)
    papers = world.attach(world.hear(thread), paper(), "application/pdf")
    fact = cases.write_fact(
        case=case, matter=Matter.OTHER, text="x", said_at=clock.now(), by=actor(lead)
    )
    task = cases.set_task(case=case, title="ask", by=actor(lead))
    words = approved(message.account)
    stranger = hire("kamau", Role.CASEWORKER)
    hire("amina", Role.DIRECTOR)
    cases.break_glass(case=case, reason="night", by=actor(stranger))
    notice = Notice.objects.first()
    return {
        "case": case.pk, "person": thread.person_id, "message": message.pk,
        "account": message.account_id, "template": words.template_id, "words": words.pk,
        "attempt": attempt.pk, "file": file.pk, "fact": fact.pk, "task": task.pk,
        "event": GroupEvent.objects.get(kind="joined").pk,
        "paper": papers.pk, "sent": sent.pk,
        "alarm": world.alarm(message).pk, **sharing(lead, case, thread, message),
        "label": world.label("Tripoli", lead).pk, "view": world.view("Mine", lead).pk,
        "odd": world.odd_item(person=thread.person).pk, "notice": notice.pk, "staff": stranger.pk,
        "shift": on_nights(lead, lead).pk,
        "job": enqueue(kind="inbox.read", data={}, by=System("tests")), "lead": lead, "it": case,
        **to_many(lead, case), **allowed(lead, thread),
        **brought.everything_in(tmp_path, case=case, by=actor(lead)),
        "sheet": bring_list(tmp_path, case, lead).pk,
    }  # fmt: skip


def sharing(lead, case, thread, message):
    """Another telephone of hers, shown with this one; who wrote a message; and a place."""
    other = world.somebody("Nafula again")
    cases.join(case=case, person=other.person, part=Part.IN_DISTRESS, by=actor(lead))
    act = ids.new()
    say_writer(first=message, last=message, writer=other.person, act=act, by=actor(lead))
    place = world.hear(
        thread, content="location", data={"location": {"latitude": 32.8, "longitude": 13.1}}
    )
    row = join(main=thread, other=other, why="her voice", by=actor(lead))
    return {"act": act, "place": place.pk, "join": row.pk}


def allowed(lead, thread):
    """What she agreed to, and what was done without it, of which a director is told."""
    given = consented(lead, thread.person)
    row = overridden(lead, thread.person)
    notice = OverrideNotice.objects.filter(override=row).first()
    return {"consent": given.pk, "override": row.pk, "override_notice": notice.pk}


def to_many(lead, case):
    """Words to the people of the case, drafted."""
    row = drafted(lead, case)
    return {"to_many": row.pk, "recipient": Recipient.objects.filter(broadcast=row).first().pk}


def address(name, things):
    page = ACCESS[name]
    args = {
        key: what[:-1] if what.endswith("!") else things[what] for key, what in page.args.items()
    }
    return reverse(name, kwargs=args or None)


def ask(client, name, things):
    page = ACCESS[name]
    answer = getattr(client, page.method)(address(name, things), page.data or None)
    if answer.streaming:
        list(answer)  # read to its end, as a browser does: then its file is closed
    return answer


def is_closed(answer):
    """What one may not open does not exist; nobody is told that it does."""
    return answer.status_code == 404


CIRCLES = [(role, inside) for role in Role for inside in (False, True)]


@pytest.mark.parametrize(("role", "inside"), CIRCLES, ids=str)
def test_each_role_gets_through_where_it_may_and_nowhere_else(role, inside, things):
    staff = hire("somebody", role)
    if inside:
        world.lets_in(things["it"], things["lead"], staff)
    client = sign_in(Client(), staff)
    wrong = []
    for name, page in ACCESS.items():
        if page.public or page.own:
            continue
        may = role in (page.inside if inside else page.outside) and not page.demo
        answer = ask(client, name, things)
        elsewhere = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        if is_closed(answer) == may or elsewhere or answer.status_code >= 500:
            wrong.append((name, "may" if may else "may not", answer.status_code))
    assert not wrong, "\n".join(str(x) for x in wrong)


def test_only_the_lead_lets_colleagues_in(things):
    client, colleague = sign_in(Client(), things["lead"]), things["staff"]
    for name in ("cases:assign", "cases:take-off"):
        answer = client.post(address(name, things), {"staff": colleague, "role": "team"})
        assert answer.status_code == 302, name


def test_who_is_not_signed_in_gets_the_sign_in_page_or_nothing(things):
    client = Client()
    wrong = []
    for name, page in ACCESS.items():
        if page.public or page.own:
            continue
        answer = ask(client, name, things)
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        if not (to_sign_in or (page.demo and answer.status_code == 404)):
            wrong.append((name, answer.status_code))
    assert not wrong, "\n".join(str(x) for x in wrong)


def test_a_guessed_id_is_answered_as_one_that_may_not_be_known(things):
    client = sign_in(Client(), hire("somebody", Role.CASEWORKER))
    known = client.get(reverse("desk:case", args=[things["case"]]))
    guessed = client.get(reverse("desk:case", args=["01J00000000000000000000000"]))
    assert known.status_code == guessed.status_code == 404
    assert known.content == guessed.content


def test_no_page_is_kept_by_a_browser_or_asks_a_stranger(things):
    client = sign_in(Client(), things["lead"])
    for name, page in ACCESS.items():
        if page.own or page.public or page.method != "get":
            continue
        answer = ask(client, name, things)
        assert answer["Cache-Control"] == "no-store", name
        if answer.status_code == 200 and "Content-Security-Policy" in answer:
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy or "sandbox" in policy, name
            assert "http" not in policy, name
