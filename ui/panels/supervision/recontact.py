"""Who came back: by motive and by channel of origin, in the last closed week."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip, QWidget

from app.domain.indicators import DEFINITIONS, Share
from app.domain.words import Direction
from app.queries.trends import ChannelRecontact, MotiveRecontact, Trends
from ui.panels.supervision.periods import period
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Link
from ui.widgets.card import Card, row, rule
from ui.widgets.icon import Icon
from ui.widgets.text import Elided, Text, Tone
from ui.wording import (
    NBSP,
    channel_icon,
    channel_word,
    definition,
    motive_label,
    motive_of,
    percent,
    thousands,
)

ROWS = 4
_HIGH = 0.30


class _Line(QWidget):
    """One row of a table: a label that may shrink, then cells of fixed widths, one of them `strong`."""

    def __init__(self, widths: tuple[int, ...], *, icon: bool = False, strong: int = -1) -> None:
        super().__init__()
        self.setFixedHeight(31)
        line = row(spacing=0, margins=(14, 0, 14, 0))
        self.icon = Icon("phone", 16, "text.secondary")
        self.icon.setVisible(icon)
        line.addWidget(self.icon)
        line.addSpacing(8 if icon else 0)
        self.label = Elided("", Role.SMALL, weight=500)
        line.addWidget(self.label, 1)
        self.cells = [
            Text("", Role.SMALL, "secondary", weight=600 if cell == strong else None)
            for cell in range(len(widths))
        ]
        for cell, width in zip(self.cells, widths, strict=True):
            cell.setFixedWidth(width)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(cell)
        self.setLayout(line)

    def say(self, label: str, *cells: str, fewer: str = "") -> None:
        """Fill the row; its label says fewer words where it has no room."""
        self.label.say_or(label, fewer=fewer)
        for cell, words in zip(self.cells, cells, strict=True):
            cell.setText(words)

    def as_head(self) -> "_Line":
        """In the smaller type of a head."""
        self.setFixedHeight(32)
        for part in (self.label, *self.cells):
            part.set_tone("tertiary")
        return self


class _Table(Card):
    def __init__(
        self, title: str, head: tuple[str, ...], widths: tuple[int, ...], *, icon: bool, strong: int
    ) -> None:
        super().__init__(title)
        top = _Line(widths).as_head()
        top.say(*head)
        self.body.addWidget(top)
        self.lines = [_Line(widths, icon=icon, strong=strong) for _ in range(ROWS)]
        for line in self.lines:
            self.body.addWidget(rule())
            self.body.addWidget(line)
        self.body.addStretch(1)


class ByMotive(_Table):
    """Contacts, then 24 h, 72 h, 7 days with the change since the week before."""

    def __init__(self) -> None:
        head = (say("Motif d’origine"), say("Contacts"), say("24 h"), say("72 h"), "", say("7 jours"))
        super().__init__(say("Recontact par motif"), head, (56, 40, 44, 52, 44), icon=False, strong=4)
        self._period = Text("", Role.CAPTION, "tertiary", weight=400)
        self.header.addStretch(1)
        self.header.addWidget(self._period)

    def present(self, trends: Trends) -> None:
        """Show the cohort, the motive that brings most people back first."""
        self._period.setText(say("cohorte close, {period}").format(period=period(trends)))
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(trends.by_motive))
            if number < len(trends.by_motive):
                _show_motive(line, trends.by_motive[number])


class ByChannel(_Table):
    """Contacts, 7 days, and how many demands tried several channels."""

    def __init__(self) -> None:
        head = (say("Canal d’origine"), say("Contacts"), say("Recontact 7 j"), say("Multicontact"))
        super().__init__(say("Recontact par canal"), head, (72, 110, 106), icon=True, strong=1)
        self.header.addStretch(1)
        link = Link(say("Définitions →"))
        link.clicked.connect(lambda: QToolTip.showText(QCursor.pos(), _definitions(), link))
        self.header.addWidget(link)

    def present(self, trends: Trends) -> None:
        """Show the channels by which most contacts came."""
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(trends.by_channel))
            if number < len(trends.by_channel):
                _show_channel(line, trends.by_channel[number])


def _definitions() -> str:
    return "\n".join(definition(indicator) for indicator in DEFINITIONS)


def _show_motive(line: _Line, one: MotiveRecontact) -> None:
    shares = (percent(one.day.value), percent(one.three_days.value))
    line.say(
        # The table has no room for the word that the house itself shortens.
        motive_label(one.motive).replace("rendez-vous", "RDV") or one.motive,
        _count(one.week),
        *shares,
        _change(one.change),
        percent(one.week.value),
        fewer=_in_short(one.motive),
    )
    for cell, tone in zip(line.cells[1:4], ("primary", "primary", "tertiary"), strict=True):
        cell.set_tone(tone)
    line.cells[4].set_tone(_tone(one.week))


def _in_short(code: str) -> str:
    """« 81 Facture », as the mock-up's table says what it has no room for."""
    motive = motive_of(code)
    return f"{code} {motive.short_label}" if motive is not None else ""


def _show_channel(line: _Line, one: ChannelRecontact) -> None:
    line.icon.show_icon(channel_icon(one.channel, Direction.INBOUND), "text.secondary")
    share = percent(one.week.value)
    line.say(channel_word(one.channel), _count(one.week), share, percent(one.multicontact.value))
    line.cells[1].set_tone("tertiary" if one.week.is_small else "primary")


def _tone(share: Share) -> Tone:
    if share.is_small:
        return "tertiary"
    return "warning" if (share.value or 0) >= _HIGH else "primary"


def _count(share: Share) -> str:
    return thousands(share.base)


def _change(change: float | None) -> str:
    """« +4 pts », « −1 pt », « stable »."""
    if change is None:
        return ""
    points = round(100 * change)
    if not points:
        return say("stable")
    unit = say("pt") if abs(points) == 1 else say("pts")
    return f"{'+' if points > 0 else '−'}{abs(points)}{NBSP}{unit}"
