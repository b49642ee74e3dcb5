"""Writing down what a person lets us send, undoing it, and obeying a STOP (rules R16)."""

from datetime import UTC, date, datetime, time, timedelta

from app.domain.commands import Promise
from app.domain.consent import BASES, Basis
from app.domain.consent_commands import (
    LiftStop,
    RecordStop,
    SetLegalForm,
    SetPreference,
    WithdrawPreference,
)
from app.domain.consent_facts import (
    LegalFormSet,
    PreferenceSet,
    PreferenceWithdrawn,
    StopLifted,
    StopRecorded,
)
from app.domain.errors import Refusal
from app.domain.opening import Opening
from app.domain.phone import normalise
from app.domain.words import NumberKind
from app.store import tables
from app.store.consents import BY_ACT, STANDING
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
    for person in persons or (None,):
        uow.record(
            StopRecorded(
                number=number.e164,
                channel=command.channel,
                act=uow.command_id,
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


def tell_stops(person: str, number: str, uow: UnitOfWork) -> None:
    """What a number said before it was this person's is shown on their record, and lifted from there."""
    for channel, said_at in uow.stops_of_number(number):
        uow.record(
            StopRecorded(
                number=number, channel=channel, act=uow.command_id, person=person, stopped_at=said_at
            )
        )


def lift_stop(command: LiftStop, uow: UnitOfWork) -> None:
    """End what a number said, for whoever uses it, as one of them asks; a later STOP counts again."""
    said_on = day_said(command.said_on, "said_on", uow)
    standing = uow.rows_of(STANDING, number=command.number, channel=command.channel)
    asking = uow.ids_of(command.person)
    if uow.is_authority and not any(row.person in asking for row in standing):
        raise Refusal("already_changed", "number")
    for row in standing:
        uow.record(
            StopLifted(
                number=row.number,
                channel=command.channel,
                act=row.act,
                person=row.person,
                is_asker=row.person in asking,
                source=command.source,
                said_on=said_on,
                basis=Basis.CONSENT,
                by=uow.author,
                lifted_at=uow.now,
            )
        )


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


def day_said(told: str, field: str, uow: UnitOfWork) -> str:
    """The day, ISO, today when it is left out. Raises `Refusal`, which names the field."""
    today = uow.today
    told = told or today.isoformat()
    try:
        is_past = date.fromisoformat(told) <= today
    except ValueError as error:
        raise Refusal("value_unreadable", field) from error
    if not is_past:
        raise Refusal("future_date", field)
    return told


def _informed_on(command: SetPreference, uow: UnitOfWork) -> str:
    """The day, ISO; empty when nothing is said of it. Raises `Refusal`."""
    return "" if command.informed is None else day_said(command.informed_on, "informed_on", uow)
