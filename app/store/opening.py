"""Where the establishment stands and when its services are open, as rows keep it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.domain.consent import LegalForm
from app.domain.facts import NoticePublished, NoticeWithdrawn, OpeningHoursSet, PlaceSet
from app.domain.holidays import Region
from app.domain.indicators import day_start
from app.domain.opening import Opening, Place
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.rows import Rows


def place_of(row: Any | None) -> Place:
    """The establishment's place; Paris until one is set."""
    return Place() if row is None or not row.zone else Place(zone=row.zone, region=Region(row.region))


def read_place(connection: sa.Connection, establishment: str) -> Place:
    """Where the establishment stands."""
    return place_of(_PLACE.first(connection, establishment=establishment))


def legal_form_of(row: Any | None) -> LegalForm:
    """What the establishment is in law; public until it is set."""
    return LegalForm.PUBLIC if row is None or not row.legal_form else LegalForm(row.legal_form)


def read_legal_form(connection: sa.Connection, establishment: str) -> LegalForm:
    """What the establishment is in law."""
    return legal_form_of(_PLACE.first(connection, establishment=establishment))


def read_midnight(connection: sa.Connection, establishment: str, now: datetime) -> datetime:
    """When the establishment's day began."""
    return day_start(now, zone=read_place(connection, establishment).clock)


def read_openings(connection: sa.Connection, establishment: str) -> dict[str, Opening]:
    """When each service is open, by its id; without hours it never closes."""
    place = read_place(connection, establishment)
    rows = _SERVICES.all(connection, establishment=establishment)
    return {row.id: Opening(hours=row.hours, place=place) for row in rows}


def follow_house(rows: Rows, fact: PlaceSet | OpeningHoursSet | NoticePublished | NoticeWithdrawn) -> None:
    """Set the rows that one fact of the house is about."""
    match fact:
        case PlaceSet():
            rows.put(tables.place, zone=fact.zone, region=fact.region)
        case OpeningHoursSet():
            table, key = (tables.queue, fact.queue) if fact.queue else (tables.service, fact.service)
            rows.change(table, {"id": key}, hours=fact.hours)
        case NoticePublished():
            rows.put(
                tables.service_notice,
                id=fact.notice,
                service=fact.service,
                topic=fact.topic,
                title=fact.title,
                text=fact.text,
                by=fact.by,
                published_at=fact.published_at,
                ends_at=fact.ends_at,
            )
        case NoticeWithdrawn():
            rows.remove(tables.service_notice, id=fact.notice)


_PLACE = Prepared(sa.select(tables.place).where(tables.place.c.establishment == given("establishment")))
_SERVICES = Prepared(
    sa.select(tables.service.c.id, tables.service.c.hours).where(
        tables.service.c.establishment == given("establishment")
    )
)
STATEMENTS = (_PLACE, _SERVICES)
"""For the test that keeps them free of scans."""
