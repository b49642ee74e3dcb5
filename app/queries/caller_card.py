"""What the call page shows of one call: who may be calling, and what is open with that person."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.relatives import Calling
from app.domain.repeats import find_chase
from app.domain.words import (
    CallerKind,
    CallState,
    Channel,
    Ending,
    IdentityStatus,
    NumberKind,
    Proof,
)
from app.queries import call_rows, house, open_matters
from app.queries.contact_rows import exchange_of, exchanges
from app.queries.glance import Glance, glance_of
from app.queries.person_rows import Person, person_kept, persons_at, read_persons
from app.queries.relatives import calling_as
from app.store import known_numbers
from app.store.prepared import Row
from app.store.relatives import relatives_at


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """Who gave the call, when, to whom, and with which note (« Transféré par »)."""

    by: str
    at: datetime
    to: str
    note: str = ""


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
    log: str | None = None
    """The save that qualified it, if any."""
    hidden_calls_today: int = 0
    held_since: datetime | None = None
    queue: str = ""
    transfer: Transfer | None = None
    overflowed_from: str = ""
    voicemail_at: datetime | None = None
    channel: Channel = Channel.PHONE
    line: str = ""
    """The exchange that can be asked to act on it, if any."""
    is_given: bool = False
    """This extension gave it, and it rings or is spoken to elsewhere now."""

    @property
    def is_noted(self) -> bool:
        """Told by a soft phone or by hand: the exchange says nothing of it."""
        return self.state is CallState.ENDED and self.ended_at is None

    @property
    def is_news(self) -> bool:
        """It rings here, or was just told: somebody is to be greeted."""
        return (self.state is CallState.RINGING and not self.is_given) or self.is_noted


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


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """Recontact and multicontact on one demand (design 7): nth contact, in days, by channels."""

    case: str
    contacts: int
    days: int
    channels: int


class CallerCard(msgspec.Struct, frozen=True, kw_only=True):
    """All that the call page needs at ring.

    `opened` is the person whose card is shown: the contact's own, or the only candidate. None
    when several may be calling, or nobody is known: then `candidates` or the search is shown.
    `is_known_elsewhere` says that somebody else uses the number, whom only the server knows;
    `is_erased` that what this desk knew of persons is gone, so that nobody found says nothing.
    With `relatives` the candidates are those to whom the one of this number is close: none is opened.
    """

    call: CallLine
    candidates: tuple[Candidate, ...] = ()
    is_known_elsewhere: bool = False
    is_erased: bool = False
    relatives: tuple[Calling, ...] = ()
    opened: Traits | None = None
    is_linked: bool = False
    caller_kind: CallerKind = CallerKind.UNKNOWN
    verified_at: datetime | None = None
    proofs: tuple[Proof, ...] = ()
    glance: Glance | None = None
    repeat: Repeat | None = None
    contacts_total: int = 0
    read_at: datetime


def caller_card(
    connection: sa.Connection,
    establishment: str,
    contact: str,
    *,
    extension: str,
    now: datetime,
    person: str | None = None,
) -> CallerCard | None:
    """The card of a call; `person` opens one of the candidates.

    None when the contact is unknown here, or is at another extension that this one didn't give it to.
    """
    call = call_rows.read_call(connection, establishment, contact)
    if call is None:
        return None
    is_elsewhere = _is_elsewhere(call, extension)
    if is_elsewhere and call.transferred_from != extension:
        return None
    # A call noted by hand, from a soft phone, was never searched by the server.
    held = persons_at(connection, establishment, call.number)
    told = call.candidates.split() or held
    close = [] if told else relatives_at(connection, establishment, call.number)
    candidates = told or [row.person for row in close]
    here = (*held, *(row.person for row in close))
    is_known_elsewhere = known_numbers.is_known_elsewhere(
        connection, establishment, call.number, held=here, is_anybodys=bool(told)
    )
    asked = [*candidates, *filter(None, (call.person, person))]
    persons = read_persons(connection, establishment, asked, now=now)
    wanted = _kept(connection, establishment, persons, person or call.person)
    # One of several who may be calling is opened by nobody but the person at the desk (rules R2).
    opened = None if wanted is None and (is_known_elsewhere or close) else _opened(persons, wanted=wanted)
    card = CallerCard(
        call=_call_line(connection, establishment, call, now=now, is_given=is_elsewhere),
        candidates=tuple(candidate_of(row) for row in persons),
        is_known_elsewhere=is_known_elsewhere,
        is_erased=not (candidates or persons) and house.is_alone(connection, establishment),
        relatives=calling_as(connection, establishment, close, {row.id for row in persons}),
        caller_kind=CallerKind(call.caller_kind or CallerKind.UNKNOWN),
        verified_at=call.verified_at,
        proofs=tuple(Proof(proof) for proof in call.proofs.split()),
        read_at=now,
    )
    if opened is None:
        return card
    return _with_person(connection, establishment, card, call=call, opened=opened)


def candidate_of(row: Person) -> Candidate:
    """What may be shown of a person who is not opened."""
    return Candidate(
        person=row.id,
        birth_name=row.birth_name,
        first_given_name=row.first_given_name,
        birth_date=row.birth_date,
        sex=row.sex,
        has_overdue_promise=bool(row.is_overdue),
    )


def _is_elsewhere(call: Row, extension: str) -> bool:
    if call.state == CallState.RINGING:
        places = call.ringing.split() or [call.extension]
    else:
        places = [call.extension] if call.state in call_rows.IN_HAND else []
    return bool(extension and any(places)) and extension not in places


def _kept(
    connection: sa.Connection, establishment: str, persons: list[Person], wanted: str | None
) -> str | None:
    """The one asked for, or whom that one was merged into."""
    if wanted is None or any(row.id == wanted for row in persons):
        return wanted
    return person_kept(connection, establishment, wanted)


def _opened(persons: list[Person], *, wanted: str | None) -> Person | None:
    """The one asked for, or the contact's own; if neither is known, the only candidate (rules R2)."""
    if wanted is None:
        return persons[0] if len(persons) == 1 else None
    return next((row for row in persons if row.id == wanted), None)


def _call_line(
    connection: sa.Connection, establishment: str, call: Row, *, now: datetime, is_given: bool
) -> CallLine:
    is_hidden = call.number_kind == NumberKind.HIDDEN
    return CallLine(
        contact=call.id,
        state=CallState(call.state or CallState.ENDED),
        number=call.number,
        number_kind=NumberKind(call.number_kind or NumberKind.HIDDEN),
        queue=call.queue,
        queue_name=call.queue_name or "",
        service=call.service,
        service_name=call.service_name or "",
        arrived_at=call.at,
        rang_at=call.rang_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        ending=Ending(call.ending) if call.ending else None,
        extension=call.extension,
        agent=call.agent_name or call.agent,
        motive=call.motive,
        log=call.log,
        hidden_calls_today=call_rows.hidden_calls_since_midnight(connection, establishment, call.id, now=now)
        if is_hidden
        else 0,
        held_since=call.hold_changed_at if call.state == CallState.HELD else None,
        transfer=_transfer(call),
        overflowed_from=call.overflowed_from,
        voicemail_at=call.voicemail_at,
        channel=Channel(call.channel),
        line=call.line,
        is_given=is_given,
    )


def _transfer(call: Row) -> Transfer | None:
    if call.transferred_at is None:
        return None
    return Transfer(
        by=call.transferred_by_name or call.transferred_by or call.transferred_from,
        at=call.transferred_at,
        to=call.transferred_to,
        note=call.transfer_note or call.note,
    )


def _with_person(
    connection: sa.Connection, establishment: str, card: CallerCard, *, call: Row, opened: Person
) -> CallerCard:
    matters = open_matters.read_matters(connection, establishment, opened.id, now=card.read_at)
    recent = call_rows.recent_contacts(connection, establishment, matters.ids)
    others = [row for row in recent if row.id != call.id]
    cases = matters.found[open_matters.CASE]
    is_linked = call.person in matters.ids
    return msgspec.structs.replace(
        card,
        opened=traits_of(opened),
        is_linked=is_linked,
        glance=glance_of(opened, matters.found, others),
        repeat=repeat_of(call, others, {case.id for case in cases}),
        contacts_total=matters.contacts_total + (not is_linked),
    )


def traits_of(row: Person) -> Traits:
    """The identity of a person who is opened."""
    return Traits(
        person=row.id,
        birth_name=row.birth_name,
        first_given_name=row.first_given_name,
        used_name=row.used_name,
        birth_date=row.birth_date,
        sex=row.sex,
        birth_place=row.birth_place,
        ipp=row.ipp,
        status=IdentityStatus(row.identity_status or IdentityStatus.PROVISIONAL),
        doubt=row.doubt,
        protection=row.protection,
        deceased_on=row.deceased_on,
    )


def repeat_of(call: Row, others: list[Row], open_cases: set[str]) -> Repeat | None:
    """Whether a contact is one more about the same thing, the others being newest first."""
    chase = find_chase(exchange_of(call), exchanges(others), open_cases=open_cases)
    if chase is None:
        return None
    return Repeat(case=chase.case, contacts=chase.contacts, days=chase.days, channels=chase.channels)
