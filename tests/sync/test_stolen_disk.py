"""Somebody carries a desk's disk away, after a kill and without its keyring: it tells nothing of anybody."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from app.clock import AnchoredClock
from app.store import tables
from app.store.engine import writing
from sync.client.credentials import KeyRing, NoKeyring, Throwaway
from sync.client.desk_tables import outbox, replica_key
from sync.client.files import DAMAGE, DeskFiles, check_whole, open_encrypted
from sync.client.phrase import SHORTEST, DeskKeys, PhraseNeeded, WrongPhrase
from sync.client.proof import slow_digest
from sync.client.replica_file import read_mark
from tests.server.serving import PASSWORD, ROOT, Served
from tests.support.proxy import Proxy
from tests.support.scene import MARTINE, MARTINES_NUMBER, MORNING
from tests.sync.people import Person, SitDown, proxy, served, sit_down, store
from tests.sync.stolen.at_work import DEMAND, DRAFT, MESSAGE, NOTE, PROMISED, Given
from tests.sync.stolen.reader import files_of, opened, secrets_in, words_in

__all__ = ["proxy", "served", "sit_down", "store"]

HOUSE, PHRASE, OTHER_PHRASE = "etab", "quatre mots bien choisis", "quatre mots bien devinés"
TRAITS = {
    "birth_name": "DUBREUIL",
    "first_given_name": "Martine",
    "used_name": "KERGUELEN",
    "birth_date": "1952-03-14",
    "birth_place": "Locmariaquer",
    "ipp": "8004417235",
}
HELD = (*TRAITS.values(), MARTINES_NUMBER)
"""What the server told this desk of somebody."""
TYPED = (NOTE, DRAFT, MESSAGE, DEMAND, PROMISED)
"""What somebody typed there."""
WORDS = (*HELD, *TYPED, "14/03/1952", "14 mars 1952", "06 39 98 00 01", "0639980001", "prothèse")
KNOWN_NAMES = re.compile(
    r"desk\.(lock(-journal)?|salt)|(desk|replica-[0-9a-f]{12}-\d+)\.db(-wal|-shm|-journal)?|console\.ini|desk\.log"
)
PATIENCE_S = 40


class _NoKeyring:
    """A machine that keeps nothing, or a thief who has the disk alone."""

    def key_of(self, desk: str) -> bytes:
        raise NoKeyring

    def ring_of(self, desk: str) -> KeyRing | None:
        raise NoKeyring


class Taken(msgspec.Struct, frozen=True):
    """A disk as it was when the machine went, the desk's folder on it, and the key that is elsewhere."""

    disk: Path
    desks: Path
    house: str
    key: bytes

    @property
    def folder(self) -> Path:
        return self.desks / self.house

    def replica_keys(self) -> dict[str, bytes]:
        """Those that `desk.db` holds."""
        return {row.name: row.key for row in self._rows(sa.select(replica_key.c.name, replica_key.c.key))}

    def waiting(self) -> list[str]:
        """What was saved there and the server does not have."""
        return [row.id for row in self._rows(sa.select(outbox.c.id).order_by(outbox.c.seq))]

    def _rows(self, chosen: sa.Executable) -> Sequence[sa.Row[Any]]:
        """From a copy: whoever opens a file lays its log into it."""
        with tempfile.TemporaryDirectory() as place:
            for path in self.folder.glob("desk.db*"):
                shutil.copyfile(path, Path(place) / path.name)
            engine = open_encrypted(Path(place) / "desk.db", self.key)
            with engine.connect() as connection:
                rows = connection.execute(chosen).all()
            engine.dispose()
        return rows

    def read_with_keys(self) -> bytes:
        """All that the desk's own files hold, to whoever has what opens them."""
        keys = self.replica_keys()
        return b"".join(
            opened(path, keys.get(path.name.removesuffix("-wal"), self.key))
            for path in files_of(self.folder)
            if path.name.endswith((".db", ".db-wal"))
        )


def _run(disk: Path, given: Given) -> subprocess.Popen[str]:
    """All that it writes, wherever the system would have it, goes to one disk."""
    for name in ("home", "tmp"):
        (disk / name).mkdir(parents=True)
    places = {"HOME": disk / "home", "TMPDIR": disk / "tmp", "SQLITE_TMPDIR": disk / "tmp"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "FILROUGE_"))}
    told = msgspec.json.encode(given).decode()
    with (disk / "desk.log").open("w") as said:
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.sync.stolen.at_work", told],
            env=kept | {name: str(path) for name, path in places.items()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=ROOT,
        )


def _copy_of(folder: Path, to: Path) -> None:
    """As a backup agent, or the system's own swap of cached pages, copies files in use."""
    to.mkdir()
    for path in files_of(folder):
        shutil.copyfile(path, to / path.name)


def _work_and_die(disk: Path, given: Given, wire: Proxy) -> None:
    """It works, is cut off, works on, is copied while it writes, and is killed."""
    process = _run(disk, given)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == "sent\n", (disk / "desk.log").read_text()
        wire.cut()
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "kept\n", (disk / "desk.log").read_text()
        (desk,) = (Path(given.folder)).glob("*/desk.db")
        _copy_of(desk.parent, disk / "copies")
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE_S)


def _know_martine(served: Served) -> None:
    """Somebody of whom all is known calls, and is in the desks' scope from then on."""
    with writing(served.scene.engine) as connection:
        martine = sa.update(tables.person).filter_by(establishment=served.scene.establishment, id=MARTINE)
        connection.execute(martine.values(TRAITS))
    served.scene.ring()


@pytest.fixture(scope="module", params=["keyring", "phrase"])
def taken(request: pytest.FixtureRequest, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """One disk of a desk under a keyring, and one of a desk under a phrase."""
    _know_martine(served)
    disk, house = tmp_path_factory.mktemp("disk"), served.scene.establishment
    key = Throwaway().key_of(house)
    if request.param == "phrase":
        keys = DeskKeys(disk / "desks", _NoKeyring())
        keys.give(house, PHRASE)
        key = keys.key_of(house)
    host, _, port = served.url.removeprefix("http://").partition(":")
    wire = Proxy(host, int(port))
    _work_and_die(disk, Given(wire.url, str(disk / "desks"), "c.morvan", key.hex()), wire)
    wire.close()
    return Taken(disk, disk / "desks", house, key)


def test_no_word_of_anybody_can_be_read_on_it(taken: Taken) -> None:
    assert len(files_of(taken.disk)) > 8
    for path in files_of(taken.disk):
        assert words_in(path.read_bytes(), WORDS) == set(), path.name


def test_the_same_reader_finds_each_word_once_it_has_the_keys(taken: Taken) -> None:
    # The control: they are all there, and are found as they would be in a file that nothing encrypts.
    assert words_in(taken.read_with_keys(), (*HELD, *TYPED)) == {*HELD, *TYPED}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
def test_the_reader_finds_a_word_in_a_file_of_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "core"
    path.write_bytes(os.urandom(999) + NOTE.upper().encode(encoding) + os.urandom(999))
    assert words_in(path.read_bytes(), WORDS) == {NOTE, "prothèse"}


def test_the_names_of_its_files_say_nothing(taken: Taken) -> None:
    for path in files_of(taken.disk):
        assert KNOWN_NAMES.fullmatch(path.name), path.name
        assert words_in(str(path.relative_to(taken.disk)).encode(), (*WORDS, "c.morvan", "Morvan")) == set()
        # Few people work at a desk: a digest of their logins would be guessed at once.
        assert hashlib.sha256(b"c.morvan").hexdigest()[:12] not in path.name


def test_no_key_of_it_lies_on_it(taken: Taken) -> None:
    keys = [taken.key, *taken.replica_keys().values()]
    assert len(keys) > 1
    for path in files_of(taken.disk):
        content = path.read_bytes()
        assert not any(secrets_in(content, key) for key in keys), path.name
        assert words_in(content, (PHRASE, PASSWORD)) == set(), path.name
        assert b"SQLite format" not in content or path.name == "desk.lock"
    # The control: the keys of replicas are in the file that the desk's own key opens.
    assert all(secrets_in(taken.read_with_keys(), key) for key in keys[1:])


def test_what_is_kept_for_signing_in_without_the_server_is_no_password(taken: Taken) -> None:
    assert words_in(taken.read_with_keys(), (PASSWORD, PHRASE)) == set()


def test_whoever_has_the_disk_alone_opens_no_file_of_it(taken: Taken, tmp_path: Path) -> None:
    desks = tmp_path / "desks"
    shutil.copytree(taken.desks, desks)
    keys = DeskKeys(desks, _NoKeyring())
    has_phrase = (taken.folder / "desk.salt").exists()
    with pytest.raises(PhraseNeeded if has_phrase else NoKeyring):
        keys.key_of(taken.house)
    for guess in (PHRASE.title(), OTHER_PHRASE, taken.house) if has_phrase else ():
        with pytest.raises(WrongPhrase):
            keys.give(taken.house, guess)
    # What the killed console had only written into its log is there for who has the phrase, after any guess.
    assert Taken(tmp_path, desks, taken.house, taken.key).waiting() == taken.waiting() != []
    assert not list(desks.rglob("desk-damaged-*"))
    for path in desks.rglob("*.db"):
        for key in (bytes(32), taken.house.encode().ljust(32), hashlib.sha256(PASSWORD.encode()).digest()):
            engine = open_encrypted(path, key)
            with pytest.raises(DAMAGE):
                check_whole(engine)
            engine.dispose()


def test_a_guess_of_a_phrase_costs_thirty_two_mebibytes_and_a_salt_of_its_own() -> None:
    # What the page on threats states: scrypt, N = 2^15, r = 8.
    salt = os.urandom(16)
    told = hashlib.scrypt(PHRASE.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
    assert (128 * 8 * 2**15, slow_digest(PHRASE, salt)) == (32 << 20, told)
    assert slow_digest(PHRASE, os.urandom(16)) != told
    with pytest.raises(ValueError, match="memory"):
        hashlib.scrypt(PHRASE.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**24, dklen=32)
    assert SHORTEST >= 12


def _erased_by_time(person: Person, _served: Served, proxy: Proxy) -> None:
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    person.clock.ahead = timedelta(hours=73)


def _erased_by_order(person: Person, served: Served, _proxy: Proxy) -> None:
    served.disable(person.console.session.login)


@pytest.mark.parametrize(("erase", "login"), [(_erased_by_time, "c.morvan"), (_erased_by_order, "s.haddad")])
def test_after_three_days_or_an_order_even_the_desk_s_own_key_opens_nothing_of_anybody(
    erase: object, login: str, served: Served, proxy: Proxy, sit_down: SitDown, tmp_path: Path
) -> None:
    _know_martine(served)
    person = sit_down(login)
    (replica,) = (tmp_path / login).glob("*/replica-*.db")
    key = person.keys.key_of(served.scene.establishment)
    disk = Taken(tmp_path, tmp_path / login, served.scene.establishment, key)
    gone = disk.replica_keys()[replica.name]
    assert words_in(disk.read_with_keys(), HELD) == set(HELD)
    assert callable(erase)
    erase(person, served, proxy)
    person.until(lambda: person.links[-1].is_erased, "never erased", within=PATIENCE_S)
    person.console.stop()
    proxy.cut()
    assert not replica.exists()
    assert words_in(disk.read_with_keys(), HELD) == set()
    assert not secrets_in(disk.read_with_keys(), gone)


def test_a_disk_opened_three_days_later_by_who_has_key_and_password_shows_nobody(
    taken: Taken, tmp_path: Path
) -> None:
    shutil.copytree(taken.folder, tmp_path / "desk")
    for days, is_kept in ((2, True), (4, False)):
        files = DeskFiles(tmp_path / "desk", taken.key, AnchoredClock(MORNING + timedelta(days=days)))
        engine = files.open_desk()
        replica, _ = files.open_replica("c.morvan")
        assert bool(read_mark(replica, "cursor")) == is_kept
        replica.dispose()
        engine.dispose()
    later = Taken(tmp_path, tmp_path, "desk", taken.key)
    assert not set(later.replica_keys()) & set(taken.replica_keys())
    assert words_in(later.read_with_keys(), HELD) == set()
