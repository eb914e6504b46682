"""Which threads somebody may read: written once, so that lists, pages and files agree."""

from django.db.models import Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.permissions import people_open_to


def threads_open_to(viewer: Viewer) -> Q:
    """Threads with people the viewer may know of."""
    return people_open_to(viewer, "person")
