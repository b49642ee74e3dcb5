"""The call strip: how the call stands, since when, from which number and on which line."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame

from app.domain.words import CallState
from app.queries.caller_card import CallLine
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import number_words, running, short_wait

TICK_MS = 1000


class CallStrip(QFrame):
    """52 pixels on every page while a call is here; its buttons never take the keyboard."""

    answered = Signal()
    silenced = Signal()
    ticked = Signal()

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._call: CallLine | None = None
        self.setProperty("surface", "ringing")
        self.setFixedHeight(52)
        self._state = Tag(height=28, role=Role.SMALL)
        self._timer = Text("00:00", Role.TITLE)
        self._number = Text("", weight=600)
        self._line = Elided("", Role.SMALL, "secondary")
        self._ringing, self._live = self._make_buttons()
        self._lay_out()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def present(self, call: CallLine, now: datetime) -> None:
        """Show a call as it stands."""
        self._call = call
        is_live = call.state in (CallState.IN_CALL, CallState.HELD)
        self._ground("live" if is_live else "ringing")
        words, icon = _state_words(call)
        self._state.say(words, icon=icon, kind="live" if is_live else "ringing")
        self._number.setText(number_words(call.number, call.number_kind))
        self._line.setText(_line_words(call, now))
        self._show(self._live, is_shown=is_live)
        self._show(self._ringing, is_shown=call.state is CallState.RINGING)
        self._show_time()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks while it is not seen."""
        super().hideEvent(event)
        self._tick.stop()

    def _show_time(self) -> None:
        call = self._call
        if call is None:
            return
        since = call.answered_at or call.rang_at or call.arrived_at
        until = since if call.is_noted else call.ended_at or self._now()
        self._timer.setText(running(until - since))
        if call.state is CallState.RINGING:
            self._line.setText(_line_words(call, self._now()))
        self.ticked.emit()
        if call.state is CallState.ENDED:
            self._tick.stop()

    def _ground(self, kind: str) -> None:
        if self.property("surface") != kind:
            self.setProperty("surface", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def _show(self, buttons: list[Button], *, is_shown: bool) -> None:
        for button in buttons:
            button.setVisible(is_shown)

    def _make_buttons(self) -> tuple[list[Button], list[Button]]:
        silence = Button(say("Silence"), icon="bell-off", size="call")
        answer = Button(say("Répondre"), icon="phone", key="F3", kind="primary", size="call")
        silence.clicked.connect(self.silenced)
        answer.clicked.connect(self.answered)
        live = [
            Button(say("Muet"), icon="mic-off", size="call"),
            Button(say("Attente"), icon="pause", key="F7", size="call"),
            Button(say("Transférer"), icon="arrow-right-left", key="F8", size="call"),
            Button(say("Raccrocher"), icon="phone-off", kind="danger", size="call"),
        ]
        for button in live:
            button.setEnabled(False)
            button.setToolTip(say("Depuis le poste téléphonique pour l’instant."))
        return [silence, answer], live

    def _lay_out(self) -> None:
        line = row(spacing=16, margins=(20, 0, 20, 0))
        for part in (self._state, self._timer, self._number):
            line.addWidget(part)
        line.addWidget(self._line, 1)
        for button in (*self._ringing, *self._live):
            button.setFocusPolicy(button.focusPolicy().NoFocus)
            line.addWidget(button)
        self.setLayout(line)


def _state_words(call: CallLine) -> tuple[str, str]:
    if call.state is not CallState.ENDED:
        return {
            CallState.IN_CALL: (say("En communication"), "phone-call"),
            CallState.HELD: (say("En attente"), "pause"),
            CallState.DIALLING: (say("Appel sortant"), "phone-outgoing"),
        }.get(call.state, (say("Appel entrant"), "phone-incoming"))
    if call.ended_at is None:
        return say("Appel noté"), "phone"
    if call.answered_at is None:
        return say("Appel manqué"), "phone-missed"
    return say("Post-appel"), "phone-off"


def _line_words(call: CallLine, now: datetime) -> str:
    if not call.queue_name:
        return ""
    waited = short_wait((call.answered_at or call.ended_at or now) - call.arrived_at)
    return say("sur {line}, attente {waited}").format(line=call.queue_name, waited=waited)
