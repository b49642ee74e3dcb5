"""Plays the script of a day with real SIP calls, several at once, and consoles that act by commands."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.demo.day import HIDDEN, UNANSWERED, Course, DayCall, Fate
from app.domain.commands import (
    AnswerCall,
    AnyCommand,
    CompleteTransfer,
    DialNumber,
    HangUpCall,
    HoldCall,
    IdentifyCaller,
    LogMotive,
    PostponeCommitment,
    Promise,
    RegisterProvisionalPerson,
    RetrieveCall,
    TransferCall,
)
from app.domain.errors import Refusal
from app.domain.words import CallState, Direction, Outcome, Sex, TransferKind
from app.store.tables import contact as contacts
from sync.client.console import Console
from sync.client.credentials import Throwaway
from sync.client.link import LinkState
from tests.support.asterisk.exchange import (
    NOBODY_THERE,
    OVERFLOWS,
    SHORT_WAIT,
    TO_VOICEMAIL,
    TWO_DESKS,
    WELCOME,
    Exchange,
)
from tests.support.asterisk.phone import Phone
from ui.story.cable import Cable

EXTENSIONS = ("101", "102")
SERVICE = "orthopedie"
PASSWORD = "filrouge-demo"
_PATIENCE_S = 40.0
_ABANDONS_AT_ONCE = 4
_CALLED = {
    Course.ABANDONED: NOBODY_THERE,
    Course.MISSED: SHORT_WAIT,
    Course.VOICEMAIL: TO_VOICEMAIL,
    Course.OVERFLOWED: OVERFLOWS,
}
_ALONE_AT_FIRST = frozenset((Course.MISSED, Course.VOICEMAIL, Course.OVERFLOWED))
"""Numbers that ring the first desk before anybody else."""


class LiveDesk:
    """A console without a window, on files of its own; it knows its wire, and what waits to be sent."""

    def __init__(self, address: str, folder: Path, login: str) -> None:
        self.is_online = False
        self.waiting = 0
        self.console = Console(
            address,
            folder,
            keys=Throwaway(),
            clock=MachineClock(),
            mint=TimeOrderedMint(),
            chance=random.SystemRandom(),
            on_changes=lambda _: None,
            on_link=self._hear,
        )
        self.console.sign_in(login, PASSWORD)
        self.console.start()

    def _hear(self, state: LinkState) -> None:
        self.is_online, self.waiting = state.is_online, state.waiting


class LiveDay:
    """Three lanes: each desk takes its calls in order, and those who give up do so beside them."""

    def __init__(
        self,
        exchange: Exchange,
        engine: sa.Engine,
        desks: Sequence[LiveDesk],
        *,
        cable: Cable,
        day: Sequence[DayCall],
    ) -> None:
        self._exchange = exchange
        self._engine = engine
        self._desks = desks
        self._cable = cable
        self._day = day
        self._mint = TimeOrderedMint()
        self._phones: list[Phone] = [exchange.desk_phone(extension) for extension in EXTENSIONS]
        self._outside = exchange.desk_phone("outside", answers_after=0.1)
        self._arriving = threading.Lock()
        self._busy = (threading.Lock(), threading.Lock())
        self._known = {row.id for row in self._rows()}
        self._done = {(call.story, call.turn): threading.Event() for call in day}
        self._promise_of: dict[int, str] = {}
        self._demand_of: dict[int, str] = {}
        self._cut = _to_be_cut(day)
        self._fault: BaseException | None = None

    def play(self) -> None:
        """Every call; raises the first fault of a lane."""
        answered = [call for call in self._day if call.course is not Course.ABANDONED]
        answered.remove(self._cut[1])
        lanes = [[call for call in answered if self._desk_of(call) == desk] for desk in (0, 1)]
        gone = [call for call in self._day if call.course is Course.ABANDONED]
        lanes += [gone[start::_ABANDONS_AT_ONCE] for start in range(_ABANDONS_AT_ONCE)]
        with ThreadPoolExecutor(len(lanes)) as pool:
            for lane in [pool.submit(self._take, lane) for lane in lanes]:
                lane.result()

    def put_off(self) -> None:
        """Promises that must wait are put off with a word."""
        for call in self._day:
            if call.fate is Fate.POSTPONED:
                later = datetime.now(UTC) + timedelta(days=1)
                promise = self._promise_of[call.story]
                self._submit(
                    1, PostponeCommitment(commitment=promise, due_at=later, reason="Attend le médecin")
                )

    def arrive(self) -> None:
        """A desk keeps what is said before the server has it: here it has it all."""
        self.until(lambda: not any(desk.waiting for desk in self._desks), "what was said is at the server")

    def close(self, contact: str) -> None:
        """What nobody qualified is qualified from the list of what there is to do."""
        self._submit(1, self._log(contact, "14", Outcome.NO_ACTION))

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for something, boundedly."""
        deadline = time.monotonic() + _PATIENCE_S
        while not is_so():
            if self._fault is not None:
                raise RuntimeError("another lane failed") from self._fault
            assert time.monotonic() < deadline, f"waited in vain until {what}; {self._exchange.complaints()}"
            time.sleep(0.03)

    def _take(self, lane: list[DayCall]) -> None:
        try:
            for call in lane:
                if call.turn:
                    self.until(self._done[call.story, call.turn - 1].is_set, "the caller's last call is over")
                self._play(call)
                self._done[call.story, call.turn].set()
        except BaseException as fault:
            self._fault = self._fault or fault
            raise

    def _play(self, call: DayCall) -> None:
        if call is self._cut[0]:
            return self._lose_the_wire(*self._cut)
        is_given = call.course in (Course.GIVEN, Course.ANNOUNCED)
        with ExitStack() as held:
            if call.course is not Course.ABANDONED:
                for desk in (0, 1) if is_given else (self._desk_of(call),):
                    held.enter_context(self._busy[desk])
            if call.course is Course.CALL_BACK:
                self._call_back(call)
            elif call.course is Course.VOICEMAIL:
                self._leave_voice(call)
            elif call.course in UNANSWERED:
                self._sees(self._arrives(call), CallState.ENDED)
            else:
                self._speak(call)
        return None

    def _lose_the_wire(self, during: DayCall, after: DayCall) -> None:
        """The first is qualified without the wire; of the other the console knows nothing in time."""
        with self._busy[0]:
            contact = self._arrives(during)
            self._answer(0, contact)
            person = self._identify(0, contact, during)
            self._cable.cut()
            self.until(lambda: not self._desks[0].is_online, "the wire is gone")
            self._qualify(0, contact, during, person)
            self._end_by_hand(0, contact)
            unseen = self._arrives(after)
            self._phones[0].answer()
            self._sees(unseen, CallState.IN_CALL)
            self._end_by_hand(0, unseen)
            self._cable.mend()
            self.until(lambda: self._desks[0].is_online, "the wire is back")

    def _end_by_hand(self, desk: int, contact: str) -> None:
        self._phones[desk].hang_up()
        self._sees(contact, CallState.ENDED)

    def _speak(self, call: DayCall) -> None:
        desk, contact = self._desk_of(call), self._arrives(call)
        self._answer(desk, contact)
        person = self._identify(desk, contact, call)
        if call.course is Course.HELD:
            self._ask(desk, HoldCall(contact=contact), contact, CallState.HELD)
            self._ask(desk, RetrieveCall(contact=contact), contact, CallState.IN_CALL)
        talking = desk
        if call.course in (Course.GIVEN, Course.ANNOUNCED):
            talking = 1 - desk
            self._give(desk, contact, call)
        self._ask(talking, HangUpCall(contact=contact), contact, CallState.ENDED)
        self._qualify(desk, contact, call, person)

    def _answer(self, desk: int, contact: str) -> None:
        """Asked again while it rings: a queue stops ringing a desk for a second now and then."""

        def is_taken() -> bool:
            row = self._row(contact)
            if row.state == CallState.RINGING and EXTENSIONS[desk] in row.ringing.split():
                phone = self._phones[desk]
                phone.until(lambda: bool(phone.ringing or phone.talking))
                self._try(desk, AnswerCall(contact=contact))
            return self._is_at(contact, CallState.IN_CALL, desk)

        self.until(is_taken, f"{EXTENSIONS[desk]} has answered")

    def _give(self, desk: int, contact: str, call: DayCall) -> None:
        other = 1 - desk
        kind = TransferKind.BLIND if call.course is Course.GIVEN else TransferKind.ATTENDED
        self._submit(desk, TransferCall(contact=contact, to=EXTENSIONS[other], transfer=kind))
        if kind is TransferKind.BLIND:
            return self._answer(other, contact)
        self._phones[other].answer()

        def is_given() -> bool:
            if not self._is_at(contact, CallState.IN_CALL, other):
                self._try(desk, CompleteTransfer(contact=contact))
            return self._is_at(contact, CallState.IN_CALL, other)

        return self.until(is_given, "the announced call is given")

    def _call_back(self, call: DayCall) -> None:
        desk = self._desk_of(call)
        with self._arriving:
            self._submit(desk, DialNumber(number_raw=call.number))
            self._phones[desk].answer()
            contact = self._new_contact(call.number, Direction.OUTBOUND)
        self._sees(contact, CallState.IN_CALL)
        self._ask(desk, HangUpCall(contact=contact), contact, CallState.ENDED)
        self._qualify(desk, contact, call, None)

    def _leave_voice(self, call: DayCall) -> None:
        patient = self._exchange.patient(call.number)
        with self._arriving:
            dialog = patient.dial(TO_VOICEMAIL)
            contact = self._new_contact(call.number, Direction.INBOUND)
        self.until(lambda: _has_rung_in_vain(self._row(contact)), "nobody answers")
        patient.speak(dialog, seconds=5.0)
        patient.hang_up()
        self._sees(contact, CallState.ENDED)

    def _arrives(self, call: DayCall) -> str:
        called = _CALLED.get(call.course, WELCOME if self._desk_of(call) == 0 else TWO_DESKS)
        stays = call.waits.total_seconds() if call.waits < timedelta(seconds=5) else 6.0
        with self._arriving:
            if call.number == HIDDEN:
                self._exchange.call_anonymously(called, stays=self._stay(call, stays))
            else:
                self._exchange.call(called, number=call.number, stays=self._stay(call, stays))
            return self._new_contact(call.number, Direction.INBOUND)

    @staticmethod
    def _stay(call: DayCall, stays: float) -> float:
        """Who is answered stays until somebody hangs up."""
        return stays if call.course is Course.ABANDONED else 60.0

    def _new_contact(self, number: str, direction: Direction) -> str:
        found: list[str] = []

        def is_here() -> bool:
            found.extend(
                row.id
                for row in self._rows()
                if row.id not in self._known and row.number_raw == number and row.direction == direction
            )
            return bool(found)

        self.until(is_here, f"a call of {number} is known")
        self._known.add(found[0])
        return found[0]

    def _identify(self, desk: int, contact: str, call: DayCall) -> str | None:
        candidates: list[str] = self._row(contact).candidates.split()
        if call.is_registered and not candidates:
            person = self._mint.new_id()
            self._submit(desk, _provisional(person, call))
        elif candidates and (len(candidates) == 1 or call.candidate):
            person = candidates[max(0, call.candidate - 1)]
        else:
            return None
        self._submit(desk, IdentifyCaller(contact=contact, person=person))
        return person

    def _qualify(self, desk: int, contact: str, call: DayCall, person: str | None) -> None:
        outcome = Outcome.FOLLOW_UP if call.promises else Outcome.DEALT_WITH
        kept = (self._promise_of[call.story],) if call.keeps else ()
        if not call.promises:
            self._submit(desk, self._log(contact, call.motive, outcome, keeps=kept))
            return
        is_first = call.story not in self._promise_of
        made = self._mint.new_id()
        self._promise_of.setdefault(call.story, made)
        demand = self._demand_of.setdefault(call.story, self._mint.new_id())
        due = datetime.now(UTC) + timedelta(seconds=2 if call.fate is Fate.MISSED else 3600)
        self._submit(
            desk,
            self._log(
                contact,
                call.motive,
                outcome,
                case=demand if person else None,
                case_title="Demande du jour" if is_first else "",
                commitment=Promise(commitment=made, due_at=due, owner=SERVICE),
            ),
        )

    @staticmethod
    def _log(contact: str, motive: str, outcome: Outcome, **more: Any) -> LogMotive:
        return LogMotive(contact=contact, motive=motive, outcome=outcome, service=SERVICE, **more)

    def _ask(self, desk: int, command: AnyCommand, contact: str, then: CallState) -> None:
        self._submit(desk, command)
        self._sees(contact, then)

    def _submit(self, desk: int, command: AnyCommand) -> None:
        self._desks[desk].console.submit(command).result(_PATIENCE_S)

    def _try(self, desk: int, command: AnyCommand) -> None:
        """What is refused because the call has just moved is looked at again."""
        try:
            self._submit(desk, command)
        except Refusal:
            return

    def _sees(self, contact: str, state: CallState) -> None:
        self.until(lambda: self._row(contact).state == state, f"{contact} is {state}")

    def _is_at(self, contact: str, state: CallState, desk: int) -> bool:
        row = self._row(contact)
        return row.state == state and row.extension == EXTENSIONS[desk]

    def _row(self, contact: str) -> sa.Row[Any]:
        return next(row for row in self._rows(contacts.c.id == contact))

    def _rows(self, *where: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(contacts).where(contacts.c.line != "", *where)))

    @staticmethod
    def _desk_of(call: DayCall) -> int:
        return 0 if call.course in _ALONE_AT_FIRST else call.desk


def _to_be_cut(day: Sequence[DayCall]) -> list[DayCall]:
    """Two calls of the first desk: the wire goes during the one, and comes back after the other."""
    plain = [
        call
        for call in day
        if call.desk == 0 and call.course is Course.ANSWERED and call.fate is None and not call.is_registered
    ]
    middle = len(plain) // 2
    return plain[middle : middle + 2]


def _has_rung_in_vain(row: sa.Row[Any]) -> bool:
    return row.rang_at is not None and not row.ringing


def _provisional(person: str, call: DayCall) -> RegisterProvisionalPerson:
    return RegisterProvisionalPerson(
        person=person,
        birth_name="VASQUEZ",
        first_given_name="Irène",
        birth_date="1988-05-12",
        sex=Sex.FEMALE,
        number_raw=call.number,
        service=SERVICE,
    )
