"""Which threads somebody may read: written once, so that lists, pages and files agree."""

from django.db.models import Q

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.permissions import people_open_to
from nyumbani.jobs.permissions import may_oversee


def threads_open_to(viewer: Viewer, path: str = "person") -> Q:
    """Threads with people the viewer may know of; `path` leads to the person."""
    return people_open_to(viewer, path)


def may_keep_templates(viewer: Viewer) -> bool:
    """Write templates, have them approved, retire them: nothing in them is personal."""
    return may_oversee(viewer)


def may_set_up_channels(viewer: Viewer) -> bool:
    """Connect our accounts, give them new secrets, test them: for who runs the machine."""
    return Role.ADMINISTRATOR in viewer.roles


def may_overrule_lint(viewer: Viewer) -> bool:
    """Keep words in which the lint found something, saying why."""
    return viewer.may_lead
