"""What a telephone line tells, and what a desk asks of its phone."""

from datetime import timedelta

from app.domain.command import At, Command, Short, Text
from app.domain.ids import Id
from app.domain.words import AgentState, Ending, LineRefusal, TransferKind


class RegisterCall(Command, frozen=True, kw_only=True, tag="RegisterCall"):
    """The exchange says that a call arrived; recorded before any console is open.

    `line` names the exchange that can be asked to act on it; `told_by` one that only tells. Another line
    never ends its calls. `arrived_at` is the first ring; `queued_at` the entry in the queue, where both
    are told.
    """

    contact: Id
    line: Short = ""
    told_by: Short = ""
    queue: Short
    line_raw: Short = ""
    number_raw: Short = ""
    arrived_at: At
    queued_at: At | None = None


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
    """The call left a queue, which it had entered at `queued_at`, for another one."""

    contact: Id
    from_queue: Short
    queue: Short
    at: At
    queued_at: At | None = None


class RegisterVoicemail(Command, frozen=True, kw_only=True, tag="RegisterVoicemail"):
    """The caller left a message."""

    contact: Id
    at: At


class KeepVoicemail(Command, frozen=True, kw_only=True, tag="KeepVoicemail"):
    """The exchange handed a message over, which `contact` left; a contact that no line told is made of it.

    `queue` is whom the mailbox is for; without `lasted`, what was said can't be played.
    """

    contact: Id
    number_raw: Short = ""
    queue: Short = ""
    left_at: At
    lasted: timedelta | None = None


class DeleteVoicemail(Command, frozen=True, kw_only=True, tag="DeleteVoicemail"):
    """Forget what a caller said: it was seen to long enough ago (rules R15)."""

    contact: Id


class RegisterOutgoingCall(Command, frozen=True, kw_only=True, tag="RegisterOutgoingCall"):
    """An extension calls a number outside the hospital; `line` and `told_by` as in `RegisterCall`."""

    contact: Id
    line: Short = ""
    told_by: Short = ""
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


class MuteCall(Command, frozen=True, kw_only=True, tag="MuteCall"):
    """Let one's caller hear nothing of what is said here; the caller is still heard."""

    contact: Id


class UnmuteCall(Command, frozen=True, kw_only=True, tag="UnmuteCall"):
    """Be heard by one's caller again."""

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
    """Be available in one's queues again, or leave them for a while; all of them without `queue`."""

    state: AgentState
    queue: Short = ""


class SettleLineAct(Command, frozen=True, kw_only=True, tag="SettleLineAct"):
    """The line says what came of something a desk asked for."""

    act: Id
    refusal: LineRefusal | None = None


class RegisterEnd(Command, frozen=True, kw_only=True, tag="RegisterEnd"):
    """The call is over."""

    contact: Id
    ending: Ending
    at: At
