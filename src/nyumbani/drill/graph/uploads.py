"""Files we bring to a platform: taken apart, and refused as the platforms refuse them."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from nyumbani.drill.graph import errors

MB = 1024 * 1024
# By WhatsApp's type of message: how large, and which types (empty: any).
WHATSAPP = {
    "image": (5 * MB, {"image/jpeg", "image/png"}),
    "audio": (16 * MB, {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    "document": (100 * MB, set[str]()),
}
MESSENGER = 25 * MB
CAPTION = 1024
KINDS = {"image": "photo", "photo": "photo", "audio": "audio", "voice": "voice", "file": "document"}
"""What she sees of a file, by the platforms' words for it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file inside a multipart request."""

    name: str
    mime_type: str
    content: bytes


def taken_apart(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Brought]]:
    """The fields of a multipart form, and its files by field."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    fields: dict[str, str] = {}
    files: dict[str, Brought] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        called: Any = part.get_param("name", header="content-disposition")
        read: Any = part.get_payload(decode=True)
        content: bytes = read or b""
        filename = part.get_filename()
        if filename is None:
            fields[str(called)] = content.decode()
        else:
            files[str(called)] = Brought(filename, part.get_content_type(), content)
    return fields, files


def whatsapp_kind(mime_type: str) -> str:
    """The type of message that a file of this type goes in."""
    main = mime_type.partition("/")[0]
    return main if main in {"image", "audio"} else "document"


def check_whatsapp(kind: str, mime_type: str, size: int) -> None:
    """Refuse what the platform refuses."""
    most, types = WHATSAPP[kind]
    if types and mime_type not in types:
        raise errors.bad_parameter(f"{mime_type} is not supported for {kind}")
    if size > most:
        raise errors.bad_parameter("Media file size too big")


def check_messenger(size: int) -> None:
    """Refuse what the platform refuses."""
    if size > MESSENGER:
        raise errors.bad_parameter("Attachment size exceeds allowable limit")
