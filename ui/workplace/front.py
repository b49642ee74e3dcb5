"""The call in front of whoever sits here: when it takes the page, when it waits behind what is written."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.domain.commands import LogMotive
from app.domain.words import CallState
from app.queries.caller_card import CallerCard
from ui.actions import Keys
from ui.main_window import MainWindow
from ui.panels.after_call_strip import AfterCallStrip
from ui.panels.banner import Banner
from ui.panels.call_strip import CallStrip
from ui.panels.motive_form import MotiveFormPanel
from ui.places import CALLS
from ui.screens.call import CallScreen
from ui.viewmodels.after_call import AfterCall
from ui.viewmodels.call_page import CallInHand, CallPage
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Subject
from ui.widgets.overlay import is_over
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat

HAND_ON_KEYS_MS = 3000


class CallInFront(QObject):
    """The strip, the banner, the call page and its form, and which call each of them is about."""

    ticked = Signal()
    contact_changed = Signal(str)

    def __init__(self, seat: Seat, call: CallInHand, *, window: MainWindow, keys: Keys, pages: Pages) -> None:
        super().__init__()
        self._person = seat.person
        self._desk = seat.desk
        self._clock = seat.clock
        self._house = seat.house
        self._call = call
        self._window = window
        self._keys = keys
        self._pages = pages
        self._of_contact = ("", "")
        self._held = ""
        self._silent = ""
        self.form = MotiveForm(clock=seat.clock, mint=seat.mint)
        self.panel = MotiveFormPanel(self.form)
        self.strip = CallStrip(now=seat.clock.now)
        self.after = AfterCall(extension=seat.person.extension, clock=seat.clock)
        self.after_strip = AfterCallStrip()
        self.banner = Banner(now=seat.clock.now)
        self.screen = CallScreen(side_panel=self.panel, now=seat.clock.now)
        self._furnish()
        self._connect()

    def begin(self) -> None:
        """Read what is here now."""
        self._call.look()

    @property
    def is_behind(self) -> bool:
        """Another call is here than the one on the page."""
        card = self._call.state.card
        return card is not None and card.call.contact != self._of_contact[0]

    @property
    def is_silent(self) -> bool:
        """The call in hand was told to make no more of itself here, until it is answered."""
        return bool(self._silent) and self._silent == self._call.contact

    def silence(self) -> None:
        """The console shows the call that rings no further; the phone still rings, and F3 takes it."""
        self._silent = self._call.contact
        self.strip.say_silent(is_silent=True)
        self._window.show_banner(is_shown=False)
        self._window.lay_out()

    def visit(self, place: str) -> None:
        """Go where a person asked; a call that waited behind what was written comes forward."""
        card = self._call.state.card
        if place == CALLS:
            self._let_forward()
        if place == CALLS and card is not None and self.is_behind:
            self._bring(self._call.state, card)
        self._pages.go(place)

    def go_to_call(self) -> None:
        """Go to the call, the keyboard in its motive."""
        self.visit(CALLS)
        self.focus_motive()

    def focus_motive(self) -> None:
        """Put the keyboard in the motive field."""
        self.screen.open_side()
        self.panel.focus_motive()

    def qualify(self) -> None:
        """Go to the motive of the call in hand, if there is one (F4)."""
        if self._call.contact:
            self.go_to_call()

    def take_up(self, contact: str, refused: LogMotive | None = None) -> None:
        """Qualify a contact that nobody has qualified; it is over, so nothing is read by it (design 4.1)."""
        self._call.take_up(contact, partial(self._go_on_with, refused))

    def _go_on_with(self, refused: LogMotive | None) -> None:
        """What was refused of it is in the form again."""
        self.go_to_call()
        if refused is not None:
            self.form.write_again(refused)

    def promise(self) -> None:
        """Go to what was promised in the call in hand (F9)."""
        if self._call.contact:
            self._pages.go(CALLS)
            self.panel.focus_follow_up()

    def verify(self) -> None:
        """Ask what was compared, once a card is open (Ctrl+I)."""
        card = self._call.state.card
        if card is not None and card.opened is not None:
            self.visit(CALLS)
            self.screen.ask_proofs()

    def _furnish(self) -> None:
        self._window.set_banner(self.banner)
        for strip in (self.strip, self.after_strip):
            self._window.set_strip(strip)
            strip.hide()
        self._pages.put_over(CALLS, self.screen, when=lambda: self._call.state.card is not None)

    def _connect(self) -> None:
        self.strip.ticked.connect(self.ticked)
        for ringing in (self.strip, self.banner):
            ringing.silenced.connect(self.silence)
        self.strip.return_asked.connect(self.go_to_call)
        self._pages.gone.connect(self._say_place)
        self.banner.look_asked.connect(lambda: self.visit(CALLS))
        self._call.state_changed.connect(self._show_call)
        self._house.state_changed.connect(self._tell_house)
        self._call.rang.connect(self._on_rang)
        self.form.postponed.connect(self._call.postpone)
        self.form.saved.connect(self._call.save)
        self.panel.draft_changed.connect(self._keep_draft)
        self.screen.verify.verified.connect(self._call.verify)

    def _say_place(self, place: str) -> None:
        self.strip.say_place(is_away=place != CALLS)

    def _tell_house(self) -> None:
        """A desk that opens for the first time does not hold its house yet, and its hours may change."""
        card = self._call.state.card
        if card is not None and not self.is_behind:
            self._tell_form(card)

    def _on_rang(self, _contact: str) -> None:
        """Show the call, unless a person is writing: the banner says it then."""
        card = self._call.state.card
        if card is None or self.is_silent or self._is_held(card):
            return
        if not self.is_behind and self._is_writing():
            return
        had_keyboard = self._window.keyboard_place()
        self._pages.go(CALLS)
        if self._window.keyboard_place() is not had_keyboard:
            # Qt gives the keyboard of a page that goes to a field of the one that comes.
            self._window.rest_focus()

    def _is_held(self, card: CallerCard) -> bool:
        """It rings while a person writes: the page and its keys stay with what is written (design 4.3).

        Once it waits it waits, until it is asked for or rings no more.
        """
        if not card.call.is_news or not self.is_behind:
            return False
        return self._held == card.call.contact or self._is_writing()

    def _is_writing(self) -> bool:
        """A dialog is open, a field that is not empty has the keyboard, a key went down a moment ago."""
        has_begun = is_over(self._window) or _has_text(self._window)
        return has_begun or self._keys.was_pressed_within(HAND_ON_KEYS_MS)

    def _hold(self, card: CallerCard) -> None:
        self._held = card.call.contact
        self.banner.present(card)
        self._window.show_banner(is_shown=not self.is_silent)
        self._window.lay_out()

    def _let_forward(self) -> None:
        self._held = ""
        self._keys.rest()
        self._window.show_banner(is_shown=False)

    def _show_call(self) -> None:
        page = self._call.state
        card = page.card
        if card is not None and card.call.state is not CallState.QUEUED and not card.call.is_news:
            self._silent = ""
        if card is not None and self._is_held(card):
            self._hold(card)
            return
        was_held, self._held = self._held, ""
        self._window.show_banner(is_shown=False)
        if was_held and self._of_contact[0] and _is_lost(card, was_held):
            self._call.go_back(self._of_contact[0])
            return
        if card is None:
            self.after.follow(page)
            self.strip.hide()
            self.after_strip.hide()
            self.ticked.emit()
            return
        self._bring(page, card)
        if was_held == card.call.contact and page.is_live:
            self.go_to_call()
        self._window.lay_out()

    def _bring(self, page: CallPage, card: CallerCard) -> None:
        """The page is about this call from now on."""
        self.after.follow(page)
        is_after = bool(self.after.state.contact)
        self.strip.setVisible(not is_after and (page.is_live or not page.is_dealt_with))
        self.after_strip.setVisible(is_after)
        self.strip.say_silent(is_silent=self.is_silent)
        # The strip ticks as it is presented, and with it the agent's state.
        self.strip.present(card)
        self._show_card(page, card)

    def _show_card(self, page: CallPage, card: CallerCard) -> None:
        self.screen.present(page, self._clock.now())
        self._tell_form(card)

    def _tell_form(self, card: CallerCard) -> None:
        self.form.set_caller_kind(card.caller_kind)
        before, self._of_contact = self._of_contact, _whose(card)
        if before != self._of_contact:
            self.screen.verify.cancel()
        self.form.start(self._subject(card))
        if before[0] != self._of_contact[0]:
            self.screen.search.clear()
            self.contact_changed.emit(card.call.contact)
            self._desk.draft_of(card.call.contact, partial(self._restore, card.call.contact))

    def _subject(self, card: CallerCard) -> Subject:
        call = card.call
        return Subject(
            contact=call.contact,
            channel=call.channel,
            service=call.service or self._person.service,
            service_name=call.service_name or self._person.service_name,
            has_person=card.opened is not None,
            is_verified=card.verified_at is not None,
            open_cases=card.glance.open_cases if card.glance else (),
            repeated_case=card.repeat.case if card.repeat else "",
            promises=card.glance.promises if card.glance else (),
            house=self._house.state,
            followed_by=self._person.name,
            frequent=self._house.state.frequent.get(call.queue, ()),
        )

    def _restore(self, contact: str, draft: bytes | None) -> None:
        if draft is not None and contact == self._call.contact:
            self.form.restore(draft)

    def _keep_draft(self, draft: bytes) -> None:
        # The last keys of a call may be told when the next one is already here.
        contact = self.form.state.entry.contact
        if contact:
            self._desk.keep_draft(contact, draft, lambda _: self.form.mark_kept())


def _whose(card: CallerCard) -> tuple[str, str]:
    """The contact, and the person whose card is open."""
    return card.call.contact, card.opened.person if card.opened else ""


def _is_lost(card: CallerCard | None, waited: str) -> bool:
    """The call that waited was given up, or a colleague took it."""
    if card is None:
        return True
    call = card.call
    return call.contact == waited and call.state is CallState.ENDED and call.answered_at is None


def _has_text(window: MainWindow) -> bool:
    """A field that is not empty has the keyboard."""
    field = window.keyboard_place()
    text = field.text() if isinstance(field, QLineEdit) else ""
    return bool(text or (isinstance(field, QPlainTextEdit) and field.toPlainText()))
