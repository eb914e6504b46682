"""Which cases and people somebody may know of: written once, so that lists and pages agree.

The conditions are SQL, written out. A page asks them some thirty times, and Django would work out
five subqueries inside each other anew every time: that was half of what a page took. A test asks
the same in Django's words and compares (tests/cases/test_conditions.py).
"""

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from nyumbani.accounts.permissions import CASE_ROLES
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.kit import clock

_NOBODY = Q(pk__in=[])
_VALUE = re.compile(":me|:now")

# {it} is the column asked about; :me and :now are the viewer and the house's time. EACH keeps
# PostgreSQL from working out the answer for everybody before it is asked of one.
_READS_CASES = """EXISTS (
  SELECT 1 FROM accounts_staff a JOIN accounts_rolegrant r ON r.staff_id = a.id
  WHERE a.id = {it} AND a.is_active AND r.until IS NULL AND r.role IN (CASE_ROLES)
  EACH) AND NOT EXISTS (
  SELECT 1 FROM accounts_rolegrant r
  WHERE r.staff_id = {it} AND r.until IS NULL AND r.role = 'ADMINISTRATOR'
  EACH)""".replace(
    "CASE_ROLES", ", ".join(f"'{role.value}'" for role in sorted(CASE_ROLES))
).replace("ADMINISTRATOR", Role.ADMINISTRATOR.value)
_HAS_SOMEBODY = """EXISTS (
  SELECT 1 FROM cases_casemembership t
  WHERE t.case_id = {it} AND t.until IS NULL AND READS_CASES
  EACH)""".replace("READS_CASES", _READS_CASES.replace("{it}", "t.staff_id"))
_JOINED = """EXISTS (
  SELECT 1 FROM cases_casemembership s
  WHERE s.case_id = {it} AND s.staff_id = :me AND s.until IS NULL
  EACH)"""
_GLASS = """EXISTS (
  SELECT 1 FROM cases_brokenglass g
  WHERE g.case_id = {it} AND g.staff_id = :me AND g.until > :now
  EACH)"""
_IN_A_CASE = """EXISTS (
  SELECT 1 FROM cases_member m WHERE m.person_id = {it} AND m.until IS NULL AND (THAT)
  EACH)"""


def _in_a_case(that: str) -> str:
    """Of a person: she is in a case of which `that` holds."""
    return _IN_A_CASE.replace("THAT", that.replace("{it}", "m.case_id"))


_WITH_NOBODY = f"NOT {_in_a_case(_HAS_SOMEBODY)}"


class _Holds(Func):
    """A condition above, of the column that `path` leads to."""

    output_field = BooleanField()

    def __init__(self, path: str, condition: str, me: str = "") -> None:
        super().__init__(F(path))
        self.condition, self.me = condition, me

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: object, **__: object
    ) -> tuple[str, tuple[str | int, ...]]:
        """The condition with its column and values in their places."""
        column, _none = compiler.compile(self.source_expressions[0])
        now: Any = connection.ops.adapt_datetimefield_value(clock.now())
        asked = (self.me if name == ":me" else now for name in _VALUE.findall(self.condition))
        each = "OFFSET 0" if connection.vendor == "postgresql" else ""
        condition = _VALUE.sub("%s", self.condition).replace("EACH", each)
        return f"({condition})".replace("{it}", column), tuple(asked)


def reads_cases(path: str = "pk") -> Q:
    """Staff who may open cases at all; `path` leads to them from whatever is being filtered.

    Whoever left, lost the roles of casework or runs the machine is none of them.
    """
    return Q(_Holds(path, _READS_CASES))


def has_somebody(path: str = "pk") -> Q:
    """Cases on which somebody works who may open them; all others are orphaned."""
    return Q(_Holds(path, _HAS_SOMEBODY))


def cases_joined_by(viewer: Viewer) -> Q:
    """Cases the viewer belongs to: here one may also write."""
    return _for(viewer, "pk", _JOINED)


def cases_open_to(viewer: Viewer) -> Q:
    """Cases the viewer belongs to, or has broken the glass of for now."""
    return _for(viewer, "pk", f"{_JOINED} OR {_GLASS}")


def people_joined_to(viewer: Viewer, path: str = "pk") -> Q:
    """People in the viewer's cases and, for those who answer the inbox, people nobody is with yet.

    Nobody is with who is in no case, or in orphaned cases alone. `path` leads to the person from
    whatever is being filtered. Broken glass opens nobody here: it is for looking only.
    """
    return _people(viewer, path, _JOINED)


def people_open_to(viewer: Viewer, path: str = "pk") -> Q:
    """... and people in cases of which the viewer has broken the glass for now."""
    return _people(viewer, path, f"{_JOINED} OR {_GLASS}")


def _people(viewer: Viewer, path: str, mine: str) -> Q:
    known = _in_a_case(mine)
    return _for(viewer, path, f"{known} OR {_WITH_NOBODY}" if viewer.may_read_inbox else known)


def _for(viewer: Viewer, path: str, condition: str) -> Q:
    return Q(_Holds(path, condition, viewer.staff_id)) if viewer.may_read_cases else _NOBODY
