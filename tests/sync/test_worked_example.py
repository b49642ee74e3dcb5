"""The design’s first example (17), lived by calls: on the server, at a desk, in a first replica."""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    LogMotive,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterRetrieval,
    RegisterRing,
    ReportAgentState,
)
from app.domain.indicators import TEAM, Share
from app.domain.words import AgentState, Ending, Outcome
from app.queries.board import Board, board
from app.queries.reports import QueueReport, report
from sync.client.desk_tables import step_forward
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.client.replica_file import make_replica_tables
from sync.protocol.messages import EntryMessage, Page, SnapshotLine, cursor_of
from sync.server.feed.desk import Desk
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.snapshot import Snapshot
from tests.support.scene import MORNING, QUEUE, Scene
from tests.support.stores import engine
from tests.sync.hospital import open_quickly

__all__ = ["engine"]

S = timedelta(seconds=1)
BETWEEN = timedelta(minutes=5)
LINE, AGENT = "line:test", "c.morvan"
ANSWERED = (
    (8, 120, 0, 30),
    (15, 90, 20, 25),
    (22, 200, 0, 60),
    (19, 60, 0, 20),
    (65, 150, 40, 45),
    (5, 30, 0, 10),
    (20, 110, 0, 20),
)
"""Wait, talk, hold, post-call."""
LEFT = (3, 40, 12)
ORDER = (*ANSWERED[:3], LEFT[0], ANSWERED[3], LEFT[1], *ANSWERED[4:], LEFT[2])
TABLE = {
    "answer_rate": (7, 9),
    "service_level": (5, 9),
    "abandon_rate": (2, 9),
    "lost_callers": (2, 9),
    "mean_wait": 22.0,
    "mean_talk": 108.6,
    "mean_post_call": 30.0,
    "mean_handling": 147.1,
    "mean_abandon_wait": 26.0,
    "felt_wait": 19.0,
}
"""What the design's page says, and what follows of it for the callers who left."""
SUPERVISOR = Desk(
    login="s.kerr", services=frozenset({"orthopedie", "standard"}), extension="", is_unaware=True
)
Shown: TypeAlias = tuple[Board, tuple[QueueReport, ...]]


class Story:
    """The ten calls, told by the exchange and qualified by whoever answered."""

    def __init__(self, scene: Scene, *, heard: Callable[[], None]) -> None:
        self.scene, self._heard = scene, heard
        for rank in range(TEAM):
            self._tell(
                ReportAgentState(
                    queue=QUEUE, extension=f"410{rank}", state=AgentState.AVAILABLE, at=scene.clock.now()
                )
            )

    def play(self) -> None:
        """From the first call to the last, five minutes from one to the next."""
        for rank, call in enumerate(ORDER):
            self._wait(MORNING + rank * BETWEEN - self.scene.clock.now())
            contact = self._arrive(f"+336399802{rank:02}")
            if isinstance(call, int):
                self._wait(call * S)
                self._tell(RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=self._now()))
            else:
                self._answer(contact, *call)

    def _arrive(self, number: str) -> str:
        contact, now = self.scene.new_id(), self._now()
        self._tell(
            RegisterCall(contact=contact, queue=QUEUE, number_raw=number, arrived_at=now, queued_at=now)
        )
        self._tell(RegisterRing(contact=contact, extension="4101", at=now))
        return contact

    def _answer(self, contact: str, wait: int, talk: int, hold: int, post_call: int) -> None:
        self._wait(wait * S)
        self._tell(RegisterAnswer(contact=contact, extension="4101", at=self._now()))
        self._wait(10 * S)
        if hold:
            self._tell(RegisterHold(contact=contact, extension="4101", at=self._now()))
            self._wait(hold * S)
            self._tell(RegisterRetrieval(contact=contact, extension="4101", at=self._now()))
        self._wait((talk - 10) * S)
        self._tell(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=self._now()))
        self._wait(post_call * S)
        saved = LogMotive(contact=contact, motive="91", outcome=Outcome.DEALT_WITH, service="orthopedie")
        self._tell(saved, author=AGENT)

    def _tell(self, body: AnyCommand, *, author: str = LINE) -> None:
        assert not self.scene.run(body, author=author).refusal
        self._heard()

    def _wait(self, span: timedelta) -> None:
        self.scene.clock.move(span)

    def _now(self) -> datetime:
        return self.scene.clock.now()


class Screen:
    """A supervisor's replica, without its console."""

    def __init__(self, scene: Scene, folder: Path, name: str) -> None:
        self._scene = scene
        self._desk_engine = open_quickly(folder / f"{name}-desk.db")
        step_forward(self._desk_engine)
        self.engine = open_quickly(folder / f"{name}.db")
        make_replica_tables(self.engine)
        outbox = Outbox(self._desk_engine, scene.clock)
        self.replica = Replica(self.engine, scene.establishment, author=SUPERVISOR.login, outbox=outbox)
        snapshot = Snapshot(scene.engine, scene.establishment, SUPERVISOR, since=MORNING - BETWEEN)
        self.replica.fill(msgspec.json.decode(line, type=SnapshotLine) for line in snapshot.lines())

    def follow(self, missed: str = "") -> None:
        """Take all that the feed has; whoever misses a kind of fact has no whole rows to mend it with."""
        after = int(self.replica.cursor.rpartition(".")[2])
        entries = read_feed_entries(self._scene.engine, self._scene.establishment, after=after)
        sent = filter(None, (one.encode_for(SUPERVISOR) for one in entries))
        told = [msgspec.json.decode(body, type=EntryMessage) for body in sent]
        page = [_without(one, missed) for one in told] if missed else told
        self.replica.apply(Page(entries=page, head=cursor_of("epoch-1", entries[-1].position)))

    def close(self) -> None:
        self.replica.close()
        self._desk_engine.dispose()


def _without(entry: EntryMessage, kind: str) -> EntryMessage:
    kept = [fact for fact in entry.facts if msgspec.json.decode(fact)["kind"] != kind]
    return msgspec.structs.replace(entry, facts=kept, bundles=[])


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


@pytest.fixture
def screen(scene: Scene, tmp_path: Path) -> Generator[Callable[[str], Screen]]:
    made: list[Screen] = []

    def make(name: str) -> Screen:
        made.append(Screen(scene, tmp_path, name))
        return made[-1]

    yield make
    for one in made:
        one.close()


def shown(engine: sa.Engine, scene: Scene) -> Shown:
    now = scene.clock.now()
    with engine.connect() as connection:
        return (
            board(connection, scene.establishment, now=now),
            report(connection, scene.establishment, since=MORNING, until=now + S, tells_work=True),
        )


def figures(told: Shown) -> dict[str, object]:
    """Those of the table, in the report's words."""
    (one,) = [each for each in told[1] if each.queue == QUEUE]
    given = {str(figure.name): figure for figure in one.figures}
    return {
        name: (given[name].part, given[name].base) if isinstance(want, tuple) else given[name].value
        for name, want in TABLE.items()
    }


def test_the_designs_first_example_is_what_a_server_a_desk_and_a_first_replica_show(
    scene: Scene, screen: Callable[[str], Screen]
) -> None:
    fed = screen("fed")
    Story(scene, heard=fed.follow).play()
    server = shown(scene.engine, scene)
    assert figures(server) == TABLE
    day, (tile,) = server[0].day, [one for one in server[0].tiles if one.queue == QUEUE]
    assert (tile.received, tile.service_level, tile.abandon_rate) == (10, Share(5, 9), Share(2, 9))
    assert (day.received, day.answered, day.abandoned) == (10, 7, 2)
    assert day.felt_wait == 19 * S
    assert day.lost.share == Share(2, 9)
    assert shown(fed.engine, scene) == server
    assert shown(screen("late").engine, scene) == server


@pytest.mark.parametrize(
    ("missed", "wrong"),
    [
        ("CallRetrieved", {"mean_talk"}),
        ("PostCallEnded", {"mean_post_call", "mean_handling"}),
        ("CallAnswered", {*TABLE}),
    ],
)
def test_a_desk_that_misses_one_kind_of_fact_shows_other_figures(
    scene: Scene, screen: Callable[[str], Screen], missed: str, wrong: set[str]
) -> None:
    deaf = screen("deaf")
    Story(scene, heard=partial(deaf.follow, missed)).play()
    found = figures(shown(deaf.engine, scene))
    assert {name for name, value in TABLE.items() if found[name] != value} == wrong
