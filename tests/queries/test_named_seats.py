"""Agents are named to a manager, team by team, only by three dates that are past; else by nobody, nowhere."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.naming import STEPS
from app.domain.words import AgentState
from app.queries.board import Board, Chosen, board
from app.queries.named_seats import NamedSeat, NamedTeams
from app.store import tables
from app.store.engine import writing
from tests.support.scene import OTHER_QUEUE, QUEUE, Scene
from tests.support.stores import quick_engine as engine

__all__ = ["engine"]

SEATED = (
    ("o.zidane", "Omar Zidane", "orthopedie", "4110", AgentState.OFFLINE),
    ("e.aube", "Élodie Aubé", "orthopedie", "4111", AgentState.WRAP_UP),
    ("m.le-goff", "Marie Le Goff", "orthopedie", "4112", AgentState.TRAINING),
    ("c.morvan", "Claire Morvan", "orthopedie", "4101", AgentState.UNAVAILABLE),
)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """Two teams, and a call that rings at Hugo Lambert's."""
    here = Scene(engine)
    with writing(engine) as connection:
        for login, name, service, extension, state in SEATED:
            row = {"id": login, "name": name, "service": service, "extension": extension}
            if login != "c.morvan":
                _lay(connection, here, tables.agent, row)
            told = {"queue": QUEUE, "extension": extension, "state": state.value}
            _lay(connection, here, tables.agent_state, told)
    here.ring(queue=OTHER_QUEUE, extension="4001")
    return here


def _lay(connection: sa.Connection, scene: Scene, table: sa.Table, row: dict[str, Any]) -> None:
    connection.execute(sa.insert(table).values({"establishment": scene.establishment} | row))


def date_it(scene: Scene, **others: str) -> None:
    """All three dates are yesterday's, but these."""
    day = (scene.clock.now() - timedelta(days=1)).date().isoformat()
    with writing(scene.engine) as connection:
        _lay(connection, scene, tables.naming, dict.fromkeys(STEPS, day) | others)


def board_of(scene: Scene, *queues: str, is_manager: bool = True) -> Board:
    with scene.engine.connect() as connection:
        chosen = Chosen(queues=frozenset(queues))
        now = scene.clock.now()
        return board(connection, scene.establishment, now=now, chosen=chosen, is_manager=is_manager)


def named(scene: Scene, *queues: str) -> NamedTeams:
    found = board_of(scene, *queues).named
    assert found is not None
    return found


def seats(scene: Scene, *queues: str) -> list[tuple[str, str]]:
    return [(seat.name, seat.place) for team in named(scene, *queues).teams for seat in team.seats]


def names_told(scene: Scene, shown: Board) -> list[str]:
    """The agents whose name, login or extension is anywhere in the board."""
    told = repr(shown)
    return [
        row.id
        for row in scene.rows(tables.agent)
        if any(f"'{word}'" in told for word in (row.name, row.id, row.extension))
    ]


def test_each_is_named_in_a_team_with_a_state_by_family_name(scene: Scene) -> None:
    date_it(scene)
    assert [team.name for team in named(scene).teams] == ["Orthopédie", "Standard"]
    assert seats(scene) == [
        ("Élodie Aubé", "wrap_up"),
        ("Marie Le Goff", "unavailable"),
        ("Claire Morvan", "unavailable"),
        ("Omar Zidane", ""),
        ("Hugo Lambert", "ringing"),
    ]
    yesterday = (scene.clock.now() - timedelta(days=1)).date()
    assert named(scene).consulted_on == yesterday


def test_the_counts_are_those_of_the_names(scene: Scene) -> None:
    date_it(scene)
    shown, places = board_of(scene).seats, [place for _, place in seats(scene)]
    assert {name: places.count(name) for name in shown.__struct_fields__} == {
        name: getattr(shown, name) for name in shown.__struct_fields__
    }


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("days", [None, 1], ids=["missing", "to come"])
def test_without_one_of_the_dates_nobody_is_named(scene: Scene, step: str, days: int | None) -> None:
    day = "" if days is None else (scene.clock.now() + timedelta(days=days)).date().isoformat()
    date_it(scene, **{step: day})
    shown = board_of(scene)
    assert shown.named is None
    assert names_told(scene, shown) == []
    assert shown.seats.total == 4


def test_without_any_date_nobody_is_named(scene: Scene) -> None:
    assert names_told(scene, board_of(scene)) == []
    date_it(scene)
    assert len(names_told(scene, board_of(scene))) == len(SEATED) + 1


def test_nobody_is_named_to_who_does_not_manage(scene: Scene) -> None:
    date_it(scene)
    assert names_told(scene, board_of(scene, is_manager=False)) == []


def test_the_names_go_with_the_queues_that_are_chosen(scene: Scene) -> None:
    date_it(scene)
    assert seats(scene, OTHER_QUEUE) == [("Hugo Lambert", "ringing")]


def test_who_shares_an_extension_is_not_told_to_be_there(scene: Scene) -> None:
    date_it(scene)
    with writing(scene.engine) as connection:
        twin = {"id": "a.autre", "name": "Alix Autre", "service": "standard", "extension": "4001"}
        _lay(connection, scene, tables.agent, twin)
    (standard,) = named(scene, OTHER_QUEUE).teams
    assert standard.seats == (NamedSeat(team="Standard", name="", extension="4001", place="ringing"),)
