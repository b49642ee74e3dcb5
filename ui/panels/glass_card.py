"""Break-glass: who is asked for and why, before a record that is not shown here opens for a while."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.access import is_reason
from app.domain.commands import BreakGlass
from app.domain.ids import Id
from app.queries.accesses import OpenRecord
from ui.discretion import called, discretion, filled, joined
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.caller_search import ToldPerson
from ui.widgets.button import Button, Link
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.note_field import NoteField
from ui.widgets.text import Text
from ui.wording import birth, clock

WIDTH = 620
PLACE = QPoint(20, 127)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GlassCard(Card):
    """Opened by a person's act over the page; `reasoned` carries the command's parts but for its ids.

    `given_up` tells that whoever wrote a reason left it. What is open already is listed under it:
    `done_with` carries the one its reader needs no more.
    """

    reasoned = Signal(object, str)
    given_up = Signal()
    done_with = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(say("Dossier protégé, ou d’un autre service"), parent=parent)
        self.setAccessibleName(self.title.text())
        self._page = parent
        self._focus_before: QWidget | None = None
        self._told = ToldPerson()
        self.who = Text("", weight=600)
        self.reason = NoteField(placeholder=say("Pourquoi devez-vous l’ouvrir\u00a0?"))
        self.reason.setAccessibleName(say("Motif de l’ouverture"))
        self.fault = Text("", Role.SMALL, "danger").wrap()
        self.cancel_button = Button(say("Annuler"), key=say("Échap"), kind="ghost")
        self.open_button = Button(say("Ouvrir 30\u00a0min"), key=say("Ctrl Entrée"), kind="primary")
        lines = column(spacing=10, margins=(15, 14, 15, 16))
        lines.addLayout(_sentence())
        for part in (self.who, self.reason, self.fault):
            lines.addWidget(part)
        self.body.addLayout(lines)
        self._listed = QWidget(self)
        self._listed.hide()
        self.body.addWidget(self._listed)
        self.body.addWidget(rule())
        self.body.addLayout(self._foot())
        self.reason.written.connect(self._judge)
        self.cancel_button.clicked.connect(self._give_up)
        self.open_button.clicked.connect(self.confirm)
        self.hide()

    def open(self, told: ToldPerson, *, born: str) -> None:
        """Ask why this person is wanted, as told; what is missing is said."""
        if self.isHidden():
            self._focus_before = self.window().focusWidget()
        self._told = told
        is_whole = bool(told.birth_name_raw.strip() and told.first_given_name_raw.strip() and born)
        name = called(told.birth_name_raw.strip(), told.first_given_name_raw.strip())
        words = joined(", ", (name, birth(born)))
        self.who.setText(words if is_whole else "")
        self.who.setVisible(is_whole)
        self._say_fault("" if is_whole else say("Écrivez d’abord le nom, le prénom et la date de naissance."))
        self.reason.clear()
        self.reason.setEnabled(is_whole)
        self._judge("")
        self.setFixedWidth(min(WIDTH, self._page.width() - 2 * PLACE.x()))
        self.adjustSize()
        self.move(PLACE)
        self.raise_()
        self.show()
        (self.reason if is_whole else self.cancel_button).setFocus(Qt.FocusReason.PopupFocusReason)

    def restore(self, reason: str) -> None:
        """Bring back what was written for this contact, unless something is written already."""
        if self.reason.isEnabled() and not self.reason.toPlainText():
            self.reason.show_text(reason)

    def list_open(self, records: tuple[OpenRecord, ...]) -> None:
        """Show what is open to whoever sits here, each with a way to close it at once."""
        former, self._listed = self._listed, self._listing(records)
        self._listed.setVisible(bool(records))
        self.body.replaceWidget(former, self._listed)
        former.hide()
        former.deleteLater()
        self.adjustSize()

    def _listing(self, records: tuple[OpenRecord, ...]) -> QWidget:
        listing = QWidget(self)
        lines = column(spacing=6, margins=(15, 0, 15, 14))
        listing.setLayout(lines)
        lines.addWidget(Text(say("Ouverts à vous seul"), Role.SMALL, "secondary"))
        for record in records:
            lines.addLayout(self._line_of(record))
        return listing

    def _line_of(self, record: OpenRecord) -> QHBoxLayout:
        name = called(record.birth_name, record.first_given_name)
        close = Link(say("Refermer"))
        discretion.name(close, filled(say("Refermer le dossier de {name}"), name=name))
        close.clicked.connect(partial(self.done_with.emit, record.glass))
        line = row(spacing=8)
        words = say("{name}, jusqu’à {time}")
        line.addWidget(Text(filled(words, name=name, time=clock(record.until))), 1)
        line.addWidget(close)
        return line

    def fail(self, words: str) -> None:
        """Say why it did not open; the reason stays."""
        self._say_fault(words)
        self._judge(self.reason.toPlainText())

    def confirm(self) -> None:
        """Ask, once the reason is one."""
        if self.open_button.isEnabled():
            self.open_button.setEnabled(False)
            self._say_fault("")
            self.reasoned.emit(self._told, self.reason.toPlainText().strip())

    def _give_up(self) -> None:
        self.close_card()
        self.given_up.emit()

    def close_card(self) -> None:
        """Give the keyboard back where it was; nothing of it is kept."""
        self.hide()
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Entrée asks, Échap closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif event.key() in _ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of what stands over the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border.strong"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _judge(self, text: str) -> None:
        self.open_button.setEnabled(self.reason.isEnabled() and is_reason(text))

    def _say_fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.adjustSize()

    def _foot(self) -> QHBoxLayout:
        line = row(spacing=8, margins=(15, 12, 15, 12))
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.open_button)
        return line


def glass_of(told: ToldPerson, reason: str, *, glass: Id, contact: Id | None, born: str) -> BreakGlass:
    """The command of a person told by the strict traits; `born` is ISO."""
    return BreakGlass(
        glass=glass,
        reason=reason,
        birth_name=told.birth_name_raw.strip(),
        first_given_name=told.first_given_name_raw.strip(),
        birth_date=born,
        contact=contact,
    )


def _sentence() -> QHBoxLayout:
    line = row(spacing=8)
    line.addWidget(Icon("lock", 16, "text.secondary"), 0, Qt.AlignmentFlag.AlignTop)
    words = say(
        "Un dossier peut ne pas s’afficher à ce poste. S’il vous le faut maintenant, dites pourquoi\u00a0:"
        " il s’ouvre à vous seul pendant 30\u00a0min, l’ouverture est tracée et votre cadre en est averti."
    )
    line.addWidget(Text(words, Role.SMALL, "secondary").wrap(), 1)
    return line
