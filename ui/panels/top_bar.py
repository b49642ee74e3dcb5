"""The top bar: search, a new contact, the agent's state, notices and the keys."""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.words import AgentState, CallState
from app.queries.agent_states import OwnState
from app.queries.caller_card import CallLine
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.viewmodels.key_map import cap
from ui.viewmodels.own_state import agent_word, main_state
from ui.widgets.badge import Badge
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.text import Elided
from ui.wording import lasting, since_words

SHAPE = 10.0
"""Side of the agent's mark, in pixels."""
_SHAPES = {
    AgentState.AVAILABLE: "available",
    AgentState.RINGING: "call",
    AgentState.IN_CALL: "call",
    AgentState.WRAP_UP: "after",
}
"""Every other state is a ring."""
NARROW_BELOW = 1100
"""Under this width the sign of the discreet screen is its icon."""
_BEFORE_ACTS = 2


class _SearchDoor(QFrame):
    """Looks like the search field and opens the search (it comes with issue 3's palette)."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(400, 36))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        line = row(spacing=8, margins=(10, 0, 8, 0))
        line.addWidget(Icon("search", 16, "text.tertiary"))
        words = say("Rechercher un patient, un numéro, une demande")
        line.addWidget(Elided(words, Role.BODY, "tertiary"), 1)
        line.addWidget(KeyCap("F2"))
        self.setLayout(line)
        self.setAccessibleName(words)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border.strong"), 1))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class _AgentState(Button):
    """The state in a shape, a word and how long: the shape differs, not only its colour."""

    def __init__(self) -> None:
        super().__init__(say("Disponible"), icon="circle-dot", trailing="chevron-down")
        self._shape = "available"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_state(self, shape: str, words: str, since: str) -> None:
        """`shape` is `available`, `call`, `after`, `other` or `offline`."""
        self._shape = shape
        self.setText(words)
        self.set_hint(since)

    def _icon_width(self) -> float:
        return SHAPE

    def _draw_icon(self, painter: QPainter, box: QRectF, name: str, token: str) -> None:
        if name != "circle-dot":
            super()._draw_icon(painter, box, name, token)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        middle = QPointF(box.left() + SHAPE / 2, self.height() / 2)
        painter.save()
        painter.translate(middle)
        if self._shape == "call":
            painter.setBrush(theme.colour("accent.base"))
            painter.rotate(45)
            painter.drawRoundedRect(QRectF(-5, -5, 10, 10), 1, 1)
        elif self._shape in ("after", "offline"):
            painter.setBrush(theme.colour("warning.base"))
            painter.drawRoundedRect(QRectF(-5, -5, 10, 10), 2, 2)
        elif self._shape == "other":
            painter.setPen(QPen(theme.colour("text.tertiary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), 4, 4)
        else:
            painter.setBrush(theme.colour("success.base"))
            painter.drawEllipse(QPointF(0, 0), 5, 5)
        painter.restore()


def _discreet_sign(*, is_narrow: bool) -> Button:
    words, key = say("Écran discret"), cap("Ctrl+Shift+H")
    sign = Button("", icon="eye-off", size="square") if is_narrow else Button(words, icon="eye-off", key=key)
    sign.setAccessibleName(words)
    sign.setToolTip(f"{words}, {key}" if is_narrow else "")
    sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return sign


class TopBar(QFrame):
    """56 pixels, always there."""

    search_asked = Signal()
    contact_asked = Signal()
    keys_asked = Signal()
    state_asked = Signal()
    notices_asked = Signal()
    names_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "band")
        self.setFixedHeight(56)
        self._door = _SearchDoor()
        self._door.asked.connect(self.search_asked)
        self._new = Button(say("Nouveau contact"), icon="plus", key="Ctrl N")
        self._new.clicked.connect(self.contact_asked)
        self._state = _AgentState()
        self._state.clicked.connect(self.state_asked)
        self._bell = Button(icon="bell", kind="ghost", size="square")
        self._keys = Button(icon="keyboard", kind="ghost", size="square")
        self._keys.clicked.connect(self.keys_asked)
        self._bell.setAccessibleName(say("Notifications"))
        self._bell.clicked.connect(self.notices_asked)
        self._unseen = Badge(self._bell)
        self._keys.setAccessibleName(say("Aide du clavier, F1"))
        line = row(spacing=12, margins=(20, 0, 20, 0))
        line.addWidget(self._door)
        line.addStretch(1)
        for part in (self._new, self._state, self._bell, self._keys):
            line.addWidget(part)
        self.setLayout(line)
        self._line = line
        self._sign: Button | None = None

    def say_discreet(self, *, is_on: bool) -> None:
        """A sign while names are hidden; nothing else of the bar moves."""
        if is_on and self._sign is None:
            self._sign = _discreet_sign(is_narrow=self.width() < NARROW_BELOW)
            self._sign.clicked.connect(self.names_asked)
            self._line.insertWidget(_BEFORE_ACTS, self._sign)
        elif not is_on and self._sign is not None:
            self._line.removeWidget(self._sign)
            self._sign.hide()
            self._sign.deleteLater()
            self._sign = None

    @property
    def discreet_sign(self) -> Button | None:
        """What says that names are hidden, while they are."""
        return self._sign

    def present(
        self, call: CallLine | None, now: datetime, *, is_supervisor: bool, own: tuple[OwnState, ...] = ()
    ) -> None:
        """Say what the call in hand makes of the agent; without one, what the exchange tells."""
        match call.state if call and not call.is_given else CallState.ENDED:
            case CallState.RINGING if call:
                self.show_agent("call", say("Sonne"), since_words(call.rang_at, now))
            case CallState.IN_CALL if call:
                self.show_agent("call", say("En appel"), since_words(call.answered_at, now))
            case CallState.HELD if call:
                self.show_agent("call", say("En attente"), since_words(call.held_since, now))
            case _ if is_supervisor:
                self.show_agent("other", say("Supervision"))
            case _:
                self._show_own(own, now)

    def _show_own(self, own: tuple[OwnState, ...], now: datetime) -> None:
        state = main_state(own) or AgentState.AVAILABLE
        free = sum(one.state is AgentState.AVAILABLE for one in own)
        is_partial = 0 < free < len(own)
        words = say("{state}, {some} sur {all}") if is_partial else "{state}"
        said = words.format(state=agent_word(state), some=free, all=len(own))
        # Of a break no time is told, not even to oneself (rules R26).
        since = min((one.since for one in own if one.state is AgentState.AVAILABLE), default=None)
        is_told = state is AgentState.AVAILABLE and not is_partial
        self.show_agent(_SHAPES.get(state, "other"), said, since_words(since, now) if is_told else "")

    def count_notices(self, count: int) -> None:
        """How many refusals wait to be looked at."""
        self._unseen.count(count)
        words = counted(count, one=say("{count} envoi à vérifier"), many=say("{count} envois à vérifier"))
        self._bell.setAccessibleName(words if count else say("Notifications"))
        self._bell.setToolTip(words if count else "")

    @property
    def bell(self) -> Button:
        """What opens the drawer of what has not left."""
        return self._bell

    @property
    def state_chip(self) -> QWidget:
        """Where the choice of one's state opens."""
        return self._state

    def show_after_call(self, elapsed: timedelta) -> None:
        """The call is over and its log is being finished, since so long."""
        self.show_agent("after", say("Post-appel"), lasting(elapsed))

    def show_agent(self, shape: str, words: str, since: str = "") -> None:
        """Say what the agent is doing, and since when."""
        self._state.show_state(shape, words, since)
