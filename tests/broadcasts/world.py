"""Words to many in the tests: a group in a case, drafted by its lead."""

from zoneinfo import ZoneInfo

from nyumbani.broadcasts.actions.drafting import Draft, draft
from nyumbani.broadcasts.models import Broadcast
from nyumbani.broadcasts.terms import Aim
from nyumbani.domain.safe_contact import Rule
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed
from tests.desk.world import case_with, hear, somebody
from tests.people_here import actor

TRIPOLI = ZoneInfo("Africa/Tripoli")
EN = "Is it safe to write to you now?"
SW = "Je, ni salama kukuandikia sasa?"


def group(staff, *names):
    """A case of this colleague with people who have just written."""
    threads = [somebody(name) for name in names]
    for thread in threads:
        hear(thread, "Habari")
    return case_with(staff, *threads), threads


def drafted(staff, case=None, *, aim=Aim.GROUP, value="in_distress", **words) -> Broadcast:
    given = Draft(
        "Is it safe?", aim, value, words or {"en": EN, "sw": SW}, "en", 60, case
    )  # fmt: skip
    return draft(given=given, by=actor(staff))


def agree(thread, staff, *, words="", **rule) -> None:
    agreed = Agreed(Rule(TRIPOLI, **rule), duress_word=words)
    agree_on_contact(person=thread.person, agreed=agreed, by=actor(staff))
