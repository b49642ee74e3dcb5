"""A promise goes from service to service; whoever made it still sees it, at the desk and without the wire."""

import random
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AssignCommitment,
    Commit,
    IdentifyCaller,
    KeepCommitment,
    LogMotive,
    Promise,
    RegisterCall,
    ReleasePerson,
    TakeCommitment,
    WithdrawIdentification,
)
from app.domain.words import Outcome, Reach
from app.queries.tasks import PromiseTask, read_tasks
from app.store import tables
from app.store.rows import Rows
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from sync.server.jobs.scopes import Scopes
from tests.sync.hospital import EST, NUMBERS, PERSONS, SERVICES, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BRUNOS = "imagerie"
OTHERS = ("cardiologie", "pediatrie", "amina", "chloe")
"""Whom Bruno's promises are handed to: none of it is his desk's."""


class Town:
    """Three desks with their agents; Bruno makes promises and others move them."""

    def __init__(self, folder: Path) -> None:
        self.hospital = Hospital(Templates(folder), folder, TickingClock())
        self.mint = SeededMint(random.Random(5))
        with self.hospital.engine.begin() as connection:
            rows = Rows(connection, EST, position=0)
            for login, service in zip(("amina", "bruno", "chloe"), SERVICES, strict=True):
                rows.put(tables.agent, id=login, name=login.title(), service=service)
        self.seats = [Seat(desk, self.hospital, self.mint, Ways()) for desk in DESKS]
        self.bruno = self.seats[1]

    def sync(self) -> None:
        """Everything is sent and everything is heard."""
        for seat in self.seats:
            seat.send(50)
        for seat in self.seats:
            while seat.pull(3):
                continue

    def tell(self, command: AssignCommitment | TakeCommitment | ReleasePerson | RegisterCall) -> None:
        """Whatever somebody else does with the server."""
        assert not self.hospital.tell(command, self.mint.new_id()).refusal

    def own(self, seat: Seat) -> dict[str, PromiseTask]:
        """What the replica lists as promised or kept by who sits there."""
        desk, now = seat.feed_desk, self.hospital.clock.now()
        with seat.engine.connect() as here:
            board = read_tasks(here, EST, services=desk.services, login=desk.login, now=now)
        return {task.commitment: task for task in board.promises if desk.login in (task.owner, task.by)}

    def night(self) -> None:
        """The review of the scopes."""
        tail = Tail(lambda after: read_feed_entries(self.hospital.engine, EST, after=after), head=0)
        intake = Intake(self.hospital.engine, EST, tail, clock=self.hospital.clock, counts=Counts())
        list(Scopes(self.hospital.engine, EST, intake, clock=self.hospital.clock, page=2)())

    def promise_to(self, person: str, service: str = BRUNOS) -> str:
        """Bruno promises a person something."""
        return self._commit(person, service)

    def _commit(self, person: str | None, service: str) -> str:
        made = Promise(commitment=self.mint.new_id(), due_at=self.hospital.clock.now() + HOUR, owner=service)
        self.bruno.submit(Commit(promise=made, service=service, person=person))
        return made.commitment

    def promise_at_a_call(self, service: str) -> tuple[str, str]:
        """Bruno qualifies the call of somebody unknown for a service, with a promise."""
        contact, now = self.mint.new_id(), self.hospital.clock.now()
        self.tell(
            RegisterCall(contact=contact, queue=f"file-{BRUNOS}", number_raw=NUMBERS[0], arrived_at=now)
        )
        self.sync()
        made = Promise(commitment=self.mint.new_id(), due_at=now + HOUR, owner=service)
        log = LogMotive(
            contact=contact, motive="31", outcome=Outcome.FOLLOW_UP, service=service, commitment=made
        )
        self.bruno.submit(log)
        return contact, made.commitment

    def close(self) -> None:
        for seat in self.seats:
            seat.close()
        self.hospital.close()


@pytest.fixture
def town(tmp_path: Path) -> Generator[Town]:
    made = Town(tmp_path)
    made.night()
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(2))
def test_after_any_moves_its_maker_sees_each_open_promise_by_the_feed_and_anew(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    open_ones = {town.promise_to(person, chance.choice(SERVICES)) for person in PERSONS[:3]}
    open_ones.add(town.promise_at_a_call(chance.choice(SERVICES))[1])
    assert set(town.own(town.bruno)) == open_ones, "shown before the server knows"
    town.sync()
    for _ in range(4):
        for promise in sorted(open_ones):
            town.tell(AssignCommitment(commitment=promise, owner=chance.choice(OTHERS)))
        town.hospital.clock.sleep(chance.choice((0, 1, 40)) * DAY)
        town.night()
        town.sync()
        followed = town.own(town.bruno)
        assert set(followed) == open_ones
        town.bruno.rebuild()
        assert town.own(town.bruno) == followed
    for promise in sorted(open_ones):
        town.seats[0].submit(KeepCommitment(commitment=promise, how=Reach.SPOKEN))
    town.sync()
    assert town.own(town.bruno) == {}


def test_whom_it_was_promised_to_leaves_once_it_is_kept_and_not_before(town: Town) -> None:
    person = PERSONS[6]
    promise = town.promise_to(person, "pediatrie")
    town.sync()
    town.hospital.clock.sleep(100 * DAY)
    town.night()
    town.sync()
    assert list(town.own(town.bruno)) == [promise]
    town.bruno.submit(KeepCommitment(commitment=promise, how=Reach.SPOKEN))
    town.sync()
    town.hospital.clock.sleep(DAY)
    town.night()
    town.sync()
    with town.bruno.engine.connect() as here:
        held = set(here.execute(sa.select(tables.person.c.id)).scalars())
    assert person not in held


def test_without_that_rule_the_promise_would_be_lost(town: Town) -> None:
    promise = town.promise_to(PERSONS[6], "pediatrie")
    town.sync()
    town.tell(ReleasePerson(person=PERSONS[6], service=BRUNOS))
    town.sync()
    assert promise not in town.own(town.bruno)


def test_whoever_is_handed_a_promise_to_nobody_known_has_it_with_its_call(town: Town) -> None:
    contact, promise = town.promise_at_a_call(BRUNOS)
    town.sync()
    chloe = town.seats[2]
    assert promise not in _promises(chloe)
    town.tell(AssignCommitment(commitment=promise, owner="pediatrie"))
    town.sync()
    assert promise in _promises(chloe)
    assert chloe.contact(contact) is not None
    followed = _promises(chloe)
    chloe.rebuild()
    assert _promises(chloe) == followed


def test_a_promise_to_nobody_comes_with_its_call_of_today_that_went_to_another_service(town: Town) -> None:
    contact, promise = town.promise_at_a_call(BRUNOS)
    town.sync()
    again = LogMotive(contact=contact, motive="14", outcome=Outcome.DEALT_WITH, service="pediatrie")
    town.bruno.submit(again)
    town.sync()
    followed = town.bruno.contact(contact)
    assert followed is not None
    assert followed.service == "pediatrie"
    town.bruno.rebuild()
    assert promise in _promises(town.bruno)
    assert town.bruno.contact(contact) == followed


def test_a_call_known_to_be_somebodys_is_not_told_with_a_promise_to_nobody(town: Town) -> None:
    contact, _ = town.promise_at_a_call(BRUNOS)
    town.bruno.submit(IdentifyCaller(contact=contact, person=PERSONS[1]))
    town.sync()
    made = Promise(commitment=town.mint.new_id(), due_at=town.hospital.clock.now() + HOUR, owner=BRUNOS)
    town.bruno.submit(Commit(promise=made, service=BRUNOS, contact=contact))
    town.sync()
    town.tell(AssignCommitment(commitment=made.commitment, owner="pediatrie"))
    town.sync()
    assert made.commitment in _promises(town.seats[2])
    assert town.seats[2].contact(contact) is None


def test_whoever_is_handed_a_promise_of_a_call_known_since_has_the_person_until_it_is_taken_back(
    town: Town,
) -> None:
    contact, promise = town.promise_at_a_call(BRUNOS)
    town.sync()
    town.tell(AssignCommitment(commitment=promise, owner="pediatrie"))
    act = town.bruno.submit(IdentifyCaller(contact=contact, person=PERSONS[6]))
    town.sync()
    chloe = town.seats[2]
    assert (_whose(chloe, promise), _is_held(chloe, PERSONS[6])) == (PERSONS[6], True)
    town.bruno.submit(WithdrawIdentification(contact=contact, act=act))
    town.sync()
    assert (_whose(chloe, promise), _is_held(chloe, PERSONS[6])) == (None, False)
    assert promise in _promises(chloe)


def _whose(seat: Seat, promise: str) -> str | None:
    with seat.engine.connect() as here:
        return here.execute(sa.select(tables.commitment.c.person).filter_by(id=promise)).scalar_one()


def _is_held(seat: Seat, person: str) -> bool:
    with seat.engine.connect() as here:
        return here.execute(sa.select(tables.person.c.id).filter_by(id=person)).first() is not None


def _promises(seat: Seat) -> dict[str, tuple[str, str]]:
    with seat.engine.connect() as here:
        rows = here.execute(sa.select(tables.commitment))
        return {row.id: (row.service, row.owner) for row in rows if row.state == "open"}
