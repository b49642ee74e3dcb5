"""A person's rights over what is held of them: each is a command, so that who, when and why are kept."""

from collections.abc import Callable
from typing import Any

from app.domain.access import is_reason
from app.domain.commands import ErasePerson
from app.domain.consent_commands import (
    LiftStop,
    RecordStop,
    SetLegalForm,
    SetPreference,
    WithdrawPreference,
)
from app.domain.errors import Refusal
from app.domain.identity import read_birth_date
from app.domain.names import compact, written
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.rights_commands import (
    Correction,
    ExportPerson,
    ForgetCall,
    ForgetReads,
    Rectified,
    RectifyPerson,
    ReviewRetention,
)
from app.domain.rights_facts import PersonExported, PersonRectified, Rectification
from app.domain.words import Channel, Sex
from app.store import tables
from app.store.unit_of_work import UnitOfWork
from app.usecases import doubles
from app.usecases.consent import lift_stop, record_stop, set_legal_form, set_preference, withdraw_preference
from app.usecases.identity import erase_person
from app.usecases.relatives import say_relative, withdraw_relative
from app.usecases.retention import forget_call, forget_reads, review_retention


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


def rectify_person(command: RectifyPerson, uow: UnitOfWork) -> None:
    """Put fields right; what already says so is no change, and nothing is changed when one can't be."""
    _check(command.person, command.reason, uow)
    person = uow.kept(command.person)
    row = uow.find(tables.person, id=person)
    changes = tuple(
        Rectification(field=each.field, before=getattr(row, each.field), after=value)
        for each in command.corrections
        if (value := _readable(each, uow)) != getattr(row, each.field)
    )
    if changes:
        uow.record(
            PersonRectified(
                person=person,
                changes=changes,
                reason=command.reason.strip(),
                by=uow.author,
                rectified_at=uow.now,
            )
        )


def _readable(correction: Correction, uow: UnitOfWork) -> str:
    """The value as a row holds it. Raises `Refusal`, which names the field."""
    field, value = correction.field, " ".join(correction.value.split())
    match field:
        case Rectified.BIRTH_DATE:
            is_right = read_birth_date(value, today=uow.today) == value
        case Rectified.SEX:
            is_right = value in list(Sex)
        case Rectified.PREFERRED_CHANNEL:
            is_right = not value or value in list(Channel)
        case Rectified.BIRTH_NAME | Rectified.FIRST_GIVEN_NAME:
            is_right = bool(compact(value))
        case _:
            is_right = True
    if not is_right:
        raise Refusal("value_unreadable", field.value)
    return written(value) if field in (Rectified.BIRTH_NAME, Rectified.USED_NAME) else value


def _check(person: str, reason: str, uow: UnitOfWork) -> None:
    """Raises `Refusal`, which names the field."""
    if not is_reason(reason):
        raise Refusal("reason_required", "reason")
    if uow.find(tables.person, id=person) is None:
        raise Refusal("unknown_person", "person")


USE_CASES: dict[type, Callable[[Any, UnitOfWork], None]] = {
    ErasePerson: erase_person,
    ExportPerson: export_person,
    RectifyPerson: rectify_person,
    ForgetCall: forget_call,
    ForgetReads: forget_reads,
    **doubles.USE_CASES,
    ReviewRetention: review_retention,
    SetPreference: set_preference,
    WithdrawPreference: withdraw_preference,
    RecordStop: record_stop,
    LiftStop: lift_stop,
    SetLegalForm: set_legal_form,
    SayRelative: say_relative,
    WithdrawRelative: withdraw_relative,
}
"""What the dispatch runs of a person's rights, asked by them or by time."""
