"""What a server that starts knows of the calls of a line whose end nobody heard."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import RegisterAnswer, RegisterCall
from sync.server.bootstrap.lines import remembered
from sync.server.bootstrap.serving import make_premises
from sync.server.connectors import LineMemory, OpenCall
from tests.support.scene import MORNING, QUEUE, Scene
from tests.support.stores import quick_engine as engine

__all__ = ["engine"]

LINE = "standard"


def _memory(scene: Scene) -> LineMemory:
    premises = make_premises(scene.engine, scene.establishment, scene.clock)
    return remembered(premises, LINE)


def _called(scene: Scene, at: datetime, *, line: str = LINE) -> str:
    contact = scene.new_id()
    rang = RegisterCall(contact=contact, line=line, queue=QUEUE, number_raw="0639981234", arrived_at=at)
    assert not scene.run(rang, author=f"line:{line}").refusal
    return contact


@pytest.mark.parametrize("away", [timedelta(minutes=1), timedelta(hours=26), timedelta(days=4)])
def test_a_call_without_end_is_remembered_however_long_the_server_was_away(
    engine: sa.Engine, away: timedelta
) -> None:
    scene = Scene(engine)
    waiting, spoken = _called(scene, MORNING), _called(scene, MORNING)
    other = _called(scene, MORNING, line="another")
    taken = RegisterAnswer(contact=spoken, extension="101", at=MORNING)
    assert not scene.run(taken, author=f"line:{LINE}").refusal
    scene.clock.move(away)
    over_by = MORNING + timedelta(hours=12)
    memory = _memory(scene)
    assert other not in memory.calls
    assert memory.calls == {
        waiting: OpenCall(is_answered=False, over_by=over_by),
        spoken: OpenCall(is_answered=True, over_by=over_by),
    }
