"""The two encrypted files of a desk: closed without the key, healed when damaged, whole after a kill."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.clock import TimeOrderedMint
from app.domain.commands import CommandEnvelope, LeaveMessage, NoteContact, WithdrawMessage
from app.domain.words import Channel
from app.store import tables
from sync.client.credentials import Throwaway
from sync.client.desk import Desk
from sync.client.desk_tables import outbox
from sync.client.drafts import read_notices
from sync.client.files import (
    DAMAGE,
    SET_ASIDE,
    DeskFiles,
    DeskTaken,
    check_whole,
    is_damage,
    open_encrypted,
)
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from tests.sync.broken_ways import RunsTwice
from tests.sync.hospital import EST, OPENING, Hospital, Templates, TickingClock
from tests.sync.schedules import DESKS

KEY = bytes(range(32))
KILLS = 50
SAVES_EACH = 40
AMINA = DESKS[0]


class OpenDesk:
    """A desk on its real, encrypted files."""

    def __init__(self, folder: Path, hospital: Hospital, outbox: type[Outbox] = Outbox) -> None:
        self.files = files = DeskFiles(folder / "desk", KEY, hospital.clock)
        self.hospital = hospital
        self.engine = files.open_desk()
        self.outbox = outbox(self.engine, hospital.clock)
        replica_engine, self.path = files.open_replica(AMINA.login)
        replica = Replica(replica_engine, EST, author=AMINA.login, outbox=self.outbox)
        if not replica.cursor:
            replica.fill(hospital.snapshot(AMINA))
        self.desk = Desk(
            self.outbox, replica, author=AMINA.login, clock=hospital.clock, mint=TimeOrderedMint()
        )
        self.replica_engine = replica_engine
        self.desk.start()

    def note(self) -> str:
        contact = TimeOrderedMint().new_id()
        note = NoteContact(
            contact=contact, channel=Channel.DESK, service="cardiologie", text="Passage", happened_at=OPENING
        )
        return self.desk.submit(note)[0]

    def exchange(self) -> None:
        """Send, hear the answers, take the pages."""
        for message in self.desk.take():
            self.hospital.receive(message, desk=AMINA.login)
        page = self.hospital.page(AMINA, self.desk.replica.cursor, 1000)
        assert page is not None
        self.desk.apply(page)

    def kept(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.select(outbox.c.id)).scalars())

    def close(self) -> None:
        self.desk.replica.close()
        self.engine.dispose()


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


@pytest.fixture
def files(tmp_path: Path) -> DeskFiles:
    return DeskFiles(tmp_path / "desk", KEY, TickingClock())


def _files_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def _damage(path: Path, first: int) -> None:
    """Zero a page in the middle, as a bad disk does."""
    with path.open("r+b") as file:
        file.seek(first)
        file.write(bytes(2048))


def test_nothing_can_be_read_without_the_key(tmp_path: Path, hospital: Hospital) -> None:
    desk = OpenDesk(tmp_path, hospital)
    desk.note()
    path = desk.path
    desk.close()
    written = _files_in(tmp_path / "desk")
    assert b"Passage" not in written
    assert b"SQLite format" not in written
    stranger = open_encrypted(path, bytes(32))
    with pytest.raises(DAMAGE) as refused:
        check_whole(stranger)
    stranger.dispose()
    assert is_damage(refused.value)


def test_a_message_taken_back_before_it_left_never_leaves(tmp_path: Path, hospital: Hospital) -> None:
    desk = OpenDesk(tmp_path, hospital)
    message = TimeOrderedMint().new_id()
    left = LeaveMessage(message=message, recipient="standard", text="Rappeler.", due_at=OPENING)
    act, _changes = desk.desk.submit(left)
    before = desk.kept()
    desk.desk.submit(WithdrawMessage(message=message, act=act))
    assert (before, desk.kept()) == ([act], [])
    desk.close()


def test_a_damaged_replica_is_seen_and_begins_again(tmp_path: Path, hospital: Hospital) -> None:
    desk = OpenDesk(tmp_path, hospital)
    desk.note()
    desk.close()
    _damage(desk.path, 0)
    again = OpenDesk(tmp_path, hospital)
    with again.replica_engine.connect() as connection:
        kept = connection.execute(sa.select(tables.contact.c.body)).scalars().all()
    again.close()
    assert "Passage" in kept


def test_a_page_damaged_further_in_is_found_by_the_check(tmp_path: Path, hospital: Hospital) -> None:
    desk = OpenDesk(tmp_path, hospital)
    desk.close()
    _damage(desk.path, desk.path.stat().st_size // 8192 * 4096)
    engine = desk.files.open_to_read(desk.path)
    with pytest.raises(DAMAGE) as found:
        check_whole(engine)
    engine.dispose()
    assert is_damage(found.value)


def test_a_damaged_desk_file_is_set_aside_and_said(tmp_path: Path, files: DeskFiles) -> None:
    files.open_desk().dispose()
    _damage(tmp_path / "desk" / "desk.db", 0)
    engine = files.open_desk()
    assert read_notices(engine) == [SET_ASIDE]
    engine.dispose()
    assert [path.name for path in (tmp_path / "desk").glob("desk-damaged-*.db")]


def test_a_page_torn_by_a_power_cut_while_the_log_was_laid_into_the_file_is_no_damage(
    tmp_path: Path, files: DeskFiles
) -> None:
    files.open_desk().dispose()
    engine = files.open_desk()
    note = NoteContact(
        contact=TimeOrderedMint().new_id(), channel=Channel.DESK, service="imagerie", happened_at=OPENING
    )
    saved = CommandEnvelope(id=TimeOrderedMint().new_id(), made_at=OPENING, author="amina", body=note)
    Outbox(engine, TickingClock()).add(saved)
    again = tmp_path / "again"
    again.mkdir()
    for path in (tmp_path / "desk").glob("desk.db*"):
        shutil.copyfile(path, again / path.name)
    engine.dispose()
    (again / "desk.db-shm").unlink()
    _damage(again / "desk.db", _first_logged_page((again / "desk.db-wal").read_bytes()) + 2048)
    after = DeskFiles(again, KEY, TickingClock()).open_desk()
    assert read_notices(after) == []
    assert [message.id for message in Outbox(after, TickingClock()).to_send()] == [saved.id]
    after.dispose()


def _first_logged_page(log: bytes) -> int:
    """Where in its file the first page of a write-ahead log belongs."""
    return (int.from_bytes(log[32:36], "big") - 1) * 4096


def test_a_replica_that_was_never_filled_is_not_taken_up_again(files: DeskFiles) -> None:
    files.open_desk().dispose()
    engine, first = files.new_replica("amina")
    engine.dispose()
    engine, second = files.open_replica("amina")
    engine.dispose()
    assert first.name == second.name


def test_the_replica_of_who_did_not_come_back_in_time_goes_when_another_sits_down(
    tmp_path: Path, hospital: Hospital
) -> None:
    desk = OpenDesk(tmp_path, hospital)
    desk.close()
    for days, is_there in ((2, True), (4, False)):
        hospital.clock.sleep(timedelta(days=days))
        files = DeskFiles(tmp_path / "desk", KEY, hospital.clock)
        engine = files.open_desk()
        files.open_replica("bruno")[0].dispose()
        assert desk.path.exists() == is_there
        assert (files.lease.key_of(desk.path.name) is not None) == is_there
        engine.dispose()


def test_a_throwaway_key_lasts_as_long_as_the_process() -> None:
    keys = Throwaway()
    assert keys.key_of("chsa") == keys.key_of("chsa")
    assert keys.key_of("chsa") != Throwaway().key_of("chsa")


class _SaysSoFirst(Outbox):
    """Acknowledges a save, and writes it with the next one."""

    _held: CommandEnvelope | None = None

    def add(self, envelope: CommandEnvelope) -> None:
        held, self._held = self._held, envelope
        if held is not None:
            super().add(held)


def _work_until_killed(tmp_path: Path, hospital: Hospital, outbox: type[Outbox], acknowledged: int) -> None:
    """In a process of its own: save, say so, and now and then exchange with the server."""
    desk = OpenDesk(tmp_path, hospital, outbox)
    for n in range(100_000):
        os.write(acknowledged, desk.note().encode() + b"\n")
        if n % 3 == 2:
            desk.exchange()


def _killed_at(seconds: float, tmp_path: Path, hospital: Hospital, outbox: type[Outbox]) -> set[str]:
    """What a process acknowledged before it was killed, that long after its first save."""
    hospital.engine.dispose()
    heard, said = os.pipe()
    child = _in_a_process(lambda: _work_until_killed(tmp_path, hospital, outbox, said))
    os.close(said)
    first = os.read(heard, 37)
    time.sleep(seconds)
    _kill(child)
    with os.fdopen(heard, "rb") as rest:
        return {line.decode() for line in (first + rest.read()).splitlines()}


def _in_a_process(act: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        finally:
            os._exit(1)
    return child


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def _faults_of(tmp_path: Path, hospital: Hospital, kills: int, outbox: type[Outbox] = Outbox) -> list[str]:
    """What was lost or doubled by a console that was killed that many times around its saves."""
    chance = random.Random(50)
    acknowledged: set[str] = set()
    faults: list[str] = []
    for _ in range(kills):
        acknowledged |= _killed_at(chance.random() * 0.05, tmp_path, hospital, outbox)
        desk = OpenDesk(tmp_path, hospital)
        kept = desk.kept()
        faults += [f"{one} was lost" for one in acknowledged.difference(kept)]
        faults += ["a save was doubled"] if len(kept) != len(set(kept)) else []
        desk.close()
    assert len(acknowledged) > kills
    return [*faults, *_faults_at_rest(tmp_path, hospital, acknowledged)]


def _faults_at_rest(tmp_path: Path, hospital: Hospital, acknowledged: set[str]) -> list[str]:
    desk = OpenDesk(tmp_path, hospital)
    # Killed between settling a page and laying it, it has nothing to send and a page to take.
    desk.exchange()
    while desk.outbox.size(AMINA.login):
        desk.exchange()
    with desk.replica_engine.connect() as connection:
        shown = len(connection.execute(sa.select(tables.contact).filter_by(body="Passage")).all())
    desk.close()
    entries = [entry.command_id for entry in hospital.entries()]
    faults = [f"{one} never reached the server" for one in acknowledged.difference(entries)]
    if len(entries) != len(set(entries)) or len(entries) != shown:
        faults.append(f"{len(entries)} entries for {shown} contacts")
    return faults


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_console_killed_while_saving_loses_and_doubles_nothing(tmp_path: Path, hospital: Hospital) -> None:
    assert _faults_of(tmp_path, hospital, KILLS) == []


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_the_kills_find_out_a_save_acknowledged_before_it_is_kept(tmp_path: Path, hospital: Hospital) -> None:
    assert any("was lost" in fault for fault in _faults_of(tmp_path, hospital, 3, _SaysSoFirst))


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_the_kills_find_out_a_server_that_runs_again_what_is_sent_again(tmp_path: Path) -> None:
    house = RunsTwice(Templates(tmp_path), tmp_path, TickingClock())
    desk = OpenDesk(tmp_path, house)
    _notes_sent_without_an_answer(desk)
    desk.close()
    assert any("entries for" in fault for fault in _faults_of(tmp_path, house, 2))
    house.close()


def _notes_sent_without_an_answer(desk: OpenDesk) -> None:
    desk.note()
    for message in desk.desk.take():
        desk.hospital.receive(message, desk=AMINA.login)


def _saves(tmp_path: Path, hospital: Hospital) -> None:
    desk = OpenDesk(tmp_path, hospital)
    for _ in range(SAVES_EACH):
        desk.note()


@pytest.mark.slow
def test_two_processes_that_save_in_one_desk_file_wait_for_each_other(
    tmp_path: Path, hospital: Hospital
) -> None:
    OpenDesk(tmp_path, hospital).close()
    hospital.engine.dispose()
    children = [_in_a_process(lambda: _saves(tmp_path, hospital)) for _ in range(2)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    desk = OpenDesk(tmp_path, hospital)
    assert len(set(desk.kept())) == 2 * SAVES_EACH
    desk.close()


def test_a_desk_has_one_console_until_that_one_ends(tmp_path: Path, files: DeskFiles) -> None:
    heard, said = os.pipe()

    def hold() -> None:
        DeskFiles(tmp_path / "desk", KEY, TickingClock()).take()
        os.write(said, b"held")
        time.sleep(60)

    child = _in_a_process(hold)
    assert os.read(heard, 4) == b"held"
    with pytest.raises(DeskTaken):
        files.take()
    _kill(child)
    files.take()
    files.leave()
    for end in (heard, said):
        os.close(end)
