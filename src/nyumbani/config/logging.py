"""The log of every process: our own events with their facts, and of everything else only a place.

Exceptions and other programs' messages quote values: names, numbers, addresses, what somebody
wrote. So of an exception the log has its class and place, and of a foreign message its template
with numbers only. With NYUMBANI_TRACE=1, for the machine of a developer, it has everything.

`lines` (`key=value`, for people) at a terminal, `json` (one object a line) otherwise, unless
NYUMBANI_LOG says which.
"""

import contextlib
import logging
import re
import sys
import threading
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from nyumbani.kit.traces import is_tracing, place_of

WITHHELD = "[withheld]"
_LONGEST = 300  # characters of one fact
_TELEPHONE = re.compile(r"(?<![0-9A-Za-z:.-])\+?[0-9](?:[ .-]?[0-9]){6,}(?![0-9A-Za-z])")
_ADDRESS = re.compile(r"\S@\S")


def set_up(wanted: Mapping[str, Any]) -> None:
    """Arrange structlog and the standard library's logging; `settings.LOGGING_CONFIG` names this.

    `wanted` is `settings.LOGGING`: `{"format": "json" | "lines" | "", "level": "INFO"}`.
    """
    level = logging.getLevelName(str(wanted.get("level", "INFO")))
    chosen = wanted.get("format") or ("lines" if _at_terminal() else "json")
    last = _renderer(str(chosen))
    structlog.configure(
        processors=[*_common(), *_guard(only_facts), last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_Stderr,
        cache_logger_on_first_use=True,
    )
    handler = _Lines()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            use_get_message=False,  # the template and its arguments apart
            pass_foreign_args=True,
            foreign_pre_chain=_common(),
            processors=[
                *_guard(only_the_place),
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                last,
            ],
        )
    )
    others = [one for one in logging.root.handlers if not isinstance(one, _Lines)]
    logging.root.handlers = [*others, handler]
    logging.root.setLevel(logging.WARNING)
    for name in ("django", "django.server"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    # config.wsgi tells of answers; Django only of what went wrong on the way to one.
    logging.getLogger("django.request").filters = [lambda record: bool(record.exc_info)]


def quiet_threads() -> None:
    """Of an exception that ends a thread, too, write only its class and place."""
    if not is_tracing():
        threading.excepthook = _thread_ended


def only_facts(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:  # noqa: ARG001
    """Withhold what looks like a telephone number or an address, and cut what is long."""
    for name, value in event.items():
        if isinstance(value, str):
            if name != "timestamp" and (_TELEPHONE.search(value) or _ADDRESS.search(value)):
                event[name] = WITHHELD
            elif len(value) > _LONGEST:
                event[name] = value[:_LONGEST] + "…"
    if (error := event.pop("exc_info", None)) is not None:
        _note_place(event, error)
    return event


def only_the_place(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:  # noqa: ARG001
    """Of a foreign record keep who says it, where, its template, and an error's place."""
    record: logging.LogRecord = event["_record"]
    says = _template(record.msg, event.pop("positional_args", ()))
    event["event"], event["place"] = record.name, f"{record.module}:{record.lineno}"
    if any(letter.isalpha() for letter in says):
        event["says"] = says
    if (error := event.pop("exc_info", None)) is not None:
        _note_place(event, error)
    event.pop("stack_info", None)
    return event


def _common() -> list[Processor]:
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _guard(guard: Processor) -> list[Processor]:
    return [_whole] if is_tracing() else [guard]


def _whole(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Everything, for a developer: the message as it was meant, and the trace."""
    args = event.pop("positional_args", ())
    with contextlib.suppress(TypeError, ValueError):
        event["event"] = str(event["event"]) % args if args else event["event"]
    return structlog.processors.format_exc_info(logger, method, event)


def _renderer(chosen: str) -> Processor:
    if chosen == "json":
        return structlog.processors.JSONRenderer(
            ensure_ascii=False, default=lambda _value: WITHHELD
        )
    return structlog.processors.LogfmtRenderer(
        key_order=["timestamp", "level", "event"], bool_as_flag=False
    )


def _template(message: object, args: object) -> str:
    """The message with numbers put in; one without arguments may hold anything: nothing of it."""
    if not isinstance(message, str) or not isinstance(args, tuple) or not args:
        return ""
    try:
        return message % tuple(arg if isinstance(arg, int) else "…" for arg in args)
    except (TypeError, ValueError):
        return message


def _note_place(event: MutableMapping[str, Any], error: object) -> None:
    if error is True:
        error = sys.exception()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = place_of(error)


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    error = place_of(args.exc_value) if args.exc_value else ""
    structlog.get_logger("nyumbani").error(
        "thread.ended", thread=args.thread.name if args.thread else "", error=error
    )


def _at_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


class _Stderr:
    """Writes lines to whatever standard error is at the moment."""

    def __init__(self, *_: object) -> None:
        pass

    def msg(self, message: str) -> None:
        sys.stderr.write(message + "\n")
        sys.stderr.flush()

    log = debug = info = warn = warning = error = critical = fatal = exception = msg


class _Lines(logging.StreamHandler[TextIO]):
    """The root logger's handler, likewise."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Standard error as it is now."""
        return sys.stderr
