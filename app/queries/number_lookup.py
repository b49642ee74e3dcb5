"""Who may be calling from a number, for a call that the exchange did not tell (`filrouge pop`)."""

from datetime import datetime

import sqlalchemy as sa

from app.queries.caller_card import Candidate, candidate_of
from app.queries.person_rows import persons_at, read_persons


def persons_of_number(
    connection: sa.Connection, establishment: str, e164: str, *, now: datetime
) -> tuple[Candidate, ...]:
    """The visible persons who use a number today: overdue promise first, then birth name."""
    ids = persons_at(connection, establishment, e164)
    return tuple(candidate_of(row) for row in read_persons(connection, establishment, ids, now=now))
