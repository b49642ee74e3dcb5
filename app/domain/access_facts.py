"""What is known of the records opened out of scope: who, why, until when."""

from datetime import datetime

from app.domain.fact import Fact


class GlassBroken(Fact, frozen=True, kw_only=True, tag="GlassBroken"):
    """Somebody opened a record that the role or the services do not show; told to supervisors."""

    glass: str
    person: str
    reason: str
    is_protected: bool = False
    contact: str | None = None
    by: str
    broken_at: datetime
    until: datetime


class GlassClosed(Fact, frozen=True, kw_only=True, tag="GlassClosed"):
    """Its time is over: the record left the desk of whoever opened it."""

    glass: str
    by: str
    closed_at: datetime
