"""What can be known of whom a contact concerns: said, taken back, or the same as another contact's."""

from datetime import datetime

from app.domain.fact import Fact
from app.domain.words import CallerKind, Proof


class CallerIdentified(Fact, frozen=True, kw_only=True, tag="CallerIdentified"):
    """The contact concerns this person, by the command `act`; verified when the proofs suffice.

    With it go the promises named here, made at it while it was nobody's; `acts` pairs what was done about
    them with them.
    """

    contact: str
    person: str
    proofs: tuple[Proof, ...] = ()
    is_verified: bool = False
    caller_kind: CallerKind = CallerKind.UNKNOWN
    by: str
    identified_at: datetime
    act: str = ""
    commitments: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()


class IdentificationWithdrawn(Fact, frozen=True, kw_only=True, tag="IdentificationWithdrawn"):
    """An identification was undone: the contact concerns whom it did before, or nobody.

    So do the promises that had followed it, and what was done about them.
    """

    contact: str
    person: str | None = None
    by: str
    withdrawn_at: datetime
    commitments: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()


class ContactLinked(Fact, frozen=True, kw_only=True, tag="ContactLinked"):
    """The contact is of the same person as another one, by the command `act`."""

    contact: str
    other: str
    act: str
    by: str
    linked_at: datetime


class ContactUnlinked(Fact, frozen=True, kw_only=True, tag="ContactUnlinked"):
    """A link was undone: the two contacts are apart as before."""

    contact: str
    by: str
    unlinked_at: datetime
