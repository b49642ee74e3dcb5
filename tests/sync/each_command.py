"""For each kind of command a story that ends with one of it, which the server does: a small life of rows."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from app.domain import commands as c
from app.domain import consent_commands as k
from app.domain import house_commands as h
from app.domain import relative_commands as p
from app.domain import rights_commands as r
from app.domain.command import Command
from app.domain.directory import ServiceSheet
from app.domain.ids import Id
from app.domain.words import CallerKind, Channel, Outcome, Reach, TransferKind
from tests.support.samples import sample
from tests.support.scene import MARTINE, MARTINES_NUMBER, OTHER_QUEUE, QUEUE
from tests.sync.story import ENTRY, LINE, SERVICE, THERE, Story


def _transferred(story: Story) -> None:
    story.line(c.RegisterTransfer, story.call(), to=THERE)


def _postponed_retention(story: Story) -> None:
    story.told()
    story.scene.clock.move(timedelta(days=366 * 3))
    story.do(r.ReviewRetention(person=MARTINE), "retention")


def _forgotten_call(story: Story) -> None:
    contact = story.scene.ring("anonymous")
    story.line(c.RegisterEnd, contact)
    story.scene.clock.move(timedelta(days=366 * 3))
    story.do(r.ForgetCall(contact=contact), "retention")


def _forgotten_reads(story: Story) -> None:
    story.do(c.OpenPerson(person=MARTINE, reason="rappel"))
    story.scene.clock.move(timedelta(days=366 * 8))
    story.do(r.ForgetReads(), "retention")


def _unlinked(story: Story) -> None:
    contact, other = story.call(ended=True), story.call(ended=True)
    act = story.do(c.LinkContact(contact=contact, other=other))
    story.do(c.UnlinkContact(contact=contact, act=act))


def _parted(story: Story) -> None:
    _, _, demand = story.logged()
    _, _, ended = story.logged(motive="24")
    act = story.do(c.JoinCase(case=demand, joined=ended))
    story.do(c.PartCase(case=demand, act=act))


def _joined(story: Story) -> None:
    _, _, demand = story.logged()
    _, _, ended = story.logged(motive="24")
    story.do(c.JoinCase(case=demand, joined=ended))


def _erased(story: Story) -> None:
    story.logged()
    story.message()
    story.do(sample(c.ErasePerson, person=MARTINE), "administrator")


def _rectified(story: Story) -> None:
    story.told()
    corrections = (
        r.Correction(field=r.Rectified.USED_NAME, value="Le Gall"),
        r.Correction(field=r.Rectified.BIRTH_DATE, value="1958-03-15"),
    )
    story.do(r.RectifyPerson(person=MARTINE, corrections=corrections, reason="Demande écrite"))


def _preference_back(story: Story) -> None:
    story.told()
    story.do(k.WithdrawPreference(person=MARTINE, act=story.preferred()))


def _stopped(story: Story) -> None:
    stop = sample(k.RecordStop, number_raw=MARTINES_NUMBER, channel=Channel.SMS, service=SERVICE)
    story.do(stop, LINE)


def _lifted(story: Story) -> None:
    _stopped(story)
    story.do(sample(k.LiftStop, person=MARTINE, number=MARTINES_NUMBER, channel=Channel.SMS))


def _noted(story: Story) -> None:
    note = c.NoteContact(
        contact=story.scene.new_id(),
        channel=Channel.DESK,
        service=SERVICE,
        person=MARTINE,
        happened_at=story.scene.clock.now(),
    )
    story.do(note)


def _registered(story: Story) -> None:
    person = sample(
        c.RegisterProvisionalPerson,
        person=story.scene.new_id(),
        birth_name="VASQUEZ",
        first_given_name="Irène",
        birth_date="1988-05-12",
        number_raw="0639980044",
        service=SERVICE,
    )
    story.do(person)


def _kept_voicemail(story: Story) -> Id:
    contact, at = story.scene.new_id(), story.scene.clock.now()
    story.do(sample(c.KeepVoicemail, contact=contact, number_raw="0639980001", queue=QUEUE, left_at=at), LINE)
    return contact


def _opened_then_closed(story: Story) -> None:
    story.do(c.CloseGlass(glass=story.open_glass()))


def _withdrawn_notice(story: Story) -> None:
    story.do(c.WithdrawNotice(notice=_notice(story)))


def _notice(story: Story) -> Id:
    notice, ends = story.scene.new_id(), story.scene.clock.now() + timedelta(hours=4)
    story.do(
        sample(c.PublishNotice, notice=notice, service=SERVICE, title="IRM : retard", ends_at=ends),
        "administrator",
    )
    return notice


def _after(story: Story, before: type[Command], then: type[Command]) -> None:
    contact = story.call()
    story.line(before, contact)
    story.line(then, contact)


def _asked_after(story: Story, before: type[Command], then: type[Command]) -> None:
    contact = story.call()
    story.line(before, contact)
    story.asked(then, contact=contact)


def _announced(story: Story, then: type[Command]) -> None:
    contact = story.call()
    story.asked(c.TransferCall, contact=contact, to=THERE, transfer=TransferKind.ATTENDED)
    story.line(c.RegisterTransfer, contact, to=THERE, transfer=TransferKind.ATTENDED)
    story.asked(then, contact=contact)


def _identified(story: Story) -> tuple[Id, Id]:
    """A call at which something was promised while nobody knew whose it was: the call, the act."""
    contact, promise = story.call(ended=True), story.promise()
    log = c.LogMotive(contact=contact, motive="61", outcome=Outcome.FOLLOW_UP, service=SERVICE)
    story.do(msgspec.structs.replace(log, commitment=promise))
    story.do(c.KeepCommitment(commitment=promise.commitment, how=Reach.NO_ANSWER))
    return contact, story.do(c.IdentifyCaller(contact=contact, person=MARTINE))


def _taken_back(story: Story) -> None:
    contact, act = _identified(story)
    story.do(c.WithdrawIdentification(contact=contact, act=act))


def _withdrawn(story: Story) -> None:
    """Of two saves the second, which said another service and that another spoke."""
    contact, _, _ = story.logged()
    again = sample(c.LogMotive, contact=contact, service="standard", caller_kind=CallerKind.RELATIVE)
    log = story.do(again)
    story.do(c.WithdrawMotive(contact=contact, log=log))


def _postponed(story: Story) -> None:
    later = story.scene.clock.now() + timedelta(days=2)
    story.do(c.PostponeCommitment(commitment=story.promised(), due_at=later, reason="Attend le médecin"))


def _released(story: Story) -> None:
    commitment = story.promised()
    story.do(c.TakeCommitment(commitment=commitment))
    story.do(c.ReleaseCommitment(commitment=commitment))


def _given_up(story: Story) -> None:
    commitment = story.promised()
    for days in (0, 1, 1):
        story.scene.clock.move(timedelta(days=days, hours=5))
        story.do(c.KeepCommitment(commitment=commitment, how=Reach.NO_ANSWER))
    story.do(c.GiveUpCommitment(commitment=commitment))


def _reopened(story: Story) -> None:
    commitment = story.promised()
    act = story.do(c.KeepCommitment(commitment=commitment, how=Reach.SPOKEN))
    story.do(c.ReopenCommitment(commitment=commitment, act=act))


def _out_of_scope(story: Story, then: type[Command]) -> None:
    _noted(story)
    story.scene.clock.move(timedelta(days=400))
    story.do(sample(then, person=MARTINE, service=SERVICE), "retention")


def _message_back(story: Story) -> None:
    story.entry()
    message, due_at = story.scene.new_id(), story.scene.clock.now() + timedelta(hours=1)
    act = story.do(c.LeaveMessage(message=message, recipient=ENTRY, text="Rappeler", due_at=due_at))
    story.do(c.WithdrawMessage(message=message, act=act))


def _published(story: Story) -> None:
    story.entry()
    story.do(c.PublishServiceSheet(sheet=sample(ServiceSheet, entry=ENTRY)), "administrator")


def _escalated(story: Story) -> None:
    message = story.message()
    story.scene.clock.move(timedelta(hours=3))
    story.do(c.EscalateMessage(message=message), "job")


def _seat() -> Command:
    return c.SeatAgent(agent="s.haddad", name="Samira Haddad", service=SERVICE, extension="4102")


def _unseated(story: Story) -> None:
    story.do(_seat(), "administrator")
    story.do(c.UnseatAgent(agent="s.haddad"), "administrator")


def _on_call(kind: type[Command], **given: object) -> "Callable[[Story], object]":
    return lambda story: story.asked(kind, contact=story.call(), **given)


def _on_promise(kind: type[Command], **given: object) -> "Callable[[Story], object]":
    return lambda story: story.do(sample(kind, commitment=story.promised(), **given))


def _told_of(kind: type[Command], **given: object) -> "Callable[[Story], object]":
    return lambda story: story.line(kind, story.call(), **given)


def _on_message(kind: type[Command], author: str = "h.lambert") -> "Callable[[Story], object]":
    return lambda story: story.do(sample(kind, message=story.message()), author)


STORIES: dict[type, Callable[[Story], object]] = {
    c.RegisterCall: lambda story: story.scene.ring(extension=""),
    c.RegisterRing: lambda story: story.scene.ring(),
    c.RegisterAnswer: lambda story: story.call(),
    c.RegisterEnd: lambda story: story.call(ended=True),
    c.RegisterHold: _told_of(c.RegisterHold),
    c.RegisterRetrieval: lambda story: _after(story, c.RegisterHold, c.RegisterRetrieval),
    c.RegisterNoAnswer: lambda story: story.line(c.RegisterNoAnswer, story.call(answered=False)),
    c.RegisterOutgoingCall: lambda story: story.line(
        c.RegisterOutgoingCall, story.scene.new_id(), number_raw="0639980001"
    ),
    c.RegisterOverflow: lambda story: story.line(
        c.RegisterOverflow, story.call(answered=False), from_queue=QUEUE, queue=OTHER_QUEUE
    ),
    c.RegisterTransfer: _transferred,
    c.RegisterVoicemail: lambda story: story.line(c.RegisterVoicemail, story.call(answered=False)),
    c.KeepVoicemail: _kept_voicemail,
    c.DeleteVoicemail: lambda story: story.do(c.DeleteVoicemail(contact=_kept_voicemail(story)), LINE),
    c.ReportAgentState: Story.agent,
    c.AnswerCall: lambda story: story.asked(c.AnswerCall, contact=story.call(answered=False)),
    c.HoldCall: _on_call(c.HoldCall),
    c.RetrieveCall: lambda story: _asked_after(story, c.RegisterHold, c.RetrieveCall),
    c.MuteCall: _on_call(c.MuteCall),
    c.UnmuteCall: _on_call(c.UnmuteCall),
    c.HangUpCall: _on_call(c.HangUpCall),
    c.TransferCall: _on_call(c.TransferCall, to=THERE),
    c.CompleteTransfer: lambda story: _announced(story, c.CompleteTransfer),
    c.CancelTransfer: lambda story: _announced(story, c.CancelTransfer),
    c.DialNumber: lambda story: story.asked(c.DialNumber, number_raw="0639980001"),
    c.ChangeOwnState: lambda story: story.asked(c.ChangeOwnState),
    c.SettleLineAct: lambda story: story.do(
        c.SettleLineAct(act=story.asked(c.HoldCall, contact=story.call())), LINE
    ),
    c.IdentifyCaller: _identified,
    c.WithdrawIdentification: _taken_back,
    c.LinkContact: lambda story: story.do(
        c.LinkContact(contact=story.call(ended=True), other=story.call(ended=True))
    ),
    c.UnlinkContact: _unlinked,
    c.LogMotive: Story.logged,
    c.WithdrawMotive: _withdrawn,
    c.JoinCase: _joined,
    c.PartCase: _parted,
    c.Commit: Story.promised,
    c.KeepCommitment: _on_promise(c.KeepCommitment, how=Reach.SPOKEN),
    c.PostponeCommitment: _postponed,
    c.GiveUpCommitment: _given_up,
    c.ReopenCommitment: _reopened,
    c.TakeCommitment: _on_promise(c.TakeCommitment),
    c.ReleaseCommitment: _released,
    c.AssignCommitment: lambda story: story.do(
        c.AssignCommitment(commitment=story.promised(), owner="h.lambert")
    ),
    c.NoteContact: _noted,
    c.OpenPerson: lambda story: story.do(c.OpenPerson(person=MARTINE, reason="rappel")),
    c.RegisterProvisionalPerson: _registered,
    c.ReleasePerson: lambda story: _out_of_scope(story, c.ReleasePerson),
    c.ReviewScope: lambda story: _out_of_scope(story, c.ReviewScope),
    c.ImportDirectory: Story.entry,
    c.ImportDuty: lambda story: story.do(sample(c.ImportDuty), "administrator"),
    c.PublishServiceSheet: _published,
    c.LeaveMessage: Story.message,
    c.MarkMessageRead: _on_message(c.MarkMessageRead),
    c.MarkMessageDone: _on_message(c.MarkMessageDone),
    c.WithdrawMessage: _message_back,
    c.EscalateMessage: _escalated,
    c.BreakGlass: Story.open_glass,
    c.CloseGlass: _opened_then_closed,
    c.ErasePerson: _erased,
    r.ExportPerson: lambda story: story.do(r.ExportPerson(person=MARTINE, reason="Demande écrite")),
    k.SetPreference: Story.preferred,
    k.WithdrawPreference: _preference_back,
    k.RecordStop: _stopped,
    k.LiftStop: _lifted,
    p.SayRelative: Story.close,
    p.WithdrawRelative: lambda story: story.do(p.WithdrawRelative(person=MARTINE, relative=story.close())),
    k.SetLegalForm: lambda story: story.do(sample(k.SetLegalForm), "administrator"),
    h.RekeyDesk: lambda story: story.do(sample(h.RekeyDesk), "administrator"),
    h.ChangeNumberKey: lambda story: story.do(h.ChangeNumberKey(secret="5a" * 32), "administrator"),
    r.RectifyPerson: _rectified,
    r.ForgetCall: _forgotten_call,
    r.ForgetReads: _forgotten_reads,
    r.ReviewRetention: _postponed_retention,
    c.SetPlace: lambda story: story.do(sample(c.SetPlace, zone="Indian/Reunion"), "administrator"),
    c.SetNaming: lambda story: story.do(sample(c.SetNaming), "administrator"),
    c.SetOpeningHours: lambda story: story.do(
        c.SetOpeningHours(service=SERVICE, hours="1-5 08:00-12:00"), "administrator"
    ),
    c.PublishNotice: _notice,
    c.WithdrawNotice: _withdrawn_notice,
    c.SeatAgent: lambda story: story.do(_seat(), "administrator"),
    c.UnseatAgent: _unseated,
}
