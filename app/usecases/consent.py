"""Writing down what a person lets us send, undoing it, and obeying a STOP (rules R16)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from app.domain.commands import Promise
from app.domain.consent import BASES
from app.domain.consent_commands import RecordStop, SetLegalForm, SetPreference, WithdrawPreference
from app.domain.consent_facts import LegalFormSet, PreferenceSet, PreferenceWithdrawn, StopRecorded
from app.domain.errors import Refusal
from app.domain.opening import Opening
from app.domain.phone import normalise
from app.domain.words import NumberKind
from app.store import tables
from app.store.consents import BY_ACT
from app.store.opening import legal_form_of
from app.store.unit_of_work import UnitOfWork
from app.usecases.commitments import promise

STOP_TASK = "STOP reçu\u00a0: les envois automatiques à ce numéro sont arrêtés, convenir d’un autre moyen"
_LAST_HOUR = time(23, 59)


def set_preference(command: SetPreference, uow: UnitOfWork) -> None:
    """Record it under every id of the person: the newest word counts whichever was said to."""
    if uow.is_authority and uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
    informed_on = _informed_on(command, uow)
    bases = BASES[legal_form_of(uow.find(tables.place))]
    purposes, channels = tuple(dict.fromkeys(command.purposes)), tuple(dict.fromkeys(command.channels))
    for person in uow.ids_of(command.person):
        uow.record(
            PreferenceSet(
                person=person,
                act=uow.command_id,
                purposes=purposes,
                bases=tuple(bases[purpose] for purpose in purposes),
                channels=channels,
                choice=command.choice,
                source=command.source,
                informed=command.informed,
                informed_on=informed_on,
                reason=command.reason.strip(),
                by=uow.author,
                said_at=uow.now,
            )
        )


def withdraw_preference(command: WithdrawPreference, uow: UnitOfWork) -> None:
    """Undo one save of them under every id; what is undone already is not there to undo."""
    said = [
        row
        for person in uow.ids_of(command.person)
        for row in uow.rows_of(BY_ACT, person=person, act=command.act)
    ]
    if not said and uow.is_authority:
        raise Refusal("already_changed", "act")
    for person in dict.fromkeys(row.person for row in said):
        of_one = [row for row in said if row.person == person]
        uow.record(
            PreferenceWithdrawn(
                person=person,
                act=command.act,
                purposes=tuple(dict.fromkeys(row.purpose for row in of_one)),
                channels=tuple(dict.fromkeys(row.channel for row in of_one)),
                by=uow.author,
                withdrawn_at=uow.now,
            )
        )


def record_stop(command: RecordStop, uow: UnitOfWork) -> None:
    """End a number's automatic messages on a channel, for whoever uses it, and ask a service to see to it."""
    number = normalise(command.number_raw)
    if number.kind is not NumberKind.KNOWN_FORMAT:
        raise Refusal("number_unreadable", "number_raw")
    service = uow.find(tables.service, id=command.service)
    if service is None:
        raise Refusal("unknown_service", "service")
    uow.concerns(service=command.service)
    persons = uow.persons_of_number(number.e164)
    for person in _told_of(persons, uow) or (None,):
        uow.record(
            StopRecorded(
                number=number.e164,
                channel=command.channel,
                person=person,
                contact=command.contact,
                stopped_at=uow.now,
            )
        )
    if uow.find(tables.commitment, id=command.commitment) is None:
        due_at = same_day(uow.now, Opening(hours=service.hours, place=uow.place))
        asked = Promise(commitment=command.commitment, due_at=due_at, owner=command.service, what=STOP_TASK)
        only = persons[0] if len(persons) == 1 else None
        promise(asked, uow, person=only, contact=command.contact or "", case=None, service=command.service)


def _told_of(persons: Sequence[str], uow: UnitOfWork) -> Sequence[str]:
    """For whom a STOP is written down: one who may not be known of would hide it from reception (rules R5).

    The number's mark stops what would be sent to them too.
    """
    rows = {person: uow.find(tables.person, id=person) for person in persons}
    known = [person for person, row in rows.items() if row is not None and not row.protection]
    return known or persons


def set_legal_form(command: SetLegalForm, uow: UnitOfWork) -> None:
    """What is said from now on has its legal bases by it."""
    uow.concerns_all()
    uow.record(LegalFormSet(form=command.form))


def same_day(now: datetime, opening: Opening) -> datetime:
    """When the service closes for the day; once it has, or without hours, the end of the day itself."""
    zone = opening.place.clock
    day = now.astimezone(zone).date()
    closing = [last for _, last in opening.spans(day)] if opening.has_hours else []
    if closing and closing[-1] > now:
        return closing[-1]
    return max(datetime.combine(day, _LAST_HOUR, zone).astimezone(UTC), now + timedelta(minutes=1))


def _informed_on(command: SetPreference, uow: UnitOfWork) -> str:
    """The day, ISO; empty when nothing is said of it. Raises `Refusal`."""
    if command.informed is None:
        return ""
    today = uow.today
    told = command.informed_on or today.isoformat()
    try:
        is_past = date.fromisoformat(told) <= today
    except ValueError as error:
        raise Refusal("value_unreadable", "informed_on") from error
    if not is_past:
        raise Refusal("future_date", "informed_on")
    return told
