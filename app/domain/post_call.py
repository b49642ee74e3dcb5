"""How long a call still takes once it is over: until it is qualified, or its agent is ready again."""

from datetime import datetime, timedelta

LONGEST = timedelta(minutes=5)
"""Three minutes at most, twice extended by one (design 5.1): what is qualified later had waited to be."""


def post_call(done_at: datetime | None, *, ended_at: datetime | None) -> timedelta | None:
    """From the end to what finished it; none when that came first, None as long as it is not known."""
    if done_at is None or ended_at is None or done_at - ended_at > LONGEST:
        return None
    return max(done_at - ended_at, timedelta())
