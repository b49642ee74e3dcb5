"""One queue on the wall: a supervisor's tile, to be read at six metres."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF

from app.domain.indicators import QueueState
from app.queries.board import QueueTile
from ui.panels.supervision.marks import QueueMark, abandon_tone, free_words, level_tone, mark_of, wait_tone
from ui.translate import say
from ui.widgets.magnified import Ground, Magnified, Mark, Piece, Type, Words, fitted, width_of
from ui.wording import percent, short_wait

WIDTH, HEIGHT = 448.0, 313.0
"""At which it is drawn; a larger tile is the same one magnified."""
_NAME, _STATE = Type(22, 600, -0.012), Type(16, 600)
_COUNT, _UNIT = Type(72, 600, -0.03), Type(20)
_HUNDREDS = Type(48, 600, -0.03)
_LONGEST, _VALUE = Type(18), Type(22, 600)
_CAPTION = Type(15, 500)
_SIDE, _TAG_HEIGHT, _TAG_GAP = 25.0, 32.0, 12.0


class WallTile(Magnified):
    """A name, a state, who waits and how long, and three figures of the period."""

    def __init__(self) -> None:
        super().__init__()
        self._tile: QueueTile | None = None
        self._longest = timedelta()

    def present(self, tile: QueueTile, now: datetime) -> None:
        """Show one queue as it is now."""
        self._tile = tile
        self._longest = timedelta() if tile.longest_since is None else now - tile.longest_since
        self.tell()

    def pieces(self) -> Iterator[Piece]:
        """The ground, then from top to bottom."""
        tile = self._tile
        if tile is None:
            return
        width, height = self.drawn.width(), self.drawn.height()
        is_critical = tile.state is QueueState.CRITICAL
        edge, thickness = ("danger.base", 2) if is_critical else ("border.subtle", 1)
        yield Ground(QRectF(0, 0, width, height), "bg.surface", 8, edge, thickness)
        yield from _head(tile, mark_of(tile.state), width)
        yield from _waiting(tile, self._longest, width, base=height / 2 + 10.5)
        yield Ground(QRectF(_SIDE, height - 86, width - 2 * _SIDE, 1), "border.subtle")
        yield from _figures(tile, width, height)


def _head(tile: QueueTile, mark: QueueMark, width: float) -> Iterator[Piece]:
    wide = width_of(mark.words, _STATE) + 46
    left, top = width - _SIDE - wide, 21.0
    yield Words(fitted(tile.name, _NAME, left - _TAG_GAP - _SIDE), _SIDE, top + 24, _NAME)
    yield Ground(QRectF(left, top, wide, _TAG_HEIGHT), f"{mark.kind}.soft", 6)
    yield Mark(mark.icon, left + 10, top + 7, 18, f"{mark.kind}.text")
    yield Words(mark.words, left + 34, top + 22, _STATE, f"{mark.kind}.text")


def _waiting(tile: QueueTile, longest: timedelta, width: float, *, base: float) -> Iterator[Piece]:
    is_critical = tile.state is QueueState.CRITICAL and tile.waiting > 0
    look = _COUNT if tile.waiting < 100 else _HUNDREDS
    count = Words(str(tile.waiting), _SIDE, base, look, "danger.text" if is_critical else "text.primary")
    yield count
    yield Words(say("en attente"), count.right + 12, base, _UNIT, "text.secondary")
    words = short_wait(longest)
    value = Words(words, width - _SIDE - width_of(words, _VALUE), base, _VALUE, _ink(wait_tone(longest)))
    caption = say("plus longue")
    yield Words(caption, value.left - 5 - width_of(caption, _LONGEST), base, _LONGEST, "text.secondary")
    yield value


def _figures(tile: QueueTile, width: float, height: float) -> Iterator[Piece]:
    level, abandons = tile.service_level, tile.abandon_rate
    figures = (
        (say("QS 20 s"), percent(level.value), level_tone(level)),
        (say("Abandons"), percent(abandons.value, digits=1), abandon_tone(abandons)),
        (say("Agents libres"), free_words(tile), "primary"),
    )
    step = (width - 2 * _SIDE) / len(figures)
    for number, (caption, value, tone) in enumerate(figures):
        left = _SIDE + number * step
        yield Words(caption, left, height - 56, _CAPTION, "text.tertiary")
        yield Words(value, left, height - 28, _VALUE, _ink(tone))


def _ink(tone: str) -> str:
    return "text.primary" if tone == "primary" else f"{tone}.text"
