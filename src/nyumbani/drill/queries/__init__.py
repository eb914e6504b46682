"""How far the story has come in this house. The demonstration's people are invented, and what is
told here are steps and figures, so whoever plays may see them, in whatever part.
"""

from collections.abc import Iterable

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models import Case, CaseMembership, Member, Task
from nyumbani.cases.terms import CaseRole
from nyumbani.drill.script.acts import STEPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Answers,
    Assigns,
    Notes,
    OpensCase,
    Reads,
    StaffStep,
)
from nyumbani.drill.stage.cues import Scene
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way
from nyumbani.jobs import queries as jobs

PRODUCER = Viewer(staff_id="", display_name="drill", roles=frozenset({Role.ADMINISTRATOR}))
"""Who sees to the demonstration's machinery: queues and journals, no case and no message."""


def is_quiet(viewer: Viewer) -> bool:
    """Whether everything that came is read and everything that is due is done."""
    waits = jobs.waiting(viewer).due or jobs.running(viewer) or inbox.journal_waiting(viewer)
    return not waits


def is_open(viewer: Viewer) -> bool:
    """Whether the first message can be seen: the demonstration has begun."""
    return is_quiet(viewer) and Conversation.objects.exists()


def message_of(viewer: Viewer, scene: Scene, key: str) -> Message | None:  # noqa: ARG001 - see above
    """The message a step of the story has written, once it is read."""
    written = scene.messages.get(key)
    if written is None:
        return None
    digest = digest_of(written.channel, written.account, written.id)
    return Message.objects.filter(provider_digest=digest).first()


def thread_of(viewer: Viewer, scene: Scene, who: str) -> Conversation | None:  # noqa: ARG001
    """The conversation with somebody of the cast, found by whatever she has written."""
    phone = scene.phone(who)
    if phone is None:
        return None
    digests = [
        digest_of(phone.channel, phone.account, bubble.id)
        for bubble in phone.bubbles
        if bubble.is_hers
    ]
    found = Message.objects.filter(provider_digest__in=digests).select_related("conversation")
    message = found.first()
    return message.conversation if message else None


def case_of(viewer: Viewer, scene: Scene, key: str) -> Case | None:
    """The case a step of the story opens, whoever has opened it: the first of its reporter."""
    opens = next(step for step in STEPS if isinstance(step, OpensCase) and step.key == key)
    thread = thread_of(viewer, scene, opens.reporter)
    if thread is None:
        return None
    inside = Member.objects.filter(person=thread.person_id, until=None)
    return Case.objects.filter(pk__in=inside.values("case")).order_by("number").first()


def steps_done(viewer: Viewer, scene: Scene) -> frozenset[int]:
    """Which steps of the story have happened, played or done by hand."""
    return frozenset(n for n in range(len(STEPS)) if is_done(viewer, scene, n))


def is_done(viewer: Viewer, scene: Scene, number: int) -> bool:
    """Whether a step of the story has happened, played or done by hand."""
    step = STEPS[number]
    if number in scene.played:
        return True
    if isinstance(step, Reads):
        phone = scene.phone(step.who)
        came = sum(not bubble.is_hers for bubble in phone.bubbles) if phone else 0
        return phone is not None and not phone.unread and came >= _answers(number, step.who)
    if not isinstance(step, StaffStep):
        return False
    return _staff_did(viewer, scene, number, step)


def _staff_did(viewer: Viewer, scene: Scene, number: int, step: StaffStep) -> bool:
    match step:
        case Answers():
            thread = thread_of(viewer, scene, step.to)
            ours = Message.objects.filter(conversation=thread, way=Way.OUT)
            return thread is not None and ours.count() >= _answers(number + 1, step.to)
        case Notes():
            about = message_of(viewer, scene, step.on)
            notes = ConversationNote.objects
            return about is not None and notes.filter(conversation=about.conversation_id).exists()
        case OpensCase():
            return case_of(viewer, scene, step.key) is not None
        case Assigns() | AddsTask():
            case = case_of(viewer, scene, step.case)
            return case is not None and _has(case, step)


def _has(case: Case, step: Assigns | AddsTask) -> bool:
    if isinstance(step, Assigns):
        lead = CaseMembership.objects.filter(case=case, role=CaseRole.LEAD, until=None)
        return lead.exists()
    return step.text in _words(Task.objects.filter(case=case))


def _words(tasks: Iterable[Task]) -> set[str]:
    return {str(task.title) for task in tasks}


def _answers(before: int, to: str) -> int:
    """How many answers to this person stand in the script before the step of this number."""
    return sum(isinstance(step, Answers) and step.to == to for step in STEPS[:before])
