"""Comparing two records that may be one human, and sorting what waits since two were parted."""

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
    WithdrawRejection,
)
from app.domain.errors import Refusal
from app.domain.rights_commands import RectifyPerson
from app.domain.roles import Action, Extent, who_may
from ui.screens.record import RecordScreen
from ui.translate import say
from ui.viewmodels.comparison import Comparison, Phase
from ui.viewmodels.double_pair import Pair
from ui.viewmodels.person_record import OpenedRecord
from ui.viewmodels.triage import Triage
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.panels.comparison import ComparisonCard
    from ui.panels.triage import TriageCard


class Comparing(QObject):
    """The dialog over the window: Ctrl+Maj+D, or « Comparer le doublon possible » beside the history.

    `card` and `triage_card`, what waits for who decides (Ctrl+Maj+T), are built when first asked for.
    """

    def __init__(
        self, seat: Seat, opened: OpenedRecord, *, screen: RecordScreen, notices: Notices, host: QWidget
    ) -> None:
        super().__init__(screen)
        self._desk, self._opened, self._notices, self._host = seat.desk, opened, notices, host
        self._now = seat.clock.now
        self._is_of_record = False
        self.triage = Triage(seat.desk)
        self.triage.setParent(self)
        self._triage_card: TriageCard | None = None
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
        self.triage.state_changed.connect(self._present_triage)
        self.triage.settled.connect(self._tell_sorted)
        self.triage.refused.connect(notices.refuse)

    @property
    def card(self) -> "ComparisonCard":
        """Both records, and the decision."""
        from ui.panels.comparison import ComparisonCard

        if self._card is None:
            self._card = ComparisonCard(self._host, self.comparison)
            self._card.closed.connect(self.comparison.close)
        return self._card

    @property
    def triage_card(self) -> "TriageCard":
        """What waits, line by line."""
        from ui.panels.triage import TriageCard

        if self._triage_card is None:
            self._triage_card = TriageCard(self._host, self.triage, now=self._now)
            self._triage_card.compare_asked.connect(self._compare_signalled)
            self._triage_card.closed.connect(self.triage.forget)
        return self._triage_card

    def open_triage(self) -> None:
        """What waits for who decides of identities (Ctrl+Maj+T)."""
        if not self.comparison.can_decide:
            self._notices.refuse(Refusal("not_allowed"))
            return
        self.triage.forget()
        self.triage_card.open_now()
        self.triage.look()

    def _compare_signalled(self, person: str) -> None:
        self.triage_card.leave()
        self._is_of_record = False
        self.comparison.open(person)
        self.card.open_now()

    def _present_triage(self) -> None:
        if self._triage_card is not None and self._triage_card.isVisible():
            self._triage_card.present()

    def _tell_sorted(self) -> None:
        """Without a name: a notice may be read by who stands at the desk (design 18)."""
        self._notices.tell(say("Rattaché au dossier choisi."))
        self._opened.look()

    def _open(self) -> None:
        record = self._opened.state
        if record is not None:
            self._is_of_record = True
            self.comparison.open(record.traits.person)
            self.card.open_now()

    def _look(self) -> None:
        """Another person's record, or none, is no place for what was begun for this one."""
        record = self._opened.state
        if not self._is_of_record:
            return
        if self._card is not None and (record is None or record.traits.person != self.comparison.person):
            self._card.leave()

    def _present(self) -> None:
        if self._card is None:
            return
        if self.comparison.phase is Phase.SHUT:
            self._card.leave()
        else:
            self._card.present()

    def _tell(self, command: DoubleCommand, pair: Pair, sent: str) -> None:
        self._opened.look()
        match command:
            case MergePersons():
                self._rectify(pair)
                self._notices.tell(say("Dossiers regroupés."), partial(self._undo, pair))
            case RejectDouble():
                undo = WithdrawRejection(person=command.person, other=command.other, act=sent)
                words = say("Ces deux dossiers ne seront plus proposés.")
                self._notices.tell(words, partial(self._take_back, undo))
            case SignalDouble():
                self._notices.tell(say("Doublon signalé\u00a0: un référent décidera."))
            case UnmergePersons():
                self._notices.tell(
                    say("Dossiers séparés\u00a0: ce qui reste à rattacher est sous Ctrl Maj T.")
                )
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

    def _take_back(self, command: WithdrawRejection) -> None:
        self._desk.submit(command, self._look_again, self._notices.refuse)

    def _undone(self, pair: Pair, _id: str) -> None:
        self._rectify(pair, is_back=True)
        self._opened.look()

    def _look_again(self, _id: str) -> None:
        self._opened.look()
