"""Who sits where and in which state, team by team: read only while the house's dates allow it (rules R26)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

import msgspec
import sqlalchemy as sa

from app.domain.motives import plain
from app.store import tables
from app.store.naming import read_naming
from app.store.prepared import Prepared, Row, given


class NamedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's seat: `place` is the field of `Seats` that counts it, empty for who is offline.

    No name where several share the extension: nobody knows which of them is there.
    """

    team: str
    name: str
    extension: str
    place: str


class NamedTeam(msgspec.Struct, frozen=True, kw_only=True):
    """A service and its seats, by family name; never by what they do, nor for how long."""

    name: str
    seats: tuple[NamedSeat, ...]


class NamedTeams(msgspec.Struct, frozen=True, kw_only=True):
    """The teams by name, and the day of the CSE's opinion by which they may be shown."""

    consulted_on: date
    teams: tuple[NamedTeam, ...]


def named_teams(
    connection: sa.Connection, establishment: str, places: Mapping[str, str], *, today: date
) -> NamedTeams | None:
    """Who sits at these extensions, each with its place; None, and no name read, while a date is missing."""
    consulted_on = read_naming(connection, establishment).opinion(today)
    if consulted_on is None:
        return None
    rows = _NAMES.all(connection, establishment=establishment)
    seats = sorted(_seats([row for row in rows if row.extension in places], places), key=_order)
    teams = groupby(seats, key=lambda seat: seat.team)
    return NamedTeams(
        consulted_on=consulted_on,
        teams=tuple(NamedTeam(name=name, seats=tuple(seated)) for name, seated in teams),
    )


def _seats(rows: list[Row], places: Mapping[str, str]) -> Iterable[NamedSeat]:
    sharing = Counter(row.extension for row in rows)
    return {
        NamedSeat(
            team=row.team or "",
            name=row.name if sharing[row.extension] == 1 else "",
            extension=row.extension,
            place=places[row.extension],
        )
        for row in rows
    }


def _order(seat: NamedSeat) -> tuple[str, ...]:
    """By team, then by family name as the directory says it; a seat without a name comes last."""
    first, _, family = plain(seat.name).partition(" ")
    return plain(seat.team), seat.team, "" if seat.name else "~", family or first, first, seat.extension


_a, _s = tables.agent.c, tables.service.c
_NAMES = Prepared(
    sa.select(_a.name, _a.extension, _s.name.label("team"))
    .select_from(
        tables.agent.outerjoin(
            tables.service, sa.and_(_s.establishment == _a.establishment, _s.id == _a.service)
        )
    )
    .where(_a.establishment == given("establishment"))
)
STATEMENTS = (_NAMES,)
"""For the test that keeps them free of scans."""
