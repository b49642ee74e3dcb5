"""What the evening and the night left a desk, one line per caller (« Liste du matin », rules R30)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.motives import emergencies
from app.domain.opening import Opening
from app.domain.reached import is_reached
from app.domain.words import Channel, Direction
from app.queries.contact_rows import WRITTEN, newness
from app.queries.kept_persons import IS_NOBODY_OR_SHOWN, person_of, with_person
from app.queries.person_rows import person_kept, persons_at, read_persons
from app.store import tables
from app.store.columns import MICROSECOND
from app.store.opening import read_midnight, read_openings
from app.store.prepared import Prepared, Row, constant, given, given_number, in_slots, slots

CLOSED_AT_MOST = 10
"""Days, holidays included, for which a closed service is looked back."""
Night: TypeAlias = tuple[datetime, datetime]
"""From the closing of a service to its next opening, or to now."""


class LeftCaller(msgspec.Struct, frozen=True, kw_only=True):
    """One caller; `contact` is the newest left, the rest counts what was left. No `number`, no call back.

    Named by who was identified; else `possible` persons have the number, named when there is one. `spoken` is
    the newest contact whose voicemail can be played, which `lasts` so long. `is_followed`
    where another service saw since to all that was left.
    """

    contact: str
    at: datetime
    number: str = ""
    birth_name: str = ""
    first_given_name: str = ""
    calls: int = 0
    voicemails: int = 0
    messages: int = 0
    possible: int = 0
    spoken: str = ""
    lasts: timedelta = timedelta()
    is_emergency: bool = False
    is_followed: bool = False

    @property
    def is_only_abandoned(self) -> bool:
        """Nothing was said: to have called back once is enough."""
        return not (self.voicemails or self.messages)


def read_morning(
    connection: sa.Connection, establishment: str, *, services: Collection[str], now: datetime
) -> tuple[LeftCaller, ...]:
    """Whom nobody reached or qualified since, emergencies first, then the longest there (never R5's)."""
    openings = read_openings(connection, establishment)
    nights = {one: night for one in services if (night := _night(openings.get(one, Opening()), now))}
    if not nights:
        return ()
    begun = min(since for since, _ in nights.values())
    known = {"establishment": establishment, "since": begun}
    rows = [row for part in in_slots(sorted(nights)) for row in _LEFT.all(connection, **known, **part)]
    left = _by_caller(row for row in rows if nights[row.service][0] <= row.at < nights[row.service][1])
    by_number = _rows_by(connection, _SINCE, known, map(_number, left))
    by_person = _rows_by(connection, _SINCE_OF, known, map(_person, left))
    waiting: list[tuple[LeftCaller, list[Row]]] = []
    for held in left:
        of_number, of_person = by_number.get(_number(held), []), by_person.get(_person(held), [])
        caller = _caller(held, [*of_number, *of_person], begun)
        # An emergency heard elsewhere is a reason to look at what they left here, not to let it go.
        reached = (row for row in of_person if row.motive not in emergencies())
        if not (_is_settled(caller, [*of_number, *reached]) or _is_let_go(caller)):
            waiting.append((caller, held))
    named = _with_candidates(connection, establishment, waiting, now)
    return tuple(sorted(named, key=lambda one: (not one.is_emergency, one.at, one.contact)))


def _rows_by(
    connection: sa.Connection, statement: Prepared, known: dict[str, Any], keys: Iterable[str]
) -> dict[str, list[Row]]:
    """What was exchanged since with each key; nothing with the empty one, which is of whoever hid theirs."""
    found: dict[str, list[Row]] = {}
    for part in in_slots(sorted(filter(None, keys))):
        for row in statement.all(connection, **known, **part):
            found.setdefault(row.key, []).append(row)
    found.pop("", None)
    return found


def begins_at(
    connection: sa.Connection, establishment: str, *, services: Collection[str], now: datetime
) -> datetime:
    """Since when the calls of nobody known matter to a desk: midnight, or its last closing before."""
    openings = read_openings(connection, establishment)
    nights = (_night(openings.get(service, Opening()), now) for service in services)
    closed = [since for since, _ in filter(None, nights)]
    return min((read_midnight(connection, establishment, now), *closed))


def _with_candidates(
    connection: sa.Connection,
    establishment: str,
    waiting: Sequence[tuple[LeftCaller, list[Row]]],
    now: datetime,
) -> list[LeftCaller]:
    """Those whom nobody identified, with the visible persons who may have called (rules R2)."""
    asked = {one.contact: _candidates(connection, establishment, held) for one, held in waiting}
    wanted = sorted({person for ids in asked.values() for person in ids})
    found = {row.id: row for row in read_persons(connection, establishment, wanted, now=now)}
    # Who was merged since is read under the id kept, who is invisible under none.
    kept = {one: one if one in found else person_kept(connection, establishment, one) for one in wanted}
    ids = {contact: dict.fromkeys(kept[each] for each in told) for contact, told in asked.items()}
    return [_possible(one, [found[id_] for id_ in ids[one.contact] if id_ in found]) for one, _ in waiting]


def _candidates(connection: sa.Connection, establishment: str, held: list[Row]) -> Sequence[str]:
    """As the server found them when the number called, else as the numbers are known here."""
    if any(row.person for row in held):
        return ()
    told = dict.fromkeys(person for row in held for person in row.candidates.split())
    return tuple(told) or persons_at(connection, establishment, _number(held))


def _possible(caller: LeftCaller, persons: list[Row]) -> LeftCaller:
    if len(persons) != 1:
        return msgspec.structs.replace(caller, possible=len(persons))
    (one,) = persons
    return msgspec.structs.replace(
        caller, possible=1, birth_name=one.birth_name, first_given_name=one.first_given_name
    )


def _night(opening: Opening, now: datetime) -> Night | None:
    """None of a service that never closes."""
    today = now.astimezone(opening.place.clock).date()
    for back in range(1, CLOSED_AT_MOST + 1):
        worked = opening.spans(today - timedelta(days=back)) if opening.has_hours else ()
        if worked:
            opens = (first for first, _ in opening.spans(today))
            return worked[-1][1], min((now, *opens))
    return None


def _by_caller(rows: Iterable[Row]) -> list[list[Row]]:
    """Oldest first; who wrote without a number is the caller whom a number was linked to."""
    kept = sorted(rows, key=newness)
    numbers = {row.person: row.number for row in kept if row.person and row.number}
    held: dict[str, list[Row]] = {}
    for row in kept:
        caller = row.number or numbers.get(row.person) or row.person or row.id
        held.setdefault(caller, []).append(row)
    return list(held.values())


def _number(held: list[Row]) -> str:
    return next((row.number for row in held if row.number), "")


def _person(held: list[Row]) -> str:
    """Whose call or message all of it is; empty where another may have called too."""
    persons = {row.person or "" for row in held}
    return persons.pop() if len(persons) == 1 else ""


def _caller(held: list[Row], since: list[Row], begun: datetime) -> LeftCaller:
    named = next((row for row in reversed(held) if row.birth_name), None)
    spoke = sum(row.channel == Channel.VOICEMAIL or row.voicemail_at is not None for row in held)
    wrote = sum(row.channel in WRITTEN for row in held)
    heard = next((row for row in reversed(held) if row.voicemail_us is not None), None)
    return LeftCaller(
        contact=held[-1].id,
        at=held[-1].at,
        number=_number(held),
        birth_name=named.birth_name if named else "",
        first_given_name=named.first_given_name if named else "",
        calls=len(held) - spoke - wrote,
        voicemails=spoke,
        messages=wrote,
        spoken=heard.id if heard else "",
        lasts=heard.voicemail_us * MICROSECOND if heard else timedelta(),
        is_emergency=any(row.motive in emergencies() for row in (*held, *since))
        or any(row.emergency_at is not None and row.emergency_at >= begun for row in held),
        is_followed=all(row.followed_at is not None for row in held),
    )


def _is_let_go(caller: LeftCaller) -> bool:
    """Another service saw to the caller since; an emergency is not let go on its word alone."""
    return caller.is_followed and not caller.is_emergency


def _is_settled(caller: LeftCaller, since: list[Row]) -> bool:
    """Spoken with or qualified after what was left, or called back once where nothing was said."""
    later = [row for row in since if row.at > caller.at]
    return any(is_reached(row, was_only_abandoned=caller.is_only_abandoned) for row in later)


_c, _p = tables.contact.c, tables.person.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_LEFT = Prepared(
    sa.select(
        _c.id,
        _c.at,
        _c.channel,
        _c.service,
        _c.number,
        person_of(_c.person),
        _c.motive,
        _c.voicemail_at,
        _c.voicemail_us,
        _c.emergency_at,
        _c.followed_at,
        _c.candidates,
        _p.birth_name,
        _p.first_given_name,
    )
    .select_from(with_person(tables.contact, _c.person))
    .where(
        _c.establishment == given("establishment"),
        _c.service.in_(slots()),
        _at >= given_number("since"),
        _c.direction == constant(Direction.INBOUND),
        _c.outcome == constant(""),
        _c.channel.in_([constant(one) for one in sorted({*WRITTEN, Channel.PHONE, Channel.VOICEMAIL})]),
        _c.answered_at.is_(None),
        sa.or_(_c.channel != constant(Channel.PHONE), _c.ended_at.is_not(None)),
        IS_NOBODY_OR_SHOWN,
    )
)
_EXCHANGED = (_c.at, _c.direction, _c.answered_at, _c.motive, _c.outcome)
_SINCE = Prepared(
    sa.select(_c.number.label("key"), *_EXCHANGED).where(
        _c.establishment == given("establishment"),
        _c.number.in_(slots()),
        _at >= given_number("since"),
    )
)
_line = tables.timeline.c
_SINCE_OF = Prepared(
    sa.select(sa.func.coalesce(_p.same_as, _p.id).label("key"), *_EXCHANGED)
    .select_from(
        tables.person.join(
            tables.timeline, sa.and_(_line.establishment == _p.establishment, _line.person == _p.id)
        ).join(tables.contact, sa.and_(_c.establishment == _p.establishment, _c.id == _line.contact))
    )
    .where(
        _p.establishment == given("establishment"),
        sa.or_(_p.id.in_(slots()), _p.same_as.in_(slots())),
        sa.type_coerce(_line.at, sa.BigInteger) >= given_number("since"),
    )
)
"""Under every id of a human, by whatever number."""
STATEMENTS = (_LEFT, _SINCE, _SINCE_OF)
"""For the test that keeps them free of scans."""
