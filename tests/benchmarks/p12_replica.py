"""P12: a desk's first replica, against the copy and the encrypted export of a file with the same rows.

As in the product, one process reads and sends while another lays; here they speak through a pipe.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from app.clock import MachineClock
from app.store import tables
from app.store.engine import open_database
from sync.client.files import DeskFiles
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.protocol.messages import SnapshotLine
from sync.server.feed.desk import Desk
from sync.server.feed.snapshot import Snapshot
from tests.benchmarks.hospital import ANCHOR, HOUSE, hospital_of
from tests.benchmarks.paired import Figure, Goal, measure

_cipher: Any = dbapi2
_KEY = bytes(range(32))
_decode = msgspec.json.Decoder(SnapshotLine).decode


def figures(sizes: list[int]) -> list[Figure]:
    """Median seconds of a first replica of every service, 20,000 persons at most, at each size."""
    return [_figure(size) for size in sizes]


def _figure(persons: int) -> Figure:
    goal = Goal(
        id="P12",
        what="a first replica, read, sent as JSON and laid",
        unit="s",
        goal=3,
        aim=1.5,
        size=f"{persons} persons, sqlite",
    )
    with tempfile.TemporaryDirectory(prefix="filrouge-p12-") as folder:
        hospital = _with_epoch(hospital_of(persons), Path(folder))
        same = Path(folder) / "same-rows.db"
        _take(hospital, plain=same)
        return measure(goal, lambda: _copied(same), lambda: _take(hospital))


def _with_epoch(hospital: Path, folder: Path) -> Path:
    copy = folder / "server.db"
    shutil.copyfile(hospital, copy)
    engine = open_database(f"sqlite:///{copy}")
    with engine.begin() as connection:
        word = {"establishment": HOUSE, "name": "epoch", "value": "bench"}
        connection.execute(sa.insert(tables.house_fact).prefix_with("OR IGNORE"), word)
    engine.dispose()
    return copy


def _desk(engine: sa.Engine) -> Desk:
    with engine.connect() as connection:
        services = connection.execute(sa.select(tables.service.c.id)).scalars()
        return Desk(login="x", services=frozenset(services), extension="4101", is_unaware=True)


def _take(hospital: Path, *, plain: Path | None = None) -> float:
    """Seconds to fill a replica; its rows are then written to `plain`, not encrypted, if asked."""
    with tempfile.TemporaryDirectory(dir=hospital.parent) as folder, _server(hospital) as server:
        files = DeskFiles(Path(folder), _KEY, MachineClock())
        desk_engine = files.open_desk()
        started = time.perf_counter()
        replica_engine, path = files.new_replica("x")
        replica = Replica(replica_engine, HOUSE, author="x", outbox=Outbox(desk_engine, MachineClock()))
        replica.fill(map(_decode, _asked(server)))
        spent = time.perf_counter() - started
        replica.close()
        if plain is not None:
            _export(path, files.lease.key_of(path.name), to=plain, key=b"")
        desk_engine.dispose()
    return spent


@contextmanager
def _server(hospital: Path) -> Generator[subprocess.Popen[bytes]]:
    """A process that is ready to send, and waits to be asked."""
    ours = [sys.executable, "-m", "tests.benchmarks.p12_replica", str(hospital)]
    with subprocess.Popen(ours, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield server


def _asked(server: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(b"send\n")
    server.stdin.flush()
    return iter(server.stdout)


def _send(hospital: Path) -> None:
    engine = open_database(f"sqlite:///{hospital}")
    snapshot = Snapshot(engine, HOUSE, _desk(engine), since=ANCHOR)
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    sys.stdin.readline()
    for line in snapshot.lines():
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    engine.dispose()


def _copied(plain: Path) -> float:
    copy, encrypted = plain.with_suffix(".copy"), plain.with_suffix(".encrypted")
    started = time.perf_counter()
    shutil.copyfile(plain, copy)
    _export(copy, b"", to=encrypted, key=_KEY)
    spent = time.perf_counter() - started
    for path in (copy, encrypted):
        path.unlink()
    return spent


def _export(path: Path, opened_by: bytes | None, *, to: Path, key: bytes) -> None:
    connection = _cipher.connect(str(path), isolation_level=None)
    if opened_by:
        connection.execute(f"PRAGMA key=\"x'{opened_by.hex()}'\"")
    told = f"x'{key.hex()}'" if key else ""
    connection.execute("ATTACH ? AS other KEY ?", (str(to), told))
    connection.execute("SELECT sqlcipher_export('other')").fetchall()
    connection.execute("DETACH other")
    connection.close()


if __name__ == "__main__":
    _send(Path(sys.argv[1]))
