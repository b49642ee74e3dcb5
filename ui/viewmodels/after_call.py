"""The time to finish a call's log: it begins when a call ends without a motive (design 5.1)."""

from datetime import datetime, timedelta

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.words import CallState
from app.ports import Clock
from app.queries.caller_card import CallLine
from ui.viewmodels.call_page import CallPage

USUAL = timedelta(seconds=45)
MORE = timedelta(minutes=1)
MOST_TIMES = 2


class AfterCallState(msgspec.Struct, frozen=True, kw_only=True):
    """The call to finish, none while `contact` is empty.

    `elapsed` is since its end, of the `allowed`; `lasted` is how long it was spoken. Once the time
    `is_over` the agent is available again, and the call can still be qualified.
    """

    contact: str = ""
    number: str = ""
    ended_at: datetime | None = None
    elapsed: timedelta = timedelta()
    allowed: timedelta = USUAL
    lasted: timedelta = timedelta()
    times_left: int = MOST_TIMES
    is_over: bool = False

    @property
    def is_running(self) -> bool:
        """Whether the agent is in « Post-appel »."""
        return bool(self.contact) and not self.is_over

    @property
    def share(self) -> float:
        """How much of the time is gone, from 0 to 1."""
        return min(1.0, self.elapsed / self.allowed)


class AfterCall(QObject):
    """Follows the call on the page; `kept` says, once a call, that it stays in « À qualifier »."""

    state_changed = Signal()
    kept = Signal()

    def __init__(self, *, extension: str, clock: Clock) -> None:
        super().__init__()
        self.state = AfterCallState()
        self._extension = extension
        self._clock = clock
        self._told: set[str] = set()

    def follow(self, page: CallPage) -> None:
        """This is the call on the page now: begin, go on, or leave the one before."""
        call = page.card.call if page.card is not None else None
        before = self.state.contact
        if call is not None and call.contact == before:
            if page.is_saved or call.motive:
                self._rest()
            return
        self.leave()
        if call is not None and not page.is_saved and _is_to_finish(call):
            self._begin(call)
        else:
            self._rest()

    def leave(self) -> None:
        """The page is left: what is not qualified is said to be kept, once."""
        if self.state.contact and self.state.contact not in self._told:
            self._told.add(self.state.contact)
            self.kept.emit()

    def finish(self, contact: str) -> None:
        """Its motive is kept: nothing is left to do."""
        if contact == self.state.contact:
            self._rest()

    def extend(self) -> None:
        """A minute more, twice at most."""
        state = self.state
        if state.is_running and state.times_left:
            self._set(
                msgspec.structs.replace(state, allowed=state.allowed + MORE, times_left=state.times_left - 1)
            )

    def count(self) -> None:
        """A second went by."""
        state = self.state
        if state.ended_at is None:
            return
        elapsed = self._clock.now() - state.ended_at
        self._set(msgspec.structs.replace(state, elapsed=elapsed, is_over=elapsed >= state.allowed))
        if self.state.is_over:
            self.leave()

    def _begin(self, call: CallLine) -> None:
        ended_at = _left_at(call, self._extension)
        elapsed = self._clock.now() - ended_at
        spoken_since = call.answered_at or ended_at
        if is_over := elapsed >= USUAL:
            # Found again long after its end: nobody waits for it to be told.
            self._told.add(call.contact)
        self._set(
            AfterCallState(
                contact=call.contact,
                number=call.number,
                ended_at=ended_at,
                elapsed=elapsed,
                lasted=ended_at - spoken_since,
                is_over=is_over,
            )
        )

    def _rest(self) -> None:
        if self.state.contact:
            self._set(AfterCallState())

    def _set(self, state: AfterCallState) -> None:
        self.state = state
        self.state_changed.emit()


def _is_to_finish(call: CallLine) -> bool:
    """Spoken to here, over, and without a motive."""
    is_over = call.state is CallState.ENDED and call.ended_at is not None and not call.is_given
    return is_over and call.answered_at is not None and not call.motive


def _left_at(call: CallLine, extension: str) -> datetime:
    """When this extension was done with it: who gave a call was free before its end."""
    if call.transfer is not None and call.extension != extension:
        return call.transfer.at
    return call.ended_at or call.arrived_at
