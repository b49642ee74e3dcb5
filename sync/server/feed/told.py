"""To whom each kind of fact is told: one table, which the feed obeys."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

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
from app.domain.double_facts import (
    DoubleRejected,
    DoubleSignalled,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.erasure_facts import CallForgotten, ReadsForgotten
from app.domain.facts import (
    CaseOpened,
    CaseWithdrawn,
    CommitmentCancelled,
    CommitmentMade,
    ContactNoted,
    DirectoryEntryListed,
    DirectoryEntryRemoved,
    DirectoryImported,
    DutyShiftListed,
    DutyShiftRemoved,
    MessageDone,
    MessageEscalated,
    MessageLeft,
    MessageRead,
    MessageWithdrawn,
    MotiveLogged,
    MotiveWithdrawn,
    PersonEntered,
    PersonErased,
    PersonExported,
    PersonLeft,
    PersonOpened,
    PersonRectified,
    ProvisionalPersonRegistered,
    SaveSetAside,
    ServiceSheetPublished,
    Superseded,
)
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
from app.domain.relative_facts import RelativeNamed, RelativeSaid, RelativeWithdrawn


class Told(StrEnum):
    """Which desks hear of a fact, among those whose author may have a feed."""

    NOBODY = "no desk: it stays in the trace"
    SCOPE = "desks of the service, by the person's rows or a goodbye"
    EVERYBODY = "every desk, as somebody to forget"
    GLASS = "its author, and those who answer for it"
    CALL = "desks of the call; where its person may not be known, as from an unknown name"
    LEFT = "desks of the service that its caller did not reach, and those that hold the caller"
    SUBJECT = "desks whom it concerns, and none where its person may not be known"
    HOUSE = "every desk: nothing in it is of a person"
    DIRECTORY = "every desk; a colleague's mobile by the role"


TOLD: Mapping[type, Told] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *(PersonOpened, PersonExported, ReadsForgotten, SaveSetAside),
                *(DoubleSignalled, DoubleRejected, RejectionWithdrawn, RelativeNamed),
            ),
            Told.NOBODY,
        ),
        **dict.fromkeys((PersonEntered, PersonLeft), Told.SCOPE),
        **dict.fromkeys((PersonErased, CallForgotten), Told.EVERYBODY),
        **dict.fromkeys((EmergencyHeard, CallerFollowed), Told.LEFT),
        **dict.fromkeys((GlassBroken, GlassClosed), Told.GLASS),
        **dict.fromkeys(
            (
                CallArrived,
                CallPlaced,
                CallRang,
                CallRangOut,
                CallAnswered,
                CallHeld,
                CallRetrieved,
                CallTransferred,
                CallOverflowed,
                VoicemailLeft,
                CallEnded,
            ),
            Told.CALL,
        ),
        **dict.fromkeys(
            (
                AgentStateChanged,
                LineActAsked,
                LineActSettled,
                PostCallEnded,
                VoicemailKept,
                VoicemailDeleted,
                CallerIdentified,
                IdentificationWithdrawn,
                ContactLinked,
                ContactUnlinked,
                CaseOpened,
                CaseWithdrawn,
                CaseJoined,
                CaseParted,
                MotiveLogged,
                MotiveWithdrawn,
                CommitmentMade,
                CommitmentCancelled,
                CommitmentKept,
                CommitmentTried,
                CommitmentPostponed,
                CommitmentGivenUp,
                CommitmentReopened,
                CommitmentTaken,
                CommitmentReleased,
                CommitmentAssigned,
                ContactNoted,
                ProvisionalPersonRegistered,
                NumberSetAside,
                NumberGivenBack,
                PersonRectified,
                PersonsMerged,
                PersonsUnmerged,
                TriageSettled,
                PreferenceSet,
                PreferenceWithdrawn,
                StopRecorded,
                StopLifted,
                RelativeSaid,
                RelativeWithdrawn,
                Superseded,
                MessageLeft,
                MessageRead,
                MessageDone,
                MessageWithdrawn,
                MessageEscalated,
            ),
            Told.SUBJECT,
        ),
        **dict.fromkeys(
            (
                DirectoryEntryRemoved,
                DirectoryImported,
                DutyShiftListed,
                DutyShiftRemoved,
                ServiceSheetPublished,
                PlaceSet,
                LegalFormSet,
                NamingSet,
                OpeningHoursSet,
                NoticePublished,
                NoticeWithdrawn,
                AgentSeated,
                AgentUnseated,
                DeskRekeyAsked,
                NumberKeyChanged,
            ),
            Told.HOUSE,
        ),
        DirectoryEntryListed: Told.DIRECTORY,
    }
)
_AS_IT_IS = frozenset({Told.CALL, Told.SUBJECT, Told.HOUSE, Told.DIRECTORY})


def told_of(fact: object) -> Told:
    """To whom a fact is told; to nobody when the table forgot its kind."""
    return TOLD.get(type(fact), Told.NOBODY)


def is_told_as_fact(fact: object) -> bool:
    """Whether desks hear of it as what it is, and not by what follows from it."""
    return told_of(fact) in _AS_IT_IS
