"""The staff's part of the story, played by its invented staff through the rooms' own verbs."""

import datetime as dt
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction

from nyumbani.accounts.actions import make_demo_staff
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor
from nyumbani.broadcasts.actions import sending
from nyumbani.broadcasts.actions.drafting import Draft, draft
from nyumbani.broadcasts.terms import PATIENCE, Aim
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import CaseRole, Matter, Part, Urgency
from nyumbani.chats.actions.bringing import bring_in
from nyumbani.chats.actions.senders import say_who
from nyumbani.chats.terms import DateOrder
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.drill import queries
from nyumbani.drill.script.acts import CAST, COLLEAGUES
from nyumbani.drill.script.groups import GROUPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Agrees,
    Answers,
    Assigns,
    BringsIn,
    Broadcasts,
    Joins,
    Notes,
    OpensCase,
    SaysWho,
    SettlesAlarm,
    StaffStep,
    WritesFact,
)
from nyumbani.drill.stage.cues import Scene
from nyumbani.inbox.actions import alarms, work, writing
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.kit.doer import Doer
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.people.terms import Language
from nyumbani.vault.files import private_folder
from nyumbani.workflows import intake

T = TypeVar("T")


class NotReady(Exception):
    """A step cannot be played: what it rests on is not in this house."""


@transaction.atomic
def play(*, step: StaffStep, scene: Scene, by: Doer) -> None:
    """A colleague of the story does what the script says, as if clicking through the pages.

    Raises NotReady, or `inbox.actions.writing.NotWritten` when an answer may not leave now.
    """
    colleague = _colleague(step.who, by)
    match step:
        case Answers() | Notes():
            _in_a_thread(step, scene, colleague)
        case OpensCase():
            _open_case(step, scene, colleague)
        case Assigns() | AddsTask():
            _in_the_case(step, scene, colleague, by)
        case BringsIn() | SaysWho():
            _about_a_group(step, scene, colleague)
        case Joins() | Agrees() | SettlesAlarm():
            _about_her(step, scene, colleague)
        case WritesFact():
            _write_fact(step, scene, colleague)
        case Broadcasts():
            _to_many(step, scene, colleague)


def _in_a_thread(step: Answers | Notes, scene: Scene, colleague: Actor) -> None:
    if isinstance(step, Answers):
        thread = _there(queries.thread_of(queries.PRODUCER, scene, step.to))
        writing.write_back(thread=thread, text=step.text, by=colleague)
        return
    about = _there(queries.message_of(queries.PRODUCER, scene, step.on))
    work.note(thread=about.conversation, text=step.text, by=colleague)


def _in_the_case(step: Assigns | AddsTask, scene: Scene, colleague: Actor, by: Doer) -> None:
    case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
    if isinstance(step, Assigns):
        to = Staff.objects.get(pk=_colleague(step.to, by).staff_id)
        cases.assign(case=case, to=to, role=CaseRole.LEAD, by=colleague)
        return
    assignee = Staff.objects.get(pk=colleague.staff_id)
    cases.set_task(case=case, title=step.text, due_at=step.due, assignee=assignee, by=colleague)


def _open_case(step: OpensCase, scene: Scene, colleague: Actor) -> None:
    word = intake.FirstWord(
        title=step.title,
        about_somebody_else=True,
        called=step.known_as,
        alleged=step.alleged,
        urgency=Urgency.NOW if step.in_danger else Urgency.UNKNOWN,
        urgency_why=step.alleged if step.in_danger else "",
    )
    about = _there(queries.message_of(queries.PRODUCER, scene, step.about))
    intake.take_up(message=about, word=word, by=colleague)


def _about_a_group(step: BringsIn | SaysWho, scene: Scene, colleague: Actor) -> None:
    group = GROUPS[step.group]
    if isinstance(step, BringsIn):
        case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
        with private_folder() as folder:
            file = folder / "export"
            file.write_bytes(group.content())
            order = DateOrder(group.dates) if group.dates else None
            bring_in(
                source=file, name=group.file_name, zone=group.zone, case=case, order=order,
                by=colleague,
            )  # fmt: skip
        return
    for name, key in step.names:
        sender = _there(queries.sender_of(queries.PRODUCER, group.title, name))
        thread = _there(queries.thread_of(queries.PRODUCER, scene, key))
        say_who(sender=sender, person=thread.person, by=colleague)


def _about_her(step: Joins | Agrees | SettlesAlarm, scene: Scene, colleague: Actor) -> None:
    thread = _there(queries.thread_of(queries.PRODUCER, scene, step.whom))
    match step:
        case Joins():
            case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
            cases.join(case=case, person=thread.person, part=Part.IN_DISTRESS, by=colleague)
            spoken = [Language(CAST[step.whom].language)]
            people.note_languages(person=thread.person, languages=spoken, by=colleague)
        case Agrees():
            agreed = Agreed(
                Rule(ZoneInfo(CAST[step.whom].zone), _times(step.hours)),
                duress_word=step.duress_word,
            )
            people.agree_on_contact(person=thread.person, agreed=agreed, by=colleague)
        case SettlesAlarm():
            alarm = _there(Alarm.objects.filter(conversation=thread, settled_at=None).first())
            alarms.settle(alarm=alarm, how=step.how, by=colleague)


def _times(hours: str) -> tuple[SafeTime, ...]:
    """Hours as the script writes them, every day; empty: none agreed."""
    if not hours:
        return ()
    start, end = (dt.time.fromisoformat(one) for one in hours.split("-"))
    return (SafeTime(frozenset(range(7)), start, end),)


def _write_fact(step: WritesFact, scene: Scene, colleague: Actor) -> None:
    message = _there(queries.message_of(queries.PRODUCER, scene, step.about))
    case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
    her = message.conversation.person
    fact = cases.write_fact(
        case=case, matter=Matter(step.matter), text=step.text, said_at=message.sent_at,
        about=her, said_by=her, by=colleague,
    )  # fmt: skip
    work.point_to(fact=fact, message=message, by=colleague)


def _to_many(step: Broadcasts, scene: Scene, colleague: Actor) -> None:
    case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
    given = Draft(
        subject=step.subject, aim=Aim.GROUP, value=Part.IN_DISTRESS, words=dict(step.words),
        fallback=step.words[0][0], patience=PATIENCE, case=case,
    )  # fmt: skip
    sending.begin(broadcast=draft(given=given, by=colleague), by=colleague)


def _colleague(key: str, by: Doer) -> Actor:
    return make_demo_staff(by=by)[Role(COLLEAGUES[key].role)]


def _there(thing: T | None) -> T:
    if thing is None:
        raise NotReady
    return thing
