"""A record opened by break-glass is closed when its time is over, once, whichever server looks."""

import sqlalchemy as sa

from app.domain.access import OPEN_FOR, own_scope
from app.domain.commands import BreakGlass
from app.store import tables
from sync.server.jobs.due_commands import DueCommands
from sync.server.jobs.glasses import AUTHOR, find_glasses
from tests.jobs.conftest import new_intake
from tests.support.scene import SECRET, Scene


def _job(scene: Scene) -> DueCommands:
    """What one more server process would do."""
    return DueCommands(
        scene.engine,
        scene.establishment,
        new_intake(scene),
        clock=scene.clock,
        author=AUTHOR,
        find=find_glasses,
    )


def test_what_was_opened_is_closed_once_when_its_time_is_over(engine: sa.Engine) -> None:
    scene = Scene(engine)
    opened = BreakGlass(glass=scene.new_id(), person=SECRET, reason="Le bloc demande sa convocation")
    assert scene.run(opened).refusal == ""
    assert list(_job(scene)()) == []
    assert scene.count(tables.person_scope, person=SECRET, service=own_scope("c.morvan")) == 1
    scene.clock.move(OPEN_FOR)
    assert [list(job()) for job in (_job(scene), _job(scene))] == [[1], []]
    assert scene.count(tables.person_scope, person=SECRET, service=own_scope("c.morvan")) == 0
