"""Which chat an export is of: told by its title and by lines that are here already."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Max, Q, QuerySet

from nyumbani.chats.actions.matching import Known, title_digest
from nyumbani.chats.models import Chat, ChatExport, ChatLine

_FIRST, _EVERY, _MOST = 300, 20, 3000  # lines by which a chat is known again
_ENOUGH = 3


def chat_of(*, export: ChatExport, title: str, lines: Callable[[], Iterator[Known]]) -> Chat | None:
    """The chat here that has lines of this export; None: it is one that is not here yet.

    A title alone says little: many a group is called "Kazi". So lines must agree, three of them or
    all there are; where several chats do, the one with which most agree. An export without a title
    is held against every chat of the same case, or of the same colleague.
    """
    if export.chat_id:
        return Chat.objects.get(pk=export.chat_id)
    chats = _possible(export, title)
    if not chats.exists():
        return None
    sample, asked = Counter[str](), 0
    for some in _batches(lines()):
        asked += len(some)
        rows = ChatLine.objects.filter(chat__in=chats, digest__in=some).order_by()
        sample += Counter(rows.values_list("chat", flat=True))
    best = sample.most_common(1)
    if not best or best[0][1] < min(_ENOUGH, asked):
        return None
    return Chat.objects.get(pk=best[0][0])


def known_until(*, export: ChatExport) -> dt.datetime | None:
    """Up to when earlier exports of the same chat say something."""
    rows = ChatLine.objects.filter(chat=export.chat_id, export__number__lt=export.number)
    last: dt.datetime | None = rows.aggregate(last=Max("shown_at"))["last"]
    return last


def _possible(export: ChatExport, title: str) -> QuerySet[Chat]:
    holder = Q(case=export.case_id) if export.case_id else _without_a_case(export)
    rows = Chat.objects.filter(holder).order_by()
    if title:
        rows = rows.filter(title_digest__in=[title_digest(title), title_digest("")])
    return rows


def _without_a_case(export: ChatExport) -> Q:
    return Q(case=None, brought_by=export.brought_by_id)


def _batches(lines: Iterator[Known]) -> Iterator[Sequence[str]]:
    """The digests of the first lines, and of some all through the file."""
    chosen = (
        line.digest for number, line in enumerate(lines) if number < _FIRST or not number % _EVERY
    )
    found: list[str] = []
    for number, digest in enumerate(chosen):
        if number >= _MOST:
            break
        found.append(digest)
        if len(found) == 500:
            yield found
            found = []
    if found:
        yield found
