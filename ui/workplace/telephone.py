"""The phone under the hand: the strip's buttons, their keys, and what the exchange answered."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.words import AgentState
from ui.panels.own_state import OwnStateMenu
from ui.panels.top_bar import TopBar
from ui.refusal_words import refusal_words, unasked_words
from ui.viewmodels.own_state import OwnStates
from ui.viewmodels.phone import Phone
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.reach import Reach


class Telephone(QObject):
    """What happens to the call is shown when the exchange tells it; only what was not done is said."""

    def __init__(
        self,
        phone: Phone,
        states: OwnStates,
        *,
        front: CallInFront,
        reach: Reach,
        notices: Notices,
        top_bar: TopBar,
    ) -> None:
        super().__init__()
        self._states = states
        self._top_bar = top_bar
        self._phone = phone
        self._front = front
        self._notices = notices
        for ringing in (front.strip, front.banner):
            ringing.answered.connect(self.answer)
        front.strip.hold_asked.connect(phone.hold_or_retrieve)
        front.strip.mute_asked.connect(phone.mute_or_unmute)
        front.strip.transfer_asked.connect(reach.look_up)
        front.strip.hang_up_asked.connect(phone.hang_up)
        phone.refused.connect(self._refuse)
        phone.undialled.connect(self._say_number)
        phone.state_changed.connect(self._show)
        top_bar.state_asked.connect(self.offer_states)

    def answer(self) -> None:
        """Take the call that rings, and go to it; a call already taken is only gone to (F3)."""
        self.take()
        self._front.go_to_call()

    def offer_states(self) -> None:
        """Let one's own state be chosen, under the chip that shows it."""
        chip = self._top_bar.state_chip
        menu = self.state_menu(chip)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def state_menu(self, parent: QWidget) -> OwnStateMenu:
        """The choice of one's own state, as it stands now."""
        trouble = self._phone.state.trouble if not self._phone.state.obeys else ""
        why = refusal_words(trouble) if trouble == "needs_server" else ""
        menu = OwnStateMenu(self._states.state, trouble=why, parent=parent)
        menu.chosen.connect(self._change_state)
        return menu

    def _change_state(self, state: str, queue: str) -> None:
        self._phone.change_state(AgentState(state), queue)

    def take(self) -> None:
        """Take the call that rings, whatever window is in front."""
        self._phone.answer()

    def _show(self) -> None:
        for ringing in (self._front.strip, self._front.banner):
            ringing.say_phone(self._phone.state)

    def _say_number(self, code: str, number: str) -> None:
        self._notices.warn(unasked_words(code, number))

    def _refuse(self, code: str) -> None:
        self._notices.warn(refusal_words(code))
