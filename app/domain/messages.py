"""When a message to call back goes to somebody else because nobody did what it asks (rules R29)."""

from datetime import datetime, timedelta
from typing import Protocol

from app.domain.words import NoteState

SUPERVISOR = 2
"""The step at which a message stays: the one before is the next of its recipient's chain."""
PATIENCE = timedelta(minutes=15)
"""How long the next of the chain has before the supervisor is told."""


class Waiting(Protocol):
    """What of a message decides."""

    state: str
    steps: int
    due_at: datetime
    escalated_at: datetime | None


def may_escalate(note: Waiting, *, now: datetime) -> bool:
    """Whether it goes one step further: once due, then once more when that changed nothing."""
    if note.state in (NoteState.DONE, NoteState.WITHDRAWN) or note.steps >= SUPERVISOR:
        return False
    return now >= (note.due_at if note.escalated_at is None else note.escalated_at + PATIENCE)
