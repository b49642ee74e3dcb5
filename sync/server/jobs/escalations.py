"""Hands on the messages to call back that nobody did in time (rules R29)."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.domain.commands import CommandEnvelope, EscalateMessage
from app.domain.ids import derived_id
from app.ports import Clock
from app.queries.messages import messages_to_escalate
from sync.server.feed.intake import GROUP, Intake

AUTHOR = "job:escalations"


class Escalations:
    """The next of the chain when a message is due, its service's supervisor a while after."""

    def __init__(self, engine: sa.Engine, establishment: str, intake: Intake, *, clock: Clock) -> None:
        self._engine = engine
        self._establishment = establishment
        self._intake = intake
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """A batch at a time, until none goes further."""
        while done := self._batch():
            yield done

    def _batch(self) -> int:
        now = self._clock.now()
        with self._engine.connect() as connection:
            due = messages_to_escalate(connection, self._establishment, now=now, most=GROUP)
        if not due:
            return 0
        envelopes = [
            CommandEnvelope(
                id=derived_id(AUTHOR, message, str(steps)),
                made_at=now,
                author=AUTHOR,
                body=EscalateMessage(message=message),
            )
            for message, steps in due
        ]
        return sum(settled.is_new for settled in self._intake.run_all(envelopes, desk=AUTHOR))
