"""The phone of whoever sits here: what is asked of it, and why it was not done."""

from datetime import timedelta
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.commands import (
    AnswerCall,
    AnyCommand,
    CancelTransfer,
    ChangeOwnState,
    CompleteTransfer,
    DialNumber,
    HangUpCall,
    HoldCall,
    MuteCall,
    RetrieveCall,
    TransferCall,
    UnmuteCall,
)
from app.domain.errors import Refusal
from app.domain.words import AgentState, CallState, LineAct, LineActState, LineRefusal, TransferKind
from app.ports import Clock
from app.queries.call_rows import is_only_told
from app.queries.caller_card import CallLine
from app.queries.phone_acts import PhoneAct, phone_acts
from ui.tasks import Desk
from ui.viewmodels.call_page import CallInHand

PATIENCE_MS = 10_000
DIAL_PATIENCE_MS = 40_000
"""One's own phone rings half a minute before the exchange gives up."""
_HELD_WITHIN = timedelta(seconds=3)
"""The exchange tells of the hold as it announces, within the second by which its clock is believed."""
SILENT = "line_is_silent"
"""The server took it, and the exchange said nothing in time."""
_TALKING = (CallState.IN_CALL, CallState.HELD)
_OUT_OF_REACH = frozenset((SILENT, LineRefusal.UNREACHABLE.value))


class PhoneState(msgspec.Struct, frozen=True, kw_only=True):
    """`trouble` is a code, empty when the phone obeys; `announced` is to whom the call is announced.

    While it `is_muted` the caller hears nothing of what is said here.
    """

    trouble: str = ""
    announced: str = ""
    is_muted: bool = False

    @property
    def obeys(self) -> bool:
        """Whether asking makes sense: an exchange that was out of reach may be asked again."""
        return not self.trouble or self.trouble in _OUT_OF_REACH


class Phone(QObject):
    """Asks the server, which asks the exchange; what happens to the call comes back as the call's own state.

    `refused` tells the code of what was not done, `undialled` that of a call and the number to dial by hand.
    """

    state_changed = Signal()
    refused = Signal(str)
    undialled = Signal(str, str)

    def __init__(self, desk: Desk, call: CallInHand, *, clock: Clock) -> None:
        super().__init__()
        self.state = PhoneState()
        self._desk = desk
        self._call = call
        self._clock = clock
        self._is_offline = False
        self._out_of_reach = ""
        self._acts: tuple[PhoneAct, ...] = ()
        self._awaited: set[str] = set()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)
        call.state_changed.connect(self._settle)

    def hear_link(self, *, is_offline: bool) -> None:
        """Without the server nothing can be asked."""
        self._is_offline = is_offline
        self._settle()

    def look(self) -> None:
        """Read what came of what was asked; nothing is read while a call only rings."""
        if self._awaited or self._line_in(*_TALKING) is not None:
            self._desk.ask(self._read, self._show)

    def answer(self) -> None:
        """Take the call that rings; without an exchange that obeys, the set or the headset picks it up."""
        call = self._line_in(CallState.RINGING)
        if call is not None and call.line:
            self._ask(AnswerCall(contact=call.contact))

    def hold_or_retrieve(self) -> None:
        """Put the caller on hold, come back to the caller, or come back from an announcement."""
        call = self._line_in(*_TALKING)
        if call is None:
            return
        if self.state.announced:
            self._ask(CancelTransfer(contact=call.contact))
        elif call.state is CallState.HELD:
            self._ask(RetrieveCall(contact=call.contact))
        else:
            self._ask(HoldCall(contact=call.contact))

    def mute_or_unmute(self) -> None:
        """Be heard by the caller no more, or again."""
        call = self._line_in(*_TALKING)
        if call is not None:
            ask = UnmuteCall if self.state.is_muted else MuteCall
            self._ask(ask(contact=call.contact))

    @property
    def has_call(self) -> bool:
        """Somebody is spoken to, or waits here."""
        return self._line_in(*_TALKING) is not None

    def transfer(self, to: str, kind: TransferKind, *, note: str) -> None:
        """Give the call in hand, with what was noted."""
        call = self._line_in(*_TALKING)
        if call is not None:
            self._ask(TransferCall(contact=call.contact, to=to, transfer=kind, note=note))

    def complete(self) -> None:
        """Leave the announced call to whom it was announced."""
        call = self._line_in(*_TALKING)
        if call is not None and self.state.announced:
            self._ask(CompleteTransfer(contact=call.contact))

    def hang_up(self) -> None:
        """End the conversation."""
        call = self._line_in(CallState.DIALLING, *_TALKING)
        if call is not None:
            self._ask(HangUpCall(contact=call.contact))

    def dial(self, number_raw: str) -> None:
        """Call a number: one's own phone rings first; an exchange that only tells is not asked."""
        read = partial(is_only_told, extension=self._call.extension, now=self._clock.now())
        self._desk.ask(read, lambda is_told: self._dial(number_raw, is_told=is_told))

    def change_state(self, state: AgentState, queue: str = "") -> None:
        """Be available in one's queues or in one of them, or leave them for a while."""
        self._ask_phone(ChangeOwnState(state=state, queue=queue))

    def _line_in(self, *states: CallState) -> CallLine | None:
        card = self._call.state.card
        call = card.call if card is not None else None
        return call if call is not None and call.state in states and not call.is_given else None

    def _ask(self, command: AnyCommand) -> None:
        if self.state.obeys:
            self._desk.submit(command, self._await, self._refuse)
        else:
            self.refused.emit(self.state.trouble)

    def _dial(self, number_raw: str, *, is_told: bool) -> None:
        trouble = "needs_server" if self._is_offline else "no_line" if is_told else ""
        if trouble:
            self.undialled.emit(trouble, number_raw)
        else:
            self._ask_phone(DialNumber(number_raw=number_raw), patience_ms=DIAL_PATIENCE_MS)

    def _ask_phone(self, command: AnyCommand, *, patience_ms: int = PATIENCE_MS) -> None:
        """What is about no call does not depend on the line of the one in hand."""
        if self._is_offline:
            self.refused.emit("needs_server")
        else:
            self._desk.submit(command, partial(self._await, patience_ms=patience_ms), self._refuse)

    def _await(self, act: str, *, patience_ms: int = PATIENCE_MS) -> None:
        self._awaited.add(act)
        self._patience.start(patience_ms)
        self.look()

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(refusal.code)

    def _give_up(self) -> None:
        self._awaited.clear()
        self._reach(SILENT)

    def _read(self, connection: sa.Connection, establishment: str) -> tuple[PhoneAct, ...]:
        return phone_acts(connection, establishment, self._call.extension)

    def _show(self, acts: tuple[PhoneAct, ...]) -> None:
        self._acts = acts
        for act in acts:
            if act.act in self._awaited and act.state is not LineActState.ASKED:
                self._awaited.discard(act.act)
                self._reach("" if act.refusal is None else act.refusal.value)
        if not self._awaited:
            self._patience.stop()
        self._settle()

    def _reach(self, refusal: str) -> None:
        """What the exchange said of the last demand; out of reach, it is so until it answers again."""
        self._out_of_reach = refusal if refusal in _OUT_OF_REACH else ""
        if refusal:
            self.refused.emit(refusal)
        self._settle()

    def _settle(self) -> None:
        state = PhoneState(trouble=self._trouble(), announced=self._announced(), is_muted=self._is_muted())
        if state != self.state:
            self.state = state
            self.state_changed.emit()

    def _trouble(self) -> str:
        if self._is_offline:
            return "needs_server"
        card = self._call.state.card
        if card is not None and not card.call.line:
            return "no_line"
        return self._out_of_reach

    def _announced(self) -> str:
        """To whom the call in hand is announced: nothing was done with it, and it waited ever since."""
        call = self._line_in(*_TALKING)
        if call is None:
            return ""
        moves = (act for act in self._acts if act.contact == call.contact and _is_move(act))
        last = next(moves, None)
        is_announced = last is not None and last.what is LineAct.ANNOUNCE and _waits_since(call, last)
        return last.to if last is not None and is_announced else ""

    def _is_muted(self) -> bool:
        """The exchange says nothing of it: it is as was last asked, until the call is given away."""
        call = self._line_in(*_TALKING)
        if call is None:
            return False
        done = (act for act in self._acts if act.contact == call.contact and _is_of_the_voice(act))
        last = next(done, None)
        return last is not None and last.what is LineAct.MUTE and not _was_given_since(call, last)


_LEAVING = frozenset((LineAct.COMPLETE, LineAct.CANCEL))
_DONE_MOVES = _LEAVING | {LineAct.ANNOUNCE, LineAct.TRANSFER, LineAct.HOLD, LineAct.RETRIEVE}


def _waits_since(call: CallLine, announced: PhoneAct) -> bool:
    """The caller waits because of this: back at once when the other party hangs up, held later by hand."""
    if call.state is not CallState.HELD:
        return False
    held_at, done_at = call.held_since, announced.settled_at
    return held_at is None or done_at is None or held_at <= done_at + _HELD_WITHIN


def _is_move(act: PhoneAct) -> bool:
    """It changed who is spoken to; leaving an announcement that the exchange knows no more ends it too."""
    is_done = act.state is LineActState.DONE and act.what in _DONE_MOVES
    return is_done or (act.state is LineActState.REFUSED and act.what in _LEAVING)


def _is_of_the_voice(act: PhoneAct) -> bool:
    return act.state is LineActState.DONE and act.what in (LineAct.MUTE, LineAct.UNMUTE)


def _was_given_since(call: CallLine, act: PhoneAct) -> bool:
    """A call that was given and came back is another conversation for the exchange."""
    return call.transfer is not None and act.settled_at is not None and call.transfer.at >= act.settled_at
