"""The list of conversations: who, how long they wait, who answers; and its poll."""

import gzip

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.terms import Urgency
from nyumbani.inbox.actions import work
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.terms import ChangeKind
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.terms import PairReason
from tests.desk.world import (
    INTAKE,
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    change,
    hear,
    messenger,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIRST_VIEW = 60_000  # bytes over the wire
POLL = {"headers": {"X-Poll": "1"}}


def listed(client, address="/inbox/"):
    return [row.called.shown for row in client.get(address).context["list"].page.items]


def test_nobody_sees_it_before_signing_in(client):
    assert client.get("/inbox/")["Location"].startswith("/sign-in/")


def test_an_empty_inbox_says_what_will_happen(wanjiku):
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    assert "Nobody has written whom you may read." in page


def test_whoever_runs_the_machine_has_no_inbox(mutiso):
    assert at_desk(mutiso).get("/inbox/").status_code == 404


def test_who_is_in_no_case_stands_before_everybody_who_answers(wanjiku, kamau, otieno):
    hear(somebody("Rehema"), "Hallo")
    for staff in (wanjiku, kamau, otieno):
        assert listed(at_desk(staff)) == ["Rehema"]


def test_a_director_answers_no_inbox_but_reads_her_own_cases(wanjiku, amina):
    hear(somebody("Rehema"), "Hallo")
    assert listed(at_desk(amina)) == []


def test_whoever_is_in_a_case_is_seen_by_its_team_alone(wanjiku, kamau):
    thread = somebody("Achieng")
    hear(thread, "They took my passport")
    case_with(wanjiku, thread)
    assert listed(at_desk(wanjiku)) == ["Achieng"]
    assert listed(at_desk(kamau)) == []


def test_without_a_name_the_number_is_shown_masked(wanjiku):
    hear(somebody("", "218910000001"), "Habari")
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    assert "no name yet" in page
    assert "+218 ••• 01" in page
    assert "218910000001" not in page


def test_a_line_tells_channel_wait_window_danger_and_owner(wanjiku):
    thread = somebody("Achieng", account=messenger())
    hear(thread, "Help", at=MONDAY - 90 * MINUTE, account=messenger())
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    work.assign(thread=thread, to=wanjiku, by=actor(wanjiku))
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    for words in ("Messenger", "waits 90 minutes", "22 h 28 min left", "danger now", "Wanjiku"):
        assert words in page


def test_a_voice_note_says_that_it_is_one(wanjiku):
    hear(somebody("Nafula"), "", content=Content.VOICE)
    assert "Voice note" in at_desk(wanjiku).get("/inbox/").content.decode()


def test_what_we_sent_last_shows_its_state(wanjiku):
    thread = somebody("Rehema")
    hear(thread, "Hallo", at=MONDAY - MINUTE)
    answer(thread, "Are you safe?", wanjiku)
    assert "waiting to be sent" in at_desk(wanjiku).get("/inbox/").content.decode()


def test_the_newest_message_stands_as_it_is_now(wanjiku):
    edited, gone = somebody("Rehema"), somebody("Achieng")
    change(hear(edited, "in Tripoly"), ChangeKind.EDIT, "in Tripoli")
    message = hear(gone, "I am afraid of him")
    change(message, ChangeKind.EDIT, "I am so afraid of him")
    desk = at_desk(wanjiku)
    stamp = desk.get("/inbox/").context["list"].stamp
    assert "so afraid" in desk.get("/inbox/").content.decode()
    change(message, ChangeKind.DELETION)
    page = desk.get("/inbox/").content.decode()
    assert "in Tripoli" in page
    assert "in Tripoly" not in page
    assert "taken back" in page
    assert "afraid" not in page
    assert desk.get("/inbox/").context["list"].stamp != stamp


def test_who_may_be_one_person_is_counted_where_both_may_be_known(wanjiku, kamau):
    one, other = somebody("Rehema"), somebody("Rehema W.")
    for thread in (one, other):
        hear(thread, "Hallo")
    people.put_side_by_side(
        one=one.person_id, other=other.person_id, reason=PairReason.SHARED_IDENTIFIER, by=INTAKE
    )
    assert "may be one person with 1 other" in at_desk(wanjiku).get("/inbox/").content.decode()
    case_with(kamau, other)
    assert "may be one person" not in at_desk(wanjiku).get("/inbox/").content.decode()


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("all", ["Zawadi", "Achieng", "Rehema"]),
        ("mine", ["Rehema"]),
        ("unassigned", ["Zawadi", "Achieng"]),
        ("waiting", ["Zawadi", "Achieng"]),
        ("danger", ["Achieng"]),
        ("nonsense", ["Zawadi", "Achieng", "Rehema"]),
    ],
)
def test_each_chip_shows_its_own_and_counts_them(wanjiku, show, names):
    rehema, achieng, zawadi = somebody("Rehema"), somebody("Achieng"), somebody("Zawadi")
    hear(rehema, "Hallo", at=MONDAY - 3 * MINUTE)
    hear(achieng, "Help", at=MONDAY - 2 * MINUTE)
    hear(zawadi, "Habari", at=MONDAY - MINUTE)
    with clock.at(MONDAY - 2 * MINUTE):
        answer(rehema, "Are you safe?", wanjiku)
    work.assign(thread=rehema, to=wanjiku, by=actor(wanjiku))
    case_with(wanjiku, achieng, urgency=Urgency.NOW)
    desk = at_desk(wanjiku)
    assert sorted(listed(desk, f"/inbox/?show={show}")) == sorted(names)
    if show != "nonsense":
        assert dict(desk.get("/inbox/").context["list"].chips)[show].count == len(names)


def test_older_conversations_follow_by_key(wanjiku):
    for n in range(52):
        hear(somebody(f"Woman {n}"), "Help", at=MONDAY - n * MINUTE)
    desk = at_desk(wanjiku)
    first = desk.get("/inbox/").context["list"].page
    assert len(first.items) == 50
    assert listed(desk, f"/inbox/?cursor={first.older}") == ["Woman 50", "Woman 51"]


def test_as_many_queries_for_fifty_as_for_two(wanjiku, django_assert_max_num_queries):
    desk = at_desk(wanjiku)
    for n in range(2):
        hear(somebody(f"Woman {n}"), "Help", at=MONDAY - n * MINUTE)
    desk.get("/inbox/")
    with django_assert_max_num_queries(10) as two:
        desk.get("/inbox/")
    for n in range(2, 50):
        thread = somebody(f"Woman {n}" if n % 2 else "")
        hear(thread, "Help", at=MONDAY - n * MINUTE)
    with django_assert_max_num_queries(len(two)):
        desk.get("/inbox/")


def test_fifty_conversations_stay_within_the_weight(wanjiku):
    for n in range(50):
        hear(somebody(f"Woman {n}"), f"They took my passport {n}" * 4, at=MONDAY - n * MINUTE)
    answered = at_desk(wanjiku).get("/inbox/")
    # Compressed by ourselves: the product's own compression adds random bytes.
    assert len(gzip.compress(answered.content)) < FIRST_VIEW / 3


def test_the_list_is_written_down_and_a_silent_poll_is_not(wanjiku):
    hear(somebody("Rehema"), "Hallo", at=MONDAY - MINUTE)
    desk = at_desk(wanjiku)
    stamp = desk.get("/inbox/").context["list"].stamp
    lines = Entry.objects.filter(verb="list.seen", about="page:inbox")
    assert [line.by for line in lines] == [f"staff:{wanjiku.pk}"]
    assert b'"people":1' in bytes(lines[0].body)
    with clock.at(MONDAY + 6 * MINUTE):
        polled = Entry.objects.count()
        assert desk.get(f"/inbox/news/?since={stamp}", **POLL).status_code == 204
        assert Entry.objects.count() == polled


def test_a_poll_is_empty_until_somebody_writes(wanjiku):
    thread = somebody("Rehema")
    hear(thread, "Hallo", at=MONDAY - MINUTE)
    desk = at_desk(wanjiku)
    address = f"/inbox/news/?since={desk.get('/inbox/').context['list'].stamp}"
    silent = desk.get(address, **POLL)
    assert silent.status_code == 204
    assert len(silent.serialize_headers()) < 400
    hear(thread, "Are you there?")
    news = desk.get(address, **POLL)
    assert news.status_code == 200
    assert "Are you there?" in news.content.decode()
    assert news.content.decode().lstrip().startswith("<section")


def test_a_poll_tells_of_a_new_owner_and_of_new_danger(wanjiku):
    thread = somebody("Rehema")
    hear(thread, "Hallo")
    desk = at_desk(wanjiku)
    stamps = [desk.get("/inbox/").context["list"].stamp]
    work.assign(thread=thread, to=wanjiku, by=actor(wanjiku))
    stamps.append(desk.get("/inbox/").context["list"].stamp)
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    stamps.append(desk.get("/inbox/").context["list"].stamp)
    assert len(set(stamps)) == 3


def test_waiting_times_do_not_go_stale(wanjiku):
    hear(somebody("Rehema"), "Hallo")
    desk = at_desk(wanjiku)
    address = f"/inbox/news/?since={desk.get('/inbox/').context['list'].stamp}"
    with clock.at(MONDAY + 11 * MINUTE):
        assert "waits 11 minutes" in desk.get(address, **POLL).content.decode()


def test_a_poll_tells_nothing_to_whoever_runs_the_machine(mutiso):
    assert at_desk(mutiso).get("/inbox/news/?since=x", **POLL).status_code == 404


def test_it_turns_to_the_right_in_arabic(wanjiku):
    hear(somebody("فاطمة"), "ساعدوني")
    page = at_desk(wanjiku).get("/inbox/", headers={"Accept-Language": "ar"}).content.decode()
    assert 'dir="rtl"' in page
    assert "ساعدوني" in page


def test_no_name_stands_in_the_title(wanjiku):
    hear(somebody("Rehema"), "Hallo")
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "Inbox" in title
    assert "Rehema" not in title
