"""Laying a person in a replica costs what that person has, not what the replica holds."""

from pathlib import Path

import sqlalchemy as sa

from app.store import tables
from app.store.bundles import clear_person
from app.store.engine import create_server_tables, open_database


def _row(table: sa.Table, number: int) -> dict[str, str]:
    names = {"number": f"+336399800{number:03}"} if table is tables.person_number else {"id": f"c{number}"}
    return {"establishment": "house", "person": f"p{number}"} | names


def test_forgetting_a_person_reads_no_table_whole(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'replica.db'}")
    create_server_tables(engine)
    asked: list[str] = []
    with engine.connect() as connection:
        for table in (tables.person_number, tables.contact):
            connection.execute(sa.insert(table), [_row(table, number) for number in range(300)])
        connection.exec_driver_sql("ANALYZE")  # as a replica does once it is filled
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        clear_person(connection, "house", "somebody", as_of=1)
        clear_person(connection, "house", "somebody")
        raw.set_trace_callback(None)
        deletions = [text for text in asked if text.startswith("DELETE")]
        plans = [
            step[3]
            for text in deletions
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").fetchall()
        ]
    engine.dispose()
    assert len(deletions) == 16
    # One establishment a replica: an index used for its first column alone reads the whole table.
    whole = [plan for plan in plans if plan.startswith("SCAN") or plan.endswith("(establishment=?)")]
    assert whole == []
