"""What stands over the wall's queues, and under: the house and the hour, then the seats by state."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QRectF

from app.queries.board import Board, Seats
from ui.translate import counted, say
from ui.widgets.magnified import Ground, Magnified, Mark, Piece, Type, Words, fitted, width_of
from ui.wording import clock, long_day

HEAD_HEIGHT, SEATS_HEIGHT = 56.0, 106.0
_TITLE, _HOUSE, _CLOCK = Type(28, 600, -0.02), Type(16), Type(40, 600, -0.02)
_COUNT, _STATE = Type(40, 600, -0.02), Type(18)
_GAP = 16.0


class WallHead(Magnified):
    """Where, when, and how fresh."""

    def __init__(self, *, house: str) -> None:
        super().__init__()
        self._house = house
        self._hour, self._about, self._fresh = "", "", ""
        self._is_live = True

    def present(self, now: datetime, *, period: str, fresh: str, is_live: bool) -> None:
        """Show the hour, `period` when the figures are not the whole day's, and how `fresh` they are."""
        self._hour, self._about = clock(now), ", ".join(filter(None, (self._house, long_day(now), period)))
        self._fresh, self._is_live = fresh, is_live
        self.tell()

    def pieces(self) -> Iterator[Piece]:
        """The mark and the house at the left, the hour at the right."""
        hour = Words(self._hour, self.drawn.width() - width_of(self._hour, _CLOCK), 42, _CLOCK)
        fresh = Words(
            self._fresh, hour.left - 2 * _GAP - width_of(self._fresh, _HOUSE), 34, _HOUSE, "text.secondary"
        )
        dot = "success.base" if self._is_live else "warning.base"
        room = fresh.left - 56 - 3 * _GAP
        yield Ground(QRectF(0, 8, 40, 40), "accent.base", 10)
        yield Mark("concierge-bell", 8, 16, 24, "text.onaccent")
        yield Words(fitted(say("Accueil téléphonique"), _TITLE, room), 56, 27, _TITLE)
        yield Words(fitted(self._about, _HOUSE, room), 56, 51, _HOUSE, "text.secondary")
        yield Ground(QRectF(fresh.left - 18, 23, 10, 10), dot, 5)
        yield fresh
        yield hour


class WallSeats(Magnified):
    """How many seats are in each state; no name reaches it (rules R26)."""

    def __init__(self) -> None:
        super().__init__()
        self._seats = Seats()

    def present(self, board: Board) -> None:
        """Show the counts."""
        self._seats = board.seats
        self.tell()

    def pieces(self) -> Iterator[Piece]:
        """One cell a state, parted by lines."""
        width, height = self.drawn.width(), self.drawn.height()
        yield Ground(QRectF(0, 0, width, height), "bg.surface", 8, "border.subtle")
        cells = _cells(self._seats)
        step = (width - 2) / len(cells)
        for number, (count, words, icon, ink) in enumerate(cells):
            left = 1 + number * step
            figure = Words(str(count), left + 72, height / 2 + 14.5, _COUNT)
            yield Mark(icon, left + 28, height / 2 - 14, 28, ink)
            yield figure
            yield Words(words, figure.right + _GAP, height / 2 + 6.5, _STATE, "text.secondary")
            if number + 1 < len(cells):
                yield Ground(QRectF(left + step - 1, height / 2 - 24, 1, 48), "border.subtle")


def _cells(seats: Seats) -> tuple[tuple[int, str, str, str], ...]:
    """A count, its words, its icon and its ink; those of whom nothing is known only where there are."""
    unknown = (seats.unknown, say("sans état connu"), "circle-question-mark", "text.tertiary")
    known = (
        (
            seats.free,
            counted(seats.free, one=say("disponible"), many=say("disponibles")),
            "circle-check",
            "success.text",
        ),
        (seats.taken, say("en appel"), "phone-call", "accent.text"),
        (seats.wrap_up, say("en post-appel"), "notebook-pen", "warning.text"),
        (seats.at_desk, say("au guichet"), "concierge-bell", "text.tertiary"),
        (
            seats.unavailable,
            counted(seats.unavailable, one=say("indisponible"), many=say("indisponibles")),
            "circle",
            "text.tertiary",
        ),
    )
    return (*known, unknown) if seats.unknown else known
