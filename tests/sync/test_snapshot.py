"""A first replica: taken part by part, never taken for whole when it was cut, open to another version."""

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.store import tables
from app.store.rows import Rows
from sync.client.files import DeskFiles
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.client.replica_file import read_mark
from sync.client.server import ServerLine, Unreachable
from sync.protocol.messages import Cell, SnapshotEnd, SnapshotLine, SnapshotPart, SnapshotStart
from sync.server.feed.snapshot import Snapshot
from tests.sync.hospital import EST, OPENING, Hospital, Templates, TickingClock
from tests.sync.schedules import DESKS

CHLOE = DESKS[2]


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


@pytest.fixture
def files(tmp_path: Path) -> DeskFiles:
    return DeskFiles(tmp_path / "desk", bytes(range(32)), TickingClock())


@pytest.fixture
def new_replica(files: DeskFiles) -> Generator[Callable[[], Replica]]:
    desk_engine = files.open_desk()
    made: list[Replica] = []

    def make() -> Replica:
        engine, _path = files.new_replica("chloe")
        outbox = Outbox(desk_engine, TickingClock())
        made.append(Replica(engine, EST, author="chloe", outbox=outbox))
        return made[-1]

    yield make
    for replica in made:
        replica.close()
    desk_engine.dispose()


@contextmanager
def _says(body: bytes) -> Generator[str]:
    """A server that answers these bytes and closes."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing on standard error."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _taken(body: bytes, replica: Replica) -> str:
    """The replica's cursor after what a server said, or why it was thrown away."""
    with _says(body) as url:
        line = ServerLine(url)
        try:
            replica.fill(line.snapshot("token"))
        except Unreachable as away:
            return str(away)
        finally:
            line.close()
    return replica.cursor


def _bytes_of(hospital: Hospital) -> list[bytes]:
    return list(Snapshot(hospital.engine, EST, CHLOE, since=OPENING, part_persons=1).lines())


def test_a_snapshot_is_whole_with_its_last_line_and_only_then(
    hospital: Hospital, files: DeskFiles, new_replica: Callable[[], Replica]
) -> None:
    lines = _bytes_of(hospital)
    assert len(lines) > 3
    for cut in (b"".join(lines[:-1]), b"".join(lines)[:-30], lines[0], b""):
        assert _taken(cut, new_replica()) == "a snapshot was cut"
    engine, _ = files.open_replica("chloe")
    assert read_mark(engine, "cursor") == ""
    engine.dispose()
    assert _taken(b"".join(lines), new_replica()) == "e1.0"


@pytest.mark.parametrize("line", [b"nonsense\n", b'{"line":"other"}\n', b'{"line":"part","as_of":"x"}\n'])
def test_a_line_that_is_none_is_a_wire_that_fails(line: bytes, new_replica: Callable[[], Replica]) -> None:
    assert _taken(line, new_replica()) == "an answer of another shape"


def test_no_part_holds_more_persons_than_agreed(hospital: Hospital) -> None:
    parts = [msgspec.json.decode(line, type=SnapshotLine) for line in _bytes_of(hospital)]
    persons = [len(part.rows["person"]) for part in parts[2:] if isinstance(part, SnapshotPart)]
    assert persons == [1, 1]


def test_calls_of_nobody_of_the_day_before_are_told_and_no_older_ones(hospital: Hospital) -> None:
    """A server whose clock was a day ahead for a while still gives those of today."""
    with hospital.engine.begin() as connection:
        rows = Rows(connection, EST, position=0)
        for hours in (1, 23, 25):
            service = min(CHLOE.services)
            rows.put(tables.contact, id=f"{hours} h", at=OPENING - timedelta(hours=hours), service=service)
    parts = [msgspec.json.decode(line, type=SnapshotLine) for line in _bytes_of(hospital)]
    told = [row[0] for part in parts if isinstance(part, SnapshotPart) for row in part.rows["contact"]]
    assert {"1 h", "23 h"} <= set(told)
    assert "25 h" not in told


def test_what_a_newer_server_adds_is_left_out(files: DeskFiles, new_replica: Callable[[], Replica]) -> None:
    columns = {"service": ("newer", "id", "name"), "later": ("id",)}
    rows: dict[str, list[tuple[Cell, ...]]] = {
        "service": [("x", "orl", "ORL")],
        "later": [("1",)],
        "unsaid": [("2",)],
    }
    new_replica().fill(
        [
            SnapshotStart(cursor="e1.4", columns=columns, persons=0),
            SnapshotPart(as_of=4, rows=rows),
            SnapshotEnd(),
        ]
    )
    engine, _ = files.open_replica("chloe")
    with engine.connect() as connection:
        row = connection.execute(sa.select(tables.service)).one()
    engine.dispose()
    assert (row.establishment, row.id, row.name, row.position) == (EST, "orl", "ORL", 4)


def test_a_feed_out_of_whose_middle_bytes_went_missing_is_left_before_anything_is_passed_over() -> None:
    whole = b'event: page\nid: e.2\ndata: {"entries":[],"head":"e.2"}\n\n'
    with _says(whole + whole[:30] + whole) as url:
        line = ServerLine(url)
        events = line.feed("e.1", "token", scope="")
        assert next(events).name == "page"
        with pytest.raises(Unreachable):
            next(events)
        line.close()


def test_a_replica_knows_how_many_persons_are_beyond_it(
    hospital: Hospital, new_replica: Callable[[], Replica]
) -> None:
    cut = Snapshot(hospital.engine, EST, CHLOE, since=OPENING, most_persons=1)
    replica = new_replica()
    replica.fill(_decoded(cut))
    assert replica.persons_beyond() == 1
    replica = new_replica()
    replica.fill(_decoded(Snapshot(hospital.engine, EST, CHLOE, since=OPENING)))
    assert replica.persons_beyond() == 0


def _decoded(snapshot: Snapshot) -> Iterator[SnapshotLine]:
    return (msgspec.json.decode(line, type=SnapshotLine) for line in snapshot.lines())
