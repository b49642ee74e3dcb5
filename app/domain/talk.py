"""Between an answer and the end, when somebody spoke with the caller and when he waited.

The marks are a set: told twice or in disorder, a stream leaves the same ones.
"""

from datetime import UTC, datetime, timedelta

import msgspec

LONGEST_CALL = timedelta(hours=12)
"""After so long a call is over, even if nobody heard its end."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SPOKEN, _WAITING = "+", "-"


class TalkMark(msgspec.Struct, frozen=True):
    """From that moment on the caller is spoken with, or waits on the line."""

    at: datetime
    is_spoken: bool


def with_mark(marks: str, mark: TalkMark) -> str:
    """The marks as a row keeps them, one more among them: microseconds, each after its sign."""
    written = f"{_SPOKEN if mark.is_spoken else _WAITING}{(mark.at - _EPOCH) // _MICROSECOND}"
    return " ".join(sorted({*marks.split(), written}, key=_moment))


def held(marks: str, *, answered_at: datetime | None, ended_at: datetime | None) -> timedelta:
    """How long the caller waited after the answer; nothing until the call is over."""
    if answered_at is None or ended_at is None or _WAITING not in marks:
        return timedelta()
    total, waiting_since = timedelta(), None
    for mark in marks.split():
        at = min(max(_EPOCH + abs(int(mark)) * _MICROSECOND, answered_at), ended_at)
        if mark.startswith(_SPOKEN) and waiting_since is not None:
            total += at - waiting_since
            waiting_since = None
        elif mark.startswith(_WAITING) and waiting_since is None:
            waiting_since = at
    return total if waiting_since is None else total + ended_at - waiting_since


def _moment(mark: str) -> tuple[int, str]:
    """By time; at one moment, who is spoken with comes last and wins."""
    return abs(int(mark)), "" if mark.startswith(_WAITING) else mark
