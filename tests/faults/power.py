"""Cuts the power under the product's own SQLite and SQLCipher: the disk is built again as at any instant.

`strace` records in their order the writes, the syncs and the acknowledgements of a real process. What was
synced is on the disk; of what was written since, each piece is there, torn at a sector, or not, in any order.
It needs no other SQLite than the product's, which one with its own VFS (apsw) would: SQLCipher has none.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import sqlalchemy as sa

from app.store import journal, tables
from sync.client.files import DAMAGE
from tests.faults.power_writer import FULL, kept_outbox, open_server, prepare
from tests.server.serving import ROOT
from tests.sync.hospital import EST

SECTOR = 512
TRACED = "trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink"
LONGEST = 1_000_000
_CALL = re.compile(r"^\d+ +(\w+)\((?:(\d+)<(.*?)>)?(.*)\) += (\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Wrote(NamedTuple):
    """Bytes at an offset; without bytes, the file ends there."""

    path: str
    offset: int
    content: bytes | None


class Synced(NamedTuple):
    """All that was written to this file is on the disk."""

    path: str


class Removed(NamedTuple):
    """The file is gone."""

    path: str


class Said(NamedTuple):
    """Somebody was told that it is saved."""

    command_id: str


Event: TypeAlias = Wrote | Synced | Removed | Said
Disk: TypeAlias = dict[str, bytearray]


def is_possible() -> bool:
    """Whether this machine has strace."""
    return shutil.which("strace") is not None


def cut(what: str, cuts: int, chance: random.Random, *, synchronous: str = FULL) -> list[str]:
    """Cut the power that many times under an `outbox` or a `journal`; what was lost or broken by it."""
    with tempfile.TemporaryDirectory(prefix="filrouge-power-") as place:
        folder = Path(place) / "desk"
        folder.mkdir()
        prepare(folder)
        began: Disk = {str(path): bytearray(path.read_bytes()) for path in folder.iterdir()}
        events = _trace(what, folder, synchronous)
        faults: list[str] = []
        for _ in range(cuts):
            at = chance.randrange(len(events))
            disk, said = _disk_at(began, events[:at], chance)
            _lay(disk, folder)
            faults += [f"{what}, cut at {at} of {len(events)}: {one}" for one in _CHECKS[what](folder, said)]
        return faults


def _trace(what: str, folder: Path, synchronous: str) -> list[Event]:
    record = folder.with_name("trace")
    strace = ["strace", "-f", "-y", "-xx", "-s", str(LONGEST), "-e", TRACED, "-o", str(record)]
    writer = [sys.executable, "-m", "tests.faults.power_writer", what, str(folder), synchronous]
    subprocess.run([*strace, *writer], check=True, stdout=subprocess.DEVNULL, cwd=ROOT, timeout=300)
    events = list(_read(record, str(folder)))
    # What a process does as it ends is no longer work.
    last = max(n for n, event in enumerate(events) if isinstance(event, Said))
    return events[: last + 1]


def _read(record: Path, folder: str) -> Iterator[Event]:
    for line in record.read_text("ascii").splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, descriptor, path_raw, rest, _ = call.groups()
        text = _TEXT.search(rest)
        content = _bytes(text.group(1)) if text else b""
        path = _bytes(path_raw).decode() if path_raw else content.decode("utf-8", "replace")
        if name == "write" and descriptor == "1":
            yield Said(content.decode().strip())
        elif path.startswith(folder):
            yield from _of_file(name, path, content, rest)


def _of_file(name: str, path: str, content: bytes, rest: str) -> Iterator[Event]:
    match name:
        case "pwrite64":
            yield Wrote(path, int(rest.rpartition(", ")[2]), content)
        case "ftruncate":
            yield Wrote(path, int(rest.rpartition(", ")[2]), None)
        case "fsync" | "fdatasync":
            yield Synced(path)
        case "unlink":
            yield Removed(path)
        case _:
            return


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _disk_at(began: Disk, events: list[Event], chance: random.Random) -> tuple[Disk, list[str]]:
    """What is on the disk, and what had been said."""
    disk = {path: bytearray(content) for path, content in began.items()}
    pending: dict[str, list[Wrote]] = {}
    said: list[str] = []
    for event in events:
        match event:
            case Wrote():
                pending.setdefault(event.path, []).append(event)
            case Synced():
                for wrote in pending.pop(event.path, []):
                    _write(disk, wrote)
            case Removed():
                pending.pop(event.path, None)
                disk.pop(event.path, None)
            case Said():
                said.append(event.command_id)
    likely = chance.choice((0.0, 0.5, 1.0))
    for wrote in (one for written in pending.values() for one in written if chance.random() < likely):
        _write(disk, _torn(wrote, chance))
    return disk, said


def _torn(wrote: Wrote, chance: random.Random) -> Wrote:
    if wrote.content is None or chance.random() < 0.7:
        return wrote
    whole = chance.randrange(len(wrote.content) // SECTOR + 1) * SECTOR
    return wrote._replace(content=wrote.content[:whole])


def _write(disk: Disk, wrote: Wrote) -> None:
    file = disk.setdefault(wrote.path, bytearray())
    if wrote.content is None:
        del file[wrote.offset :]
        file.extend(bytes(wrote.offset - len(file)))
        return
    file.extend(bytes(max(wrote.offset - len(file), 0)))
    file[wrote.offset : wrote.offset + len(wrote.content)] = wrote.content


def _lay(disk: Disk, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    for path, content in disk.items():
        # Shared memory does not outlive the power.
        if not path.endswith("-shm"):
            Path(path).write_bytes(content)


def _check_outbox(folder: Path, said: list[str]) -> list[str]:
    try:
        kept = kept_outbox(folder)
    except DAMAGE as error:
        return [repr(error)]
    return [f"{one} is lost" for one in said if one not in kept]


def _check_journal(folder: Path, said: list[str]) -> list[str]:
    engine = open_server(folder)
    try:
        with engine.connect() as connection:
            fault = journal.verify(connection, EST)
            kept = list(connection.execute(sa.select(tables.journal.c.command_id)).scalars())
    except DAMAGE as error:
        return [repr(error)]
    finally:
        engine.dispose()
    faults = [f"{one} is {kept.count(one)} times in the journal" for one in said if kept.count(one) != 1]
    return faults + ([f"entry {fault.position}: {fault.reason}"] if fault else [])


_CHECKS: dict[str, Callable[[Path, list[str]], list[str]]] = {
    "outbox": _check_outbox,
    "journal": _check_journal,
}
