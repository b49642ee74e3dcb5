"""Writers come one by one, and none is refused for having read first."""

import sqlite3
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.store.engine import open_database, writing
from tests.architecture.files import committed, relative

WAIT_S = 20


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'one.db'}")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE word (said TEXT)")
    return engine


def _say(connection: sa.Connection, said: str) -> None:
    connection.exec_driver_sql("INSERT INTO word VALUES (?)", (said,))


def _said(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT said FROM word ORDER BY rowid").scalars())


def test_who_reads_before_writing_is_waited_for_by_the_other_writer(engine: sa.Engine) -> None:
    is_reading, is_asked = Event(), Event()

    def read_then_write() -> None:
        with writing(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM word").scalar() == 0
            is_reading.set()
            assert is_asked.wait(WAIT_S)
            _say(connection, "first")

    first = Thread(target=read_then_write)
    first.start()
    assert is_reading.wait(WAIT_S)
    second = Thread(target=_write, args=(engine, is_asked))
    second.start()
    first.join(WAIT_S)
    second.join(WAIT_S)
    assert _said(engine) == ["first", "second"]


def _write(engine: sa.Engine, is_asked: Event) -> None:
    is_asked.set()
    with writing(engine) as connection:
        _say(connection, "second")


def test_a_reader_who_becomes_a_writer_would_be_refused_at_once(engine: sa.Engine) -> None:
    """The control: what `writing` is for."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM word").scalar()
        with writing(engine) as other:
            _say(other, "between")
        with pytest.raises(OperationalError) as refused:
            _say(connection, "late")
    assert isinstance(refused.value.orig, sqlite3.OperationalError)
    assert refused.value.orig.sqlite_errorname == "SQLITE_BUSY_SNAPSHOT"


def test_what_is_raised_inside_takes_all_of_it_back(engine: sa.Engine) -> None:
    with pytest.raises(OperationalError):
        _write_half(engine)
    assert _said(engine) == []


def _write_half(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        _say(connection, "half")
        connection.exec_driver_sql("INSERT INTO nothing VALUES (1)")


def test_the_product_writes_in_no_other_way() -> None:
    others = [
        relative(path)
        for path in committed("app/*.py", "sync/*.py", "ui/*.py")
        if "engine.begin()" in path.read_text(encoding="utf-8")
    ]
    assert others == []
