"""All that can be asked: the commands a person, a line or a job hands over."""

from datetime import datetime
from typing import Annotated, TypeAlias

import msgspec

from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet
from app.domain.ids import Id
from app.domain.words import (
    AgentState,
    CallerKind,
    Channel,
    Direction,
    Ending,
    LineRefusal,
    Outcome,
    Proof,
    Reach,
    Sex,
    TransferKind,
)

Short = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
At = Annotated[datetime, msgspec.Meta(tz=True)]


class Command(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="kind",
    forbid_unknown_fields=True,
):
    """Decoded strictly: an unknown field is a mistake of its author."""


class Promise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is promised while logging a motive: a call back unless `channel` says otherwise."""

    commitment: Id
    due_at: At
    owner: Short
    what: Short = ""
    channel: Channel = Channel.PHONE


class RegisterCall(Command, frozen=True, kw_only=True, tag="RegisterCall"):
    """The exchange says that a call arrived; recorded before any console is open.

    `line` names the exchange, so that another line never ends this one's calls.
    """

    contact: Id
    line: Short = ""
    queue: Short
    line_raw: Short = ""
    number_raw: Short = ""
    arrived_at: At


class RegisterRing(Command, frozen=True, kw_only=True, tag="RegisterRing"):
    """The call rings at an extension."""

    contact: Id
    extension: Short
    at: At


class RegisterAnswer(Command, frozen=True, kw_only=True, tag="RegisterAnswer"):
    """Somebody answered at an extension."""

    contact: Id
    extension: Short
    at: At


class RegisterNoAnswer(Command, frozen=True, kw_only=True, tag="RegisterNoAnswer"):
    """The call rang at an extension until the exchange gave up there."""

    contact: Id
    extension: Short
    at: At


class RegisterHold(Command, frozen=True, kw_only=True, tag="RegisterHold"):
    """The extension put its caller on hold."""

    contact: Id
    extension: Short
    at: At


class RegisterRetrieval(Command, frozen=True, kw_only=True, tag="RegisterRetrieval"):
    """The extension came back to its caller."""

    contact: Id
    extension: Short
    at: At


class RegisterTransfer(Command, frozen=True, kw_only=True, tag="RegisterTransfer"):
    """An extension gave its call to another one, or to a number outside."""

    contact: Id
    transfer: TransferKind
    extension: Short
    to: Short
    at: At


class RegisterOverflow(Command, frozen=True, kw_only=True, tag="RegisterOverflow"):
    """The call left a queue for another one."""

    contact: Id
    from_queue: Short
    queue: Short
    at: At


class RegisterVoicemail(Command, frozen=True, kw_only=True, tag="RegisterVoicemail"):
    """The caller left a message."""

    contact: Id
    at: At


class RegisterOutgoingCall(Command, frozen=True, kw_only=True, tag="RegisterOutgoingCall"):
    """An extension calls a number outside the hospital."""

    contact: Id
    line: Short = ""
    extension: Short
    number_raw: Short
    at: At


class ReportAgentState(Command, frozen=True, kw_only=True, tag="ReportAgentState"):
    """The exchange says what the agent at an extension does in a queue."""

    line: Short = ""
    queue: Short
    extension: Short
    state: AgentState
    at: At


class AnswerCall(Command, frozen=True, kw_only=True, tag="AnswerCall"):
    """Take the call that rings at one's own extension, where the phone allows it."""

    contact: Id


class HoldCall(Command, frozen=True, kw_only=True, tag="HoldCall"):
    """Put one's caller on hold, where the phone allows it."""

    contact: Id


class RetrieveCall(Command, frozen=True, kw_only=True, tag="RetrieveCall"):
    """Come back to the caller one put on hold."""

    contact: Id


class TransferCall(Command, frozen=True, kw_only=True, tag="TransferCall"):
    """Give one's call to an extension or a number; announced, it is first spoken to."""

    contact: Id
    to: Short
    transfer: TransferKind = TransferKind.BLIND
    note: Text = ""


class CompleteTransfer(Command, frozen=True, kw_only=True, tag="CompleteTransfer"):
    """Leave the announced call to whom it was announced."""

    contact: Id


class CancelTransfer(Command, frozen=True, kw_only=True, tag="CancelTransfer"):
    """Come back to the caller instead of giving the announced call."""

    contact: Id


class HangUpCall(Command, frozen=True, kw_only=True, tag="HangUpCall"):
    """End one's conversation."""

    contact: Id


class DialNumber(Command, frozen=True, kw_only=True, tag="DialNumber"):
    """Call a number: one's own phone rings first."""

    number_raw: Short


class ChangeOwnState(Command, frozen=True, kw_only=True, tag="ChangeOwnState"):
    """Be available in one's queues again, or leave them for a while."""

    state: AgentState


class SettleLineAct(Command, frozen=True, kw_only=True, tag="SettleLineAct"):
    """The line says what came of something a desk asked for."""

    act: Id
    refusal: LineRefusal | None = None


class RegisterEnd(Command, frozen=True, kw_only=True, tag="RegisterEnd"):
    """The call is over."""

    contact: Id
    ending: Ending
    at: At


class IdentifyCaller(Command, frozen=True, kw_only=True, tag="IdentifyCaller"):
    """Say whom the contact concerns; with enough proofs the caller is verified (rules R1)."""

    contact: Id
    person: Id
    proofs: tuple[Proof, ...] = ()
    caller_kind: CallerKind = CallerKind.UNKNOWN


class LogMotive(Command, frozen=True, kw_only=True, tag="LogMotive"):
    """Qualify a contact: one save is one command.

    `case` names the demand it belongs to; `case_title` is given when that demand is new.
    `keeps` names the promises that this very contact keeps.
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


class WithdrawMotive(Command, frozen=True, kw_only=True, tag="WithdrawMotive"):
    """Undo one save, named by the id of its command (« Annuler »)."""

    contact: Id
    log: Id


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

    `birth_date` is ISO, 00 for an unknown day or month.
    """

    person: Id
    birth_name: Short
    first_given_name: Short
    birth_date: Short
    sex: Sex
    number_raw: Short
    service: Short


class ReleasePerson(Command, frozen=True, kw_only=True, tag="ReleasePerson"):
    """A service no longer has any business with a person (horizon over, rules R24)."""

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


class EscalateMessage(Command, frozen=True, kw_only=True, tag="EscalateMessage"):
    """A message is overdue: it goes to the next of the chain, then to the supervisor."""

    message: Id


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
    | RegisterOutgoingCall
    | ReportAgentState
    | AnswerCall
    | HoldCall
    | RetrieveCall
    | TransferCall
    | CompleteTransfer
    | CancelTransfer
    | HangUpCall
    | DialNumber
    | ChangeOwnState
    | SettleLineAct
    | RegisterEnd
    | IdentifyCaller
    | LogMotive
    | WithdrawMotive
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
    | ImportDirectory
    | ImportDuty
    | PublishServiceSheet
    | LeaveMessage
    | MarkMessageRead
    | MarkMessageDone
    | EscalateMessage
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
