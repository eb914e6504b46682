"""The worker's log: one line an event, ids and numbers only."""

import logging
import sys

import structlog


def to_stderr(level: int = logging.INFO) -> None:
    """Write `key=value` lines to standard error, unless the program has arranged its log already.

    Exceptions are never printed: their messages may hold names (see traces.place_of).
    """
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
