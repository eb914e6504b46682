"""How far the story has come in this house. The demonstration's people are invented, and what is
told here are steps and figures, so whoever plays may see them, in whatever part.
"""

import hashlib
from collections.abc import Iterable

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.broadcasts.models import Broadcast
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.terms import CaseRole, Part
from nyumbani.chats.models import ChatExport, ChatSender
from nyumbani.chats.terms import ExportState
from nyumbani.drill.script.acts import STEPS
from nyumbani.drill.script.groups import GROUPS, GroupChat
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
    Reads,
    SaysWho,
    SettlesAlarm,
    StaffStep,
    WritesFact,
)
from nyumbani.drill.stage.cues import Scene
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.messages import Message, MessageFact
from nyumbani.inbox.terms import Way
from nyumbani.jobs import queries as jobs
from nyumbani.people.models.safe_contacts import SafeContact

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


def sender_of(viewer: Viewer, title: str, name: str) -> ChatSender | None:  # noqa: ARG001
    """Who wrote under this name in the chat of this title, once it is read."""
    senders = ChatSender.objects.select_related("chat")
    return next((row for row in senders if (row.chat.title, row.name) == (title, name)), None)


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
        return phone is not None and not phone.unread and came >= _letters(number, step.who)
    if not isinstance(step, StaffStep):
        return False
    return _staff_did(viewer, scene, number, step)


def _staff_did(viewer: Viewer, scene: Scene, number: int, step: StaffStep) -> bool:
    match step:
        case Answers():
            thread = thread_of(viewer, scene, step.to)
            ours = Message.objects.filter(conversation=thread, way=Way.OUT)
            return thread is not None and ours.count() >= _letters(number + 1, step.to)
        case Notes() | WritesFact():
            return _is_beside(viewer, scene, step)
        case OpensCase():
            return case_of(viewer, scene, step.key) is not None
        case Assigns() | AddsTask() | BringsIn() | Broadcasts():
            case = case_of(viewer, scene, step.case)
            return case is not None and _has(case, step)
        case SaysWho():
            return _are_told(viewer, step)
        case Joins() | Agrees() | SettlesAlarm():
            thread = thread_of(viewer, scene, step.whom)
            return thread is not None and _is_so(thread, step)


def _is_beside(viewer: Viewer, scene: Scene, step: Notes | WritesFact) -> bool:
    """Whether what was to be written beside a message is there."""
    key = step.on if isinstance(step, Notes) else step.about
    about = message_of(viewer, scene, key)
    if about is None:
        return False
    if isinstance(step, WritesFact):
        return MessageFact.objects.filter(message=about).exists()
    return ConversationNote.objects.filter(conversation=about.conversation_id).exists()


def _has(case: Case, step: Assigns | AddsTask | BringsIn | Broadcasts) -> bool:
    match step:
        case Assigns():
            lead = CaseMembership.objects.filter(case=case, role=CaseRole.LEAD, until=None)
            return lead.exists()
        case AddsTask():
            return step.text in _words(Task.objects.filter(case=case))
        case BringsIn():
            return _brought(case, GROUPS[step.group])
        case Broadcasts():
            return Broadcast.objects.filter(case=case).exclude(state="draft").exists()


def _brought(case: Case, group: GroupChat) -> bool:
    """Whether these very bytes are in the case, and read."""
    sha256 = hashlib.sha256(group.content()).hexdigest()
    return ChatExport.objects.filter(case=case, sha256=sha256, state=ExportState.DONE).exists()


def _are_told(viewer: Viewer, step: SaysWho) -> bool:
    title = GROUPS[step.group].title
    senders = [sender_of(viewer, title, name) for name, _key in step.names]
    return all(sender is not None and sender.person_id is not None for sender in senders)


def _is_so(thread: Conversation, step: Joins | Agrees | SettlesAlarm) -> bool:
    match step:
        case Joins():
            here = Member.objects.filter(person=thread.person_id, part=Part.IN_DISTRESS)
            return here.exists()
        case Agrees():
            return SafeContact.objects.filter(person=thread.person_id, until=None).exists()
        case SettlesAlarm():
            return Alarm.objects.filter(conversation=thread).exclude(settled_at=None).exists()


def _words(tasks: Iterable[Task]) -> set[str]:
    return {str(task.title) for task in tasks}


def _letters(before: int, to: str) -> int:
    """How many words of ours to this person stand in the script before the step of this number."""
    count, cases = 0, set[str]()
    for step in STEPS[:before]:
        match step:
            case Answers():
                count += step.to == to
            case Joins():
                cases |= {step.case} if step.whom == to else set()
            case Broadcasts():
                count += step.case in cases
            case _:
                pass
    return count
