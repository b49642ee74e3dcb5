"""Saves a PostgreSQL database by its own programs, and fills an empty one from what they saved."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from sync.server.bootstrap.backups.archive import SavedHouse
from sync.server.bootstrap.backups.verified import verified_houses
from sync.server.bootstrap.telling import Failed

_OURS = ("--no-owner", "--no-privileges")
_FORGET_EPOCH = "DELETE FROM public.house_fact WHERE name = 'epoch'"
"""With the rows, in one transaction: what is restored never goes on under the name it had."""
_LONGEST_SENTENCE = 200
_LOOKS, _BETWEEN_LOOKS_S = 10, 0.1


def save(engine: sa.Engine, path: Path) -> tuple[SavedHouse, ...]:
    """Dump the database as it is at one moment, the one at which its journals are verified."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        moment = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
        houses = verified_houses(connection)
        where, environment = _where(engine)
        dump = ("--format=custom", *_OURS, f"--snapshot={moment}", f"--file={path}", f"--dbname={where}")
        _run(["pg_dump", *dump], environment)
    # Read to its end: a dump that can't be is none.
    _run(["pg_restore", "--file=/dev/null", str(path)], environment)
    return houses


def check_alone(engine: sa.Engine) -> None:
    """Raises `Failed` while somebody else is connected to the database."""
    pause, others = threading.Event(), 0
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(_LOOKS):
            if not (others := connection.execute(_OTHERS).scalar_one()):
                return
            # PostgreSQL takes a moment to see that somebody left.
            pause.wait(_BETWEEN_LOOKS_S)
    raise Failed(f"The database is in use ({others} connections): stop every filrouge-server first.")


_OTHERS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def fill(engine: sa.Engine, dump: Path) -> None:
    """Put a dump in the place of every table, in one transaction: all of it, or nothing."""
    where, environment = _where(engine)
    with engine.connect() as connection:
        old = sa.inspect(connection).get_table_names()
    first = f"DROP TABLE {', '.join(_quoted(old))} CASCADE;\n" if old else ""
    reading = [_program("pg_restore"), "--file=-", *_OURS, str(dump)]
    writing = [_program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"]
    writing += ["--set=ON_ERROR_STOP=1", f"--dbname={where}", "--file=-", f"--command={_FORGET_EPOCH}"]
    with tempfile.TemporaryFile() as said:
        reader = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said)
        writer = subprocess.Popen(writing, stdin=subprocess.PIPE, stderr=said, env=environment)
        _pour(reader, writer, first.encode())
        if reader.returncode or writer.returncode:
            raise Failed(f"The database could not be filled: {_first_line(said)}")


def _pour(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes], first: bytes) -> None:
    """From one to the other; only what was read to its end is committed."""
    with reader, writer:
        if reader.stdout is not None and writer.stdin is not None:
            try:
                writer.stdin.write(first)
                shutil.copyfileobj(reader.stdout, writer.stdin)
                writer.stdin.flush()
            except BrokenPipeError:
                reader.kill()
                # What was not written yet is tried again by closing, and no more after that.
                with suppress(BrokenPipeError):
                    writer.stdin.close()
        if reader.wait():
            writer.kill()


def _where(engine: sa.Engine) -> tuple[str, dict[str, str]]:
    """The database as libpq is told of it; the password goes by the environment, which nobody else reads."""
    from psycopg.conninfo import make_conninfo

    _, told = engine.dialect.create_connect_args(engine.url)
    # What only the driver in this process is told.
    told.pop("context", None)
    password = told.pop("password", None)
    environment = dict(os.environ) | ({"PGPASSWORD": str(password)} if password else {})
    return make_conninfo(**told), environment


def _run(command: list[str], environment: dict[str, str]) -> None:
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [_program(command[0]), *command[1:]],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=said,
            check=False,
        )
        if done.returncode:
            raise Failed(f"{command[0]} failed: {_first_line(said)}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Failed(
            f"`{name}` is missing: install PostgreSQL's client programs, of the server's version or newer "
            "(Debian: apt install postgresql-client)."
        )
    return found


def _first_line(said: IO[bytes]) -> str:
    """What a program said first; what it adds may quote rows."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").splitlines()
    return lines[0][:_LONGEST_SENTENCE] if lines else "it said nothing."


def _quoted(names: Iterable[str]) -> list[str]:
    return ['"' + name.replace('"', '""') + '"' for name in names]
