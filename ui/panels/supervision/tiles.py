"""One tile a queue: who waits, how long, and whether the targets are kept."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.domain.indicators import QueueState
from app.queries.board import QueueTile
from ui.panels.supervision.marks import abandon_tone, free_words, level_tone, mark_of, wait_tone
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.card import Card, column, row, rule
from ui.widgets.plain_tip import plain_tip
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text, Tone
from ui.wording import lead, percent, short_wait

COLUMNS = 3
HEIGHT = 132
GAP = 12


class _Figure(QWidget):
    def __init__(self, caption: str) -> None:
        super().__init__()
        self.value = Text("", weight=600)
        lines = column()
        lines.addWidget(Text(caption, Role.CAPTION, "tertiary"))
        lines.addWidget(self.value)
        self.setLayout(lines)

    def say(self, words: str, tone: Tone = "primary") -> None:
        """Only what changed is drawn again."""
        if self.value.text() != words:
            self.value.setText(words)
        self.value.set_tone(tone)


class Tile(Card):
    """132 pixels high."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._name = Elided("", weight=600)
        self._tag = Tag()
        self._waiting = Text("", Role.DISPLAY)
        self._longest = Text("", Role.SMALL, weight=600)
        self._level = _Figure(say("QS 20 s"))
        self._abandons = _Figure(say("Abandons"))
        self._free = _Figure(say("Agents libres"))
        self.body.setContentsMargins(15, 11, 15, 10)
        self._lay()

    def _lay(self) -> None:
        head = row(spacing=8)
        head.addWidget(self._name, 1)
        head.addWidget(self._tag)
        self.body.addLayout(head)
        self.body.addSpacing(5)
        low = Qt.AlignmentFlag.AlignBottom
        count = row(spacing=8)
        count.addWidget(self._waiting, 0, low)
        count.addWidget(Text(say("en attente"), Role.BODY, "secondary"), 0, low)
        count.addStretch(1)
        longest = row(spacing=4)
        longest.addWidget(Text(say("plus longue"), Role.SMALL, "secondary"), 0, low)
        longest.addWidget(self._longest, 0, low)
        count.addLayout(longest)
        self.body.addLayout(count)
        self.body.addSpacing(7)
        self.body.addWidget(rule())
        self.body.addSpacing(8)
        figures = row(spacing=0)
        for figure in (self._level, self._abandons, self._free):
            figures.addWidget(figure, 1)
        self.body.addLayout(figures)

    def present(self, tile: QueueTile, now: datetime, *, period: str) -> None:
        """Show one queue as it is now; the tooltip tells the base of its rates, and of what `period`."""
        mark = mark_of(tile.state)
        is_critical = tile.state is QueueState.CRITICAL
        longest = timedelta() if tile.longest_since is None else now - tile.longest_since
        self._name.setText(tile.name)
        if self._tag.text != mark.words:
            self._tag.say(mark.words, icon=mark.icon, kind=mark.kind)
        self._waiting.setText(str(tile.waiting))
        self._waiting.set_tone("danger" if is_critical and tile.waiting else "primary")
        self._longest.setText(short_wait(longest))
        self._longest.set_tone(wait_tone(longest))
        self._level.say(percent(tile.service_level.value), level_tone(tile.service_level))
        self._abandons.say(percent(tile.abandon_rate.value, digits=1), abandon_tone(tile.abandon_rate))
        self._free.say(free_words(tile))
        received = counted(
            tile.received, one=say("{count}\u00a0appel reçu"), many=say("{count}\u00a0appels reçus")
        )
        self.setToolTip(plain_tip(f"{lead(f'{tile.name}, {period}')} {received}"))
        self._edge(is_critical=is_critical)

    def _edge(self, *, is_critical: bool) -> None:
        edge = "danger" if is_critical else ""
        if self.property("edge") != edge:
            self.setProperty("edge", edge)
            self.style().unpolish(self)
            self.style().polish(self)


class Tiles(QScrollArea):
    """Two rows of three are seen; the others are scrolled to."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[Tile] = []
        self.setWidgetResizable(True)
        self.setFixedHeight(2 * HEIGHT + GAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("plain", "true")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        self.setWidget(inside)

    def present(self, tiles: tuple[QueueTile, ...], now: datetime, *, period: str) -> None:
        """Show the queues in the order given, their rates of that `period`."""
        while len(self.tiles) < len(tiles):
            made = Tile()
            self._grid.addWidget(made, *divmod(len(self.tiles), COLUMNS))
            self.tiles.append(made)
        for number, made in enumerate(self.tiles):
            made.setVisible(number < len(tiles))
            if number < len(tiles):
                made.present(tiles[number], now, period=period)
