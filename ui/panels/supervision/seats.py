"""« Agents »: how many are in each state, and who only where the house may name them (rules R26)."""

from PySide6.QtWidgets import QWidget

from app.queries.board import Board, Seats
from ui.panels.supervision.named_seats import NamedSeats
from ui.panels.supervision.seat_marks import SEATS_WIDTH, SeatNote, seat_marks
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.text import Text


class _StateRow(QWidget):
    def __init__(self, words: str, icon: str, ink: str) -> None:
        super().__init__()
        self._count = Text("", Role.SMALL, weight=600)
        state = QWidget()
        state.setFixedHeight(35)
        line = row(spacing=10, margins=(14, 0, 14, 0))
        line.addWidget(Icon(icon, 15, ink))
        line.addWidget(Text(words, Role.SMALL, weight=500), 1)
        line.addWidget(self._count)
        state.setLayout(line)
        lines = column()
        lines.addWidget(state)
        lines.addWidget(rule())
        self.setLayout(lines)

    def say(self, count: int) -> None:
        """How many."""
        self._count.setText(str(count))


class _Counts(QWidget):
    """One line a state, and why nobody is named."""

    def __init__(self) -> None:
        super().__init__()
        marks = seat_marks()
        marks["free"] = marks["free"]._replace(words=say("Libres"))
        self._rows = {
            name: _StateRow(marks[name].words, marks[name].icon, marks[name].ink)
            for name in Seats.__struct_fields__
        }
        lines = column()
        for line in self._rows.values():
            lines.addWidget(line)
        lines.addStretch(1)
        lines.addWidget(rule())
        lines.addWidget(SeatNote(_waits()))
        self.setLayout(lines)

    def present(self, seats: Seats) -> None:
        """Show the counts."""
        for name, line in self._rows.items():
            line.say(getattr(seats, name))
        self._rows["unknown"].setVisible(seats.unknown > 0)


class SeatsCard(Card):
    """308 pixels wide; names wait for the dates that the settings ask for."""

    def __init__(self) -> None:
        super().__init__(say("Agents"))
        self.setFixedWidth(SEATS_WIDTH)
        self._total = Text("", Role.SMALL, "tertiary", weight=400)
        self._sorted = Text("", Role.CAPTION, "tertiary", weight=400)
        self.header.addWidget(self._total)
        self.header.addStretch(1)
        self.header.addWidget(self._sorted)
        self._counts, self._named = _Counts(), NamedSeats()
        self._named.hide()
        self.body.addWidget(self._counts, 1)
        self.body.addWidget(self._named, 1)

    def present(self, board: Board) -> None:
        """Show who does what where the board names them, else how many do."""
        if board.named is None:
            self._named.clear()
            self._counts.present(board.seats)
        else:
            self._named.present(board.named, board.seats)
        self._counts.setVisible(board.named is None)
        self._named.setVisible(board.named is not None)
        self._total.setText(_total(board.seats.total, is_named=board.named is not None))
        self._sorted.setText(say("par état") if board.named is None else say("par équipe"))


def _total(count: int, *, is_named: bool) -> str:
    if is_named:
        return counted(count, one=say("{count}\u00a0connecté"), many=say("{count}\u00a0connectés"))
    return counted(count, one=say("{count}\u00a0poste"), many=say("{count}\u00a0postes"))


def _waits() -> str:
    return say(
        "Nombres par état, sans nom ni durée. Les noms attendent, dans les réglages, les dates de l’avis du "
        "CSE, de l’information des agents et de l’analyse d’impact."
    )
