"""One hospital under faults: its database, servers, wires and consoles, and what is there in the end."""

import random
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from app.clock import AnchoredClock
from app.domain.facts import ContactNoted
from app.domain.words import Role
from app.store import journal, tables
from app.store.engine import open_database, writing
from app.store.journal import Entry
from app.store.migrations import migrate
from sync.client.files import DeskFiles
from sync.client.outbox import Outbox
from sync.server.auth.accounts import Account, put_account
from sync.server.feed.desk import Desk as FeedDesk
from tests.faults.checker import Evidence, Written
from tests.faults.posting import CONNECTORS
from tests.faults.processes import ConsoleProcess, Killable, Server, told_of
from tests.faults.telephone import GHOST_S, Telephone, connectors, number_of
from tests.faults.told import Asked, Order
from tests.faults.work import RECIPIENT
from tests.server.serving import PASSWORD
from tests.support.postgres import Cluster
from tests.support.proxy import Proxy
from tests.sync.hospital import EST, OPENING, lay_house
from tests.sync.schedules import DESKS
from tests.sync.seen import Comparison

PEOPLE = (DESKS[0], DESKS[2])
"""One service is of both, and the first may not know of the protected."""
ROLES = {"amina": Role.RECEPTIONIST, "chloe": Role.SECRETARY}
LOOK_EVERY_S = 0.1
SKEWS = tuple(timedelta(hours=hours) for hours in (0, 0, -5, 3, 11))
"""How far from the server's a console's clock may be, drawn again at each of its starts."""


class Files(NamedTuple):
    """What a console left behind, opened again."""

    feed_desk: FeedDesk
    outbox: Outbox
    engine: sa.Engine


class Ends(NamedTuple):
    """The programs of the product, or one broken on purpose in its place."""

    server: str = "sync.server"
    console: str = "tests.faults.console"


class Calls(NamedTuple):
    """What is to be found of the exchange's calls, by number."""

    heard: frozenset[str]
    """Those that the server surely took, or had to when the exchange was back."""
    over: frozenset[str]
    lingering: tuple[str, ...]
    """Those that went on at the server ten seconds after they were over and the exchange was back."""
    slowest_s: float
    unheard: tuple[str, ...]


class Scene:
    """Built for one seed, in one folder; `database_url` is empty but for its tables."""

    def __init__(
        self,
        folder: Path,
        chance: random.Random,
        *,
        database_url: str,
        servers: int,
        ends: Ends,
        cluster: Cluster | None = None,
    ) -> None:
        self.folder = folder
        self.chance = chance
        self.cluster = cluster
        self.is_damaged = False
        self.engine = open_database(database_url)
        self._ends = ends
        self._began = time.monotonic()
        self._lay()
        self._open = ExitStack()
        self.telephone = self._open.enter_context(Telephone(random.Random(chance.random())))
        lines = CONNECTORS + connectors(self.telephone.port)
        (folder / "connectors.toml").write_text(lines, "utf-8")
        self.servers = [
            Server(f"server {n}", database_url, folder, now=self.now, program=ends.server)
            for n in range(servers)
        ]
        self.wires = [Proxy("127.0.0.1", server.port) for server in self.servers]
        self._key = secrets.token_hex(32)
        self.consoles = [self._console(desk, n) for n, desk in enumerate(PEOPLE)]

    def now(self) -> datetime:
        """The hospital's own time."""
        return OPENING + timedelta(seconds=time.monotonic() - self._began)

    def begin(self) -> None:
        """Everything runs and listens."""
        for server in self.servers:
            server.begin()
        for server in self.servers:
            server.until_listening()
        for console in self.consoles:
            console.begin()
        for console in self.consoles:
            console.until("working")
        self.telephone.begin()

    def processes(self) -> list[Killable]:
        """Whatever may be killed."""
        return [*self.servers, *self.consoles]

    def rest(self) -> bool:
        """Nothing waits, and every console has read the journal to its end; whether they came so far."""
        if not self._all_obey(("rest", 0), "resting"):
            return False
        reached = -1
        while reached != (head := self._head()):
            if not self._all_obey(("reach", head), "reached"):
                return False
            reached = head
        return True

    def _all_obey(self, order: Order, state: str) -> bool:
        for console in self.consoles:
            console.order(order)
        return all(console.until(state) for console in self.consoles)

    def end_calls(self) -> Calls:
        """Nobody calls any more; what goes on is heard of and ends, each within ten seconds."""
        self.telephone.call_no_more()
        slowest_s, lingering = self._until_told(self.telephone.present)
        heard = self.telephone.recorded | self.telephone.present
        self.telephone.end_all()
        ended_s, later = self._until_told(frozenset())
        return Calls(
            heard=frozenset(map(number_of, heard)),
            over=frozenset(map(number_of, self.telephone.over)),
            lingering=tuple(sorted(lingering | later)),
            slowest_s=max(slowest_s, ended_s),
            unheard=() if self.telephone.here else ("nobody listens to the exchange that is back",),
        )

    def _until_told(self, present: frozenset[str]) -> tuple[float, frozenset[str]]:
        """Until those present are known here and the others are over; how long, and which are not over."""
        known, over = set(map(number_of, present)), set(map(number_of, self.telephone.over))
        began = time.monotonic()
        while True:
            states = dict(self._calls())
            lingering = frozenset(number for number in over if states.get(number, "ended") != "ended")
            waited = time.monotonic() - began
            if waited > GHOST_S or (self.telephone.here and not lingering and known <= states.keys()):
                return waited, lingering
            time.sleep(LOOK_EVERY_S)

    def _calls(self) -> tuple[tuple[str, str], ...]:
        call = tables.contact.c
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(call.number, call.state).where(call.channel == "phone"))
            return tuple((row.number, row.state) for row in found)

    def leave(self) -> None:
        """The consoles end, then the servers."""
        for console in self.consoles:
            console.leave()
        for server in self.servers:
            server.end()

    def close(self) -> None:
        """Whatever happened, nothing of it is left running."""
        for process in self.processes():
            process.kill()
        for wire in self.wires:
            wire.close()
        self._open.close()
        self.engine.dispose()

    def damage_replica(self, console: ConsoleProcess) -> None:
        """Spoil the newest replica of a console that does not run."""
        found = sorted((self._folder_of(console.login) / EST).glob("replica-*.db"))
        if not found:
            return
        self.is_damaged = True
        _DAMAGES[self.chance.randrange(len(_DAMAGES))](found[-1], self.chance)

    def evidence(self, posted: frozenset[str], calls: Calls) -> Evidence:
        """What is there, asked directly."""
        with self.engine.connect() as connection:
            entries = journal.read_entries(connection, EST, after=0, most=100_000)
            fault = journal.verify(connection, EST)
            rows = {kind: _ids(connection, table) for kind, table in _TABLES.items()}
        differences, waiting = self._compare()
        return Evidence(
            lives={console.login: told_of(console) for console in self.consoles},
            journal=tuple(map(_written, entries)),
            rows=rows,
            posted=posted | calls.heard,
            over=calls.over,
            lingering=calls.lingering,
            calls=self._calls(),
            dates=tuple(
                (fact.contact, fact.happened_at, entry.at)
                for entry in entries
                for fact in entry.facts
                if isinstance(fact, ContactNoted)
            ),
            differences=differences,
            waiting=waiting,
            chain="" if fault is None else f"entry {fault.position}: {fault.reason}",
            fell=(*(one for process in self.processes() for one in process.fell), *calls.unheard),
            is_damaged=self.is_damaged,
        )

    def scope(self, services: frozenset[str]) -> set[str]:
        """Whom these services hold."""
        held = sa.select(tables.person_scope.c.person).where(tables.person_scope.c.service.in_(services))
        with self.engine.connect() as connection:
            return set(connection.execute(held).scalars())

    @contextmanager
    def files(self, desk: FeedDesk) -> Generator[Files]:
        """A console's files, once it has left."""
        clock = AnchoredClock(self.now())
        files = DeskFiles(self._folder_of(desk.login) / EST, bytes.fromhex(self._key), clock)
        precious = files.open_desk()
        replica, _ = files.open_replica(desk.login)
        try:
            yield Files(desk, Outbox(precious, clock), replica)
        finally:
            replica.dispose()
            precious.dispose()

    def _compare(self) -> tuple[tuple[str, ...], dict[str, int]]:
        differences: list[str] = []
        waiting: dict[str, int] = {}
        for desk in PEOPLE:
            with self.files(desk) as files:
                differences += Comparison(files, self).faults()
                waiting[desk.login] = files.outbox.size(desk.login)
        return tuple(differences), waiting

    def _lay(self) -> None:
        migrate(self.engine)
        lay_house(self.engine)
        with writing(self.engine) as connection:
            connection.execute(sa.delete(tables.agent))
            for desk in PEOPLE:
                account = Account(
                    login=desk.login,
                    name=desk.login.title(),
                    role=ROLES[desk.login],
                    services=tuple(sorted(desk.services)),
                    extension=desk.extension,
                )
                put_account(connection, EST, account, password=PASSWORD)
            entry = {"establishment": EST, "id": RECIPIENT, "name": "Poste d’essai", "service": "imagerie"}
            connection.execute(sa.insert(tables.directory_entry), entry)

    def _console(self, desk: FeedDesk, n: int) -> ConsoleProcess:
        def ask(life: int) -> Asked:
            return Asked(
                address=self.wires[n % len(self.wires)].url,
                folder=str(self._folder_of(desk.login)),
                login=desk.login,
                password=PASSWORD,
                key=self._key,
                now=self.now() + self.chance.choice(SKEWS),
                chance=f"{self.chance.random()} {desk.login} {life}",
            )

        return ConsoleProcess(desk.login, ask, program=self._ends.console)

    def _folder_of(self, login: str) -> Path:
        return self.folder / login

    def _head(self) -> int:
        with self.engine.connect() as connection:
            return journal.head(connection, EST).position


def _written(entry: Entry) -> Written:
    return Written(
        command_id=entry.command_id,
        kind=entry.command_kind,
        author=entry.author,
        refusal=entry.refusal,
        facts=tuple(map(_fact, entry.facts)),
    )


_OF_FACTS = ("message", "commitment", "contact")


def _fact(fact: msgspec.Struct) -> tuple[str, str]:
    """Its kind and what it is about; an escalation is told once a step."""
    about = next((str(getattr(fact, name)) for name in _OF_FACTS if hasattr(fact, name)), "")
    return type(fact).__name__, f"{about} {getattr(fact, 'step', '')}".rstrip()


_TABLES = {
    "NoteContact": tables.contact,
    "Commit": tables.commitment,
    "LeaveMessage": tables.call_back_note,
}


def _ids(connection: sa.Connection, table: sa.Table) -> frozenset[str]:
    return frozenset(connection.execute(sa.select(table.c.id).filter_by(establishment=EST)).scalars())


def _flip(path: Path, chance: random.Random) -> None:
    _overwrite(path, chance, lambda byte: byte ^ 0xFF)


def _zero(path: Path, chance: random.Random) -> None:
    _overwrite(path, chance, lambda _byte: 0)


def _overwrite(path: Path, chance: random.Random, change: Callable[[int], int]) -> None:
    """A few pages anywhere in the file."""
    content = bytearray(path.read_bytes())
    for _ in range(3):
        page = chance.randrange(max(len(content) // 4096, 1)) * 4096
        content[page : page + 4096] = bytes(change(byte) for byte in content[page : page + 4096])
    path.write_bytes(content)


def _cut_short(path: Path, _chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _drop_log(path: Path, _chance: random.Random) -> None:
    path.with_name(path.name + "-wal").unlink(missing_ok=True)


def _empty(path: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def _of_another_key(path: Path, chance: random.Random) -> None:
    """A file of noise is what a file under another key looks like."""
    path.write_bytes(chance.randbytes(path.stat().st_size))


_DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (
    _flip,
    _zero,
    _cut_short,
    _drop_log,
    _empty,
    _of_another_key,
)
