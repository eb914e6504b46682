"""The watch's own look: when everybody it watches over was last heard of. It shows nobody anything.

One statement, written out, over everybody: those with a limit of their own and those in distress in
an open case, for whom the figure of its urgency holds. What counts as a sign of life is her newest
message in any conversation of hers (of those that are joined the newest of all), or on a telephone
of somebody else's that staff said is hers; what staff noted; and the day on which staff settled an
alarm knowing how she is. What another woman wrote on her telephone is no sign of her.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from nyumbani.cases.terms import Part, Stage, Urgency
from nyumbani.domain.safe_contact import Rule
from nyumbani.domain.watch.silence import Quiet, silence
from nyumbani.inbox.terms import Share, Way
from nyumbani.people.agreed import agreed_with
from nyumbani.watch.guard.figures import figures
from nyumbani.watch.terms import Ending, What

_SEEN = f"""
own AS (SELECT person_id, hours, waits, agreed_at FROM watch_limit WHERE until IS NULL),
usual AS (
  SELECT m.person_id, MIN(CASE c.urgency URGENCIES END) AS minutes
  FROM cases_member m JOIN cases_case c ON c.id = m.case_id
  WHERE m.until IS NULL AND m.part = '{Part.IN_DISTRESS.value}'
    AND c.stage NOT IN ('{Stage.HOME.value}', '{Stage.CLOSED.value}') AMONG
  GROUP BY m.person_id
),
who AS (WHOM),
said AS MATERIALIZED (
  SELECT w.person_id, m.id AS message_id, COALESCE(h.joined_to_id, h.id) AS top,
    CASE WHEN m.received_at < m.sent_at THEN m.received_at ELSE m.sent_at END AS heard
  FROM inbox_messageperson w
  JOIN inbox_message m ON m.id = w.message_id
  JOIN inbox_conversation h ON h.id = m.conversation_id
  WHERE w.share = '{Share.WRITER.value}' AND w.undone_at IS NULL AND m.way = '{Way.IN.value}'
    AND NOT m.is_past AND NOT EXISTS (
      SELECT 1 FROM inbox_messageperson l WHERE l.message_id = w.message_id
      AND l.share = w.share AND l.undone_at IS NULL AND l.id > w.id
    )
),
wrote AS (
  SELECT COALESCE(o.joined_to_id, o.id, s.person_id) AS whose, MAX(s.heard) AS heard
  FROM said s LEFT JOIN inbox_conversation o ON o.person_id = s.person_id GROUP BY 1
),
others AS (
  SELECT s.message_id, s.top FROM said s WHERE NOT EXISTS (
    SELECT 1 FROM inbox_conversation o
    WHERE o.person_id = s.person_id AND COALESCE(o.joined_to_id, o.id) = s.top
  )
),
shared AS (SELECT DISTINCT top FROM others),
own_words AS (
  SELECT r.top, MAX(CASE WHEN m.received_at < m.sent_at THEN m.received_at ELSE m.sent_at END)
    AS heard
  FROM shared r
  JOIN inbox_conversation h ON h.id = r.top OR h.joined_to_id = r.top
  JOIN inbox_message m ON m.conversation_id = h.id
  WHERE m.way = '{Way.IN.value}' AND NOT m.is_past
    AND m.id NOT IN (SELECT message_id FROM others)
  GROUP BY r.top
),
seen AS MATERIALIZED (
  SELECT w.person_id, COALESCE(o.hours * 60, u.minutes) AS minutes, o.waits, o.hours,
    COALESCE(NULLIF(LATEST(
      CASE WHEN r.top IS NULL THEN LATEST(
        COALESCE(CASE WHEN c.came_at < c.heard_at THEN c.came_at ELSE c.heard_at END, NEVER),
        COALESCE(CASE WHEN j.came_at < j.heard_at THEN j.came_at ELSE j.heard_at END, NEVER)
      ) ELSE COALESCE(z.heard, NEVER) END,
      COALESCE(x.heard, NEVER),
      COALESCE((SELECT MAX(at) FROM watch_sign WHERE person_id = w.person_id), NEVER),
      COALESCE((SELECT MAX(settled_at) FROM watch_silence
        WHERE person_id = w.person_id AND ending = '{Ending.STAFF.value}'), NEVER)
    ), NEVER), o.agreed_at) AS since,
    (SELECT MAX(p.until) FROM watch_pause p
     WHERE p.person_id = w.person_id AND p.ended_at IS NULL) AS paused_until
  FROM who w
  LEFT JOIN own o ON o.person_id = w.person_id LEFT JOIN usual u ON u.person_id = w.person_id
  LEFT JOIN inbox_conversation c ON c.person_id = w.person_id
  LEFT JOIN inbox_conversation j ON j.id = c.joined_to_id
  LEFT JOIN shared r ON r.top = COALESCE(c.joined_to_id, c.id)
  LEFT JOIN own_words z ON z.top = r.top
  LEFT JOIN wrote x ON x.whose = COALESCE(c.joined_to_id, c.id, w.person_id)
)"""  # noqa: S608 # nosec B608 - our own words

_WATCHED = "SELECT person_id FROM own UNION SELECT person_id FROM usual"
_ALARMED = "SELECT person_id FROM watch_silence WHERE settled_at IS NULL"
_ONE = "SELECT id AS person_id FROM people_person WHERE id = %s"
_ALL = "SELECT person_id, minutes, waits, hours, since, paused_until FROM seen"
_DUE = f"""{_ALL}
WHERE since <= CUTOFF AND (paused_until IS NULL OR paused_until <= %s)
  AND person_id NOT IN ({_ALARMED})"""  # nosec B608

# CUTOFF takes the moment from which minutes are counted back; SQLite compares moments as texts.
# Its MAX of several columns knows nothing as soon as one of them is empty: hence NEVER.
_DIALECTS = {
    "sqlite": {"CUTOFF": "datetime(%s, '-' || minutes || ' minutes')", "LATEST": "MAX"},
    "postgresql": {
        "CUTOFF": "%s::timestamptz - minutes * interval '1 minute'", "LATEST": "GREATEST",
    },
}  # fmt: skip
_WORDS = re.compile("URGENCIES|WHOM|AMONG|NEVER|CUTOFF|LATEST")
_NEVER = "'0001-01-01 00:00:00+00'"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the watch knows of somebody: her limit in minutes, and the last sign of life."""

    person_id: str
    minutes: int | None  # none: nobody watches over her
    waits: bool
    is_own: bool  # agreed on for her; otherwise what holds for her case's urgency
    since: dt.datetime | None  # none: never heard
    paused_until: dt.datetime | None

    def quiet(self, now: dt.datetime) -> Quiet:
        """Whether she is silent for too long."""
        limit = dt.timedelta(minutes=self.minutes) if self.minutes is not None else None
        return silence(
            self.since, limit, now, paused_until=self.paused_until,
            waits_for_safe_time=self._rule() if self.waits else None,
        )  # fmt: skip

    def _rule(self) -> Rule:
        return agreed_with(self.person_id).rule


def too_long_silent(now: dt.datetime) -> list[Kept]:
    """Everybody who is silent for too long and of whom no alarm is open yet."""
    moment = connection.ops.adapt_datetimefield_value(now)
    rows = _rows(_WATCHED, _DUE, [moment, moment])
    # The rule decides, the statement only looks ahead: it knows no safe times.
    return [kept for kept in rows if kept.quiet(now).is_silent]


def alarmed() -> dict[str, Kept]:
    """Everybody of whom an alarm is open, as she stands now."""
    return {kept.person_id: kept for kept in _rows(_ALARMED, _ALL, [])}


def standing_of(person_id: str) -> Kept:
    """One person as she stands now."""
    # Of her alone the cases are read: a conversation's page asks this each time.
    return next(iter(_rows(_ONE, _ALL, [person_id, person_id], "AND m.person_id = %s")))


def _rows(whom: str, ask: str, values: list[Any], among: str = "") -> list[Kept]:
    known = figures()
    cases = " ".join(
        f"WHEN '{one.value}' THEN {int(known[f'{What.SILENT.value}.{one.value}'])}"
        for one in Urgency
    )
    words = {"URGENCIES": cases, "WHOM": whom, "AMONG": among, "NEVER": _NEVER}
    words |= _DIALECTS[connection.vendor]
    statement = _WORDS.sub(lambda found: words[found[0]], f"WITH {_SEEN} {ask}")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # nosec B608 - our own words
        return [_kept(row) for row in cursor.fetchall()]


def _kept(row: tuple[Any, ...]) -> Kept:
    person_id, minutes, waits, hours, since, paused_until = row
    return Kept(
        person_id, minutes, bool(waits), hours is not None, _moment(since), _moment(paused_until)
    )


def _moment(value: Any) -> dt.datetime | None:  # noqa: ANN401 - SQLite gives texts
    if value is None or isinstance(value, dt.datetime):
        return value
    return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
