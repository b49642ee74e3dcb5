"""The call in hand: which one it is, whose card is open, and what a person does with it."""

from collections.abc import Callable
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import (
    IdentifyCaller,
    LogMotive,
    NoteContact,
    OpenPerson,
    PostponeCommitment,
    ReopenCommitment,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.errors import Refusal
from app.domain.words import CallerKind, CallState, Channel, Proof
from app.ports import Clock, Mint
from app.queries.call_rows import current_call
from app.queries.caller_card import CallerCard, CallLine, caller_card
from app.queries.timeline import Timeline, timeline
from ui.tasks import Desk

_LIVE = frozenset((CallState.RINGING, CallState.DIALLING, CallState.IN_CALL, CallState.HELD))


class CallPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the call page shows; no call when `card` is None."""

    card: CallerCard | None = None
    timeline: Timeline | None = None
    is_saved: bool = False

    @property
    def is_live(self) -> bool:
        """Ringing, dialling, in call or held, and here."""
        call = self.card.call if self.card is not None else None
        return call is not None and call.state in _LIVE and not call.is_given

    @property
    def is_dealt_with(self) -> bool:
        """Its motive is logged, here or by a colleague: nothing of it is left to finish."""
        return self.is_saved or (self.card is not None and bool(self.card.call.motive))


class CallInHand(QObject):
    """Follows the calls of one extension; reads on the reader's thread, paints nothing."""

    state_changed = Signal()
    rang = Signal(str)
    saved = Signal(str, str)
    identified = Signal(str, object)
    refused = Signal(object)

    def __init__(self, desk: Desk, *, extension: str, service: str, clock: Clock, mint: Mint) -> None:
        super().__init__()
        self.state = CallPage()
        self._desk = desk
        self._extension = extension
        self._service = service
        self._clock = clock
        self._mint = mint
        self._contact = ""
        self._person: str | None = None
        self._caller_kind: CallerKind | None = None
        self._read_persons: set[tuple[str, str]] = set()
        self._sent: set[str] = set()
        self._put_off: list[ReopenCommitment] = []
        self._undone_with: dict[str, tuple[ReopenCommitment, ...]] = {}
        self._linked: WithdrawIdentification | None = None
        self._linked_with: dict[str, WithdrawIdentification] = {}
        self.last_saved = ""
        self._taken_up = ""
        self._turn = 0

    @property
    def extension(self) -> str:
        """The extension whose calls are followed."""
        return self._extension

    @property
    def contact(self) -> str:
        """The contact in hand, or nothing."""
        return self._contact

    def look(self) -> None:
        """Read again: which call is here now, and what is known of it."""
        self._ask(self._show)

    def go_back(self, contact: str) -> None:
        """The call that came after this one went by: this one is in hand again."""
        self._turn_to(contact)
        self.look()

    def take_up(self, contact: str, then: Callable[[], None]) -> None:
        """Have a contact of the lists in hand, unless a call is here; `then` once it is read."""
        self._turn_to(contact)
        self._taken_up = contact

        def show(state: CallPage) -> None:
            self._show(state)
            then()

        self._ask(show)

    def open_person(self, person: str, listed: tuple[str, ...] = ()) -> None:
        """Open one of the candidates, or of those a search listed; the others were proposed."""
        card = self.state.card
        if card is None:
            return
        candidates = (one.person for one in card.candidates)
        proposed = tuple(dict.fromkeys(one for one in (*candidates, *listed) if one != person))
        self._read_persons.add((self._contact, person))
        self._desk.submit(OpenPerson(person=person, contact=self._contact, proposed=proposed))
        self._person = person
        is_told = not (card.is_linked and card.opened is not None and card.opened.person == person)
        tell = partial(self._tell_identified, self._contact, person) if is_told else self._look_again
        self._desk.submit(self._identification(person, ()), tell, self.refused.emit)

    def take_back(self, command: WithdrawIdentification) -> None:
        """Undo an identification (« Annuler »): the call is whose it was before, or nobody's."""
        if command.contact == self._contact:
            self._person = None
        self._desk.submit(command, self._look_again, self.refused.emit)

    def choose_caller_kind(self, kind: str) -> None:
        """Say who speaks; it travels with the next save."""
        self._caller_kind = CallerKind(kind)

    @property
    def caller_kind(self) -> CallerKind:
        """Who speaks, as chosen here or else as it was kept."""
        card = self.state.card
        return self._caller_kind or (CallerKind.UNKNOWN if card is None else card.caller_kind)

    def verify(self, proofs: tuple[Proof, ...]) -> None:
        """The agent compared these: the caller is verified for this contact only (R1)."""
        person = self._open_person()
        if person is not None:
            command = self._identification(person, proofs)
            self._desk.submit(command, lambda _: self.look(), self.refused.emit)

    def save(self, command: LogMotive, then: Callable[[], None] | None = None) -> None:
        """Qualify the contact, linking it first to the person whose card is open."""
        card = self.state.card
        person = self._open_person()
        is_to_link = card is not None and card.call.contact == command.contact and not card.is_linked
        if is_to_link and person is not None:
            self._desk.submit(self._identification(person, ()), partial(self._note_link, command.contact))
        seen = card.call.log if card is not None and card.call.contact == command.contact else None
        command = msgspec.structs.replace(command, over=seen)
        self._desk.submit(command, lambda sent: self._kept(command, sent, then), self._refuse)

    def postpone(self, command: PostponeCommitment) -> None:
        """Put a promise off with the save that comes: one « Annuler » takes both back."""
        self._desk.submit(
            command,
            lambda act: self._put_off.append(ReopenCommitment(commitment=command.commitment, act=act)),
            self.refused.emit,
        )

    def withdraw(self, log: str) -> None:
        """Undo a save, named by its command (« Annuler »), what was put off and who was linked with it."""
        self._sent.discard(self._contact)
        for reopening in self._undone_with.pop(log, ()):
            self._desk.submit(reopening, None, self.refused.emit)
        command = WithdrawMotive(contact=self._contact, log=log)
        self._desk.submit(command, self._look_again, self.refused.emit)
        linked = self._linked_with.pop(log, None)
        if linked is not None:
            self.take_back(linked)

    def note_number(self, number_raw: str) -> None:
        """A soft phone says who calls: note the contact here, server or not, and show it."""
        self.note(Channel.PHONE, number_raw=number_raw)

    def note(
        self,
        channel: Channel,
        *,
        person: str = "",
        number_raw: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Write down an exchange that no line told, with whom if it is known; `then` once it is shown."""
        contact = self._mint.new_id()
        noted = NoteContact(
            contact=contact,
            channel=channel,
            service=self._service,
            person=person or None,
            number_raw=number_raw,
            happened_at=self._clock.now(),
        )
        self._desk.submit(noted, lambda _: self._hold(contact, then), self.refused.emit)

    def _hold(self, contact: str, then: Callable[[], None] | None) -> None:
        self._turn_to(contact)
        self._ask(lambda state: self._show_noted(state, then))

    def _show_noted(self, state: CallPage, then: Callable[[], None] | None) -> None:
        self._show(state)
        self.rang.emit(self._contact)
        if then is not None:
            then()

    def _ask(self, then: Callable[[CallPage], None]) -> None:
        """Read; what was read before a person turned to another contact is not shown after it."""
        self._desk.ask(self._read, partial(self._tell, self._turn, then))

    def _tell(self, turn: int, then: Callable[[CallPage], None], state: CallPage) -> None:
        if turn == self._turn:
            then(state)

    def _turn_to(self, contact: str) -> None:
        self._turn += 1
        self._take(contact)

    def _take(self, contact: str) -> None:
        if contact != self._contact:
            self._contact, self._person, self._caller_kind = contact, None, None

    def _note_link(self, contact: str, act: str) -> None:
        self._linked = WithdrawIdentification(contact=contact, act=act)

    def _tell_identified(self, contact: str, person: str, act: str) -> None:
        """`identified` carries who it is, and the command that takes it back."""
        self.identified.emit(person, WithdrawIdentification(contact=contact, act=act))
        self.look()

    def _look_again(self, _act: str) -> None:
        self.look()

    def _kept(self, command: LogMotive, sent: str, then: Callable[[], None] | None) -> None:
        self._sent.add(command.contact)
        self._undone_with[sent], self._put_off = tuple(self._put_off), []
        if self._linked is not None and self._linked.contact == command.contact:
            self._linked_with[sent] = self._linked
        self._linked = None
        self.last_saved = command.contact
        self.saved.emit(command.motive, sent)
        self.look()
        if then is not None:
            then()

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)

    def _open_person(self) -> str | None:
        card = self.state.card
        return card.opened.person if card is not None and card.opened is not None else None

    def _identification(self, person: str, proofs: tuple[Proof, ...]) -> IdentifyCaller:
        return IdentifyCaller(
            contact=self._contact, person=person, proofs=proofs, caller_kind=self.caller_kind
        )

    def _read(self, connection: sa.Connection, establishment: str) -> CallPage:
        now = self._clock.now()
        contact = current_call(connection, establishment, self._extension, now=now) or self._contact
        if not contact:
            return CallPage()
        person = self._person if contact == self._contact else None
        card = caller_card(
            connection, establishment, contact, extension=self._extension, now=now, person=person
        )
        history = (
            timeline(connection, establishment, card.opened.person, now=now, contact=contact)
            if card is not None and card.opened is not None
            else None
        )
        return CallPage(card=card, timeline=history, is_saved=contact in self._sent)

    def _show(self, state: CallPage) -> None:
        is_new = state.card is not None and state.card.call.contact != self._contact
        is_back = _is_given(self.state) and not _is_given(state)
        if state.card is not None:
            self._take(state.card.call.contact)
        self.state = state
        if (is_new or is_back) and state.is_live:
            self.rang.emit(self._contact)
        self._trace_reading()
        self.state_changed.emit()

    def _trace_reading(self) -> None:
        """A ring shown, missed or not, is no read; answered or taken up, an open card is (sync rule 10)."""
        card = self.state.card
        if card is None or card.opened is None:
            return
        if _is_only_a_ring(card.call) and card.call.contact != self._taken_up:
            return
        seen = (self._contact, card.opened.person)
        if seen not in self._read_persons:
            self._read_persons.add(seen)
            self._desk.submit(OpenPerson(person=card.opened.person, contact=self._contact))


def _is_given(page: CallPage) -> bool:
    """It was given away from here; when nobody takes it there, it rings here again."""
    return page.card is not None and page.card.call.is_given


def _is_only_a_ring(call: CallLine) -> bool:
    return call.rang_at is not None and call.answered_at is None
