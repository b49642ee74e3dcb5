"""The directory, the duty roster and the service sheets, as the house's files and persons give them."""

import sqlalchemy as sa

from app.domain.commands import ImportDirectory, ImportDuty, PublishServiceSheet
from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet
from app.domain.errors import Refusal
from app.domain.facts import (
    DirectoryEntryListed,
    DirectoryEntryRemoved,
    DirectoryImported,
    DutyShiftListed,
    DutyShiftRemoved,
    ServiceSheetPublished,
)
from app.store import tables
from app.store.prepared import Prepared
from app.store.unit_of_work import UnitOfWork

DIRECTORY, DUTY = "directory", "duty"


def import_directory(command: ImportDirectory, uow: UnitOfWork) -> None:
    """Say what changed between the directory known and the one read; the same file twice says nothing."""
    uow.concerns_all()
    known = {row.id: _entry_of(row) for row in uow.rows_of(_ENTRIES)}
    read = {entry.id: entry for entry in command.entries}
    for entry in read.values():
        if known.get(entry.id) != entry:
            uow.record(DirectoryEntryListed(entry=entry))
    for entry_id in sorted(known.keys() - read.keys()):
        uow.record(DirectoryEntryRemoved(entry=entry_id))
    uow.record(DirectoryImported(source=DIRECTORY, count=len(read), imported_at=uow.now))


def import_duty(command: ImportDuty, uow: UnitOfWork) -> None:
    """Set the shifts to come of the specialties that the file names; what is over stays."""
    uow.concerns_all()
    read = {shift.id: shift for shift in command.shifts}
    named = {shift.specialty for shift in command.shifts}
    known = {row.id: row for row in uow.rows_of(_SHIFTS_TO_COME, now=uow.now) if row.specialty in named}
    for shift in read.values():
        row = known.get(shift.id)
        if row is None or _shift_of(row) != shift:
            uow.record(DutyShiftListed(shift=shift))
    for shift_id in sorted(known.keys() - read.keys()):
        uow.record(DutyShiftRemoved(shift=shift_id))
    uow.record(DirectoryImported(source=DUTY, count=len(read), imported_at=uow.now))


def publish_service_sheet(command: PublishServiceSheet, uow: UnitOfWork) -> None:
    """A sheet belongs to an entry of the directory; published as it stands, it says nothing new."""
    known = uow.find(tables.directory_entry, id=command.sheet.entry)
    if known is None:
        raise Refusal("unknown_entry", "entry")
    uow.concerns_all()
    row = uow.find(tables.service_sheet, entry=command.sheet.entry)
    if row is None or _sheet_of(row) != command.sheet:
        uow.record(ServiceSheetPublished(sheet=command.sheet))


def _entry_of(row: object) -> DirectoryEntry:
    return DirectoryEntry(**{name: getattr(row, name) for name in DirectoryEntry.__struct_fields__})


def _shift_of(row: object) -> DutyShift:
    return DutyShift(**{name: getattr(row, name) for name in DutyShift.__struct_fields__})


def _sheet_of(row: object) -> ServiceSheet:
    return ServiceSheet(**{name: getattr(row, name) for name in ServiceSheet.__struct_fields__})


_ENTRIES = Prepared(
    sa.select(tables.directory_entry).where(
        tables.directory_entry.c.establishment == sa.bindparam("establishment")
    )
)
_SHIFTS_TO_COME = Prepared(
    sa.select(tables.duty_shift).where(
        tables.duty_shift.c.establishment == sa.bindparam("establishment"),
        tables.duty_shift.c.ends_at > sa.bindparam("now", type_=tables.UtcAt()),
    )
)
STATEMENTS = (_ENTRIES, _SHIFTS_TO_COME)
"""For the test that keeps them free of scans."""
