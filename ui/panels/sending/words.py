"""What each command of the outbox is called, in a few words that its author would know again."""

from datetime import datetime

from app.domain import commands as c
from app.domain.commands import AnyCommand
from app.domain.sending import SendState
from app.domain.words import Channel, NumberKind, Outcome
from app.queries.subjects import Subject
from ui.discretion import called, joined
from ui.refusal_words import refusal_words
from ui.translate import say
from ui.viewmodels.sending import SendLine
from ui.widgets.row_list import Mark
from ui.wording import channel_icon, channel_word, clock, motive_label, number_words, short_when


def title(line: SendLine) -> str:
    """« Appel, GARNIER Sylvie »."""
    return joined(", ", (_what(line.sending.body, line.subject), _who(line)))


def detail(line: SendLine, now: datetime) -> str:
    """« 10:21, 11 Prendre un rendez-vous », or why it was refused."""
    if line.is_refused:
        return refusal_words(line.sending.refusal)
    return ", ".join(filter(None, (clock(line.sending.made_at), _done(line.sending.body, now))))


def icon(line: SendLine) -> str:
    """Of the channel, else of what was done."""
    body, subject = line.sending.body, line.subject
    if isinstance(body, c.LogMotive | c.NoteContact) and subject is not None and subject.channel is not None:
        return channel_icon(subject.channel, subject.direction)
    return _icon(body)


def mark(line: SendLine) -> Mark:
    """« En attente », « Retenu », « À choisir », « Refusé »."""
    if line.sending.overtaken is not None:
        return Mark(say("À choisir"), "circle-alert", "warning")
    match line.sending.state:
        case SendState.WAITING:
            return Mark(say("En attente"), "clock")
        case SendState.HELD:
            return Mark(say("Retenu"), "hourglass", "warning")
        case SendState.REFUSED:
            return Mark(say("Refusé"), "circle-alert", "danger")


def outcome_word(outcome: Outcome | None) -> str:
    """« Répondu », « À suivre », « Transféré », « Sans suite »."""
    words = {
        Outcome.DEALT_WITH: say("Répondu"),
        Outcome.FOLLOW_UP: say("À suivre"),
        Outcome.TRANSFERRED: say("Transféré"),
        Outcome.NO_ACTION: say("Sans suite"),
    }
    return say("À qualifier") if outcome is None else words[outcome]


def _what(body: AnyCommand | None, subject: Subject | None) -> str:
    match body:
        case c.LogMotive() | c.NoteContact():
            channel = None if subject is None else subject.channel
            return channel_word(channel) if channel not in (None, Channel.PHONE) else say("Appel")
        case c.Commit() | c.KeepCommitment() | c.PostponeCommitment() | c.ReopenCommitment():
            return say("Rappel")
        case c.IdentifyCaller() | c.RegisterProvisionalPerson() | c.LinkContact() | c.UnlinkContact():
            return say("Identité")
        case c.LeaveMessage() | c.MarkMessageDone() | c.WithdrawMessage():
            return say("Merci de rappeler")
        case c.WithdrawMotive() | c.WithdrawIdentification():
            return say("Annulation")
        case c.JoinCase() | c.PartCase():
            return say("Demande")
        case c.SetPreference() | c.WithdrawPreference() | c.LiftStop():
            return say("Préférence")
        case _:
            return say("Saisie")


def _who(line: SendLine) -> str:
    body, subject = line.sending.body, line.subject
    if isinstance(body, c.LeaveMessage):
        return body.recipient_name
    if subject is None:
        return ""
    name = called(subject.birth_name, subject.first_given_name)
    is_hidden = subject.number_kind is NumberKind.HIDDEN
    return name or (number_words(subject.number, subject.number_kind) if subject.number or is_hidden else "")


def _done(body: AnyCommand | None, now: datetime) -> str:
    match body:
        case c.LogMotive():
            return motive_label(body.motive)
        case c.PostponeCommitment():
            return say("reporté\u00a0: {at}").format(at=short_when(body.due_at, now))
        case c.KeepCommitment():
            return say("tenu ou tenté")
        case c.Commit():
            return say("promis pour {at}").format(at=short_when(body.promise.due_at, now))
        case _:
            return ""


def _icon(body: AnyCommand | None) -> str:
    match body:
        case c.Commit() | c.KeepCommitment() | c.PostponeCommitment() | c.ReopenCommitment():
            return "alarm-clock"
        case c.LeaveMessage() | c.MarkMessageDone() | c.WithdrawMessage():
            return "message-square-reply"
        case c.JoinCase() | c.PartCase() | c.LinkContact() | c.UnlinkContact():
            return "link"
        case c.IdentifyCaller() | c.RegisterProvisionalPerson():
            return "user"
        case _:
            return "pencil"
