"""What the call page shows of one call: who may be calling, and what is open with that person."""

from datetime import datetime

import msgspec

from app.domain.words import (
    CallerKind,
    CallState,
    Channel,
    Ending,
    IdentityStatus,
    NumberKind,
    Proof,
)


class CallLine(msgspec.Struct, frozen=True, kw_only=True):
    """The call strip: the call itself, without any name."""

    contact: str
    state: CallState
    number: str
    number_kind: NumberKind
    queue_name: str
    service: str
    service_name: str
    arrived_at: datetime
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    extension: str = ""
    agent: str = ""
    motive: str = ""
    hidden_calls_today: int = 0


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One person who may be calling: name and birth date only (rules R2)."""

    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    sex: str
    has_overdue_promise: bool = False


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """The identity of the person whose card is open, as the identity base gives it."""

    person: str
    birth_name: str
    first_given_name: str
    used_name: str
    birth_date: str
    sex: str
    birth_place: str
    ipp: str
    status: IdentityStatus
    doubt: str = ""
    protection: str = ""
    deceased_on: str = ""


class LastContact(msgspec.Struct, frozen=True, kw_only=True):
    """First cell of the glance."""

    at: datetime
    channel: Channel
    motive: str
    text: str


class PromiseInView(msgspec.Struct, frozen=True, kw_only=True):
    """Second cell of the glance: the promise that is due first."""

    commitment: str
    what: str
    channel: Channel
    due_at: datetime
    owner: str
    made_at: datetime


class NextAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """Fourth cell of the glance."""

    at: datetime
    title: str
    clinician: str


class OpenCase(msgspec.Struct, frozen=True, kw_only=True):
    """A demand still open, newest contact first."""

    case: str
    title: str
    service_name: str
    motive: str
    opened_at: datetime


class PreferenceInView(msgspec.Struct, frozen=True, kw_only=True):
    """Fifth cell of the glance; `choices` pairs a channel with allowed, refused or opposed."""

    channel: Channel | None
    hours: str
    choices: tuple[tuple[Channel, str], ...] = ()


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """Recontact and multicontact on one demand (design 7): nth contact, in days, by channels."""

    case: str
    contacts: int
    days: int
    channels: int


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """The five cells."""

    last: LastContact | None = None
    promise: PromiseInView | None = None
    open_cases: tuple[OpenCase, ...] = ()
    appointment: NextAppointment | None = None
    preference: PreferenceInView


class CallerCard(msgspec.Struct, frozen=True, kw_only=True):
    """All that the call page needs at ring.

    `opened` is the person whose card is shown: the contact's own, or the only candidate. None
    when several may be calling, or nobody is known: then `candidates` or the search is shown.
    """

    call: CallLine
    candidates: tuple[Candidate, ...] = ()
    opened: Traits | None = None
    is_linked: bool = False
    caller_kind: CallerKind = CallerKind.UNKNOWN
    verified_at: datetime | None = None
    proofs: tuple[Proof, ...] = ()
    glance: Glance | None = None
    repeat: Repeat | None = None
    contacts_total: int = 0
    read_at: datetime
