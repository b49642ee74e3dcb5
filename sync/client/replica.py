"""A desk's copy of its scope: what the journal said, and over it what this desk did since."""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from app.dispatch import run_on_desk
from app.domain.access_facts import GlassBroken
from app.domain.commands import CommandEnvelope
from app.domain.errors import Refusal
from app.domain.facts import AnyFact, CallerIdentified, IdentificationWithdrawn, PersonErased, person_of
from app.store import tables
from app.store.bundles import apply_bundle, clear_person, fill_rows
from app.store.engine import writing
from app.store.journal import decode_facts
from app.store.known_numbers import drop_marks, follow_marks, lay_marks
from app.store.lifted import read_over
from app.store.projection import apply_fact
from app.store.rows import Keep, Rows, Values
from sync.client.changes import Changes, Trace
from sync.client.outbox import Outbox, Settlement
from sync.client.overlay import Overlay, Part, Touched
from sync.client.page_order import OtherJournal, followed, unread
from sync.client.replica_file import UNKNOWN_FACTS, read_mark, read_mark_in, write_mark
from sync.client.undo import Images, Place, place_of
from sync.protocol.messages import (
    EntryMessage,
    Page,
    SnapshotEnd,
    SnapshotLine,
    SnapshotNumbers,
    SnapshotPart,
    SnapshotStart,
)

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_FILLING_CACHE_KB = 65_536
_CACHE_KB = 2_000


class _MadeAt:
    """The clock of a command replayed: it shows the time at which it was made."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


class _Laid(NamedTuple):
    """An entry with the facts this version knows of it."""

    entry: EntryMessage
    facts: tuple[AnyFact, ...]

    @property
    def persons(self) -> list[str]:
        """Who comes whole, or goes."""
        return [*(bundle.person for bundle in self.entry.bundles), *self.entry.gone]


class Replica:
    """One user's replica of one establishment, written by one thread."""

    def __init__(self, engine: sa.Engine, establishment: str, *, author: str, outbox: Outbox) -> None:
        self._engine = engine
        self._establishment = establishment
        self._author = author
        self._outbox = outbox
        self._overlay: Overlay | None = None
        self.cursor = read_mark(engine, "cursor")
        self.scope = read_mark(engine, "scope")
        self.unread_facts = 0
        """Of kinds that this version knows, in the pages laid: a snapshot has what they did, in rows."""

    def apply(self, page: Page) -> Changes:
        """Lay a page: undo, apply, replay what still waits, move the cursor, in one transaction.

        Only what the page meets is undone and replayed: the commands that it settles, those that
        read or wrote its rows, and those that share rows with them. What it settles leaves the
        outbox just before the commit: a crash between the two is healed by the next page.
        Raises `OtherJournal` when the page is of another epoch, `WrongPage` when it can't follow.
        """
        entries, settled = self._fresh(page)
        if not entries and not settled and page.head == self.cursor:
            return Changes()
        laid, unknown = _read(entries)
        unread_now, trace = unread(unknown), Trace()
        with self._overlaid() as overlay, writing(self._engine) as connection:
            self._lay_under(connection, overlay, laid, {one.id for one in settled}, trace)
            _count(connection, unknown)
            self._move(connection, page.head)
            changes = trace.read(connection, self._establishment)
            if settled:
                self._outbox.settle(settled)
        self.cursor = page.head
        self.unread_facts += unread_now
        return _with_settled(changes, settled)

    def show(self, envelope: CommandEnvelope) -> Changes:
        """Keep a command for good, then show what it does; a rule that says no keeps nothing.

        Raises `Refusal`.
        """
        trace, touched = Trace(), Touched()
        overlay = self._shown()
        with writing(self._engine) as connection:
            self._run(connection, envelope, Images(connection, self._establishment), trace, touched)
            changes = trace.read(connection, self._establishment)
            self._outbox.add(envelope)
        overlay.note(envelope.id, touched)
        return changes

    def take_out(self, command_id: str) -> Changes:
        """Forget a command that was never sent, and show the others without it."""
        trace = Trace()
        self._outbox.drop(command_id)
        with self._overlaid() as overlay, writing(self._engine) as connection:
            self._lay_under(connection, overlay, (), {command_id}, trace)
            return trace.read(connection, self._establishment)

    def replay(self) -> Changes:
        """Take back what is provisional and show again what waits in the outbox."""
        trace = Trace()
        overlay, self._overlay = Overlay(), None
        with writing(self._engine) as connection:
            images = Images(connection, self._establishment)
            self.take_back(images, trace, images.all_places())
            self._replay(connection, overlay, images, self._outbox.waiting(self._author), trace)
            changes = trace.read(connection, self._establishment)
        self._overlay = overlay
        return changes

    def _shown(self) -> Overlay:
        """What is shown now; after a transaction that failed, it is shown anew."""
        if self._overlay is None:
            self.replay()
        return self._overlay or Overlay()

    @contextmanager
    def _overlaid(self) -> Generator[Overlay]:
        """What is shown, while it changes: unknown from then on when the change does not end."""
        overlay = self._shown()
        self._overlay = None
        yield overlay
        self._overlay = overlay

    def fill(self, lines: Iterable[SnapshotLine]) -> None:
        """Lay a scope in an empty replica that nobody reads yet; it has no cursor until it is whole."""
        start = SnapshotStart(cursor="", columns={}, persons=0)
        with _filling(self._engine) as connection:
            for line in lines:
                match line:
                    case SnapshotStart():
                        start = line
                    case SnapshotPart():
                        self._lay_part(connection, line, start.columns)
                    case SnapshotNumbers():
                        lay_marks(connection, line.pairs)
                    case SnapshotEnd():
                        break
        with writing(self._engine) as connection:
            write_mark(connection, "beyond", str(start.beyond))
            write_mark(connection, "scope", start.scope)
            self._move(connection, start.cursor)
        self.cursor, self.scope = start.cursor, start.scope

    def _lay_part(
        self, connection: sa.Connection, part: SnapshotPart, columns: Mapping[str, Sequence[str]]
    ) -> None:
        same = {"establishment": self._establishment, "position": part.as_of}
        for name, rows in part.rows.items():
            if name in columns and name in tables.metadata.tables:
                fill_rows(connection, tables.metadata.tables[name], columns[name], rows, same=same)

    def forget_over(self, now: datetime) -> Changes:
        """Let go of whoever was opened for a while that is over, also when no server says so."""
        with self._engine.connect() as connection:
            over = read_over(connection, self._establishment, now=now)
        if not over:
            return Changes()
        trace = Trace()
        gone = _Laid(EntryMessage(position=0, command_id="", facts=[], bundles=[], gone=over), ())
        with self._overlaid() as overlay, writing(self._engine) as connection:
            self._lay_under(connection, overlay, [gone], (), trace)
            return trace.read(connection, self._establishment)

    def persons_beyond(self) -> int:
        """How many persons of this scope only the server holds (rules R24)."""
        return int(read_mark(self._engine, "beyond") or 0)

    def take_back(self, images: Images, trace: Trace, places: Collection[Place]) -> None:
        """Put provisional rows back as they were."""
        images.restore(places)
        for place in places:
            trace.touch_place(place)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    def _fresh(self, page: Page) -> tuple[list[EntryMessage], list[Settlement]]:
        entries, epoch, head = followed(page, self.cursor)
        named = [_settlement(entry, epoch) for entry in entries]
        settled = self._outbox.settlements(named, author=self._author, epoch=epoch, head=head)
        return entries, settled

    def _lay_under(
        self,
        connection: sa.Connection,
        overlay: Overlay,
        laid: Sequence[_Laid],
        settled: Collection[str],
        trace: Trace,
    ) -> None:
        """Lay entries under what is shown, less the commands that are settled."""
        if overlay.is_empty:
            self._lay(connection, laid, trace, trace.touch)
            return
        images = Images(connection, self._establishment)
        part = overlay.around(settled)
        while met := self._lay_without(connection, overlay, images, laid, part, trace):
            part = overlay.around(part.commands, met)
        overlay.forget(part)
        again = self._outbox.chosen(self._author, part.commands.difference(settled))
        self._replay(connection, overlay, images, again, trace)

    def _lay_without(
        self,
        connection: sa.Connection,
        overlay: Overlay,
        images: Images,
        laid: Sequence[_Laid],
        part: Part,
        trace: Trace,
    ) -> set[Place]:
        """Take a part back and lay entries; if other commands are met, answer where and do nothing."""
        named = {person for one in laid for person in one.persons}
        met = {place for place in overlay.of_persons(named) if overlay.is_met(place, part)}

        def guard(table: sa.Table, key: Values) -> None:
            trace.touch(table, key)
            if overlay.is_met(place := place_of(table, key), part):
                met.add(place)

        attempt = connection.begin_nested()
        self.take_back(images, trace, part.places)
        self._lay(connection, laid, trace, guard)
        if met:
            attempt.rollback()
        else:
            attempt.commit()
        return met

    def _lay(self, connection: sa.Connection, laid: Iterable[_Laid], trace: Trace, keep: Keep) -> None:
        for one in laid:
            entry = one.entry
            rows = Rows(connection, self._establishment, position=entry.position, keep=keep)
            brought = {bundle.person for bundle in entry.bundles}
            for fact in one.facts:
                if not _is_of_stranger(rows, fact, brought):
                    apply_fact(rows, fact)
            for bundle in entry.bundles:
                apply_bundle(connection, self._establishment, bundle, keep=keep)
            for person in entry.gone:
                clear_person(connection, self._establishment, person)
            self._mark(connection, one)
            trace.persons.update(one.persons)

    def _mark(self, connection: sa.Connection, laid: _Laid) -> None:
        """Keep the numbers that are new to the house, and let go of those of whoever was erased."""
        drop_marks(connection, laid.entry.dropped)
        lay_marks(connection, laid.entry.numbers)
        if not follow_marks(connection, self._establishment, laid.facts):
            raise OtherJournal(str(laid.entry.position))

    def _replay(
        self,
        connection: sa.Connection,
        overlay: Overlay,
        images: Images,
        envelopes: Iterable[CommandEnvelope],
        trace: Trace,
    ) -> None:
        for envelope in envelopes:
            touched = Touched()
            # What a desk would refuse now stays in the outbox: the server decides.
            with suppress(Refusal):
                self._run(connection, envelope, images, trace, touched)
            overlay.note(envelope.id, touched)

    def _run(
        self,
        connection: sa.Connection,
        envelope: CommandEnvelope,
        images: Images,
        trace: Trace,
        touched: Touched,
    ) -> None:
        def keep(table: sa.Table, key: Values) -> None:
            place = images.keep(table, key)
            trace.touch(table, key)
            if place not in touched.written:
                touched.written[place] = set(filter(None, [images.person_at(place)]))

        def seen(table: sa.Table, key: Values) -> None:
            touched.read.add(place_of(table, key))

        clock = _MadeAt(envelope.made_at)
        run_on_desk(connection, self._establishment, envelope, keep=keep, seen=seen, clock=clock)
        for place, persons in touched.written.items():
            persons.update(filter(None, [images.person_at(place)]))

    def _move(self, connection: sa.Connection, cursor: str) -> None:
        write_mark(connection, "cursor", cursor)


@contextmanager
def _filling(engine: sa.Engine) -> Generator[sa.Connection]:
    """One transaction as fast as the file takes it: if it ends early, the file is to be thrown away.

    Indexes come after the rows, and the log stays in memory: both would write each page several times.
    """
    with engine.connect() as connection:
        _set(connection, journal_mode="MEMORY", cache_size=-_FILLING_CACHE_KB)
        with connection.begin():
            indexes = connection.exec_driver_sql(_INDEXES).all()
            for index in indexes:
                connection.exec_driver_sql(f"DROP INDEX {index.name}")
            yield connection
            for index in indexes:
                connection.exec_driver_sql(index.sql)
            # Without figures the planner takes an index for its establishment alone: all the rows.
            connection.exec_driver_sql("ANALYZE")
        _set(connection, journal_mode="WAL", cache_size=-_CACHE_KB)


def _set(connection: sa.Connection, **pragmas: str | int) -> None:
    """On the driver's own connection: these can't be set inside a transaction."""
    cursor = connection.connection.cursor()
    for name, value in pragmas.items():
        cursor.execute(f"PRAGMA {name}={value}").fetchall()


def _read(entries: Iterable[EntryMessage]) -> tuple[list[_Laid], list[msgspec.Raw]]:
    """The entries with the facts this version knows, and the facts that it does not."""
    laid: list[_Laid] = []
    unknown: list[msgspec.Raw] = []
    for entry in entries:
        facts, others = decode_facts([bytes(fact) for fact in entry.facts])
        laid.append(_Laid(entry, facts))
        unknown += others
    return laid, unknown


def _count(connection: sa.Connection, unknown: Sequence[msgspec.Raw]) -> None:
    """Count what is not known, for a rebuild after the upgrade: with its page, or not at all."""
    if unknown:
        before = read_mark_in(connection, UNKNOWN_FACTS)
        write_mark(connection, UNKNOWN_FACTS, str(int(before or 0) + len(unknown)))


def _is_of_stranger(rows: Rows, fact: AnyFact, brought: set[str]) -> bool:
    """What is said of a person beyond those held: a history of one line would be a false one.

    A contact may follow its person out of the scope: the goodbye takes both. Who was erased may
    be nobody here, with contacts that were held under another name.
    """
    is_of_all = isinstance(fact, CallerIdentified | IdentificationWithdrawn | PersonErased | GlassBroken)
    person = None if is_of_all else person_of(fact)
    return person is not None and person not in brought and rows.get(tables.person, id=person) is None


def _settlement(entry: EntryMessage, epoch: str) -> Settlement:
    return Settlement(
        id=entry.command_id,
        epoch=epoch,
        position=entry.position,
        refusal=entry.refusal,
        field=entry.field,
    )


def _with_settled(changes: Changes, settled: Sequence[Settlement]) -> Changes:
    return msgspec.structs.replace(
        changes,
        settled=tuple(one.id for one in settled),
        refused=tuple(one.id for one in settled if one.refusal),
    )
