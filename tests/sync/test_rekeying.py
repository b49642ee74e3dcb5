"""A desk's precious file is put under another key, and nothing unsent is lost whenever it is cut short."""

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import CommandEnvelope, NoteContact, RekeyDesk
from app.domain.words import Channel
from app.store import tables
from sync.client.credentials import KeyRing, Throwaway
from sync.client.desk_tables import STEPS
from sync.client.drafts import read_notices
from sync.client.files import DAMAGE, DeskFiles, check_whole, open_encrypted
from sync.client.outbox import Outbox
from sync.client.phrase import DeskKeys
from sync.client.rekeying import KEY_LASTS, KeyStays, opens
from tests.server.serving import Served
from tests.sync.hospital import OPENING
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

KILLS = 12


class FileRing(KeyRing):
    """Keys in a file beside: what a keyring does for a process that is killed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(lambda: path.read_text("ascii") if path.exists() else "", self._replace)

    def _replace(self, keys: str) -> None:
        made = self._path.with_suffix(".made")
        made.write_text(keys, "ascii")
        made.replace(self._path)


class ForgetsFirst(FileRing):
    """Lets go of the key in use before the file is under the other one."""

    def begin(self) -> bytes:
        made = super().begin()
        self.settle(made)
        return made


class KeepsInMemory(FileRing):
    """Keeps the new key nowhere until the file is under it."""

    def begin(self) -> bytes:
        return bytes(random.Random(1).randbytes(32))


Die = Callable[[], None]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_in(ring: type[FileRing], moment: str) -> type[FileRing]:
    """A ring whose process dies just before or after it begins or settles."""

    class Deadly(ring):
        def begin(self) -> bytes:
            _at("before begin", moment)
            made = super().begin()
            _at("after begin", moment)
            return made

        def settle(self, key: bytes) -> None:
            _at("before settle", moment)
            super().settle(key)
            _at("after settle", moment)

    return Deadly


def _at(here: str, moment: str) -> None:
    if here == moment:
        _die()


def _files(folder: Path, ring: KeyRing) -> DeskFiles:
    return DeskFiles(folder / "desk", ring.key(), AnchoredClock(OPENING), ring=ring)


def _save(outbox: Outbox) -> str:
    note = NoteContact(
        contact=TimeOrderedMint().new_id(), channel=Channel.DESK, service="imagerie", happened_at=OPENING
    )
    saved = CommandEnvelope(id=TimeOrderedMint().new_id(), made_at=OPENING, author="amina", body=note)
    outbox.add(saved)
    return saved.id


def _work(folder: Path, ring: KeyRing, said: int, *, saves: int) -> None:
    """Save, say so, and put the file under another key after each."""
    files = _files(folder, ring)
    outbox = Outbox(files.open_desk(), AnchoredClock(OPENING))
    for n in range(saves):
        os.write(said, _save(outbox).encode() + b"\n")
        files.rekey(OPENING, asked_at=OPENING + timedelta(seconds=n))


def _acknowledged(folder: Path, ring: KeyRing, *, saves: int, killed_after: float | None = None) -> set[str]:
    """What a process said was saved until it died; killed so long after its first save, or by itself."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _work(folder, ring, said, saves=saves)
        finally:
            os._exit(0)
    os.close(said)
    with os.fdopen(heard, "rb", buffering=0) as pipe:
        first = pipe.readline()
        if killed_after is not None:
            # Between the two there was a whole change, however slow the machine.
            first += pipe.readline()
            time.sleep(killed_after)
            os.kill(child, signal.SIGKILL)
        rest = pipe.readall()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    return {line.decode() for line in (first + rest).splitlines()}


def _kept(folder: Path, ring: KeyRing) -> tuple[set[str], list[str]]:
    """What the next process finds unsent, and what it has to tell."""
    files = _files(folder, ring)
    engine = files.open_desk()
    try:
        outbox = Outbox(engine, AnchoredClock(OPENING))
        return {message.id for message in outbox.to_send(1000)}, read_notices(engine)
    finally:
        engine.dispose()


MOMENTS = ("before begin", "after begin", "before settle", "after settle")


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_each_step_of_a_change_the_desk_opens_with_all_it_had(tmp_path: Path, moment: str) -> None:
    ring = FileRing(tmp_path / "keys")
    _kept(tmp_path, ring)
    said = _acknowledged(tmp_path, _killed_in(FileRing, moment)(tmp_path / "keys"), saves=1)
    assert len(said) == 1
    assert _kept(tmp_path, ring) == (said, [])
    assert ring.under_way() == b""
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == ["desk.db"]


@pytest.mark.parametrize(
    ("broken", "moment"), [(ForgetsFirst, "after begin"), (KeepsInMemory, "before settle")]
)
def test_the_kills_find_out_a_key_that_is_forgotten_too_soon_or_kept_too_late(
    tmp_path: Path, broken: type[FileRing], moment: str
) -> None:
    ring = FileRing(tmp_path / "keys")
    _kept(tmp_path, ring)
    said = _acknowledged(tmp_path, _killed_in(broken, moment)(tmp_path / "keys"), saves=1)
    kept, told = _kept(tmp_path, ring)
    assert said.difference(kept)
    assert told == ["desk_file_set_aside"]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_killed_at_any_moment_of_many_changes_the_desk_opens_with_all_it_had(tmp_path: Path) -> None:
    chance = random.Random(90)
    ring = FileRing(tmp_path / "keys")
    _kept(tmp_path, ring)
    said: set[str] = set()
    for _ in range(KILLS):
        said |= _acknowledged(tmp_path, ring, saves=100_000, killed_after=chance.random() * 0.15)
        kept, told = _kept(tmp_path, ring)
        # A save may be on the disk that its process had no time to tell.
        assert (said - kept, told) == (set(), [])
    assert len(said) >= 2 * KILLS


def test_the_old_key_opens_nothing_any_more_and_the_new_one_everything(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "keys")
    files = _files(tmp_path, ring)
    engine, before = files.open_desk(), ring.key()
    saved = _save(Outbox(engine, AnchoredClock(OPENING)))
    replica, path = files.new_replica("amina")
    replica.dispose()
    files.rekey(OPENING, asked_at=OPENING)
    assert before != ring.key()
    assert (
        opens(tmp_path / "desk" / "desk.db", before),
        opens(tmp_path / "desk" / "desk.db", ring.key()),
    ) == (
        False,
        True,
    )
    after = Outbox(engine, AnchoredClock(OPENING))
    assert [message.id for message in after.to_send()] == [saved]
    again = _save(after)
    check_whole(files.open_to_read(path))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == len(STEPS)
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    engine.dispose()
    assert _kept(tmp_path, ring)[0] == {saved, again}


def test_a_file_that_something_else_has_open_keeps_its_key(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "keys")
    files = _files(tmp_path, ring)
    engine, before = files.open_desk(), ring.key()
    other = open_encrypted(tmp_path / "desk" / "desk.db", before)
    with other.connect(), pytest.raises(KeyStays):
        files.rekey(OPENING, asked_at=OPENING)
    other.dispose()
    assert (ring.key(), ring.under_way()) == (before, b"")
    check_whole(engine)
    engine.dispose()


def test_a_disk_without_room_leaves_the_file_under_its_key(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "keys")
    files = _files(tmp_path, ring)
    engine, before = files.open_desk(), ring.key()
    saved = _save(Outbox(engine, AnchoredClock(OPENING)))
    # Where the copy would be, nothing can be written.
    blocked = tmp_path / "desk" / "desk-rekeyed.db"
    blocked.mkdir()
    with pytest.raises((OSError, *DAMAGE)):
        files.rekey(OPENING, asked_at=OPENING)
    blocked.rmdir()
    assert ring.key() == before
    engine.dispose()
    assert _kept(tmp_path, ring) == ({saved}, [])
    assert ring.under_way() == b""


def test_a_key_that_a_person_holds_is_never_changed_alone(tmp_path: Path) -> None:
    keys = DeskKeys(tmp_path, Throwaway())
    keys.give("chsa", "quatre mots bien choisis")
    assert keys.ring_of("chsa") is None
    files = DeskFiles(tmp_path / "desk", keys.key_of("chsa"), AnchoredClock(OPENING), ring=None)
    engine = files.open_desk()
    with pytest.raises(KeyStays):
        files.rekey(OPENING, asked_at=OPENING)
    engine.dispose()


def _key_in_use(person: Person) -> bytes:
    return person.keys.key_of(person.console.session.establishment)


def _desk_of(served: Served, command: str) -> str:
    return served.scene.get(tables.journal, command_id=command).desk


def test_a_desk_told_by_the_server_changes_its_key_once_and_sends_what_waited(
    served: Served, sit_down: SitDown
) -> None:
    person = sit_down("c.morvan")
    first = person.console.submit(note_of(person.console)).result(SOON_S)
    person.until_settled(first)
    before, seen = _key_in_use(person), len(person.changes)
    served.scene.run(RekeyDesk(desk="another"), author="filrouge-server")
    served.scene.run(RekeyDesk(desk=_desk_of(served, first)), author="filrouge-server")
    person.until(
        lambda: any(change.is_whole for change in person.changes[seen:]), "no new replica", within=4 * SOON_S
    )
    after = _key_in_use(person)
    assert before != after
    second = person.console.submit(note_of(person.console)).result(SOON_S)
    person.until_settled(second)
    assert _desk_of(served, second) == _desk_of(served, first)
    assert _key_in_use(person) == after


def test_a_key_that_is_too_old_is_changed_by_the_desk_itself(sit_down: SitDown) -> None:
    person = sit_down("h.lambert")
    before, seen = _key_in_use(person), len(person.changes)
    person.clock.ahead = KEY_LASTS + timedelta(days=1)
    person.until(
        lambda: any(change.is_whole for change in person.changes[seen:]), "no new replica", within=4 * SOON_S
    )
    assert before != _key_in_use(person)
