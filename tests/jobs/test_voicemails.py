"""What callers said is deleted thirty days after they were seen to, never before (rules R15)."""

from datetime import timedelta

import sqlalchemy as sa

from app.domain.commands import KeepVoicemail, LogMotive, RegisterAnswer, RegisterEnd
from app.domain.ids import Id
from app.domain.words import Ending, Outcome
from app.queries.voicemails import KEPT_FOR
from app.store import tables, voicemails
from app.store.voicemails import Sealed
from sync.server.jobs.due_commands import DueCommands
from sync.server.jobs.voicemails import AUTHOR, find_deletions, sweeping
from tests.jobs.conftest import new_intake
from tests.support.scene import Scene

NUMBER = "+33639980056"
A_DAY = timedelta(days=1)


def _job(scene: Scene) -> DueCommands:
    """What one more server process would do."""
    return DueCommands(
        scene.engine,
        scene.establishment,
        new_intake(scene),
        clock=scene.clock,
        author=AUTHOR,
        find=find_deletions,
    )


def _keep(scene: Scene, contact: Id, *, field: str = "") -> None:
    kept = Sealed(
        contact=contact, line="pbx", message=contact, field=field, at=scene.clock.now(), sealed=b"said"
    )
    kept_under = voicemails.keep(scene.engine, scene.establishment, kept, seal=lambda _: b"sealed")
    assert kept_under == contact


def _speak(scene: Scene, number: str = NUMBER) -> Id:
    """A call that nobody answers, and what was said."""
    contact = scene.ring(number)
    now = scene.clock.now()
    _keep(scene, contact)
    scene.run(KeepVoicemail(contact=contact, left_at=now, lasted=A_DAY / 9000), author="line:test")
    scene.run(RegisterEnd(contact=contact, ending=Ending.MISSED, at=now), author="line:test")
    return contact


def _kept(scene: Scene) -> set[Id]:
    return {row.contact for row in scene.rows(tables.voicemail)}


def test_a_message_goes_a_month_after_it_was_qualified_and_no_sooner(engine: sa.Engine) -> None:
    scene = Scene(engine)
    waits, seen = _speak(scene, "+33639980057"), _speak(scene)
    scene.clock.move(10 * A_DAY)
    scene.run(LogMotive(contact=seen, motive="14", outcome=Outcome.DEALT_WITH, service="orthopedie"))
    scene.clock.move(KEPT_FOR - A_DAY)
    assert list(_job(scene)()) == []
    scene.clock.move(A_DAY)
    assert [list(job()) for job in (_job(scene), _job(scene))] == [[1], []]
    assert _kept(scene) == {waits}
    assert scene.get(tables.contact, id=seen).voicemail_us is None


def test_a_caller_who_was_spoken_with_since_was_seen_to(engine: sa.Engine) -> None:
    scene = Scene(engine)
    _speak(scene)
    scene.clock.move(A_DAY)
    later = scene.ring(NUMBER)
    scene.run(RegisterAnswer(contact=later, extension="4101", at=scene.clock.now()), author="line:test")
    scene.clock.move(KEPT_FOR)
    assert list(_job(scene)()) == [1]
    assert _kept(scene) == set()


def test_what_nobody_saw_to_stays_and_what_is_nobodys_goes_after_a_month(engine: sa.Engine) -> None:
    scene = Scene(engine)
    waits = _speak(scene)
    nobodys = scene.new_id()
    _keep(scene, nobodys, field="origtime")
    sweep = sweeping(scene.engine, scene.establishment, clock=scene.clock)
    scene.clock.move(KEPT_FOR - A_DAY)
    assert list(sweep()) == [0]
    assert _kept(scene) == {waits, nobodys}
    scene.clock.move(2 * A_DAY)
    assert (list(_job(scene)()), list(sweep())) == ([], [1])
    assert _kept(scene) == {waits}
