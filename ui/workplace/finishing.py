"""Finishing a call that is over: its time, what it still wants, and where one goes next."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.domain.words import AgentState, LineRefusal
from ui.main_window import MainWindow
from ui.places import CALLS, HOME
from ui.refusal_words import trouble_words
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.own_state import OwnStates
from ui.viewmodels.phone import Phone
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages

AFTER_PAINT_MS = 100
"""A ring that takes the page is painted before what it replaced is told."""


class Finishing(QObject):
    """Nothing here takes the page nor the keyboard from who writes; a call left untraced is always told."""

    def __init__(
        self,
        call: CallInHand,
        *,
        phone: Phone,
        states: OwnStates,
        front: CallInFront,
        pages: Pages,
        window: MainWindow,
        notices: Notices,
        show_agent: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._call, self._phone, self._front, self._pages = call, phone, front, pages
        self._notices, self._window, self._states = notices, window, states
        self._after = front.after
        self._place = HOME
        self._saved, self._left = "", ""
        self._away_after = ""
        self._told = QTimer(self, interval=AFTER_PAINT_MS, singleShot=True)
        self._told.timeout.connect(self._tell_kept)
        self._after.kept.connect(self._told.start)
        self._after.state_changed.connect(self._show)
        self._after.state_changed.connect(show_agent)
        front.form.state_changed.connect(self._show)
        for told in (phone.state_changed, states.state_changed):
            told.connect(self._show)
        front.form.next_wanted.connect(self._want_next)
        strip = front.after_strip
        strip.ticked.connect(self._after.count)
        strip.more_asked.connect(self._after.extend)
        strip.call_back_asked.connect(self._call_back)
        strip.return_asked.connect(front.go_to_call)
        strip.away_asked.connect(self._choose_away)
        pages.gone.connect(self._note_place)
        strip.hide()

    def note_saved(self, contact: str) -> None:
        """Its motive is kept: the call is finished."""
        self._saved = contact
        self._after.finish(contact)
        self._go_on()

    def _show(self) -> None:
        state = self._after.state
        strip = self._front.after_strip
        if self._away_after and not self._is_going_on(self._away_after):
            self._away_after = ""
            self._phone.change_state(AgentState.UNAVAILABLE)
        if not state.contact and strip.isHidden():
            return  # Each ring and each key come by here: there is nothing to finish.
        strip.present(state, missing=self._front.form.missing)
        strip.say_away_after(is_away_after=bool(self._away_after), why_not=self._why_not_away())
        if not state.contact:
            strip.hide()
        self._front.panel.head.say_over(is_over=bool(state.contact))

    def _choose_away(self) -> None:
        """Leave the queues once this call is finished, or its time over; the same click takes it back."""
        self._away_after = "" if self._away_after else self._after.state.contact
        self._show()

    def _is_going_on(self, contact: str) -> bool:
        state = self._after.state
        return state.contact == contact and state.is_running

    def _why_not_away(self) -> str:
        if self._phone.state.trouble == "needs_server":
            return trouble_words("needs_server")
        return "" if self._states.state else trouble_words(LineRefusal.NOT_AGENT)

    def _tell_kept(self) -> None:
        self._notices.remark(say("Appel gardé dans À qualifier."))

    def _call_back(self) -> None:
        self._phone.dial(self._after.state.number)

    def _note_place(self, place: str) -> None:
        self._front.after_strip.say_place(is_away=place != CALLS)
        if place != CALLS:
            self._place = place
            self._after.leave()

    def _want_next(self) -> None:
        self._left = self._front.form.state.entry.contact
        self._go_on()

    def _go_on(self) -> None:
        """The call that waits, else where one was before, in the field one was in."""
        if not self._left or self._left != self._saved:
            return
        self._left = ""
        if self._front.is_behind:
            self._front.visit(CALLS)
        elif not self._call.state.is_live:
            self._pages.go(self._place)
            self._window.give_keyboard_back()
