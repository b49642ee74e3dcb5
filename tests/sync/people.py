"""Somebody at a real console, on a real server, through a wire that can be cut."""

import faulthandler
import random
import threading
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import NoteContact
from app.domain.names_sought import read_questions
from app.domain.words import Channel
from app.queries.person_search import search_persons
from app.store import tables
from app.store.engine import open_database
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.credentials import Throwaway
from sync.client.link import LinkState
from tests.server.serving import PASSWORD, Served, serving
from tests.support.proxy import Proxy
from tests.support.scene import MORNING

SOON_S = 14.0
"""Below the feed's fifteen seconds of silence, so that a lost wake-up is not hidden by its next try."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Generator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('store') / 'server.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def served(store: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    with serving(store, tmp_path_factory.mktemp("data")) as (_process, scene, url):
        yield Served(url, scene)


@pytest.fixture
def proxy(served: Served) -> Generator[Proxy]:
    host, _, port = served.url.removeprefix("http://").partition(":")
    wire = Proxy(host, int(port))
    yield wire
    wire.close()


class DeskClock(AnchoredClock):
    """The console's own clock, which a test may set."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


class Person:
    """Somebody at a console, and what the console told."""

    def __init__(self, address: str, folder: Path, login: str, keys: Throwaway) -> None:
        self.clock = DeskClock(MORNING)
        self.keys = keys
        self.told = threading.Condition()
        self.changes: list[Changes] = []
        self.links: list[LinkState] = []
        self.console = Console(
            address,
            folder,
            keys=keys,
            clock=self.clock,
            mint=TimeOrderedMint(),
            chance=random.Random(7),
            on_changes=lambda changes: self._hear(self.changes, changes),
            on_link=lambda state: self._hear(self.links, state),
        )
        self.console.sign_in(login, PASSWORD)
        self.console.start()

    def _hear(self, heard: list[Any], one: Any) -> None:
        with self.told:
            heard.append(one)
            self.told.notify_all()

    def until(self, is_so: Callable[[], bool], what: str, *, within: float = SOON_S) -> None:
        with self.told:
            is_met = self.told.wait_for(is_so, within)
        if not is_met:
            # Where each thread stands then, and nothing else, tells a machine that is late from a fault.
            faulthandler.dump_traceback(all_threads=True)
        assert is_met, f"{what}: {self.links[-3:]} {self.changes[-3:]}"

    def until_online(self, *, is_new: bool) -> None:
        self.until(lambda: bool(self.links) and self.links[-1].is_online, "never online")
        if is_new:
            self.until(lambda: any(change.is_whole for change in self.changes), "no snapshot")

    def until_settled(self, command_id: str) -> None:
        self.until(lambda: any(command_id in c.settled for c in self.changes), "never settled")

    def found(self, line: str) -> list[str]:
        def search(connection: sa.Connection, establishment: str) -> list[str]:
            questions = read_questions(line, today=MORNING.date())
            return [row.person for row in search_persons(connection, establishment, *questions).rows]

        return self.console.ask(search).result(SOON_S)

    def contact(self, contact: str) -> Any:
        def read(connection: sa.Connection, establishment: str) -> Any:
            key = {"establishment": establishment, "id": contact}
            return connection.execute(sa.select(tables.contact).filter_by(**key)).one_or_none()

        return self.console.ask(read).result(SOON_S)


class SitDown(Protocol):
    def __call__(self, login: str, *, is_new: bool = True) -> Person: ...


@pytest.fixture
def sit_down(tmp_path: Path, proxy: Proxy) -> Generator[SitDown]:
    people: list[Person] = []
    keys = Throwaway()

    def at(login: str, *, is_new: bool = True) -> Person:
        people.append(Person(proxy.url, tmp_path / login, login, keys))
        people[-1].until_online(is_new=is_new)
        return people[-1]

    yield at
    for person in people:
        person.console.stop()


def note_of(console: Console) -> NoteContact:
    return NoteContact(
        contact=TimeOrderedMint().new_id(),
        channel=Channel.DESK,
        service=console.session.services[0],
        text="Passage à l’accueil",
        happened_at=MORNING,
    )
