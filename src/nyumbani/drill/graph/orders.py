"""What we ask the platform to send, read and checked as strictly as the platform does."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nyumbani.drill.graph import errors
from nyumbani.drill.graph.uploads import CAPTION, WHATSAPP

WINDOW = dt.timedelta(hours=24)
HUMAN_AGENT = dt.timedelta(days=7)
WHATSAPP_TEXT = 4096
MESSENGER_TEXT = 2000

Templates = Mapping[tuple[str, str], str]  # (name, language) → body with {{1}}, {{2}} ...
Approved = Callable[[str, str], str]  # (name, language) → body, or GraphError
_HOLE = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True, slots=True)
class Order:
    """One message to send."""

    to: str  # digits | BSUID | PSID
    kind: str  # text | template | reaction | image | audio | voice | document | file
    text: str
    asked: str = ""  # the recipient as we wrote it
    refers_to: str = ""
    callback: str = ""  # to be echoed to us
    window: dt.timedelta | None = WINDOW  # how long after she wrote this may come; None: always
    media: str = ""  # the id of a file that was brought before
    file_name: str = ""


def whatsapp(payload: Any, templates: Approved, knows: Callable[[str], bool]) -> Order:  # noqa: ANN401
    """Read a body of POST /<phone number id>/messages; GraphError when it would be refused."""
    if not isinstance(payload, dict) or payload.get("messaging_product") != "whatsapp":
        raise errors.bad_parameter("messaging_product is required and must be whatsapp")
    asked = str(payload.get("to") or payload.get("recipient") or "")
    if not asked:
        raise errors.bad_parameter("to or recipient is required")
    kind = str(payload.get("type", "text"))
    readers = {"text": _text, "template": _template, "reaction": _reaction}
    if kind not in readers and kind not in WHATSAPP:
        raise errors.unsupported(kind)
    content = payload.get(kind)
    if not isinstance(content, dict):
        raise errors.bad_parameter(f"{kind} is required")
    read = readers.get(kind, _file)
    text, refers_to = read(content, templates, knows)
    return Order(
        to=re.sub(r"[^\d]", "", asked) if payload.get("to") else asked,
        kind="voice" if kind == "audio" and content.get("voice") else kind,
        text=text,
        asked=asked,
        media=str(content.get("id", "")) if kind in WHATSAPP else "",
        file_name=str(content.get("filename", "")),
        refers_to=refers_to or str((payload.get("context") or {}).get("message_id", "")),
        callback=str(payload.get("biz_opaque_callback_data", "")),
        window=None if kind == "template" else WINDOW,
    )


def messenger(payload: Any) -> Order:  # noqa: ANN401
    """Read a body of POST /me/messages; GraphError when it would be refused."""
    if not isinstance(payload, dict):
        raise errors.bad_parameter("a JSON object is required")
    to = str((payload.get("recipient") or {}).get("id", ""))
    message = payload.get("message")
    if not to or not isinstance(message, dict):
        raise errors.bad_parameter("recipient and message are required")
    kind, media = _attached(message)
    text = "" if media else _within(message.get("text"), MESSENGER_TEXT, "message[text]")
    return Order(
        to=to,
        kind=kind,
        text=text,
        media=media,
        asked=to,
        refers_to=str((payload.get("reply_to") or {}).get("mid", "")),
        callback=str(message.get("metadata", "")),
        window=_messenger_window(payload),
    )


def _attached(message: dict[str, Any]) -> tuple[str, str]:
    """The kind of a file and the id it was brought under; words alone have none."""
    attachment = message.get("attachment")
    if not isinstance(attachment, dict):
        return "text", ""
    if message.get("text"):
        raise errors.bad_parameter("message cannot have both text and attachment")
    media = str((attachment.get("payload") or {}).get("attachment_id", ""))
    if not media:
        raise errors.bad_parameter("attachment_id is required")
    return str(attachment.get("type", "file")), media


def _file(content: dict[str, Any], _: Approved, __: Callable[[str], bool]) -> tuple[str, str]:
    caption = str(content.get("caption", ""))
    if not content.get("id"):
        raise errors.bad_parameter("id is required")
    if len(caption) > CAPTION:
        raise errors.bad_parameter("Param caption must be at most 1024 characters long")
    return caption, ""


def _messenger_window(payload: dict[str, Any]) -> dt.timedelta:
    match payload.get("messaging_type"), payload.get("tag"):
        case (("RESPONSE" | "UPDATE"), _):
            return WINDOW
        case "MESSAGE_TAG", "HUMAN_AGENT":
            return HUMAN_AGENT
        case kind, tag:
            raise errors.bad_parameter(f"messaging_type {kind} with tag {tag}")


def _within(text: object, most: int, name: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise errors.bad_parameter(f"Param {name} must be a non-empty string")
    if len(text) > most:
        raise errors.bad_parameter(f"Param {name} must be at most {most} characters long")
    return text


def _text(content: dict[str, Any], _: Approved, __: Callable[[str], bool]) -> tuple[str, str]:
    return _within(content.get("body"), WHATSAPP_TEXT, "text['body']"), ""


def _reaction(
    content: dict[str, Any], _: Approved, knows: Callable[[str], bool]
) -> tuple[str, str]:
    refers_to = str(content.get("message_id", ""))
    if not knows(refers_to):
        raise errors.bad_value("reaction message_id is not a message of this conversation")
    return str(content.get("emoji", "")), refers_to


def _template(
    content: dict[str, Any], templates: Approved, _: Callable[[str], bool]
) -> tuple[str, str]:
    name = str(content.get("name", ""))
    language = str((content.get("language") or {}).get("code", ""))
    body = templates(name, language)
    given = [
        str(parameter.get("text", ""))
        for component in content.get("components", [])
        if component.get("type") == "body"
        for parameter in component.get("parameters", [])
    ]
    wanted = len(set(_HOLE.findall(body)))
    if wanted != len(given):
        raise errors.wrong_count(wanted, len(given))
    return _HOLE.sub(lambda hole: given[int(hole.group(1)) - 1], body), ""
