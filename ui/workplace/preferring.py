"""Setting from the record what a person lets us send, here or offline, with an « Annuler » that is real."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.consent import Choice, Informed, Purpose
from app.domain.consent_commands import LiftStop, SetPreference, WithdrawPreference
from app.domain.roles import Action, may
from app.domain.words import Channel, Role
from ui.panels.preference_card import PreferenceCard
from ui.preference_words import choice_word, purpose_word
from ui.screens.record import RecordScreen
from ui.translate import say
from ui.viewmodels.person_record import OpenedRecord
from ui.wording import channel_word, small
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Preferring(QObject):
    """The card over the record: Ctrl+P, or « Modifier » beside the history."""

    def __init__(self, seat: Seat, opened: OpenedRecord, *, screen: RecordScreen, notices: Notices) -> None:
        super().__init__(screen)
        self._desk, self._opened, self._notices = seat.desk, opened, notices
        self._person = ""
        self.card = PreferenceCard(screen, can_lift=may(Role(seat.person.role), Action.WRITING))
        key = QShortcut(QKeySequence("Ctrl+P"), screen)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._open)
        screen.side.preferences_asked.connect(self._open)
        opened.state_changed.connect(self._look)
        self.card.said.connect(self._set)
        self.card.lift_asked.connect(self._lift)

    def _open(self) -> None:
        record = self._opened.state
        if record is not None:
            self._person = record.traits.person
            self.card.open_for(record)

    def _look(self) -> None:
        """Another person's record, or none, is no place for what was begun for this one."""
        record = self._opened.state
        if record is None or record.traits.person != self._person:
            self.card.hide()
        else:
            self.card.present(record)

    def _set(
        self, purpose: Purpose, channel: Channel, choice: Choice, source: Channel, informed: Informed | None
    ) -> None:
        command = SetPreference(
            person=self._person,
            purposes=(purpose,),
            channels=(channel,),
            choice=choice,
            source=source,
            informed=informed,
        )
        words = say("{purpose}, {channel}\u00a0: {choice}.").format(
            purpose=purpose_word(purpose),
            channel=small(channel_word(channel)),
            choice=small(choice_word(choice)),
        )
        self._desk.submit(command, partial(self._tell, self._person, words), self._notices.refuse)

    def _lift(self, numbers: tuple[str, ...], channel: Channel, source: Channel, said_on: str) -> None:
        """One command for each number that said it."""
        words = say("STOP levé\u00a0: {channel}.").format(channel=small(channel_word(channel)))
        for number in numbers:
            command = LiftStop(
                person=self._person, number=number, channel=channel, source=source, said_on=said_on
            )
            self._desk.submit(command, lambda _: self._tell_lifted(words), self._notices.refuse)

    def _tell_lifted(self, words: str) -> None:
        """Nothing to take back: who lifted it by mistake writes down the opposition (Ctrl+P)."""
        self._opened.look()
        self._notices.tell(words)

    def _tell(self, person: str, words: str, act: str) -> None:
        self._opened.look()
        self._notices.tell(words, partial(self._undo, WithdrawPreference(person=person, act=act)))

    def _undo(self, command: WithdrawPreference) -> None:
        self._desk.submit(command, lambda _: self._opened.look(), self._notices.refuse)
