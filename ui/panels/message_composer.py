"""« Merci de rappeler »: a short message over the page, which it never replaces (rules R29)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.hours import suggested
from app.domain.opening import Opening
from app.queries.directory import EntryFound
from ui import wording
from ui.task_words import due_words
from ui.theme import Role
from ui.translate import say
from ui.widgets.boxed import Boxed
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.due_chip import DueChoice
from ui.widgets.floating_card import FloatingCard, captioned, small_button
from ui.widgets.icon import Icon
from ui.widgets.note_field import NoteField
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

_OFFERED = 2


class MessageComposer(FloatingCard):
    """`sent` carries the text and the due time; `typing` the text, and the due time once one was chosen."""

    sent = Signal(str, object)
    typing = Signal(str, object)

    def __init__(
        self, parent: QWidget, *, now: Callable[[], datetime], opening_of: Callable[[str], Opening]
    ) -> None:
        super().__init__(
            parent, icon="message-square-reply", title=say("Merci de rappeler"), key=say("Ctrl Maj M")
        )
        self._now, self._opening_of = now, opening_of
        self._recipient = ""
        self._due: datetime | None = None
        self.to = Tag(icon="user-round")
        self.duty = Elided("", Role.SMALL, "tertiary")
        self.about = Elided("", Role.BODY)
        self.unlink = small_button("x", say("Ne pas relier au contact"))
        self.unlink.clicked.connect(self._forget_contact)
        self.is_linked = False
        self.text = NoteField(placeholder=say("Merci de rappeler…"), role=Role.BODY)
        self.text.set_least(60)
        self.send = Button(say("Envoyer"), icon="send", key=say("Ctrl Entrée"), kind="primary")
        self.leave = Button(say("Annuler"))
        self.send.clicked.connect(self.confirm)
        self.leave.clicked.connect(self.hide)
        self.due = DueChoice(count=_OFFERED)
        self.due.grown.connect(self.fit)
        self.due.chosen.connect(self._choose_due)
        self.text.written.connect(self._tell)
        self._lay_out()

    def open_for(self, entry: EntryFound, *, about: str) -> None:
        """Write to an entry of the directory; what was typed for the same one is kept."""
        if entry.entry != self._recipient:
            self._due = None
            self.text.clear()
        self._recipient = entry.entry
        self.to.say(entry.name, icon="user-round")
        self.duty.setText(_duty(entry))
        self._say_contact(about)
        self._offer(self._opening_of(entry.service))
        self.come_up(self.text)

    def hold(self, entry: EntryFound, text: str, due: datetime | None) -> None:
        """Have ready, not shown, what was typed before for this entry and the time chosen (aware), if any."""
        self._recipient, self._due = entry.entry, due
        self.text.show_text(text)

    def close_sent(self) -> None:
        """The message is kept: nothing of it stays here."""
        self._due = None
        self.text.clear()
        self.hide()

    def confirm(self) -> None:
        """Send it, when it says something."""
        words, due = self.text.toPlainText().strip(), self.due.moment()
        if words and due is not None:
            self.sent.emit(words, due)

    def _offer(self, opening: Opening) -> None:
        """A time chosen before stands, until it is past."""
        now, before = self._now(), self._due
        dues = suggested(now, opening=opening)[-_OFFERED:]
        self.due.offer({due: due_words(due, now, is_compact=False) for due in map(wording.local, dues)})
        if before is not None and before > now:
            self.due.choose(wording.local(before))

    def _choose_due(self) -> None:
        self._due = self.due.moment()
        self._tell(self.text.toPlainText())

    def _tell(self, text: str) -> None:
        self.typing.emit(text, self._due)

    def _say_contact(self, about: str) -> None:
        self.is_linked = bool(about)
        self.about.setText(about or say("Aucun contact"))
        self.unlink.setVisible(self.is_linked)

    def _forget_contact(self) -> None:
        self._say_contact("")

    def _lay_out(self) -> None:
        seen = row(spacing=4)
        seen.addWidget(Icon("eye", 13, "text.tertiary"))
        readable = say("Le patient peut lire ce message.")
        seen.addWidget(Text(readable, Role.CAPTION, "tertiary", weight=400), 1)
        written = column(spacing=3)
        written.addWidget(self.text)
        written.addLayout(seen)
        link = Icon("phone-incoming", 15, "text.secondary")
        self.lines.addLayout(captioned(say("Pour"), Boxed(self.to, self.duty, wide=self.duty)))
        about = Boxed(link, self.about, self.unlink, wide=self.about)
        self.lines.addLayout(captioned(say("Au sujet de"), about))
        self.lines.addLayout(captioned(say("Message"), written, top=9))
        self.lines.addLayout(captioned(say("Avant"), self.due))
        self.lines.addSpacing(4)
        self.lines.addLayout(_secret())
        self.foot.addWidget(self.send, 1)
        self.foot.addWidget(self.leave)
        self.send.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


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
