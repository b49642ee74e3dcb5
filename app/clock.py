"""The two clocks: the machine's, and the demonstration's, which starts at an anchor."""

import time
from datetime import UTC, datetime, timedelta

import uuid_utils

from app.domain.ids import Id


class MachineClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.fromtimestamp(time.time(), UTC)


class AnchoredClock:
    """Starts at an anchor and runs at the machine's pace from then on, but for the leaps it is asked for."""

    def __init__(self, anchor: datetime) -> None:
        self._anchor = anchor
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The anchor plus the time since this clock was made."""
        return self._anchor + timedelta(seconds=time.monotonic() - self._started)

    def leap_to(self, moment: datetime) -> None:
        """Be at that moment, unless it is past: the time between goes by at once."""
        self._anchor += max(timedelta(), moment - self.now())


class TimeOrderedMint:
    """Identifiers in time order, which insert faster than random ones."""

    def new_id(self) -> Id:
        """A fresh UUIDv7."""
        return str(uuid_utils.uuid7())
