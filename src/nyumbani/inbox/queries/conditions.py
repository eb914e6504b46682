"""What is laid aside and who raised an alarm, as conditions in SQL.

Every list and every poll asks them over all conversations; in Django's words working out the query
took longer than answering it (as in nyumbani.cases.permissions). Both look at few rows: the inner
question is asked once, not for each conversation. tests/inbox/test_laying_aside.py asks the same
through pages.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.terms import Stage, Urgency
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.kit import clock

# {it} is the conversation's column, :now the house's time. Of conversations that are joined, what
# happens in one wakes the one they are shown in.
_ASLEEP = """{it} IN (
  SELECT s.conversation_id FROM inbox_snooze s
  WHERE s.ended_at IS NULL AND s.until > :now
  AND NOT EXISTS (
    SELECT 1 FROM inbox_conversation c WHERE c.id = s.conversation_id AND c.came_at > s."at"
  ) AND NOT EXISTS (
    SELECT 1 FROM inbox_alarm a WHERE a.settled_at IS NULL AND a.conversation_id IN (
      SELECT h.id FROM inbox_conversation h
      WHERE h.id = s.conversation_id OR h.joined_to_id = s.conversation_id
    )
  ) AND NOT EXISTS (
    SELECT 1 FROM cases_member m JOIN cases_case k ON k.id = m.case_id
    WHERE m.until IS NULL AND k.urgency = 'NOW' AND k.stage <> 'CLOSED' AND m.person_id IN (
      SELECT h.person_id FROM inbox_conversation h
      WHERE h.id = s.conversation_id OR h.joined_to_id = s.conversation_id
    )
  )
)""".replace("'NOW'", f"'{Urgency.NOW.value}'").replace("'CLOSED'", f"'{Stage.CLOSED.value}'")
_ALARMED = """{it} IN (
  SELECT COALESCE(h.joined_to_id, h.id) FROM inbox_alarm a CROSS JOIN inbox_conversation h
  WHERE h.id = a.conversation_id AND a.settled_at IS NULL
)"""  # so joined, SQLite begins with the alarms, which are few


class _Holds(Func):
    """A condition above, of the conversation that is asked about."""

    output_field = BooleanField()

    def __init__(self, condition: str) -> None:
        super().__init__(F("pk"))
        self.condition = condition

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: object, **__: object
    ) -> tuple[str, tuple[str | int, ...]]:
        """The condition with its column and the time in their places."""
        column, _none = compiler.compile(self.source_expressions[0])
        now: Any = connection.ops.adapt_datetimefield_value(clock.now())
        times = (now,) * self.condition.count(":now")
        return f"({self.condition})".replace(":now", "%s").replace("{it}", column), times


def awake(viewer: Viewer) -> Q:
    """Conversations that are not laid aside, or not any more.

    Where conversations are joined, laying one aside never hides that she waits in another.
    """
    waiting = Conversation.objects.filter(
        ~Q(_Holds(_ASLEEP)), threads_open_to(viewer), joined_to__gt="", waiting_since__isnull=False
    )
    return ~Q(_Holds(_ASLEEP)) | Q(pk__in=waiting.order_by().values("joined_to"))


def alarmed(viewer: Viewer) -> Q:  # noqa: ARG001 - of what they may read
    """Conversations in which a duress word came that nobody has settled."""
    return Q(_Holds(_ALARMED))
