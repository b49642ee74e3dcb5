"""What the history says of a contact, a promise and a demand."""

from datetime import datetime

from app.domain.words import Channel, CommitmentState
from app.queries.timeline import PromiseMark, TimelineEntry, TimelineGroup
from ui.discretion import filled, hidden
from ui.translate import counted, say
from ui.widgets.tag import TagKind
from ui.wording import day_of, duration, local, when

_SPOKEN = (Channel.PHONE, Channel.VIDEO, Channel.DESK)


def entry_time(entry: TimelineEntry, now: datetime) -> str:
    """« en cours », « hier 09:14, 3 min 05 »."""
    if entry.is_live:
        return say("en cours")
    at = when(entry.at, now)
    return f"{at}, {duration(entry.duration_s)}" if entry.duration_s else at


def entry_tag(entry: TimelineEntry) -> tuple[str, str, TagKind]:
    """Word, icon and kind of what is left to do, or three times nothing."""
    if entry.promise is not None:
        return _promise_tag(entry.promise.state)
    if entry.is_unanswered:
        return say("Sans réponse"), "circle-alert", "warning"
    return "", "", "neutral"


def entry_tail(entry: TimelineEntry, now: datetime) -> str:
    """What stands after the tag."""
    if entry.promise is not None:
        return _promise_text(entry.promise, now)
    if entry.is_unanswered and entry.acknowledged:
        return say("Accusé de réception automatique envoyé à {at}").format(at=entry.acknowledged)
    return ""


def group_title(group: TimelineGroup) -> str:
    """The demand's title."""
    return group.title or say("Sans demande")


def group_tag(group: TimelineGroup, now: datetime) -> tuple[str, str, TagKind]:
    """« Ouverte, 4 j », « Parcours ambulatoire » or « Clôturée »."""
    if group.case is None:
        return "", "", "neutral"
    if not group.is_open:
        return say("Clôturée"), "check", "neutral"
    if group.next_step and "ambulatoire" in group.service_name.casefold():
        return say("Parcours ambulatoire"), "workflow", "accent"
    days = (local(now).date() - local(group.opened_at or now).date()).days
    words = say("Ouverte, {count}\u00a0j") if days else say("Ouverte")
    return words.format(count=days), "circle-dot", "accent"


def group_counts(group: TimelineGroup) -> str:
    """« Orthopédie, 4 contacts, 3 canaux »."""
    count = len(group.entries)
    channels = say("{count} canaux") if group.channels > 1 else ""
    parts = (group.service_name, contacts(count), channels.format(count=group.channels))
    return ", ".join(part for part in parts if part)


def group_line(group: TimelineGroup) -> str:
    """What a demand on one line says: how it ended, what comes next, else its counts."""
    return (group.next_step if group.is_open else group.closing) or group_counts(group)


def group_date(group: TimelineGroup, now: datetime) -> str:
    """« 12 nov. », « 14/03/2025 »."""
    at = local(group.last_at)
    return day_of(at) if at.year == local(now).year else at.strftime("%d/%m/%Y")


def contacts(count: int) -> str:
    """« 14 contacts »."""
    return counted(count, one=say("{count} contact"), many=say("{count} contacts"))


def _promise_tag(state: CommitmentState) -> tuple[str, str, TagKind]:
    words: dict[CommitmentState, tuple[str, str, TagKind]] = {
        CommitmentState.OPEN: (say("Promis"), "clock", "accent"),
        CommitmentState.POSTPONED: (say("Reporté"), "clock", "warning"),
        CommitmentState.KEPT: (say("Tenu"), "check", "success"),
        CommitmentState.MISSED: (say("Non tenu"), "alarm-clock", "danger"),
        CommitmentState.CANCELLED: (say("Annulé"), "x", "neutral"),
    }
    return words[state]


def _promise_text(promise: PromiseMark, now: datetime) -> str:
    due = when(promise.due_at, now)
    words = (
        say("{what}, avant {due}, par {owner}")
        if promise.what
        else say("Rappel promis avant {due} par {owner}")
    )
    return filled(words, what=hidden(promise.what), due=due, owner=promise.owner)
