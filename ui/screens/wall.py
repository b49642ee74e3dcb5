"""The wall: queues and seats, full screen, for whoever passes; nobody's name is on it (design 4.5, R26)."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.periods import Period
from app.queries.board import Board, QueueTile
from ui.panels.supervision.choices import period_word
from ui.panels.supervision.live_words import live_words
from ui.panels.supervision.wall_rows import HEAD_HEIGHT, SEATS_HEIGHT, WallHead, WallSeats
from ui.panels.supervision.wall_tile import HEIGHT, WIDTH, WallTile
from ui.translate import say
from ui.viewmodels.supervision import LiveBoard
from ui.widgets.magnified import Magnified

DRAWN = (1440, 900)
COLUMNS, ROWS = 3, 2
PAGE_S = 10
"""How long a page of queues is shown when there are more than one page."""
_SIDE, _TOP, _GAP, _BETWEEN = 32.0, 28.0, 16.0, 20.0


class _Grid(NamedTuple):
    columns: int
    rows: int


class Wall(QWidget):
    """A window of its own, laid out at 1440 by 900 and magnified to its screen; Esc leaves it."""

    left = Signal()

    def __init__(self, live: LiveBoard, *, house: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._live, self._now = live, now
        self.setWindowTitle(say("Affichage mural"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.head, self.seats = WallHead(house=house), WallSeats()
        self.tiles = [WallTile() for _ in range(COLUMNS * ROWS)]
        for part in (self.head, self.seats, *self.tiles):
            part.setParent(self)
        self._grid = _Grid(COLUMNS, ROWS)
        live.state_changed.connect(self._show)
        live.ticked.connect(self._show)

    def fill(self, screen: QScreen) -> None:
        """Take the whole of a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the calls."""
        super().showEvent(event)
        self._live.follow(self)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._live.leave(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it goes."""
        super().closeEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F11 leave."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Magnify to the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def _show(self) -> None:
        board = self._live.state.board
        if board is None or not self.isVisible():
            return
        now = self._now()
        words, is_live = live_words(board.read_at, now, dated_at=self._live.dated_at), not self._live.dated_at
        shown, pages = _page(board, now)
        period = (
            "" if self._live.chosen.period is Period.TODAY else period_word(self._live.chosen.period).lower()
        )
        self.head.present(now, period=period, fresh=words.short + pages, is_live=is_live)
        self.seats.present(board)
        grid = _grid_of(len(board.tiles))
        if grid != self._grid:
            self._grid = grid
            self._lay_out()
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(shown))
            if number < len(shown):
                tile.present(shown[number], now)

    def _lay_out(self) -> None:
        scale = min(self.width() / DRAWN[0], self.height() / DRAWN[1])
        width, height = self.width() / scale, self.height() / scale
        across = width - 2 * _SIDE
        _put(self.head, QRectF(_SIDE, _TOP, across, HEAD_HEIGHT), scale)
        _put(self.seats, QRectF(_SIDE, height - _TOP - SEATS_HEIGHT, across, SEATS_HEIGHT), scale)
        top = _TOP + HEAD_HEIGHT + _BETWEEN
        tall = height - _TOP - SEATS_HEIGHT - _BETWEEN - top
        columns, rows = self._grid
        wide, high = (across - (columns - 1) * _GAP) / columns, (tall - (rows - 1) * _GAP) / rows
        for number, tile in enumerate(self.tiles):
            line, place = divmod(number, columns)
            at = QRectF(_SIDE + place * (wide + _GAP), top + line * (high + _GAP), wide, high)
            _put(tile, at, scale, within=min(wide / WIDTH, high / HEIGHT))


def _put(part: Magnified, at: QRectF, scale: float, *, within: float = 1) -> None:
    """Place a part, and magnify it with the screen, and with the room that it is given."""
    place = QRectF(at.x() * scale, at.y() * scale, at.width() * scale, at.height() * scale)
    part.setGeometry(place.toRect())
    part.magnify(scale * within)


def _grid_of(count: int) -> _Grid:
    """Fewer queues are larger."""
    if count <= COLUMNS:
        return _Grid(max(count, 1), 1)
    return _Grid(2 if count == 2 * ROWS else COLUMNS, ROWS)


def _page(board: Board, now: datetime) -> tuple[tuple[QueueTile, ...], str]:
    """The queues shown now, and which they are among how many when they take turns."""
    most, count = COLUMNS * ROWS, len(board.tiles)
    if count <= most:
        return board.tiles, ""
    pages = -(-count // most)
    first = int(now.timestamp()) // PAGE_S % pages * most
    last = min(count, first + most)
    words = say(", files {first} à {last} sur {count}").format(first=first + 1, last=last, count=count)
    return board.tiles[first:last], words
