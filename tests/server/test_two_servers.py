"""Two server processes and one exchange: one of them listens, and another does when it is killed."""

import itertools
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from app.store import tables
from app.store.engine import open_database
from app.store.leases import Lessor
from app.store.migrations import migrate
from sync.server.connectors.asterisk.session import AsteriskSettings
from tests.server.connectors.posts import Fields, incoming
from tests.server.connectors.switchboard import Switchboard
from tests.server.serving import end, listening, start
from tests.support.scene import QUEUE, Scene
from tests.support.stores import EACH_DATABASE, new_url

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PATIENCE_S = 60


@pytest.fixture(params=EACH_DATABASE)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """A small hospital, alone in its database."""
    engine = open_database(new_url(request, tmp_path))
    migrate(engine)
    yield Scene(engine)
    engine.dispose()


@pytest.fixture
def exchange() -> Iterator[Switchboard]:
    with Switchboard() as made:
        yield made


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    """Ends whatever server was started and still runs."""
    with ExitStack() as stack:
        yield stack


def _serve(scene: Scene, exchange: Switchboard, folder: Path, processes: ExitStack) -> subprocess.Popen[str]:
    """A server that listens on the web, and to the exchange if the line is its own."""
    folder.mkdir(exist_ok=True)
    (folder / "connectors.toml").write_text(
        f'[[asterisk]]\nline = "standard"\nhost = "127.0.0.1"\nport = {exchange.port}\n'
        'username = "filrouge"\nsecret = "a-secret"\n',
        "utf-8",
    )
    process = start(scene.engine.url.render_as_string(hide_password=False), folder, "serve")
    processes.callback(end, process)
    listening(process)
    return process


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _endings(scene: Scene) -> list[tuple[str, str]]:
    """State and ending of each call, in the order of their arrival."""
    rows = sorted(scene.rows(tables.contact), key=lambda row: row.at)
    return [(row.state, row.ending) for row in rows]


def _told(scene: Scene) -> list[Any]:
    with scene.engine.connect() as connection:
        entry = tables.journal.c
        chosen = sa.select(entry.command_kind, entry.refusal).where(
            entry.establishment == scene.establishment, entry.command_kind != "ReportAgentState"
        )
        return [tuple(row) for row in connection.execute(chosen.order_by(entry.position))]


def test_when_the_server_that_listens_is_killed_another_does_and_no_call_is_lost_or_doubled(
    scene: Scene,
    exchange: Switchboard,
    tmp_path: Path,
    processes: ExitStack,
) -> None:
    holder = _serve(scene, exchange, tmp_path / "first", processes)
    exchange.until(lambda: exchange.here == 1)
    _serve(scene, exchange, tmp_path / "second", processes)
    exchange.arrive("1.1")
    exchange.tell("1.1", "ring", "101")
    exchange.arrive("1.2")
    exchange.tell("1.2", "ring", "101")
    exchange.tell("1.2", "answer", "101")
    _until(lambda: sorted(_endings(scene)) == [("in_call", ""), ("ringing", "")])

    holder.send_signal(signal.SIGKILL)
    killed_at = time.monotonic()
    exchange.until(lambda: exchange.here == 0)
    exchange.end("1.1")
    exchange.arrive("1.3")
    exchange.until(lambda: exchange.connections == 2)
    _until(lambda: len(_endings(scene)) == 3 and ("ended", "abandoned") in _endings(scene))
    print(f"without a line for {time.monotonic() - killed_at:.1f} s")

    exchange.end("1.2")
    exchange.tell("1.3", "ring", "102")
    exchange.tell("1.3", "answer", "102")
    exchange.end("1.3")
    _until(lambda: all(state == "ended" for state, _ in _endings(scene)))
    assert sorted(_endings(scene)) == [("ended", "abandoned"), ("ended", "hung_up"), ("ended", "hung_up")]
    kinds = [kind for kind, refusal in _told(scene) if not refusal]
    assert sorted(kinds) == sorted(
        ["RegisterCall", "RegisterEnd"] * 3 + ["RegisterRing"] * 3 + ["RegisterAnswer"] * 2
    )
    assert exchange.most_at_once == 1


def test_two_servers_that_share_no_lease_are_seen_to_listen_both(
    exchange: Switchboard, tmp_path: Path, processes: ExitStack
) -> None:
    for name in ("first", "second"):
        engine = open_database(f"sqlite:///{tmp_path / name}.db")
        migrate(engine)
        _serve(Scene(engine), exchange, tmp_path / name, processes)
        engine.dispose()
    exchange.until(lambda: exchange.most_at_once == 2)


def test_a_line_is_taken_over_and_left_for_dead_within_ten_seconds() -> None:
    asterisk = AsteriskSettings(line="", host="", username="", secret="")
    lasts = Lessor.__dataclass_fields__["lasts"].default.total_seconds()
    assert lasts + lasts / 4 + asterisk.retry_first.total_seconds() < 10
    assert (asterisk.give_up_after + asterisk.retry_last).total_seconds() < 10


TOKEN = "a-secret-of-the-posting-exchange"
CALLS = 24


def _posting_pair(
    scene: Scene, tmp_path: Path, processes: ExitStack
) -> list[tuple[subprocess.Popen[str], str]]:
    """Two servers to which one exchange may post."""
    (tmp_path / "connectors.toml").write_text(f'[[cti]]\nline = "clinique"\ntoken = "{TOKEN}"\n', "utf-8")
    pair: list[tuple[subprocess.Popen[str], str]] = []
    for _ in range(2):
        process = start(scene.engine.url.render_as_string(hide_password=False), tmp_path, "serve")
        processes.callback(end, process)
        pair.append((process, f"http://{listening(process)}/hooks/cti/{TOKEN}"))
    return pair


def _post(address: str, fields: Fields) -> bool:
    """Whether the message was taken; a server that was killed takes none."""
    try:
        return requests.post(address, json=fields, timeout=20).status_code == 200
    except requests.RequestException:
        return False


def _story(call: int) -> list[Fields]:
    number = {"from": f"336399870{call:02d}"}
    return [
        incoming("newCall", str(call), queue=QUEUE, user="Claire Morvan") | number,
        incoming("answer", str(call), answeringNumber="4101") | number,
        incoming("hangup", str(call), cause="normalClearing") | number,
    ]


def test_calls_posted_to_two_servers_at_once_are_each_one_call_though_a_server_is_killed(
    scene: Scene, tmp_path: Path, processes: ExitStack
) -> None:
    (doomed, first), (_, second) = _posting_pair(scene, tmp_path, processes)

    def tell(call: int) -> None:
        """Each message to both, at once; what the second takes is enough."""
        if call == CALLS // 2:
            doomed.send_signal(signal.SIGKILL)
        with ThreadPoolExecutor(2) as both:
            for fields in _story(call):
                taken = [both.submit(_post, address, fields) for address in (first, second)]
                assert any(one.result() for one in taken)

    with ThreadPoolExecutor(4) as callers:
        for told in [callers.submit(tell, call) for call in range(CALLS)]:
            told.result()
    rows = scene.rows(tables.contact)
    assert len(rows) == len({row.number for row in rows}) == CALLS
    assert {(row.state, row.ending, row.extension) for row in rows} == {("ended", "hung_up", "4101")}
    kinds = [kind for kind, refusal in _told(scene) if not refusal]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == dict.fromkeys(
        ("RegisterCall", "RegisterRing", "RegisterAnswer", "RegisterEnd"), CALLS
    )


def test_an_answer_and_an_end_posted_to_two_servers_at_the_same_moment_are_both_kept(
    scene: Scene, tmp_path: Path, processes: ExitStack
) -> None:
    addresses = [address for _, address in _posting_pair(scene, tmp_path, processes)]

    def tell(call: int) -> None:
        with ThreadPoolExecutor(3) as several:
            posts = zip(_story(call), itertools.cycle(addresses), strict=False)
            for taken in [several.submit(_post, address, fields) for fields, address in posts]:
                assert taken.result()

    for call in range(CALLS):
        tell(call)
    seen = {
        (row.state, row.ending, row.extension, row.answered_at is None) for row in scene.rows(tables.contact)
    }
    assert seen == {("ended", "hung_up", "4101", False)}
    assert scene.count(tables.contact) == CALLS
