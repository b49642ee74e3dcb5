"""Lets go, each night, of what is past its time: the rules of R22, by commands so that every desk hears."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from app.dispatch import Settled
from app.domain.commands import AnyCommand, CommandEnvelope
from app.domain.ids import derived_id
from app.domain.night import day_due
from app.domain.retention import Kept, rule_of
from app.domain.rights_commands import ForgetCall, ForgetReads, ReviewRetention
from app.ports import Clock
from app.store import held
from app.store.due_work import note_done_for, read_done_for
from app.store.engine import writing
from app.store.opening import read_place
from app.store.prepared import Row
from app.store.tables import access_log, journal, journal_address, kept_message
from app.usecases.retention import CALLS, MERGED, PERSONS, is_past, last_business, last_forgotten

AUTHOR = "job:retention"
PAGE = 200
Ask = Callable[[Sequence[CommandEnvelope]], Sequence[Settled]]
"""Runs commands, on disk when it returns."""
Found = tuple[Kept, list[tuple[str, AnyCommand]]]


class Retention:
    """What is past its time in one establishment: found by pages, counted, or let go of."""

    def __init__(
        self,
        engine: sa.Engine,
        establishment: str,
        ask: Ask,
        *,
        clock: Clock,
        exports: Path,
        page: int = PAGE,
    ) -> None:
        self._engine = engine
        self._establishment = establishment
        self._ask = ask
        self._clock = clock
        self._exports = exports
        self._page = page

    def __call__(self) -> Iterator[int]:
        """Once a night, a page at a time; a new establishment waits for its first night."""
        day, done_for = self._day_due(), read_done_for(self._engine, self._establishment, AUTHOR)
        if done_for is not None and done_for < day:
            for _, count in self.sweep():
                yield count
        if done_for is None or done_for < day:
            note_done_for(self._engine, self._establishment, AUTHOR, day)

    def sweep(self) -> Iterator[tuple[Kept, int]]:
        """Let go of all that is due now; tells of what kind and how many after each page."""
        for kept, due in self._due():
            settled = self._ask([self._envelope(name, body) for name, body in due])
            yield kept, sum(one.is_new and one.is_done for one in settled)
        addresses = self._count_addresses()
        yield from self._sweep_reads()
        yield Kept.ADDRESSES, addresses - self._count_addresses()
        yield Kept.EXPORTS, self._sweep_exports()
        yield Kept.POSTED, self._sweep_posted()
        with writing(self._engine) as connection:
            let_go = held.let_go_of_run(connection, self._establishment)
        yield Kept.HELD, let_go

    def count(self) -> dict[Kept, int]:
        """How many of each kind are due now, without touching anything."""
        counted = dict.fromkeys(Kept, 0)
        for kept, due in self._due():
            counted[kept] += len(due)
        counted[Kept.READS] = self._count(access_log, Kept.READS)
        counted[Kept.ADDRESSES] = self._count_addresses()
        counted[Kept.POSTED] = self._count(kept_message, Kept.POSTED)
        counted[Kept.EXPORTS] = len(self._old_exports())
        with self._engine.connect() as connection:
            counted[Kept.HELD] = held.count_run(connection, self._establishment)
        return counted

    def _count(self, table: sa.Table, kept: Kept) -> int:
        past = sa.select(sa.func.count()).where(*self._old(table, kept))
        with self._engine.connect() as connection:
            return connection.execute(past).scalar_one()

    def _count_addresses(self) -> int:
        is_of = sa.and_(
            journal_address.c.establishment == journal.c.establishment,
            journal_address.c.position == journal.c.position,
        )
        past = sa.select(sa.func.count()).select_from(journal_address.join(journal, is_of))
        with self._engine.connect() as connection:
            return connection.execute(past.where(*self._old(journal, Kept.ADDRESSES))).scalar_one()

    def _old(self, table: sa.Table, kept: Kept) -> tuple[sa.ColumnElement[bool], ...]:
        return table.c.establishment == self._establishment, table.c.at <= self._limit(kept)

    def _day_due(self) -> date:
        with self._engine.connect() as connection:
            return day_due(self._clock.now(), zone=read_place(connection, self._establishment).clock)

    def _limit(self, kept: Kept) -> datetime:
        return rule_of(kept).limit(self._clock.now())

    def _envelope(self, name: str, body: AnyCommand) -> CommandEnvelope:
        now = self._clock.now()
        identifier = derived_id(AUTHOR, self._establishment, name, now.isoformat())
        return CommandEnvelope(id=identifier, made_at=now, author=AUTHOR, body=body)

    def _due(self) -> Iterator[Found]:
        """Calls of nobody, then persons, a page at a time."""
        yield from self._due_calls()
        yield from self._due_persons()

    def _due_calls(self) -> Iterator[Found]:
        whole, after = self._limit(Kept.CALLS), (datetime(1970, 1, 1, tzinfo=UTC), "")
        while rows := self._calls(*after):
            for kept, is_whole in ((Kept.CALLS, True), (Kept.NUMBERS, False)):
                due = [
                    row for row in rows if (row.at <= whole) is is_whole and (is_whole or _has_number(row))
                ]
                yield kept, [(row.id, ForgetCall(contact=row.id)) for row in due]
            after = rows[-1].at, rows[-1].id

    def _calls(self, after: datetime, after_id: str) -> list[Row]:
        bound = {
            "after": after,
            "after_id": after_id,
            "before": self._limit(Kept.NUMBERS),
            "most": self._page,
        }
        with self._engine.connect() as connection:
            return CALLS.all(connection, establishment=self._establishment, **bound)

    def _due_persons(self) -> Iterator[Found]:
        after: str | None = ""
        while after is not None:
            rows = self._persons(after)
            for kept, is_provisional in ((Kept.PROVISIONAL, True), (Kept.PERSONS, False)):
                due = [row for row in rows.due if (row.identity_status == "provisional") is is_provisional]
                yield kept, [(row.id, ReviewRetention(person=row.id)) for row in due]
            after = rows.last

    def _persons(self, after: str) -> "_Persons":
        now, bound = self._clock.now(), {"establishment": self._establishment}
        with self._engine.connect() as connection:
            rows = PERSONS.all(connection, **bound, after=after, most=self._page)
            due = [
                row
                for row in rows
                if is_past([last_business(row)], row.identity_status, now)
                and is_past(
                    [last_business(one) for one in (row, *MERGED.all(connection, **bound, person=row.id))],
                    row.identity_status,
                    now,
                )
            ]
        return _Persons(due, rows[-1].id if len(rows) == self._page else None)

    def _sweep_reads(self) -> Iterator[tuple[Kept, int]]:
        """Until a command finds nothing more to declare."""
        before = self._reads_forgotten()
        while True:
            self._ask([self._envelope(f"reads {before}", ForgetReads())])
            after = self._reads_forgotten()
            if after == before:
                return
            yield Kept.READS, after[0] - before[0]
            before = after

    def _reads_forgotten(self) -> tuple[int, int, int]:
        with self._engine.connect() as connection:
            fact = last_forgotten(connection, self._establishment)
        return (0, 0, 0) if fact is None else (fact.last, fact.seen, len(fact.glasses))

    def _old_exports(self) -> list[Path]:
        limit = self._limit(Kept.EXPORTS).timestamp()
        return [each for each in self._exports.glob("export-*.*") if each.stat().st_mtime <= limit]

    def _sweep_exports(self) -> int:
        old = self._old_exports()
        for each in old:
            each.unlink(missing_ok=True)
        return len(old)

    def _sweep_posted(self) -> int:
        with writing(self._engine) as connection:
            gone = sa.delete(kept_message).where(*self._old(kept_message, Kept.POSTED))
            return connection.execute(gone).rowcount


class _Persons:
    """A page of persons: whom to forget, and after whom to go on."""

    def __init__(self, due: list[Row], last: str | None) -> None:
        self.due = due
        self.last = last


def _has_number(row: Row) -> bool:
    return bool(row.number or row.number_raw)
