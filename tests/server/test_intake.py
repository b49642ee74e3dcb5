"""Where commands enter: one that always fails is refused, told and counted, and stops nobody."""

import asyncio
import io
import json
import logging
from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.commands import RegisterCall
from app.logs import set_up_logs
from app.store import tables
from app.store.engine import create_server_tables, open_database
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from tests.support.scene import MORNING, QUEUE, Scene

UNWRITABLE = "\ud800"


@pytest.fixture
def scene(tmp_path: Path) -> Generator[Scene]:
    """A small hospital in a file of its own: the shared one holds the only establishment of its server."""
    engine = open_database(f"sqlite:///{tmp_path / 'intake.db'}")
    create_server_tables(engine)
    yield Scene(engine)
    engine.dispose()


@pytest.fixture
def counts() -> Counts:
    """What this server counts."""
    return Counts()


@pytest.fixture
def intake(scene: Scene, counts: Counts) -> Intake:
    """Where commands enter this server."""
    tail = Tail(lambda after: read_feed_entries(scene.engine, scene.establishment, after=after), head=0)
    return Intake(scene.engine, scene.establishment, tail, clock=scene.clock, counts=counts)


@pytest.fixture
def written() -> Generator[io.StringIO]:
    """Where this test's log goes."""
    stream = io.StringIO()
    set_up_logs("INFO", to=stream)
    yield stream
    logging.getLogger().handlers.clear()


def _call(scene: Scene, number: str) -> RegisterCall:
    return RegisterCall(contact=scene.new_id(), queue=QUEUE, number_raw=number, arrived_at=MORNING)


def test_a_line_goes_on_after_a_command_that_always_fails(
    scene: Scene, intake: Intake, written: io.StringIO
) -> None:
    calls = [_call(scene, number) for number in ("0639980001", UNWRITABLE, "0639980002")]
    envelopes = [scene.envelope(call, author="line:test") for call in calls]
    for _ in range(2):
        asyncio.run(intake.emit(envelopes))
    kept = [scene.get(tables.journal, command_id=envelope.id) for envelope in envelopes]
    assert [row.refusal for row in kept] == ["", "internal", ""]
    assert {row.desk for row in kept} == {"line:test"}
    assert [scene.count(tables.contact, id=call.contact) for call in calls] == [1, 0, 1]
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [one["command_id"] for one in told if one["event"] == "a command failed"] == [envelopes[1].id]


def test_failures_are_counted_apart_from_refusals(scene: Scene, intake: Intake, counts: Counts) -> None:
    intake.run(scene.envelope(_call(scene, UNWRITABLE)), desk="line:test")
    intake.run(scene.envelope(_call(scene, "0639980001")), desk="line:test")
    counted = counts.text().decode()
    assert 'filrouge_commands_total{state="failed"} 1.0' in counted
    assert 'filrouge_commands_total{state="done"} 1.0' in counted
    assert 'state="refused"' not in counted


def test_more_commands_than_a_group_are_all_answered_in_order(scene: Scene, intake: Intake) -> None:
    envelopes = [scene.envelope(_call(scene, "0639980001")) for _ in range(250)]
    settled = intake.run_all(envelopes, desk="line:test")
    assert [one.command_id for one in settled] == [envelope.id for envelope in envelopes]
    assert [one.position for one in settled] == list(range(1, 251))
