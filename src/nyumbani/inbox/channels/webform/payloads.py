"""What the public site sends: every field may be missing."""

from nyumbani.inbox.channels.reading import Payload, Words


class Filled(Payload):
    """One form as it was filled in."""

    id: Words = ""  # made by the site when it showed the form: a second click is the same form
    written_at: Words = ""  # ISO 8601 with a zone
    words: Words | None = None
    name: Words = ""
    phone: Words = ""
    email: Words = ""
    safe_when: Words = ""  # in her own words
    about: Words = ""  # me | somebody_else
    website: Words = ""  # nobody sees this field: only machines fill it in
    visitor: Words = ""
