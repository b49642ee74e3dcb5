"""A command runs at most once, in its own transaction, one after the other (sync rule 3)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.dispatch import Settled, run_command, run_commands
from app.domain.commands import CommandEnvelope, LogMotive, NoteContact
from app.domain.words import Channel, Outcome
from app.store import journal, tables
from app.store.journal import Entry, EntryScope
from tests.support.scene import MORNING, Scene

EACH = 200


def _note(scene: Scene) -> NoteContact:
    return NoteContact(
        contact=scene.new_id(), channel=Channel.DESK, service="orthopedie", happened_at=MORNING
    )


def _unreadable(command_id: str) -> Entry:
    return Entry(
        command_id=command_id,
        command_kind="LogMotive",
        author="c.morvan",
        desk="c.morvan",
        at=MORNING,
        scope=EntryScope(),
        refusal="malformed_command",
        field="motive",
    )


def test_a_command_sent_again_changes_nothing_and_answers_the_same(scene: Scene) -> None:
    sent = scene.envelope(_note(scene))
    first, again = (
        run_command(scene.engine, scene.establishment, sent, desk=desk, clock=scene.clock)
        for desk in ("c.morvan", "another.desk")
    )
    assert (first.position, first.is_new) == (1, True)
    assert (again.position, again.is_new) == (1, False)
    assert scene.count(tables.journal) == 1
    assert scene.count(tables.contact) == 1


def test_a_refusal_leaves_one_entry_without_facts_and_changes_no_row(scene: Scene) -> None:
    command = LogMotive(contact=scene.new_id(), motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie")
    sent = scene.envelope(command)
    settled = [
        run_command(scene.engine, scene.establishment, sent, desk="c.morvan", clock=scene.clock)
        for _ in range(2)
    ]
    assert [(one.refusal, one.field, one.position) for one in settled] == [
        ("unknown_contact", "contact", 1)
    ] * 2
    entry = scene.entry(settled[0])
    assert (entry.refusal, entry.field, entry.facts) == ("unknown_contact", "contact", ())
    assert (entry.author, entry.desk, entry.command_kind) == ("c.morvan", "c.morvan", "LogMotive")
    assert scene.count(tables.contact) == 0


def test_an_unreadable_command_is_a_refusal_that_names_the_field_once(scene: Scene) -> None:
    entry = _unreadable(scene.new_id())
    first, again = (_refuse(scene, entry) for _ in range(2))
    assert (first.position, first.refusal, first.field) == (1, "malformed_command", "motive")
    assert (again.position, again.is_new) == (1, False)
    with scene.engine.connect() as connection:
        assert journal.verify(connection, scene.establishment) is None


def _refuse(scene: Scene, entry: Entry) -> Settled:
    (settled,) = run_commands(scene.engine, scene.establishment, [entry], desk="c.morvan", clock=scene.clock)
    return settled


def test_an_id_that_was_run_is_not_refused_afterwards(scene: Scene) -> None:
    done = scene.run(_note(scene))
    settled = _refuse(scene, _unreadable(done.command_id))
    assert (settled.position, settled.refusal) == (1, "")


def test_two_establishments_count_their_positions_apart(engine: sa.Engine) -> None:
    here, there = Scene(engine), Scene(engine)
    assert [here.run(_note(here)).position for _ in range(3)] == [1, 2, 3]
    assert there.run(_note(there)).position == 1


def test_a_fault_in_a_use_case_leaves_no_trace_of_the_command(scene: Scene) -> None:
    """Neither rows nor entry: the same command can be sent again."""

    class BrokenClock:
        def now(self) -> datetime:
            raise ZeroDivisionError

    sent = scene.envelope(_note(scene))
    with pytest.raises(ZeroDivisionError):
        run_command(scene.engine, scene.establishment, sent, desk="d", clock=BrokenClock())
    assert scene.count(tables.journal) == 0
    assert run_command(scene.engine, scene.establishment, sent, desk="d", clock=scene.clock).position == 1


def _write_from_two_threads(scene: Scene, write: Callable[[CommandEnvelope], object]) -> list[Exception]:
    faults: list[Exception] = []
    start = threading.Barrier(2)

    def work() -> None:
        commands = [scene.envelope(_note(scene)) for _ in range(EACH)]
        start.wait()
        for sent in commands:
            try:
                write(sent)
            except Exception as error:  # noqa: BLE001 - the driver's own
                faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    return faults


def test_two_writers_leave_positions_without_a_gap_and_lose_nothing(scene: Scene) -> None:
    def write(sent: CommandEnvelope) -> object:
        return run_command(scene.engine, scene.establishment, sent, desk="d", clock=scene.clock)

    assert _write_from_two_threads(scene, write) == []
    with scene.engine.connect() as connection:
        chosen = sa.select(tables.journal.c.position).filter_by(establishment=scene.establishment)
        positions = sorted(connection.execute(chosen).scalars())
        assert journal.verify(connection, scene.establishment) is None
    assert positions == list(range(1, 2 * EACH + 1))
    assert scene.count(tables.contact) == 2 * EACH


def test_without_the_lock_two_writers_lose_commands(scene: Scene) -> None:
    """The negative control: the same work, only without the lock as the first statement."""

    def write_unlocked(sent: CommandEnvelope) -> object:
        with scene.engine.connect() as connection, connection.begin():
            head = journal.head(connection, scene.establishment)
            entry = _bare_entry(scene, sent)
            journal.append(connection, [journal.seal(scene.establishment, entry, after=head)])
        return None

    faults = _write_from_two_threads(scene, write_unlocked)
    assert faults != []
    assert {type(fault).__name__ for fault in faults} <= {"IntegrityError", "OperationalError"}
    assert scene.count(tables.journal) < 2 * EACH


def _bare_entry(scene: Scene, sent: CommandEnvelope) -> Entry:
    return Entry(
        command_id=sent.id,
        command_kind="NoteContact",
        author=sent.author,
        desk="d",
        at=scene.clock.now(),
        scope=EntryScope(),
    )


@pytest.mark.parametrize(
    ("made", "sent", "kept"),
    [
        (timedelta(hours=-2), timedelta(0), timedelta(hours=-2)),
        (timedelta(days=2, hours=-2), timedelta(days=2), timedelta(hours=-2)),
        (timedelta(days=2), None, timedelta(0)),
        (timedelta(days=-400), None, timedelta(0)),
    ],
    ids=["made offline", "a desk two days ahead", "in the future", "of another year"],
)
def test_what_was_done_offline_has_its_own_time_and_its_entry_that_of_its_arrival(
    scene: Scene, made: timedelta, sent: timedelta | None, kept: timedelta
) -> None:
    contact = scene.ring()
    log = LogMotive(contact=contact, motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie")
    now = scene.clock.now()
    sent_at = None if sent is None else now + sent
    envelope = msgspec.structs.replace(scene.envelope(log), made_at=now + made, sent_at=sent_at)
    settled = run_command(scene.engine, scene.establishment, envelope, desk="d", clock=scene.clock)
    assert settled.refusal == ""
    assert scene.get(tables.contact, id=contact).logged_at == now + kept
    assert scene.entry(settled).at == now
