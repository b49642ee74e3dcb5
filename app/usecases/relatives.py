"""Writing down who is close to a person, and that somebody no longer is (rules R4)."""

from collections.abc import Sequence

from app.domain.errors import Refusal
from app.domain.names import compact
from app.domain.phone import normalise
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.relative_facts import RelativeNamed, RelativeSaid, RelativeWithdrawn
from app.domain.words import NumberKind
from app.store import tables
from app.store.prepared import Row
from app.store.relatives import STANDING
from app.store.unit_of_work import UnitOfWork
from app.usecases.consent import day_said


def say_relative(command: SayRelative, uow: UnitOfWork) -> None:
    """Record it under every id of the person, the name apart from what desks are told."""
    if uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
    full_name = " ".join(command.full_name.split())
    if not compact(full_name):
        raise Refusal("name_required", "full_name")
    number, since = _number(command), day_said(command.since, "since", uow)
    for person in uow.ids_of(command.person):
        uow.record(
            RelativeSaid(
                person=person,
                relative=uow.command_id,
                role=command.role,
                number=number,
                is_not_informed=command.is_not_informed,
                source=command.source,
                since=since,
                by=uow.author,
                said_at=uow.now,
            )
        )
        scope = " ".join(command.scope.split())
        uow.record(RelativeNamed(person=person, relative=uow.command_id, full_name=full_name, scope=scope))


def withdraw_relative(command: WithdrawRelative, uow: UnitOfWork) -> None:
    """Under every id; who is withdrawn already is not there to withdraw."""
    close = {person: uow.rows_of(STANDING, person=person) for person in uow.ids_of(command.person)}
    standing = [person for person, rows in close.items() if command.relative in {row.id for row in rows}]
    if not standing:
        raise Refusal("already_changed", "relative")
    for person in standing:
        uow.record(
            RelativeWithdrawn(
                person=person,
                relative=command.relative,
                number=_number_left(command.relative, close[person]),
                by=uow.author,
                withdrawn_at=uow.now,
            )
        )


def _number_left(relative: str, close: Sequence[Row]) -> str:
    """The number that nobody close to the person has once this one is withdrawn; empty for none."""
    numbers = {row.id: row.number for row in close}
    number = numbers.pop(relative)
    return "" if number in numbers.values() else number


def _number(command: SayRelative) -> str:
    """E.164; empty when none was given. Raises `Refusal`."""
    if not command.number_raw.strip():
        return ""
    number = normalise(command.number_raw)
    if number.kind is not NumberKind.KNOWN_FORMAT:
        raise Refusal("number_unreadable", "number_raw")
    return number.e164
