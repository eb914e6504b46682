"""A reply from a page that is older than a colleague's act does not leave."""

import pytest

from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock
from tests.desk.world import answer, case_with, hear, somebody
from tests.people_here import actor

pytestmark = pytest.mark.django_db


def test_who_was_taken_up_by_another_team_is_not_answered_from_an_old_page(wanjiku, kamau) -> None:
    thread = somebody("Nafula")
    hear(thread, "Habari")
    case_with(wanjiku, thread)
    with pytest.raises(NotWritten) as refused:
        write_back(thread=thread, text="Where are you?", by=actor(kamau))
    assert refused.value.answer.why == "taken_up"
    assert not Message.objects.filter(way=Way.OUT).exists()
    assert not Attempt.objects.exists()
    assert write_back(thread=thread, text="Where are you?", by=actor(wanjiku))


def test_what_failed_is_not_sent_again_by_another_team(wanjiku, kamau) -> None:
    thread = somebody("Nafula")
    hear(thread, "Habari")
    attempt = answer(
        thread, "Karibu", kamau, state="failed", why="no connection", failed_at=clock.now()
    )
    case_with(wanjiku, thread)
    with pytest.raises(NotWritten) as refused:
        send_again(attempt=attempt, by=actor(kamau))
    assert refused.value.answer.why == "taken_up"
