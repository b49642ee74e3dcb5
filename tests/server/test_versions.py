"""One version apart they work together; further apart each is told so, and nothing is lost."""

import random
import threading
from collections.abc import Callable, Iterable

import pytest

from app.clock import MachineClock
from sync.client.access import Access
from sync.client.feed import Feed
from sync.client.link import Link, LinkState
from sync.client.server import Apart, ServerLine, SignInRefused
from sync.protocol import MOST_APART, PROTOCOL_VERSION, VERSION_HEADER
from sync.protocol.messages import VERSION_APART, Credentials, Page, SnapshotLine
from sync.protocol.signing import SittingKey
from tests.server.serving import PASSWORD, Served

NEAR = [max(PROTOCOL_VERSION - MOST_APART, 0), PROTOCOL_VERSION, PROTOCOL_VERSION + MOST_APART]
FAR = PROTOCOL_VERSION + MOST_APART + 1
CLAIRE = Credentials(login="c.morvan", password=PASSWORD)


@pytest.mark.parametrize("version", NEAR)
def test_a_console_one_version_away_signs_in_and_follows(served: Served, version: int) -> None:
    line = ServerLine(served.url, protocol=version)
    session = line.sign_in(CLAIRE)
    *_, last = line.snapshot(session.token)
    assert type(last).__name__ == "SnapshotEnd"
    line.close()


def test_a_console_further_away_is_told_at_its_door_and_on_every_route(served: Served) -> None:
    line = ServerLine(served.url, protocol=FAR)
    with pytest.raises(SignInRefused) as refused:
        line.sign_in(CLAIRE)
    assert refused.value.code == VERSION_APART
    token = served.session("c.morvan")["token"]
    asked: tuple[Callable[[], object], ...] = (
        lambda: list(line.snapshot(token)),
        lambda: list(line.feed("", token, scope="")),
        lambda: line.send([], "a-desk"),
        lambda: line.enrol(token),
    )
    for ask in asked:
        with pytest.raises(Apart):
            ask()
    line.close()


def test_the_server_says_its_own_version_and_takes_who_says_none(served: Served) -> None:
    answer = served.call("GET", "/v1/snapshot", headers={VERSION_HEADER: str(FAR)})
    assert (answer.status_code, answer.json()["protocol"]) == (426, PROTOCOL_VERSION)
    assert served.call("GET", "/health/live", headers={}).status_code == 200
    assert served.call("GET", "/v1/snapshot", login="c.morvan").status_code == 200


@pytest.mark.parametrize("said", ["two", "-1", "1.0", "9" * 50, "²"])
def test_what_is_no_version_is_refused_by_its_name(served: Served, said: str) -> None:
    answer = served.call("GET", "/health/live", headers={VERSION_HEADER: said.encode("latin-1")})
    assert answer.status_code in (400, 426)
    assert answer.json()["field"] == VERSION_HEADER


class _Sink:
    """Where a feed tells how the wire is."""

    def __init__(self, told: Callable[[], object]) -> None:
        self.states: list[LinkState] = []
        self._link = Link(self.states.append, MachineClock())
        self._told = told

    def cursor(self) -> str:
        return "e.1"

    def scope(self) -> str:
        return ""

    def withdraw(self) -> None:
        raise AssertionError("nothing was withdrawn")

    def apply(self, page: Page) -> bool:
        raise AssertionError(f"nothing is understood: {page}")

    def rebuild(self, lines: Iterable[SnapshotLine]) -> None:
        raise AssertionError(f"nothing is laid: {lines}")

    def hear_link(self, *, is_online: bool, is_signed_out: bool = False, is_apart: bool = False) -> None:
        self._link.hear(is_online=is_online, is_signed_out=is_signed_out, is_apart=is_apart)
        self._told()


def test_a_console_at_work_whose_server_went_too_far_ahead_says_so_and_keeps_what_it_holds(
    served: Served,
) -> None:
    line = ServerLine(served.url)
    key = SittingKey()
    access = Access(line.sign_in(CLAIRE), key)
    told = threading.Event()
    sink = _Sink(told.set)
    feed = Feed(lambda: ServerLine(served.url, protocol=FAR), access, sink, random.Random(1))
    following = threading.Thread(target=feed.run)
    following.start()
    assert told.wait(30)
    feed.stop()
    following.join(30)
    line.close()
    assert [(state.is_apart, state.is_online) for state in sink.states[:1]] == [(True, False)]
