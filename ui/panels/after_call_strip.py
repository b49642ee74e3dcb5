"""The strip of a call that is over and not qualified: the time left, what is missing, and what may follow."""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.after_call import AfterCallState
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import duration, running

PROGRESS = 3
TICK_MS = 1000
NARROW_BELOW = 1100
"""Under this width the strip keeps what acts."""


class AfterCallStrip(QFrame):
    """In the place of the call strip, as high; its buttons never take the keyboard."""

    call_back_asked = Signal()
    more_asked = Signal()
    away_asked = Signal()
    return_asked = Signal()
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = AfterCallState()
        self._missing = ""
        self._is_away = False
        self.setProperty("surface", "ringing")
        self.setFixedHeight(52)
        self._tag = Tag(height=28, role=Role.SMALL)
        self._timer = Text("00:00", Role.TITLE)
        self._allowed = Text("", Role.SMALL, "secondary")
        self._line = Elided("", Role.SMALL, "secondary")
        self._return = Button(say("Revenir à l’appel"), icon="reply", key="F3", size="call")
        self._call_back = Button(say("Rappeler"), icon="phone-outgoing", size="call")
        self._more = Button(say("Ajouter 1 min"), icon="timer", size="call")
        self._away = Button(say("Indisponible après"), icon="coffee", size="call")
        self._away.setCheckable(True)
        for button, asked in (
            (self._return, self.return_asked),
            (self._call_back, self.call_back_asked),
            (self._more, self.more_asked),
            (self._away, self.away_asked),
        ):
            button.clicked.connect(asked)
        self._lay_out()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.ticked)

    def present(self, state: AfterCallState, *, missing: str) -> None:
        """Show the call to finish and what it still wants, or nothing."""
        self._state, self._missing = state, missing
        words = say("Appel à qualifier") if state.is_over else say("Appel terminé, à qualifier")
        self._tag.say(words, icon="notebook-pen", kind="ringing")
        self._timer.setText(running(state.elapsed))
        self._allowed.setText(say("sur {allowed} de post-appel").format(allowed=running(state.allowed)))
        self._more.setEnabled(state.times_left > 0)
        self._more.setToolTip("" if state.times_left else say("Deux minutes ont déjà été ajoutées."))
        self._call_back.setVisible(bool(state.number) and not self._is_away)
        self._fit()
        self.update()
        if not state.is_running:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()

    def say_place(self, *, is_away: bool) -> None:
        """Away from the call page, the strip leads back."""
        self._is_away = is_away
        self.present(self._state, missing=self._missing)

    def say_away_after(self, *, is_away_after: bool, why_not: str) -> None:
        """Whether the agent leaves the queues once done; `why_not` says why the phone can't be asked."""
        self._away.setChecked(is_away_after)
        self._away.setEnabled(not why_not)
        self._away.setToolTip(why_not)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window keeps the buttons whole."""
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks while it is not seen."""
        super().hideEvent(event)
        self._tick.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Under the words, how much of the time is gone."""
        super().paintEvent(event)
        if not self._state.is_running:
            return
        painter = QPainter(self)
        wide = self.width() * self._state.share
        painter.fillRect(QRectF(0, self.height() - PROGRESS, wide, PROGRESS), theme.colour("accent.line"))

    def _fit(self) -> None:
        is_cramped = self.width() < NARROW_BELOW
        for part in (self._timer, self._more, self._away):
            part.setVisible(not self._state.is_over)
        self._allowed.setVisible(not self._state.is_over and not is_cramped)
        self._return.setVisible(self._is_away)
        self._line.setText(self._words())

    def _words(self) -> str:
        lasted = say("Durée de l’appel {span}").format(
            span=duration(round(self._state.lasted.total_seconds()))
        )
        return f"{lasted}. {self._missing}" if self._missing else lasted

    def _lay_out(self) -> None:
        line = row(spacing=16, margins=(20, 0, 20, 0))
        for part in (self._tag, self._timer, self._allowed):
            line.addWidget(part)
        line.addWidget(self._line, 1)
        for button in (self._return, self._call_back, self._more, self._away):
            button.setFocusPolicy(button.focusPolicy().NoFocus)
            line.addWidget(button)
        self.setLayout(line)
