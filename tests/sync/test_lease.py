"""A replica is readable for three days after the last word of the server, whatever the clock is set to."""

from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from sync.client.desk_tables import outbox, replica_key
from sync.client.files import DAMAGE, DeskFiles, check_whole, open_encrypted
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.client.replica_file import read_mark
from sync.protocol.messages import SnapshotEnd, SnapshotStart
from tests.support.scene import SteppedClock
from tests.sync.hospital import EST

KEY = bytes(range(32))
WHOLE = (SnapshotStart(cursor="e1.7", columns={}, persons=0), SnapshotEnd())


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def start(tmp_path: Path, clock: SteppedClock) -> Generator[Callable[[], DeskFiles]]:
    """A process of this desk begins, over the files that are there."""
    engines: list[sa.Engine] = []

    def begin() -> DeskFiles:
        files = DeskFiles(tmp_path / "desk", KEY, clock)
        engines.append(files.open_desk())
        return files

    yield begin
    for engine in engines:
        engine.dispose()


def _cursor(files: DeskFiles) -> str:
    engine, _path = files.open_replica("amina")
    cursor = read_mark(engine, "cursor")
    engine.dispose()
    return cursor


def _fill(files: DeskFiles, clock: SteppedClock) -> Path:
    engine, path = files.new_replica("amina")
    desk = files.open_desk()
    replica = Replica(engine, EST, author="amina", outbox=Outbox(desk, clock))
    replica.fill(WHOLE)
    replica.close()
    desk.dispose()
    return path


def test_it_is_readable_for_three_days_and_no_longer(
    start: Callable[[], DeskFiles], clock: SteppedClock
) -> None:
    _fill(start(), clock)
    clock.move(timedelta(hours=72))
    assert _cursor(start()) == "e1.7"
    clock.move(timedelta(minutes=1))
    assert _cursor(start()) == ""


def test_what_the_server_says_begins_its_time_again(
    start: Callable[[], DeskFiles], clock: SteppedClock
) -> None:
    files = start()
    path = _fill(files, clock)
    clock.move(timedelta(hours=70))
    files.lease.hear(path.name, clock.now())
    clock.move(timedelta(hours=70))
    assert _cursor(start()) == "e1.7"


def test_a_clock_turned_back_changes_nothing(start: Callable[[], DeskFiles], clock: SteppedClock) -> None:
    files = start()
    path = _fill(files, clock)
    clock.move(timedelta(hours=73))
    assert files.lease.is_over(path.name)
    clock.move(timedelta(hours=-73))
    assert files.lease.is_over(path.name)
    assert start().lease.is_over(path.name)


def test_a_clock_that_never_ran_ahead_leaves_it_readable(
    start: Callable[[], DeskFiles], clock: SteppedClock
) -> None:
    files = start()
    path = _fill(files, clock)
    clock.move(timedelta(hours=1))
    assert not files.lease.is_over(path.name)
    clock.move(timedelta(hours=-1))
    assert not start().lease.is_over(path.name)


def test_the_key_is_gone_with_it_and_the_outbox_stays(
    tmp_path: Path, start: Callable[[], DeskFiles], clock: SteppedClock
) -> None:
    files = start()
    path = _fill(files, clock)
    stolen = path.read_bytes()
    key = files.lease.key_of(path.name)
    assert key is not None
    clock.move(timedelta(hours=73))
    assert files.lease.key_of(path.name) is None
    desk = files.open_desk()
    with desk.connect() as connection:
        assert connection.execute(sa.select(replica_key)).all() == []
        assert connection.execute(sa.select(outbox)).all() == []
    desk.dispose()
    copy = tmp_path / "stolen.db"
    copy.write_bytes(stolen)
    for wrong in (KEY, bytes(32)):
        engine = open_encrypted(copy, wrong)
        with pytest.raises(DAMAGE):
            check_whole(engine)
        engine.dispose()
    right = open_encrypted(copy, key)
    check_whole(right)
    right.dispose()
