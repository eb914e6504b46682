"""Two conversations of one woman as one page, one row and one answer."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.domain.safe_contact import Rule
from nyumbani.inbox.actions.joining import join
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.sending import Attempt
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.people.models.pairs import Pair
from nyumbani.people.terms import PairReason, PairStanding
from tests.desk.world import (
    INTAKE,
    MINUTE,
    MONDAY,
    alarm,
    at_desk,
    case_with,
    hear,
    messenger,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def two(wanjiku):
    main, other = somebody("Rehema"), somebody("", account=messenger())
    hear(main, "On the first", at=MONDAY - 3 * MINUTE)
    hear(other, "On the second", at=MONDAY - 2 * MINUTE)
    return main, other


def address(thread, more=""):
    return f"/inbox/{thread.person_id}/{more}"


def page_of(staff, thread, more=""):
    return at_desk(staff).get(address(thread, more)).content.decode()


def ask_to_join(staff, main, other, why="same voice"):
    given = {"number": str(other.person), "why": why}
    return at_desk(staff).post(address(main, "join/"), given)


def test_joined_on_a_page_they_are_one_page(two, wanjiku):
    main, other = two
    assert ask_to_join(wanjiku, main, other)["Location"] == address(main)
    page = page_of(wanjiku, main)
    flow = page.partition('id="flow"')[2]
    assert flow.index("On the first") < flow.index("On the second")
    assert "Messenger" in page
    assert "same voice" in page


def test_the_joined_ones_address_leads_to_the_main_one_at_the_same_message(two, wanjiku):
    main, other = two
    message = hear(other, "look here")
    ask_to_join(wanjiku, main, other)
    answered = at_desk(wanjiku).get(address(other, f"?at={message.pk}"))
    assert answered["Location"] == f"{address(main)}?at={message.pk}"
    assert "look here" in at_desk(wanjiku).get(answered["Location"]).content.decode()


def test_the_list_has_one_row_with_both_channels(two, wanjiku):
    main, other = two
    ask_to_join(wanjiku, main, other)
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    assert address(main) in page
    assert address(other) not in page
    assert "Messenger, WhatsApp" in page


def test_an_answer_names_the_telephone_it_goes_to(two, wanjiku):
    main, other = two
    ask_to_join(wanjiku, main, other)
    compose = page_of(wanjiku, main).partition('id="compose"')[2]
    assert str(other.person) in compose
    at_desk(wanjiku).post(address(main, "reply/"), {"text": "We are here"})
    assert Attempt.objects.get().message.conversation == other


def test_the_same_answer_sent_twice_is_one_message(two, wanjiku):
    main, other = two
    ask_to_join(wanjiku, main, other)
    for _ in range(2):
        given = {"text": "We are here", "once": "01J2X3Y4Z5A6B7C8D9E0F1G2H3"}
        at_desk(wanjiku).post(address(main, "reply/"), given)
    assert Attempt.objects.count() == 1


def test_undone_there_are_two_pages_again(two, wanjiku):
    main, other = two
    ask_to_join(wanjiku, main, other)
    undo = f"/inbox/joins/{Join.objects.get().pk}/undo/"
    assert undo in page_of(wanjiku, main)
    at_desk(wanjiku).post(undo)
    assert "On the second" not in page_of(wanjiku, main).partition('id="flow"')[2]
    assert "On the second" in page_of(wanjiku, other)


def test_an_alarm_of_the_joined_one_stands_on_the_page(two, wanjiku):
    main, other = two
    ask_to_join(wanjiku, main, other)
    alarm(hear(Conversation.objects.get(pk=other.pk), "maji"))
    assert "Her duress word came" in page_of(wanjiku, main)


def test_a_number_nobody_has_is_said_at_its_field(two, wanjiku):
    main, _other = two
    for number in ("P-99999", "not a number"):
        answered = at_desk(wanjiku).post(address(main, "join/"), {"number": number, "why": "x"})
        assert answered.status_code == 200
    assert not Join.objects.exists()


def test_somebody_elses_conversation_cannot_be_joined_or_learnt_of(two, wanjiku, kamau):
    main, other = two
    case_with(kamau, other)
    page = ask_to_join(wanjiku, main, other).content.decode()
    assert "There is no conversation with this person that you may join." in page
    assert not Join.objects.exists()


def test_who_may_not_read_her_may_join_and_undo_nothing(two, wanjiku, kamau):
    main, other = two
    case_with(kamau, main, other)
    assert at_desk(wanjiku).get(address(main, "join/")).status_code == 404
    assert ask_to_join(wanjiku, main, other).status_code == 404
    ask_to_join(kamau, main, other)
    undo = f"/inbox/joins/{Join.objects.get().pk}/undo/"
    assert at_desk(wanjiku).post(undo).status_code == 404
    assert Join.objects.get().undone_at is None


def test_deciding_that_two_are_one_offers_to_show_them_as_one(two, wanjiku):
    main, other = two
    reason = PairReason.SAME_NUMBER
    people.put_side_by_side(
        one=main.person_id, other=other.person_id, reason=reason, by=INTAKE
    )  # fmt: skip
    offer = "Show their conversations as one"
    assert offer not in page_of(wanjiku, main)
    people.decide_pair(pair=Pair.objects.get(), standing=PairStanding.SAME, by=actor(wanjiku))
    assert offer in page_of(wanjiku, main)
    left, right = Pair.objects.get().left, Pair.objects.get().right
    form = at_desk(wanjiku).get(f"/inbox/{left.pk}/join/?number={right}").content.decode()
    assert f'value="{right}"' in form
    join(main=main, other=other, why="same", by=actor(wanjiku))
    assert offer not in page_of(wanjiku, main)


def test_a_pair_alone_joins_nothing(two, wanjiku):
    main, other = two
    people.put_side_by_side(
        one=main.person_id, other=other.person_id, reason=PairReason.SAME_NUMBER, by=INTAKE
    )
    people.decide_pair(pair=Pair.objects.get(), standing=PairStanding.SAME, by=actor(wanjiku))
    assert not Conversation.objects.exclude(joined_to=None).exists()


def agree_on(person, zone, by):
    agreed = Agreed(rule=Rule(ZoneInfo(zone)))
    people.agree_on_contact(person=person, agreed=agreed, by=actor(by))


def test_beside_our_time_stands_hers_where_they_differ(two, wanjiku):
    main, _other = two
    assert "hers" not in page_of(wanjiku, main).partition('id="flow"')[2].partition("<form")[0]
    agree_on(main.person, "Africa/Tripoli", wanjiku)
    here = (MONDAY - 3 * MINUTE).astimezone(ZoneInfo("Africa/Tripoli"))
    page = page_of(wanjiku, main)
    assert f'hers <bdi class="num">{here:%H:%M}</bdi>' in page
    assert here.utcoffset() == dt.timedelta(hours=2)  # an hour less than in Nairobi
    news = at_desk(wanjiku).get(address(main, "news/")).content.decode()
    assert "hers <bdi" in news


def test_where_clocks_agree_one_time_is_enough(two, wanjiku):
    main, _other = two
    agree_on(main.person, "Asia/Riyadh", wanjiku)  # three hours, as in Nairobi
    assert "hers <bdi" not in page_of(wanjiku, main)


def test_as_many_queries_for_fifty_joined_messages_as_for_two(
    two, wanjiku, django_assert_max_num_queries
):
    main, other = two
    ask_to_join(wanjiku, main, other)
    desk = at_desk(wanjiku)
    desk.get(address(main))
    with django_assert_max_num_queries(90) as few:
        desk.get(address(main))
    fresh = Conversation.objects.get(pk=other.pk)
    fresh.through = messenger()
    for n in range(45):
        hear(fresh, f"word {n}", at=MONDAY - (60 - n) * MINUTE)
    with django_assert_max_num_queries(len(few)):
        desk.get(address(main))
