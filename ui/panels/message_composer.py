"""« Merci de rappeler »: a short message over the page, which it never replaces (rules R29)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.hours import suggested
from app.queries.directory import EntryFound
from ui import wording
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.note_field import NoteField
from ui.widgets.segments import Segments
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

WIDTH = 440
_CAPTION = 76
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
        self.about = Elided("", Role.SMALL, "secondary")
        self.text = NoteField(placeholder=say("Merci de rappeler…"))
        self.text.set_least(60)
        self.send = Button(say("Envoyer"), icon="send", key=say("Ctrl Entrée"), kind="primary")
        self.leave = Button(say("Annuler"))
        self.send.clicked.connect(self._send)
        self.leave.clicked.connect(self.hide)
        self._before = row(spacing=6)
        self._choice: Segments | None = None
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
        self.about.setText(about or say("Aucun contact"))
        self._offer()
        self.adjustSize()
        self.show()
        self._place()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def _offer(self) -> None:
        self._dues = suggested(self._now())[-2:]
        if self._choice is not None:
            self._before.removeWidget(self._choice)
            self._choice.deleteLater()
        choices = [
            (str(at), wording.capital(wording.when(due, self._now()))) for at, due in enumerate(self._dues)
        ]
        self._choice = Segments(choices, is_small=True)
        self._choice.choose("0")
        self._before.insertWidget(0, self._choice)

    def _send(self) -> None:
        words = self.text.toPlainText().strip()
        if words and self._choice is not None:
            self.sent.emit(words, self._dues[int(self._choice.value or 0)])

    def _lay_out(self) -> None:
        head = row(spacing=8, margins=(16, 12, 16, 12))
        head.addWidget(Icon("message-square-reply", 18, "text.secondary"))
        head.addWidget(Text(say("Merci de rappeler"), Role.HEADING))
        head.addWidget(KeyCap(say("Ctrl Maj M")))
        head.addStretch(1)
        lines = column(spacing=8, margins=(16, 14, 16, 14))
        read = Text(say("Le patient peut lire ce message."), Role.CAPTION, "tertiary")
        secret = Text(
            say("Aucun nom de patient ne part par DECT ni par e-mail."), Role.CAPTION, "secondary"
        ).wrap()
        self._before.addStretch(1)
        for caption, part in (
            (say("Pour"), self.to),
            (say("Au sujet de"), self.about),
            (say("Message"), self.text),
        ):
            lines.addLayout(_captioned(caption, part))
        lines.addWidget(read)
        before = row(spacing=8)
        before.addWidget(_caption(say("Avant")))
        before.addLayout(self._before, 1)
        lines.addLayout(before)
        lines.addWidget(secret)
        foot = row(spacing=8, margins=(16, 12, 16, 12))
        foot.addWidget(self.send, 1)
        foot.addWidget(self.leave)
        whole = column()
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addLayout(lines)
        whole.addWidget(rule())
        whole.addLayout(foot)
        self.setLayout(whole)


def _caption(words: str) -> Text:
    caption = Text(words, Role.SMALL, weight=600)
    caption.setFixedWidth(_CAPTION)
    return caption


def _captioned(words: str, part: QWidget) -> QHBoxLayout:
    line = row(spacing=8)
    line.addWidget(_caption(words))
    line.addWidget(part, 0 if isinstance(part, Tag) else 1)
    if isinstance(part, Tag):
        line.addStretch(1)
    return line
