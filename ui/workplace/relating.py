"""Comparing who says to be close to a person, from a record or a call; writing them down (R4)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import Refusal
from app.domain.relative_commands import RelativeCommand, SayRelative, WithdrawRelative
from app.domain.relatives import Compared, RelativeRole
from app.domain.words import Channel
from ui.panels.relative_card import RelativeCard
from ui.translate import say
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat

REASON = "relative"
"""Kept in the access log of whoever compares."""


class Relating(QObject):
    """The card over `host`: Ctrl+Maj+P on the screen, or its « Comparer un proche ».

    `opened` is whose card or record the screen shows, empty for nobody; `written` reads it again.
    """

    def __init__(
        self,
        seat: Seat,
        *,
        screen: QWidget,
        host: QWidget,
        opened: Callable[[], str],
        written: Callable[[], None],
        notices: Notices,
    ) -> None:
        super().__init__(screen)
        self._desk, self._opened, self._written, self._notices = seat.desk, opened, written, notices
        self._person = ""
        self.card = RelativeCard(host)
        key = QShortcut(QKeySequence("Ctrl+Shift+P"), screen)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.ask)
        self.card.compare_asked.connect(self._compare)
        self.card.said.connect(self._say)
        self.card.withdrawal_asked.connect(self._withdraw)

    def ask(self) -> None:
        """Ask who speaks, where somebody's card is open."""
        self._person = self._opened()
        if self._person:
            self.card.open_now()

    def look(self) -> None:
        """Another person's card, or none, is no place for what was begun for this one."""
        if self._opened() != self._person:
            self.card.hide()

    def _compare(self, full_name: str, role: RelativeRole) -> None:
        told = (full_name, role)
        then = partial(self._present, self._person, told)
        self._desk.compare_relative((self._person, *told), REASON, then, self._refuse)

    def _present(self, person: str, told: tuple[str, RelativeRole], compared: Compared | None) -> None:
        if compared is None:
            self._refuse(Refusal("unknown_person", "person"))
        elif person == self._person:
            self.card.present(told, compared)

    def _say(self) -> None:
        full_name, role = self.card.told
        command = SayRelative(
            person=self._person,
            full_name=full_name,
            role=role,
            number_raw=self.card.number.text().strip(),
            scope=self.card.scope.text().strip() if role is RelativeRole.CARER else "",
            is_not_informed=self.card.is_not_informed.isChecked(),
            source=Channel(self.card.source.value),
        )
        self._desk.submit(command, partial(self._tell_said, self._person), self._refuse)

    def _withdraw(self, relative: str) -> None:
        command = WithdrawRelative(person=self._person, relative=relative)
        self._submit(command, say("Proche retiré."))

    def _submit(self, command: RelativeCommand, words: str) -> None:
        self._desk.submit(command, lambda _: self._tell(words), self._refuse)

    def _tell_said(self, person: str, act: str) -> None:
        """Without a name: a notice may be read by who stands at the desk (design 18)."""
        self.card.hide()
        self._written()
        undo = WithdrawRelative(person=person, relative=act)
        self._notices.tell(say("Proche enregistré."), lambda: self._submit(undo, say("Proche retiré.")))

    def _tell(self, words: str) -> None:
        self.card.hide()
        self._written()
        self._notices.tell(words)

    def _refuse(self, refusal: Refusal) -> None:
        """What was typed stays, to be put right or asked again."""
        if self.card.isVisible() and not self.card.save.isVisible():
            self.card.begin_again()
        self._notices.refuse(refusal)
