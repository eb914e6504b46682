"""What the platform says when it refuses."""

from typing import Any

from nyumbani.drill.wire.parts import Shape


class GraphError(Exception):
    """A refusal: HTTP status, the platform's code and subcode, and its words."""

    def __init__(
        self, status: int, code: int, message: str, *, subcode: int = 0, details: str = ""
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.subcode = status, code, subcode
        self.message, self.details = message, details

    @property
    def body(self) -> Shape:
        """The answer's JSON."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.message}",
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": "A" + f"{self.code:010d}",
        }
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        return {"error": error}

    @property
    def in_status(self) -> Shape:
        """The same refusal as it stands in the `errors` of a failed status."""
        problem: Shape = {"code": self.code, "title": self.message, "message": self.message}
        if self.details:
            problem["error_data"] = {"details": self.details}
        return problem


def bad_token() -> GraphError:
    """The bearer token is missing or not ours: the channel must stop and raise the alarm."""
    return GraphError(401, 190, "Invalid OAuth access token - Cannot parse access token")


def no_such_object(name: str) -> GraphError:
    """Nothing of this id, or this token may not see it."""
    words = f"Unsupported request. Object with ID '{name}' does not exist, or no permission"
    return GraphError(400, 100, words, subcode=33)


def bad_parameter(details: str) -> GraphError:
    """A required parameter is missing, of the wrong type or too long."""
    return GraphError(400, 100, "Invalid parameter", details=details)


def bad_value(details: str) -> GraphError:
    """A parameter's value does not fit."""
    return GraphError(400, 131009, "Parameter value is not valid", details=details)


def no_such_media(name: str) -> GraphError:
    """A message names a file that was never brought to this account, or too long ago."""
    return GraphError(400, 100, "Invalid parameter", details=f"Media {name} does not exist")


def unsupported(kind: str) -> GraphError:
    """A type of message the platform (or this simulation) does not send."""
    return GraphError(400, 131051, "Message type is not currently supported", details=kind)


def no_template(name: str, language: str) -> GraphError:
    """The template is not approved, or not in this language."""
    details = f"template name ({name}) does not exist in {language}"
    return GraphError(
        404, 132001, "Template name does not exist in the translation", details=details
    )


def paused() -> GraphError:
    """The template is paused: too many people disliked it."""
    return GraphError(400, 132015, "Template is paused", details="Template is Paused")


def disabled() -> GraphError:
    """The template was paused too often and is disabled for good."""
    return GraphError(400, 132016, "Template is disabled", details="Template is Disabled")


def template_is_there() -> GraphError:
    """A template of this name exists in this language."""
    words = "Content in this language already exists"
    return GraphError(400, 100, "Invalid parameter", subcode=2388024, details=words)


def wrong_count(wanted: int, given: int) -> GraphError:
    """The template needs another number of parameters."""
    details = f"body: number of localizable_params ({given}) does not match the expected ({wanted})"
    words = "Number of parameters does not match the expected number of params"
    return GraphError(400, 132000, words, details=details)


def undeliverable() -> GraphError:
    """WhatsApp: nobody can be reached at this number or id."""
    return GraphError(400, 131026, "Message undeliverable", details="Message Undeliverable.")


def window_closed() -> GraphError:
    """WhatsApp: more than 24 hours since she last wrote."""
    details = "Message failed to send because more than 24 hours have passed since the last reply."
    return GraphError(400, 131047, "Re-engagement message", details=details)


def messenger_window_closed() -> GraphError:
    """Messenger: outside the window that this kind of message is allowed in."""
    return GraphError(400, 10, "This message is sent outside of allowed window.", subcode=2018278)


def messenger_nobody() -> GraphError:
    """Messenger: no person of this page-scoped id."""
    return GraphError(400, 100, "No matching user found", subcode=2018001)


def throttled() -> GraphError:
    """Too many messages a second from this number."""
    return GraphError(429, 130429, "Rate limit hit", details="Too many messages in a short time")


def pair_throttled() -> GraphError:
    """Too many messages a second to this one person."""
    return GraphError(400, 131056, "(Business Account, Consumer Account) pair rate limit hit")


def away() -> GraphError:
    """The platform itself is in trouble."""
    return GraphError(503, 2, "Service temporarily unavailable")


def expired() -> GraphError:
    """The address of a file lived its five minutes, or was not signed by the platform."""
    return GraphError(404, 100, "URL signature mismatch or URL expired")


def blocked_fetches() -> GraphError:
    """Too many failed media downloads in the last hour: none for half an hour."""
    return GraphError(429, 80007, "Rate limit hit", details="Too many failed media downloads")
