"""All that can be known: what happened, in the past tense, as the journal keeps it.

A fact's field is only ever added, with a default; a changed meaning is a new fact.
"""

from datetime import datetime
from typing import TypeAlias

import msgspec

from app.domain.words import (
    CallerKind,
    Channel,
    Direction,
    Ending,
    NumberKind,
    Outcome,
    Proof,
)


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, gc=False):
    """Decoded leniently: an unknown field is ignored."""


class CallArrived(Fact, frozen=True, kw_only=True, tag="CallArrived"):
    """A call entered a queue; `candidates` may be calling, none is chosen."""

    contact: str
    queue: str
    service: str
    number: str = ""
    number_kind: NumberKind = NumberKind.KNOWN_FORMAT
    number_raw: str = ""
    candidates: tuple[str, ...] = ()
    arrived_at: datetime


class CallRang(Fact, frozen=True, kw_only=True, tag="CallRang"):
    """The call rang at an extension."""

    contact: str
    extension: str
    rang_at: datetime


class CallAnswered(Fact, frozen=True, kw_only=True, tag="CallAnswered"):
    """The call was answered at an extension, by the agent who sits there if known."""

    contact: str
    extension: str
    agent: str = ""
    answered_at: datetime


class CallEnded(Fact, frozen=True, kw_only=True, tag="CallEnded"):
    """The call is over."""

    contact: str
    ending: Ending
    ended_at: datetime


class CallerIdentified(Fact, frozen=True, kw_only=True, tag="CallerIdentified"):
    """The contact concerns this person; verified when the proofs suffice."""

    contact: str
    person: str
    proofs: tuple[Proof, ...] = ()
    is_verified: bool = False
    caller_kind: CallerKind = CallerKind.UNKNOWN
    by: str
    identified_at: datetime


class CaseOpened(Fact, frozen=True, kw_only=True, tag="CaseOpened"):
    """A demand was opened by a contact, by the command `log`."""

    case: str
    person: str
    title: str
    service: str
    motive: str
    opened_at: datetime
    log: str = ""


class CaseWithdrawn(Fact, frozen=True, kw_only=True, tag="CaseWithdrawn"):
    """A demand opened by a save that was undone never existed for its reader."""

    case: str
    person: str


class MotiveLogged(Fact, frozen=True, kw_only=True, tag="MotiveLogged"):
    """A contact was qualified, by the command `log`."""

    contact: str
    log: str
    motive: str
    outcome: Outcome
    service: str
    case: str | None = None
    caller_kind: CallerKind = CallerKind.UNKNOWN
    note: str = ""
    by: str
    logged_at: datetime


class MotiveWithdrawn(Fact, frozen=True, kw_only=True, tag="MotiveWithdrawn"):
    """A save was undone: the contact is to be qualified again."""

    contact: str
    log: str
    by: str
    withdrawn_at: datetime


class CommitmentMade(Fact, frozen=True, kw_only=True, tag="CommitmentMade"):
    """Something was promised, by the command `log`."""

    commitment: str
    person: str | None = None
    contact: str
    case: str | None = None
    what: str
    channel: Channel
    owner: str
    by: str
    due_at: datetime
    made_at: datetime
    log: str = ""


class CommitmentCancelled(Fact, frozen=True, kw_only=True, tag="CommitmentCancelled"):
    """A promise no longer stands."""

    commitment: str
    cancelled_at: datetime


class ContactNoted(Fact, frozen=True, kw_only=True, tag="ContactNoted"):
    """An exchange on any channel was written down."""

    contact: str
    channel: Channel
    direction: Direction
    service: str
    person: str | None = None
    number: str = ""
    number_kind: NumberKind = NumberKind.KNOWN_FORMAT
    number_raw: str = ""
    subject: str = ""
    text: str = ""
    by: str
    happened_at: datetime


class PersonOpened(Fact, frozen=True, kw_only=True, tag="PersonOpened"):
    """A record was read; goes to the access log, never to the feed."""

    person: str
    contact: str | None = None
    reason: str = ""
    proposed: tuple[str, ...] = ()
    by: str
    opened_at: datetime


class Superseded(Fact, frozen=True, kw_only=True, tag="Superseded"):
    """The id `old` turned out to be the existing thing `new` (sync rule 2)."""

    old: str
    new: str


class PersonEntered(Fact, frozen=True, kw_only=True, tag="PersonEntered"):
    """A person became one of a service's: its desks now hold the whole person (sync rule 6)."""

    person: str
    service: str


class PersonLeft(Fact, frozen=True, kw_only=True, tag="PersonLeft"):
    """A person is no longer one of a service's."""

    person: str
    service: str


AnyFact: TypeAlias = (
    CallArrived
    | CallRang
    | CallAnswered
    | CallEnded
    | CallerIdentified
    | CaseOpened
    | CaseWithdrawn
    | MotiveLogged
    | MotiveWithdrawn
    | CommitmentMade
    | CommitmentCancelled
    | ContactNoted
    | PersonOpened
    | Superseded
    | PersonEntered
    | PersonLeft
)


def person_of(fact: AnyFact) -> str | None:
    """The person a fact names, so that erasing that person finds it."""
    return getattr(fact, "person", None)
