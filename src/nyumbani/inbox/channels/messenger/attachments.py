"""What hangs on a message: files, places, shared links, templates of the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nyumbani.inbox.channels.events import Content, Media
from nyumbani.inbox.channels.messenger.payloads import Attachment, AttachmentPayload
from nyumbani.inbox.channels.reading import read
from nyumbani.kit.phrases import gettext_noop

FILES = {
    "image": Content.IMAGE,
    "audio": Content.AUDIO,
    "voice": Content.VOICE,
    "video": Content.VIDEO,
    "file": Content.DOCUMENT,
    "sticker": Content.STICKER,
}
VOICE_NOTE = "audioclip"  # how the app names what was spoken into it


@dataclass(slots=True)
class Attached:
    """The attachments of one message, sorted by what can be done with them."""

    media: list[Media] = field(default_factory=list)
    sticker: str = ""  # the platform's number for a picture such as the thumb
    place: dict[str, object] | None = None
    shared: list[dict[str, str]] = field(default_factory=list)
    templates: list[object] = field(default_factory=list)
    left: list[object] = field(default_factory=list)  # not understood, as they came
    notes: list[str] = field(default_factory=list)

    @property
    def data(self) -> dict[str, object]:
        """What an event keeps of them beside the files."""
        known: dict[str, object] = {
            "sticker_id": self.sticker,
            "location": self.place,
            "shared": self.shared,
            "templates": self.templates,
            "attachments_not_understood": self.left,
        }
        return {name: value for name, value in known.items() if value}

    @property
    def words(self) -> str:
        """Text for a message that has none of its own: the shared link, or the template's title."""
        return "\n".join(
            part for link in self.shared for part in (link["title"], link["url"]) if part
        )

    @property
    def content(self) -> Content:
        """What they make of the message; the first file decides."""
        if self.media:
            return self.media[0].content
        return Content.LOCATION if self.place else Content.NONE


def attached(items: Iterable[object]) -> Attached:
    """Read all attachments of a message; none is lost."""
    found = Attached()
    for raw in items:
        if not isinstance(raw, dict):
            found.left.append(raw)
            continue
        attachment, notes = read(Attachment, raw)
        found.notes.extend(notes)
        if notes or not _take(found, attachment, raw):
            found.left.append(raw)
    if found.left:
        found.notes.append(gettext_noop("an attachment was not understood"))
    return found


def _take(found: Attached, attachment: Attachment, raw: object) -> bool:
    payload = attachment.payload or AttachmentPayload()
    if attachment.type in FILES:
        return _take_file(found, attachment, payload)
    if attachment.type == "location" and payload.coordinates:
        found.place = {
            "latitude": payload.coordinates.lat,
            "longitude": payload.coordinates.long,
            "name": attachment.title or payload.title,
            "url": attachment.url or payload.url,
        }
        return True
    if attachment.type == "fallback":
        title, url = attachment.title or payload.title, attachment.url or payload.url
        found.shared.append({"title": title, "url": url})
        return bool(title or url)
    if attachment.type == "template":
        found.shared.append({"title": attachment.title or payload.title or payload.text, "url": ""})
        found.templates.append(raw)
        return True
    return False


def _take_file(found: Attached, attachment: Attachment, payload: AttachmentPayload) -> bool:
    content = Content.STICKER if payload.sticker_id else FILES[attachment.type]
    url = payload.url or attachment.url
    if content is Content.AUDIO and VOICE_NOTE in _filename(url):
        content = Content.VOICE
    found.media.append(Media(content, url=url, filename=_filename(url)))
    found.sticker = found.sticker or payload.sticker_id
    if not url:
        found.notes.append(gettext_noop("the file cannot be fetched: no address"))
    return True


def _filename(url: str) -> str:
    try:
        return urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
