"""What the agent compared before trusting who speaks, ticked in words (rules R1, Ctrl+I)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.identity import is_verified
from app.domain.words import Proof
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule
from ui.widgets.digits import is_command, read_digit
from ui.widgets.key_cap import HEIGHT as KEY_HEIGHT
from ui.widgets.key_cap import KeyCap, draw_key
from ui.widgets.late_keys import LateKeys
from ui.widgets.text import Text
from ui.widgets.tick_box import BOX, draw_box

WIDTH = 620
PLACE = QPoint(20, 127)
COMPARED = (
    Proof.BIRTH_DATE,
    Proof.BIRTH_NAME,
    Proof.POSTCODE,
    Proof.FILE_NUMBER,
    Proof.LAST_APPOINTMENT,
)
SUFFICIENT = (Proof.CALL_BACK, Proof.PAPER_AT_DESK)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VerifyCard(Card):
    """Opened by a person's act over the page; the keyboard goes back where it was."""

    verified = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(say("Vérifier l’appelant"), parent=parent)
        self.header.addWidget(KeyCap("Ctrl I"))
        self.header.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Vérifier l’appelant"))
        self._page = parent
        self._focus_before: QWidget | None = None
        self.ticks = {
            proof: Tick(_label(proof), key=str(number))
            for number, proof in enumerate(COMPARED + SUFFICIENT, start=1)
        }
        self.reason = Text("", Role.SMALL, "secondary")
        self.cancel_button = Button(say("Annuler"), key=say("Échap"), kind="ghost")
        self.confirm_button = Button(say("Appelant vérifié"), key=say("Ctrl Entrée"), kind="primary")
        self.body.addLayout(self._choices())
        self.body.addWidget(rule())
        self.body.addLayout(self._foot())
        self._connect()
        LateKeys(self)
        self.hide()

    def open(self) -> None:
        """Show it with nothing ticked, over the page under the identity band."""
        if self.isHidden():
            self._focus_before = self.window().focusWidget()
        for tick in self.ticks.values():
            tick.setChecked(False)
        self._judge()
        width = min(WIDTH, self._page.width() - 2 * PLACE.x())
        self.setFixedWidth(width)
        self.resize(width, self.sizeHint().height())
        self.move(PLACE)
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def cancel(self) -> None:
        """Close it and keep nothing: Échap, or the call in hand is another one."""
        if not self.isHidden():
            self._close()
            self.cancelled.emit()

    def confirm(self) -> None:
        """Tell what was compared, if it is enough."""
        proofs = self._proofs()
        if is_verified(proofs):
            self._close()
            self.verified.emit(proofs)

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the shortcuts of the window."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._act_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit ticks, Ctrl+Entrée confirms, Échap closes."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            act()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001
        """Tab stays inside while it is open."""
        stops: list[QWidget] = [*self.ticks.values(), self.cancel_button, self.confirm_button]
        stops = [stop for stop in stops if stop.isEnabled()]
        here = [rank for rank, stop in enumerate(stops) if stop.hasFocus()]
        rank = here[0] + (1 if next else -1) if here else (0 if next else -1)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[rank % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of what stands over the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border.strong"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _connect(self) -> None:
        for tick in self.ticks.values():
            tick.toggled.connect(self._judge)
        for button in (self.cancel_button, self.confirm_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.clicked.connect(self.cancel)
        self.confirm_button.clicked.connect(self.confirm)

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.key() in _ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self.confirm
        if event.key() == Qt.Key.Key_Escape:
            return self.cancel
        if is_command(event):
            return None
        digit = read_digit(event) or 0
        ticks = list(self.ticks.values())
        return ticks[digit - 1].toggle if 1 <= digit <= len(ticks) else None

    def _judge(self) -> None:
        proofs = self._proofs()
        is_enough = is_verified(proofs)
        self.confirm_button.setEnabled(is_enough)
        self.reason.setText("" if is_enough else _missing(proofs))

    def _close(self) -> None:
        self.hide()
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choices(self) -> QVBoxLayout:
        lines = column(spacing=8, margins=(15, 14, 15, 16))
        advice = say("L’appelant dit, vous comparez. Le numéro qui appelle ne prouve rien.")
        lines.addWidget(Text(advice, Role.SMALL, "secondary"))
        lines.addSpacing(4)
        lines.addWidget(Text(say("Deux au moins concordent"), Role.SMALL, weight=600))
        lines.addLayout(self._grid(COMPARED))
        lines.addSpacing(4)
        lines.addWidget(Text(say("Ou un seul de ceux-ci"), Role.SMALL, weight=600))
        lines.addLayout(self._grid(SUFFICIENT))
        return lines

    def _grid(self, proofs: tuple[Proof, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for rank, proof in enumerate(proofs):
            grid.addWidget(self.ticks[proof], rank // 2, rank % 2)
        for across in (0, 1):
            grid.setColumnStretch(across, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        line = row(spacing=8, margins=(15, 12, 15, 12))
        line.addWidget(self.reason, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.confirm_button)
        return line

    def _proofs(self) -> tuple[Proof, ...]:
        return tuple(proof for proof, tick in self.ticks.items() if tick.isChecked())


def _label(proof: Proof) -> str:
    return {
        Proof.BIRTH_DATE: say("Date de naissance"),
        Proof.BIRTH_NAME: say("Nom de naissance"),
        Proof.POSTCODE: say("Code postal"),
        Proof.FILE_NUMBER: say("IPP ou n° de dossier"),
        Proof.LAST_APPOINTMENT: say("Date du dernier rendez-vous"),
        Proof.CALL_BACK: say("Rappel au numéro connu"),
        Proof.PAPER_AT_DESK: say("Papier au guichet"),
    }[proof]


def _missing(proofs: tuple[Proof, ...]) -> str:
    return say("Encore un élément à comparer.") if proofs else say("Cochez ce qui concorde.")


class Tick(QAbstractButton):
    """A box to tick, its words, and the digit that ticks it."""

    def __init__(self, text: str, *, key: str) -> None:
        super().__init__()
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFont(theme.font(Role.BODY))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of 36."""
        return QSize(72 + self.fontMetrics().horizontalAdvance(self.text()), 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the key, the box and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter)
        middle = self.height() / 2
        key = QRectF(8, middle - KEY_HEIGHT / 2, KEY_HEIGHT, KEY_HEIGHT)
        draw_key(painter, key, self._key, ink="text.secondary", edge="border.subtle", fill="bg.surface")
        box = QRectF(34, middle - BOX / 2, BOX, BOX)
        draw_box(painter, box, is_on=self.isChecked(), ratio=self.devicePixelRatioF())
        painter.setFont(theme.font(Role.BODY, 600 if self.isChecked() else 400))
        painter.setPen(theme.colour("accent.text" if self.isChecked() else "text.primary"))
        words = QRectF(58, 0, self.width() - 58, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _draw_frame(self, painter: QPainter) -> None:
        has_focus = self.hasFocus()
        edge = "accent.line" if self.isChecked() else "border.control"
        fill = "bg.selected" if self.isChecked() else "bg.hover" if self.underMouse() else "bg.surface"
        painter.setPen(QPen(theme.colour("focus.ring" if has_focus else edge), 2 if has_focus else 1))
        painter.setBrush(theme.colour(fill))
        inset = 1 if has_focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
