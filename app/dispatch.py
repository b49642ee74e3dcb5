"""From a command to what it does: the one transaction that runs it and writes its entry."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.commands import AnyCommand, CommandEnvelope, ErasePerson
from app.domain.errors import PARTIAL, Refusal
from app.domain.facts import PersonEntered, PersonLeft, person_of
from app.domain.moments import acted_at, age_of, clock_error, is_believed
from app.domain.rights_commands import Forgetting
from app.logs import fault, log
from app.ports import Clock
from app.store import held, journal
from app.store.engine import is_of_database, savepoint, writing
from app.store.held import Held
from app.store.journal import Entry, EntryScope, Sealed
from app.store.projection import apply_fact
from app.store.rows import Keep, Rows
from app.store.server_rows import keep_for_server
from app.store.unit_of_work import UnitOfWork
from app.usecases.every import USE_CASES

Asked: TypeAlias = CommandEnvelope | Entry | Held
"""A command to run, the entry of one that was refused before its use case, or one kept and not run."""

FAILED = "internal"
"""The refusal of a command that met a fault of ours; the log says which."""


class Settled(msgspec.Struct, frozen=True, gc=False):
    """What became of a command: its only journal entry, new or already there.

    A refusal of `PARTIAL` is of a part: the rest was done.
    """

    command_id: str
    position: int
    refusal: str = ""
    field: str = ""
    is_new: bool = True
    is_held: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it ran, if not in every part."""
        return not self.refusal or self.refusal in PARTIAL


def command_of(asked: Asked) -> str:
    """The id of the command that was asked."""
    return asked.id if isinstance(asked, CommandEnvelope) else asked.command_id


def dispatch(command: AnyCommand, uow: UnitOfWork) -> None:
    """Run the use case of a command."""
    USE_CASES[type(command)](command, uow)


def run_command(
    engine: sa.Engine, establishment: str, envelope: CommandEnvelope, *, desk: str, clock: Clock
) -> Settled:
    """Run one command, alone in its transaction."""
    (settled,) = run_commands(engine, establishment, [envelope], desk=desk, clock=clock)
    return settled


def run_commands(
    engine: sa.Engine,
    establishment: str,
    asked: Sequence[Asked],
    *,
    desk: str,
    clock: Clock,
    address: str = "",
    and_then: Callable[[sa.Connection], None] = lambda _: None,
) -> list[Settled]:
    """Run commands in order, each at most once; all are on disk when this returns.

    `address` is the network's of who sends them, if they came by the network; `and_then` is done with
    them or not at all. Each leaves its one journal entry, also when it is refused or fails, and nothing
    else then. Only a database at fault raises, and then nothing was run.
    """
    make = partial(_Batch, establishment=establishment, desk=desk, address=address, clock=clock)
    run = partial(_run_together, engine, establishment, asked, make, and_then)
    try:
        return run(is_guarded=False)
    except Exception as error:
        if is_of_database(engine.dialect, error):
            raise
    # Savepoints cost a third of a command and a fault is rare: only now is each given its own.
    return run(is_guarded=True)


def _run_together(
    engine: sa.Engine,
    establishment: str,
    asked: Sequence[Asked],
    make: Callable[..., "_Batch"],
    and_then: Callable[[sa.Connection], None],
    *,
    is_guarded: bool,
) -> list[Settled]:
    """One transaction, which begins with the establishment's lock, before anything is read."""
    with writing(engine) as connection:
        journal.lock(connection, establishment)
        batch = make(connection, is_guarded=is_guarded)
        settled = [batch.settle(one) for one in asked]
        batch.append()
        and_then(connection)
        return settled


class _Batch:
    """Commands one after the other, in a transaction that holds the lock."""

    def __init__(
        self,
        connection: sa.Connection,
        *,
        establishment: str,
        desk: str,
        address: str,
        clock: Clock,
        is_guarded: bool,
    ) -> None:
        self._connection = connection
        self._is_guarded = is_guarded
        self._sealed: list[Sealed] = []
        self._settled: dict[str, Settled] = {}
        self._house: dict[Any, Any] = {}
        self._establishment = establishment
        self._desk, self._address = desk, address
        self._clock = clock
        self._head = journal.head(connection, establishment)

    def settle(self, asked: Asked) -> Settled:
        """What became of a command, now or when it first came."""
        command_id = command_of(asked)
        if command_id in self._settled:
            return self._settled[command_id]
        known = journal.find_command(self._connection, self._establishment, command_id)
        if known is not None:
            return Settled(command_id, known.position, known.refusal, known.field, is_new=False)
        if isinstance(asked, Held):
            kept = msgspec.structs.replace(asked, address=self._address)
            is_new = held.keep(self._connection, self._establishment, kept)
            return Settled(command_id, 0, asked.reason, is_new=is_new, is_held=True)
        entry = self._guarded(asked) if self._is_guarded else self._seal(self._run(asked))
        settled = Settled(command_id, self._head.position, entry.refusal, entry.field)
        self._settled[command_id] = msgspec.structs.replace(settled, is_new=False)
        return settled

    def append(self) -> None:
        """Write the entries not yet written."""
        if self._sealed:
            journal.append(self._connection, self._sealed)
            self._sealed.clear()

    def _guarded(self, asked: CommandEnvelope | Entry) -> Entry:
        """Whatever fails takes nothing else with it, down to its entry."""
        head = self._head
        try:
            with savepoint(self._connection):
                entry = self._seal(self._run(asked))
                self.append()
                return entry
        except Exception as error:
            if is_of_database(self._connection.dialect, error):
                raise
            log("dispatch").error("a command failed", command_id=command_of(asked), **fault(error))
        self._head = head
        self._sealed.clear()
        self._house.clear()
        return self._seal(self._failed(asked))

    def _seal(self, entry: Entry) -> Entry:
        sealed = journal.seal(self._establishment, entry, after=self._head, address=self._address)
        self._sealed.append(sealed)
        self._head = sealed.head
        return entry

    def _run(self, asked: CommandEnvelope | Entry) -> Entry:
        return self._run_use_case(asked) if isinstance(asked, CommandEnvelope) else asked

    def _run_use_case(self, envelope: CommandEnvelope) -> Entry:
        if isinstance(envelope.body, ErasePerson | Forgetting):
            self.append()  # What is erased is sought in the journal itself.
        position = self._head.position + 1
        rows = Rows(self._connection, self._establishment, position=position, house=self._house)
        received_at = self._clock.now()
        uow = UnitOfWork(
            rows,
            self._connection,
            self._establishment,
            command_id=envelope.id,
            author=envelope.author,
            now=_acted_at(envelope, received_at),
            is_authority=True,
            clock_error=clock_error(sent_at=envelope.sent_at, received_at=received_at),
        )
        refusal = _try(envelope.body, uow)
        for fact in uow.facts:
            apply_fact(rows, fact)
        keep_for_server(rows, self._connection, self._establishment, uow.facts)
        return _entry(envelope, uow, at=received_at, desk=self._desk, refusal=refusal)

    def _failed(self, asked: CommandEnvelope | Entry) -> Entry:
        if isinstance(asked, Entry):
            return msgspec.structs.replace(asked, refusal=FAILED, field="")
        return Entry(
            command_id=asked.id,
            command_kind=type(asked.body).__name__,
            author=asked.author,
            desk=self._desk,
            at=self._clock.now(),
            scope=EntryScope(),
            refusal=FAILED,
        )


def run_on_desk(
    connection: sa.Connection,
    establishment: str,
    envelope: CommandEnvelope,
    *,
    keep: Keep,
    seen: Keep | None = None,
    clock: Clock,
) -> None:
    """Write the provisional rows of a command on a replica; `keep` is told each first, `seen` what is read.

    A refusal is raised: the person is told at once and nothing is sent.
    """
    rows = Rows(connection, establishment, position=None, keep=keep, seen=seen)
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
    return uow.left_out


def _acted_at(envelope: CommandEnvelope, received_at: datetime) -> datetime:
    """The facts' time; the entry keeps that of the arrival, so that nothing is backdated unseen (R32)."""
    age = age_of(envelope.made_at, sent_at=envelope.sent_at, received_at=received_at)
    if not is_believed(age):
        log("dispatch").warning(
            "a clock is not believed", command_id=envelope.id, seconds=age.total_seconds()
        )
    return acted_at(age, received_at=received_at)


def _entry(
    envelope: CommandEnvelope, uow: UnitOfWork, *, at: datetime, desk: str, refusal: Refusal | None
) -> Entry:
    return Entry(
        command_id=envelope.id,
        command_kind=type(envelope.body).__name__,
        author=envelope.author,
        desk=desk,
        at=at,
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
        is_for_all=uow.is_for_all,
    )
