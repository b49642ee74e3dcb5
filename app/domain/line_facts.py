"""What is known of calls, of the agents of queues, and of what desks asked of their phones."""

from datetime import datetime, timedelta

from app.domain.fact import Fact
from app.domain.words import AgentState, Ending, LineAct, LineRefusal, NumberKind, TransferKind


class CallArrived(Fact, frozen=True, kw_only=True, tag="CallArrived"):
    """A call entered a queue; `candidates` may be calling, none is chosen.

    `arrived_at` is its first ring, `queued_at` its entry in the queue when that came later;
    `is_closed` says that it came outside the queue's opening hours. `line` is the exchange that can be
    asked to act on it, `told_by` one that only tells.
    """

    contact: str
    line: str = ""
    told_by: str = ""
    queue: str
    service: str
    number: str = ""
    number_kind: NumberKind = NumberKind.KNOWN_FORMAT
    number_raw: str = ""
    candidates: tuple[str, ...] = ()
    arrived_at: datetime
    queued_at: datetime | None = None
    is_closed: bool = False


class CallRang(Fact, frozen=True, kw_only=True, tag="CallRang"):
    """The call rang at an extension, and now rings at all of `ringing`; late, after an answer."""

    contact: str
    extension: str
    ringing: tuple[str, ...] = ()
    rang_at: datetime
    last_rang_at: datetime | None = None
    is_late: bool = False


class CallAnswered(Fact, frozen=True, kw_only=True, tag="CallAnswered"):
    """The call was answered at an extension, by the agent who sits there if known.

    `first_answered_at` ends the wait; `is_late` says that the call is elsewhere by now.
    """

    contact: str
    extension: str
    agent: str = ""
    answered_at: datetime
    first_answered_at: datetime | None = None
    last_answered_at: datetime | None = None
    is_late: bool = False


class CallRangOut(Fact, frozen=True, kw_only=True, tag="CallRangOut"):
    """Nobody took the call at an extension; `ringing` are those where it still rings."""

    contact: str
    extension: str
    ringing: tuple[str, ...] = ()
    rang_out_at: datetime


class CallHeld(Fact, frozen=True, kw_only=True, tag="CallHeld"):
    """The caller was put on hold; `is_late` says that this is over by now."""

    contact: str
    extension: str
    held_at: datetime
    is_late: bool = False


class CallRetrieved(Fact, frozen=True, kw_only=True, tag="CallRetrieved"):
    """The caller was taken off hold; `is_late` says that the call has moved on since."""

    contact: str
    extension: str
    retrieved_at: datetime
    is_late: bool = False


class CallTransferred(Fact, frozen=True, kw_only=True, tag="CallTransferred"):
    """The call was given by an extension to another; the first caller and the contact stay."""

    contact: str
    transfer: TransferKind
    extension: str
    agent: str = ""
    to: str
    note: str = ""
    transferred_at: datetime


class CallOverflowed(Fact, frozen=True, kw_only=True, tag="CallOverflowed"):
    """The call went from one queue to another.

    `left` are all the queues it left, `closed` those that were closed when it arrived; `queued_at` is
    when it entered the first one.
    """

    contact: str
    from_queue: str
    queue: str
    service: str
    overflowed_at: datetime
    left: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    queued_at: datetime | None = None


class VoicemailLeft(Fact, frozen=True, kw_only=True, tag="VoicemailLeft"):
    """The caller left a message."""

    contact: str
    left_at: datetime


class VoicemailKept(Fact, frozen=True, kw_only=True, tag="VoicemailKept"):
    """What the caller said is on the server, and can be played there."""

    contact: str
    lasted: timedelta


class VoicemailDeleted(Fact, frozen=True, kw_only=True, tag="VoicemailDeleted"):
    """What the caller said is no more; that a message was left stays."""

    contact: str
    deleted_at: datetime


class CallPlaced(Fact, frozen=True, kw_only=True, tag="CallPlaced"):
    """An extension called a number; `candidates` may be whoever is called."""

    contact: str
    line: str = ""
    told_by: str = ""
    service: str
    extension: str
    agent: str = ""
    number: str = ""
    number_kind: NumberKind = NumberKind.KNOWN_FORMAT
    number_raw: str = ""
    candidates: tuple[str, ...] = ()
    placed_at: datetime


class AgentStateChanged(Fact, frozen=True, kw_only=True, tag="AgentStateChanged"):
    """The agent at an extension does something else in a queue; no name is told."""

    line: str = ""
    queue: str
    extension: str
    state: AgentState
    changed_at: datetime


class LineActAsked(Fact, frozen=True, kw_only=True, tag="LineActAsked"):
    """A desk asks its exchange something; `act` is the command's id, `to` whom or what state.

    `queue` is the one queue that a pause is for; it is for all of them without.
    """

    act: str
    line: str
    what: LineAct
    extension: str
    contact: str | None = None
    to: str = ""
    queue: str = ""
    note: str = ""
    by: str
    asked_at: datetime


class LineActSettled(Fact, frozen=True, kw_only=True, tag="LineActSettled"):
    """The exchange did it, or why not."""

    act: str
    refusal: LineRefusal | None = None
    settled_at: datetime


class CallEnded(Fact, frozen=True, kw_only=True, tag="CallEnded"):
    """The call is over."""

    contact: str
    ending: Ending
    ended_at: datetime


class EmergencyHeard(Fact, frozen=True, kw_only=True, tag="EmergencyHeard"):
    """Another service wrote of an emergency, at this moment, of whoever's call or message waits here.

    `service` is the call's own, whose desks are told, with those that hold its `person`, who is never sent.
    Without a moment it was no emergency after all.
    """

    contact: str
    service: str
    person: str | None = None
    said_at: datetime | None = None


class CallerFollowed(Fact, frozen=True, kw_only=True, tag="CallerFollowed"):
    """Another service saw, at this moment, to whoever's call or message waits here; told as an emergency is.

    Without a moment nobody did after all.
    """

    contact: str
    service: str
    person: str | None = None
    followed_at: datetime | None = None


class PostCallEnded(Fact, frozen=True, kw_only=True, tag="PostCallEnded"):
    """Who had answered finished with the call: it was qualified, or they were ready for the next one."""

    contact: str
    lasted: timedelta
