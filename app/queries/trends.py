"""What moves slowly on the supervision screen: the hours of the calls, and who came back."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.indicators import Share
from app.domain.repeats import Exchange, counted, is_followed, is_multicontact, subject_of
from app.domain.words import Channel, Direction
from app.queries.person_rows import pointers
from app.store import tables
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number

HOURS = range(8, 19)
WEEKDAYS = range(6)
WEEKS = 4
DAY, THREE_DAYS, WEEK = timedelta(days=1), timedelta(days=3), timedelta(days=7)
_MOST_ROWS = 4
Threads: TypeAlias = list[list[Exchange]]


class MotiveRecontact(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts of one motive in the cohort, and how many were followed; `change` is of the 7 days' share."""

    motive: str
    day: Share
    three_days: Share
    week: Share
    change: float | None = None


class ChannelRecontact(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts that came first by one channel."""

    channel: Channel
    week: Share
    multicontact: Share


class Trends(msgspec.Struct, frozen=True, kw_only=True):
    """`peaks` is the mean count of calls by (weekday from Monday, hour); the cohort is a whole week."""

    peaks: dict[tuple[int, int], int]
    first: date
    last: date
    week: Share
    by_motive: tuple[MotiveRecontact, ...] = ()
    by_channel: tuple[ChannelRecontact, ...] = ()


def trends(connection: sa.Connection, establishment: str, *, now: datetime) -> Trends:
    """The four last whole weeks' hours, and the last week whose seven days of waiting are over."""
    midnight = read_midnight(connection, establishment, now)
    # A week before a midnight is one by the same clock, whatever the clock did meanwhile.
    monday = midnight - timedelta(days=midnight.weekday())
    first, before = monday - 2 * WEEK, monday - 3 * WEEK
    threads = _threads(connection, establishment, before - WEEK, first + 2 * WEEK)
    cohort, previous = _in_week(threads, first), _in_week(threads, before)
    return Trends(
        peaks=_peaks(connection, establishment, monday),
        first=first.date(),
        last=(first + timedelta(days=6)).date(),
        week=_share([pair for pairs in cohort.values() for pair in pairs], WEEK),
        by_motive=_by_motive(cohort, previous),
        by_channel=_by_channel(threads, first),
    )


_Pair: TypeAlias = tuple[Exchange, list[Exchange]]


def _peaks(connection: sa.Connection, establishment: str, monday: datetime) -> dict[tuple[int, int], int]:
    since = monday - WEEKS * WEEK
    found = Counter[tuple[int, int]]()
    for row in _CALLS.all(connection, establishment=establishment, since=since, until=monday):
        at = row.at.astimezone(monday.tzinfo)
        found[at.weekday(), at.hour] += 1
    return {(day, hour): round(found[day, hour] / WEEKS) for day in WEEKDAYS for hour in HOURS}


def _threads(connection: sa.Connection, establishment: str, since: datetime, until: datetime) -> Threads:
    """The exchanges of each human about one thing."""
    kept = pointers(connection, establishment)
    found: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for row in _EXCHANGES.all(connection, establishment=establishment, since=since, until=until):
        one = _exchange(row)
        subject = subject_of(one)
        if subject is not None:
            found[kept.get(row.person) or row.person, subject].append(one)
    return list(found.values())


def _exchange(row: Row) -> Exchange:
    return Exchange(
        at=row.at,
        channel=Channel(row.channel),
        direction=Direction(row.direction),
        case=row.case_id,
        motive=row.motive,
        outcome=row.outcome,
    )


def _in_week(threads: Threads, first: datetime) -> dict[str, list[_Pair]]:
    """The counted contacts of one week by their motive, each with all those of its thread."""
    last = first + WEEK
    found: dict[str, list[_Pair]] = defaultdict(list)
    for thread in threads:
        kept = counted(thread)
        for one in kept:
            if first <= one.at < last:
                found[one.motive].append((one, kept))
    return found


def _share(pairs: Iterable[_Pair], within: timedelta) -> Share:
    followed = [is_followed(one, kept, within=within) for one, kept in pairs]
    return Share(sum(followed), len(followed))


def _by_motive(
    cohort: dict[str, list[_Pair]], previous: dict[str, list[_Pair]]
) -> tuple[MotiveRecontact, ...]:
    common = sorted(filter(None, cohort), key=lambda motive: -len(cohort[motive]))[:_MOST_ROWS]
    rows = [_motive(motive, cohort[motive], previous.get(motive, [])) for motive in common]
    return tuple(sorted(rows, key=lambda row: -(row.week.value or 0)))


def _motive(motive: str, pairs: list[_Pair], previous: list[_Pair]) -> MotiveRecontact:
    week, before = _share(pairs, WEEK), _share(previous, WEEK)
    has_both = week.value is not None and before.value is not None
    return MotiveRecontact(
        motive=motive,
        day=_share(pairs, DAY),
        three_days=_share(pairs, THREE_DAYS),
        week=week,
        change=(week.value or 0) - (before.value or 0) if has_both else None,
    )


def _by_channel(threads: Threads, first: datetime) -> tuple[ChannelRecontact, ...]:
    last = first + WEEK
    kept = [(counted(thread), thread) for thread in threads]
    begun = [(one, thread) for one, thread in kept if one and first <= one[0].at < last]
    pairs = [(one, chain) for chain, _ in kept for one in chain if first <= one.at < last]
    shown = Counter(one.channel for one, _ in pairs).most_common(_MOST_ROWS)
    return tuple(
        ChannelRecontact(
            channel=channel,
            week=_share([pair for pair in pairs if pair[0].channel is channel], WEEK),
            multicontact=_part(
                [thread for chain, thread in begun if chain[0].channel is channel], is_multicontact
            ),
        )
        for channel, _ in shown
    )


def _part(threads: Threads, rule: Callable[[list[Exchange]], bool]) -> Share:
    return Share(sum(map(rule, threads)), len(threads))


_c = tables.contact.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_PERIOD = (
    _c.establishment == given("establishment"),
    _at >= given_number("since"),
    _at < given_number("until"),
)
_CALLS = Prepared(
    sa.select(_c.at).where(
        *_PERIOD, _c.channel == constant(Channel.PHONE), _c.direction == constant(Direction.INBOUND)
    )
)
_EXCHANGES = Prepared(
    sa.select(_c.person, _c.at, _c.channel, _c.direction, _c.case_id, _c.motive, _c.outcome).where(
        *_PERIOD, _c.person.is_not(None)
    )
)
STATEMENTS = (_CALLS, _EXCHANGES)
"""For the test that keeps them free of scans."""
