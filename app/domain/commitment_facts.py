"""What can be known of a promise once it was made: followed, handed over, closed, opened again."""

from datetime import datetime

from app.domain.fact import Fact
from app.domain.words import CommitmentState, Reach


class CommitmentKept(Fact, frozen=True, kw_only=True, tag="CommitmentKept"):
    """A promise was kept: the person was reached, perhaps by a contact of his own."""

    commitment: str
    person: str | None = None
    act: str
    how: Reach
    contact: str | None = None
    by: str
    kept_at: datetime


class CommitmentTried(Fact, frozen=True, kw_only=True, tag="CommitmentTried"):
    """Somebody tried to keep a promise and did not reach the person."""

    commitment: str
    person: str | None = None
    act: str
    how: Reach
    by: str
    tried_at: datetime


class CommitmentPostponed(Fact, frozen=True, kw_only=True, tag="CommitmentPostponed"):
    """A promise has another due time; `due_before` is the one it had."""

    commitment: str
    person: str | None = None
    act: str
    due_at: datetime
    due_before: datetime
    reason: str
    by: str
    postponed_at: datetime


class CommitmentGivenUp(Fact, frozen=True, kw_only=True, tag="CommitmentGivenUp"):
    """A promise was closed without reaching the person (« Injoignable »)."""

    commitment: str
    person: str | None = None
    act: str
    by: str
    given_up_at: datetime


class CommitmentReopened(Fact, frozen=True, kw_only=True, tag="CommitmentReopened"):
    """The last thing done about a promise was undone: it stands again as it did."""

    commitment: str
    person: str | None = None
    act: str
    state: CommitmentState
    due_at: datetime
    by: str
    reopened_at: datetime


class CommitmentTaken(Fact, frozen=True, kw_only=True, tag="CommitmentTaken"):
    """Somebody is keeping a promise: others see it locked."""

    commitment: str
    person: str | None = None
    by: str
    taken_at: datetime


class CommitmentReleased(Fact, frozen=True, kw_only=True, tag="CommitmentReleased"):
    """A promise that was taken is free again."""

    commitment: str
    person: str | None = None


class CommitmentAssigned(Fact, frozen=True, kw_only=True, tag="CommitmentAssigned"):
    """A promise has another owner."""

    commitment: str
    person: str | None = None
    owner: str
    service: str = ""
    by: str
    assigned_at: datetime
