"""The strip of the day: five figures, each with its definition in the tooltip."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from app.domain.indicators import SMALL_BASE, Indicator, Share
from app.queries.board import DayFigures
from app.queries.trends import Trends
from ui.panels.supervision.periods import period
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.team_week import TeamWeek
from ui.widgets.card import Card, column, row, rule
from ui.widgets.text import Elided, Text
from ui.wording import definition, percent, short_wait


class _Cell(QWidget):
    def __init__(self, caption: str, definition: str) -> None:
        super().__init__()
        self._value = Text("", Role.FIGURE)
        self._detail = Elided("", Role.CAPTION, "tertiary", weight=400)
        self.setToolTip(definition)
        line = row(spacing=6)
        line.addWidget(self._value)
        line.addWidget(self._detail, 1)
        lines = column(margins=(14, 0, 14, 0))
        lines.addWidget(Elided(caption, Role.CAPTION, "tertiary"))
        lines.addLayout(line)
        self.setLayout(lines)

    def say(self, value: str, detail: str, *, is_small: bool = False) -> None:
        """A figure on a small base is grey, and says so."""
        self._value.setText(value)
        self._value.set_tone("tertiary" if is_small else "primary")
        self._detail.setText(say("petit effectif") if is_small else detail)


class DayStrip(Card):
    """58 pixels high."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(58)
        recontact = say("Recontact : contacts entrants suivis d’un autre sur la même demande en 7 jours.")
        self._wait = _Cell(say("Attente ressentie"), definition(Indicator.FELT_WAIT))
        self._lost = _Cell(say("Appelants perdus"), definition(Indicator.LOST_CALLERS))
        self._talk = _Cell(say("DMC"), f"{definition(Indicator.MEAN_TALK)}\n{_whose()}")
        self._known = _Cell(say("Identification"), definition(Indicator.IDENTIFICATION))
        self._again = _Cell(say("Recontact 7 j"), recontact)
        line = row(spacing=0, margins=(0, 8, 0, 8))
        for number, cell in enumerate((self._wait, self._lost, self._talk, self._known, self._again)):
            if number:
                line.addWidget(rule("v"))
            line.addWidget(cell, 1)
        self.body.addLayout(line)

    def present(self, day: DayFigures, trends: Trends | None) -> None:
        """Show the day's figures, and who came back in the last closed week."""
        self._wait.say("–" if day.felt_wait is None else short_wait(day.felt_wait), say("menu compris"))
        self._lost.say(
            percent(day.lost.share.value, digits=1),
            say("{part} sur {base}").format(part=day.lost.share.part, base=day.lost.share.base),
            is_small=_is_small(day.lost.share),
        )
        self._known.say(
            percent(day.identification.value), say("des contacts"), is_small=_is_small(day.identification)
        )
        if trends is not None:
            share = trends.week
            self._again.say(percent(share.value), period(trends), is_small=_is_small(share))

    def present_week(self, week: TeamWeek | None, queues: Collection[str]) -> None:
        """Show the teams' mean talk over their last whole week, to whoever may read it (rules R26)."""
        mean = None if week is None else week.mean_talk(queues)
        if week is None or mean is None or mean.value is None:
            self._talk.say("–", say("communication"))
            return
        self._talk.say(short_wait(mean.value), period(week), is_small=mean.base < SMALL_BASE)


def _whose() -> str:
    return say("Par semaine entière, pour une équipe de cinq agents ou plus, à son responsable seul.")


def _is_small(share: Share) -> bool:
    return share.base > 0 and share.is_small
