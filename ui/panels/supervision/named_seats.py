"""Who sits where and in which state: by team, then by name, without a duration or a rank (rules R26)."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.board import Seats
from app.queries.named_seats import NamedSeat, NamedTeams
from ui.panels.supervision.seat_marks import SeatNote, seat_marks
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.card import column, row, rule, surface
from ui.widgets.flow_row import FlowRow
from ui.widgets.icon import Icon
from ui.widgets.text import Elided, Text

_GROUP, _LINE = 24, 34
_MARGIN = 14


class _Count(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._count = Text("", Role.SMALL, weight=600)
        self._words = Text("", Role.SMALL, "secondary", weight=400)
        line = row(spacing=3)
        line.addWidget(self._count)
        line.addWidget(self._words)
        self.setLayout(line)

    def say(self, count: int, words: str) -> None:
        """How many, and of what."""
        self._count.setText(str(count))
        self._words.setText(words)


class _Counts(FlowRow):
    """« 2 libres 6 en appel 1 post-appel 2 autres », on two lines where one is too short."""

    def __init__(self) -> None:
        super().__init__(spacing=10, line_spacing=4, least=Role.SMALL.line)
        self._free, self._taken, self._wrap_up, self._others = (_Count() for _ in range(4))
        for part in (self._free, self._taken, self._wrap_up, self._others):
            self.add(part)

    def present(self, seats: Seats) -> None:
        """Show them."""
        others = seats.at_desk + seats.unavailable + seats.unknown
        self._free.say(seats.free, counted(seats.free, one=say("libre"), many=say("libres")))
        self._taken.say(seats.taken, say("en appel"))
        self._wrap_up.say(seats.wrap_up, say("post-appel"))
        self._others.say(others, counted(others, one=say("autre"), many=say("autres")))
        self.refresh()


class _SeatRow(QWidget):
    def __init__(self, seat: NamedSeat) -> None:
        super().__init__()
        self.setFixedHeight(_LINE)
        name = seat.name or say("Poste {number}").format(number=seat.extension)
        self._icon = Icon("circle", 15, "text.tertiary")
        self._state = Text("", Role.SMALL, weight=500)
        line = row(spacing=10, margins=(_MARGIN, 0, _MARGIN, 0))
        line.addWidget(self._icon)
        line.addWidget(Elided(name, Role.SMALL, weight=500), 1)
        line.addWidget(self._state)
        self.setLayout(line)

    def show_place(self, place: str) -> None:
        """What is done there now; never since when."""
        mark = seat_marks()[place]
        self._icon.show_icon(mark.icon, mark.ink)
        self._state.setText(mark.words)
        self._state.set_tone(mark.tone)


class NamedSeats(QWidget):
    """Its lines are made again when people or teams change, not when their states do."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = _Counts()
        self._shown: tuple[object, ...] = ()
        self._rows: list[_SeatRow] = []
        self._list = QWidget()
        self._lines = column()
        head = column(margins=(_MARGIN, 9, _MARGIN, 8))
        head.addWidget(self._counts)
        self._lines.addLayout(head)
        self._lines.addWidget(rule())
        self._lines.addWidget(self._list, 1)
        self.setLayout(self._lines)

    def present(self, named: NamedTeams, seats: Seats) -> None:
        """Show the teams, and the counts over them."""
        self._counts.present(seats)
        seated = [seat for team in named.teams for seat in team.seats]
        shown = (named.consulted_on, *((seat.team, seat.name, seat.extension) for seat in seated))
        if shown != self._shown:
            self._shown = shown
            self._make(named)
        for line, seat in zip(self._rows, seated, strict=True):
            line.show_place(seat.place)

    def clear(self) -> None:
        """Name nobody any more."""
        if self._shown:
            self._shown, self._rows = (), []
            self._replace(QWidget())

    def _make(self, named: NamedTeams) -> None:
        made, lines, self._rows = QWidget(), column(), []
        for team in named.teams:
            lines.addWidget(_team_head(team.name or say("Sans équipe")))
            lines.addWidget(rule())
            self._seat(team.seats, lines)
        lines.addStretch(1)
        lines.addWidget(rule())
        lines.addWidget(SeatNote(_terms(named.consulted_on)))
        made.setLayout(lines)
        self._replace(made)

    def _seat(self, seats: tuple[NamedSeat, ...], lines: QVBoxLayout) -> None:
        for seat in seats:
            line = _SeatRow(seat)
            self._rows.append(line)
            lines.addWidget(line)
            lines.addWidget(rule())

    def _replace(self, made: QWidget) -> None:
        self._lines.replaceWidget(self._list, made)
        self._list.hide()
        self._list.deleteLater()
        self._list = made


def _team_head(name: str) -> QWidget:
    head = surface("sunken")
    head.setFixedHeight(_GROUP)
    line = row(margins=(_MARGIN, 0, _MARGIN, 0))
    line.addWidget(Elided(name, Role.CAPTION, "tertiary", weight=500), 1)
    head.setLayout(line)
    return head


def _terms(consulted_on: date) -> str:
    return say(
        "Ordre alphabétique, sans durée. Noms visibles\u00a0: avis du CSE du {day}, information des agents "
        "et analyse d’impact datées."
    ).format(day=consulted_on.strftime("%d/%m/%Y"))
