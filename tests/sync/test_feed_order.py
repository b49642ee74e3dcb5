"""What the feed brings is laid first, then the wire is said to be well: a ring waits for no news of it."""

import random
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from typing import cast

import msgspec
import pytest

from sync.client.access import Access
from sync.client.feed import Feed
from sync.client.server import Event, ServerLine, Unreachable
from sync.protocol.messages import Beat, Page, Session, SnapshotLine
from sync.protocol.signing import SittingKey

SESSION = Session(
    token="t",
    refresh="r",
    expires_at=datetime(2026, 11, 24, tzinfo=UTC),
    establishment="e",
    establishment_name="",
    establishment_short_name="",
    login="c.morvan",
    name="",
    role="receptionist",
    services=(),
    service_name="",
    extension="4101",
)
PAGE = Event("page", msgspec.json.encode(Page(entries=[], head="e.1")))
BEAT = Event("beat", msgspec.json.encode(Beat(head="e.1")))
LAID, WELL, LOST = "laid", "well", "lost"


class Told:
    """The console's own end: what is done with it, in its order."""

    def __init__(self) -> None:
        self.acts: list[str] = []

    def cursor(self) -> str:
        return "e.0"

    def scope(self) -> str:
        return "s"

    def withdraw(self) -> None:
        self.acts.append("withdrawn")

    def apply(self, page: Page) -> bool:
        self.acts.append(LAID)
        return True

    def rebuild(self, lines: Iterable[SnapshotLine]) -> None:
        self.acts.append("rebuilt")

    def hear_link(self, *, is_online: bool, is_signed_out: bool = False, is_apart: bool = False) -> None:
        self.acts.append(WELL if is_online else LOST)


class Wire:
    """Brings these events, then breaks; the feed is stopped once it broke."""

    def __init__(self, *events: Event) -> None:
        self._events = events
        self.feed_of: Feed | None = None

    def feed(self, cursor: str, token: str, *, scope: str) -> Generator[Event]:
        yield from self._events
        assert self.feed_of is not None
        self.feed_of.stop()
        raise Unreachable

    def cut(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open."""


def _followed(wire: Wire, sink: Told) -> list[str]:
    feed = Feed(lambda: cast("ServerLine", wire), Access(SESSION, SittingKey()), sink, random.Random(1))
    wire.feed_of = feed
    feed.run()
    return sink.acts


@pytest.mark.parametrize("event", [PAGE, BEAT], ids=["a page", "a beat"])
def test_what_came_is_laid_before_the_wire_is_said_to_be_well(event: Event) -> None:
    assert _followed(Wire(event, event), Told()) == [LAID, WELL, LAID, WELL, LOST]


def test_a_wire_that_brings_nothing_is_not_said_to_be_well() -> None:
    assert _followed(Wire(), Told()) == [LOST]
