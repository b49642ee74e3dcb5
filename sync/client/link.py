"""How the wire is, told once each time it changes."""

import threading
from collections.abc import Callable
from datetime import datetime

import msgspec

from app.ports import Clock


class LinkState(msgspec.Struct, frozen=True, kw_only=True):
    """What the rail shows; `waiting` counts what this desk still has to send or to see settled.

    `is_erased`: nothing of persons is left here until the server answers, after too long without it
    or, `is_withdrawn`, because it said that the account may no longer read. `is_apart`: the server's
    version is too far from this one's, and nothing is sent until one of them is brought forward.
    """

    is_online: bool = False
    offline_since: datetime | None = None
    waiting: int = 0
    is_signed_out: bool = False
    is_erased: bool = False
    is_withdrawn: bool = False
    is_apart: bool = False


class Link:
    """Holds the state; `hear` may be called from any thread."""

    def __init__(self, tell: Callable[[LinkState], None], clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._lock = threading.Lock()
        self._state = LinkState(offline_since=clock.now())

    @property
    def is_erased(self) -> bool:
        """Whether nothing of persons is left here."""
        return self._state.is_erased

    @property
    def is_withdrawn(self) -> bool:
        """Whether that is because the account may read nothing any more."""
        return self._state.is_withdrawn

    @property
    def is_online(self) -> bool:
        """Whether the feed speaks."""
        return self._state.is_online

    def begin(self, *, is_erased: bool) -> None:
        """Somebody sits down, who was told nothing yet; that nothing is left here is said to each of them."""
        with self._lock:
            known = self._state
            self._state = msgspec.structs.replace(known, is_erased=is_erased, is_withdrawn=False)
            if is_erased or self._state != known:
                self._tell(self._state)

    def hear(
        self,
        *,
        is_online: bool | None = None,
        is_signed_out: bool = False,
        waiting: int | None = None,
        is_erased: bool | None = None,
        is_withdrawn: bool = False,
        is_apart: bool = False,
    ) -> None:
        """Tell the state when something in it is new; None leaves a part as it was."""
        with self._lock:
            known = self._state
            online = known.is_online if is_online is None else is_online
            self._state = LinkState(
                is_online=online,
                offline_since=None if online else known.offline_since or self._clock.now(),
                waiting=known.waiting if waiting is None else waiting,
                is_signed_out=known.is_signed_out if is_online is None else is_signed_out,
                is_erased=known.is_erased if is_erased is None else is_erased,
                is_withdrawn=known.is_withdrawn if is_erased is None else is_withdrawn,
                is_apart=known.is_apart if is_online is None else is_apart,
            )
            if self._state != known:
                self._tell(self._state)
