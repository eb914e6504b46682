"""The words of this room."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nyumbani.domain.answers import Answer
from nyumbani.domain.groups.events import State


class Stage(models.TextChoices):
    """How far the way home has come."""

    INTAKE = "intake", _("First message")
    ASSESSMENT = "assessment", _("Assessment")
    PREPARING = "preparing", _("Preparing")
    ON_THE_WAY = "on_the_way", _("On the way")
    HOME = "home", _("Home")
    CLOSED = "closed", _("Closed")


class Urgency(models.TextChoices):
    """How soon somebody must act, as a person judged it."""

    NOW = "now", _("danger now")
    SOON = "soon", _("within a day")
    PLANNED = "planned", _("can be planned")
    UNKNOWN = "unknown", _("not known yet")


class Part(models.TextChoices):
    """What a member is in the case."""

    REPORTER = "reporter", _("Reporter")
    IN_DISTRESS = "in_distress", _("In distress")
    FAMILY = "family", _("Family")
    WITNESS = "witness", _("Witness")


class BroughtBy(models.TextChoices):
    """What brought somebody into the group."""

    WORD = "word", _("somebody told us of her")
    MESSAGE = "message", _("she wrote to us")
    GROUP_CHAT = "group_chat", _("a group chat")
    LIST = "list", _("a list")
    BIRTH = "birth", _("she was born")
    STAFF = "staff", _("a colleague met her")


class CaseRole(models.TextChoices):
    """What a member of staff is in the case."""

    LEAD = "lead", _("Lead")
    TEAM = "team", _("Team")


class Standing(models.TextChoices):
    """How sure a fact is: alleged until established."""

    ALLEGED = "alleged", _("alleged")
    ESTABLISHED = "established", _("established")
    CONTRADICTED = "contradicted", _("contradicted")


class Matter(models.TextChoices):
    """What a fact is about."""

    MISTREATMENT = "mistreatment", _("Mistreatment")
    PASSPORT_WITHHELD = "passport_withheld", _("Passport withheld")
    CONFINEMENT = "confinement", _("Locked in")
    UNPAID_WAGES = "unpaid_wages", _("Wages not paid")
    HEALTH = "health", _("Health")
    PLACE = "place", _("Where she is")
    SAFE_CONTACT = "safe_contact", _("When and how to write to her")
    OTHER = "other", _("Something else")


class Show(models.TextChoices):
    """What the list of cases shows."""

    OPEN = "open", _("Open")
    DANGER = "danger", _("Danger now")
    LED = "led", _("Led by me")
    CLOSED = "closed", _("Closed")


STEPS: dict[str, str] = {
    "call_everybody_who_saw_her": gettext_noop("Call everybody who saw her last"),
    "stop_what_goes_to_her_phone": gettext_noop("Stop what is still to be sent to her telephone"),
    "tell_the_coordinator": gettext_noop("Tell the coordinator"),
    "ask_hospitals_police_consulate": gettext_noop("Ask hospitals, police and consulate"),
    "tell_whom_she_named": gettext_noop("Tell whom she named to be told"),
    "decide_how_the_search_goes_on": gettext_noop("Decide how the search goes on"),
    "where_by_whom_on_what_ground": gettext_noop("Find out where, held by whom, on what ground"),
    "ask_for_the_consulate": gettext_noop("Ask that the consulate be told"),
    "find_a_lawyer": gettext_noop("Find a lawyer"),
    "ask_for_a_visit": gettext_noop("Ask for a visit"),
    "where_which_ward_who_is_with_her": gettext_noop("Which ward, and who is with her"),
    "who_pays_and_until_when": gettext_noop("Who pays, and until when"),
    "fit_to_travel_by_whose_word": gettext_noop("May she travel, and by whose word"),
    "tell_the_director": gettext_noop("Tell the director"),
    "confirm_with_an_authority": gettext_noop("Have it confirmed by an authority"),
    "tell_her_family_in_person": gettext_noop("Tell her family in person"),
    "look_after_the_group": gettext_noop("Look after the others of the group"),
    "papers_and_way_of_her_body": gettext_noop("Papers and the way home of her body"),
    "keep_all_evidence": gettext_noop("Keep all evidence"),
}
"""The steps of the protocols in words, as their tasks are called."""


STATE_WORDS: dict[State, str | Promise] = {
    State.CONTACTED: _("contacted"),
    State.CONFIRMED: _("confirmed"),
    State.LEFT_THE_HOUSE: _("left the house"),
    State.PAPERS: _("has her papers"),
    State.CLEARED: _("cleared to travel"),
    State.TRAVELLING: _("travelling"),
    State.ARRIVED: _("arrived"),
    State.SHELTERED: _("sheltered"),
    State.LOST: _("lost"),
    State.DETAINED: _("detained"),
    State.HOSPITAL: _("in hospital"),
    State.DECEASED: _("has died"),
}
"""How far somebody of the group has come, in words."""


NOT_SO: dict[str, str | Promise] = {
    "in_already": _("She is in the group already at that time."),
    "not_in": _("She is not in the group at that time."),
    "deceased": _("It is written down that she had died by then. If that was wrong, take it back."),
    "not_yet": _("This lies in the future. Write it down when it has happened."),
    "not_in_the_case": _("She is not in this case."),
    "whose_word": _("Say by whose word this is known."),
    "what_is_known": _("Say what is known."),
    "two_people": _("A colleague has to confirm this: you wrote it down."),
    "nothing_to_confirm": _("Only a death is confirmed."),
    "taken_back_already": _("This has been taken back already."),
}
"""Why something cannot be written of a group."""


class OnlyLooks(PermissionDenied):
    """Whoever broke the glass tried to write: answered 403, and ui/403.html says so."""

    def __str__(self) -> str:
        # A word of ours: what other refusals carry may name somebody and is never shown.
        return "only_looks"


class NotOrphaned(Exception):
    """Somebody works on this case: its lead decides who else does."""


class NotSo(Exception):
    """What was to be written of a group does not fit what is known; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


DEEDS = {
    "case.opened": _("opened the case"),
    "case.joined": _("added a person"),
    "group.joined": _("counted a person into the group"),
    "group.left": _("wrote down that somebody left the group"),
    "group.became": _("wrote down how somebody of the group is"),
    "group.confirmed": _("confirmed a death"),
    "group.taken_back": _("took something back that was said of the group"),
    "case.assigned": _("let a colleague work on it"),
    "case.lead_named": _("named a lead, as nobody worked on it"),
    "case.taken_off": _("took a colleague off"),
    "case.moved": _("moved it to another stage"),
    "case.urgency_judged": _("judged how urgent it is"),
    "case.noted": _("wrote a note"),
    "case.seen": _("looked at the case"),
    "glass.broken": _("broke the glass"),
    "notice.read": _("acknowledged a broken glass"),
    "sheet.brought_in": _("brought in a list"),
    "sheet.columns_told": _("said what the columns of a list hold"),
    "sheet.told": _("answered a question about a list"),
    "sheet.asked_to_add": _("asked that the people of a list be added"),
    "sheet.added": _("added somebody from a list"),
    "sheet.line_taken": _("took a line of a list for somebody known"),
    "sheet.taken_out": _("took a list out"),
    "case.exported": _("exported the people of the case"),
    "fact.written": _("wrote down what was said"),
    "fact.judged": _("judged what was said"),
    "task.set": _("set a task"),
    "task.done": _("ticked a task"),
    "task.reopened": _("opened a task again"),
    "person.seen": _("looked at the person"),
    "person.consent_seen": _("looked at what she agreed to"),
    "consent.given": _("wrote down what she agreed to"),
    "consent.refused": _("wrote down what she refused"),
    "consent.withdrawn": _("wrote down what she took back"),
    "consent.wished": _("wrote down what she wants done with what she tells us"),
    "consent.overridden": _("went without her consent"),
    "consent.seconded": _("said so too, without her consent"),
    "person.reach_seen": _("looked at the numbers in full"),
    "thread.seen": _("read the conversation"),
    "file.seen": _("opened a file"),
    "thread.searched": _("searched the conversation"),
    "thread.mentioned": _("told colleagues of a note"),
    "thread.laid_aside": _("laid the conversation aside"),
    "thread.taken_back": _("took the conversation up again"),
    "thread.labelled": _("put a label on the conversation"),
    "thread.unlabelled": _("took a label off the conversation"),
    "mention.seen": _("read a note that names them"),
}
"""What the ledger's verbs mean, for a history that people read."""


TICKED = "ticked"
"""In the session: the task just ticked on Today, which is not listed there any more."""
