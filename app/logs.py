"""Writes one JSON line per event, and nothing in it that may be personal."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

REDACTED = "[…]"
SAFE_KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "error",
        "where",
        "command_id",
        "kind",
        "position",
        "state",
        "refusal",
        "field",
        "route",
        "method",
        "status",
        "reason",
        "port",
        "count",
        "seconds",
        "line",
    }
)
"""What may be written; any other key keeps its name and loses its value."""
_LONG_NUMBER = re.compile(r"(?<![0-9a-fA-F-])\+?\d(?:[ .-]?\d){5,}(?![0-9a-fA-F-])")


def set_up_logs(level: str, *, to: TextIO | None = None) -> None:
    """Send our events and the libraries' to `to` (standard error), as JSON lines, redacted."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(to or sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


def log(line: str) -> Any:
    """The logger of one part of the product."""
    return structlog.get_logger().bind(logger=line)


def fault(error: BaseException) -> dict[str, str]:
    """An exception as it may be logged: its type and its place, never its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    return {"error": type(error).__name__, "where": where}


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the values of the keys that are safe, and no long number even there."""
    for key, value in event.items():
        if key not in SAFE_KEYS:
            event[key] = REDACTED
        elif isinstance(value, str) and key != "timestamp":
            event[key] = _LONG_NUMBER.sub(REDACTED, value)
    return event


class _Libraries(logging.Handler):
    """What a library says: where and how bad; its words may quote a value, so they are left out."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log(record.name).log(
            record.levelno, "a library speaks", **(fault(error) if error else {"where": record.funcName})
        )
