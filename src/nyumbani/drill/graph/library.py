"""The platform's template library: it takes words, judges them, and tells whoever asks."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from nyumbani.drill.graph import errors
from nyumbani.drill.graph.orders import Templates
from nyumbani.drill.wire import whatsapp
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Item, Shape

CATEGORIES = frozenset({"UTILITY", "MARKETING", "AUTHENTICATION"})
LONGEST = 1024
_BLANK = re.compile(r"\{\{(\d+)\}\}")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_REFUSALS = {"PAUSED": errors.paused, "DISABLED": errors.disabled}


@dataclass(slots=True)
class Kept:
    """Words in one language, and what the platform thinks of them."""

    id: str
    business: str
    name: str
    language: str
    category: str
    components: list[Shape]
    status: str = "PENDING"
    reason: str = "NONE"
    quality: str = "UNKNOWN"

    @property
    def body(self) -> str:
        """The words with their blanks."""
        return next(str(part["text"]) for part in self.components if part["type"] == "BODY")

    @property
    def shape(self) -> Shape:
        """As it stands in the list."""
        return {
            "id": self.id, "name": self.name, "language": self.language,
            "category": self.category, "status": self.status, "components": self.components,
            "rejected_reason": self.reason, "quality_score": {"score": self.quality},
        }  # fmt: skip


class Library:
    """The templates of all business accounts; `start` are approved from the beginning."""

    def __init__(
        self, doors: Iterable[Door], start: Templates, *, dice: Random,
        now: Callable[[], dt.datetime], carry: Callable[[Item], None],
    ) -> None:  # fmt: skip
        self._doors = [door for door in doors if door.channel is Channel.WHATSAPP]
        self._now, self._dice, self._carry = now, dice, carry
        self._kept: list[Kept] = []
        self._lock = threading.RLock()
        for business in {door.business for door in self._doors}:
            for (name, language), body in start.items():
                parts = [{"type": "BODY", "text": body}]
                kept = self._new(business, name, language, "UTILITY", parts)
                kept.status = "APPROVED"

    def approved(self, business: str) -> Callable[[str, str], str]:
        """Looks up the words of a template that may be sent; GraphError for one that may not."""

        def body(name: str, language: str) -> str:
            kept = self._find(business, name, language)
            if kept is not None and kept.status in _REFUSALS:
                refusal = _REFUSALS[kept.status]()
                raise refusal
            if kept is None or kept.status != "APPROVED":
                raise errors.no_template(name, language)
            return kept.body

        return body

    def take(self, business: str, asked: Any) -> Shape:  # noqa: ANN401 - foreign JSON
        """POST /<business account>/message_templates."""
        asked = asked if isinstance(asked, dict) else {}
        name, language = str(asked.get("name", "")), str(asked.get("language", ""))
        category, parts = str(asked.get("category", "")), _checked(asked.get("components"))
        if not _NAME.fullmatch(name) or not language or category not in CATEGORIES:
            raise errors.bad_parameter("name, language and category are required")
        with self._lock:
            if self._find(business, name, language) is not None:
                raise errors.template_is_there()
            kept = self._new(business, name, language, category, parts)
        return {"id": kept.id, "status": kept.status, "category": kept.category}

    def change(self, businesses: Iterable[str], template_id: str, asked: Any) -> Shape:  # noqa: ANN401
        """POST /<template>: other words, to be looked at anew."""
        with self._lock:
            found = [one for one in self._kept if one.id == template_id]
            if not found or found[0].business not in businesses:
                raise errors.no_such_object(template_id)
            found[0].components = _checked(asked.get("components"))
            found[0].status = "PENDING"
        return {"success": True}

    def listed(self, business: str, after: str, limit: int) -> Shape:
        """GET /<business account>/message_templates."""
        with self._lock:
            ours = [one.shape for one in self._kept if one.business == business]
        start = int(after or 0)
        more = start + limit < len(ours)
        paging: Shape = {"cursors": {"after": str(start + limit)}}
        if more:
            paging["next"] = "https://graph.example/next"
        return {"data": ours[start : start + limit], "paging": paging}

    def decide(self, name: str, language: str, event: str, reason: str = "NONE") -> None:
        """Approve, reject, pause …: tell the door that these words belong to."""
        kept = self._one(name, language)
        kept.status, kept.reason = event, reason
        self._tell(
            kept, "message_template_status_update",
            {"event": event, "reason": reason, "message_template_category": kept.category},
        )  # fmt: skip

    def rate(self, name: str, language: str, score: str) -> None:
        """What people think of it: GREEN, YELLOW, RED."""
        kept = self._one(name, language)
        before, kept.quality = kept.quality, score
        told = {"previous_quality_score": before, "new_quality_score": score}
        self._tell(kept, "message_template_quality_update", told)

    def sort(self, name: str, language: str, category: str) -> None:
        """The platform puts it into another category."""
        kept = self._one(name, language)
        before, kept.category = kept.category, category
        told = {"previous_category": before, "new_category": category}
        self._tell(kept, "template_category_update", told)

    def _tell(self, kept: Kept, field: str, told: Shape) -> None:
        door = next(one for one in self._doors if one.business == kept.business)
        named = {
            "message_template_id": int(kept.id), "message_template_name": kept.name,
            "message_template_language": kept.language,
        }  # fmt: skip
        self._carry(whatsapp.template_news(door, field, named | told, self._now()))

    def _new(
        self, business: str, name: str, language: str, category: str, parts: list[Shape]
    ) -> Kept:
        number = str(self._dice.randrange(10**14, 10**15))
        self._kept.append(Kept(number, business, name, language, category, parts))
        return self._kept[-1]

    def _find(self, business: str, name: str, language: str) -> Kept | None:
        with self._lock:
            for one in self._kept:
                if (one.business, one.name, one.language) == (business, name, language):
                    return one
        return None

    def _one(self, name: str, language: str) -> Kept:
        with self._lock:
            return next(one for one in self._kept if (one.name, one.language) == (name, language))


def _checked(parts: object) -> list[Shape]:
    """The components if the platform would look at them at all."""
    given = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    bodies = [part for part in given if part.get("type") == "BODY"]
    if len(bodies) != 1 or not str(bodies[0].get("text", "")).strip():
        raise errors.bad_parameter("components need one BODY")
    text = str(bodies[0]["text"])
    if len(text) > LONGEST or text.startswith("{{") or text.endswith("}}"):
        raise errors.bad_parameter("the body is too long, or begins or ends with a variable")
    rows = (bodies[0].get("example") or {}).get("body_text") or [[]]
    if len(rows[0]) != len(set(_BLANK.findall(text))):
        raise errors.bad_parameter("every variable of the body needs an example")
    return given
