"""Lets persons leave and enter each service's scope as time passes (rules R24)."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

import sqlalchemy as sa

from app.domain.commands import CommandEnvelope, ReviewScope
from app.domain.ids import derived_id
from app.domain.night import day_due
from app.ports import Clock
from app.store.due_work import note_done_for, read_done_for
from app.store.horizon import read_coming, read_scope_page
from app.store.opening import read_place
from app.store.reading import read_services
from sync.server.feed.intake import Intake

AUTHOR = "job:scopes"
PAGE = 500


class Scopes:
    """Each night, every person whom a service holds, then those whose appointment came near.

    What is found is asked as a command, which decides again under the lock: somebody may call meanwhile.
    """

    def __init__(
        self, engine: sa.Engine, establishment: str, intake: Intake, *, clock: Clock, page: int = PAGE
    ) -> None:
        self._page = page
        self._engine = engine
        self._establishment = establishment
        self._intake = intake
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """A page at a time; a new establishment's scopes are as they must be, and wait for the night."""
        now = self._clock.now()
        day, done_for = self._day_due(now), read_done_for(self._engine, self._establishment, AUTHOR)
        if done_for is not None and done_for < day:
            for service in self._services():
                yield from self._review(service, day, self._over, now)
                yield from self._review(service, day, self._coming, now)
        if done_for is None or done_for < day:
            note_done_for(self._engine, self._establishment, AUTHOR, day)

    def _day_due(self, now: datetime) -> date:
        with self._engine.connect() as connection:
            return day_due(now, zone=read_place(connection, self._establishment).clock)

    def _services(self) -> list[str]:
        with self._engine.connect() as connection:
            return read_services(connection, self._establishment)

    def _review(self, service: str, day: date, find: "Find", now: datetime) -> Iterator[int]:
        after: str | None = ""
        while after is not None:
            after, found = find(service, after, now)
            yield self._ask(found, service, day) if found else 0

    def _over(self, service: str, after: str, now: datetime) -> "Found":
        with self._engine.connect() as connection:
            page = read_scope_page(
                connection, self._establishment, service, after=after, most=self._page, now=now
            )
        return page.seen[-1] if len(page.seen) == self._page else None, page.over

    def _coming(self, service: str, after: str, now: datetime) -> "Found":
        with self._engine.connect() as connection:
            found = read_coming(
                connection, self._establishment, service, after=after, most=self._page, now=now
            )
        return found[-1] if len(found) == self._page else None, found

    def _ask(self, persons: Collection[str], service: str, day: date) -> int:
        now = self._clock.now()
        envelopes = [
            CommandEnvelope(
                id=derived_id(AUTHOR, self._establishment, day.isoformat(), service, person),
                made_at=now,
                author=AUTHOR,
                body=ReviewScope(person=person, service=service),
            )
            for person in persons
        ]
        return sum(settled.is_new for settled in self._intake.run_all(envelopes, desk=AUTHOR))


Found = tuple[str | None, Collection[str]]
"""After whom to go on, None when there is nobody left; and whom to review."""
Find = Callable[[str, str, datetime], Found]
