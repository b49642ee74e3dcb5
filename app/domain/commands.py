"""All that can be asked: the commands a person, a line or a job hands over."""

from typing import Annotated, TypeAlias

import msgspec

from app.domain.command import At, Command, Short, Text
from app.domain.consent_commands import LiftStop, RecordStop, SetLegalForm, SetPreference, WithdrawPreference
from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet
from app.domain.double_commands import DoubleCommand
from app.domain.house_commands import (
    ChangeNumberKey,
    PublishNotice,
    RekeyDesk,
    SeatAgent,
    SetNaming,
    SetOpeningHours,
    SetPlace,
    UnseatAgent,
    WithdrawNotice,
)
from app.domain.ids import Id
from app.domain.line_commands import (
    AnswerCall,
    CancelTransfer,
    ChangeOwnState,
    CompleteTransfer,
    DeleteVoicemail,
    DialNumber,
    HangUpCall,
    HoldCall,
    KeepVoicemail,
    MuteCall,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterNoAnswer,
    RegisterOutgoingCall,
    RegisterOverflow,
    RegisterRetrieval,
    RegisterRing,
    RegisterTransfer,
    RegisterVoicemail,
    ReportAgentState,
    RetrieveCall,
    SettleLineAct,
    TransferCall,
    UnmuteCall,
)
from app.domain.relative_commands import RelativeCommand
from app.domain.rights_commands import ExportPerson, ForgetCall, ForgetReads, RectifyPerson, ReviewRetention
from app.domain.words import (
    CallerKind,
    Channel,
    Direction,
    ErasureGround,
    Outcome,
    Proof,
    Reach,
    Sex,
)


class Promise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is promised while logging a motive: a call back unless `channel` says otherwise."""

    commitment: Id
    due_at: At
    owner: Short
    what: Short = ""
    channel: Channel = Channel.PHONE


class IdentifyCaller(Command, frozen=True, kw_only=True, tag="IdentifyCaller"):
    """Say whom the contact concerns; with enough proofs the caller is verified (rules R1)."""

    contact: Id
    person: Id
    proofs: tuple[Proof, ...] = ()
    caller_kind: CallerKind = CallerKind.UNKNOWN


class WithdrawIdentification(Command, frozen=True, kw_only=True, tag="WithdrawIdentification"):
    """Undo one identification, named by the id of its command (« Annuler »)."""

    contact: Id
    act: Id


class LinkContact(Command, frozen=True, kw_only=True, tag="LinkContact"):
    """Say that a contact is of the same person as another one, whoever that is (« Relier », design 4.4)."""

    contact: Id
    other: Id


class UnlinkContact(Command, frozen=True, kw_only=True, tag="UnlinkContact"):
    """Undo one link, named by the id of its command (« Annuler »)."""

    contact: Id
    act: Id


class LogMotive(Command, frozen=True, kw_only=True, tag="LogMotive"):
    """Qualify a contact: one save is one command.

    `case` names the demand it belongs to; `case_title` is given when that demand is, or may be, new.
    `keeps` names the promises that this very contact keeps. `over` is the save that this one replaces
    as its author saw it, None when the contact was to be qualified: when somebody else qualified it
    meanwhile, nothing is overwritten unseen. An older console does not say; it replaces whatever is there.
    """

    contact: Id
    motive: Annotated[str, msgspec.Meta(pattern=r"^\d\d$")]
    outcome: Outcome
    service: Short
    case: Id | None = None
    case_title: Short = ""
    caller_kind: CallerKind = CallerKind.UNKNOWN
    note: Text = ""
    commitment: Promise | None = None
    keeps: tuple[Id, ...] = ()
    over: Id | msgspec.UnsetType | None = msgspec.UNSET


class WithdrawMotive(Command, frozen=True, kw_only=True, tag="WithdrawMotive"):
    """Undo one save, named by the id of its command (« Annuler »)."""

    contact: Id
    log: Id


class JoinCase(Command, frozen=True, kw_only=True, tag="JoinCase"):
    """Say that contacts are about a demand that is open (« Relier »), whatever their channel.

    `joined` is the demand that they had, which ends: all that it held comes along. Without it the
    contacts had none.
    """

    case: Id
    contacts: tuple[Id, ...] = ()
    joined: Id | None = None


class PartCase(Command, frozen=True, kw_only=True, tag="PartCase"):
    """Undo one join, named by the id of its command (« Annuler »)."""

    case: Id
    act: Id


class Commit(Command, frozen=True, kw_only=True, tag="Commit"):
    """Promise something to a person (« Nouveau rappel »), outside any save."""

    promise: Promise
    service: Short
    person: Id | None = None
    contact: Id | None = None
    case: Id | None = None


class KeepCommitment(Command, frozen=True, kw_only=True, tag="KeepCommitment"):
    """Say how a promise was followed up: reached it is kept, otherwise it was tried (rules R35)."""

    commitment: Id
    how: Reach
    contact: Id | None = None


class PostponeCommitment(Command, frozen=True, kw_only=True, tag="PostponeCommitment"):
    """Give a promise another time, with the reason; its first due time stays."""

    commitment: Id
    due_at: At
    reason: Short


class GiveUpCommitment(Command, frozen=True, kw_only=True, tag="GiveUpCommitment"):
    """Close a promise as « Injoignable », after enough attempts."""

    commitment: Id


class ReopenCommitment(Command, frozen=True, kw_only=True, tag="ReopenCommitment"):
    """Undo the last thing done about a promise, named by the id of its command (« Annuler »)."""

    commitment: Id
    act: Id


class TakeCommitment(Command, frozen=True, kw_only=True, tag="TakeCommitment"):
    """Lock a promise while keeping it, so that nobody dials twice."""

    commitment: Id


class ReleaseCommitment(Command, frozen=True, kw_only=True, tag="ReleaseCommitment"):
    """Let go of a promise that was taken."""

    commitment: Id


class AssignCommitment(Command, frozen=True, kw_only=True, tag="AssignCommitment"):
    """Hand a promise over to an agent or a service (« Confier »)."""

    commitment: Id
    owner: Short


class NoteContact(Command, frozen=True, kw_only=True, tag="NoteContact"):
    """Write down by hand an exchange on any channel (desk, letter, e-mail, a call from a mobile)."""

    contact: Id
    channel: Channel
    direction: Direction = Direction.INBOUND
    service: Short
    person: Id | None = None
    number_raw: Short = ""
    subject: Short = ""
    text: Text = ""
    happened_at: At


class OpenPerson(Command, frozen=True, kw_only=True, tag="OpenPerson"):
    """Read a person's record: traced with the contact or the reason (sync rule 10).

    `proposed` names the candidates that were listed and not opened (rules R2).
    """

    person: Id
    contact: Id | None = None
    reason: Short = ""
    proposed: tuple[Id, ...] = ()


class RegisterProvisionalPerson(Command, frozen=True, kw_only=True, tag="RegisterProvisionalPerson"):
    """Write down somebody no file answers for, as told (design 4.4).

    `birth_date` is ISO, 00 for an unknown day or month. `number_raw` is the person's own, or empty: that of
    whoever speaks for them is none of theirs (rules R9). `contact` is the call during which it is told: its
    number is set aside if its save says later that another spoke.
    """

    person: Id
    birth_name: Short
    first_given_name: Short
    birth_date: Short
    sex: Sex
    number_raw: Short
    service: Short
    contact: Id | None = None


class ReleasePerson(Command, frozen=True, kw_only=True, tag="ReleasePerson"):
    """A service no longer has any business with a person (horizon over, rules R24)."""

    person: Id
    service: Short


class ReviewScope(Command, frozen=True, kw_only=True, tag="ReviewScope"):
    """Time has passed: see whether a service still has, or has now, business with a person (rules R24)."""

    person: Id
    service: Short


class ImportDirectory(Command, frozen=True, kw_only=True, tag="ImportDirectory"):
    """The whole directory as a file gives it: what it no longer names leaves (rules R28)."""

    entries: tuple[DirectoryEntry, ...]


class ImportDuty(Command, frozen=True, kw_only=True, tag="ImportDuty"):
    """The duty roster as a file gives it: each specialty it names is known from it alone."""

    shifts: tuple[DutyShift, ...]


class PublishServiceSheet(Command, frozen=True, kw_only=True, tag="PublishServiceSheet"):
    """What callers are told of a service, by its author, until an end date."""

    sheet: ServiceSheet


class LeaveMessage(Command, frozen=True, kw_only=True, tag="LeaveMessage"):
    """« Merci de rappeler »: to an entry of the directory, about a contact, before a time (rules R29)."""

    message: Id
    recipient: Short
    recipient_name: Short = ""
    contact: Id | None = None
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    due_at: At


class MarkMessageRead(Command, frozen=True, kw_only=True, tag="MarkMessageRead"):
    """Its recipient has read a message."""

    message: Id


class MarkMessageDone(Command, frozen=True, kw_only=True, tag="MarkMessageDone"):
    """Its recipient has done what a message asked."""

    message: Id


class WithdrawMessage(Command, frozen=True, kw_only=True, tag="WithdrawMessage"):
    """Its author takes back a message that nobody read; `act` is the id of the command that left it."""

    message: Id
    act: Id


class EscalateMessage(Command, frozen=True, kw_only=True, tag="EscalateMessage"):
    """A message is overdue: it goes to the next of the chain, then to the supervisor."""

    message: Id


class BreakGlass(Command, frozen=True, kw_only=True, tag="BreakGlass"):
    """Open for a while, with a reason, a record that one's role or services do not show.

    By its id, or by all the strict traits that were said: birth date ISO.
    """

    glass: Id
    reason: Text
    person: Id | None = None
    birth_name: Short = ""
    first_given_name: Short = ""
    birth_date: Short = ""
    contact: Id | None = None


class CloseGlass(Command, frozen=True, kw_only=True, tag="CloseGlass"):
    """The time of a record opened so is over, or its author needs it no more."""

    glass: Id


class ErasePerson(Command, frozen=True, kw_only=True, tag="ErasePerson"):
    """Forget a person under every id, a decision of the supervisor or the DPO (rules R22, R23)."""

    person: Id
    ground: ErasureGround


AnyCommand: TypeAlias = (
    RegisterCall
    | RegisterRing
    | RegisterAnswer
    | RegisterNoAnswer
    | RegisterHold
    | RegisterRetrieval
    | RegisterTransfer
    | RegisterOverflow
    | RegisterVoicemail
    | KeepVoicemail
    | DeleteVoicemail
    | RegisterOutgoingCall
    | ReportAgentState
    | AnswerCall
    | HoldCall
    | RetrieveCall
    | MuteCall
    | UnmuteCall
    | TransferCall
    | CompleteTransfer
    | CancelTransfer
    | HangUpCall
    | DialNumber
    | ChangeOwnState
    | SettleLineAct
    | RegisterEnd
    | IdentifyCaller
    | WithdrawIdentification
    | LinkContact
    | UnlinkContact
    | LogMotive
    | WithdrawMotive
    | JoinCase
    | PartCase
    | Commit
    | KeepCommitment
    | PostponeCommitment
    | GiveUpCommitment
    | ReopenCommitment
    | TakeCommitment
    | ReleaseCommitment
    | AssignCommitment
    | NoteContact
    | OpenPerson
    | RegisterProvisionalPerson
    | ReleasePerson
    | ReviewScope
    | ImportDirectory
    | ImportDuty
    | PublishServiceSheet
    | LeaveMessage
    | MarkMessageRead
    | MarkMessageDone
    | WithdrawMessage
    | EscalateMessage
    | BreakGlass
    | CloseGlass
    | ErasePerson
    | DoubleCommand
    | ExportPerson
    | RectifyPerson
    | ForgetCall
    | ForgetReads
    | ReviewRetention
    | SetPreference
    | WithdrawPreference
    | RecordStop
    | LiftStop
    | RelativeCommand
    | SetLegalForm
    | SetPlace
    | SetNaming
    | SetOpeningHours
    | PublishNotice
    | WithdrawNotice
    | SeatAgent
    | UnseatAgent
    | RekeyDesk
    | ChangeNumberKey
)


class CommandEnvelope(msgspec.Struct, frozen=True, kw_only=True):
    """A command with who made it, when, and the id that makes it run at most once.

    `made_at` and `sent_at` are its author's clock: what is between them is sure whatever it shows.
    """

    id: Id
    made_at: At
    sent_at: At | None = None
    author: Short
    body: AnyCommand
