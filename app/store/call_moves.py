"""What each step of a call sets in its contact's row."""

from typing import Any, TypeAlias, assert_never

from app.domain.facts import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallOverflowed,
    CallRang,
    CallRangOut,
    CallRetrieved,
    CallTransferred,
    VoicemailLeft,
)
from app.domain.talk import TalkMark
from app.domain.words import CallState, TransferKind

CallMove: TypeAlias = (
    CallRang
    | CallRangOut
    | CallAnswered
    | CallHeld
    | CallRetrieved
    | CallTransferred
    | CallOverflowed
    | VoicemailLeft
    | CallEnded
)


def moved_call(fact: CallMove) -> dict[str, Any]:
    """The columns that one step sets."""
    match fact:
        case CallRang():
            return _rang(fact)
        case CallAnswered():
            return _answered(fact)
        case CallRangOut():
            return _rang_out(fact)
        case CallHeld():
            return {} if fact.is_late else {"state": CallState.HELD, "hold_changed_at": fact.held_at}
        case CallRetrieved():
            return _retrieved(fact)
        case CallTransferred():
            return _transferred(fact)
        case CallOverflowed():
            return _overflowed(fact)
        case VoicemailLeft():
            return {"voicemail_at": fact.left_at}
        case CallEnded():
            return _ended(fact)
        case _:
            assert_never(fact)


def _rang(fact: CallRang) -> dict[str, Any]:
    last = fact.last_rang_at or fact.rang_at
    if fact.is_late:
        return {"rang_at": last}
    place = {"extension": fact.extension} if last == fact.rang_at else {}
    ringing = " ".join(fact.ringing or (fact.extension,))
    return place | {"state": CallState.RINGING, "ringing": ringing, "rang_at": last}


def _answered(fact: CallAnswered) -> dict[str, Any]:
    times = {
        "answered_at": fact.first_answered_at or fact.answered_at,
        "taken_at": fact.last_answered_at or fact.answered_at,
    }
    if fact.is_late:
        return times
    return times | {
        "state": CallState.IN_CALL,
        "extension": fact.extension,
        "agent": fact.agent,
        "hold_changed_at": None,
        "ringing": "",
    }


def _rang_out(fact: CallRangOut) -> dict[str, Any]:
    """Rings nowhere: it waits again."""
    ringing = {"ringing": " ".join(fact.ringing)}
    return ringing if fact.ringing else ringing | {"state": CallState.QUEUED}


def _retrieved(fact: CallRetrieved) -> dict[str, Any]:
    return {} if fact.is_late else {"state": CallState.IN_CALL, "hold_changed_at": fact.retrieved_at}


def _transferred(fact: CallTransferred) -> dict[str, Any]:
    """Where the call is comes with the ring and the answer at the other desk."""
    return {
        "transferred_from": fact.extension,
        "transferred_by": fact.agent,
        "transferred_to": fact.to,
        "transferred_at": fact.transferred_at,
        "transfer_note": fact.note,
        "pending_note": "",
    }


def _overflowed(fact: CallOverflowed) -> dict[str, Any]:
    return {
        "queue": fact.queue,
        "service": fact.service,
        "service_before": fact.service,
        "overflowed_from": fact.from_queue,
        "overflowed_at": fact.overflowed_at,
        "queues_left": " ".join(fact.left or (fact.from_queue,)),
        "closed_queues": " ".join(fact.closed),
        **({"queued_at": fact.queued_at} if fact.queued_at else {}),
    }


def _ended(fact: CallEnded) -> dict[str, Any]:
    return {
        "state": CallState.ENDED,
        "ending": fact.ending,
        "ended_at": fact.ended_at,
        "hold_changed_at": None,
        "ringing": "",
    }


def talk_mark(fact: CallMove) -> TalkMark | None:
    """What the fact says of whether somebody speaks with the caller, whenever it is told."""
    match fact:
        case CallAnswered():
            return TalkMark(fact.answered_at, is_spoken=True)
        case CallRetrieved():
            return TalkMark(fact.retrieved_at, is_spoken=True)
        case CallHeld():
            return TalkMark(fact.held_at, is_spoken=False)
        case CallTransferred() if fact.transfer is TransferKind.BLIND:
            return TalkMark(fact.transferred_at, is_spoken=False)
        case _:
            return None
