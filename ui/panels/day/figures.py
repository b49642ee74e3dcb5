"""Five figures in one strip, no cards (design 4.1)."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.indicators import DEFINITIONS, Indicator
from ui.task_words import mine_of
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.day import DayPage
from ui.viewmodels.task_page import TaskPage, due_by_tonight
from ui.widgets.card import Card, column, row, rule
from ui.widgets.text import Elided, Text, Tone
from ui.wording import NBSP, clock, local, short_when

HEIGHT = 76


class _Figure(QWidget):
    def __init__(self, caption: str, hint: str = "") -> None:
        super().__init__()
        self.setToolTip(hint)
        self._value = Text("", Role.NAME)
        self._detail = Elided("", Role.SMALL, "secondary", weight=500)
        line = row(spacing=8)
        low = Qt.AlignmentFlag.AlignBottom
        self._value.setAlignment(low)
        self._detail.setAlignment(low)
        line.addWidget(self._value, 0, low)
        line.addWidget(self._detail, 1, low)
        lines = column(margins=(20, 0, 20, 0))
        lines.addWidget(Elided(caption, Role.CAPTION, "tertiary"))
        lines.addSpacing(2)
        lines.addLayout(line)
        self.setLayout(lines)

    def say(self, value: str, detail: str = "", tone: Tone = "secondary") -> None:
        """Only what changed is drawn again."""
        if (value, detail) != (self._value.text(), self._detail.text()):
            self._value.setText(value)
            self._detail.setText(detail)
        self._detail.set_tone(tone)


class DayFiguresStrip(Card):
    """76 pixels high."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._taken = _Figure(say("Appels pris aujourd’hui"))
        self._promised = _Figure(say("Rappels promis"))
        self._untraced = _Figure(say("À qualifier"))
        self._unanswered = _Figure(say("Messages sans réponse"))
        self._post_call = _Figure(say("Post-appel moyen"), DEFINITIONS[Indicator.MEAN_POST_CALL])
        self._figures = (self._taken, self._promised, self._untraced, self._unanswered, self._post_call)
        line = row(spacing=0, margins=(0, 13, 0, 13))
        for number, figure in enumerate(self._figures):
            if number:
                line.addWidget(rule("v"))
            line.addWidget(figure, 1)
        self.body.addLayout(line)

    def present(self, day: DayPage, tasks: TaskPage) -> None:
        """The figures as they stand; none where nothing of persons is left."""
        if tasks.house.is_alone:
            for figure in self._figures:
                figure.say("–", "")
            return
        now = tasks.now
        if day.board is not None:
            received = say("sur {count} reçus").format(count=day.board.day.received)
            self._taken.say(str(day.board.day.answered), received)
        mine = mine_of(tasks)
        late = sum(task.due_at < now for task in mine)
        words = say("{count} en retard").format(count=late) if late else say("à l’heure")
        self._promised.say(str(due_by_tonight(mine, now)), words, "danger" if late else "secondary")
        untraced = tasks.board.untraced
        since = untraced[0].at if untraced else None
        oldest = "" if since is None else _since(since, now)
        self._untraced.say(str(len(untraced)), oldest, "warning")
        at = day.view.unanswered_since
        waiting = "" if at is None else say("le plus ancien : {at}").format(at=short_when(at, now))
        self._unanswered.say(str(day.view.unanswered), waiting)
        mean = day.view.post_call.value
        goal = say("objectif 45 s")
        self._post_call.say("–" if mean is None else f"{round(mean.total_seconds())}{NBSP}s", goal)


def _since(at: datetime, now: datetime) -> str:
    is_today = local(at).date() == local(now).date()
    return say("depuis {at}").format(at=clock(at) if is_today else short_when(at, now))
