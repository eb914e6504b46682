"""WhatsApp's template library: laying words before the platform, and asking what became of them."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.library import Library, Listed, Listing, Taken, Wording
from nyumbani.inbox.channels.outgoing import Outgoing, Refused, Unclear
from nyumbani.inbox.channels.reading import Many, Payload, Whatever, Words, read
from nyumbani.inbox.channels.refusals import HOUR, Rule, Rules
from nyumbani.inbox.channels.whatsapp.refusals import RULES as SENDING
from nyumbani.kit.phrases import gettext_noop

FIELDS = "id,name,language,category,status,components,rejected_reason,quality_score"
AT_ONCE = 100  # templates an answer
PLAIN = frozenset({"BODY", "FOOTER"})
NO_REASON = frozenset({"", "NONE"})  # how the platform says that there is none

IS_THERE = 2388024  # of code 100

RULES: Rules = {
    **SENDING,
    (100, IS_THERE): Rule(meaning=gettext_noop("the platform has such a template already")),
    (100, 2388023): Rule(
        meaning=gettext_noop("the former one is still being deleted"), first=HOUR, longest=24 * HOUR
    ),
    (100, 2388019): Rule(meaning=gettext_noop("there are as many templates as may be")),
}


class Answered(Payload):
    """The answer to new words; one to changed words only says that all is well."""

    id: Words = ""
    status: Words = ""
    category: Words = ""


class Quality(Payload):
    """What people who got it think of it."""

    score: Words = ""


class Component(Payload):
    """A part of a template: body, header, footer, buttons."""

    type: Words = ""
    text: Words = ""
    example: Whatever | None = None


class Entry(Payload):
    """One template of the list."""

    id: Words = ""
    name: Words = ""
    language: Words = ""
    category: Words = ""
    status: Words = ""
    rejected_reason: Words = ""
    quality_score: Quality | None = None
    components: Annotated[list[Component], Many] = []


def submit(*, business: str, wording: Wording) -> Outgoing:
    """New words; allow_category_change is the platform's own habit by now."""
    request: dict[str, object] = {
        "name": wording.name,
        "language": wording.language,
        "category": wording.category.upper(),
        "components": _components(wording),
    }
    return Outgoing("POST", path(business, "message_templates"), request)


def revise(*, platform_id: str, wording: Wording) -> Outgoing:
    """Changed words; the platform looks at them anew."""
    return Outgoing("POST", path(platform_id), {"components": _components(wording)})


def submitted(status: int, body: bytes, *, attempt: int = 1) -> Taken | Refused | Unclear:
    """What the answer to new or changed words means."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_taken)


def ask(*, business: str, after: str) -> Outgoing:
    """The templates there are, page by page."""
    query = {"fields": FIELDS, "limit": str(AT_ONCE), **({"after": after} if after else {})}
    return Outgoing("GET", f"{path(business, 'message_templates')}?{urlencode(query)}")


def found(status: int, body: bytes, *, attempt: int = 1) -> Listing | Refused | Unclear:
    """What the answer to `ask` means."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_listing)


def fill(values: Sequence[str]) -> list[dict[str, object]]:
    """The values of a body's blanks, in their order."""
    if not values:
        return []
    return [{"type": "body", "parameters": [{"type": "text", "text": one} for one in values]}]


def _components(wording: Wording) -> list[dict[str, object]]:
    body: dict[str, object] = {"type": "BODY", "text": wording.body}
    if wording.examples:
        body["example"] = {"body_text": [list(wording.examples)]}
    return [body]


def _taken(said: dict[str, object]) -> Taken | None:
    answer, _ = read(Answered, said)
    if answer.id:
        return Taken(answer.id, answer.status, answer.category.lower())
    return Taken() if said.get("success") is True else None


def _listing(said: dict[str, object]) -> Listing | None:
    items = said.get("data")
    if not isinstance(items, list):
        return None
    entries = [read(Entry, item)[0] for item in items if isinstance(item, dict)]
    known = tuple(_listed(entry) for entry in entries if entry.id and entry.name)
    paging = said.get("paging")
    paging = paging if isinstance(paging, dict) else {}
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) and paging.get("next") else ""
    return Listing(known, str(after or ""))


def _listed(entry: Entry) -> Listed:
    body = next((part for part in entry.components if part.type.upper() == "BODY"), Component())
    return Listed(
        platform_id=entry.id,
        name=entry.name,
        language=entry.language,
        category=entry.category.lower(),
        status=entry.status,
        body=body.text,
        examples=_examples(body),
        reason="" if entry.rejected_reason in NO_REASON else entry.rejected_reason,
        quality=entry.quality_score.score if entry.quality_score else "",
        is_plain=bool(body.text) and {part.type.upper() for part in entry.components} <= PLAIN,
    )


def _examples(body: Component) -> tuple[str, ...]:
    rows = (body.example or {}).get("body_text")
    first = rows[0] if isinstance(rows, list) and rows else []
    return tuple(str(one) for one in first) if isinstance(first, list) else ()


LIBRARY = Library(
    submit=submit,
    revise=revise,
    submitted=submitted,
    ask=ask,
    found=found,
    fill=fill,
    is_there_already=IS_THERE,
    told_by={132001: "DELETED", 132015: "PAUSED", 132016: "DISABLED"},
)
