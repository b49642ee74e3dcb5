"""Laying a person in a replica costs what that person has, not what the replica holds."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.store import tables
from app.store.bundles import clear_person
from app.store.engine import create_server_tables, open_database
from app.store.extracts import read_persons
from app.store.scopes import read_held

_OWN_RESULTS = ("SCAN scope", "SCAN line", "SCAN anon_1", "SCAN (subquery-3)")
"""What a statement found itself, and reads again."""
FILLED = (
    tables.person_number,
    tables.number_set_aside,
    tables.person_form,
    tables.stop,
    tables.contact,
)


def _row(table: sa.Table, number: int) -> dict[str, str]:
    named = {
        tables.person_number: {"number": f"+336399800{number:03}"},
        tables.number_set_aside: {"number": f"+336399800{number:03}"},
        tables.person_form: {"kind": "birth", "form": "dubreuil", "other": ""},
        tables.stop: {"number": f"+336399800{number:03}", "channel": "sms", "act": "a"},
        tables.contact: {"id": f"c{number}"},
    }
    return {"establishment": "house", "person": f"p{number}"} | named[table]


def _scope(number: int) -> dict[str, str]:
    return {"establishment": "house", "person": f"p{number}", "service": f"s{number % 9}"}


def test_forgetting_a_person_reads_no_table_whole(tmp_path: Path) -> None:
    plans = _plans(tmp_path, "DELETE", _forget)
    assert len(plans) >= 18
    assert _whole(plans) == []


def test_a_snapshot_reads_no_table_whole(tmp_path: Path) -> None:
    plans = _plans(tmp_path, "SELECT", _take)
    assert len(plans) >= 10
    assert _whole(plans) == []


def test_a_table_read_whole_is_told(tmp_path: Path) -> None:
    plans = _plans(tmp_path, "SELECT", lambda one: one.execute(sa.select(tables.contact.c.note)).all())
    assert len(_whole(plans)) == 1


def _forget(connection: sa.Connection) -> None:
    clear_person(connection, "house", "somebody", as_of=1)
    clear_person(connection, "house", "somebody")


def _take(connection: sa.Connection) -> None:
    read_persons(connection, "house", ["p1", "p2"])
    read_held(connection, "house", ["s1"], most=10)
    read_held(connection, "house", ["s1"], most=-1)


def _whole(plans: list[str]) -> list[str]:
    """One establishment a replica: an index used for its first column alone reads the whole table."""
    scans = [plan for plan in plans if plan.startswith("SCAN") and plan not in _OWN_RESULTS]
    return [*scans, *(plan for plan in plans if plan.endswith("(establishment=?)"))]


def _plans(folder: Path, kind: str, act: Callable[[sa.Connection], object]) -> list[str]:
    """How SQLite goes about each statement of one kind in an act."""
    engine = open_database(f"sqlite:///{folder / 'replica.db'}")
    create_server_tables(engine)
    asked: list[str] = []
    with engine.connect() as connection:
        for table in FILLED:
            connection.execute(sa.insert(table), [_row(table, number) for number in range(300)])
        connection.execute(sa.insert(tables.person_scope), [_scope(number) for number in range(300)])
        connection.exec_driver_sql("ANALYZE")  # as a replica does once it is filled
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        act(connection)
        raw.set_trace_callback(None)
        plans = [
            step[3]
            for text in asked
            if text.startswith(kind)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").fetchall()
        ]
    engine.dispose()
    return plans
