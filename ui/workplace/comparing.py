"""Comparing from the record two that may be one human: decided here by who may, proposed by the others."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.double_commands import (
    DoubleCommand,
    MergePersons,
    RejectDouble,
    SignalDouble,
    UnmergePersons,
)
from app.domain.rights_commands import RectifyPerson
from app.domain.roles import Action, Extent, who_may
from ui.screens.record import RecordScreen
from ui.translate import say
from ui.viewmodels.comparison import Comparison, Phase
from ui.viewmodels.double_pair import Pair
from ui.viewmodels.person_record import OpenedRecord
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.panels.comparison import ComparisonCard


class Comparing(QObject):
    """The dialog over the window: Ctrl+Maj+D, or « Comparer le doublon possible » beside the history.

    `card` is built when it is first asked for.
    """

    def __init__(
        self, seat: Seat, opened: OpenedRecord, *, screen: RecordScreen, notices: Notices, host: QWidget
    ) -> None:
        super().__init__(screen)
        self._desk, self._opened, self._notices, self._host = seat.desk, opened, notices, host
        deciders = who_may(Action.FILES, Extent.DECIDE)
        self.comparison = Comparison(seat.desk, can_decide=seat.person.role in deciders)
        self.comparison.setParent(self)
        self._card: ComparisonCard | None = None
        key = QShortcut(QKeySequence("Ctrl+Shift+D"), screen)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._open)
        screen.side.comparison_asked.connect(self._open)
        opened.state_changed.connect(self._look)
        self.comparison.state_changed.connect(self._present)
        self.comparison.done.connect(self._tell)
        self.comparison.refused.connect(notices.refuse)

    @property
    def card(self) -> "ComparisonCard":
        """Both records, and the decision."""
        from ui.panels.comparison import ComparisonCard

        if self._card is None:
            self._card = ComparisonCard(self._host, self.comparison)
            self._card.closed.connect(self.comparison.close)
        return self._card

    def _open(self) -> None:
        record = self._opened.state
        if record is not None:
            self.comparison.open(record.traits.person)
            self.card.open_now()

    def _look(self) -> None:
        """Another person's record, or none, is no place for what was begun for this one."""
        record = self._opened.state
        if self._card is not None and (record is None or record.traits.person != self.comparison.person):
            self._card.leave()

    def _present(self) -> None:
        if self._card is None:
            return
        if self.comparison.phase is Phase.SHUT:
            self._card.leave()
        else:
            self._card.present()

    def _tell(self, command: DoubleCommand, pair: Pair) -> None:
        self._opened.look()
        match command:
            case MergePersons():
                self._rectify(pair)
                self._notices.tell(say("Dossiers regroupés."), partial(self._undo, pair))
            case RejectDouble():
                self._notices.tell(say("Ces deux dossiers ne seront plus proposés."))
            case SignalDouble():
                self._notices.tell(say("Doublon signalé\u00a0: un référent décidera."))
            case UnmergePersons():
                self._notices.tell(say("Dossiers séparés."))
            case _:
                raise AssertionError(command)

    def _rectify(self, pair: Pair, *, is_back: bool = False) -> None:
        """The kept record takes what was chosen of the other, or has its own again."""
        corrections = pair.corrections(pair.kept if is_back else pair.other)
        if corrections:
            reason = say("Regroupement annulé") if is_back else say("Choisi au regroupement")
            command = RectifyPerson(person=pair.kept.person, corrections=corrections, reason=reason)
            self._desk.submit(command, self._look_again, self._notices.refuse)

    def _undo(self, pair: Pair) -> None:
        command = UnmergePersons(person=pair.other.person)
        self._desk.submit(command, partial(self._undone, pair), self._notices.refuse)

    def _undone(self, pair: Pair, _id: str) -> None:
        self._rectify(pair, is_back=True)
        self._opened.look()

    def _look_again(self, _id: str) -> None:
        self._opened.look()
