"""What is suggested about messages, and what those who read them said, for the pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.triage import MessageTriage


@dataclass(frozen=True, slots=True)
class Judged:
    """One message: what the lists suggest, the words found, and what a person says."""

    mark: Mark
    language: str
    hits: list[dict[str, object]]  # words, language, category, level, counts
    own: Mark | None = None
    own_by: str = ""

    @property
    def stands(self) -> Mark:
        """What counts: a person's word where there is one."""
        return self.own or self.mark

    @property
    def counting(self) -> list[dict[str, object]]:
        """The hits that make it this level."""
        return [hit for hit in self.hits if hit.get("counts")]


def judged(viewer: Viewer, messages: Iterable[Message]) -> dict[str, Judged]:
    """What is known of these messages, by their ids; they were found for the viewer already."""
    if not viewer.may_read_cases:
        return {}
    rows = MessageTriage.objects.filter(message__in=[one.pk for one in messages])
    return {
        row.message_id: Judged(
            Mark(row.mark), row.language, list(row.hits),
            Mark(row.own_mark) if row.own_mark else None,
            row.own_by.display_name if row.own_by else "",
        )
        for row in rows.select_related("own_by")
    }  # fmt: skip
