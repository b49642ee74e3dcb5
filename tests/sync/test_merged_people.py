"""Whoever was merged is listed, counted and named as the record kept, at a desk exactly as on the server."""

import random
from datetime import timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from app.domain.commands import Commit, IdentifyCaller, LogMotive, NoteContact, Promise
from app.domain.double_commands import MergePersons, UnmergePersons
from app.domain.repeats import WINDOW
from app.domain.words import Channel, Direction, Outcome
from app.queries.caller_card import CallerCard, caller_card
from app.queries.day import DayView, read_day
from app.queries.morning import LeftCaller, read_morning
from app.queries.subjects import read_subjects
from app.queries.tasks import TaskBoard, read_tasks
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene
from tests.support.stores import quick_engine
from tests.sync.test_each_command import Follower

__all__ = ["quick_engine"]
HOUR = timedelta(hours=1)
SERVICES = ("orthopedie", "standard")
PEOPLE = (MARTINE, PAUL, JEANNE)


class Seen(NamedTuple):
    """What a desk is shown at one moment."""

    tasks: TaskBoard
    day: DayView
    morning: tuple[LeftCaller, ...]
    card: CallerCard | None
    names: dict[str, str]


class _House:
    """Some people who call, are promised things, are merged and parted; and a desk that follows."""

    def __init__(self, engine: sa.Engine, seed: int = 0) -> None:
        self.scene, self.chance = Scene(engine), random.Random(seed)
        self._close_by_day()
        self.desk = Follower(self.scene)
        self.pointer: dict[str, str] = {}
        self.promised: list[str] = []
        self.ringing = ""

    def _close_by_day(self) -> None:
        """The desk opens at noon, so that what comes now is of its night."""
        chosen = sa.update(tables.service).filter_by(establishment=self.scene.establishment, id="orthopedie")
        with self.scene.engine.begin() as connection:
            connection.execute(chosen.values(hours="1-7 22:00-23:00"))

    def human(self, person: str) -> str:
        return self.pointer.get(person, person)

    def call(self, person: str, *, motive: str = "31") -> str:
        """A call about the knee, with a promise."""
        self.scene.clock.move(HOUR)
        contact, promise = self.scene.ring(SHARED_NUMBER), self.scene.new_id()
        assert self.scene.run(IdentifyCaller(contact=contact, person=person)).refusal == ""
        made = Promise(commitment=promise, due_at=self.scene.clock.now() + 9 * HOUR, owner="orthopedie")
        log = LogMotive(
            contact=contact,
            motive=motive,
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            case=self.scene.new_id(),
            case_title="Genou",
            commitment=made,
        )
        assert self.scene.run(log).refusal == ""
        return contact

    def promise(self, person: str) -> str:
        """A promise made outside any contact."""
        made = Promise(
            commitment=self.scene.new_id(), due_at=self.scene.clock.now() + HOUR, owner="orthopedie"
        )
        assert self.scene.run(Commit(promise=made, service="orthopedie", person=person)).refusal == ""
        self.promised.append(made.commitment)
        return made.commitment

    def write(self, person: str) -> None:
        """Somebody writes from no number."""
        self.scene.clock.move(HOUR)
        noted = NoteContact(
            contact=self.scene.new_id(),
            channel=Channel.PORTAL,
            direction=Direction.INBOUND,
            service="orthopedie",
            person=person,
            happened_at=self.scene.clock.now(),
        )
        assert self.scene.run(noted).refusal == ""

    def merge(self, person: str, into: str) -> None:
        settled = self.scene.run(MergePersons(person=person, into=into), author="n.bourdin")
        if not settled.refusal:
            self.pointer[person] = into

    def part(self, person: str) -> None:
        assert self.scene.run(UnmergePersons(person=person), author="n.bourdin").refusal == ""
        self.pointer.pop(person, None)

    def step(self) -> None:
        """Anything of all that."""
        one, other = self.chance.sample(PEOPLE, 2)
        kind = self.chance.randrange(7)
        match kind:
            case 0 | 1:
                self.call(one, motive=self.chance.choice(("31", "93")))
            case 2:
                self.promise(one)
            case 3:
                self.write(one)
            case 4 | 5:
                self.merge(one, other)
            case _:
                self.part(one)

    def ring(self, person: str) -> None:
        """One more call, not qualified: the badge is its."""
        self.scene.clock.move(HOUR)
        self.ringing = self.scene.ring(SHARED_NUMBER)
        assert self.scene.run(IdentifyCaller(contact=self.ringing, person=person)).refusal == ""

    def seen(self, engine: sa.Engine) -> Seen:
        """The same questions, whichever database answers."""
        house, now = self.scene.establishment, self.scene.clock.now()
        with engine.connect() as connection:
            subjects = read_subjects(
                connection, house, contacts=[self.ringing], persons=[], commitments=self.promised
            )
            return Seen(
                tasks=read_tasks(connection, house, services=SERVICES, now=now),
                day=read_day(connection, house, services=SERVICES, agent="c.morvan", now=now),
                morning=read_morning(connection, house, services=SERVICES, now=now),
                card=caller_card(connection, house, self.ringing, extension="4101", now=now),
                names={id_: one.birth_name + one.first_given_name for id_, one in subjects.items()},
            )

    def expected_names(self) -> dict[str, tuple[str, str]]:
        """Each promise that stands, by brute force: the name of the human whom its row comes to."""
        called = {row.id: row.first_given_name for row in self.scene.rows(tables.person)}
        rows = self.scene.rows(tables.commitment)
        humans = {row.id: self.human(row.person) for row in rows if row.person is not None}
        return {id_: (human, called[human]) for id_, human in humans.items()}

    def expected_badge(self) -> int:
        """How often the caller has now come about the demand that moved last, by brute force; 0 for once."""
        row = self.scene.get(tables.contact, id=self.ringing)
        kept = self.human(row.person)
        contacts = sorted(self.scene.rows(tables.contact), key=lambda one: one.at, reverse=True)
        past = [one for one in contacts if one.person and self.human(one.person) == kept and one.id != row.id]
        demand = next((one.case_id for one in past if one.case_id), None)
        same = [one for one in past if one.case_id == demand and row.at - one.at <= WINDOW]
        return len(same) + 1 if demand and same else 0

    def check(self) -> None:
        """A promise has its human's name, the badge counts both, and the desk says it alike."""
        server = self.seen(self.scene.engine)
        promises = {one.commitment: (one.person, one.first_given_name) for one in server.tasks.promises}
        assert promises == self.expected_names()
        assert server.card is not None
        assert (server.card.repeat.contacts if server.card.repeat else 0) == self.expected_badge()
        assert self.desk.follow()
        assert self.seen(self.desk.engine) == server


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_merged_and_parted_a_desk_lists_and_counts_as_the_server_does(
    quick_engine: sa.Engine, seed: int
) -> None:
    house = _House(quick_engine, seed)
    for number in range(24):
        house.step()
        if number % 4 == 3:
            house.ring(house.chance.choice(PEOPLE))
            house.check()
    house.desk.close()


def test_a_promise_to_whoever_was_merged_has_the_kept_records_name_and_its_own_again(
    quick_engine: sa.Engine,
) -> None:
    house = _House(quick_engine)
    promise = house.promise(PAUL)
    house.ring(PAUL)

    def shown() -> list[tuple[str, str]]:
        found = house.seen(house.scene.engine)
        return [(one.person, one.first_given_name) for one in found.tasks.promises]

    assert (shown(), house.scene.get(tables.commitment, id=promise).person) == ([(PAUL, "Paul")], PAUL)
    house.merge(PAUL, JEANNE)
    assert (shown(), house.scene.get(tables.commitment, id=promise).person) == ([(JEANNE, "Jeanne")], PAUL)
    house.part(PAUL)
    assert shown() == [(PAUL, "Paul")]
    house.desk.close()


def test_who_wrote_under_two_records_of_one_human_is_one_caller_of_the_night(quick_engine: sa.Engine) -> None:
    house = _House(quick_engine)
    house.write(PAUL)
    house.write(JEANNE)
    house.ring(MARTINE)
    assert [one.messages for one in house.seen(house.scene.engine).morning] == [1, 1]
    house.merge(PAUL, JEANNE)
    (one,) = house.seen(house.scene.engine).morning
    assert (one.messages, one.first_given_name) == (2, "Jeanne")
    house.part(PAUL)
    assert [one.messages for one in house.seen(house.scene.engine).morning] == [1, 1]
    house.desk.close()


def test_one_promise_stands_for_the_demand_of_both(quick_engine: sa.Engine) -> None:
    house = _House(quick_engine)
    house.call(PAUL)
    house.merge(PAUL, JEANNE)
    house.call(JEANNE)
    house.ring(JEANNE)
    assert len(house.seen(house.scene.engine).tasks.promises) == 1
    house.desk.close()
