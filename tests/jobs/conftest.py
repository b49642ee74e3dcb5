"""What is due, on each kind of database."""

from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from tests.support.scene import Scene
from tests.support.stores import engine

__all__ = ["engine", "new_intake"]


def new_intake(scene: Scene) -> Intake:
    """Where commands enter one more server process of this hospital."""
    tail = Tail(lambda after: read_feed_entries(scene.engine, scene.establishment, after=after), head=0)
    return Intake(scene.engine, scene.establishment, tail, clock=scene.clock, counts=Counts())
