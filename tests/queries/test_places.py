"""A house overseas has its own midnight: its figures, its lists and its weeks are of its own clock."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import Commit, GiveUpCommitment, KeepCommitment, Promise, SetPlace
from app.domain.holidays import Region
from app.domain.opening import Place
from app.domain.words import Reach
from app.queries.board import board
from app.queries.tasks import DoneTask, read_tasks
from app.queries.trends import trends
from app.store import tables
from tests.queries.conftest import HOUSE, NOW
from tests.queries.test_board import add, over
from tests.support.scene import MARTINE, Id, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]

REUNION, MIQUELON = "Indian/Reunion", "America/Miquelon"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def move_house(reading: sa.Connection, zone: str) -> None:
    row = {"establishment": HOUSE, "zone": zone, "region": Region.MAINLAND}
    reading.execute(sa.insert(tables.place).values(row))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (REUNION, (2031, 3, 30), 24),
        ("America/Guadeloupe", (2031, 10, 26), 24),
        (MIQUELON, (2031, 3, 9), 23),
        (MIQUELON, (2031, 11, 2), 25),
    ],
)
def test_the_board_counts_the_hours_of_the_houses_own_day(
    reading: sa.Connection, zone: str, day: tuple[int, int, int], hours: int
) -> None:
    start = datetime(*day, tzinfo=Place(zone=zone).clock).astimezone(UTC)
    add(reading, 0, **over(start - timedelta(seconds=1), wait=10, talk=20))
    for number in range(hours):
        add(reading, number + 1, **over(start + timedelta(hours=number), wait=10, talk=20))
    evening = start + timedelta(hours=hours) - timedelta(seconds=1)
    in_paris = board(reading, HOUSE, now=evening).day.answered
    move_house(reading, zone)
    assert board(reading, HOUSE, now=evening).day.answered == hours != in_paris


def test_the_hours_of_the_calls_are_those_of_the_houses_clock(reading: sa.Connection) -> None:
    in_paris = trends(reading, HOUSE, now=NOW).peaks
    move_house(reading, REUNION)
    there = trends(reading, HOUSE, now=NOW).peaks
    later = {(day, hour): in_paris[day, hour - 3] for day, hour in there if hour >= 11}
    assert {at: there[at] for at in later} == later
    assert any(later.values())
    assert there != in_paris


def _promise(scene: Scene) -> Id:
    due_at = scene.clock.now() + ONE_DAY
    made = Promise(commitment=scene.new_id(), due_at=due_at, owner="c.morvan", what="Rappeler")
    assert not scene.run(Commit(promise=made, service="orthopedie", person=MARTINE)).refusal
    return made.commitment


def _done(scene: Scene) -> tuple[DoneTask, ...]:
    with scene.engine.connect() as connection:
        found = read_tasks(connection, scene.establishment, services=("orthopedie",), now=scene.clock.now())
    return found.done


def _until(scene: Scene, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    wanted = scene.clock.now().replace(hour=hour, minute=minute, second=0, microsecond=0)
    scene.clock.move(wanted - scene.clock.now())


@pytest.mark.parametrize(("zone", "last", "first"), [(REUNION, "19:59", "20:01"), ("", "22:59", "23:01")])
def test_what_was_done_today_leaves_the_list_at_the_houses_midnight(
    scene: Scene, zone: str, last: str, first: str
) -> None:
    if zone:
        scene.run(SetPlace(zone=zone, region=Region.REUNION))
    commitment = _promise(scene)
    _until(scene, "15:00")
    scene.run(KeepCommitment(commitment=commitment, how=Reach.SPOKEN))
    _until(scene, last)
    assert [one.commitment for one in _done(scene)] == [commitment]
    _until(scene, first)
    assert _done(scene) == ()


@pytest.mark.parametrize(("zone", "refusal"), [(REUNION, ""), ("Europe/Paris", "too_few_attempts")])
def test_attempts_on_two_days_are_counted_by_the_houses_days(scene: Scene, zone: str, refusal: str) -> None:
    scene.run(SetPlace(zone=zone, region=Region.MAINLAND))
    commitment = _promise(scene)
    for clock in ("19:40", "19:50", "20:10"):
        _until(scene, clock)
        scene.run(KeepCommitment(commitment=commitment, how=Reach.VOICEMAIL))
    assert scene.run(GiveUpCommitment(commitment=commitment)).refusal == refusal
