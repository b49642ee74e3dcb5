"""What is known of two records that may be one human, and of what waits since they were parted."""

from datetime import datetime

from app.domain.fact import Fact


class DoubleSignalled(Fact, frozen=True, kw_only=True, tag="DoubleSignalled"):
    """Somebody holds two records to be of one human, and says when the traits were compared, if they were."""

    person: str
    other_person: str
    by: str
    signalled_at: datetime
    compared_at: datetime | None = None


class DoubleRejected(Fact, frozen=True, kw_only=True, tag="DoubleRejected"):
    """Two records were decided to be of two humans, by the command `act`."""

    person: str
    other_person: str
    by: str
    rejected_at: datetime
    act: str = ""


class RejectionWithdrawn(Fact, frozen=True, kw_only=True, tag="RejectionWithdrawn"):
    """That decision was undone: nothing is decided of the two, which may have been signalled before."""

    person: str
    other_person: str
    signalled_by: str = ""
    signalled_at: datetime | None = None
    by: str
    withdrawn_at: datetime


class PersonsMerged(Fact, frozen=True, kw_only=True, tag="PersonsMerged"):
    """Two records were decided to be of one human: `person` points to `into`; `compared_at` as above."""

    person: str
    into: str
    by: str
    merged_at: datetime
    compared_at: datetime | None = None


class PersonsUnmerged(Fact, frozen=True, kw_only=True, tag="PersonsUnmerged"):
    """The pointer was taken away; these exchanges and promises came while it stood, and are to be sorted."""

    person: str
    was: str
    contacts: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    by: str
    unmerged_at: datetime


class TriageSettled(Fact, frozen=True, kw_only=True, tag="TriageSettled"):
    """Somebody said whose `item` is: with it go the promises, messages and demands named here.

    `contact` is the exchange that moves, None of a promise made outside any or of what stays.
    `acts` pairs what was done about those promises with them; `is_case_left` parts the exchange from
    a demand that stays with the other one.
    """

    item: str
    person: str
    person_before: str | None
    contact: str | None = None
    commitments: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    messages: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    is_case_left: bool = False
    by: str
    settled_at: datetime
