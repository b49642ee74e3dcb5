"""A server restored from an older backup gets back from the consoles what it lost, once (sync rule 7)."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.commands import ErasePerson, LogMotive, NoteContact
from app.domain.words import ErasureGround, Outcome
from app.store import journal, tables
from app.store.engine import open_database, writing
from app.store.migrations import migrate
from sync.client.credentials import Throwaway
from sync.server.auth.accounts import put_account
from tests.server.serving import ACCOUNTS, PASSWORD, end, listening, start
from tests.support.backups import Installation
from tests.support.postgres import Cluster
from tests.support.proxy import Proxy
from tests.support.scene import MARTINE, MORNING, Scene
from tests.support.stores import EACH_DATABASE
from tests.sync.people import SOON_S, Person, note_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PATIENCE_S = 40.0


class Hospital:
    """A server that is stopped and started again behind one address, on its own database."""

    def __init__(self, url: str, folder: Path, stack: ExitStack) -> None:
        self.installation = Installation(url, folder)
        engine = open_database(url)
        migrate(engine)
        self.scene = Scene(engine)
        with writing(engine) as connection:
            for account in ACCOUNTS:
                put_account(connection, self.scene.establishment, account, password=PASSWORD)
        engine.dispose()
        self._process = self._start()
        self.wire = Proxy("127.0.0.1", self._port())
        stack.callback(self.wire.close)
        stack.callback(lambda: end(self._process))

    def _start(self) -> subprocess.Popen[str]:
        arguments = ("serve", "--anchor", MORNING.isoformat())
        return start(self.installation.url, self.installation.folder, *arguments)

    def _port(self) -> int:
        return int(listening(self._process).rpartition(":")[2])

    def stop(self) -> None:
        end(self._process)
        self.scene.engine.dispose()

    def go_on(self) -> None:
        self._process = self._start()
        self.wire.lead_to(self._port())

    def command_ids(self) -> list[str]:
        with self.scene.engine.connect() as connection:
            entries = journal.read_entries(connection, self.scene.establishment, after=0, most=10_000)
            assert journal.verify(connection, self.scene.establishment) is None
        self.scene.engine.dispose()
        return [entry.command_id for entry in entries]


@pytest.fixture(params=EACH_DATABASE)
def hospital(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hospital]:
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database()
    else:
        url = f"sqlite:///{tmp_path / 'filrouge.db'}"
    with ExitStack() as stack:
        yield Hospital(url, tmp_path / "server", stack)


@pytest.fixture
def pair(hospital: Hospital, tmp_path: Path) -> Iterator[list[Person]]:
    """Two consoles of one service, each with its own files."""
    people: list[Person] = []
    for login in ("c.morvan", "s.haddad"):
        people.append(Person(hospital.wire.url, tmp_path / login, login, Throwaway()))
        people[-1].until_online(is_new=True)
    yield people
    for person in people:
        person.console.stop()


def _rows(person: Person) -> list[Any]:
    """What a replica holds of contacts, whatever position set each."""

    def read(connection: sa.Connection, establishment: str) -> list[Any]:
        shown = [column for column in tables.contact.c if column.name != "position"]
        chosen = sa.select(*shown).filter_by(establishment=establishment).order_by(tables.contact.c.id)
        return [tuple(row) for row in connection.execute(chosen)]

    return person.console.ask(read).result(SOON_S)


def _until(person: Person, is_so: Callable[[], bool], what: str) -> None:
    person.until(is_so, what, within=PATIENCE_S)


def _is_settled(person: Person, command_id: str) -> bool:
    return any(command_id in change.settled for change in person.changes)


def _is_rebuilt(person: Person) -> bool:
    return any(change.is_whole for change in person.changes)


def _save(person: Person, *notes: NoteContact) -> list[str]:
    """Notes with their motives, seen settled."""
    ids: list[str] = []
    for note in notes:
        motive = LogMotive(
            contact=note.contact, motive="11", outcome=Outcome.DEALT_WITH, service=note.service
        )
        ids += [person.console.submit(command).result(SOON_S) for command in (note, motive)]
    for command_id in ids:
        _until(person, partial(_is_settled, person, command_id), "never settled")
    return ids


def _has_motive(person: Person, contact: str) -> bool:
    row = person.contact(contact)
    return row is not None and row.motive == "11"


def test_what_was_done_since_the_backup_comes_back_once_and_the_forgotten_do_not(
    hospital: Hospital, pair: list[Person], tmp_path: Path
) -> None:
    first, second = pair
    before = _save(first, note_of(first.console))
    saved = hospital.installation.back_up(tmp_path / "saved")

    notes = [note_of(person.console) for person in (first, second)]
    since = [*_save(first, notes[0]), *_save(second, notes[1])]
    hospital.scene.run(ErasePerson(person=MARTINE, ground=ErasureGround.REQUEST))
    hospital.stop()

    hospital.installation.restore(saved, "--replace")
    assert not set(hospital.command_ids()) & set(since)
    assert hospital.scene.find(tables.person, id=MARTINE) is None
    hospital.scene.engine.dispose()

    for person in pair:
        person.changes.clear()
    hospital.go_on()
    for person in pair:
        _until(person, partial(_is_rebuilt, person), "never rebuilt")
    # What the backup holds is sent again too, and shown as this desk saved it until that is settled.
    for person, its in ((first, [*before, *since[:2]]), (second, since[2:])):
        for command_id in its:
            _until(person, partial(_is_settled, person, command_id), "never settled again")
    for person in pair:
        for note in notes:
            _until(person, partial(_has_motive, person, note.contact), "never seen")
    ids = hospital.command_ids()
    assert [ids.count(one) for one in (*before, *since)] == [1] * 6
    assert _rows(first) == _rows(second)
