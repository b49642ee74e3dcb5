"""From a command to its use case: one dict, and the one transaction that runs it."""

from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    CommandEnvelope,
    IdentifyCaller,
    LogMotive,
    NoteContact,
    OpenPerson,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
    ReleasePerson,
    WithdrawMotive,
)
from app.domain.errors import Refusal
from app.domain.facts import PersonEntered, PersonLeft, person_of
from app.ports import Clock
from app.store import access_log, journal
from app.store.journal import Entry, EntryScope
from app.store.projection import apply_fact
from app.store.rows import Keep, Rows
from app.store.scopes import keep_scopes
from app.store.unit_of_work import UnitOfWork
from app.usecases.calls import register_answer, register_call, register_end, register_ring
from app.usecases.contacts import note_contact
from app.usecases.identity import identify_caller, open_person, release_person
from app.usecases.motives import log_motive, withdraw_motive

USE_CASES: dict[type, Callable[[Any, UnitOfWork], None]] = {
    RegisterCall: register_call,
    RegisterRing: register_ring,
    RegisterAnswer: register_answer,
    RegisterEnd: register_end,
    IdentifyCaller: identify_caller,
    LogMotive: log_motive,
    WithdrawMotive: withdraw_motive,
    NoteContact: note_contact,
    OpenPerson: open_person,
    ReleasePerson: release_person,
}


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command: its only journal entry, new or already there."""

    command_id: str
    position: int
    refusal: str = ""
    field: str = ""
    is_new: bool = True


def dispatch(command: AnyCommand, uow: UnitOfWork) -> None:
    """Run the use case of a command."""
    USE_CASES[type(command)](command, uow)


def run_command(
    engine: sa.Engine, establishment: str, envelope: CommandEnvelope, *, desk: str, clock: Clock
) -> Settled:
    """Run a command at most once and leave its one journal entry, also when refused.

    The transaction begins with the establishment's lock, before anything is read.
    """
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        journal.lock(connection, establishment)
        return settle_command(connection, establishment, envelope, desk=desk, clock=clock)


def settle_command(
    connection: sa.Connection,
    establishment: str,
    envelope: CommandEnvelope,
    *,
    desk: str,
    clock: Clock,
) -> Settled:
    """The same, inside a transaction that holds the lock."""
    known = journal.find_command(connection, establishment, envelope.id)
    if known is not None:
        return Settled(
            command_id=envelope.id,
            position=known.position,
            refusal=known.refusal,
            field=known.field,
            is_new=False,
        )
    head = journal.head(connection, establishment)
    rows = Rows(connection, establishment, position=head.position + 1)
    uow = UnitOfWork(
        rows,
        connection,
        establishment,
        command_id=envelope.id,
        author=envelope.author,
        now=clock.now(),
        is_authority=True,
    )
    refusal = _try(envelope.body, uow)
    entry = _entry(envelope, uow, head.position + 1, desk=desk, refusal=refusal)
    for fact in entry.facts:
        apply_fact(rows, fact)
    keep_scopes(rows, entry.facts)
    access_log.append(connection, establishment, entry.facts)
    journal.append(connection, establishment, entry, previous=head.hash)
    return Settled(command_id=envelope.id, position=entry.position, refusal=entry.refusal, field=entry.field)


def refuse_unreadable(engine: sa.Engine, establishment: str, entry: Entry) -> Settled:
    """Leave the journal entry of a command that could not be read but whose id could."""
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        journal.lock(connection, establishment)
        known = journal.find_command(connection, establishment, entry.command_id)
        if known is None:
            head = journal.head(connection, establishment)
            placed = msgspec.structs.replace(entry, position=head.position + 1)
            journal.append(connection, establishment, placed, previous=head.hash)
            return Settled(
                command_id=placed.command_id,
                position=placed.position,
                refusal=placed.refusal,
                field=placed.field,
            )
    return Settled(
        command_id=entry.command_id,
        position=known.position,
        refusal=known.refusal,
        field=known.field,
        is_new=False,
    )


def run_on_desk(
    connection: sa.Connection,
    establishment: str,
    envelope: CommandEnvelope,
    *,
    keep: Keep,
    clock: Clock,
) -> None:
    """Write the provisional rows of a command on a replica, each told to `keep` first.

    A refusal is raised: the person is told at once and nothing is sent.
    """
    rows = Rows(connection, establishment, position=None, keep=keep)
    uow = UnitOfWork(
        rows,
        connection,
        establishment,
        command_id=envelope.id,
        author=envelope.author,
        now=clock.now(),
        is_authority=False,
    )
    dispatch(envelope.body, uow)
    for fact in uow.facts:
        apply_fact(rows, fact)


def _try(command: AnyCommand, uow: UnitOfWork) -> Refusal | None:
    try:
        dispatch(command, uow)
    except Refusal as refusal:
        uow.facts.clear()
        return refusal
    return None


def _entry(
    envelope: CommandEnvelope,
    uow: UnitOfWork,
    position: int,
    *,
    desk: str,
    refusal: Refusal | None,
) -> Entry:
    return Entry(
        position=position,
        command_id=envelope.id,
        command_kind=type(envelope.body).__name__,
        author=envelope.author,
        desk=desk,
        at=uow.now,
        scope=_scope(uow),
        facts=tuple(uow.facts),
        refusal=refusal.code if refusal else "",
        field=refusal.field if refusal else "",
    )


def _scope(uow: UnitOfWork) -> EntryScope:
    # Who enters or leaves a scope gets a bundle or a goodbye; the rest is not that person's business.
    told = [fact for fact in uow.facts if not isinstance(fact, PersonEntered | PersonLeft)]
    persons = uow.persons.union(filter(None, map(person_of, told)))
    return EntryScope(
        persons=tuple(sorted(persons)),
        services=tuple(sorted(uow.services)),
        extensions=tuple(sorted(uow.extensions)),
    )
