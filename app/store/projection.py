"""Turns facts and bundles into rows: the only writer of the shared tables, on both ends."""

from typing import assert_never

import msgspec

from app.domain.access_facts import GlassBroken, GlassClosed
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
from app.domain.facts import (
    AgentSeated,
    AgentStateChanged,
    AgentUnseated,
    AnyFact,
    CallAnswered,
    CallArrived,
    CallEnded,
    CallerFollowed,
    CallerIdentified,
    CallForgotten,
    CallHeld,
    CallOverflowed,
    CallPlaced,
    CallRang,
    CallRangOut,
    CallRetrieved,
    CallTransferred,
    CaseJoined,
    CaseOpened,
    CaseParted,
    CaseWithdrawn,
    CommitmentAssigned,
    CommitmentCancelled,
    CommitmentGivenUp,
    CommitmentKept,
    CommitmentMade,
    CommitmentPostponed,
    CommitmentReleased,
    CommitmentReopened,
    CommitmentTaken,
    CommitmentTried,
    ContactLinked,
    ContactNoted,
    ContactUnlinked,
    DeskRekeyAsked,
    DirectoryEntryListed,
    DirectoryEntryRemoved,
    DirectoryImported,
    DutyShiftListed,
    DutyShiftRemoved,
    EmergencyHeard,
    IdentificationWithdrawn,
    LineActAsked,
    LineActSettled,
    MessageDone,
    MessageEscalated,
    MessageLeft,
    MessageRead,
    MessageWithdrawn,
    MotiveLogged,
    MotiveWithdrawn,
    NamingSet,
    NoticePublished,
    NoticeWithdrawn,
    NumberGivenBack,
    NumberKeyChanged,
    NumberSetAside,
    OpeningHoursSet,
    PersonEntered,
    PersonErased,
    PersonExported,
    PersonLeft,
    PersonOpened,
    PersonRectified,
    PlaceSet,
    PostCallEnded,
    ProvisionalPersonRegistered,
    ReadsForgotten,
    SaveSetAside,
    ServiceSheetPublished,
    Superseded,
    VoicemailDeleted,
    VoicemailKept,
    VoicemailLeft,
)
from app.domain.relative_facts import RelativeNamed, RelativeSaid, RelativeWithdrawn
from app.domain.talk import with_mark
from app.domain.words import (
    CallState,
    Channel,
    CommitmentState,
    Direction,
    LineAct,
    LineActState,
)
from app.store import tables
from app.store.call_moves import CallMove, moved_call, talk_mark
from app.store.cases import follow_case
from app.store.columns import MICROSECOND
from app.store.commitments import follow_commitment
from app.store.consents import follow_consent
from app.store.doubles import follow_double
from app.store.erased_rows import follow_erasure
from app.store.identities import follow_identity
from app.store.naming import follow_naming
from app.store.notes import follow_message
from app.store.opening import follow_house
from app.store.person_forms import put_person
from app.store.person_numbers import follow_number
from app.store.relatives import follow_relative
from app.store.rows import Rows
from app.store.seats import follow_seat


def apply_fact(rows: Rows, fact: AnyFact) -> None:  # noqa: C901 - one line a fact
    """Set the rows that one fact is about."""
    match fact:
        case CallArrived():
            _call_arrived(rows, fact)
        case AgentStateChanged():
            rows.put(
                tables.agent_state,
                queue=fact.queue,
                extension=fact.extension,
                line=fact.line,
                state=fact.state,
                since=fact.changed_at,
            )
        case LineActAsked():
            _act_asked(rows, fact)
        case LineActSettled():
            rows.change(
                tables.line_act,
                {"id": fact.act},
                state=LineActState.DONE if fact.refusal is None else LineActState.REFUSED,
                refusal=fact.refusal or "",
                settled_at=fact.settled_at,
            )
        case CallPlaced():
            _call_placed(rows, fact)
        case (
            CallRang()
            | CallRangOut()
            | CallAnswered()
            | CallHeld()
            | CallRetrieved()
            | CallTransferred()
            | CallOverflowed()
            | VoicemailLeft()
            | CallEnded()
        ):
            _call_moved(rows, fact)
        case PostCallEnded():
            _change_contact(rows, fact.contact, post_call_us=fact.lasted // MICROSECOND)
        case EmergencyHeard():
            _change_contact(rows, fact.contact, emergency_at=fact.said_at)
        case CallerFollowed():
            _change_contact(rows, fact.contact, followed_at=fact.followed_at)
        case VoicemailKept():
            _change_contact(rows, fact.contact, voicemail_us=fact.lasted // MICROSECOND)
        case VoicemailDeleted():
            _change_contact(rows, fact.contact, voicemail_us=None)
        case CallerIdentified() | IdentificationWithdrawn() | ContactLinked() | ContactUnlinked():
            follow_identity(rows, fact)
        case MotiveLogged():
            _motive_logged(rows, fact)
        case MotiveWithdrawn():
            _motive_withdrawn(rows, fact)
        case CaseOpened() | CaseWithdrawn() | CaseJoined() | CaseParted():
            follow_case(rows, fact)
        case CommitmentMade():
            _commitment_made(rows, fact)
        case CommitmentCancelled():
            rows.change(
                tables.commitment,
                {"id": fact.commitment},
                state=CommitmentState.CANCELLED,
                closed_at=fact.cancelled_at,
            )
        case (
            CommitmentKept()
            | CommitmentTried()
            | CommitmentPostponed()
            | CommitmentGivenUp()
            | CommitmentReopened()
            | CommitmentTaken()
            | CommitmentReleased()
            | CommitmentAssigned()
        ):
            follow_commitment(rows, fact)
        case ContactNoted():
            _contact_noted(rows, fact)
        case ProvisionalPersonRegistered() | NumberSetAside() | NumberGivenBack():
            follow_number(rows, fact)
        case PersonRectified():
            put_person(rows, id=fact.person, **{each.field.value: each.after for each in fact.changes})
        case PreferenceSet() | PreferenceWithdrawn() | StopRecorded() | StopLifted() | LegalFormSet():
            follow_consent(rows, fact)
        case RelativeSaid() | RelativeNamed() | RelativeWithdrawn():
            follow_relative(rows, fact)
        case Superseded():
            rows.put(tables.superseded, old=fact.old, new=fact.new)
        case DirectoryEntryListed():
            rows.put(tables.directory_entry, words=fact.entry.words, **msgspec.structs.asdict(fact.entry))
        case DirectoryEntryRemoved():
            rows.remove(tables.directory_entry, id=fact.entry)
            rows.remove(tables.service_sheet, entry=fact.entry)
        case DirectoryImported():
            rows.put(
                tables.directory_import,
                source=fact.source,
                count=fact.count,
                imported_at=fact.imported_at,
            )
        case DutyShiftListed():
            rows.put(tables.duty_shift, **msgspec.structs.asdict(fact.shift))
        case DutyShiftRemoved():
            rows.remove(tables.duty_shift, id=fact.shift)
        case ServiceSheetPublished():
            rows.put(tables.service_sheet, **msgspec.structs.asdict(fact.sheet))
        case MessageLeft() | MessageRead() | MessageDone() | MessageWithdrawn() | MessageEscalated():
            follow_message(rows, fact)
        case GlassBroken():
            rows.put(
                tables.glass,
                id=fact.glass,
                person=fact.person,
                by=fact.by,
                reason=fact.reason,
                protected="1" if fact.is_protected else "",
                contact=fact.contact,
                broken_at=fact.broken_at,
                until=fact.until,
            )
        case GlassClosed():
            rows.change(tables.glass, {"id": fact.glass}, closed_at=fact.closed_at)
        case (
            DoubleSignalled()
            | DoubleRejected()
            | RejectionWithdrawn()
            | PersonsMerged()
            | PersonsUnmerged()
            | TriageSettled()
        ):
            follow_double(rows, fact)
        case PersonErased() | CallForgotten() | ReadsForgotten():
            follow_erasure(rows, fact)
        case PlaceSet() | OpeningHoursSet() | NoticePublished() | NoticeWithdrawn():
            follow_house(rows, fact)
        case NamingSet():
            follow_naming(rows, fact)
        case DeskRekeyAsked():
            rows.put(tables.desk_order, desk=fact.desk, rekey_at=fact.asked_at)
        case NumberKeyChanged():
            rows.put(tables.number_key, secret=fact.secret)
        case AgentSeated() | AgentUnseated():
            follow_seat(rows, fact)
        case PersonOpened() | PersonExported() | PersonEntered() | PersonLeft() | SaveSetAside():
            """Kept by the server alone: the access log, the scopes, the version that was not taken."""
        case _:
            assert_never(fact)


def _change_contact(rows: Rows, contact: str, **values: object) -> None:
    rows.change(tables.contact, {"id": contact}, **values)


def _call_arrived(rows: Rows, fact: CallArrived) -> None:
    rows.put(
        tables.contact,
        id=fact.contact,
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        line=fact.line,
        told_by=fact.told_by,
        service=fact.service,
        queue=fact.queue,
        number=fact.number,
        number_kind=fact.number_kind,
        number_raw=fact.number_raw,
        candidates=" ".join(fact.candidates),
        state=CallState.QUEUED,
        at=fact.arrived_at,
        queued_at=fact.queued_at,
        closed_queues=fact.queue if fact.is_closed else "",
    )


def _call_moved(rows: Rows, fact: CallMove) -> None:
    mark = talk_mark(fact)
    known = rows.get(tables.contact, id=fact.contact) if mark is not None else None
    marks = {} if known is None or mark is None else {"talk_marks": with_mark(known.talk_marks, mark)}
    if changed := moved_call(fact) | marks:
        _change_contact(rows, fact.contact, **changed)


def _act_asked(rows: Rows, fact: LineActAsked) -> None:
    rows.put(
        tables.line_act,
        id=fact.act,
        line=fact.line,
        what=fact.what,
        extension=fact.extension,
        contact=fact.contact,
        target=fact.to,
        by=fact.by,
        state=LineActState.ASKED,
        asked_at=fact.asked_at,
    )
    if fact.contact is not None and fact.what in (LineAct.TRANSFER, LineAct.ANNOUNCE):
        _change_contact(rows, fact.contact, pending_note=fact.note)


def _call_placed(rows: Rows, fact: CallPlaced) -> None:
    rows.put(
        tables.contact,
        id=fact.contact,
        channel=Channel.PHONE,
        direction=Direction.OUTBOUND,
        line=fact.line,
        told_by=fact.told_by,
        service=fact.service,
        extension=fact.extension,
        agent=fact.agent,
        number=fact.number,
        number_kind=fact.number_kind,
        number_raw=fact.number_raw,
        candidates=" ".join(fact.candidates),
        state=CallState.DIALLING,
        at=fact.placed_at,
    )


def _motive_logged(rows: Rows, fact: MotiveLogged) -> None:
    _change_contact(
        rows,
        fact.contact,
        motive=fact.motive,
        outcome=fact.outcome,
        service=fact.service,
        case_id=fact.case,
        joined_by=None,
        caller_kind=fact.caller_kind,
        note=fact.note,
        log=fact.log,
        logged_at=fact.logged_at,
        by=fact.by,
        service_before=fact.service_before,
        kind_before=fact.kind_before or "",
    )


def _motive_withdrawn(rows: Rows, fact: MotiveWithdrawn) -> None:
    resumed = {"post_call_us": None} if fact.is_post_call_resumed else {}
    before = {"service": fact.service, "caller_kind": fact.caller_kind}
    _change_contact(
        rows,
        fact.contact,
        motive="",
        outcome="",
        case_id=None,
        joined_by=None,
        note="",
        log=None,
        logged_at=None,
        service_before="",
        kind_before="",
        **{name: value for name, value in before.items() if value is not None},
        **resumed,
    )


def _commitment_made(rows: Rows, fact: CommitmentMade) -> None:
    rows.put(
        tables.commitment,
        id=fact.commitment,
        person=fact.person,
        contact=fact.contact,
        case_id=fact.case,
        what=fact.what,
        channel=fact.channel,
        owner=fact.owner,
        by=fact.by,
        due_at=fact.due_at,
        first_due_at=fact.due_at,
        state=CommitmentState.OPEN,
        made_at=fact.made_at,
        service=fact.service,
        log=fact.log,
        follows_call="1" if fact.person is None and fact.contact else "",
    )


def _contact_noted(rows: Rows, fact: ContactNoted) -> None:
    rows.put(
        tables.contact,
        id=fact.contact,
        person=fact.person,
        channel=fact.channel,
        direction=fact.direction,
        service=fact.service,
        number=fact.number,
        number_kind=fact.number_kind,
        number_raw=fact.number_raw,
        state=CallState.ENDED,
        subject=fact.subject,
        body=fact.text,
        candidates=" ".join(fact.candidates),
        at=fact.happened_at,
        by=fact.by,
        identified_at=None if fact.person is None else fact.noted_at,
    )
    if fact.person is not None:
        rows.put(
            tables.timeline,
            person=fact.person,
            at=fact.happened_at,
            contact=fact.contact,
            channel=fact.channel,
        )
