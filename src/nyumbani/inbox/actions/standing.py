"""Where words stand with the platform: one rule for its webhooks, its list and its refusals."""

import datetime as dt

from nyumbani.domain.templates import Status, is_newer, status_for
from nyumbani.inbox.models.templates import Template, TemplateWords
from nyumbani.inbox.terms import TemplateCategory, TemplateStatus

_GONE = frozenset({Status.DELETED, Status.DISABLED})


def stand(
    words: TemplateWords, said: str, reason: str, at: dt.datetime, *, is_of_these: bool = False
) -> list[str]:
    """Let words stand where the platform says they do, unless something newer is known.

    A draft that is not laid before the platform stays one: what it says is about former words, or
    others of that name, and nobody may be sent those under this text. `is_of_these` says that it
    quoted these very words. Returns the fields that changed; the caller saves them.
    """
    status = status_for(said)
    if status is None:
        return []
    if words.status == TemplateStatus.DRAFT and words.asked_at is None and not is_of_these:
        if status in _GONE and words.platform_id:  # to be laid before it as new ones
            words.platform_id = ""
            return ["platform_id"]
        return []
    if not is_newer(Status(words.status), words.changed_at, status, at):
        return []
    words.status, words.reason, words.changed_at = TemplateStatus(status), reason[:200], at
    words.asked_at = None
    return ["status", "reason", "changed_at", "asked_at"]


def sort(template: Template, category: str, at: dt.datetime) -> list[str]:
    """Let the platform sort a template, unless it has sorted it otherwise since; as above."""
    is_old = template.category_at is not None and template.category_at > at
    if category not in TemplateCategory.values or is_old:
        return []
    template.category, template.category_at = TemplateCategory(category), at
    return ["category", "category_at"]
