"""Everything said with one person, on every channel, grouped by demand."""

from datetime import datetime

import msgspec

from app.domain.words import Channel, CommitmentState, Direction


class PromiseMark(msgspec.Struct, frozen=True, kw_only=True):
    """A promise made at a contact, shown under it."""

    what: str
    owner: str
    due_at: datetime
    state: CommitmentState


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One contact."""

    contact: str
    at: datetime
    channel: Channel
    direction: Direction
    by_name: str
    text: str
    duration_s: int | None = None
    is_live: bool = False
    is_unqualified: bool = False
    is_unanswered: bool = False
    is_automatic: bool = False
    acknowledged: str = ""
    motive: str = ""
    ending: str = ""
    promise: PromiseMark | None = None


class TimelineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One demand with its contacts, newest first; `case` is None for contacts without one."""

    case: str | None
    title: str
    service_name: str
    is_open: bool
    opened_at: datetime | None
    last_at: datetime
    channels: int
    closing: str = ""
    next_step: str = ""
    entries: tuple[TimelineEntry, ...] = ()


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Open demands first, then closed ones, then the rest; `total` counts all contacts."""

    person: str
    total: int
    groups: tuple[TimelineGroup, ...] = ()
