"""A person's rights over what is held of them: each is a command, so that who, when and why are kept."""

from app.domain.access import is_reason
from app.domain.errors import Refusal
from app.domain.rights_commands import ExportPerson
from app.domain.rights_facts import PersonExported
from app.store import tables
from app.store.unit_of_work import UnitOfWork


def export_person(command: ExportPerson, uow: UnitOfWork) -> None:
    """Trace that all was handed over, and whatever was withheld with its reason."""
    _check(command.person, command.reason, uow)
    if not all(is_reason(part.reason) for part in command.withheld):
        raise Refusal("reason_required", "withheld")
    uow.record(
        PersonExported(
            person=uow.kept(command.person),
            reason=command.reason.strip(),
            withheld=command.withheld,
            by=uow.author,
            exported_at=uow.now,
        )
    )


def _check(person: str, reason: str, uow: UnitOfWork) -> None:
    """Raises `Refusal`, which names the field."""
    if not is_reason(reason):
        raise Refusal("reason_required", "reason")
    if uow.find(tables.person, id=person) is None:
        raise Refusal("unknown_person", "person")
