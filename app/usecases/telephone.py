"""What a desk asks its own phone to do: checked here, done by the line, told back as facts."""

import re
from collections.abc import Collection
from typing import Any

from app.domain.commands import (
    AnswerCall,
    CancelTransfer,
    ChangeOwnState,
    CompleteTransfer,
    DialNumber,
    HangUpCall,
    HoldCall,
    MuteCall,
    RetrieveCall,
    SettleLineAct,
    TransferCall,
    UnmuteCall,
)
from app.domain.errors import Refusal
from app.domain.facts import LineActAsked, LineActSettled
from app.domain.queues import PAUSE_WORDS
from app.domain.words import AgentState, CallState, LineAct, LineActState, TransferKind
from app.store import tables
from app.store.unit_of_work import UnitOfWork

_DIALLED = re.compile(r"[0-9*#]{1,20}")
_SPACING = re.compile(r"[ \u00a0\u202f.\-/()]")
_TALKING = frozenset({CallState.IN_CALL, CallState.HELD})
_ANY = _TALKING | {CallState.RINGING, CallState.DIALLING}


def answer_call(command: AnswerCall, uow: UnitOfWork) -> None:
    """Take the call that rings here."""
    _ask_of_call(uow, LineAct.ANSWER, command.contact, {CallState.RINGING})


def hold_call(command: HoldCall, uow: UnitOfWork) -> None:
    """Put the caller on hold."""
    _ask_of_call(uow, LineAct.HOLD, command.contact, {CallState.IN_CALL})


def retrieve_call(command: RetrieveCall, uow: UnitOfWork) -> None:
    """Come back to the caller."""
    _ask_of_call(uow, LineAct.RETRIEVE, command.contact, {CallState.HELD})


def mute_call(command: MuteCall, uow: UnitOfWork) -> None:
    """Be heard no more by the caller."""
    _ask_of_call(uow, LineAct.MUTE, command.contact, _TALKING)


def unmute_call(command: UnmuteCall, uow: UnitOfWork) -> None:
    """Be heard again."""
    _ask_of_call(uow, LineAct.UNMUTE, command.contact, _TALKING)


def transfer_call(command: TransferCall, uow: UnitOfWork) -> None:
    """Give the call, at once or announced; the note goes with it."""
    is_blind = command.transfer is TransferKind.BLIND
    _ask_of_call(
        uow,
        LineAct.TRANSFER if is_blind else LineAct.ANNOUNCE,
        command.contact,
        _TALKING,
        to=_dialled(command.to, "to"),
        note=command.note,
    )


def complete_transfer(command: CompleteTransfer, uow: UnitOfWork) -> None:
    """Leave the announced call."""
    _ask_of_call(uow, LineAct.COMPLETE, command.contact, _TALKING)


def cancel_transfer(command: CancelTransfer, uow: UnitOfWork) -> None:
    """Come back from the announcement."""
    _ask_of_call(uow, LineAct.CANCEL, command.contact, _TALKING)


def hang_up_call(command: HangUpCall, uow: UnitOfWork) -> None:
    """End the conversation."""
    _ask_of_call(uow, LineAct.HANG_UP, command.contact, _ANY)


def dial_number(command: DialNumber, uow: UnitOfWork) -> None:
    """Call a number from one's own phone."""
    _ask_of_phone(uow, LineAct.DIAL, to=_dialled(command.number_raw, "number_raw"))


def change_own_state(command: ChangeOwnState, uow: UnitOfWork) -> None:
    """Leave one's queues for a while, or come back."""
    if command.state is not AgentState.AVAILABLE and command.state not in PAUSE_WORDS:
        raise Refusal("not_a_pause", "state")
    if command.queue and not _is_ones_own(uow, command.queue):
        raise Refusal("not_your_queue", "queue")
    _ask_of_phone(uow, LineAct.PAUSE, to=command.state, queue=command.queue)


def settle_line_act(command: SettleLineAct, uow: UnitOfWork) -> None:
    """Record what came of it, once."""
    asked = uow.find(tables.line_act, id=command.act)
    if asked is None:
        raise Refusal("unknown_act", "act")
    if asked.state != LineActState.ASKED:
        return
    uow.concerns(extension=asked.extension)
    uow.record(LineActSettled(act=command.act, refusal=command.refusal, settled_at=uow.now))


def _ask_of_call(
    uow: UnitOfWork,
    what: LineAct,
    contact: str,
    states: Collection[CallState],
    *,
    to: str = "",
    note: str = "",
) -> None:
    """Only of a call that is at the author's own extension, and on a line that can act."""
    call = uow.find(tables.contact, id=contact)
    if call is None:
        raise Refusal("unknown_contact", "contact")
    extension = _own_extension(uow)
    if call.state not in states:
        raise Refusal("call_is_elsewhere", "contact")
    places = call.ringing.split() if call.state == CallState.RINGING else [call.extension]
    if extension not in places:
        raise Refusal("not_your_call", "contact")
    if not call.line:
        raise Refusal("no_line", "contact")
    _ask(uow, what, line=call.line, extension=extension, contact=contact, to=to, note=note)


def _is_ones_own(uow: UnitOfWork, queue: str) -> bool:
    return uow.find(tables.agent_state, queue=queue, extension=_own_extension(uow)) is not None


def _ask_of_phone(uow: UnitOfWork, what: LineAct, *, to: str, queue: str = "") -> None:
    extension = _own_extension(uow)
    line = uow.line_of(extension)
    if not line:
        raise Refusal("no_line", "extension")
    _ask(uow, what, line=line, extension=extension, contact=None, to=to, queue=queue)


def _ask(
    uow: UnitOfWork,
    what: LineAct,
    *,
    line: str,
    extension: str,
    contact: str | None,
    to: str,
    queue: str = "",
    note: str = "",
) -> None:
    uow.concerns(extension=extension)
    uow.record(
        LineActAsked(
            act=uow.command_id,
            line=line,
            what=what,
            extension=extension,
            contact=contact,
            to=to,
            queue=queue,
            note=note,
            by=uow.author,
            asked_at=uow.now,
        )
    )


def _own_extension(uow: UnitOfWork) -> str:
    seat: Any = uow.find(tables.agent, id=uow.author)
    if seat is None or not seat.extension:
        raise Refusal("no_extension", "author")
    extension: str = seat.extension
    return extension


def _dialled(number_raw: str, field: str) -> str:
    """The keys to press; a number written with its country code leaves the French way."""
    keys = _SPACING.sub("", number_raw).replace("+33", "0", 1).replace("+", "00", 1)
    if not _DIALLED.fullmatch(keys):
        raise Refusal("unreadable_number", field)
    return keys
