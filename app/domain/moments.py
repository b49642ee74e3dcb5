"""When something was done, though it is told later, by a clock that may be wrong."""

from datetime import datetime, timedelta

LATEST = timedelta(days=7)
"""A desk keeps and sends again what it did for so long; what claims to be older is not believed."""
TOLERANCE = timedelta(minutes=2)
"""Clocks that differ by less are the same."""


def age_of(made_at: datetime, *, sent_at: datetime | None, received_at: datetime) -> timedelta:
    """How long ago it was done, as its author's own clock says; by ours when it didn't say when it sent."""
    return (sent_at or received_at) - made_at


def is_believed(age: timedelta) -> bool:
    """Whether a clock that is not broken can say so."""
    return -TOLERANCE <= age <= LATEST


def acted_at(age: timedelta, *, received_at: datetime) -> datetime:
    """When it was done by our clock: never after its arrival, which stands for what is not believed."""
    return received_at - max(age, timedelta(0)) if is_believed(age) else received_at


def clock_error(*, sent_at: datetime | None, received_at: datetime) -> timedelta:
    """How far ahead of ours its author's clock is, negative when behind; none of one that does not say."""
    error = timedelta(0) if sent_at is None else sent_at - received_at
    return error if abs(error) > TOLERANCE else timedelta(0)
