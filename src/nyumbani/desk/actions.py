"""What a page of this room does that must happen once, however often it is sent."""

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor
from nyumbani.cases.models import Case
from nyumbani.inbox.models import Message
from nyumbani.workflows.intake import FirstWord, take_up


@transaction.atomic
def take_up_once(*, message: Message, word: FirstWord, once: str, by: Actor) -> Case:
    """Open a case from a message; the same page sent twice leads to the same case.

    `once` is the page's mark and becomes the case's id.
    """
    # Two clicks of one person wait for each other here.
    Staff.objects.select_for_update(no_key=True).get(pk=by.staff_id)
    known = Case.objects.filter(pk=once, opened_by=by.staff_id).first()
    if known is not None:
        return known
    return take_up(message=message, word=word, case_id=once, by=by).case
