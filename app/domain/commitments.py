"""When a promise is kept, tried or given up, and where it stands (design 4.6, rules R35)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from app.domain.words import CommitmentState, Reach

PENDING = (CommitmentState.OPEN, CommitmentState.POSTPONED)
"""States of a promise that still stands."""
ATTEMPTS, ATTEMPT_DAYS = 3, 2
"""After so many attempts, on so many days, a promise may be closed « Injoignable »."""


def is_reached(how: Reach) -> bool:
    """A person who was spoken or written to was reached; a voicemail reached nobody."""
    return how in (Reach.SPOKEN, Reach.MESSAGE)


def may_give_up(tried_at: Iterable[datetime], *, zone: tzinfo) -> bool:
    """Enough attempts, not all on the same day."""
    days = [at.astimezone(zone).date() for at in tried_at]
    return len(days) >= ATTEMPTS and len(set(days)) >= ATTEMPT_DAYS


def standing(due_at: datetime, *, first_due_at: datetime) -> CommitmentState:
    """The state of a promise that stands: postponed once its due time is no longer the first."""
    return CommitmentState.OPEN if due_at == first_due_at else CommitmentState.POSTPONED
