"""A server without a network: the real journal, use cases and feed, over files that can be restored."""

import random
import shutil
import uuid
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.dispatch import Asked, Settled, run_command, run_commands
from app.domain.commands import AnyCommand, CommandEnvelope
from app.domain.words import Role
from app.store import journal, tables
from app.store.bundles import Bundle, read_bundle
from app.store.engine import create_server_tables, make_durable
from app.store.journal import Entry
from app.store.rows import Rows
from sync.client.desk_tables import step_forward
from sync.client.replica_file import make_replica_tables
from sync.protocol.messages import CommandMessage, EntryMessage, Page, SnapshotLine, cursor_of, to_envelope
from sync.server.auth.accounts import ACTIVE
from sync.server.auth.authors import Authors
from sync.server.auth.desks import Sitting, begin_sitting
from sync.server.auth.judging import judge_again
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.snapshot import Snapshot

EST = "saint-aurelien"
OPENING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SERVICES = ("cardiologie", "imagerie", "pediatrie")
EXTENSIONS = {"4101": "cardiologie", "4102": "imagerie", "4103": "pediatrie"}
AGENTS = ("amina", "bruno", "chloe", "anne", "basile", "cyril")
NUMBERS = ("+33639980101", "+33639980102", "+33639980103", "+33639980104")
PERSONS = tuple(str(uuid.UUID(int=0x0500 + n)) for n in range(7))

_COMPILED: dict[object, object] = {}
"""Shared by every engine: a schedule opens dozens of them."""
_DIALECTS: dict[str, sa.Dialect] = {}
"""The first engine's, for all: what is compiled is kept by dialect, and each engine makes its own."""

PROTECTED = PERSONS[4]
"""For receptionists this person does not exist (rules R5)."""


class TickingClock:
    """Each reading is a second later: no two things happen at the same time."""

    def __init__(self) -> None:
        self._at = OPENING

    def now(self) -> datetime:
        self._at += timedelta(seconds=1)
        return self._at

    def sleep(self, span: timedelta) -> None:
        self._at += span


class SeededMint:
    """Ids that a seed gives back."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def new_id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def open_quickly(path: Path) -> sa.Engine:
    """The product's engine, except that it does not wait for the disk."""
    engine = sa.create_engine(f"sqlite:///{path}", execution_options={"compiled_cache": _COMPILED})
    engine.dialect = _DIALECTS.setdefault(engine.name, engine.dialect)
    make_durable(engine, synchronous="OFF")
    return engine


class Templates:
    """Empty files of each kind, made once and copied for every schedule."""

    def __init__(self, folder: Path) -> None:
        self.server = folder / "server-template.db"
        self.desk = folder / "desk-template.db"
        self.replica = folder / "replica-template.db"
        for path, fill in (
            (self.server, _build_house),
            (self.desk, step_forward),
            (self.replica, make_replica_tables),
        ):
            engine = open_quickly(path)
            fill(engine)
            engine.dispose()


def _build_house(engine: sa.Engine) -> None:
    create_server_tables(engine)
    lay_house(engine)


def lay_house(engine: sa.Engine) -> None:
    """Three services, seven persons, shared numbers, some already in scope with a past."""
    with engine.begin() as connection:
        rows = Rows(connection, EST, position=0)
        for extension, service in EXTENSIONS.items():
            rows.put(tables.service, id=service, name=service)
            rows.put(tables.queue, id=f"file-{service}", name=service, service=service)
            rows.put(tables.agent, id=f"agent-{extension}", service=service, extension=extension)
        for n, person in enumerate(PERSONS):
            protection = "protected" if person == PROTECTED else ""
            rows.put(tables.person, id=person, birth_name=f"Personne{n}", protection=protection)
            rows.put(tables.person_number, number=NUMBERS[n % len(NUMBERS)], person=person, role="mobile")
            rows.put(
                tables.preference,
                person=person,
                purpose="stay",
                channel="sms",
                act="admission",
                choice="allowed",
                said_at=OPENING,
            )
        for person, service in zip(PERSONS, SERVICES, strict=False):
            rows.put(tables.person_scope, person=person, service=service)
            _lay_past(rows, person, service)
        for login in AGENTS:
            who = {"establishment": EST, "login": login, "role": Role.SECRETARY.value, "state": ACTIVE}
            connection.execute(sa.insert(tables.account), who)
        words = sa.insert(tables.house_fact)
        connection.execute(words, {"establishment": EST, "name": "epoch", "value": "e1"})


def _lay_past(rows: Rows, person: str, service: str) -> None:
    for n in range(2):
        contact, at = (
            str(uuid.UUID(int=uuid.UUID(person).int + 0x1000 * (n + 1))),
            OPENING - timedelta(days=n + 1),
        )
        rows.put(
            tables.contact,
            id=contact,
            person=person,
            service=service,
            channel="desk",
            direction="inbound",
            state="ended",
            at=at,
        )
        rows.put(tables.timeline, person=person, at=at, contact=contact)


class Hospital:
    """What a server does with commands, pages and snapshots."""

    def __init__(self, templates: Templates, folder: Path, clock: TickingClock) -> None:
        self.templates = templates
        self.folder = folder
        self._path = folder / "server.db"
        self._backup = folder / "backup.db"
        shutil.copyfile(templates.server, self._path)
        self.clock = clock
        self.epoch = "e1"
        self.engine = open_quickly(self._path)

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        """What `POST /v1/commands` does with one command."""
        return self._run(to_envelope(message), desk=desk)

    def hand_over(self, message: CommandMessage, *, desk: str) -> Settled:
        """What it does with what a desk hands over: whose word it is comes first (rule 8)."""
        asked = self.judge(message, desk=desk)
        if isinstance(asked, CommandEnvelope):
            return self.receive(message, desk=desk)
        (settled,) = run_commands(self.engine, EST, [asked], desk=desk, clock=self.clock)
        return settled

    def judge(self, message: CommandMessage, *, desk: str) -> Asked:
        now = self.clock.now()
        with self.engine.connect() as connection:
            role_of = Authors(connection, EST, received_at=now).role_of
            return judge_again(msgspec.json.encode(message), role_of, by=desk, now=now)

    def begin_sitting(self, login: str, public_key: str) -> Sitting:
        """What a password opens."""
        with self.engine.begin() as connection:
            return begin_sitting(connection, EST, login, public_key=public_key, now=self.clock.now())

    def tell(self, command: AnyCommand, command_id: str) -> Settled:
        """What a line's connector does."""
        envelope = CommandEnvelope(id=command_id, made_at=self.clock.now(), author="line", body=command)
        return self._run(envelope, desk="line")

    def _run(self, envelope: CommandEnvelope, *, desk: str) -> Settled:
        return run_command(self.engine, EST, envelope, desk=desk, clock=self.clock)

    def page(self, desk: FeedDesk, cursor: str, most: int) -> Page | None:
        """The next entries for a desk; None when its cursor can't be resumed."""
        epoch, _, position = cursor.rpartition(".")
        if epoch != self.epoch or int(position) > self.head():
            return None
        entries = read_feed_entries(self.engine, EST, after=int(position), most=most)
        seen = [body for entry in entries if (body := entry.encode_for(desk)) is not None]
        last = entries[-1].position if entries else int(position)
        decoded = [msgspec.json.decode(body, type=EntryMessage) for body in seen]
        return Page(entries=decoded, head=cursor_of(self.epoch, last))

    def snapshot(self, desk: FeedDesk) -> Iterator[SnapshotLine]:
        """A desk's whole scope, two persons a part."""
        snapshot = Snapshot(self.engine, EST, desk, since=OPENING, part_persons=2)
        return (msgspec.json.decode(line, type=SnapshotLine) for line in snapshot.lines())

    def head(self) -> int:
        with self.engine.connect() as connection:
            return journal.head(connection, EST).position

    def has(self, command_id: str) -> bool:
        with self.engine.connect() as connection:
            return journal.find_command(connection, EST, command_id) is not None

    def entries(self) -> list[Entry]:
        with self.engine.connect() as connection:
            return journal.read_entries(connection, EST, after=0, most=100_000)

    def scope(self, services: frozenset[str]) -> set[str]:
        held = sa.select(tables.person_scope.c.person).where(tables.person_scope.c.service.in_(services))
        with self.engine.connect() as connection:
            return set(connection.execute(held).scalars())

    def pointers(self) -> dict[str, str]:
        """Each record that was regrouped, with the one kept."""
        with self.engine.connect() as connection:
            return pointers(connection)

    def let_decide(self, logins: Collection[str]) -> None:
        """They answer for identities from now on."""
        who = sa.update(tables.account).where(tables.account.c.login.in_(logins))
        with self.engine.begin() as connection:
            connection.execute(who.values(role=Role.SUPERVISOR.value))

    def back_up(self) -> None:
        """Copy the whole database."""
        self._backup.unlink(missing_ok=True)
        raw = self.engine.raw_connection()
        raw.cursor().execute("VACUUM INTO ?", (str(self._backup),))
        raw.close()

    def restore(self) -> None:
        """Go back to the copy, as another journal."""
        if not self._backup.exists():
            return
        self.close()
        for path in self._path.parent.glob("server.db*"):
            path.unlink()
        shutil.copyfile(self._backup, self._path)
        self.engine = open_quickly(self._path)
        self.epoch = f"e{int(self.epoch[1:]) + 1}"
        with self.engine.begin() as connection:
            connection.execute(sa.update(tables.house_fact).values(value=self.epoch))

    def close(self) -> None:
        self.engine.dispose()


def whole_person(connection: sa.Connection, person: str) -> Bundle:
    """A person's rows in an order that can be compared."""
    bundle = read_bundle(connection, EST, person, as_of=0)
    rows = {name: sorted(found, key=str) for name, found in bundle.rows.items()}
    for row in rows["person"]:
        # Until when it may be read is said at each desk.
        row.pop("lifted_until", None)
    return msgspec.structs.replace(bundle, rows=rows)


def unlinked_calls(connection: sa.Connection) -> Iterator[sa.Row[tuple[str]]]:
    """The contacts that concern nobody yet."""
    yield from connection.execute(sa.select(tables.contact).where(tables.contact.c.person.is_(None)))


def pointers(connection: sa.Connection) -> dict[str, str]:
    """Each record that was regrouped, with the one kept."""
    _p = tables.person.c
    rows = connection.execute(sa.select(_p.id, _p.same_as).where(_p.same_as.is_not(None)))
    return {row.id: row.same_as for row in rows}
