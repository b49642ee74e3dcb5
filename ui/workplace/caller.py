"""Who calls: chosen among the candidates, found by the search, or written down."""

from contextlib import suppress
from functools import partial

import msgspec
from PySide6.QtCore import QObject

from app.domain.commands import WithdrawIdentification
from app.domain.phone import display
from app.domain.words import Channel
from ui.house_time import house_time
from ui.places import CALLS
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.caller_search import ToldPerson, Typed, registration_of
from ui.viewmodels.person_search import PersonSearch
from ui.workplace.front import CallInFront
from ui.workplace.kept import Kept
from ui.workplace.notices import Notices
from ui.workplace.relating import Relating
from ui.workplace.seat import Seat


class WhoCalls(QObject):
    """Wires the candidates, the chooser and the search of the call page."""

    def __init__(self, seat: Seat, call: CallInHand, *, front: CallInFront, notices: Notices) -> None:
        super().__init__(front.screen)
        self._seat = seat
        self._call = call
        self._front = front
        self._screen = front.screen
        self._notices = notices
        self._persons = PersonSearch(seat.desk)
        self._persons.setParent(self)
        self._kept = Kept(seat.desk)
        self.relating = Relating(
            seat,
            screen=self._screen,
            host=self._screen.faces,
            opened=self._opened_person,
            written=call.look,
            notices=notices,
        )
        self._connect()

    def search(self) -> None:
        """Look for the caller (F2)."""
        self._front.visit(CALLS)
        self._screen.show_search()

    def note(self, channel: Channel, person: str = "") -> None:
        """Write down who comes or calls outside the telephone (Ctrl+N, Ctrl+G), unless a call is in hand."""
        if self._call.state.is_live:
            self._notices.warn(say("Un appel est en cours : qualifiez-le d’abord (F4)."))
            return
        self._call.note(channel, person=person, then=self._front.go_to_call if person else self.search)

    def take(self, person: str) -> None:
        """Whoever was chosen outside the page is the caller, or a new contact's person."""
        if self._call.state.is_live:
            self._front.visit(CALLS)
            self._attach(person)
        else:
            self.note(Channel.PHONE, person)

    def ask_provisional(self) -> None:
        """Write down who has no file, once a call is in hand (Ctrl+Maj+N)."""
        card = self._call.state.card
        if card is not None:
            self.search()
            is_another = self._call.caller_kind.is_another
            number = "" if is_another else display(card.call.number)
            self._screen.search.open_provisional(number, needs_number=not is_another)

    def open_nth(self, number: int) -> None:
        """Open the candidate of this number, if there are so many (Alt and a digit)."""
        card = self._call.state.card
        if card is not None and len(card.candidates) >= number > 0:
            self.open(card.candidates[number - 1].person)

    def _begin_search(self, contact: str) -> None:
        self._kept.turn_to(f"search {contact}", self._restore_search)

    def _keep_search(self, typed: Typed) -> None:
        self._kept.change(b"" if typed.is_empty else msgspec.json.encode(typed))

    def _restore_search(self, draft: bytes) -> None:
        with suppress(msgspec.DecodeError):
            self._screen.search.restore(msgspec.json.decode(draft, type=Typed))

    def _connect(self) -> None:
        screen = self._screen
        for panel in (screen.candidates, screen.chooser):
            panel.person_chosen.connect(self.open)
        for panel in (screen.candidates, screen.search):
            panel.continue_asked.connect(self._front.focus_motive)
            panel.provisional_asked.connect(self.ask_provisional)
        screen.search.person_chosen.connect(self._attach)
        screen.search.person_told.connect(self._register)
        screen.search.typing.connect(self._keep_search)
        self._front.contact_changed.connect(self._begin_search)
        self._call.identified.connect(self._tell_attached)
        screen.candidates.search_asked.connect(self.search)
        screen.search.question_changed.connect(self._persons.ask)
        screen.search.widening_asked.connect(self._widen)
        self._persons.state_changed.connect(self._show)
        screen.band.caller_kind_chosen.connect(self._choose_kind)
        screen.band.relative_asked.connect(self.relating.ask)
        self._call.state_changed.connect(self._keep_relative)

    def _opened_person(self) -> str:
        card = self._call.state.card
        if card is None or card.opened is None or self._front.is_behind:
            return ""
        return card.opened.person

    def _keep_relative(self) -> None:
        """A call that waits behind this one takes nothing away of what is typed."""
        if not self._front.is_behind:
            self.relating.look()

    def open(self, person: str) -> None:
        """Open a candidate of the call on the page; one that waits is shown first."""
        if self._front.is_behind:
            self._front.visit(CALLS)
        else:
            self._call.open_person(person)

    def _attach(self, person: str) -> None:
        """Whoever was found, or written down, is the caller; the others shown were proposed."""
        if self._front.is_behind:
            self._front.visit(CALLS)
        else:
            self._call.open_person(person, self._screen.search.listed())

    def _tell_attached(self, person: str, undo: WithdrawIdentification) -> None:
        """Nobody is named in a notice; one by mistake can be taken back."""
        is_elsewhere = person in self._persons.state.elsewhere
        later = say("Appel rattaché. Le dossier s’ouvre dès que le serveur l’envoie.")
        self._notices.tell(
            later if is_elsewhere else say("Appel rattaché."), partial(self._call.take_back, undo)
        )

    def _register(self, told: ToldPerson) -> None:
        seat = self._seat
        person = seat.mint.new_id()
        today = house_time.day(seat.clock.now())
        command = registration_of(
            told, person=person, service=seat.person.service, today=today, contact=self._call.contact
        )
        seat.desk.submit(command, lambda _: self._attach(person), self._notices.refuse)

    def _choose_kind(self, kind: str) -> None:
        if not self._front.is_behind:
            self._call.choose_caller_kind(kind)

    def _widen(self) -> None:
        """The call in hand is the reason to look beyond the services; it stays with the trace."""
        self._persons.widen(f"call {self._call.contact}")

    def _show(self) -> None:
        state = self._persons.state
        if state.found is not None:
            self._screen.search.present(state.found, self._seat.clock.now(), state.reach)
