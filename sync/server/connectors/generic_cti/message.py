"""Reads one message of an exchange: form or JSON, strict on what names a call and lenient on the rest."""

import email
import email.policy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from urllib.parse import parse_qsl

from sync.server.connectors import Malformed

LONGEST_CALL_ID = 250
"""What Zammad lets an exchange name a call with."""
_MOST_FIELDS = 200
_LIST_MARK = "[]"
_HOURS_MINUTES_SECONDS = re.compile(r"([0-9]{1,3}):([0-9]{2}):([0-9]{2})", re.ASCII)


class CtiEvent(StrEnum):
    """What the exchange tells."""

    NEW_CALL = "newCall"
    ANSWER = "answer"
    HANGUP = "hangup"


class CtiDirection(StrEnum):
    """Who calls: somebody outside, or one of us."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class CtiMessage:
    """One message as read; what the exchange does not tell is empty."""

    event: CtiEvent
    call: str
    direction: CtiDirection
    from_raw: str = ""
    to_raw: str = ""
    users: tuple[str, ...] = ()
    queue: str = ""
    answering: str = ""
    cause: str = ""
    started_at: datetime | None = None
    """Ours: an exchange that tells a call only once it is over says when it began."""
    talked: timedelta = timedelta()
    """Ours: how long the conversation lasted, up to this message."""


def read_message(content_type: str, body: bytes) -> CtiMessage:
    """The message in a request's body, or `Malformed`."""
    fields = _fields(content_type, body)
    for name, values in fields.items():
        if any("\0" in value for value in values):
            raise Malformed(name, f"`{name}` holds a NUL character")
    call = _first(fields, "callId")
    if not call:
        raise Malformed("callId", "`callId` is missing")
    if len(call) > LONGEST_CALL_ID:
        raise Malformed("callId", f"`callId` is longer than {LONGEST_CALL_ID} characters")
    return CtiMessage(
        event=CtiEvent(_one_of(fields, "event", tuple(CtiEvent))),
        call=call,
        direction=CtiDirection(_one_of(fields, "direction", tuple(CtiDirection))),
        from_raw=_first(fields, "from"),
        to_raw=_first(fields, "to"),
        users=tuple(filter(None, fields.get("user", ()))),
        queue=_first(fields, "queue"),
        answering=_first(fields, "answeringNumber"),
        cause=_first(fields, "cause"),
        started_at=_moment(_first(fields, "startedAt")),
        talked=_duration(_first(fields, "duration")),
    )


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Malformed("startedAt", "`startedAt` must be a moment with its zone, as ISO 8601 writes it")


def _duration(text: str) -> timedelta:
    """`00:02:31`, or nothing."""
    if not text:
        return timedelta()
    if (told := _HOURS_MINUTES_SECONDS.fullmatch(text)) is None:
        raise Malformed("duration", "`duration` must be HH:MM:SS")
    hours, minutes, seconds = map(int, told.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _one_of(fields: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> str:
    value = _first(fields, name)
    if not value:
        raise Malformed(name, f"`{name}` is missing")
    if value not in known:
        raise Malformed(name, f"`{name}` must be one of {', '.join(known)}")
    return value


def _fields(content_type: str, body: bytes) -> dict[str, list[str]]:
    """Each field with its values; a list is written `user[]` in a form, and as a list in JSON."""
    if content_type.startswith("multipart/form-data"):
        return _gathered(_parts(content_type, body))
    is_json = "json" in content_type or body.lstrip()[:1] == b"{"
    return _gathered(_members(body) if is_json else _pairs(body))


def _gathered(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name.strip().removesuffix(_LIST_MARK), []).append(value.strip())
    return fields


def _pairs(body: bytes) -> list[tuple[str, str]]:
    text = body.decode("utf-8", "replace")
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Malformed("body", f"`body` holds more than {_MOST_FIELDS} fields") from error


def _members(body: bytes) -> list[tuple[str, str]]:
    """Whole numbers are taken for texts: some exchanges write their ids so."""
    try:
        members: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("body", "`body` is not JSON") from error
    if not isinstance(members, dict):
        raise Malformed("body", "`body` is not a JSON object")
    return [
        (name, _text(name, each))
        for name, value in cast("dict[str, Any]", members).items()
        for each in (cast("list[Any]", value) if isinstance(value, list) else [value])
    ]


def _text(name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case str() if value.encode("utf-8", "ignore").decode() == value:
            return value
        case int() if not isinstance(value, bool):
            return str(value)
        case _ if name in _KNOWN:
            raise Malformed(name, f"`{name}` is not a text")
        case _:
            return ""


_KNOWN = frozenset(
    {"event", "callId", "direction", "from", "to", "user", "queue", "answeringNumber", "cause"}
    | {"startedAt", "duration"}
)
"""What else an exchange adds is its own business."""


def _parts(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """The parts of a multipart form; a file is nobody's field."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    if not form.is_multipart():
        raise Malformed("body", "`body` is not a whole multipart form")
    pairs: list[tuple[str, str]] = []
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes) and part.get_filename() is None:
            pairs.append((name, value.decode("utf-8", "replace").strip('"')))
    return pairs
