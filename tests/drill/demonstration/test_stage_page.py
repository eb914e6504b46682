"""Playing the act from the stage page: slider, next step, the whole act, and what is asserted."""

import re

import pytest

from nyumbani.accounts.terms import INVENTED, Role
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.tasks import Task
from nyumbani.drill.queries import checks
from nyumbani.drill.script.act1 import ACT
from nyumbani.drill.script.acts import ACTS, FIRST_STEPS, STEPS
from nyumbani.drill.script.steps import AddsTask, Answers, Notes, OpensCase
from nyumbani.drill.stage.cues import Look
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LAST = str(len(STEPS))
END_OF_ACT_1 = FIRST_STEPS[1]


def number_of(kind):
    return 1 + next(n for n, step in enumerate(STEPS) if isinstance(step, kind))


def play(visitor, to):
    return visitor.press("/demo/", "/demo/play/", to=str(to)).text


def standings(booth, act):
    found = checks.checks(None, booth.follow(Look()), act.numbers)
    return {check.what: check.standing for check in found}


def position(page):
    return re.search(r"Step (\d+) of (\d+)", page).groups()


def test_the_whole_act_plays_by_itself_and_everything_asserted_holds(visitor, booth, story_clock):
    page = play(visitor, END_OF_ACT_1)
    assert position(page) == (str(END_OF_ACT_1), LAST)
    # All but one: whoever opens a case leads it already.
    assert f"{END_OF_ACT_1 - 1} steps were played" in page
    assert set(standings(booth, ACT).values()) == {checks.Standing.HOLDS}
    assert "not yet" not in page
    assert "not so" not in page
    assert story_clock.now() >= ACT.ends
    assert Case.objects.count() == ACT.numbers.cases
    assert {step.text for step in ACT.steps if isinstance(step, AddsTask)} <= {
        task.title for task in Task.objects.all()
    }


def test_the_second_act_plays_by_itself_too(visitor, booth):
    play(visitor, END_OF_ACT_1)
    page = play(visitor, LAST)
    assert position(page) == (LAST, LAST)
    found = standings(booth, ACTS[-1])
    assert {what for what, stands in found.items() if stands is not checks.Standing.HOLDS} == set()
    assert "not yet" not in page
    assert "not so" not in page


def test_the_story_goes_on_step_by_step_and_never_back(visitor, story_clock):
    assert position(visitor.open("/demo/")) == ("0", LAST)
    page = play(visitor, 1)
    assert position(page) == ("1", LAST)
    assert "1 step was played" in page
    assert story_clock.now() >= STEPS[0].at
    page = play(visitor, 3)
    assert position(page) == ("3", LAST)
    moment = story_clock.now()
    page = play(visitor, 1)
    assert "cannot be undone" in page
    assert position(page) == ("3", LAST)
    assert story_clock.now() >= moment
    assert Message.objects.count() == 1


def test_what_was_done_by_hand_is_not_done_again(visitor):
    play(visitor, 1)
    thread = f"/inbox/{Conversation.objects.get().person_id}/"
    visitor.press(thread, f"{thread}note/", text="She writes for a friend.")
    visitor.press(thread, f"{thread}reply/", text="Is it safe to write?")
    play(visitor, number_of(OpensCase) - 1)
    [about] = Message.objects.filter(text__isnull=False, way=Way.IN).order_by("sent_at")[:1]
    page = f"{thread}{about.pk}/take-up/"
    visitor.press(
        page, page, about="other", matter="mistreatment", alleged="", title="Somebody in Tripoli",
        urgency="soon", urgency_why="Her passport is gone.",
    )  # fmt: skip
    page = play(visitor, END_OF_ACT_1)
    assert position(page) == (str(END_OF_ACT_1), LAST)
    assert [case.title for case in Case.objects.all()] == ["Somebody in Tripoli"]
    assert [note.text for note in ConversationNote.objects.all()] == ["She writes for a friend."]
    answers = {message.text for message in Message.objects.filter(way=Way.OUT)}
    scripted = {step.text for step in ACT.steps if isinstance(step, Answers)}
    assert len(answers) == len(scripted)
    assert answers - scripted == {"Is it safe to write?"}
    assert not answers & {step.text for step in STEPS if isinstance(step, Notes)}


def test_time_can_pass_until_the_answer_may_not_leave(visitor, story_clock):
    play(visitor, 3)
    before = story_clock.now()
    for _ in range(2):
        visitor.press("/demo/", "/demo/time/", hours="24")
    assert (story_clock.now() - before).total_seconds() >= 48 * 3600
    page = play(visitor, 4)
    assert "The answer may not leave" in page
    assert position(page) == ("3", LAST)
    assert not Message.objects.filter(way=Way.OUT).exists()


@pytest.mark.parametrize("to", ["", "-1", "400", "one"])
def test_a_step_that_is_none_is_not_played(visitor, to):
    visitor.open("/demo/")
    token = visitor.http.cookies["csrftoken"]
    answer = visitor.http.post("/demo/play/", data={"to": to, "csrfmiddlewaretoken": token})
    assert "There is no such step" in answer.text
    assert not Message.objects.exists()


def test_whoever_plays_may_change_parts_and_play_on(visitor):
    visitor.press("/demo/", "/demo/enter/", role=Role.ADMINISTRATOR.value)
    page = play(visitor, number_of(OpensCase))
    assert INVENTED[Role.ADMINISTRATOR][1] in page
    assert Case.objects.get().opened_by.username == INVENTED[Role.CASEWORKER][0]
    # What she plays she may not read: the part decides, not the play.
    assert visitor.http.get(f"/cases/{Case.objects.get().pk}/").status_code == 404
    assert visitor.http.get("/inbox/").status_code == 404


def test_starting_again_is_asked_of_the_stage(visitor, wanted):
    answer = visitor.press("/demo/", "/demo/again/")
    assert wanted == ["again"]
    assert answer.url.path == "/demo/enter/"


def test_the_page_asks_again_and_is_told_only_what_changed(visitor):
    page = visitor.open("/demo/")
    poll = re.search(r'data-poll="(/demo/checks/\?since=\w+)"', page)[1]
    visitor.http.headers["X-Poll"] = "1"
    assert visitor.http.get(poll).status_code == 204
    del visitor.http.headers["X-Poll"]
    play(visitor, 1)
    visitor.http.headers["X-Poll"] = "1"
    answer = visitor.http.get(poll)
    assert answer.status_code == 200
    assert 'id="checks"' in answer.text


def test_the_command_is_told_when_the_first_message_can_be_read(visitor, live_server):
    assert visitor.http.get("/demo/ready/").status_code == 202
    play(visitor, 1)
    assert visitor.http.get("/demo/ready/").status_code == 204
