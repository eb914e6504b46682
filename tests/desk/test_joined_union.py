"""What was done to either conversation shows on the one they are shown as; undone, on its own."""

import random
from contextlib import suppress

import pytest

from nyumbani.cases.terms import Urgency
from nyumbani.inbox.actions import attention, labels, wholes, work
from nyumbani.inbox.actions.joining import NotJoined, join, undo
from nyumbani.inbox.models.attention import Mention, Snooze
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.labels import ConversationLabel
from nyumbani.inbox.queries import listing
from nyumbani.inbox.queries.sieve import Sieve, walk
from nyumbani.inbox.terms import Show
from nyumbani.kit import clock
from tests.desk.world import (
    MINUTE,
    MONDAY,
    at_desk,
    case_with,
    hear,
    label,
    lets_in,
    messenger,
    somebody,
)
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def two(wanjiku):
    main, other = somebody("Rehema"), somebody("", account=messenger())
    hear(main, "On the first", at=MONDAY - 9 * MINUTE)
    hear(other, "On the second", at=MONDAY - 8 * MINUTE)
    return main, other


def joined(two, by):
    return join(main=fresh(two[0]), other=fresh(two[1]), why="her voice", by=actor(by))


def fresh(thread):
    return Conversation.objects.select_related("person").get(pk=thread.pk)


def address(thread, more=""):
    return f"/inbox/{thread.person_id}/{more}"


def page_of(staff, thread):
    return at_desk(staff).get(address(thread)).content.decode()


def behind(staff, show):
    return list(listing.shown(viewer(staff), show))


def put_on(word, thread, by):
    labels.put_on(label=word, thread=fresh(thread), by=actor(by))


def aside(thread, by, minutes=60):
    until = clock.now() + minutes * MINUTE
    return attention.lay_aside(thread=fresh(thread), until=until, by=actor(by))


def row_of(staff, thread):
    """The text of its row in the list."""
    page = at_desk(staff).get("/inbox/?show=all").content.decode()
    return page.partition(f'id="t-{thread.pk}"')[2].partition("</li>")[0]


def test_labels_of_both_stand_on_one_and_each_has_its_own_again(two, wanjiku, otieno):
    calls, doctor = label("Call back", otieno), label("Doctor", otieno)
    put_on(calls, two[0], wanjiku)
    put_on(doctor, two[1], wanjiku)
    row = joined(two, wanjiku)
    for shown in (row_of(wanjiku, two[0]), page_of(wanjiku, two[0])):
        assert "Call back" in shown
        assert "Doctor" in shown
    found = walk(viewer(wanjiku), Sieve(label=doctor.pk)).items
    assert found == [two[0]]
    undo(row=row, by=actor(wanjiku))
    assert "Doctor" not in row_of(wanjiku, two[0])
    assert "Doctor" in row_of(wanjiku, two[1])


def test_a_label_taken_off_the_whole_is_off_wherever_it_stood(two, wanjiku, otieno):
    doctor = label("Doctor", otieno)
    put_on(doctor, two[1], wanjiku)
    joined(two, wanjiku)
    at_desk(wanjiku).post(address(two[0], "label/"), {"label": doctor.pk, "off": "yes"})
    assert not ConversationLabel.objects.exists()
    assert "Take off" not in page_of(wanjiku, two[0])


def test_a_label_of_a_part_one_may_not_read_is_not_shown(two, wanjiku, kamau, otieno):
    doctor = label("Doctor", otieno)
    put_on(doctor, two[1], wanjiku)
    joined(two, wanjiku)
    case_with(wanjiku, two[0])
    case_with(kamau, two[1])
    assert "Doctor" not in row_of(wanjiku, two[0])
    assert walk(viewer(wanjiku), Sieve(label=doctor.pk)).items == []
    assert walk(viewer(kamau), Sieve(label=doctor.pk)).items == [two[1]]


def test_both_who_answer_find_it_under_theirs_and_it_is_nobodys_no_more(two, wanjiku, kamau):
    work.assign(thread=fresh(two[1]), to=kamau, by=actor(wanjiku))
    row = joined(two, wanjiku)
    assert behind(kamau, Show.MINE) == [two[0]]
    assert behind(kamau, Show.UNASSIGNED) == []
    assert walk(viewer(wanjiku), Sieve(answers=kamau.pk)).items == [two[0]]
    work.assign(thread=fresh(two[0]), to=wanjiku, by=actor(wanjiku))
    assert "<bdi>Wanjiku</bdi> · <bdi>Kamau</bdi>" in row_of(wanjiku, two[0])
    page = " ".join(page_of(wanjiku, two[0]).split())
    assert "<bdi>Wanjiku</bdi> · <bdi>Kamau</bdi>" in page
    undo(row=row, by=actor(wanjiku))
    assert [fresh(one).owner for one in two] == [wanjiku, kamau]
    assert behind(kamau, Show.MINE) == [two[1]]


def test_assigning_the_whole_assigns_each_part_to_who_may_read_it(two, wanjiku, kamau):
    work.assign(thread=fresh(two[1]), to=wanjiku, by=actor(wanjiku))
    joined(two, wanjiku)
    at_desk(wanjiku).post(address(two[0], "assign/"), {"to": kamau.pk})
    assert [fresh(one).owner for one in two] == [kamau, kamau]


def test_a_part_goes_to_no_colleague_who_may_not_read_it(two, wanjiku, kamau):
    joined(two, wanjiku)
    case_with(wanjiku, fresh(two[1]))
    wholes.assign_all(thread=fresh(two[0]), to=kamau, by=actor(wanjiku))
    assert [fresh(one).owner for one in two] == [kamau, None]


def test_laid_aside_is_shown_and_hides_nothing_that_waits_in_the_other(two, wanjiku):
    aside(two[1], wanjiku)
    row = joined(two, wanjiku)
    assert "laid aside until" in row_of(wanjiku, two[0])
    assert "Laid aside until" in page_of(wanjiku, two[0])
    assert behind(wanjiku, Show.WAITING) == [two[0]]
    undo(row=row, by=actor(wanjiku))
    assert "laid aside until" not in row_of(wanjiku, two[0])
    assert behind(wanjiku, Show.WAITING) == [two[0]]  # the other sleeps again


def test_the_main_one_laid_aside_does_not_hide_what_waits_in_the_joined_one(two, wanjiku):
    aside(two[0], wanjiku)
    joined(two, wanjiku)
    assert behind(wanjiku, Show.WAITING) == [two[0]]


def test_laid_aside_as_a_whole_it_sleeps_and_each_sleeps_when_undone(two, wanjiku):
    row = joined(two, wanjiku)
    given = {"when": "hour"}
    answered = at_desk(wanjiku).post(address(two[0], "aside/"), given, follow=True)
    assert "Laid aside. It comes back then" in answered.content.decode()
    assert behind(wanjiku, Show.WAITING) == []
    undo(row=row, by=actor(wanjiku))
    assert behind(wanjiku, Show.WAITING) == []
    at_desk(wanjiku).post(address(two[0], "back/"))
    assert behind(wanjiku, Show.WAITING) == [two[0]]


def test_taken_back_as_a_whole_none_of_it_sleeps(two, wanjiku):
    aside(two[0], wanjiku)
    aside(two[1], wanjiku)
    joined(two, wanjiku)
    assert behind(wanjiku, Show.WAITING) == []
    at_desk(wanjiku).post(address(two[0], "back/"))
    assert behind(wanjiku, Show.WAITING) == [two[0]]
    assert not Snooze.objects.filter(ended_at=None).exists()


def test_what_waits_in_a_part_one_may_not_read_keeps_only_its_own_readers_awake(
    two, wanjiku, kamau
):
    joined(two, wanjiku)
    first = case_with(wanjiku, two[0])
    case_with(kamau, two[1])
    lets_in(first, wanjiku, kamau)
    wholes.lay_all_aside(
        thread=fresh(two[0]), until=clock.now() + 60 * MINUTE, by=actor(wanjiku)
    )  # fmt: skip
    assert behind(wanjiku, Show.WAITING) == []
    assert behind(kamau, Show.WAITING) == [two[0]]


def test_what_comes_back_in_the_joined_one_stands_on_top(two, wanjiku):
    newer = somebody("Newer")
    hear(newer, "x", at=MONDAY - MINUTE)
    aside(two[1], wanjiku, minutes=5)
    joined(two, wanjiku)
    with clock.at(MONDAY + 6 * MINUTE):
        found = walk(viewer(wanjiku), Sieve(show=Show.WAITING)).items
        assert found == [two[0], newer]
        assert "back: it was laid aside until" in row_of(wanjiku, two[0])


def test_a_note_in_the_joined_one_calls_to_the_one_it_is_shown_in(two, wanjiku, kamau):
    attention.note_and_tell(
        thread=fresh(two[1]), text="@kamau look", colleagues=[kamau], by=actor(wanjiku)
    )  # fmt: skip
    row = joined(two, wanjiku)
    assert behind(kamau, Show.MENTIONS) == [two[0]]
    undo(row=row, by=actor(wanjiku))
    assert behind(kamau, Show.MENTIONS) == [two[1]]
    joined(two, wanjiku)
    assert "@kamau look" in page_of(kamau, two[0])
    assert Mention.objects.get().seen_at is not None
    assert behind(kamau, Show.MENTIONS) == []


def test_a_call_from_a_part_one_may_not_read_any_more_is_not_told(two, wanjiku, kamau):
    attention.note_and_tell(
        thread=fresh(two[1]), text="@kamau look", colleagues=[kamau], by=actor(wanjiku)
    )  # fmt: skip
    joined(two, wanjiku)
    case_with(wanjiku, two[1])
    assert behind(kamau, Show.MENTIONS) == []


def test_danger_in_the_case_of_either_stands_on_the_row(two, wanjiku):
    case_with(wanjiku, two[0], urgency=Urgency.PLANNED)
    case_with(wanjiku, two[1], urgency=Urgency.NOW, title="Zuwara")
    joined(two, wanjiku)
    assert behind(wanjiku, Show.DANGER) == [two[0]]
    assert "danger now" in row_of(wanjiku, two[0])


def state(thread):
    """All that must come back."""
    row = fresh(thread)
    words = ConversationLabel.objects.filter(conversation=row).order_by("label")
    asleep = Snooze.objects.filter(conversation=row, ended_at=None)
    return (
        row.owner_id, row.waiting_since, row.mark, row.last_at, row.last_line, row.heard_at,
        list(words.values_list("label", flat=True)), list(asleep.values_list("until", flat=True)),
    )  # fmt: skip


def join_or_undo(chance, threads, staff):
    standing = list(Join.objects.filter(undone_at=None).order_by("pk"))
    if standing and chance.random() < 0.4:
        undo(row=chance.choice(standing), by=actor(staff))
        return
    one, other = chance.sample(threads, 2)
    with suppress(NotJoined):
        join(main=fresh(one), other=fresh(other), why="x", by=actor(staff))


def holds_the_union(looks, before):
    found = list(listing.shown(looks, Show.ALL))
    rows = {row.thread.pk: row for row in listing.rows(looks, found)}
    for key, was in before.items():
        thread = Conversation.objects.get(pk=key)
        row = rows[thread.joined_to_id or key]
        assert set(was[6]) <= {word.pk for word in row.labels}
        assert was[0] is None or was[0] in {one.pk for one in row.owners}
        assert not was[7] or row.laid_aside.until <= was[7][0]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_joined_in_whatever_order_undone_each_is_as_it_was(
    seed, wanjiku, kamau, otieno
):
    chance = random.Random(seed)
    words = [label(f"L{n}", otieno) for n in range(3)]
    threads = [somebody(f"S{n}") for n in range(4)]
    for n, thread in enumerate(threads):
        hear(thread, chance.choice(["Habari", "he will kill me"]), at=MONDAY - (n + 1) * MINUTE)
        work.assign(thread=fresh(thread), to=chance.choice([None, wanjiku, kamau]), by=actor(kamau))
        for word in chance.sample(words, chance.randrange(3)):
            put_on(word, thread, wanjiku)
        if chance.random() < 0.5:
            aside(thread, wanjiku, chance.randrange(10, 90))
    before = {one.pk: state(one) for one in threads}
    for _ in range(12):
        join_or_undo(chance, threads, kamau)
        holds_the_union(viewer(wanjiku), before)
    for row in list(Join.objects.filter(undone_at=None)):
        undo(row=row, by=actor(wanjiku))
    assert {one.pk: state(one) for one in threads} == before
