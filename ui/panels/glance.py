"""« En un coup d’œil »: five cells, each one caption, one value and two lines at most."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.domain.words import Channel
from app.queries.glance import Glance as GlanceState
from app.queries.glance import LastContact, NextAppointment, OpenCase, PreferenceInView, PromiseInView
from ui.discretion import hidden
from ui.preference_words import choices_words
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.text import Elided, Tone, TwoLines
from ui.wording import (
    NBSP,
    capital,
    channel_word,
    clock,
    day_of,
    day_when,
    delay,
    local,
    motive_label,
    weekday_of,
    when,
)


class _Cell(NamedTuple):
    value: str
    detail: str
    tone: Tone = "primary"


class Glance(Card):
    """Always in the same place, always the same five questions."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = {
            "last": _CellView(say("Dernier contact"), "history"),
            "promise": _CellView(say("Promesse en cours"), "alarm-clock"),
            "cases": _CellView(say("Demandes"), "inbox"),
            "appointment": _CellView(say("Rendez-vous"), "calendar"),
            "preference": _CellView(say("Canal préféré"), "star"),
        }
        line = row(spacing=0, margins=(2, 11, 2, 11))
        for number, cell in enumerate(self._cells.values()):
            if number:
                line.addWidget(rule("v"))
            line.addWidget(cell, 6 if number == 0 else 5)
        self.body.addLayout(line)

    def present(self, glance: GlanceState, now: datetime) -> None:
        """Answer the five questions."""
        self._cells["last"].show_cell(_last(glance.last, now))
        self._cells["promise"].show_cell(_promise(glance.promise, now))
        self._cells["cases"].show_cell(_cases(glance.open_cases))
        self._cells["appointment"].show_cell(_appointment(glance.appointment))
        self._cells["preference"].show_cell(_preference(glance.preference))


class _CellView(QWidget):
    def __init__(self, caption: str, icon: str) -> None:
        super().__init__()
        head = row(spacing=6)
        head.addWidget(Icon(icon, 14, "text.tertiary"))
        head.addWidget(Elided(caption, Role.CAPTION, "tertiary"), 1)
        self._value = Elided("", weight=600)
        self._detail = TwoLines()
        answer = column(margins=(0, 4, 10, 0))
        answer.addWidget(self._value)
        answer.addSpacing(1)
        answer.addWidget(self._detail)
        lines = column(margins=(14, 0, 2, 0))
        lines.addLayout(head)
        lines.addLayout(answer)
        self.setLayout(lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 77)

    def sizeHint(self) -> QSize:
        """All cells weigh by their stretch alone."""
        return QSize(90, 77)

    def show_cell(self, cell: _Cell) -> None:
        """Show one answer; the whole stands in the tooltip."""
        self._value.setText(cell.value)
        self._value.set_tone(cell.tone)
        self._detail.show_text(cell.detail)


def _last(last: LastContact | None, now: datetime) -> _Cell:
    if last is None:
        return _Cell(say("Premier contact"), "")
    word = say("appel") if last.channel is Channel.PHONE else channel_word(last.channel)
    return _Cell(f"{capital(when(last.at, now))}, {word}", hidden(last.text) or motive_label(last.motive))


def _promise(promise: PromiseInView | None, now: datetime) -> _Cell:
    if promise is None:
        return _Cell(say("Aucune"), "")
    words = say("Rappel promis {day} avant {at}")
    if promise.channel is not Channel.PHONE:
        words = say("Réponse promise {day} avant {at}")
    # « aujourd’hui » would leave no room on the line for the hour, which is what is read.
    day = say("auj.") if local(promise.due_at).date() == local(now).date() else day_when(promise.due_at, now)
    detail = words.format(day=day, at=clock(promise.due_at))
    return _Cell(delay(promise.due_at, now), detail, "danger" if promise.due_at < now else "primary")


def _cases(cases: tuple[OpenCase, ...]) -> _Cell:
    if not cases:
        return _Cell(say("Aucune ouverte"), "")
    words = counted(len(cases), one=say("{count} ouverte"), many=say("{count} ouvertes"))
    titles = ", ".join(
        case.title if number == 0 else _lower(case.title) for number, case in enumerate(cases[:2])
    )
    return _Cell(words, titles)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _appointment(appointment: NextAppointment | None) -> _Cell:
    if appointment is None:
        return _Cell(say("Aucun à venir"), "")
    at = appointment.at
    value = f"{capital(weekday_of(at))} {day_of(at)} {clock(at)}"
    return _Cell(value, ", ".join(filter(None, [appointment.title, _titled(appointment.clinician)])))


def _titled(clinician: str) -> str:
    return clinician.replace("Dr ", f"Dr{NBSP}")


def _preference(preference: PreferenceInView) -> _Cell:
    value = channel_word(preference.channel) if preference.channel is not None else say("Non renseigné")
    return _Cell(value, ". ".join(filter(None, [preference.hours, choices_words(preference.choices)])))
