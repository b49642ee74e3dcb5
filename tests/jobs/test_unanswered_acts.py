"""What no line took comes to a told refusal, once; what was answered, or may still be, is left alone."""

from datetime import timedelta

import sqlalchemy as sa

from app.domain.commands import HoldCall, RegisterAnswer, RegisterCall, SettleLineAct
from app.domain.words import LineActState, LineRefusal
from app.queries.phone_acts import ANSWERED_WITHIN, phone_acts
from app.store import tables
from sync.server.jobs.due_commands import DueCommands
from sync.server.jobs.unanswered_acts import AUTHOR, find_unanswered
from tests.jobs.conftest import new_intake
from tests.support.scene import MARTINES_NUMBER, MORNING, QUEUE, Scene

LINE = "line:standard"


def _job(scene: Scene) -> DueCommands:
    """What one more server process would do."""
    return DueCommands(
        scene.engine,
        scene.establishment,
        new_intake(scene),
        clock=scene.clock,
        author=AUTHOR,
        find=find_unanswered,
    )


def _ask_to_hold(scene: Scene) -> str:
    """The act that a desk asked of its line."""
    contact = scene.new_id()
    arrived = RegisterCall(
        contact=contact, line="standard", queue=QUEUE, number_raw=MARTINES_NUMBER, arrived_at=MORNING
    )
    answered = RegisterAnswer(contact=contact, extension="4101", at=MORNING + timedelta(seconds=5))
    for told in (arrived, answered):
        scene.run(told, author=LINE)
    act = scene.new_id()
    assert scene.run(HoldCall(contact=contact), command_id=act).refusal == ""
    return act


def test_an_act_that_no_line_took_is_refused_once_when_its_time_is_over(engine: sa.Engine) -> None:
    scene = Scene(engine)
    act, done = _ask_to_hold(scene), _ask_to_hold(scene)
    assert scene.run(SettleLineAct(act=done), author=LINE).refusal == ""
    scene.clock.move(ANSWERED_WITHIN - timedelta(seconds=1))
    assert list(_job(scene)()) == []
    scene.clock.move(timedelta(seconds=1))
    assert [list(job()) for job in (_job(scene), _job(scene))] == [[1], []]
    with engine.connect() as connection:
        told = {
            one.act: (one.state, one.refusal) for one in phone_acts(connection, scene.establishment, "4101")
        }
    assert told == {
        act: (LineActState.REFUSED, LineRefusal.UNREACHABLE),
        done: (LineActState.DONE, None),
    }


def test_a_line_that_answers_after_all_changes_nothing(engine: sa.Engine) -> None:
    scene = Scene(engine)
    act = _ask_to_hold(scene)
    scene.clock.move(ANSWERED_WITHIN)
    assert list(_job(scene)()) == [1]
    assert scene.facts(scene.run(SettleLineAct(act=act), author=LINE)) == ()
    assert scene.get(tables.line_act, id=act).state == LineActState.REFUSED
