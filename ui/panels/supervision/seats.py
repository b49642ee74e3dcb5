"""« Agents »: how many are in each state, and never who (rules R26)."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.queries.board import Seats
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.text import Note, Text

WIDTH = 308


class _StateRow(QWidget):
    def __init__(self, words: str, icon: str, ink: str) -> None:
        super().__init__()
        self.setFixedHeight(35)
        self._count = Text("", Role.SMALL, weight=600)
        line = row(spacing=10, margins=(14, 0, 14, 0))
        line.addWidget(Icon(icon, 15, ink))
        line.addWidget(Text(words, Role.SMALL, weight=500), 1)
        line.addWidget(self._count)
        self.setLayout(line)

    def say(self, count: int) -> None:
        """How many."""
        self._count.setText(str(count))


class SeatCounts(Card):
    """308 pixels wide; names wait for the dates that the settings ask for."""

    def __init__(self) -> None:
        super().__init__(say("Agents"))
        self.setFixedWidth(WIDTH)
        self._total = Text("", Role.SMALL, "tertiary")
        self.header.addWidget(self._total)
        self.header.addStretch(1)
        self.header.addWidget(Text(say("par état"), Role.CAPTION, "tertiary", weight=400))
        self._rows = {
            "free": _StateRow(say("Libres"), "circle-check", "success.text"),
            "ringing": _StateRow(say("Ça sonne"), "phone-incoming", "accent.text"),
            "in_call": _StateRow(say("En appel"), "phone-call", "accent.text"),
            "held": _StateRow(say("En attente"), "pause", "accent.text"),
            "wrap_up": _StateRow(say("Post-appel"), "notebook-pen", "warning.text"),
            "at_desk": _StateRow(say("Guichet"), "concierge-bell", "text.tertiary"),
            "unavailable": _StateRow(say("Indisponible"), "circle", "text.tertiary"),
        }
        for line in self._rows.values():
            self.body.addWidget(line)
            self.body.addWidget(rule())
        self.body.addStretch(1)
        self.body.addWidget(rule())
        self.body.addLayout(_note())

    def present(self, seats: Seats) -> None:
        """Show the counts."""
        self._total.setText(
            counted(seats.total, one=say("{count}\u00a0poste"), many=say("{count}\u00a0postes"))
        )
        for name, line in self._rows.items():
            line.say(getattr(seats, name))


def _note() -> QHBoxLayout:
    words = say(
        "Nombres par état, sans nom ni durée. Les noms attendent, dans les réglages, les dates de l’avis du "
        "CSE, de l’information des agents et de l’analyse d’impact."
    )
    line = row(spacing=8, margins=(14, 8, 14, 10))
    mark = column()
    mark.addWidget(Icon("info", 14, "text.tertiary"))
    mark.addStretch(1)
    line.addLayout(mark)
    room = WIDTH - 2 - 14 - 8 - 2 * 14
    line.addWidget(Note(words, Role.CAPTION, "tertiary", width=room), 1)
    return line
