"""The primary database is lost under load, the standby is promoted, and nothing acknowledged is missing."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from app.domain.commands import NoteContact
from app.domain.facts import ContactNoted
from app.domain.words import Channel
from app.settings import read_settings
from app.store import journal, tables
from app.store.engine import open_database
from app.store.migrations import migrate
from sync.client.credentials import Throwaway
from sync.protocol.messages import to_message
from tests.server.serving import Served, serving
from tests.support.backups import Installation
from tests.support.failover import Pair, pair_of_clusters
from tests.support.scene import Scene
from tests.sync.people import SOON_S, Person, note_of

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(400)]

PATIENCE_S = 90
LOGIN = "c.morvan"


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A primary with its archive."""
    with pair_of_clusters() as made:
        made.type("primary", made.one, "--archive", made.archive)
        yield made


class Load:
    """Posts notes one after the other from two threads; knows which were acknowledged."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.acknowledged: list[str] = []
        self._enough = threading.Event()
        self._more = threading.Condition()

    def __enter__(self) -> "Load":
        self._pool = ThreadPoolExecutor(2)
        self._posting = [self._pool.submit(self._post) for _ in range(2)]
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._pool.shutdown()
        for one in self._posting:
            one.result()

    def until(self, more: int) -> None:
        """So many more are acknowledged."""
        with self._more:
            wanted = len(self.acknowledged) + more
            assert self._more.wait_for(lambda: len(self.acknowledged) >= wanted, PATIENCE_S)

    def _post(self) -> None:
        while not self._enough.is_set():
            scene = self._served.scene
            note = _note(scene)
            message = json.loads(msgspec.json.encode(to_message(scene.envelope(note, author=LOGIN))))
            while not self._is_taken(message) and not self._enough.wait(0.05):
                """The same command again: it is in the journal once, whatever became of the first."""

    def _is_taken(self, message: dict[str, Any]) -> bool:
        with suppress(requests.RequestException):
            asked = {"commands": [message]}
            answer = self._served.call("POST", "/v1/commands", login=LOGIN, json=asked)
            if answer.status_code == 202 and answer.json()[0]["state"] == "done":
                with self._more:
                    self.acknowledged.append(message["body"]["contact"])
                    self._more.notify_all()
                return True
        return False


def _note(scene: Scene) -> NoteContact:

    return NoteContact(
        contact=scene.new_id(),
        channel=Channel.DESK,
        service="orthopedie",
        text="Passage",
        happened_at=scene.clock.now(),
    )


def _lost_and_doubled(scene: Scene, acknowledged: list[str]) -> tuple[int, int]:
    """How many acknowledged notes the database does not hold, and how many it holds twice."""
    with scene.engine.connect() as connection:
        entries = journal.read_entries(connection, scene.establishment, after=0, most=1_000_000)
        assert journal.verify(connection, scene.establishment) is None
    facts = [fact for entry in entries for fact in entry.facts]
    noted = Counter(fact.contact for fact in facts if isinstance(fact, ContactNoted))
    return len(set(acknowledged) - set(noted)), sum(times > 1 for times in noted.values())


def _ready_within(url: str) -> float:
    """How long until the server answers that it is ready."""
    began = time.monotonic()
    while True:
        with suppress(requests.RequestException):
            if requests.get(f"{url}/health/ready", timeout=5).status_code == 200:
                return time.monotonic() - began
        assert time.monotonic() - began < PATIENCE_S
        time.sleep(0.05)


def test_a_primary_killed_under_load_loses_nothing_acknowledged_and_the_desks_carry_on(
    pair: Pair, tmp_path: Path
) -> None:
    pair.follow("standby", pair.two, of=pair.one, name="two")
    pair.type("wait-for", pair.one, "two")
    settings = read_settings({"FILROUGE_DATABASE_URL": pair.url}, dotenv=tmp_path / "no.env")
    engine = open_database(settings.database_url)
    with serving(engine, tmp_path) as (_process, scene, url):
        served, person = Served(url, scene), Person(url, tmp_path / "desk", "s.haddad", Throwaway())
        try:
            person.until_online(is_new=True)
            with Load(served) as load:
                load.until(20)
                pair.kill(pair.one)
                asked = person.console.submit(note_of(person.console)).result(SOON_S)
                pair.type("promote", pair.two)
                print(f"ready {_ready_within(url):.1f} s after the promotion")
                load.until(20)
            person.until(
                lambda: any(asked in c.settled for c in person.changes), "never settled", within=PATIENCE_S
            )
            assert _lost_and_doubled(scene, load.acknowledged) == (0, 0)

            pair.follow("rejoin", pair.one, of=pair.two, name="one")
            assert pair.ask(pair.one, "SELECT pg_is_in_recovery()") == "t"
            # The negative control: nobody waits for the standby, which hears nothing any more.
            pair.ask(pair.one, "ALTER SYSTEM SET primary_conninfo = ''")
            pair.ask(pair.one, "SELECT pg_reload_conf()")
            with Load(served) as careless:
                careless.until(20)
                pair.kill(pair.two)
            pair.type("promote", pair.one)
            _ready_within(url)
            lost, doubled = _lost_and_doubled(scene, careless.acknowledged)
            assert (lost > 0, doubled) == (True, 0)
        finally:
            person.console.stop()
            engine.dispose()


def test_the_database_goes_back_to_a_moment_and_begins_again(pair: Pair, tmp_path: Path) -> None:
    here = Installation(pair.url, tmp_path / "here")
    engine = open_database(here.settings.database_url)
    migrate(engine)
    scene = Scene(engine)
    pair.type("base", pair.one, "--to", pair.home / "base")
    kept = _note(scene)
    scene.run(kept)
    moment = pair.ask(pair.one, "SELECT now()")
    scene.run(_note(scene))
    pair.ask(pair.one, "SELECT pg_switch_wal()")
    engine.dispose()

    back = ("--base", pair.home / "base", "--archive", pair.archive, "--at", moment)
    pair.type("to-moment", pair.one, *back)
    here.restore(None, "--in-place")
    assert [row.id for row in scene.rows(tables.contact)] == [kept.contact]
    (epoch,) = [row.value for row in scene.rows(tables.house_fact) if row.name == "epoch"]
    assert epoch != "epoch-1"
    engine.dispose()
