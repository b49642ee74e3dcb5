"""Each night persons leave and enter each service's scope as time has passed, and only then (rules R24)."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.demo.calendar import ZONE as PARIS
from app.domain.commands import ReviewScope, SetPlace
from app.domain.facts import PersonEntered, PersonLeft
from app.domain.holidays import Region
from app.domain.ids import derived_id
from app.domain.night import day_due
from app.store import tables
from app.store.rows import Rows
from sync.server.jobs.scopes import Scopes
from tests.jobs.conftest import new_intake
from tests.support.scene import MARTINE, PAUL, QUEUE, SHARED_NUMBER, Scene

DAY = timedelta(days=1)
SERVICES = ("orthopedie", "standard")


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital whose night has passed once: its scopes are reviewed from the next on."""
    here = Scene(engine)
    assert _job(here) == []
    return here


def _new_job(scene: Scene) -> Scopes:
    """What one more server process would do, two persons a page."""
    intake = new_intake(scene)
    return Scopes(scene.engine, scene.establishment, intake, clock=scene.clock, page=2)


def _job(scene: Scene) -> list[int]:
    return list(_new_job(scene)())


def _lay(scene: Scene, *rows: tuple[sa.Table, dict[str, Any]]) -> None:
    with scene.engine.begin() as connection:
        writer = Rows(connection, scene.establishment, position=0)
        for table, values in rows:
            writer.put(table, **values)


def _held(scene: Scene) -> set[tuple[str, str]]:
    return {(row.person, row.service) for row in scene.rows(tables.person_scope)}


def _hold(person: str, service: str = "orthopedie") -> tuple[sa.Table, dict[str, Any]]:
    return tables.person_scope, {"person": person, "service": service}


def _met(scene: Scene, person: str, days: float, **values: Any) -> list[tuple[sa.Table, dict[str, Any]]]:
    contact, at = scene.new_id(), scene.clock.now() - days * DAY
    row = {"id": contact, "person": person, "at": at, "service": "orthopedie"} | values
    line = {"person": person, "at": at, "contact": contact}
    return [(tables.contact, row), (tables.timeline, line)]


def _visit(
    scene: Scene, person: str, days: float, service: str = "orthopedie"
) -> tuple[sa.Table, dict[str, Any]]:
    row = {"id": scene.new_id(), "person": person, "at": scene.clock.now() + days * DAY, "service": service}
    return tables.appointment, row


def test_who_was_met_ninety_days_ago_leaves_the_next_night_and_not_before(scene: Scene) -> None:
    _lay(scene, _hold(MARTINE), *_met(scene, MARTINE, 89.4))
    assert _job(scene) == []
    scene.clock.move(timedelta(hours=12))
    assert _job(scene) == []
    assert _held(scene) == {(MARTINE, "orthopedie")}
    scene.clock.move(timedelta(hours=12))
    assert sum(_job(scene)) == 1
    assert _held(scene) == set()


def test_an_appointment_that_comes_near_brings_its_person_once(scene: Scene) -> None:
    _lay(scene, _visit(scene, PAUL, 31.5))
    scene.clock.move(DAY)
    assert sum(_job(scene)) == 0
    scene.clock.move(DAY)
    assert sum(_job(scene)) == 1
    assert _held(scene) == {(PAUL, "orthopedie")}
    scene.clock.move(DAY)
    assert sum(_job(scene)) == 0
    scene.clock.move(60 * DAY)
    assert sum(_job(scene)) == 1
    assert _held(scene) == set()


def test_whoever_shares_the_number_of_a_caller_stays_as_long_as_the_call_counts(scene: Scene) -> None:
    scene.ring(SHARED_NUMBER)
    before = _held(scene)
    assert len(before) == 2
    scene.clock.move(89 * DAY)
    _job(scene)
    assert _held(scene) == before
    scene.clock.move(2 * DAY)
    assert sum(_job(scene)) == 2
    assert _held(scene) == set()


def test_somebody_who_calls_while_the_night_is_reviewed_stays(scene: Scene) -> None:
    _lay(scene, _hold(MARTINE), *_met(scene, MARTINE, 100))
    scene.ring()
    settled = scene.run(ReviewScope(person=MARTINE, service="orthopedie"), author="job:scopes")
    assert scene.facts(settled) == ()
    assert (MARTINE, "orthopedie") in _held(scene)


def test_a_review_tells_who_enters_and_who_leaves(scene: Scene) -> None:
    _lay(scene, _visit(scene, PAUL, 3), _hold(MARTINE))
    entered = scene.run(ReviewScope(person=PAUL, service="orthopedie"))
    left = scene.run(ReviewScope(person=MARTINE, service="orthopedie"))
    assert scene.facts(entered) == (PersonEntered(person=PAUL, service="orthopedie"),)
    assert scene.facts(left) == (PersonLeft(person=MARTINE, service="orthopedie"),)
    assert scene.entry(left).scope.services == ("orthopedie",)
    nobody = derived_id("test", "nobody")
    assert scene.run(ReviewScope(person=nobody, service="orthopedie")).refusal == "unknown_person"


def test_a_human_recorded_twice_leaves_under_both_ids_or_neither(scene: Scene) -> None:
    _lay(scene, _hold(MARTINE), _hold(PAUL), *_met(scene, MARTINE, 5))
    with scene.engine.begin() as connection:
        merged = sa.update(tables.person).filter_by(establishment=scene.establishment, id=PAUL)
        connection.execute(merged.values(same_as=MARTINE))
    scene.clock.move(DAY)
    _job(scene)
    assert len(_held(scene)) == 2
    scene.clock.move(90 * DAY)
    _job(scene)
    assert _held(scene) == set()


def test_a_night_left_halfway_is_finished_by_the_next_process_and_done_once(scene: Scene) -> None:
    persons = [scene.new_person(f"P{number}") for number in range(9)]
    _lay(scene, *(_hold(person) for person in persons))
    scene.clock.move(DAY)
    dying = _new_job(scene)()
    assert [next(dying), next(dying)] == [2, 2]
    assert len(_held(scene)) == 5
    assert (sum(_job(scene)), _held(scene)) == (5, set())
    entries = scene.count(tables.journal)
    assert (_job(scene), scene.count(tables.journal)) == ([], entries)


def test_a_night_that_nobody_was_there_for_is_made_up_in_the_morning(scene: Scene) -> None:
    _lay(scene, _hold(MARTINE))
    scene.clock.move(10 * DAY + timedelta(hours=5))
    assert sum(_job(scene)) == 1


@pytest.mark.parametrize(("zone", "moved"), [("Indian/Reunion", 1), ("Europe/Paris", 0)])
def test_the_night_is_that_of_where_the_house_stands(scene: Scene, zone: str, moved: int) -> None:
    scene.run(SetPlace(zone=zone, region=Region.MAINLAND))
    _lay(scene, _hold(MARTINE))
    _job(scene)
    scene.clock.move(timedelta(hours=14))
    assert sum(_job(scene)) == moved


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 1, 59, tzinfo=UTC), "2026-11-23"),
        (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "2026-11-24"),
        (datetime(2026, 7, 1, 0, 59, tzinfo=UTC), "2026-06-30"),
        (datetime(2026, 7, 1, 1, 0, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 10, 25, 1, 59, tzinfo=UTC), "2026-10-24"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "2026-10-25"),
    ],
)
def test_the_night_hour_is_three_in_the_house_s_own_time(moment: datetime, day: str) -> None:
    assert day_due(moment, zone=PARIS).isoformat() == day


@pytest.mark.parametrize("seed", range(6))
def test_after_the_night_each_scope_is_what_the_rule_says_read_word_by_word(scene: Scene, seed: int) -> None:
    town = Town(scene, random.Random(seed))
    scene.clock.move(DAY)
    _job(scene)
    assert _held(scene) == town.oracle()
    assert len(_held(scene)) not in (0, len(town.persons) * len(SERVICES))


class Town:
    """Persons drawn with contacts, visits and open matters of any age, and the rule told plainly."""

    def __init__(self, scene: Scene, chance: random.Random) -> None:
        self._scene = scene
        self._chance = chance
        self.persons = [scene.new_person(f"P{number}") for number in range(12)]
        self._rows: list[tuple[sa.Table, dict[str, Any]]] = []
        for person in self.persons:
            self._draw(person)
        _lay(scene, *self._rows)

    def _draw(self, person: str) -> None:
        chance, scene = self._chance, self._scene
        # Only the coming of an appointment is told by no fact: all else entered when it happened.
        visits = [chance.uniform(-45, 45) for _ in range(chance.randint(0, 1))]
        for days in visits:
            self._rows.append(_visit(scene, person, days, chance.choice(SERVICES)))
        for service in SERVICES:
            if not visits or chance.random() < 0.5:
                self._rows.append(_hold(person, service))
        for _ in range(chance.randint(0, 2)):
            place = chance.choice(
                ({"service": "standard"}, {"service": "x", "queue": QUEUE}, {"service": "x"})
            )
            held = [place.get("service", ""), "orthopedie" if "queue" in place else ""]
            self._rows += _met(scene, person, chance.uniform(60, 120), **place)
            self._rows += [_hold(person, service) for service in held if service in SERVICES]
        if chance.random() < 0.3:
            self._open(person, chance.choice(SERVICES))

    def _open(self, person: str, service: str) -> None:
        kind = self._chance.choice((tables.case, tables.commitment, tables.call_back_note))
        state = {"demand": "open", "commitment": "postponed", "call_back_note": "read"}[kind.name]
        row = {"id": self._scene.new_id(), "person": person, "state": self._chance.choice((state, "done"))}
        column = "recipient_service" if kind is tables.call_back_note else "service"
        self._rows += [(kind, row | {column: service}), _hold(person, service)]

    def oracle(self) -> set[tuple[str, str]]:
        """The rule, said of each person and each service."""
        return {
            (person, service) for person in self.persons for service in SERVICES if self._is(person, service)
        }

    def _is(self, person: str, service: str) -> bool:
        return any(
            self._counts(table, row, service) for table, row in self._rows if row.get("person") == person
        )

    def _counts(self, table: sa.Table, row: dict[str, Any], service: str) -> bool:
        now = self._scene.clock.now()
        if table is tables.contact:
            queues = "orthopedie" if row.get("queue") == QUEUE else ""
            return service in (row["service"], queues) and now - row["at"] <= 90 * DAY
        if table is tables.appointment:
            return row["service"] == service and abs(row["at"] - now) <= 30 * DAY
        if table in (tables.case, tables.commitment, tables.call_back_note):
            its = row.get("recipient_service", row.get("service"))
            return its == service and row["state"] != "done"
        return False
