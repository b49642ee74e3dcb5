"""A desk's whole scope at one moment, for a replica that begins or can't resume."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.store import journal, tables
from app.store.bundles import Bundle, Row, raw_rows
from app.store.reading import one_moment, read_house, read_house_words, read_protected, read_scope
from sync.protocol.messages import Snapshot, cursor_of
from sync.server.feed.desk import Desk
from sync.server.feed.entries import candidates_in, without_candidates, without_hidden


def encode_snapshot(engine: sa.Engine, establishment: str, desk: Desk, *, since: datetime) -> bytes:
    """The snapshot as JSON; its calls are those without a person that arrived after `since`."""
    with one_moment(engine) as connection:
        head = journal.head(connection, establishment).position
        calls = _calls(connection, establishment, desk, since)
        bundles = read_scope(connection, establishment, desk.services, as_of=head)
        if desk.is_unaware:
            calls, bundles = _hide(connection, establishment, calls, bundles)
        snapshot = Snapshot(
            cursor=cursor_of(read_house_words(connection, establishment)["epoch"], head),
            house=read_house(connection, establishment),
            calls=calls,
            bundles=bundles,
        )
    return msgspec.json.encode(snapshot)


def _calls(connection: sa.Connection, establishment: str, desk: Desk, since: datetime) -> list[Row]:
    call = tables.contact.c
    found = sa.select(tables.contact).where(
        call.establishment == establishment,
        call.at >= since,
        call.person.is_(None),
        sa.or_(
            call.service.in_(sorted(desk.services)),
            sa.and_(call.extension == desk.extension, call.extension != ""),
        ),
    )
    return raw_rows(connection, found)


def _hide(
    connection: sa.Connection, establishment: str, calls: list[Row], bundles: list[Bundle]
) -> tuple[list[Row], list[Bundle]]:
    """Leave out the persons who do not exist for this desk (rules R5)."""
    named = {bundle.person for bundle in bundles}
    named = named.union(*(candidates_in(bundle) for bundle in bundles))
    named = named.union(*(row.get("candidates", "").split() for row in calls))
    hidden: frozenset[str] = frozenset()
    for some in _slices(sorted(named)):
        hidden |= read_protected(connection, establishment, some)
    return (
        [without_hidden(row, hidden) if "candidates" in row else row for row in calls],
        [without_candidates(bundle, hidden) for bundle in bundles if bundle.person not in hidden],
    )


def _slices(persons: list[str]) -> list[list[str]]:
    return [persons[first : first + 500] for first in range(0, len(persons), 500)]
