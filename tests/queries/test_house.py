"""What a desk knows of its house: who works where, and what its lines are called for."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import LogMotive, RegisterCall
from app.domain.words import Outcome
from app.queries.house import House, read_house
from tests.support.scene import OTHER_QUEUE, QUEUE, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


def _house(scene: Scene) -> House:
    with scene.engine.connect() as connection:
        return read_house(connection, scene.establishment)


def _called_for(scene: Scene, *motives: str, queue: str = QUEUE) -> None:
    for motive in motives:
        contact = scene.new_id()
        scene.clock.move(timedelta(minutes=1))
        at = scene.clock.now()
        scene.run(RegisterCall(contact=contact, queue=queue, number_raw="0639981234", arrived_at=at))
        if motive:
            logged = LogMotive(
                contact=contact, motive=motive, outcome=Outcome.DEALT_WITH, service="orthopedie", note="Dit."
            )
            assert not scene.run(logged).refusal


def test_the_motives_of_a_line_are_its_own_the_most_frequent_first(scene: Scene) -> None:
    _called_for(scene, "61", "31", "31", "", "14", "61", "31")
    _called_for(scene, "71", queue=OTHER_QUEUE)
    assert _house(scene).frequent == {QUEUE: ("31", "61"), OTHER_QUEUE: ("71",)}


def test_equals_stand_by_their_codes_whichever_came_first(scene: Scene) -> None:
    _called_for(scene, "61", "31", "14")
    assert _house(scene).frequent == {QUEUE: ("14", "31")}


def test_a_line_nobody_called_offers_nothing(scene: Scene) -> None:
    assert _house(scene).frequent == {}


def test_colleagues_of_several_services_stand_by_their_names_once() -> None:
    house = House(agents={"a": (("z", "Zoé"), ("b", "Bruno")), "c": (("m", "Maud"),)})
    assert [name for _, name in house.colleagues(["c", "a", "a", "nobody"])] == ["Bruno", "Maud", "Zoé"]
