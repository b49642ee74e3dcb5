"""The rows of « Merci de rappeler »: to whom, what, before when, and what its recipient said."""

from datetime import datetime

from app.domain.words import Channel, EntryKind, NoteState
from app.queries.messages import MessageLine
from ui.discretion import called, hidden, joined
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.messages import Box, MessagePage
from ui.widgets.row_list import Action, Cell, ListRow, Mark
from ui.wording import (
    channel_word,
    clock,
    day_of,
    delay,
    local,
    short_name,
    short_when,
    small,
)

HEAD, LINE = 36, 54
_WHO, _DUE, _STATE = 190, 104, 148


def message_rows(page: MessagePage, now: datetime) -> tuple[ListRow, ...]:
    """What is to follow, then what was done today."""
    rows: list[ListRow] = []
    for words, lines in ((say("À suivre"), page.to_follow()), (say("Faits aujourd’hui"), page.done())):
        if lines:
            rows.append(_head(words, len(lines)))
            rows += [_row(line, page.box, now) for line in lines]
    return tuple(rows)


def _head(words: str, count: int) -> ListRow:
    return ListRow(height=HEAD, cells=(Cell(words=words, aside=str(count), role=Role.SMALL, weight=600),))


def _row(line: MessageLine, box: Box, now: datetime) -> ListRow:
    is_sent = box is Box.SENT
    is_late = line.is_overdue(now)
    due_ink = "danger.text" if is_late else "text.tertiary"
    mark, said = _state(line, now)
    who, place = (line.recipient_name, _place(line)) if is_sent else (line.by_name, _for(line))
    return ListRow(
        key=line.message,
        height=LINE,
        action=None if is_sent or line.is_done else _action(line),
        cells=(
            Cell(
                words=who,
                below=place,
                width=_WHO,
                weight=600,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
            ),
            Cell(
                words=hidden(line.text),
                below=_about(line, now),
                below_icon="link" if line.contact_at is not None else "",
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
            ),
            Cell(
                words=short_when(line.due_at, now),
                below=_kept(line) if line.is_done else small(delay(line.due_at, now)),
                width=_DUE,
                weight=500,
                ink="danger.text" if is_late else "text.primary",
                below_role=Role.CAPTION,
                below_ink=due_ink,
            ),
            Cell(
                mark=mark,
                below=said,
                width=_STATE,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
                is_right=True,
            ),
        ),
    )


def _action(line: MessageLine) -> Action:
    if line.state is NoteState.SENT:
        return Action(say("Lu"), "eye", say("Entrée"))
    return Action(say("Fait"), "check", say("Entrée"))


def _place(line: MessageLine) -> str:
    match line.recipient_kind:
        case EntryKind.SERVICE:
            return say("Service")
        case EntryKind.FUNCTION:
            return say("{place}, fonction").format(place=line.recipient_detail)
        case _:
            return line.recipient_detail


def _for(line: MessageLine) -> str:
    return say("Pour {name}").format(name=line.recipient_name)


def _about(line: MessageLine, now: datetime) -> str:
    """« Appel de 10:26, DUBREUIL Martine »."""
    if line.contact_at is None or line.contact_channel is None:
        return say("Sans contact")
    is_call = line.contact_channel is Channel.PHONE
    channel = say("Appel") if is_call else channel_word(line.contact_channel)
    who = called(line.birth_name, line.first_given_name) or hidden(line.contact_subject)
    words = f"{channel} {_of(line.contact_at, now)}"
    return joined(", ", (words, who))


def _of(at: datetime, now: datetime) -> str:
    ago = (local(now).date() - local(at).date()).days
    if ago == 0:
        return say("de {at}").format(at=clock(at))
    return say("d’hier") if ago == 1 else say("du {day}").format(day=day_of(at))


def _state(line: MessageLine, now: datetime) -> tuple[Mark, str]:
    if line.is_done:
        return Mark(say("Fait"), "check-check", "success"), _by(line.done_by, line.done_at, line, now)
    if line.steps and line.escalated_at is not None:
        at = _at(line.escalated_at, now)
        to = say("au cadre") if line.is_with_supervisor else say("à {name}").format(name=line.escalated_to)
        return Mark(say("Relancé"), "alarm-clock", "danger"), f"{to}, {at}"
    if line.state is NoteState.READ:
        return Mark(say("Lu"), "eye", "accent"), _by(line.read_by, line.read_at, line, now)
    return Mark(say("Non lu"), "mail"), say("envoyé {at}").format(at=_at(line.left_at, now))


def _by(name: str, at: datetime | None, line: MessageLine, now: datetime) -> str:
    said = "" if at is None else _at(at, now)
    if name == line.recipient_name:
        return say("par lui, {at}").format(at=said)
    return say("par {name}, {at}").format(name=short_name(name) if "." not in name else name, at=said)


def _at(at: datetime, now: datetime) -> str:
    return clock(at) if local(at).date() == local(now).date() else short_when(at, now)


def _kept(line: MessageLine) -> str:
    is_kept = line.done_at is not None and line.done_at <= line.due_at
    return say("tenu") if is_kept else say("après l’heure")
