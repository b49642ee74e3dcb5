"""Figures that respect agents (R26): nothing is of a person, nobody is ranked, few are no team."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import RegisterAnswer, RegisterEnd
from app.domain.indicators import TEAM, WORK, Indicator
from app.domain.periods import are_past_weeks, last_week
from app.domain.words import Ending
from app.queries.board import Board, Chosen, DayFigures, board
from app.queries.reports import QueueReport, report
from app.store import tables
from app.store.engine import writing
from tests.support.scene import OTHER_QUEUE, QUEUE, Scene
from tests.support.stores import quick_engine as engine

__all__ = ["engine"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """One call answered by Claire Morvan, in a queue of one."""
    here = Scene(engine)
    contact = here.ring()
    for seconds, body in (
        (9, RegisterAnswer(contact=contact, extension="4101", at=here.clock.now() + timedelta(seconds=9))),
        (60, RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=here.clock.now() + timedelta(minutes=1))),
    ):
        here.run(body, author="line:test")
        here.clock.move(timedelta(seconds=seconds))
    return here


def seat(scene: Scene, queue: str, count: int) -> None:
    """The exchange tells of so many agents of a queue."""
    with writing(scene.engine) as connection:
        for rank in range(count):
            row = {"establishment": scene.establishment, "queue": queue, "extension": f"43{rank:02}"}
            connection.execute(sa.insert(tables.agent_state).values(row | {"state": "available"}))


def board_of(scene: Scene, *queues: str) -> Board:
    with scene.engine.connect() as connection:
        chosen = Chosen(queues=frozenset(queues))
        return board(connection, scene.establishment, now=scene.clock.now(), chosen=chosen)


def report_of(scene: Scene, *, tells_work: bool = True) -> dict[str, QueueReport]:
    since = scene.clock.now() - timedelta(hours=1)
    with scene.engine.connect() as connection:
        found = report(
            connection, scene.establishment, since=since, until=scene.clock.now(), tells_work=tells_work
        )
    return {one.queue: one for one in found}


def test_a_mean_of_work_is_told_of_a_team_and_of_no_fewer(scene: Scene) -> None:
    def values() -> dict[Indicator, float | None]:
        return {one.name: one.value for one in report_of(scene)[QUEUE].figures if one.name in WORK}

    assert values() == dict.fromkeys(WORK)
    assert all(one.is_withheld for one in report_of(scene)[QUEUE].figures if one.name in WORK)
    seat(scene, QUEUE, TEAM - 1)
    assert values() == dict.fromkeys(WORK)
    seat(scene, OTHER_QUEUE, TEAM)
    assert values() == dict.fromkeys(WORK)


def test_a_team_of_five_has_its_means_where_they_may_be_told(scene: Scene) -> None:
    seat(scene, QUEUE, TEAM)

    def talk(*, tells_work: bool) -> tuple[float | None, bool]:
        figures = {one.name: one for one in report_of(scene, tells_work=tells_work)[QUEUE].figures}
        return figures[Indicator.MEAN_TALK].value, figures[Indicator.MEAN_TALK].is_withheld

    assert (talk(tells_work=True), talk(tells_work=False)) == ((51.0, False), (None, True))


@pytest.mark.parametrize(
    ("first", "last", "is_told"),
    [
        ((11, 16), (11, 22), True),
        ((11, 9), (11, 22), True),
        ((11, 17), (11, 23), False),
        ((11, 16), (11, 16), False),
        ((11, 16), (11, 21), False),
        ((11, 23), (11, 29), False),
    ],
)
def test_what_agents_do_is_told_by_whole_weeks_that_are_over(
    first: tuple[int, int], last: tuple[int, int], *, is_told: bool
) -> None:
    assert are_past_weeks(date(2026, *first), date(2026, *last), today=date(2026, 11, 24)) is is_told
    assert last_week(date(2026, 11, 24)) == (date(2026, 11, 16), date(2026, 11, 22))


def test_the_live_board_measures_nobody(scene: Scene) -> None:
    seat(scene, QUEUE, TEAM)
    assert set(DayFigures.__struct_fields__).isdisjoint(WORK)
    assert board_of(scene).day.answered == 1


def test_no_figure_and_no_part_of_the_board_names_an_agent_or_an_extension(scene: Scene) -> None:
    seat(scene, QUEUE, TEAM)
    told = repr((board_of(scene), report_of(scene))).lower()
    agents = scene.rows(tables.agent)
    assert agents
    for agent in agents:
        for word in (agent.id, agent.name.lower(), f"'{agent.extension}'"):
            assert word not in told


def test_what_callers_live_is_told_of_every_queue(scene: Scene) -> None:
    figures = {one.name: one for one in report_of(scene)[QUEUE].figures}
    assert figures[Indicator.ANSWER_RATE].value == 1.0
    assert not [one.name for one in figures.values() if one.is_withheld and one.name not in WORK]
