"""One signed-in person's console: the window, and what connects its panels to what they show."""

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.domain.commands import LeaveMessage
from app.domain.errors import Refusal
from app.domain.phone import display
from app.domain.words import CallState, Role
from app.ports import Clock, Mint
from app.queries.caller_card import CallerCard
from app.queries.directory import EntryFound
from app.queries.house import services
from app.queries.person_search import FoundPersons, PersonQuestion, search_persons
from ui.actions import Keys
from ui.background import in_background
from ui.changes import ChangeFeed
from ui.main_window import MainWindow
from ui.panels.banner import Banner
from ui.panels.call_strip import CallStrip
from ui.panels.message_composer import MessageComposer
from ui.panels.motive_form import MotiveFormPanel
from ui.panels.top_bar import TopBar
from ui.places import CALLS, DIRECTORY, HOME, SUPERVISION, pages_to_come, places
from ui.screens.call import CallScreen
from ui.screens.directory import DirectoryScreen
from ui.tasks import Desk
from ui.translate import say
from ui.viewmodels.call_page import CallInHand, CallPage
from ui.viewmodels.caller_search import ToldPerson, registration_of
from ui.viewmodels.directory import DirectoryBoard
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Subject
from ui.viewmodels.supervision import LiveBoard
from ui.widgets.rail import Rail
from ui.widgets.toast import Toast
from ui.wording import clock as clock_words
from ui.wording import motive_label, refusal_words

if TYPE_CHECKING:
    from ui.screens.supervision import SupervisionScreen

HAND_ON_KEYS_MS = 3000


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits here and where, as the server told at sign-in."""

    name: str
    service: str
    service_name: str
    extension: str
    house: str
    role: str = Role.RECEPTIONIST
    services: tuple[str, ...] = ()


class Workplace(QObject):
    """Builds the window and wires it."""

    def __init__(self, desk: Desk, changes: ChangeFeed, person: Person, *, clock: Clock, mint: Mint) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._mint = mint
        self._person = person
        self._services: tuple[tuple[str, str], ...] = ()
        self._of_contact = ("", "")
        self._last_save = ""
        self._held = ""
        self._question = PersonQuestion()
        self.call = CallInHand(
            desk, extension=person.extension, service=person.service, clock=clock, mint=mint
        )
        self.form = MotiveForm(clock=clock, mint=mint)
        self.top_bar = TopBar()
        self.strip = CallStrip(now=clock.now)
        self.banner = Banner(now=clock.now)
        self.panel = MotiveFormPanel(self.form)
        self.screen = CallScreen(side_panel=self.panel, now=clock.now)
        self.rail = Rail(places(), product=say("Console d’accueil"))
        self.window = MainWindow(title=say("Console d’accueil"), rail=self.rail, top_bar=self.top_bar)
        self._keys = Keys(self.window)
        self.toast = Toast(self.window.pages, undo=say("Annuler"), beside=self.panel)
        self.directory = DirectoryScreen(DirectoryBoard(desk, clock=clock), now=clock.now)
        self.composer = MessageComposer(self.window.pages, now=clock.now)
        self._written_to: EntryFound | None = None
        self._pages = {**pages_to_come(), DIRECTORY: self.directory}
        self.live = LiveBoard(desk, services=person.services, clock=clock)
        self.supervision: SupervisionScreen | None = None
        self._furnish()
        self._connect(changes)
        self._map_keys()

    def begin(self) -> None:
        """Read what is here now."""
        self.window.rest_focus()
        self._desk.ask(services, self._keep_services)
        self.call.look()
        if self._person.role == Role.SUPERVISOR:
            # The plotting library takes a second to read: not when the screen is asked for.
            in_background(partial(import_module, "ui.screens.supervision"), owner=self)

    def show_link(self, words: str, *, is_offline: bool) -> None:
        """Say in the rail how the wire is: nothing else changes."""
        self.rail.say_link(words, is_offline=is_offline)

    def _furnish(self) -> None:
        self.window.set_banner(self.banner)
        self.window.set_strip(self.strip)
        self.strip.hide()
        for page in (*self._pages.values(), self.screen):
            self.window.add_page(page)
        self.rail.say_house(self._person.house)
        self.rail.say_user(self._person.name, self._person.service_name)
        self._go(HOME)

    def _connect(self, changes: ChangeFeed) -> None:
        changes.changed.connect(self.call.look)
        changes.changed.connect(self.live.look)
        self.rail.place_chosen.connect(self._visit)
        self.strip.ticked.connect(self._show_agent)
        self.strip.answered.connect(self._answer)
        self.banner.answered.connect(self._answer)
        self.banner.look_asked.connect(lambda: self._visit(CALLS))
        self.call.state_changed.connect(self._show_call)
        self.call.rang.connect(self._on_rang)
        self.call.saved.connect(self._tell_saved)
        self.call.refused.connect(self._tell_refused)
        self.form.saved.connect(self.call.save)
        self.panel.draft_changed.connect(self._keep_draft)
        self.toast.undone.connect(lambda: self.call.withdraw(self._last_save))
        changes.changed.connect(self.directory.refresh)
        self.directory.transfer_asked.connect(self._tell_transfer)
        self.directory.message_asked.connect(self._write_to)
        self.composer.sent.connect(self._leave_message)
        self._connect_screen()

    def _connect_screen(self) -> None:
        screen = self.screen
        for panel in (screen.candidates, screen.chooser):
            panel.person_chosen.connect(self._open_person)
        for panel in (screen.candidates, screen.search):
            panel.continue_asked.connect(self._focus_motive)
            panel.provisional_asked.connect(self._ask_provisional)
        screen.search.person_chosen.connect(self._attach)
        screen.search.person_told.connect(self._register)
        screen.search.link_asked.connect(self._tell_to_come)
        screen.candidates.search_asked.connect(self._search)
        screen.search.question_changed.connect(self._ask_persons)
        screen.band.caller_kind_chosen.connect(self._choose_caller_kind)
        screen.verify.verified.connect(self.call.verify)

    def _map_keys(self) -> None:
        keys = self._keys
        keys.on("F2", self._search)
        keys.on("Ctrl+Shift+N", self._ask_provisional)
        keys.on("F3", self._answer)
        keys.on("F4", self._qualify)
        keys.on("F8", self._look_up)
        keys.on("Ctrl+Shift+M", self._write_message)
        keys.on("Ctrl+F8", self._visit_directory)
        keys.on("F9", self._promise)
        keys.on("Ctrl+I", self._verify)
        keys.on_alt_digit(self._open_nth)

    def _keep_services(self, found: tuple[tuple[str, str], ...]) -> None:
        self._services = found

    def _go(self, place: str) -> None:
        self.rail.choose(place)
        if place == SUPERVISION and self.supervision is None and self._person.role == Role.SUPERVISOR:
            self._open_supervision()
        has_call = self.call.state.card is not None
        self.window.show_page(self.screen if place == CALLS and has_call else self._pages[place])

    def _open_supervision(self) -> None:
        """Made at its first use, of what was read since the sign-in."""
        from ui.screens.supervision import SupervisionScreen

        self.supervision = SupervisionScreen(self.live, now=self._clock.now)
        self._pages[SUPERVISION] = self.supervision
        self.window.add_page(self.supervision)

    def _on_rang(self, _contact: str) -> None:
        """Show the call, unless a person is writing: the banner says it then."""
        card = self.call.state.card
        if card is not None and not self._is_held(card):
            self._go(CALLS)

    def _visit(self, place: str) -> None:
        """Go where a person asked; a call that waited behind what was written comes forward."""
        card = self.call.state.card
        if place == CALLS:
            self._let_forward()
        if place == CALLS and card is not None and self._is_behind():
            self._show_card(self.call.state, card)
        self._go(place)

    def _is_behind(self) -> bool:
        """Another call is here than the one on the page."""
        card = self.call.state.card
        return card is not None and card.call.contact != self._of_contact[0]

    def _is_held(self, card: CallerCard) -> bool:
        """It rings while a person writes: the page and its keys stay with what is written (design 4.3).

        Once it waits it waits, until it is asked for or rings no more.
        """
        if not card.call.is_news or not self._is_behind():
            return False
        return self._held == card.call.contact or self._is_writing()

    def _is_writing(self) -> bool:
        """A field that is not empty has the keyboard, or a key went down in the last seconds."""
        return _has_text(self.window) or self._keys.was_pressed_within(HAND_ON_KEYS_MS)

    def _hold(self, card: CallerCard) -> None:
        self._held = card.call.contact
        self.banner.present(card)
        self.window.show_banner(is_shown=True)
        self.window.lay_out()

    def _let_forward(self) -> None:
        self._held = ""
        self._keys.rest()
        self.window.show_banner(is_shown=False)

    def _answer(self) -> None:
        """Go to the call; the set or the headset picks it up."""
        self._visit(CALLS)
        self._focus_motive()

    def _focus_motive(self) -> None:
        self.screen.open_side()
        self.panel.focus_motive()

    def _qualify(self) -> None:
        if self.call.contact:
            self._answer()

    def _promise(self) -> None:
        if self.call.contact:
            self._go(CALLS)
            self.panel.focus_follow_up()

    def _search(self) -> None:
        self._visit(CALLS)
        self.screen.show_search()

    def _ask_provisional(self) -> None:
        """Write down who has no file, once a call is in hand."""
        card = self.call.state.card
        if card is not None:
            self._search()
            self.screen.search.open_provisional(display(card.call.number))

    def _register(self, told: ToldPerson) -> None:
        person = self._mint.new_id()
        today = self._clock.now().date()
        command = registration_of(told, person=person, service=self._person.service, today=today)
        self._desk.submit(command, lambda _: self._attach(person), self._tell_refused)

    def _attach(self, person: str) -> None:
        """Whoever was found, or written down, is the caller; the others shown were proposed."""
        if self._is_behind():
            self._visit(CALLS)
        else:
            self.call.open_person(person, self.screen.search.listed())

    def _look_up(self) -> None:
        """F8 opens the directory; there, F8 transfers to the chosen row: three keys in all."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self.directory.transfer()
        else:
            self._visit_directory()

    def _visit_directory(self) -> None:
        self._visit(DIRECTORY)
        self.directory.focus_search()

    def _write_message(self) -> None:
        """To the entry chosen in the directory; without one, it is chosen there first."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self._write_to(self.directory.entry)
        else:
            self._visit_directory()
            self.toast.warn(say("Choisissez d’abord à qui écrire, puis Ctrl Maj M."))

    def _write_to(self, entry: EntryFound) -> None:
        self._written_to = entry
        self.composer.open_for(entry, about=self._contact_words())

    def _contact_words(self) -> str:
        card = self.call.state.card
        if card is None:
            return ""
        who = f", {card.opened.birth_name} {card.opened.first_given_name}" if card.opened else ""
        return say("Appel de {at}").format(at=clock_words(card.call.arrived_at)) + who

    def _leave_message(self, text: str, due_at: datetime) -> None:
        entry = self._written_to
        if entry is None:
            return
        message = LeaveMessage(
            message=self._mint.new_id(),
            recipient=entry.entry,
            recipient_name=entry.name,
            contact=self.call.contact or None,
            text=text,
            due_at=due_at,
        )
        self._desk.submit(message, self._tell_left, self._tell_refused)

    def _tell_left(self, _command: str) -> None:
        self.composer.close_sent()
        self.toast.warn(say("Message gardé. Il part dès que le serveur répond."))

    def _tell_transfer(self, entry: EntryFound) -> None:
        words = say("Le transfert se fait encore au poste téléphonique : composez le {number}.")
        self.toast.warn(words.format(number=entry.extension or entry.dect))

    def _verify(self) -> None:
        card = self.call.state.card
        if card is not None and card.opened is not None:
            self._visit(CALLS)
            self.screen.ask_proofs()

    def _show_call(self) -> None:
        page = self.call.state
        card = page.card
        now = self._clock.now()
        if card is not None and self._is_held(card):
            self._hold(card)
            return
        was_held, self._held = self._held, ""
        self.window.show_banner(is_shown=False)
        is_over = card is None or (card.call.state is CallState.ENDED and page.is_saved)
        self.strip.setVisible(not is_over)
        if card is None:
            self._show_agent()
            return
        # The strip ticks as it is presented, and with it the agent's state.
        self.strip.present(card.call, now)
        self._show_card(page, card)
        if was_held == card.call.contact and page.is_live:
            self._answer()
        self.window.lay_out()

    def _show_card(self, page: CallPage, card: CallerCard) -> None:
        self.screen.present(page, self._clock.now())
        self._tell_form(card)

    def _show_agent(self) -> None:
        card = self.call.state.card
        is_supervisor = self._person.role == Role.SUPERVISOR
        self.top_bar.present(card.call if card else None, self._clock.now(), is_supervisor=is_supervisor)

    def _tell_form(self, card: CallerCard) -> None:
        self.form.set_caller_kind(card.caller_kind)
        of_contact = (card.call.contact, card.opened.person if card.opened else "")
        if of_contact == self._of_contact:
            return
        is_new = of_contact[0] != self._of_contact[0]
        self._of_contact = of_contact
        self.screen.verify.cancel()
        self.form.start(self._subject(card))
        if is_new:
            self.screen.search.clear()
            self._desk.draft_of(card.call.contact, partial(self._restore, card.call.contact))

    def _subject(self, card: CallerCard) -> Subject:
        call = card.call
        return Subject(
            contact=call.contact,
            service=call.service or self._person.service,
            service_name=call.service_name or self._person.service_name,
            has_person=card.opened is not None,
            is_verified=card.verified_at is not None,
            open_cases=card.glance.open_cases if card.glance else (),
            repeated_case=card.repeat.case if card.repeat else "",
            services=self._services,
            followed_by=self._person.name,
            frequent=("61", "71"),
        )

    def _restore(self, contact: str, draft: bytes | None) -> None:
        if draft is not None and contact == self.call.contact:
            self.form.restore(draft)

    def _keep_draft(self, draft: bytes) -> None:
        # The last keys of a call may be told when the next one is already here.
        contact = self.form.state.entry.contact
        if contact:
            self._desk.keep_draft(contact, draft, lambda _: self.form.mark_kept())

    def _ask_persons(self, question: PersonQuestion) -> None:
        self._question = question
        self._desk.ask(partial(_found, question=question), partial(self._show_persons, question))

    def _show_persons(self, question: PersonQuestion, found: FoundPersons) -> None:
        if question == self._question:
            self.screen.search.present(found, self._clock.now())

    def _tell_saved(self, motive: str, log: str) -> None:
        self._last_save = log
        self.toast.say(say("Appel qualifié, {motive}").format(motive=motive_label(motive)), can_undo=True)
        self._keys.rest()
        self.window.rest_focus()

    def _tell_refused(self, refusal: Refusal) -> None:
        self.toast.warn(refusal_words(refusal.code))

    def _tell_to_come(self) -> None:
        self.toast.warn(say("Cette action n’est pas encore ouverte. Continuez sans identifier."))

    def _open_nth(self, number: int) -> None:
        card = self.call.state.card
        if card is not None and len(card.candidates) >= number > 0:
            self._open_person(card.candidates[number - 1].person)

    def _open_person(self, person: str) -> None:
        """Open a candidate of the call on the page; one that waits is shown first."""
        if self._is_behind():
            self._visit(CALLS)
        else:
            self.call.open_person(person)

    def _choose_caller_kind(self, kind: str) -> None:
        if not self._is_behind():
            self.call.choose_caller_kind(kind)


def _found(connection: sa.Connection, establishment: str, *, question: PersonQuestion) -> FoundPersons:
    return search_persons(connection, establishment, question)


def _has_text(window: MainWindow) -> bool:
    """A field that is not empty has the keyboard."""
    field = window.keyboard_place()
    text = field.text() if isinstance(field, QLineEdit) else ""
    return bool(text or (isinstance(field, QPlainTextEdit) and field.toPlainText()))
