"""Closes what was opened by break-glass, when its time is over."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.domain.commands import CloseGlass, CommandEnvelope
from app.domain.ids import derived_id
from app.ports import Clock
from app.queries.accesses import glasses_due
from sync.server.feed.intake import GROUP, Intake

AUTHOR = "job:glasses"


class Glasses:
    """The record then leaves the desk of whoever opened it, by the feed."""

    def __init__(self, engine: sa.Engine, establishment: str, intake: Intake, *, clock: Clock) -> None:
        self._engine = engine
        self._establishment = establishment
        self._intake = intake
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """A batch at a time, until none is over."""
        while done := self._batch():
            yield done

    def _batch(self) -> int:
        now = self._clock.now()
        with self._engine.connect() as connection:
            due = glasses_due(connection, self._establishment, now=now, most=GROUP)
        if not due:
            return 0
        envelopes = [
            CommandEnvelope(
                id=derived_id(AUTHOR, self._establishment, glass),
                made_at=now,
                author=AUTHOR,
                body=CloseGlass(glass=glass),
            )
            for glass in due
        ]
        return sum(settled.is_new for settled in self._intake.run_all(envelopes, desk=AUTHOR))
