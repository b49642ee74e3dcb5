"""Laying a person in a replica costs what that person has, not what the replica holds."""

from pathlib import Path

from app.store.bundles import clear_person
from app.store.engine import create_server_tables, open_database


def test_forgetting_a_person_reads_no_table_whole(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'replica.db'}")
    create_server_tables(engine)
    asked: list[str] = []
    with engine.connect() as connection:
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
