"""What Africa's Talking sends (as of mid-2026): a form an event, and lists when it is asked.

Every name may be missing.
"""

from pydantic import Field

from nyumbani.inbox.channels.reading import Payload, Words


class Message(Payload):
    """Somebody wrote to our short code; the text may be empty."""

    id: Words = ""
    from_: Words = Field("", alias="from")
    to: Words = ""
    text: str | None = None
    date: Words = ""
    link_id: Words = Field("", alias="linkId")
    network_code: Words = Field("", alias="networkCode")


class Delivery(Payload):
    """How far one of our messages has come; it does not say through which of our numbers."""

    id: Words = ""
    status: Words = ""
    phone_number: Words = Field("", alias="phoneNumber")
    network_code: Words = Field("", alias="networkCode")
    failure_reason: Words = Field("", alias="failureReason")
    retry_count: Words = Field("", alias="retryCount")


class OptOut(Payload):
    """She asked the gateway for no more messages from us."""

    phone_number: Words = Field("", alias="phoneNumber")
    sender_id: Words = Field("", alias="senderId")


class Recipient(Payload):
    """What became of a message we gave to the gateway."""

    status_code: Words = Field("", alias="statusCode")
    status: Words = ""
    number: Words = ""
    message_id: Words = Field("", alias="messageId")
    cost: Words = ""
