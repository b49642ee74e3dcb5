"""The fictitious hospital, batch by batch, and its laying into an empty database."""

import random
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from app.demo.calendar import Calendar
from app.demo.call_backs import write_call_backs
from app.demo.directory import write_directory
from app.demo.house import DEMO_AGENTS, HOURS, NAME, NAMING, QUEUES, SHORT_NAME, SITE, service_names, slug
from app.demo.lives import Lives
from app.demo.named_persons import write_named_persons
from app.demo.notices import write_notices
from app.demo.people import household
from app.demo.sheet import Row, Sheet
from app.store import tables
from app.store.person_forms import form_rows

Batch: TypeAlias = dict[sa.Table, list[Row]]

PERSONS_A_BATCH = 2_000
_FILLED = (*tables.SHARED, tables.person_scope, tables.relative_name)
_CONTACTS_A_DEMAND = 2.7


def batches(
    *, establishment: str, seed: int, anchor: datetime, persons: int = 2_000, contacts_per_person: float = 10
) -> Iterator[Batch]:
    """Rows by table as they are stored (times in microseconds), some thousand persons at a time.

    The same seed and anchor give the same rows; memory does not grow with `persons`.
    """
    sheet = Sheet(establishment)
    calendar = Calendar(anchor)
    _write_house(sheet)
    write_named_persons(sheet, calendar)
    write_directory(sheet, calendar)
    write_call_backs(sheet, calendar)
    write_notices(sheet, calendar)
    yield _finished(sheet)
    tag = zlib.crc32(f"{seed}".encode()) & 0xFFFFFF
    lives = Lives(sheet, calendar, tag=tag)
    first = households = 0
    while first < persons:
        rng = random.Random(f"{seed}:{first}")
        lives.begin(first // PERSONS_A_BATCH)
        end = min(first + PERSONS_A_BATCH, persons)
        while first < end:
            for resident in household(rng, sheet, calendar, tag=tag, rank=households, first=first):
                lives.live(rng, resident, demands=_demands(rng, contacts_per_person))
                first += 1
            households += 1
        yield _in_time_order(_finished(sheet))


def load(
    engine: sa.Engine,
    establishment: str,
    *,
    seed: int,
    anchor: datetime,
    persons: int = 2_000,
    contacts_per_person: float = 10,
) -> int:
    """Lay the hospital into the server's empty tables; how many rows were written.

    The indexes are set aside meanwhile: made once at the end they cost a third.
    """
    written = 0
    indexes = [index for table in _FILLED for index in table.indexes]
    with engine.connect() as connection:
        _in_bulk(connection)
        for index in indexes:
            index.drop(connection, checkfirst=True)
        connection.commit()
        for batch in batches(
            establishment=establishment,
            seed=seed,
            anchor=anchor,
            persons=persons,
            contacts_per_person=contacts_per_person,
        ):
            written += _lay(connection, batch)
        for index in indexes:
            index.create(connection, checkfirst=True)
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
        connection.invalidate()
    return written


def _in_bulk(connection: sa.Connection) -> None:
    """SQLite's own settings for one connection, which is thrown away afterwards."""
    if connection.dialect.name == "sqlite":
        connection.commit()
        raw = connection.connection.cursor()
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-64000")
        raw.close()


def _lay(connection: sa.Connection, batch: Batch) -> int:
    for table, rows in batch.items():
        _insert(connection, table, rows)
    connection.commit()
    return sum(map(len, batch.values()))


def _write_house(sheet: Sheet) -> None:
    for name in service_names():
        service = slug(name)
        hours = HOURS.get(service, "")
        sheet.add(tables.service, id=service, name=name, short_name=name, site=SITE, hours=hours)
    for queue in QUEUES:
        sheet.add(tables.queue, id=queue.id, name=queue.name, service=queue.service)
    for agent in DEMO_AGENTS:
        sheet.add(
            tables.agent, id=agent.login, name=agent.name, service=agent.service, extension=agent.extension
        )
    sheet.add(tables.naming, **NAMING)
    for name, value in (("name", NAME), ("short_name", SHORT_NAME)):
        sheet.add(tables.house_fact, name=name, value=value)


def _demands(rng: random.Random, contacts_per_person: float) -> int:
    mean = contacts_per_person / _CONTACTS_A_DEMAND
    return int(mean * (0.4 + 1.2 * rng.random()) + rng.random())


def _finished(sheet: Sheet) -> Batch:
    """The batch, with what its persons are sought by."""
    for person in sheet.rows[tables.person]:
        for form in form_rows(person):
            sheet.add(tables.person_form, **form)
    return sheet.take()


def _in_time_order(batch: Batch) -> Batch:
    """Contacts as they would have come: those of one person are not neighbours on the disk."""
    batch.get(tables.contact, []).sort(key=_at)
    return batch


def _at(row: Row) -> int:
    at: int = row["at"]
    return at


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    values = [tuple(row.values()) for row in rows]
    if not values:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, values)
    else:
        statement = str(sa.insert(table).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, values)


def _copy(connection: sa.Connection, table: sa.Table, values: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)
