"""« Réglages » in the window: made at its first visit, and what it changes in this desk's other rooms."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.places import SETTINGS
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.own_settings import OwnSettings
from ui.viewmodels.own_state import OwnStates
from ui.workplace.answering_key import USUAL, AnsweringKey
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.screens.settings import SettingsScreen


class Settling(QObject):
    """`screen` is None until somebody goes there: a desk starts without it."""

    def __init__(
        self,
        seat: Seat,
        own: OwnSettings,
        answering_key: AnsweringKey | None,
        *,
        call: CallInHand,
        states: OwnStates,
        notices: Notices,
        pages: Pages,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._seat, self._own, self._key = seat, own, answering_key
        self._states, self._notices, self._window = states, notices, window
        self.screen: SettingsScreen | None = None
        pages.put_at_first_use(SETTINGS, self._make)
        call.rang.connect(self._give_keys_back)

    def take_keyboard(self, place: str) -> None:
        """A person went to the page."""
        if place == SETTINGS and self.screen is not None:
            self.screen.take_keyboard()

    def _make(self) -> QWidget:
        from ui.screens.settings import SettingsScreen

        person, key = self._seat.person, self._key
        screen = SettingsScreen(
            self._own,
            name=person.name,
            extension=person.extension,
            answer_keys=key.choices() if key is not None else (),
            is_front_desk=person.is_at_front_desk,
        )
        self.screen = screen
        screen.answer_chosen.connect(self._choose_key)
        screen.restored.connect(self._restore)
        self._states.state_changed.connect(self._show_queues)
        self._show_queues()
        self._show_key()
        return screen

    def _show_queues(self) -> None:
        if self.screen is not None:
            self.screen.show_queues(self._states.state)

    def _show_key(self) -> None:
        if self.screen is not None and self._key is not None:
            self.screen.show_answer_key(self._key.chosen)

    def _choose_key(self, name: str) -> None:
        if self._key is not None:
            self._key.choose(name)
            self._show_key()

    def _restore(self) -> None:
        self._choose_key(USUAL)
        self._notices.tell(say("Réglages d’origine rétablis."))

    def _give_keys_back(self, _contact: str) -> None:
        """A call rings: F3 answers it, also for who was trying the keys. No text is lost there."""
        if self.screen is not None and self.screen.key_test.caps.hasFocus():
            self._window.rest_focus()
