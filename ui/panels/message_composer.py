"""« Merci de rappeler »: a short message over the page, which it never replaces (rules R29)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.hours import suggested
from app.queries.directory import EntryFound
from ui import wording
from ui.task_words import due_words
from ui.theme import Role
from ui.translate import say
from ui.widgets.boxed import Boxed
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.due_chip import DueChip, DuePicker
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.note_field import NoteField
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

WIDTH = 440
_CAPTION, _HEAD = 76, 48
_OFFERED = 2
_RIGHT, _BOTTOM = 20, 16


class MessageComposer(QFrame):
    """440 pixels at the bottom right of the window; `sent` carries the text and the due time."""

    sent = Signal(str, object)

    def __init__(self, parent: QWidget, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFixedWidth(WIDTH)
        self._now = now
        self._dues: tuple[datetime, ...] = ()
        self._recipient = ""
        self.to = Tag(icon="user-round")
        self.duty = Elided("", Role.SMALL, "tertiary")
        self.about = Elided("", Role.BODY)
        self.unlink = _small("x", say("Ne pas relier au contact"))
        self.unlink.clicked.connect(self._forget_contact)
        self.is_linked = False
        self.text = NoteField(placeholder=say("Merci de rappeler…"), role=Role.BODY)
        self.text.set_least(60)
        self.send = Button(say("Envoyer"), icon="send", key=say("Ctrl Entrée"), kind="primary")
        self.leave = Button(say("Annuler"))
        self.send.clicked.connect(self._send)
        self.leave.clicked.connect(self.hide)
        self.chips = [DueChip() for _ in range(_OFFERED)]
        self.other = DueChip(say("Autre"))
        self.picker = DuePicker(wording.ZONE)
        self._group = QButtonGroup(self)
        for chip in (*self.chips, self.other):
            self._group.addButton(chip)
        self.other.clicked.connect(self._ask_other)
        key = QShortcut(
            QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        key.activated.connect(self._send)
        self._lay_out()
        parent.installEventFilter(self)
        self.hide()

    def open_for(self, entry: EntryFound, *, about: str) -> None:
        """Write to an entry of the directory; what was typed for the same one is kept."""
        if entry.entry != self._recipient:
            self.text.clear()
        self._recipient = entry.entry
        self.to.say(entry.name, icon="user-round")
        self.duty.setText(_duty(entry))
        self._say_contact(about)
        self._offer()
        self.adjustSize()
        self.show()
        self._place()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hold(self, entry: EntryFound, text: str) -> None:
        """Have what was typed before for this entry ready, not shown."""
        self._recipient = entry.entry
        self.text.show_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap puts it away; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def close_sent(self) -> None:
        """The message is kept: nothing of it stays here."""
        self.text.clear()
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom right of a window that is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        around = self.parentWidget()
        if around is not None:
            self.move(around.width() - self.width() - _RIGHT, around.height() - self.height() - _BOTTOM)

    def _say_contact(self, about: str) -> None:
        self.is_linked = bool(about)
        self.about.setText(about or say("Aucun contact"))
        self.unlink.setVisible(self.is_linked)

    def _forget_contact(self) -> None:
        self._say_contact("")

    def _offer(self) -> None:
        now = self._now()
        self._dues = suggested(now)[-_OFFERED:]
        for chip, due in zip(self.chips, self._dues, strict=True):
            chip.setText(due_words(due, now, is_compact=False))
            chip.updateGeometry()
        self.chips[0].setChecked(True)
        self.picker.hide()
        self.picker.show_moment(self._dues[0])

    def _ask_other(self) -> None:
        self.picker.show()
        self.adjustSize()
        self._place()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _due(self) -> datetime | None:
        if self.other.isChecked():
            return self.picker.moment()
        return next((due for chip, due in zip(self.chips, self._dues, strict=True) if chip.isChecked()), None)

    def _send(self) -> None:
        words, due = self.text.toPlainText().strip(), self._due()
        if words and due is not None:
            self.sent.emit(words, due)

    def _lay_out(self) -> None:
        whole = column(margins=(1, 1, 1, 1))
        whole.addWidget(self._head())
        whole.addWidget(rule())
        whole.addLayout(self._lines())
        whole.addWidget(rule())
        foot = row(spacing=8, margins=(16, 12, 16, 12))
        foot.addWidget(self.send, 1)
        foot.addWidget(self.leave)
        self.send.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _head(self) -> QWidget:
        line = row(spacing=8, margins=(16, 0, 8, 0))
        line.addWidget(Icon("message-square-reply", 18, "text.secondary"))
        line.addWidget(Text(say("Merci de rappeler"), Role.HEADING))
        line.addWidget(KeyCap(say("Ctrl Maj M")))
        line.addStretch(1)
        away = _small("x", say("Fermer"))
        away.clicked.connect(self.hide)
        line.addWidget(away)
        head = QWidget()
        head.setFixedHeight(_HEAD)
        head.setLayout(line)
        return head

    def _lines(self) -> QVBoxLayout:
        seen = row(spacing=4)
        seen.addWidget(Icon("eye", 13, "text.tertiary"))
        readable = say("Le patient peut lire ce message.")
        seen.addWidget(Text(readable, Role.CAPTION, "tertiary", weight=400), 1)
        written = column(spacing=3)
        written.addWidget(self.text)
        written.addLayout(seen)
        before = row(spacing=6)
        for chip in (*self.chips, self.other):
            before.addWidget(chip)
        before.addStretch(1)
        due = column(spacing=6)
        due.addLayout(before)
        due.addWidget(self.picker)
        link = Icon("phone-incoming", 15, "text.secondary")
        lines = column(spacing=8, margins=(16, 14, 16, 14))
        lines.addLayout(_captioned(say("Pour"), _around(Boxed(self.to, self.duty, wide=self.duty))))
        about = Boxed(link, self.about, self.unlink, wide=self.about)
        lines.addLayout(_captioned(say("Au sujet de"), _around(about)))
        lines.addLayout(_captioned(say("Message"), written, top=9))
        lines.addLayout(_captioned(say("Avant"), due))
        lines.addSpacing(4)
        lines.addLayout(_secret())
        return lines


def _small(icon: str, name: str) -> Button:
    button = Button(icon=icon, kind="ghost", size="small")
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _duty(entry: EntryFound) -> str:
    until = entry.on_duty_until
    return "" if until is None else say("de garde jusqu’à {at}").format(at=wording.clock(until))


def _secret() -> QHBoxLayout:
    words = say(
        "Son DECT affiche «\u00a01 message à lire\u00a0». Aucun nom de patient ne part par DECT "
        "ni par e-mail."
    )
    line = row(spacing=6)
    line.addWidget(Icon("lock", 13, "text.tertiary"), 0, Qt.AlignmentFlag.AlignTop)
    told = Text(words, Role.CAPTION, "secondary", weight=400).wrap()
    told.setMinimumHeight(2 * Role.CAPTION.line)
    line.addWidget(told, 1)
    return line


def _around(part: QWidget) -> QVBoxLayout:
    lines = column()
    lines.addWidget(part)
    return lines


def _captioned(words: str, part: QVBoxLayout, *, top: int = 0) -> QHBoxLayout:
    caption = Text(words, Role.SMALL, weight=600)
    caption.setFixedWidth(_CAPTION)
    caption.setContentsMargins(0, top, 0, 0)
    line = row(spacing=8)
    line.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
    line.addLayout(part, 1)
    return line
