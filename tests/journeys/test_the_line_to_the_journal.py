"""A real call goes from the exchange to the journal of a real server, through its death too."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.store import tables
from app.store.engine import open_database
from tests.support.asterisk.exchange import WELCOME, Exchange
from tests.support.asterisk.server import run_server, serving

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

CALLER = "0639981234"
PATIENCE_S = 20


@pytest.fixture
def house(asterisk: Exchange, tmp_path: Path) -> Iterator[Path]:
    """The data directory of a server that knows the exchange and whose queue it answers."""
    (tmp_path / "connectors.toml").write_text(
        "[[asterisk]]\n"
        f'line = "standard"\nhost = "127.0.0.1"\nport = {asterisk.ports.ami}\n'
        f'username = "{asterisk.username}"\nsecret = "{asterisk.secret}"\n'
        'queues = { accueil = "standard" }\n'
    )
    run_server(tmp_path, "migrate", "--establishment", "ch", "--name", "Centre hospitalier Saint-Aurélien")
    yield tmp_path
    asterisk.silence()


def _rows(house: Path, question: sa.Executable) -> list[tuple[object, ...]]:
    (database,) = house.glob("*.db")
    engine = open_database(f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(question)]
    engine.dispose()
    return rows


def _calls(house: Path) -> list[tuple[object, ...]]:
    call = tables.contact.c
    return _rows(house, sa.select(call.queue, call.number_raw, call.state, call.ending, call.extension))


def _entries(house: Path) -> list[tuple[object, ...]]:
    entry = tables.journal.c
    of_calls = entry.command_kind != "ReportAgentState"
    told = sa.select(entry.command_kind, entry.author, entry.refusal).where(of_calls)
    return _rows(house, told.order_by(entry.position))


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_real_call_is_in_the_journal_once(asterisk: Exchange, house: Path) -> None:
    with serving(house):
        asterisk.phone(rings=0.5)
        asterisk.call(WELCOME, number=CALLER, stays=2)
        _until(lambda: len(_entries(house)) == 4)
    kinds = ["RegisterCall", "RegisterRing", "RegisterAnswer", "RegisterEnd"]
    assert _entries(house) == [(kind, "line:standard", "") for kind in kinds]
    assert _calls(house) == [("standard", CALLER, "ended", "hung_up", "101")]


def test_a_call_that_ends_while_the_server_is_dead_leaves_no_ghost(asterisk: Exchange, house: Path) -> None:
    with serving(house) as server:
        asterisk.empty_desk()
        call = asterisk.call(WELCOME, number=CALLER, stays=3)
        _until(lambda: len(_entries(house)) == 2)
        server.process.send_signal(signal.SIGKILL)
    call.wait(PATIENCE_S)
    assert [row[2] for row in _calls(house)] == ["ringing"]
    with serving(house):
        _until(lambda: len(_entries(house)) == 3)
    assert [row[2:4] for row in _calls(house)] == [("ended", "abandoned")]


def test_a_call_that_goes_on_while_the_server_restarts_is_one_call(asterisk: Exchange, house: Path) -> None:
    with serving(house) as server:
        asterisk.empty_desk()
        asterisk.call(WELCOME, number=CALLER, stays=8)
        _until(lambda: len(_entries(house)) == 2)
        server.process.send_signal(signal.SIGKILL)
    with serving(house):
        _until(lambda: [row[2] for row in _calls(house)] == ["ended"])
    assert [kind for kind, *_ in _entries(house)] == ["RegisterCall", "RegisterRing", "RegisterEnd"]
