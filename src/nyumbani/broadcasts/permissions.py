"""Which words to many somebody may see: a case's team those of the case, else who made them."""

from django.db.models import Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.permissions import cases_joined_by, cases_open_to

_NOBODY = Q(pk__in=[])


def broadcasts_open_to(viewer: Viewer) -> Q:
    """Those the viewer may look at; broken glass opens those of the case."""
    return _for(viewer, cases_open_to(viewer))


def broadcasts_joined_by(viewer: Viewer) -> Q:
    """Those the viewer may send, stop and change."""
    return _for(viewer, cases_joined_by(viewer)) if viewer.may_send else _NOBODY


def _for(viewer: Viewer, cases: Q) -> Q:
    if not viewer.may_read_cases:
        return _NOBODY
    # Whom a filter found is known to who asked; a colleague may know of other people.
    own = Q(case=None, made_by=viewer.staff_id)
    return own | Q(case__in=Case.objects.filter(cases))
