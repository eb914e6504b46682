"""The staff's part of the story, played by its invented staff through the rooms' own verbs."""

from typing import TypeVar

from django.db import transaction

from nyumbani.accounts.actions import make_demo_staff
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import CaseRole, Urgency
from nyumbani.drill import queries
from nyumbani.drill.script.acts import COLLEAGUES
from nyumbani.drill.script.steps import AddsTask, Answers, Assigns, Notes, OpensCase, StaffStep
from nyumbani.drill.stage.cues import Scene
from nyumbani.inbox.actions import work, writing
from nyumbani.kit.doer import Doer
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
        case Answers():
            thread = _there(queries.thread_of(queries.PRODUCER, scene, step.to))
            writing.write_back(thread=thread, text=step.text, by=colleague)
        case Notes():
            about = _there(queries.message_of(queries.PRODUCER, scene, step.on))
            work.note(thread=about.conversation, text=step.text, by=colleague)
        case OpensCase():
            _open_case(step, scene, colleague)
        case Assigns():
            case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
            to = Staff.objects.get(pk=_colleague(step.to, by).staff_id)
            cases.assign(case=case, to=to, role=CaseRole.LEAD, by=colleague)
        case AddsTask():
            case = _there(queries.case_of(queries.PRODUCER, scene, step.case))
            assignee = Staff.objects.get(pk=colleague.staff_id)
            cases.set_task(
                case=case, title=step.text, due_at=step.due, assignee=assignee, by=colleague
            )


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


def _colleague(key: str, by: Doer) -> Actor:
    return make_demo_staff(by=by)[Role(COLLEAGUES[key].role)]


def _there(thing: T | None) -> T:
    if thing is None:
        raise NotReady
    return thing
