"""All that can be known: what happened, in the past tense, as the journal keeps it.

A fact's field is only ever added, with a default; a changed meaning is a new fact.
"""

from datetime import datetime
from typing import TypeAlias

from app.domain.access_facts import GlassBroken, GlassClosed
from app.domain.case_facts import CaseJoined, CaseParted
from app.domain.commitment_facts import (
    CommitmentAssigned,
    CommitmentGivenUp,
    CommitmentKept,
    CommitmentPostponed,
    CommitmentReleased,
    CommitmentReopened,
    CommitmentTaken,
    CommitmentTried,
)
from app.domain.consent_facts import (
    LegalFormSet,
    PreferenceSet,
    PreferenceWithdrawn,
    StopLifted,
    StopRecorded,
)
from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet
from app.domain.double_facts import (
    DoubleRejected,
    DoubleSignalled,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.erasure_facts import CallForgotten, PersonErased, ReadsForgotten
from app.domain.fact import Fact
from app.domain.house_facts import (
    AgentSeated,
    AgentUnseated,
    DeskRekeyAsked,
    NamingSet,
    NoticePublished,
    NoticeWithdrawn,
    NumberKeyChanged,
    OpeningHoursSet,
    PlaceSet,
)
from app.domain.identity_facts import (
    CallerIdentified,
    ContactLinked,
    ContactUnlinked,
    IdentificationWithdrawn,
)
from app.domain.line_facts import (
    AgentStateChanged,
    CallAnswered,
    CallArrived,
    CallEnded,
    CallerFollowed,
    CallHeld,
    CallOverflowed,
    CallPlaced,
    CallRang,
    CallRangOut,
    CallRetrieved,
    CallTransferred,
    EmergencyHeard,
    LineActAsked,
    LineActSettled,
    PostCallEnded,
    VoicemailDeleted,
    VoicemailKept,
    VoicemailLeft,
)
from app.domain.number_facts import NumberGivenBack, NumberSetAside
from app.domain.relative_facts import RelativeFact
from app.domain.rights_facts import PersonExported, PersonRectified
from app.domain.words import (
    CallerKind,
    Channel,
    Direction,
    NumberKind,
    Outcome,
    Sex,
)


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
    service_before: str = ""
    kind_before: CallerKind | None = None


class SaveSetAside(Fact, frozen=True, kw_only=True, tag="SaveSetAside"):
    """A save came when somebody else had qualified the contact: `over` is what its author had seen.

    It changes nothing by itself; the journal keeps both versions, and its author chooses.
    """

    contact: str
    log: str
    over: str | None
    motive: str
    outcome: Outcome
    service: str
    caller_kind: CallerKind = CallerKind.UNKNOWN
    note: str = ""
    due_at: datetime | None = None
    by: str
    made_at: datetime


class MotiveWithdrawn(Fact, frozen=True, kw_only=True, tag="MotiveWithdrawn"):
    """A save was undone: the contact is to be qualified again, of the service and the kind of before."""

    contact: str
    log: str
    service: str | None = None
    caller_kind: CallerKind | None = None
    by: str
    withdrawn_at: datetime
    is_post_call_resumed: bool = False


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
    service: str = ""


class CommitmentCancelled(Fact, frozen=True, kw_only=True, tag="CommitmentCancelled"):
    """A promise no longer stands."""

    commitment: str
    cancelled_at: datetime


class ContactNoted(Fact, frozen=True, kw_only=True, tag="ContactNoted"):
    """An exchange on any channel was written down, at `noted_at`, which may be long after."""

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
    candidates: tuple[str, ...] = ()
    noted_at: datetime | None = None


class PersonOpened(Fact, frozen=True, kw_only=True, tag="PersonOpened"):
    """A record was read; goes to the access log, never to the feed."""

    person: str
    contact: str | None = None
    reason: str = ""
    proposed: tuple[str, ...] = ()
    by: str
    opened_at: datetime


class ProvisionalPersonRegistered(Fact, frozen=True, kw_only=True, tag="ProvisionalPersonRegistered"):
    """Somebody was written down as told; the identity is provisional until papers are seen.

    `since` is the day in the house from which the number is theirs; without it, that day in UTC.
    `contact` is the call during which they were.
    """

    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    sex: Sex
    number: str
    by: str
    registered_at: datetime
    since: str = ""
    contact: str | None = None


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


class DirectoryEntryListed(Fact, frozen=True, kw_only=True, tag="DirectoryEntryListed"):
    """An entry of the directory is so from now on."""

    entry: DirectoryEntry


class DirectoryEntryRemoved(Fact, frozen=True, kw_only=True, tag="DirectoryEntryRemoved"):
    """The directory no longer has this entry."""

    entry: str


class DirectoryImported(Fact, frozen=True, kw_only=True, tag="DirectoryImported"):
    """The directory or the roster was read again, whether or not it changed."""

    source: str
    count: int
    imported_at: datetime


class DutyShiftListed(Fact, frozen=True, kw_only=True, tag="DutyShiftListed"):
    """Somebody is on duty for a specialty."""

    shift: DutyShift


class DutyShiftRemoved(Fact, frozen=True, kw_only=True, tag="DutyShiftRemoved"):
    """The roster no longer has this shift."""

    shift: str


class ServiceSheetPublished(Fact, frozen=True, kw_only=True, tag="ServiceSheetPublished"):
    """A service's sheet says this from now on."""

    sheet: ServiceSheet


class MessageLeft(Fact, frozen=True, kw_only=True, tag="MessageLeft"):
    """Somebody was asked to call back."""

    message: str
    person: str | None = None
    contact: str | None = None
    recipient: str
    recipient_name: str
    recipient_service: str = ""
    text: str
    due_at: datetime
    by: str
    by_service: str = ""
    left_at: datetime


class MessageRead(Fact, frozen=True, kw_only=True, tag="MessageRead"):
    """A recipient has read a message."""

    message: str
    person: str | None = None
    by: str
    read_at: datetime


class MessageDone(Fact, frozen=True, kw_only=True, tag="MessageDone"):
    """What a message asked is done."""

    message: str
    person: str | None = None
    by: str
    done_at: datetime


class MessageWithdrawn(Fact, frozen=True, kw_only=True, tag="MessageWithdrawn"):
    """Its author took a message back before anybody read it."""

    message: str
    person: str | None = None
    by: str
    withdrawn_at: datetime


class MessageEscalated(Fact, frozen=True, kw_only=True, tag="MessageEscalated"):
    """An overdue message went to somebody else; `to` is empty for the supervisor."""

    message: str
    person: str | None = None
    step: int
    to: str = ""
    to_name: str = ""
    to_service: str = ""
    escalated_at: datetime


AnyFact: TypeAlias = (
    CallArrived
    | CallRang
    | CallAnswered
    | CallRangOut
    | CallHeld
    | CallRetrieved
    | CallTransferred
    | CallOverflowed
    | VoicemailLeft
    | VoicemailKept
    | VoicemailDeleted
    | CallPlaced
    | AgentStateChanged
    | LineActAsked
    | LineActSettled
    | CallEnded
    | PostCallEnded
    | EmergencyHeard
    | CallerFollowed
    | CallerIdentified
    | IdentificationWithdrawn
    | ContactLinked
    | ContactUnlinked
    | CaseOpened
    | CaseWithdrawn
    | CaseJoined
    | CaseParted
    | MotiveLogged
    | SaveSetAside
    | MotiveWithdrawn
    | CommitmentMade
    | CommitmentCancelled
    | CommitmentKept
    | CommitmentTried
    | CommitmentPostponed
    | CommitmentGivenUp
    | CommitmentReopened
    | CommitmentTaken
    | CommitmentReleased
    | CommitmentAssigned
    | ContactNoted
    | PersonOpened
    | ProvisionalPersonRegistered
    | NumberSetAside
    | NumberGivenBack
    | Superseded
    | PersonEntered
    | PersonLeft
    | DirectoryEntryListed
    | DirectoryEntryRemoved
    | DirectoryImported
    | DutyShiftListed
    | DutyShiftRemoved
    | ServiceSheetPublished
    | MessageLeft
    | MessageRead
    | MessageDone
    | MessageWithdrawn
    | MessageEscalated
    | GlassBroken
    | GlassClosed
    | PersonErased
    | DoubleSignalled
    | DoubleRejected
    | RejectionWithdrawn
    | PersonsMerged
    | PersonsUnmerged
    | TriageSettled
    | PersonExported
    | PersonRectified
    | PreferenceSet
    | PreferenceWithdrawn
    | StopRecorded
    | StopLifted
    | RelativeFact
    | LegalFormSet
    | CallForgotten
    | ReadsForgotten
    | PlaceSet
    | NamingSet
    | OpeningHoursSet
    | NoticePublished
    | NoticeWithdrawn
    | AgentSeated
    | AgentUnseated
    | DeskRekeyAsked
    | NumberKeyChanged
)


def person_of(fact: AnyFact) -> str | None:
    """The person a fact names."""
    return getattr(fact, "person", None)


def subject_of(fact: AnyFact) -> str | None:
    """The person or else the contact or promise that a fact is about, so that erasing finds it."""
    if isinstance(fact, PersonErased | CallForgotten):
        return ERASURES
    if isinstance(fact, ReadsForgotten):
        return READ_ERASURES
    return person_of(fact) or getattr(fact, "contact", None) or getattr(fact, "commitment", None)


ERASURES, READ_ERASURES = "erasures", "erasures of reads"
"""Subjects of what declares erasures, which is itself never erased."""
