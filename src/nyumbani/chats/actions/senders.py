"""Who is who in a chat: only a person says so, and may take it back."""

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Part
from nyumbani.chats.models import ChatSender
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Reach, owners_at
from nyumbani.people.terms import NameSource


@transaction.atomic
def say_who(*, sender: ChatSender, person: Person, by: Actor) -> None:
    """Say that this name is this person; may be said anew, each time by name."""
    record(by=by, verb="sender.told", about=f"sender:{sender.pk}", person=f"person:{person.pk}")
    sender.person, sender.decided_by_id, sender.decided_at = person, by.staff_id, clock.now()
    sender.save(update_fields=["person", "decided_by", "decided_at"])


@transaction.atomic
def take_back(*, sender: ChatSender, by: Actor) -> None:
    """Leave it open again who this is; the ledger keeps what was said."""
    record(by=by, verb="sender.taken_back", about=f"sender:{sender.pk}")
    sender.person = sender.decided_by = sender.decided_at = None
    sender.save(update_fields=["person", "decided_by", "decided_at"])


@transaction.atomic
def say_new(*, sender: ChatSender, part: Part, by: Actor) -> Person:
    """Say that this name is somebody not known before: she becomes a person, and part of the case.

    Asked a second time it is the same person.
    """
    record(by=by, verb="sender.told_new", about=f"sender:{sender.pk}")
    row = ChatSender.objects.select_for_update(of=("self",)).get(pk=sender.pk)
    if row.person is not None:
        return row.person
    person = _met(row, part, by)
    if row.number:
        _reach(row, person, by)
    say_who(sender=row, person=person, by=by)
    return person


def _met(sender: ChatSender, part: Part, by: Actor) -> Person:
    called = "" if sender.number else sender.name.lstrip("~ ")
    case = sender.chat.case
    if case is not None:
        return cases.introduce(case=case, part=part, called=called, by=by).person
    now = clock.now()
    person = people.meet(at=sender.first_at or now, by=by)
    if called:
        people.note_name(person=person, given=called, source=NameSource.SAID, at=now, by=by)
    return person


def _reach(sender: ChatSender, person: Person, by: Actor) -> None:
    """Her number is hers, unless somebody has it: then people compare, and no row is taken away."""
    number = Reach("whatsapp", "wa_id", sender.number.lstrip("+"))
    if not owners_at(None, [number], clock.now()):
        people.add_reach(person=person, reach=[number], since=clock.now(), by=by)
