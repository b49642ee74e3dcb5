"""A backup made or altered to break the machine that restores it: a sentence, and nothing else."""

import gzip
import io
import sqlite3
import tarfile
import tracemalloc
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import NoteContact
from app.domain.words import Channel
from app.store import tables
from app.store.engine import open_database
from app.store.migrations import HEAD, migrate
from sync.server.bootstrap.backups.archive import (
    ABOUT,
    CONNECTORS,
    DATABASE,
    About,
    NoBackup,
    digest_of,
    pack,
    unpack,
)
from sync.server.bootstrap.telling import Failed
from tests.support.backups import Installation
from tests.support.postgres import Cluster
from tests.support.scene import MARTINE, MORNING, Scene

SWOLLEN = 64 << 20
MOST_MEMORY = 16 << 20
NOBODYS_DISK = 1 << 50
ABOUT_NOTHING = About(made_at=MORNING, database="sqlite", revision=HEAD, houses=(), digest="0" * 64)


class Zeros(io.RawIOBase):
    """So many of them, which take no room."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        given = min(self._left, size if size >= 0 else self._left)
        self._left -= given
        return bytes(given)


def _said(about: About = ABOUT_NOTHING) -> bytes:
    return msgspec.json.encode(about)


def _block(name: str, size: int, *, kind: bytes = tarfile.REGTYPE) -> bytes:
    """The 512 bytes that announce a member."""
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    return member.tobuf(tarfile.GNU_FORMAT)


def _filled(content: bytes) -> bytes:
    return content + bytes(-len(content) % tarfile.BLOCKSIZE)


def _tar(*parts: bytes, swollen: int = 0, said: bytes | None = None) -> bytes:
    """What a backup says of itself, these parts, and so many zeros, packed."""
    about = _said() if said is None else said
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as packed:
        for part in (_block(ABOUT, len(about)), _filled(about), *parts):
            packed.write(part)
        zeros = Zeros(swollen)
        while piece := zeros.read(1 << 20):
            packed.write(piece)
    return out.getvalue()


def _sparse() -> bytes:
    """A file with a hole: half a kilobyte here, a disk once it is laid."""
    block = bytearray(_block(DATABASE, 512, kind=tarfile.GNUTYPE_SPARSE))
    block[386:410] = b"%011o\0%011o\0" % (0, 512)
    block[483:495] = b"%011o\0" % (2**33 - 1)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + bytes(512)


def _of_negative_size() -> bytes:
    block = bytearray(_block(DATABASE, 0))
    block[124:136] = b"\xff" * 10 + b"\xfe\x00"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


BOMBS: dict[str, Callable[[], bytes]] = {
    "attributes of a gigabyte": lambda: _tar(_block("pax", 1 << 30, kind=tarfile.XHDTYPE), swollen=SWOLLEN),
    "attributes for all that follow": lambda: _tar(
        _block("pax", SWOLLEN, kind=tarfile.XGLTYPE), swollen=SWOLLEN
    ),
    "a name of a gigabyte": lambda: _tar(
        _block("long", 1 << 30, kind=tarfile.GNUTYPE_LONGNAME), swollen=SWOLLEN
    ),
    "attributes of attributes": lambda: _tar(*[_block("pax", 0, kind=tarfile.XHDTYPE)] * 20_000),
    "a file of holes": lambda: _tar(_sparse()),
    "a database that no disk holds": lambda: _tar(_block(DATABASE, NOBODYS_DISK), swollen=SWOLLEN),
    "less than nothing": lambda: _tar(_of_negative_size(), swollen=1024),
    "settings without end": lambda: _tar(_block(CONNECTORS, SWOLLEN), swollen=SWOLLEN),
    "zeros after its end": lambda: _tar(_block(CONNECTORS, 0), swollen=SWOLLEN),
    "words without end of itself": lambda: _tar(said=b'{"format":1,"made_at":"' + b" " * 3_000_000),
    "words as deep as they are long": lambda: _tar(said=b'{"format":1,"x":' + b"[" * 900_000),
    "packed twice": lambda: gzip.compress(_tar(swollen=SWOLLEN)),
    "packed in thousands of parts": lambda: gzip.compress(b"") * 50_000,
    "zeros": lambda: gzip.compress(bytes(SWOLLEN)),
    "orders to a terminal": lambda: _tar(
        said=_said(msgspec.structs.replace(ABOUT_NOTHING, revision="\x1b[2J\u202e" * 9000))
    ),
    "a name that is an order": lambda: _tar(_block("\x1b]0;owned\x07", 0)),
}


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    """A server that holds something."""
    made = Installation(f"sqlite:///{tmp_path / 'db' / 'server.db'}", tmp_path / "here")
    (tmp_path / "db").mkdir()
    engine = open_database(made.url)
    migrate(engine)
    scene = Scene(engine)
    scene.run(
        NoteContact(
            contact=scene.new_id(),
            channel=Channel.DESK,
            service="orthopedie",
            text="Passage à l’accueil",
            happened_at=MORNING,
            person=MARTINE,
        )
    )
    engine.dispose()
    return made


def _held(here: Installation) -> list[tuple[int, bytes]]:
    engine = open_database(here.url)
    with engine.connect() as connection:
        entries = sa.select(tables.journal.c.position, tables.journal.c.hash)
        held = [tuple(row) for row in connection.execute(entries)]
    engine.dispose()
    return held


def _refusal(here: Installation, saved: Path) -> str:
    """What is said of a backup that is put in the place of all that is here; nothing is left of it."""
    home, before = saved.parent, _held(here)
    names = {each.relative_to(home) for each in home.rglob("*")}
    with pytest.raises(Failed) as failed:
        here.restore(saved, "--replace")
    assert _held(here) == before != []
    left = {each.relative_to(home) for each in home.rglob("*")} - names
    assert {each.name for each in left} <= {"erased.jsonl", "withdrawn.json"}
    return str(failed.value)


def _peak(act: Callable[[], object]) -> int:
    """How many bytes an act took at most."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_backup_that_swells_is_refused_by_a_sentence_within_its_bounds(
    make: Callable[[], bytes], here: Installation, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    saved.write_bytes(make())
    sentences: list[str] = []
    assert _peak(lambda: sentences.append(_refusal(here, saved))) < MOST_MEMORY
    (sentence,) = sentences
    assert "backup" in sentence
    assert len(sentence) < 150
    assert sentence.isascii()
    assert sentence.isprintable()


def test_what_swells_would_take_the_memory_of_who_follows_it() -> None:
    # The control: the same bytes, read by whoever knows every kind of tar.
    bomb = _tar(_block("pax", SWOLLEN, kind=tarfile.XGLTYPE), swollen=SWOLLEN)

    def follow() -> None:
        with (
            gzip.GzipFile(fileobj=io.BytesIO(bomb)) as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
            suppress(tarfile.ReadError),
        ):
            tar.getmembers()

    assert len(bomb) < 1_000_000
    assert _peak(follow) > 2 * MOST_MEMORY


def _other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('9f1c')")
        other.commit()


def _ours_without_rows(path: Path) -> None:
    """It says that it is of our last revision, and has none of its tables."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        other.commit()


def _torn(path: Path) -> None:
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))


def _no_text(path: Path) -> None:
    """What it says of its own tables can't be decoded."""
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    spoilt = path.read_bytes().replace(b"WHERE lifted_until", b"WHERE li\xd8ted_until")
    assert spoilt != path.read_bytes()
    path.write_bytes(spoilt)


NO_DATABASES: dict[str, Callable[[Path], object]] = {
    "a letter": lambda path: path.write_text("Madame, Monsieur", "utf-8"),
    "nothing": lambda path: path.write_bytes(b""),
    "another program's": _other_program,
    "a name without its tables": _ours_without_rows,
    "a torn one": _torn,
    "no text": _no_text,
}


@pytest.mark.parametrize("make", NO_DATABASES.values(), ids=NO_DATABASES)
def test_a_backup_with_the_right_sum_of_no_database_of_ours_is_refused(
    make: Callable[[Path], object], here: Installation, tmp_path: Path
) -> None:
    saved, database = tmp_path / "saved", tmp_path / "made.db"
    make(database)
    about = msgspec.structs.replace(ABOUT_NOTHING, digest=digest_of(database))
    with saved.open("wb") as file:
        pack(file, about, {DATABASE: database})
    for beside in tmp_path.glob("made.db*"):
        beside.unlink()
    assert "none of Filrouge" in _refusal(here, saved)


@pytest.mark.postgres
def test_a_dump_that_is_none_leaves_a_database_of_postgresql_as_it_was(
    cluster: Cluster, tmp_path: Path
) -> None:
    here = Installation(cluster.new_database(), tmp_path / "here")
    engine = open_database(here.url)
    migrate(engine)
    Scene(engine)
    engine.dispose()
    database, saved = tmp_path / "dump", tmp_path / "saved"
    for nonsense in (b"", b"PGDMP" + bytes(200), b"DROP TABLE person;\n"):
        database.write_bytes(nonsense)
        about = msgspec.structs.replace(ABOUT_NOTHING, database="postgresql", digest=digest_of(database))
        with saved.open("wb") as file:
            pack(file, about, {DATABASE: database})
        with pytest.raises(Failed, match="could not be filled"):
            here.restore(saved, "--replace")
        again = open_database(here.url)
        with again.connect() as connection:
            assert MARTINE in connection.execute(sa.select(tables.person.c.id)).scalars().all()
        again.dispose()


def test_a_file_longer_than_a_tars_own_numbers_is_written_as_plainly_as_any(tmp_path: Path) -> None:
    """Over eight gigabytes a size is no longer a number in digits, and needs no attribute of its own."""
    member = tarfile.TarInfo(DATABASE)
    member.size = 20 << 30
    assert len(member.tobuf(tarfile.GNU_FORMAT)) == tarfile.BLOCKSIZE < len(member.tobuf(tarfile.PAX_FORMAT))
    with pytest.raises(NoBackup, match="not whole"):
        unpack(io.BytesIO(_tar(_block(DATABASE, 20 << 30))), tmp_path, lambda _about: None)
