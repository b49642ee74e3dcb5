"""Whom something would be sent to, as the rule of sendings takes it: read in the transaction that sends."""

import sqlalchemy as sa

from app.domain.consent import Addressee, Choice, Preference, of_all
from app.domain.words import Protection
from app.queries.person_rows import ids_of
from app.store import tables
from app.store.bundles import rows_of_person
from app.store.consents import read_preferences, read_stops
from app.store.refusals import read_refusals


def read_addressee(
    connection: sa.Connection, establishment: str, person: str, *, number: str = ""
) -> Addressee | None:
    """The person under every id, with what the number itself refused; None of nobody known."""
    ids = ids_of(connection, establishment, person)
    rows = rows_of_person(connection, establishment, tables.person, ids[0])
    if not rows:
        return None
    marks = read_refusals(connection, establishment, number)
    of_number = [
        Preference(purpose=purpose, channel=channel, choice=Choice.REFUSED, said_at=tables.EPOCH)
        for channel, purpose in marks
        if purpose is not None
    ]
    said = [read_preferences(connection, establishment, each) for each in ids]
    stops = [stop for each in ids for stop in read_stops(connection, establishment, each)]
    return Addressee(
        birth_date=rows[0].birth_date,
        deceased_on=rows[0].deceased_on,
        protection=Protection(rows[0].protection),
        preferences=of_all((*said, of_number)),
        stops=frozenset(
            (
                *((stop[0], stop[1]) for stop in stops),
                *((number, channel) for channel, purpose in marks if purpose is None),
            )
        ),
    )
