"""One seeded schedule: what three desks, a line and a bad network did, and what must hold after it."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from msgspec import UNSET

from app.domain.commands import (
    AnyCommand,
    Commit,
    ErasePerson,
    KeepCommitment,
    LogMotive,
    NoteContact,
    OpenPerson,
    PostponeCommitment,
    Promise,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
    ReleasePerson,
    ReopenCommitment,
    WithdrawMotive,
)
from app.domain.errors import Refusal
from app.domain.words import Channel, Ending, ErasureGround, Outcome, Reach
from sync.server.feed.desk import Desk as FeedDesk
from tests.sync.callers import Callers, undone_by
from tests.sync.hospital import (
    AGENTS,
    EXTENSIONS,
    NUMBERS,
    OPENING,
    PERSONS,
    SERVICES,
    SeededMint,
    Templates,
    TickingClock,
)
from tests.sync.joins import Joins
from tests.sync.saves import Saves
from tests.sync.seats import Crash, Seat, Ways
from tests.sync.seen import Comparison
from tests.sync.stories import untrue_stories

DESKS = (
    FeedDesk(login="amina", services=frozenset({"cardiologie"}), extension="4101", is_unaware=True),
    FeedDesk(login="bruno", services=frozenset({"imagerie"}), extension="4102", is_unaware=False),
    FeedDesk(
        login="chloe", services=frozenset({"cardiologie", "pediatrie"}), extension="4103", is_unaware=False
    ),
)
COLLEAGUES = (
    FeedDesk(login="anne", services=frozenset({"imagerie"}), extension="4101", is_unaware=False),
    FeedDesk(login="basile", services=frozenset({"imagerie", "pediatrie"}), extension="", is_unaware=True),
    FeedDesk(login="cyril", services=frozenset({"pediatrie"}), extension="4103", is_unaware=False),
)
"""Who sits at the same desks at other times."""
STATES = ("", "queued", "ringing", "in_call", "ended")


class Schedule(Joins, Callers, Saves):
    """Plays a seed; `faults` holds what went wrong while it ran."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        self.chance = random.Random(seed)
        self._mint = SeededMint(self.chance)
        self.hospital = ways.hospital(templates, folder, TickingClock())
        self.seats = [Seat(desk, self.hospital, self._mint, ways) for desk in DESKS]
        self._weights = [_weight(act, ways) for act in _ACTS]
        self.faults: list[str] = []
        self._calls: list[str] = []
        self._logs: list[tuple[Seat, str, str]] = []
        self._promised: list[str] = []
        self._acts: list[tuple[Seat, str, str]] = []
        self._joins: list[tuple[Seat, str, str]] = []
        self._said: list[tuple[Seat, AnyCommand]] = []
        self._submitted: dict[str, AnyCommand] = {}
        self._minted: list[tuple[str, str]] = []
        self._seen: dict[tuple[str, str, str], str] = {}
        self._forged: set[str] = set()
        self._is_shared = ways.is_shared
        self._is_restored = False

    def play(self, steps: int) -> list[str]:
        """Run the schedule, drain it, and answer every broken promise."""
        for _ in range(steps):
            self._check_while_running(self._step())
        self._drain()
        self._check_delivered()
        self._check_at_rest()
        for people in (COLLEAGUES, DESKS) if self._is_shared else ():
            for seat, who in zip(self.seats, people, strict=True):
                self._sit_down(seat, who)
            self._drain()
            self._check_at_rest()
        self._check_once()
        return self.faults

    def close(self) -> None:
        for seat in self.seats:
            seat.close()
        self.hospital.close()

    def _step(self) -> Seat:
        act = self.chance.choices(_ACTS, weights=self._weights)[0]
        seat = self.chance.choice(self.seats)
        try:
            act(self, seat)
        except Crash:
            seat.restart()
        return seat

    def _tell(self, command: AnyCommand) -> None:
        self.hospital.tell(command, self._mint.new_id())

    def call_arrives(self, _seat: Seat) -> None:
        contact = self._mint.new_id()
        self._calls.append(contact)
        service = self.chance.choice(SERVICES)
        number = self.chance.choice((*NUMBERS, "+33199000199", "anonymous"))
        self._tell(
            RegisterCall(
                contact=contact,
                queue=f"file-{service}",
                number_raw=number,
                arrived_at=self.hospital.clock.now(),
            )
        )

    def call_moves(self, _seat: Seat) -> None:
        if not self._calls:
            return
        contact, at = self.chance.choice(self._calls[-4:]), self.hospital.clock.now()
        extension = self.chance.choice(list(EXTENSIONS))
        self._tell(
            self.chance.choice(
                (
                    RegisterRing(contact=contact, extension=extension, at=at),
                    RegisterAnswer(contact=contact, extension=extension, at=at),
                    RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=at),
                )
            )
        )

    def person_leaves(self, _seat: Seat) -> None:
        self._tell(ReleasePerson(person=self.chance.choice(PERSONS), service=self.chance.choice(SERVICES)))

    def change_person(self, seat: Seat) -> None:
        """Whoever sits here leaves, and the other one sits down; what waits stays."""
        pair = next(pair for pair in zip(DESKS, COLLEAGUES, strict=True) if seat.feed_desk in pair)
        self._sit_down(seat, pair[seat.feed_desk == pair[0]])

    def _sit_down(self, seat: Seat, who: FeedDesk) -> None:
        if seat.feed_desk != who:
            seat.close()
            seat.sit_down(who)

    def forge(self, seat: Seat) -> None:
        """A thief of the desk, who sat there himself, speaks for somebody else."""
        victim = self.chance.choice([who for who in AGENTS if who != seat.feed_desk.login])
        note = NoteContact(
            contact=self._mint.new_id(), channel=Channel.DESK, service="imagerie", happened_at=OPENING
        )
        self._forged.add(seat.forge(note, author=victim))

    def person_is_erased(self, _seat: Seat) -> None:
        self._tell(ErasePerson(person=self.chance.choice(PERSONS), ground=ErasureGround.REQUEST))

    def log(self, seat: Seat) -> None:
        contacts = seat.contacts()
        if not contacts:
            return
        contact = self.chance.choice(contacts[-8:])
        command = self._motive(seat, contact)
        command_id = self._submit(seat, command)
        if command_id:
            self._logs.append((seat, contact.id, command_id))

    def _motive(self, seat: Seat, contact: sa.Row[tuple[str]]) -> LogMotive:
        case, title = self._case(seat, contact)
        return LogMotive(
            contact=contact.id,
            motive=self.chance.choice(("11", "11", "11", "14")),
            outcome=self.chance.choice(list(Outcome)),
            service=self.chance.choice((*SERVICES, *SERVICES, *SERVICES, "inconnu")),
            case=case,
            case_title=title,
            note=self.chance.choice(("", "Rappeler demain")),
            commitment=self._promise() if self.chance.random() < 0.3 else None,
            keeps=tuple(self._promised[-1:]) if self.chance.random() < 0.2 else (),
            over=UNSET if self.chance.random() < 0.2 else contact.log,
        )

    def _case(self, seat: Seat, contact: sa.Row[tuple[str]]) -> tuple[str | None, str]:
        kind = self.chance.random()
        of_person = [case.id for case in seat.cases() if case.person == contact.person]
        if contact.person is None or kind < 0.15:
            return None, ""
        minted = [case for case, person in self._minted if person == contact.person]
        if minted and kind < 0.45:
            return self.chance.choice(minted), ""
        if of_person and kind < 0.55:
            return self.chance.choice(of_person), ""
        self._minted.append((self._mint.new_id(), contact.person))
        return self._minted[-1][0], "Renouveler l’ordonnance"

    def commit(self, seat: Seat) -> None:
        promise = self._promise()
        command = Commit(
            promise=promise,
            service=self.chance.choice(sorted(seat.feed_desk.services)),
            person=self.chance.choice((*PERSONS[:4], None)),
            case=self.chance.choice((None, *(case.id for case in seat.cases()))),
        )
        self._submit(seat, command)

    def follow(self, seat: Seat) -> None:
        """Somebody keeps, tries or postpones a promise, which another desk may have closed."""
        if not self._promised:
            return
        commitment = self.chance.choice(self._promised[-6:])
        later = self.hospital.clock.now() + timedelta(days=self.chance.randint(1, 3))
        command = self.chance.choice(
            (
                KeepCommitment(commitment=commitment, how=self.chance.choice(list(Reach))),
                PostponeCommitment(commitment=commitment, due_at=later, reason="Attend"),
            )
        )
        command_id = self._submit(seat, command)
        if command_id:
            self._acts.append((seat, commitment, command_id))

    def undo_following(self, seat: Seat) -> None:
        own = [(commitment, act) for at, commitment, act in self._acts if at is seat]
        if own:
            commitment, act = self.chance.choice(own[-3:])
            self._submit(seat, ReopenCommitment(commitment=commitment, act=act))

    def _promise(self) -> Promise:
        self._promised.append(self._mint.new_id())
        due_at = self.hospital.clock.now() + timedelta(days=1)
        return Promise(commitment=self._promised[-1], due_at=due_at, owner="x")

    def withdraw(self, seat: Seat) -> None:
        own = [(contact, log) for at, contact, log in self._logs if at is seat]
        if own:
            contact, log = self.chance.choice(own[-3:])
            self._submit(seat, WithdrawMotive(contact=contact, log=log))

    def note(self, seat: Seat) -> None:
        self._submit(
            seat,
            NoteContact(
                contact=self._mint.new_id(),
                channel=self.chance.choice(list(Channel)),
                service=self.chance.choice(sorted(seat.feed_desk.services)),
                person=self.chance.choice((*PERSONS[:4], None)),
                text="Passage à l’accueil",
                happened_at=self.hospital.clock.now(),
            ),
        )

    def read(self, seat: Seat) -> None:
        self._submit(seat, OpenPerson(person=self.chance.choice(PERSONS), reason="rappel"))

    def _submit(self, seat: Seat, command: AnyCommand) -> str:
        seat.outbox.is_about_to_crash = self.chance.random() < 0.02
        try:
            command_id = seat.submit(command)
        except Refusal:
            seat.outbox.is_about_to_crash = False
            return ""
        seat.outbox.is_about_to_crash = False
        self._submitted[command_id] = command
        if command_id == undone_by(command):
            del self._submitted[command_id]
        return command_id

    def send(self, seat: Seat) -> None:
        seat.send(self.chance.randint(1, 4), is_answer_lost=self.chance.random() < 0.3)

    def send_again(self, seat: Seat) -> None:
        seat.send_again()

    def pull(self, seat: Seat) -> None:
        seat.outbox.is_about_to_crash = self.chance.random() < 0.03
        seat.pull(self.chance.randint(1, 6))
        seat.outbox.is_about_to_crash = False

    def restart(self, seat: Seat) -> None:
        seat.restart()

    def rebuild(self, seat: Seat) -> None:
        seat.rebuild(self._meanwhile)

    def _meanwhile(self) -> None:
        """What others do while a snapshot is on its way."""
        if self.chance.random() < 0.6:
            act = self.chance.choice(
                (self.call_arrives, self.call_moves, self.person_leaves, self._other_sends)
            )
            act(self.seats[0])

    def _other_sends(self, _seat: Seat) -> None:
        self.chance.choice(self.seats).send(self.chance.randint(1, 4), is_answer_lost=True)

    def resend_unseen(self, seat: Seat) -> None:
        seat.outbox.send_again_unseen(seat.feed_desk.login, self.hospital.clock.now())

    def back_up(self, _seat: Seat) -> None:
        self.hospital.back_up()

    def restore(self, _seat: Seat) -> None:
        self.hospital.restore()
        self._is_restored = True
        # Tokens went with the rest: the password is asked again.
        for seat in self.seats:
            seat.sit_again()

    def _drain(self) -> None:
        for _ in range(30):
            moved = False
            for seat in self.seats:
                seat.outbox.send_again_unseen(seat.feed_desk.login, self.hospital.clock.now())
                moved |= bool(seat.send(500))
                while seat.pull(50):
                    moved = True
            if not moved:
                return
        self.faults.append("it never comes to rest")

    def _check_while_running(self, seat: Seat) -> None:
        for contact in seat.contacts():
            self._check_never_back(seat, contact)
        self._check_own_writes(seat)
        self._check_own_alone(seat)

    def _check_never_back(self, seat: Seat, contact: sa.Row[tuple[str]]) -> None:
        # A restored server is another journal: what it lost is lost, and its line is not heard again.
        key = (seat.desk.replica.cursor.partition(".")[0], seat.feed_desk.login, contact.id)
        seen = self._seen.get(key, "")
        if STATES.index(contact.state) < STATES.index(seen):
            self.faults.append(f"{key} went back from {seen} to {contact.state}")
        self._seen[key] = contact.state

    def _check_own_writes(self, seat: Seat) -> None:
        """The last save of a contact is shown until the journal, as read here, says otherwise."""
        waiting = seat.outbox.waiting(seat.feed_desk.login)
        withdrawn = {e.body.log for e in waiting if isinstance(e.body, WithdrawMotive)}
        last = {e.body.contact: e for e in waiting if isinstance(e.body, LogMotive)}
        for contact, envelope in last.items():
            body = envelope.body
            row = seat.contact(contact)
            if row is None or envelope.id in withdrawn or _may_be_of_another(body):
                continue
            if row.log != envelope.id:
                self.faults.append(f"{seat.feed_desk.login} no longer sees its own save {envelope.id}")

    def _check_own_alone(self, seat: Seat) -> None:
        """What another person left here is not shown before the journal tells it."""
        if self._is_restored:
            return
        for envelope in seat.waiting_of_others():
            note = envelope.body
            is_shown = isinstance(note, NoteContact) and seat.contact(note.contact) is not None
            if is_shown and not self.hospital.has(envelope.id):
                self.faults.append(f"{seat.feed_desk.login} is shown {envelope.id} of {envelope.author}")

    def _check_delivered(self) -> None:
        """Whoever sits there now, all that was done is sent, and nobody was made to say anything."""
        held = {entry.command_id for entry in self.hospital.entries()}
        if not self._is_restored:
            self.faults += [f"{one} was not sent" for one in self._submitted if one not in held]
        self.faults += [f"{one} was forged and run" for one in sorted(self._forged & held)]

    def _check_once(self) -> None:
        held = [entry.command_id for entry in self.hospital.entries()]
        for command_id in self._submitted:
            if held.count(command_id) != 1:
                self.faults.append(f"{command_id} is {held.count(command_id)} times in the journal")

    def _check_at_rest(self) -> None:
        entries = self.hospital.entries()
        people = [entry for entry in entries if entry.author != "line"]
        if len(people) != len({entry.command_id for entry in people}):
            self.faults.append("a command ran twice")
        with self.hospital.engine.connect() as server:
            self.faults += untrue_stories(entries, self._submitted, server)
        for seat in self.seats:
            self.faults += Comparison(seat, self.hospital).faults()


Act = Callable[[Schedule, Seat], None]
_CHANCES: dict[Act, int] = {
    Schedule.call_arrives: 6,
    Schedule.call_moves: 10,
    Schedule.person_leaves: 3,
    Schedule.person_is_erased: 0,
    Schedule.log: 20,
    Schedule.withdraw: 4,
    Schedule.commit: 4,
    Schedule.follow: 8,
    Schedule.undo_following: 3,
    Schedule.join: 0,
    Schedule.part: 0,
    Schedule.note: 5,
    Schedule.identify: 8,
    Schedule.link: 0,
    Schedule.take_back: 0,
    Schedule.undo_the_second: 0,
    Schedule.read: 2,
    Schedule.send: 14,
    Schedule.send_again: 4,
    Schedule.pull: 18,
    Schedule.restart: 2,
    Schedule.change_person: 3,
    Schedule.forge: 2,
    Schedule.rebuild: 2,
    Schedule.resend_unseen: 2,
    Schedule.back_up: 2,
    Schedule.restore: 2,
}
_ACTS = list(_CHANCES)
_ON_REQUEST: dict[Act, int] = {
    Schedule.undo_the_second: 40,
    Schedule.join: 60,
    Schedule.part: 60,
    Schedule.link: 50,
    Schedule.take_back: 50,
}
"""Played only where they are asked for."""
_SHARING = (Schedule.change_person, Schedule.forge)


def _may_be_of_another(body: AnyCommand) -> bool:
    """A demand or a promise whose person is another one, once a server was restored: a desk refuses it."""
    return isinstance(body, LogMotive) and bool(body.case or body.keeps)


def _weight(act: Act, ways: Ways) -> int:
    """How often an act is played; unless desks are shared, one person sits at each."""
    if act.__name__ in ways.favours:
        return _ON_REQUEST.get(act) or (_CHANCES[act] or 1) * 6
    return 0 if act in _SHARING and not ways.is_shared else _CHANCES[act]
