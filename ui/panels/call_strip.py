"""The call strip: how the call stands, since when, from whom, and what the phone can be asked."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from app.domain.words import CallState, Channel, Direction, NumberKind
from app.queries.caller_card import CallerCard, CallLine
from ui.contact_words import given_words
from ui.discretion import called
from ui.refusal_words import trouble_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.phone import PhoneState
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import channel_icon, channel_word, number_words, running, short_wait

TICK_MS = 1000
NARROW_BELOW = 1100
"""Under this width the strip keeps what acts, and lets the name give way."""
_TALKING = (CallState.IN_CALL, CallState.HELD)


class CallStrip(QFrame):
    """52 pixels on every page while a call is here; its buttons never take the keyboard."""

    answered = Signal()
    silenced = Signal()
    return_asked = Signal()
    mute_asked = Signal()
    hold_asked = Signal()
    transfer_asked = Signal()
    hang_up_asked = Signal()
    ticked = Signal()

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._card: CallerCard | None = None
        self._phone = PhoneState()
        self._is_away = False
        self._is_silent = False
        self.setProperty("surface", "ringing")
        self.setFixedHeight(52)
        self._state = Tag(height=28, role=Role.SMALL)
        self._timer = Text("00:00", Role.TITLE)
        self._number = Text("", weight=600)
        self._line = Elided("", Role.SMALL, "secondary")
        self._make_buttons()
        self._lay_out()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def present(self, card: CallerCard) -> None:
        """Show a call as it stands."""
        self._card = card
        self._show()
        self._show_time()
        self._tick.start()

    def say_phone(self, phone: PhoneState) -> None:
        """Show what the phone can be asked, or why it can't."""
        self._phone = phone
        self._show()

    def say_silent(self, *, is_silent: bool) -> None:
        """The call that rings was told to make no more of itself here."""
        if is_silent != self._is_silent:
            self._is_silent = is_silent
            self._show()

    def say_place(self, *, is_away: bool) -> None:
        """Away from the call page, the strip names who is open and leads back."""
        if is_away != self._is_away:
            self._is_away = is_away
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window keeps the buttons whole."""
        super().resizeEvent(event)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks while it is not seen."""
        super().hideEvent(event)
        self._tick.stop()

    def _show(self) -> None:
        card = self._card
        if card is None:
            return
        call = card.call
        is_live = call.state in _TALKING and not call.is_given
        self._ground("live" if is_live else "ringing")
        words, icon = _announced_words() if self._phone.announced else self._state_words(call)
        self._state.say(words, icon=icon, kind="live" if is_live else "ringing")
        self._number.setText(_who(card, is_away=self._is_away))
        self._number.setVisible(not self._is_cramped)
        self._say_line(card)
        self._show_buttons(call, is_live=is_live)

    @property
    def _is_cramped(self) -> bool:
        return self._is_away and self.width() < NARROW_BELOW

    def _say_line(self, card: CallerCard) -> None:
        if self._phone.announced:
            self._line.setText(say("au {number}").format(number=self._phone.announced))
        elif self._is_away and not _is_moved(card.call):
            self._line.setText(_who(card, is_away=True) if self._is_cramped else "")
        else:
            self._line.setText(_line_words(card.call, self._now()))

    def _show_buttons(self, call: CallLine, *, is_live: bool) -> None:
        is_announced = bool(self._phone.announced)
        is_ringing = call.state is CallState.RINGING and not call.is_given
        is_dialling = call.state is CallState.DIALLING and not call.is_given
        self._return.setVisible(self._is_away and is_live)
        self._return.setText(say("Revenir") if self._is_cramped else say("Revenir à l’appel"))
        self._answer.setVisible(is_ringing)
        self._silence.setVisible(is_ringing and not self._is_silent)
        for button in (self._hold, self._transfer):
            button.setVisible(is_live)
        is_muted = self._phone.is_muted
        self._mute.setVisible(is_live and (is_muted or not (is_announced or self._is_cramped)))
        self._mute.setChecked(is_muted)
        # Whoever hangs up an announced call gives it: « Transférer » says so.
        self._hang_up.setVisible((is_live or is_dialling) and not is_announced)
        back = say("Revenir à l’appelant") if is_announced else say("Reprendre")
        is_waiting = is_announced or call.state is CallState.HELD
        self._hold.say(back if is_waiting else say("Attente"), icon="phone-call" if is_waiting else "pause")
        self._enable()

    def _enable(self) -> None:
        """A phone that can't be asked says why; transferring still finds the number to dial."""
        why = trouble_words(self._phone.trouble)
        asking = (self._mute, self._hold, self._hang_up, self._answer)
        for button in asking:
            button.setEnabled(self._phone.obeys)
        for button in (self._transfer, *asking):
            button.setToolTip(why)

    def _show_time(self) -> None:
        if self._card is None:
            return
        call = self._card.call
        since = _since(call)
        until = since if call.is_noted else call.ended_at or self._now()
        self._timer.setText(running(until - since))
        if call.state is CallState.RINGING:
            self._say_line(self._card)
        self.ticked.emit()
        if call.state is CallState.ENDED:
            self._tick.stop()

    def _ask_mute(self) -> None:
        """The button is down once the exchange has done it, not before."""
        self._mute.setChecked(self._phone.is_muted)
        self.mute_asked.emit()

    def _state_words(self, call: CallLine) -> tuple[str, str]:
        if self._phone.is_muted and call.state is CallState.IN_CALL:
            return say("Micro coupé"), "mic-off"
        words, icon = _state_words(call)
        return words, "bell-off" if self._is_silent and call.is_news else icon

    def _ground(self, kind: str) -> None:
        if self.property("surface") != kind:
            self.setProperty("surface", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def _make_buttons(self) -> None:
        self._return = Button(say("Revenir à l’appel"), icon="reply", key="F3", size="call")
        self._silence = Button(say("Silence"), icon="bell-off", size="call")
        self._answer = Button(say("Répondre"), icon="phone", key="F3", kind="primary", size="call")
        self._mute = Button(say("Muet"), icon="mic-off", size="call")
        self._hold = Button(say("Attente"), icon="pause", key="F7", size="call")
        self._transfer = Button(say("Transférer"), icon="arrow-right-left", key="F8", size="call")
        self._hang_up = Button(say("Raccrocher"), icon="phone-off", kind="danger", size="call")
        self._mute.setCheckable(True)
        for button, asked in (
            (self._return, self.return_asked),
            (self._silence, self.silenced),
            (self._answer, self.answered),
            (self._mute, self._ask_mute),
            (self._hold, self.hold_asked),
            (self._transfer, self.transfer_asked),
            (self._hang_up, self.hang_up_asked),
        ):
            button.clicked.connect(asked)

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self._silence,
            self._answer,
            self._return,
            self._mute,
            self._hold,
            self._transfer,
            self._hang_up,
        )

    def _lay_out(self) -> None:
        line = row(spacing=16, margins=(20, 0, 20, 0))
        for part in (self._state, self._timer, self._number):
            line.addWidget(part)
        line.addWidget(self._line, 1)
        for button in self._buttons():
            button.setFocusPolicy(button.focusPolicy().NoFocus)
            line.addWidget(button)
        self.setLayout(line)


def _who(card: CallerCard, *, is_away: bool) -> str:
    if is_away and card.opened is not None:
        return called(card.opened.birth_name, card.opened.first_given_name)
    call = card.call
    is_without = call.is_noted and not call.number and call.number_kind is NumberKind.HIDDEN
    return "" if is_without else number_words(call.number, call.number_kind)


def _since(call: CallLine) -> datetime:
    if call.is_given and call.transfer is not None:
        return call.transfer.at
    return call.answered_at or call.rang_at or call.arrived_at


def _announced_words() -> tuple[str, str]:
    return say("Transfert annoncé"), "phone-forwarded"


def _state_words(call: CallLine) -> tuple[str, str]:
    if call.is_given:
        return say("Transféré"), "phone-forwarded"
    if call.state is not CallState.ENDED:
        return {
            CallState.IN_CALL: (say("En communication"), "phone-call"),
            CallState.HELD: (say("En attente"), "pause"),
            CallState.DIALLING: (say("Appel sortant"), "phone-outgoing"),
        }.get(call.state, (say("Appel entrant"), "phone-incoming"))
    if call.ended_at is None:
        is_call = call.channel is Channel.PHONE
        return say("Appel noté") if is_call else channel_word(call.channel), _icon(call)
    if call.answered_at is None:
        return say("Appel manqué"), "phone-missed"
    return say("Post-appel"), "phone-off"


def _is_moved(call: CallLine) -> bool:
    """It was given to somebody, or rings because somebody gave it."""
    return call.transfer is not None and (call.is_given or call.state is CallState.RINGING)


def _icon(call: CallLine) -> str:
    return "phone" if call.channel is Channel.PHONE else channel_icon(call.channel, Direction.INBOUND)


def _line_words(call: CallLine, now: datetime) -> str:
    if call.is_given and call.transfer is not None:
        return say("au {number}").format(number=call.transfer.to)
    if call.transfer is not None:
        return given_words(call.transfer.by, call.transfer.note)
    if not call.queue_name:
        return ""
    waited = short_wait((call.answered_at or call.ended_at or now) - call.arrived_at)
    return say("sur {line}, attente {waited}").format(line=call.queue_name, waited=waited)
