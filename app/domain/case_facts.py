"""What can be known of a demand after it was opened: joined to another one, and parted again."""

from datetime import datetime

from app.domain.fact import Fact


class CaseJoined(Fact, frozen=True, kw_only=True, tag="CaseJoined"):
    """Contacts and promises are about this demand; `joined` is the one they had, which ends by it."""

    case: str
    person: str
    act: str
    joined: str | None = None
    contacts: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    by: str
    joined_at: datetime


class CaseParted(Fact, frozen=True, kw_only=True, tag="CaseParted"):
    """A join was undone: the contacts and promises have the demand that they had, or none."""

    case: str
    person: str
    act: str
    joined: str | None = None
    contacts: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    by: str
    parted_at: datetime
