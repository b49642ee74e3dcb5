"""No statement on the way to a ringing screen reads a whole table."""

import pytest
import sqlalchemy as sa

from app.queries import call_rows, current_call, open_matters, person_rows, person_search, timeline
from app.queries.prepared import Prepared

SHIPPED = [
    *call_rows.STATEMENTS,
    *current_call.STATEMENTS,
    *open_matters.STATEMENTS,
    *person_rows.STATEMENTS,
    *person_search.STATEMENTS,
    *timeline.STATEMENTS,
]


def plan(connection: sa.Connection, sql: str) -> list[str]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("",) * sql.count("?"))
    return [row.detail for row in rows]


def scans(steps: list[str]) -> list[str]:
    """Steps that read a whole table; a subquery already cut short is none."""
    harmless = ("SCAN CONSTANT ROW", "SCAN anon_1")
    return [step for step in steps if step.startswith("SCAN") and step not in harmless]


@pytest.mark.parametrize("number", range(len(SHIPPED)))
def test_a_shipped_statement_scans_no_table(reading: sa.Connection, number: int) -> None:
    statement: Prepared = SHIPPED[number]
    assert scans(plan(reading, statement.sql(reading.dialect))) == []


def test_a_question_without_an_index_is_seen_as_a_scan(reading: sa.Connection) -> None:
    assert scans(plan(reading, "SELECT id FROM person WHERE used_name = ?"))


def test_the_call_of_an_extension_is_sought_among_the_newest(reading: sa.Connection) -> None:
    steps = plan(reading, current_call.STATEMENTS[0].sql(reading.dialect))
    assert any("contact_day" in step for step in steps)
