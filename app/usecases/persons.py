"""Writing down who has no file yet: traits as told, an identity to be checked."""

from app.domain.commands import RegisterProvisionalPerson
from app.domain.errors import Refusal
from app.domain.facts import ProvisionalPersonRegistered
from app.domain.identity import read_birth_date
from app.domain.names import compact, written
from app.domain.phone import normalise
from app.domain.words import NumberKind
from app.store import tables
from app.store.unit_of_work import UnitOfWork
from app.usecases.consent import tell_stops


def register_provisional_person(command: RegisterProvisionalPerson, uow: UnitOfWork) -> None:
    """Record the person, one of the service's from now on."""
    if uow.find(tables.person, id=command.person) is not None:
        return
    number = _check(command, uow)
    uow.concerns(service=command.service)
    uow.enter_scope([command.person], command.service)
    uow.record(
        ProvisionalPersonRegistered(
            person=command.person,
            birth_name=written(command.birth_name),
            first_given_name=" ".join(command.first_given_name.split()),
            birth_date=command.birth_date,
            sex=command.sex,
            number=number,
            by=uow.author,
            registered_at=uow.now,
            since=uow.today.isoformat(),
            contact=command.contact,
        )
    )
    tell_stops(command.person, number, uow)


def _check(command: RegisterProvisionalPerson, uow: UnitOfWork) -> str:
    """The number in E.164, empty when none is theirs. Raises `Refusal`, which names the field."""
    for field in ("birth_name", "first_given_name"):
        if not compact(getattr(command, field)):
            raise Refusal("name_required", field)
    if read_birth_date(command.birth_date, today=uow.today) != command.birth_date:
        raise Refusal("birth_date_unreadable", "birth_date")
    number = normalise(command.number_raw)
    if command.number_raw.strip() and number.kind is not NumberKind.KNOWN_FORMAT:
        raise Refusal("number_unreadable", "number_raw")
    if uow.is_authority and uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    return number.e164
