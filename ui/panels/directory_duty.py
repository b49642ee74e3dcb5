"""« Qui est de garde ? »: by specialty, now; what nobody answers for is first, in red."""

from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.domain.directory import DIRECTOR
from app.queries.directory import Duty, OnDuty
from ui import wording
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.scrolled import scrolled
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

ROW_HEIGHT = 36
LEAST = 46 + 2 * ROW_HEIGHT
"""How high the card is with two lines."""
_SPECIALTY, _NUMBER, _UNTIL = 150, 64, 120


class DirectoryDuty(Card):
    """The roster as it stands."""

    def __init__(self) -> None:
        super().__init__(say("Qui est de garde ?"))
        self._when = Text("", Role.SMALL, "tertiary")
        self._holes = Tag(kind="danger")
        self._holes.hide()
        self.day = Button(say("Aujourd’hui"), trailing="chevron-down", size="small")
        self.day.setEnabled(True)
        self.header.addWidget(self._when)
        self.header.addWidget(self._holes)
        self.header.addStretch(1)
        self.header.addWidget(self.day)
        self._lines = column()
        self._lines.addStretch(1)
        self.body.addWidget(scrolled(self._lines), 1)
        self.setMinimumHeight(LEAST)
        self._rows: list[QWidget] = []
        self._shown: Duty | None = None

    def present(self, duty: Duty) -> None:
        """Show who answers now."""
        if self._shown == duty:
            return
        self._shown = duty
        here = wording.local(duty.at)
        day = wording.full_days()[here.weekday()]
        self._when.setText(say("maintenant, {day} {at}").format(day=day, at=wording.clock(duty.at)))
        words = counted(duty.holes, one=say("{count} trou"), many=say("{count} trous"))
        self._holes.say(words, icon="triangle-alert", kind="danger")
        self._holes.setVisible(duty.holes > 0)
        for old in self._rows:
            self._lines.removeWidget(old)
            old.deleteLater()
        self._rows = [_Line(one, duty.at) for one in duty.rows]
        for at, one in enumerate(self._rows):
            self._lines.insertWidget(at, one)


class _Line(QFrame):
    def __init__(self, one: OnDuty, now: datetime) -> None:
        super().__init__()
        self._is_hole = one.is_hole
        self.setFixedHeight(ROW_HEIGHT)
        line = row(spacing=12, margins=(16, 0, 16, 0))
        tone = "danger" if one.is_hole else "secondary"
        specialty = Elided(one.specialty, tone=tone, weight=500 if one.is_hole else 400)
        specialty.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        specialty.setFixedWidth(_SPECIALTY)
        line.addWidget(specialty)
        for cell in _hole(one, now) if one.is_hole else _answering(one, now):
            line.addWidget(cell, 1 if isinstance(cell, Elided) else 0)
        self.setLayout(line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A red ground for a hole, and the line under each."""
        painter = QPainter(self)
        if self._is_hole:
            painter.fillRect(self.rect(), theme.colour("danger.soft"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("border.subtle"))


def _hole(one: OnDuty, now: datetime) -> list[QWidget]:
    until = say("Personne jusqu’à {at}").format(at=_until(one.until, now)) if one.until else say("Personne")
    instead = Text("", tone="danger", weight=500)
    instead.setText(f"{DIRECTOR}, {one.instead}" if one.instead else DIRECTOR)
    return [Icon("triangle-alert", 15, "danger.text"), Elided(until, tone="danger", weight=600), instead]


def _answering(one: OnDuty, now: datetime) -> list[QWidget]:
    number = Text(one.number, weight=500)
    number.setFixedWidth(_NUMBER)
    words = say("jusqu’à {at}").format(at=_until(one.until, now)) if one.until else ""
    until = Text(words, Role.SMALL, "tertiary")
    until.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    until.setFixedWidth(_UNTIL)
    return [Elided(one.who, weight=600), number, until]


def _until(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    is_today = wording.local(at).date() == wording.local(now).date()
    return wording.clock(at) if is_today else f"{wording.weekday_of(at)} {wording.clock(at)}"
