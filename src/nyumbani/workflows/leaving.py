"""Somebody leaves, or does less: what they answered for passes to a colleague in the same step."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nyumbani.accounts.leaving import Leaving
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import NotPossible
from nyumbani.accounts.viewers import Viewer, viewer_for
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.permissions import people_joined_to, reads_cases
from nyumbani.cases.terms import CaseRole
from nyumbani.inbox.actions import work
from nyumbani.inbox.models.conversations import Conversation


@transaction.atomic
def take_over(leaving: Leaving) -> list[str]:
    """A colleague takes over the cases and conversations that would be left with nobody.

    With nobody named, returns their numbers and changes nothing. A conversation the colleague
    may not answer becomes nobody's, so that those who may see it among the unassigned. Raises
    `NotPossible` if the colleague named does not work on cases.
    """
    after = Viewer(leaving.staff_id, "", leaving.roles)
    held = [*map(str, _cases_left_by(after)), *(str(one.person) for one in _threads_left_by(after))]
    if held and not leaving.to:
        return held
    if held:
        _pass_on(after, _colleague(leaving), leaving)
    if not after.may_read_cases:
        cases.leave_all(staff=Staff.objects.get(pk=leaving.staff_id), by=leaving.by)
    return []


def _pass_on(after: Viewer, to: Staff, leaving: Leaving) -> None:
    about = f"staff:{leaving.staff_id}"
    record(by=leaving.by, verb="staff.work_passed_on", about=about, to=f"staff:{to.pk}")
    # Read again: from the ledger's line on nobody else gives them a case or a conversation.
    left, threads = _cases_left_by(after), list(_threads_left_by(after))
    for case in left:
        cases.assign(case=case, to=to, role=CaseRole.LEAD, by=leaving.by)
    viewer = viewer_for(to)
    ids = [thread.pk for thread in threads]
    answered = Conversation.objects.filter(people_joined_to(viewer, "person"), pk__in=ids)
    theirs = set(answered.values_list("pk", flat=True)) if viewer.may_send else set()
    for thread in threads:
        work.assign(thread=thread, to=to if thread.pk in theirs else None, by=leaving.by)


def _cases_left_by(after: Viewer) -> list[Case]:
    """What they lead, and where nobody else works, if they will read no cases any more."""
    if after.may_read_cases:
        return []
    mine = CaseMembership.objects.filter(case=OuterRef("pk"), staff=after.staff_id, until=None)
    others = CaseMembership.objects.filter(reads_cases("staff"), case=OuterRef("pk"), until=None)
    led = Q(Exists(mine.filter(role=CaseRole.LEAD)))
    alone = ~Q(Exists(others.exclude(staff=after.staff_id)))
    return list(Case.objects.filter(Exists(mine)).filter(led | alone).order_by("number"))


def _threads_left_by(after: Viewer) -> QuerySet[Conversation]:
    """What is theirs to answer and they will not be able to answer any more."""
    mine = Conversation.objects.filter(owner=after.staff_id).select_related("person")
    if after.may_send:
        mine = mine.exclude(people_joined_to(after, "person"))
    return mine.order_by("pk")


def _colleague(leaving: Leaving) -> Staff:
    found = Staff.objects.filter(reads_cases(), pk=leaving.to).exclude(pk=leaving.staff_id).first()
    if found is None:
        raise NotPossible(_("Name a colleague who works on cases."))
    return found
