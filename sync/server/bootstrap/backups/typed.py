"""What an administrator types to save everything in a file, and to begin again from it."""

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.clock import MachineClock
from app.settings import Settings
from app.store.disk import sync_folder
from app.store.engine import open_database
from app.store.migrations import is_current, knows, migrate, revision_of
from sync.server.bootstrap import house
from sync.server.bootstrap.backups import archive, postgres_dump, sqlite_files
from sync.server.bootstrap.backups.archive import About, NoBackup
from sync.server.bootstrap.backups.new_life import Begun, begin_again
from sync.server.bootstrap.backups.new_life import remember as keep_apart
from sync.server.bootstrap.telling import Failed, add_command, print_data
from sync.server.bootstrap.typed_commands import traced

STANDARD = "-"


def add_backups(commands: Any) -> None:
    """`backup` and `restore`."""
    parser = add_command(
        commands, "backup", back_up, "Save the database and connectors.toml in one verified file."
    )
    parser.add_argument("file", help="where; `-` for standard output, to be encrypted on the way")
    parser.add_argument("--force", action="store_true", help="replace a file of that name")
    parser = add_command(
        commands, "restore", restore, "Fill an empty database from a backup; servers are stopped."
    )
    parser.add_argument("file", nargs="?", help="the backup; `-` for standard input")
    parser.add_argument("--replace", action="store_true", help="give up what the database holds")
    parser.add_argument(
        "--in-place",
        action="store_true",
        help="the database itself was put back (point in time, disk image): begin again with what it holds",
    )


def back_up(options: Namespace, settings: Settings) -> None:
    """Save everything; done is said once the copy was read through."""
    target = None if options.file == STANDARD else Path(options.file).absolute()
    if target is not None and target.exists() and not options.force:
        raise Failed(f"{target.name} exists already: nothing was saved (--force replaces it).")
    if target is None and sys.stdout.isatty():
        raise Failed("A backup is no text for a screen: name a file, or a program that encrypts it.")
    with _workplace(settings.data_dir if target is None else target.parent) as folder:
        about = _save(settings, folder)
        if target is None:
            archive.pack(sys.stdout.buffer, about, _members(settings, folder))
            sys.stdout.buffer.flush()
        else:
            _lay(target, about, _members(settings, folder), folder)
    _trace(settings, "backup", about.digest)
    told = {"file": options.file, "houses": about.houses, "revision": about.revision, "digest": about.digest}
    text = "\n".join(
        f"{one.establishment}: {one.position} entries, all as written, are saved." for one in about.houses
    )
    if target is None:
        print(text, file=sys.stderr)
    else:
        print_data(options, told, text)


def _trace(settings: Settings, act: str, about: str) -> None:
    """Who typed it, of each house; a database of a version before is left as it is, and so without."""
    engine = open_database(settings.database_url)
    try:
        if is_current(engine):
            for establishment in house.establishments(engine):
                with traced(engine, establishment, act, about):
                    """What was done is a file's."""
    except DatabaseError:
        # A standby, a damaged file: what was saved is worth more than its trace.
        print(f"The journal of this database does not take who typed `{act}`.", file=sys.stderr)
    finally:
        engine.dispose()


def _save(settings: Settings, folder: Path) -> About:
    """The database as it is: a backup made before an upgrade is of the version before."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise Failed("There is no database to save.")
    engine = open_database(settings.database_url)
    try:
        return _save_open(engine, settings, folder / archive.DATABASE)
    finally:
        engine.dispose()


def _save_open(engine: sa.Engine, settings: Settings, database: Path) -> About:
    made_at, revision = MachineClock().now(), revision_of(engine)
    if not revision:
        raise Failed("The database holds nothing to save.")
    keep_apart(engine, settings.data_dir)
    is_file = engine.dialect.name == "sqlite"
    return About(
        made_at=made_at,
        database="sqlite" if is_file else "postgresql",
        revision=revision,
        houses=(sqlite_files if is_file else postgres_dump).save(engine, database),
        digest=archive.digest_of(database),
    )


def _members(settings: Settings, folder: Path) -> dict[str, Path]:
    """The files of a backup by their names in it."""
    connectors = settings.data_dir / archive.CONNECTORS
    more = {archive.CONNECTORS: connectors} if connectors.is_file() else {}
    return {archive.DATABASE: folder / archive.DATABASE} | more


def _lay(target: Path, about: About, members: dict[str, Path], folder: Path) -> None:
    """Write aside, read again from the disk, then give the name: a file of that name is always whole."""
    made = folder / "made"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        archive.pack(file, about, members)
        file.flush()
        os.fsync(file.fileno())
    with made.open("rb") as file:
        archive.read_through(file)
    made.replace(target)
    sync_folder(target.parent)


@contextmanager
def _workplace(beside: Path) -> Generator[Path]:
    """A folder that nobody else reads, on the same disk, gone afterwards."""
    beside.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".filrouge-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remember(settings: Settings) -> None:
    """Keep apart from the backups whom this database declares erased, and who may no longer come in."""
    engine = open_database(settings.database_url)
    keep_apart(engine, settings.data_dir)
    engine.dispose()


def restore(options: Namespace, settings: Settings) -> None:
    """Fill the database of the settings from a backup, or begin again with what it holds."""
    if options.in_place is bool(options.file):
        raise Failed("Name a backup, or say --in-place.")
    try:
        begun, notes = _begin_in_place(settings) if options.in_place else _restore_file(options, settings)
    except NoBackup as fault:
        raise Failed(str(fault)) from fault
    _trace(settings, "restore", "--in-place" if options.in_place else Path(options.file).name)
    lines = [f"{one.establishment}: {one.position} entries, all as written." for one in begun.houses]
    lines += [f"{person} had been erased since, and is again." for person in begun.erased]
    lines += _withdrawn_lines(begun)
    data = {
        "houses": begun.houses,
        "erased_again": begun.erased,
        "withdrawn_again": begun.withdrawn,
        "notes": notes,
    }
    print_data(options, data, "\n".join([*lines, *notes]))


def _withdrawn_lines(begun: Begun) -> list[str]:
    lines: list[str] = []
    for one in begun.withdrawn:
        lines += [f"{login} had been closed since, and is again." for login in one.accounts]
        lines += [f"The desk {desk} had been revoked since, and is again." for desk in one.desks]
        if one.tokens:
            lines.append(f"{len(one.tokens)} tokens had been taken back since, and are again.")
    return lines


def _begin_in_place(settings: Settings) -> tuple[Begun, list[str]]:
    _check_alone(settings)
    engine = house.open_store(settings)
    try:
        return begin_again(engine, settings.data_dir), []
    finally:
        engine.dispose()


def _restore_file(options: Namespace, settings: Settings) -> tuple[Begun, list[str]]:
    url = sa.make_url(settings.database_url)
    _check_alone(settings)
    _check_empty(settings, is_replaced=options.replace)
    is_file = url.get_backend_name() == "sqlite"
    beside = Path(url.database or "").absolute().parent if is_file else settings.data_dir
    with _workplace(beside) as folder, _opened(options.file) as source:
        about = archive.unpack(source, folder, lambda about: _check_fits(about, url.get_backend_name()))
        begun, aside = (_put_file if is_file else _fill)(settings, folder / archive.DATABASE, about)
        notes = [f"What the database held is kept as {aside}."] if aside else []
        return begun, notes + _put_connectors(settings, folder / archive.CONNECTORS)


def _check_alone(settings: Settings) -> None:
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        sqlite_files.check_alone(Path(url.database or ""))
        return
    engine = open_database(settings.database_url)
    try:
        postgres_dump.check_alone(engine)
    finally:
        engine.dispose()


def _check_empty(settings: Settings, *, is_replaced: bool) -> None:
    """What a database holds is given up on purpose alone; its erasures are remembered first."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return
    engine = open_database(settings.database_url)
    try:
        if revision_of(engine) and not is_replaced and house.establishments(engine):
            raise Failed("The database is not empty: nothing was restored (--replace gives it up).")
        keep_apart(engine, settings.data_dir)
    except DatabaseError as damaged:
        if not is_replaced:
            raise Failed("The database can't be read: nothing was restored (--replace).") from damaged
    finally:
        engine.dispose()


def _check_fits(about: About, backend: str) -> None:
    if about.database != backend:
        raise NoBackup(f"This backup is of {about.database}; FILROUGE_DATABASE_URL is of {backend}.")
    if not knows(about.revision):
        raise NoBackup(f"This backup was made by a newer version (revision {about.revision}).")


@contextmanager
def _opened(file: str) -> Generator[BinaryIO]:
    if file == STANDARD:
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as opened:
        yield opened


def _put_file(settings: Settings, database: Path, about: About) -> tuple[Begun, str]:
    """Everything is done beside: the name changes hands once all is right."""
    begun = _begun_beside(settings, database, about)
    place = Path(sa.make_url(settings.database_url).database or "").absolute()
    return begun, sqlite_files.put_in_place(database, place, MachineClock().now())


def _begun_beside(settings: Settings, database: Path, about: About) -> Begun:
    """Raises `NoBackup` for a file that is no database, or another's."""
    is_ours = sqlite_files.is_whole(database)
    engine = open_database(f"sqlite:///{database}")
    try:
        if is_ours and revision_of(engine) == about.revision:
            return _begun(engine, settings)
    except DatabaseError as error:
        raise NoBackup(_NOT_OURS) from error
    finally:
        engine.dispose()
    raise NoBackup(_NOT_OURS)


_NOT_OURS = "The database of this backup is none of Filrouge, or is damaged: nothing was restored."


def _fill(settings: Settings, database: Path, _about: About) -> tuple[Begun, str]:
    engine = open_database(settings.database_url)
    try:
        postgres_dump.fill(engine, database)
        return _begun(engine, settings), ""
    finally:
        engine.dispose()


def _begun(engine: sa.Engine, settings: Settings) -> Begun:
    migrate(engine)
    return begin_again(engine, settings.data_dir)


def _put_connectors(settings: Settings, saved: Path) -> list[str]:
    place = settings.data_dir / archive.CONNECTORS
    if not saved.exists():
        return []
    if place.exists():
        return ["connectors.toml was left as it is here; the backup has its own."]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(saved, place)
    place.chmod(0o600)
    return ["connectors.toml was put back."]
