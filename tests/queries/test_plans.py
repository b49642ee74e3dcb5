"""No statement on the way to a ringing screen reads a whole table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.queries import (
    accesses,
    agent_states,
    call_rows,
    day,
    directory,
    doubles,
    earlier_calls,
    first_replies,
    held_contacts,
    house,
    journal_entries,
    linkable_calls,
    messages,
    morning,
    named_seats,
    notices,
    open_matters,
    person_accesses,
    person_export,
    person_rows,
    person_search,
    phone_acts,
    phone_calls,
    subjects,
    task_detail,
    tasks,
    teams,
    timeline,
    told_calls,
    trends,
    voicemails,
)
from app.store import (
    consents,
    desk_orders,
    erasure_register,
    horizon,
    journal,
    known_numbers,
    lifted,
    naming,
    opening,
    refusals,
    relatives,
    tables,
)
from app.store import doubles as kept_doubles
from app.store import voicemails as kept_voicemails
from app.store.engine import create_server_tables, open_database
from app.store.prepared import Prepared
from app.usecases import access, callers, cases, heard_elsewhere, numbers, queues, retention, seats
from app.usecases import commitments as write_commitments
from app.usecases import doubles as write_doubles
from app.usecases import messages as write_messages
from app.usecases import notices as write_notices

SHIPPED = [
    *held_contacts.STATEMENTS,
    *voicemails.STATEMENTS,
    *kept_voicemails.STATEMENTS,
    *accesses.STATEMENTS,
    *access.STATEMENTS,
    *lifted.STATEMENTS,
    *phone_calls.STATEMENTS,
    *teams.STATEMENTS,
    *agent_states.STATEMENTS,
    *call_rows.STATEMENTS,
    *linkable_calls.STATEMENTS,
    *earlier_calls.STATEMENTS,
    *callers.STATEMENTS,
    *cases.STATEMENTS,
    *consents.STATEMENTS,
    *doubles.STATEMENTS,
    *kept_doubles.STATEMENTS,
    *write_commitments.STATEMENTS,
    *write_doubles.STATEMENTS,
    *refusals.STATEMENTS,
    *relatives.STATEMENTS,
    *day.STATEMENTS,
    *directory.STATEMENTS,
    *heard_elsewhere.STATEMENTS,
    *numbers.STATEMENTS,
    *erasure_register.STATEMENTS,
    *first_replies.STATEMENTS,
    *horizon.STATEMENTS,
    *house.STATEMENTS,
    *journal_entries.STATEMENTS,
    *journal.STATEMENTS,
    *known_numbers.STATEMENTS,
    *opening.STATEMENTS,
    *messages.STATEMENTS,
    *morning.STATEMENTS,
    *named_seats.STATEMENTS,
    *naming.STATEMENTS,
    *desk_orders.STATEMENTS,
    *notices.STATEMENTS,
    *write_notices.STATEMENTS,
    *write_messages.STATEMENTS,
    *open_matters.STATEMENTS,
    *person_accesses.STATEMENTS,
    *person_export.STATEMENTS,
    *person_rows.STATEMENTS,
    *person_search.STATEMENTS,
    *phone_acts.STATEMENTS,
    *queues.STATEMENTS,
    *seats.STATEMENTS,
    *retention.STATEMENTS,
    *subjects.STATEMENTS,
    *task_detail.STATEMENTS,
    *tasks.STATEMENTS,
    *timeline.STATEMENTS,
    *told_calls.STATEMENTS,
    *trends.STATEMENTS,
]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[sa.Connection]:
    """SQLite, which tells its plan the same way whatever the rows."""
    engine = open_database(f"sqlite:///{tmp_path / 'plans.db'}")
    create_server_tables(engine)
    tables.metadata.create_all(engine, tables=list(tables.REPLICA))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def plan(connection: sa.Connection, sql: str) -> list[str]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("",) * sql.count("?"))
    return [row.detail for row in rows]


def scans(steps: list[str]) -> list[str]:
    """Steps that read a whole table; a subquery already cut short or a list that was given is none."""
    harmless = ("SCAN CONSTANT ROW", "SCAN anon_1", "SCAN forms", "SCAN page")
    whole = [step for step in steps if step.startswith("SCAN") and step not in harmless]
    return [step for step in whole if "VIRTUAL TABLE" not in step]


@pytest.mark.parametrize("number", range(len(SHIPPED)))
def test_a_shipped_statement_scans_no_table(small: sa.Connection, number: int) -> None:
    statement: Prepared = SHIPPED[number]
    assert scans(plan(small, statement.sql(small.dialect))) == []


def test_a_question_without_an_index_is_seen_as_a_scan(small: sa.Connection) -> None:
    assert scans(plan(small, "SELECT id FROM person WHERE used_name = ?"))


def test_the_call_of_an_extension_is_sought_among_the_newest(small: sa.Connection) -> None:
    steps = plan(small, call_rows.STATEMENTS[2].sql(small.dialect))
    assert any("contact_day" in step for step in steps)


@pytest.mark.parametrize("question", [timeline.STATEMENTS[3], *open_matters.STATEMENTS])
def test_who_was_merged_into_a_person_is_found_by_an_index(small: sa.Connection, question: Prepared) -> None:
    steps = plan(small, question.sql(small.dialect))
    assert any("person_same_as" in step for step in steps)


@pytest.mark.parametrize("question", horizon.STATEMENTS)
def test_who_leaves_a_scope_is_sought_from_the_person_even_without_figures(
    small: sa.Connection, question: Prepared
) -> None:
    steps = plan(small, question.sql(small.dialect))
    assert not [step for step in steps if step.endswith("(establishment=?)")]
    assert not [step for step in steps if "demand_service" in step or "contact_day" in step]


@pytest.mark.parametrize(
    ("question", "index"),
    list(zip(tasks.STATEMENTS[:3], ("commitment_due", "commitment_owner", "commitment_maker"), strict=True)),
)
def test_whose_promises_are_sought_by_who_counts_on_them_even_without_figures(
    small: sa.Connection, question: Prepared, index: str
) -> None:
    steps = plan(small, question.sql(small.dialect))
    assert any(f"INDEX {index} (" in step for step in steps)
