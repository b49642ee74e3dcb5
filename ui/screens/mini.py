"""The mini window: above other programs, it shows who calls and lets it be qualified (design 4.11)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QMoveEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.domain.words import CallState
from app.queries.caller_card import CallerCard, CallLine
from ui.panels.mini_caller import MiniCaller, MiniRing
from ui.panels.motive_form.mini import MiniForm
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.phone import PhoneState
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.icon import Icon
from ui.widgets.text import Text
from ui.wording import running, short_wait

WIDE, HIGH, BAR = 380, 520, 44
TICK_MS = 1000
_ABOVE = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class MiniWindow(QWidget):
    """Takes no focus by itself: only a click on it lets it have the keyboard."""

    moved = Signal(QPoint)
    enlarged = Signal()
    dismissed = Signal()

    def __init__(self, form: MotiveForm, *, now: Callable[[], datetime]) -> None:
        super().__init__(None, _ABOVE)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(say("Console d’accueil"))
        self.setFixedSize(WIDE, HIGH)
        self._now = now
        self._card: CallerCard | None = None
        self._wants_form = ""
        self._is_dragged = False
        self.ring, self.caller, self.form = MiniRing(), MiniCaller(), MiniForm(form)
        self.head = _Head()
        self._faces = QStackedWidget()
        self._talk = QWidget()
        talk = column()
        talk.addWidget(self.caller)
        talk.addWidget(self.form, 1)
        self._talk.setLayout(talk)
        for face in (self.ring, self._talk):
            self._faces.addWidget(face)
        lines = column(margins=(1, 1, 1, 1))
        lines.addWidget(self.head)
        lines.addWidget(self._faces, 1)
        self.setLayout(lines)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)
        self.head.large.clicked.connect(self.enlarged)
        self.head.away.clicked.connect(self.dismissed)
        self.head.pin.clicked.connect(self._unfold)
        for asked in (self.ring.enlarged, self.caller.history_asked, self.form.other_asked):
            asked.connect(self.enlarged)
        self.ring.qualify_asked.connect(self.qualify)
        self.refuse_keyboard(is_refused=True)
        self.windowHandle().installEventFilter(self)
        self.setFixedSize(WIDE, HIGH)

    @property
    def is_pinned(self) -> bool:
        """Whether it stays, as a bar, once a call is done with."""
        return self.head.pin.isChecked()

    def present(self, page: CallPage, *, phone: PhoneState) -> None:
        """Show the call in hand, and what the phone can be asked."""
        card = page.card
        if card is None:
            return
        self._card = card
        is_ringing = card.call.state is CallState.RINGING and not card.call.is_given
        is_open = card.opened is not None or self._wants_form == card.call.contact
        self.ring.present(card, is_ringing=is_ringing)
        self.ring.say_phone(phone)
        self.caller.present(card)
        self.form.show_phone(phone, is_live=page.is_live)
        self._faces.setCurrentWidget(self._talk if is_open and not is_ringing else self.ring)
        self._show_time()

    def fold(self) -> None:
        """Nothing to do: only the bar stays."""
        self._faces.hide()
        self.setFixedSize(WIDE, BAR)

    def unfold(self) -> None:
        """Whole again."""
        self._faces.show()
        self.setFixedSize(WIDE, HIGH)

    def qualify(self) -> None:
        """To the motive, also while nobody is opened (F4)."""
        if self._card is not None and self._card.call.state is not CallState.RINGING:
            self._wants_form = self._card.call.contact
            self._faces.setCurrentWidget(self._talk)
            self.form.focus_motive()

    def refuse_keyboard(self, *, is_refused: bool) -> None:
        """Whether the window manager may give it the keyboard at all."""
        self.winId()  # makes the native window
        self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, is_refused)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click anywhere on it gives it the keyboard, and nothing else does."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.take_keyboard()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The header is what it is dragged by."""
        if event.position().y() <= self.head.geometry().bottom():
            self._is_dragged = True
            self.windowHandle().startSystemMove()

    def take_keyboard(self) -> None:
        """A person clicked here."""
        self.refuse_keyboard(is_refused=False)
        self.activateWindow()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Where a person drags it is remembered."""
        super().moveEvent(event)
        if self._is_dragged:
            self.moved.emit(self.pos())

    def hideEvent(self, event: QHideEvent) -> None:
        """Unseen, nothing ticks, and the next ring finds it without the keyboard."""
        super().hideEvent(event)
        self._tick.stop()
        self._is_dragged = False
        self.refuse_keyboard(is_refused=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its ground and its own edge of one pixel."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("border.strong"), 1))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _unfold(self) -> None:
        if not self.is_pinned and self._faces.isHidden():
            self.dismissed.emit()

    def _show_time(self) -> None:
        if self._card is None:
            return
        words, icon, is_live = _state(self._card.call, self._now())
        self.head.say(words, icon=icon, is_live=is_live)
        if self.isVisible() and not self._tick.isActive():
            self._tick.start()


class _Head(QFrame):
    """36 pixels: how the call stands, the pin, the large window, away."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setProperty("surface", "ringing")
        self._icon = Icon("phone-incoming", 16, "accent.text")
        self._words = Text("", Role.SMALL, "accent", weight=600)
        self.pin = _square("pin", say("Épingler"))
        self.pin.setCheckable(True)
        self.large = _square("maximize-2", say("Grande fenêtre"))
        self.large.setToolTip(f"{self.large.accessibleName()} (F12)")
        self.away = _square("x", say("Fermer"))
        line = row(spacing=8, margins=(11, 0, 7, 0))
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        for button in (self.pin, self.large, self.away):
            line.addWidget(button)
        self.setLayout(line)

    def say(self, words: str, *, icon: str, is_live: bool) -> None:
        """Green while somebody is spoken to, blue otherwise."""
        tone = "success" if is_live else "accent"
        self._icon.show_icon(icon, f"{tone}.text")
        self._words.setText(words)
        self._words.set_tone(tone)
        ground = "live" if is_live else "ringing"
        if self.property("surface") != ground:
            self.setProperty("surface", ground)
            self.style().unpolish(self)
            self.style().polish(self)


def _square(icon: str, name: str) -> Button:
    button = Button(icon=icon, kind="ghost", size="small")
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _state(call: CallLine, now: datetime) -> tuple[str, str, bool]:
    """Words, icon, and whether somebody is spoken to."""
    if call.state is CallState.RINGING:
        at = short_wait(now - (call.rang_at or call.arrived_at))
        return say("Appel entrant, {time}").format(time=at), "phone-incoming", False
    since = call.answered_at or call.rang_at or call.arrived_at
    time = running((call.ended_at or now) - since)
    if call.state is CallState.HELD:
        return say("En attente, {time}").format(time=time), "pause", True
    if call.state is CallState.IN_CALL:
        return say("En communication, {time}").format(time=time), "phone-call", True
    if call.state is CallState.DIALLING:
        return say("Appel sortant, {time}").format(time=time), "phone-outgoing", False
    return say("Appel terminé, {time}").format(time=time), "phone-off", False
