"""A server that dates a contact as its desk's clock says (rule R32 broken): the runs must find it out."""

import msgspec

from app.domain.commands import NoteContact
from app.domain.facts import AnyFact, ContactNoted
from app.store.unit_of_work import UnitOfWork
from app.usecases.contacts import note_contact
from app.usecases.every import USE_CASES
from sync.server.__main__ import main


def _note_as_told(command: NoteContact, uow: UnitOfWork) -> None:
    note_contact(command, uow)
    uow.facts[:] = [_as_told(fact, command) for fact in uow.facts]


def _as_told(fact: AnyFact, command: NoteContact) -> AnyFact:
    is_noted = isinstance(fact, ContactNoted)
    return msgspec.structs.replace(fact, happened_at=command.happened_at) if is_noted else fact


if __name__ == "__main__":
    USE_CASES[NoteContact] = _note_as_told
    raise SystemExit(main())
