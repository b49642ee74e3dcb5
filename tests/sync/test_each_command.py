"""After each kind of command, what a desk followed is what a desk that begins now is given."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.house_commands import ChangeNumberKey
from app.store import journal, tables
from app.store.engine import make_durable
from app.store.journal import Entry
from app.usecases.every import USE_CASES
from sync.client.desk_tables import step_forward
from sync.client.outbox import Outbox
from sync.client.page_order import OtherJournal
from sync.client.replica import Replica
from sync.client.replica_file import make_replica_tables
from sync.protocol.messages import EntryMessage, Page, SnapshotLine, cursor_of
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.snapshot import Snapshot
from tests.support.scene import MORNING, Scene
from tests.support.stores import quick_engine
from tests.sync.each_command import STORIES
from tests.sync.each_double import DOUBLES
from tests.sync.story import Story

__all__ = ["quick_engine"]

_COMPILED: dict[object, object] = {}
Rows: TypeAlias = dict[str, Counter[str]]
DESK = FeedDesk(
    login="c.morvan",
    services=frozenset(("orthopedie", "standard")),
    extension="4101",
    is_unaware=False,
    sees_mobiles=True,
    is_told=True,
)


LIVED = (tables.superseded, tables.line_act)
"""What is told to who is there, and not to who begins: ids of before, what a phone was asked."""


TAKEN_ANEW = (ChangeNumberKey,)
"""What no replica lives through."""


class Follower:
    """A replica that began when the house was laid, or now."""

    def __init__(self, scene: Scene, desk: FeedDesk = DESK) -> None:
        self._scene, self._desk = scene, desk
        self._engines = [_copy_of(lay_out) for lay_out in (step_forward, make_replica_tables)]
        precious, self.engine = self._engines
        outbox = Outbox(precious, scene.clock)
        self._replica = Replica(self.engine, scene.establishment, author=desk.login, outbox=outbox)
        since = MORNING - timedelta(days=1)
        snapshot = Snapshot(scene.engine, scene.establishment, desk, since=since)
        self._replica.fill(msgspec.json.decode(line, type=SnapshotLine) for line in snapshot.lines())

    def follow(self) -> bool:
        """All that the feed tells since; False when it says that all is to be taken anew."""
        epoch, _, position = self._replica.cursor.rpartition(".")
        scene = self._scene
        entries = read_feed_entries(scene.engine, scene.establishment, after=int(position), most=1000)
        told = [body for entry in entries if (body := entry.encode_for(self._desk)) is not None]
        decoded = [msgspec.json.decode(body, type=EntryMessage) for body in told]
        try:
            self._replica.apply(Page(entries=decoded, head=cursor_of(epoch, entries[-1].position)))
        except OtherJournal:
            return False
        return True

    def rows(self) -> Rows:
        """Every row by table, without the position that last set it."""
        held: Rows = {}
        with self.engine.connect() as connection:
            for table in tables.SHARED:
                if table not in LIVED:
                    told = [column for column in table.columns if column.name != "position"]
                    held[table.name] = Counter(str(row) for row in connection.execute(sa.select(*told)))
        return held

    def close(self) -> None:
        """Let the files go."""
        self._replica.close()
        for engine in self._engines:
            engine.dispose()


@cache
def _laid_out(lay_out: Callable[[sa.Engine], None]) -> Any:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    make_durable(engine, synchronous="OFF")
    lay_out(engine)
    return engine.raw_connection().driver_connection


def _copy_of(lay_out: Callable[[sa.Engine], None]) -> sa.Engine:
    """Made once and copied for each: its tables are a hundred statements."""

    def connect() -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:")
        _laid_out(lay_out).backup(copy)
        return copy

    return sa.create_engine(
        "sqlite://", creator=connect, poolclass=sa.StaticPool, execution_options={"compiled_cache": _COMPILED}
    )


@contextmanager
def _following(scene: Scene) -> Generator[Follower]:
    made = Follower(scene)
    try:
        yield made
    finally:
        made.close()


def _differences(held: Rows, given: Rows) -> list[str]:
    return [
        f"{name}: {sign} {row}"
        for name in given
        for sign, more in (("lacks", given[name] - held[name]), ("has", held[name] - given[name]))
        for row in more
    ]


def _last_entry(scene: Scene) -> Entry:
    with scene.engine.connect() as connection:
        return journal.read_entries(connection, scene.establishment, after=0, most=1000)[-1]


@pytest.mark.parametrize("kind", USE_CASES, ids=lambda kind: kind.__name__)
def test_a_desk_that_followed_holds_what_a_new_one_is_given(quick_engine: sa.Engine, kind: type) -> None:
    stories = STORIES | DOUBLES
    assert kind in stories, f"tests/sync/each_command.py has no story that ends with {kind.__name__}"
    story = Story(Scene(quick_engine))
    with _following(story.scene) as here:
        stories[kind](story)
        last = _last_entry(story.scene)
        assert (last.command_kind, bool(last.facts)) == (kind.__name__, True)
        if not here.follow():
            assert kind in TAKEN_ANEW
            return
        with _following(story.scene) as fresh:
            assert _differences(here.rows(), fresh.rows()) == []


def test_the_comparison_finds_out_a_desk_that_missed_the_last_entry(quick_engine: sa.Engine) -> None:
    story = Story(Scene(quick_engine))
    with _following(story.scene) as here:
        story.logged()
        with _following(story.scene) as fresh:
            assert _differences(here.rows(), fresh.rows())
