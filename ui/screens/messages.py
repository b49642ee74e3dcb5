"""« Merci de rappeler »: what was sent, received, and left to one's service (design 4.13, rules R29)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.errors import Refusal
from ui.link_words import nothing_left
from ui.panels.messages import message_rows
from ui.refusal_words import refusal_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.messages import Box, MessageList
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.row_list import RowList
from ui.widgets.segments import Segments
from ui.widgets.text import Text
from ui.widgets.toast import Toast


class MessageScreen(QWidget):
    """Entrée says « Lu », then « Fait »; Ctrl+E says « Fait » at once; Échap goes back to the tasks."""

    new_asked = Signal()
    left = Signal()

    def __init__(self, messages: MessageList, *, house: HouseKnown, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._messages, self._house, self._now = messages, house, now
        self.boxes = Segments([(box, words) for box, words in _boxes().items()], is_small=True)
        self.new = Button(say("Nouveau message"), icon="plus", key=say("Ctrl Maj M"))
        self.list = RowList(name=say("Merci de rappeler"))
        self.empty = Text("", tone="secondary")
        self.card = Card()
        self._lay_out()
        self.toast = Toast(self, undo="", beside=self.new)
        messages.state_changed.connect(self._present)
        house.state_changed.connect(self._present)
        messages.refused.connect(self._tell_refused)
        self.boxes.chosen.connect(self._open_box)
        self.list.opened.connect(messages.advance)
        self.new.clicked.connect(self.new_asked)
        for keys, act in (("Ctrl+E", self._finish), ("Escape", self.left.emit), ("Alt+Left", self.left.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._present()

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def _finish(self) -> None:
        self._messages.finish(self.list.key)

    def _open_box(self, box: str) -> None:
        self._messages.open_box(Box(box))

    def _present(self) -> None:
        page = self._messages.state
        for box, words in _boxes().items():
            self.boxes.set_text(box, f"{words} {len(page.lines(box))}")
        self.boxes.choose(page.box)
        rows = message_rows(page, self._now())
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(nothing_left() if self._house.state.is_alone else _why_empty(page.box))
        self.list.present(rows)

    def _tell_refused(self, refusal: Refusal) -> None:
        self.toast.warn(refusal_words(refusal.code))

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card.body.addWidget(self.empty, 1)
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(_foot())
        page = column(spacing=16, margins=(20, 20, 20, 20))
        page.addLayout(self._head())
        page.addWidget(self.card, 1)
        self.setLayout(page)

    def _head(self) -> QHBoxLayout:
        words = column()
        words.addWidget(Text(say("Merci de rappeler"), Role.TITLE))
        words.addWidget(
            Text(say("Messages à une personne ou à un service, reliés au contact."), tone="secondary")
        )
        head = row(spacing=12)
        head.addLayout(words, 1)
        head.addWidget(self.boxes)
        head.addWidget(self.new)
        return head


def _foot() -> QFrame:
    foot = QFrame()
    line = row(spacing=8, margins=(16, 12, 16, 12))
    line.addWidget(Icon("info", 16, "text.secondary"))
    words = say(
        "« Lu » et « Fait » sont posés par le destinataire. À l’échéance, le message passe au suivant, "
        "puis au cadre."
    )
    line.addWidget(Text(words, Role.SMALL, "secondary"), 1)
    lines = column()
    lines.addWidget(rule())
    lines.addLayout(line)
    foot.setLayout(lines)
    return foot


def _boxes() -> dict[Box, str]:
    return {
        Box.SENT: say("Envoyés"),
        Box.RECEIVED: say("Reçus"),
        Box.SERVICE: say("Mon service"),
    }


def _why_empty(box: Box) -> str:
    return {
        Box.SENT: say("Aucun message envoyé n’attend de réponse."),
        Box.RECEIVED: say("Aucun message reçu."),
        Box.SERVICE: say("Aucun message pour votre service."),
    }[box]
