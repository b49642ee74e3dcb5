"""The form of a notice of the day, for who may tell one: what, what to do, about what, until when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.domain.words import NoticeTopic
from app.queries.notices import Notice
from ui import wording
from ui.task_words import due_words
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.due_chip import DueChoice
from ui.widgets.floating_card import FloatingCard, captioned
from ui.widgets.icon import Icon
from ui.widgets.segments import Segments
from ui.widgets.text import Text

_TITLE, _TEXT = 60, 120
"""Letters, as the command takes them."""
_ENDS_AT = 18


class NoticeForm(FloatingCard):
    """`sent` carries title, text, topic and end; `withdrawn` when the notice shown is taken back."""

    sent = Signal(str, str, str, object)
    withdrawn = Signal()

    def __init__(self, parent: QWidget, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent, icon="pin", title=say("Consigne du jour"))
        self._now = now
        self.what = _field(say("En quelques mots"), name=say("Titre"), most=_TITLE)
        self.text = _field(say("Ce qu’il faut faire ou dire"), name=say("Consigne"), most=_TEXT)
        self.topic = Segments(list(_topics().items()), is_small=True)
        self.until = DueChoice(count=2)
        self.until.grown.connect(self.fit)
        self.publish = Button(say("Publier"), icon="send", key=say("Ctrl Entrée"), kind="primary")
        self.withdraw = Button(say("Retirer"), kind="danger")
        self.leave = Button(say("Annuler"))
        self.publish.clicked.connect(self.confirm)
        self.withdraw.clicked.connect(self.withdrawn)
        self.leave.clicked.connect(self.hide)
        self._lay_out()
        self.clear()

    def open_new(self) -> None:
        """Write a new one; what was begun and put away is still there."""
        if self.withdraw.isVisibleTo(self):
            self.clear()
        self._offer()
        self.come_up(self.what)

    def open_for(self, notice: Notice) -> None:
        """Tell a known one otherwise, or take it back."""
        self.clear()
        self.what.setText(notice.title)
        self.text.setText(notice.text)
        self.topic.choose(notice.topic)
        self.until.show_other(wording.local(notice.ends_at))
        self.withdraw.show()
        self.come_up(self.what)

    def clear(self) -> None:
        """Nothing is written."""
        self.what.clear()
        self.text.clear()
        self.topic.choose(NoticeTopic.GENERAL)
        self.withdraw.hide()
        self._offer()

    def confirm(self) -> None:
        """Publish it, when it says something."""
        title, end = self.what.text().strip(), self.until.moment()
        if not title:
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        elif end is not None:
            self.sent.emit(title, self.text.text().strip(), self.topic.value, end)

    def _offer(self) -> None:
        now = self._now()
        self.until.offer({end: due_words(end, now, is_compact=False) for end in _evenings(now)})

    def _lay_out(self) -> None:
        self.lines.addLayout(captioned(say("Titre"), self.what))
        self.lines.addLayout(captioned(say("Consigne"), self.text))
        self.lines.addLayout(captioned(say("Sujet"), self.topic))
        self.lines.addLayout(captioned(say("Jusqu’à"), self.until))
        self.lines.addSpacing(4)
        self.lines.addLayout(_secret())
        self.foot.addWidget(self.publish, 1)
        self.foot.addWidget(self.withdraw)
        self.foot.addWidget(self.leave)
        self.publish.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _field(placeholder: str, *, name: str, most: int) -> QLineEdit:
    field = QLineEdit()
    field.setFixedHeight(36)
    field.setFont(theme.font(Role.BODY))
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    field.setMaxLength(most)
    return field


def _topics() -> dict[str, str]:
    return {
        NoticeTopic.GENERAL: say("Information"),
        NoticeTopic.ABSENCE: say("Absence"),
        NoticeTopic.DELAY: say("Délai"),
        NoticeTopic.PLACE: say("Accès"),
    }


def _evenings(now: datetime) -> list[datetime]:
    """The next two ends of a day."""
    first = wording.local(now).replace(hour=_ENDS_AT, minute=0, second=0, microsecond=0)
    first += timedelta(days=first <= now)
    return [first, first + timedelta(days=1)]


def _secret() -> QHBoxLayout:
    line = row(spacing=6)
    line.addWidget(Icon("lock", 13, "text.tertiary"), 0, Qt.AlignmentFlag.AlignTop)
    words = say("Tous les postes du service la lisent\u00a0: aucun nom de patient.")
    line.addWidget(Text(words, Role.CAPTION, "secondary", weight=400), 1)
    return line
