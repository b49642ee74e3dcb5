"""Asks by commands for what time made due, a batch at a time; what was asked before is asked in vain."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from app.domain.commands import AnyCommand, CommandEnvelope
from app.domain.ids import Id
from app.ports import Clock
from sync.server.feed.intake import Intake

Due: TypeAlias = Sequence[tuple[Id, AnyCommand]]
"""Commands with their ids, made of what they are about: however often it is asked, it is done once."""
FindDue: TypeAlias = Callable[[sa.Connection, str, datetime], Due]


class DueCommands:
    """A work of `DueWork`: what `find` says is due in an establishment, under the name of its author."""

    def __init__(
        self,
        engine: sa.Engine,
        establishment: str,
        intake: Intake,
        *,
        clock: Clock,
        author: str,
        find: FindDue,
    ) -> None:
        self._engine = engine
        self._establishment = establishment
        self._intake = intake
        self._clock = clock
        self._author = author
        self._find = find

    def __call__(self) -> Iterator[int]:
        """A batch at a time, until nothing is due."""
        while done := self._batch():
            yield done

    def _batch(self) -> int:
        now = self._clock.now()
        with self._engine.connect() as connection:
            due = self._find(connection, self._establishment, now)
        asked = [CommandEnvelope(id=name, made_at=now, author=self._author, body=body) for name, body in due]
        settled = self._intake.run_all(asked, desk=self._author) if asked else []
        return sum(one.is_new for one in settled)
