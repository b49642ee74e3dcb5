"""A real call goes from the exchange to the journal of a real server, through its death too."""

import base64
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.store import tables
from app.store.engine import open_database
from sync.server.auth.seals import Seal
from sync.server.connectors.voicemail.message import read_length
from tests.support.asterisk.exchange import TO_VOICEMAIL, WELCOME, Exchange
from tests.support.asterisk.server import ROOT, run_server, serving

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

CALLER = "0639981234"
PATIENCE_S = 20
TOKEN = "a-secret-of-the-real-voicemail"


@pytest.fixture
def house(asterisk: Exchange, tmp_path: Path) -> Iterator[Path]:
    """The data directory of a server that knows the exchange and whose queue it answers."""
    (tmp_path / "connectors.toml").write_text(
        "[[asterisk]]\n"
        f'line = "standard"\nhost = "127.0.0.1"\nport = {asterisk.ports.ami}\n'
        f'username = "{asterisk.username}"\nsecret = "{asterisk.secret}"\n'
        'queues = { accueil = "standard" }\n'
        f'[[voicemail]]\nline = "standard"\ntoken = "{TOKEN}"\nmailboxes = {{ "100@default" = "standard" }}\n'
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
    # How the house was made and how its agents are is told too.
    of_calls = entry.command_kind.not_in(("migrate", "ReportAgentState"))
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


def _hand_over(asterisk: Exchange, settings: Path) -> int:
    """Run what hospitals run, for the mailbox that the exchange named; its status."""
    context, mailbox = asterisk.notified()[-1]
    script = ROOT / "installers/voicemail/filrouge-voicemail"
    known = {"FILROUGE_VOICEMAIL": str(settings), "ASTERISK_VOICEMAIL": str(asterisk.voicemail)}
    command = ["sh", str(script), context, mailbox]
    return subprocess.run(command, env=os.environ | known, check=False, timeout=60).returncode


def test_what_a_caller_says_is_kept_sealed_on_its_call_and_leaves_the_exchange(
    asterisk: Exchange, house: Path
) -> None:
    settings, inbox = house / "hook", asterisk.voicemail / "default/100/INBOX"
    # The exchange is one for all journeys: what others said there would be handed over too.
    for left in inbox.glob("msg*"):
        left.unlink()
    before = len(asterisk.notified())
    asterisk.desk_phone("101")
    with serving(house) as server:
        patient = asterisk.patient(CALLER)
        call = patient.dial(TO_VOICEMAIL)
        _until(lambda: "RegisterNoAnswer" in [kind for kind, *_ in _entries(house)])
        _until(lambda: any(inbox.parent.rglob("*.wav")))
        patient.speak(call, seconds=2.5)
        patient.hang_up()
        _until(lambda: len(asterisk.notified()) > before)
        _until(lambda: "RegisterEnd" in [kind for kind, *_ in _entries(house)])
        settings.write_text(f'url = "http://127.0.0.1:1/hooks/voicemail/{TOKEN}"\n')
        assert _hand_over(asterisk, settings) == 1
        assert any(inbox.glob("msg*.wav"))
        settings.write_text(f'url = "{server.address}/hooks/voicemail/{TOKEN}"\n')
        assert _hand_over(asterisk, settings) == 0
        assert list(inbox.iterdir()) == []
    of_call, kept = tables.contact.c, tables.voicemail.c
    ((contact, state, lasted_us),) = _rows(
        house, sa.select(of_call.id, of_call.ending, of_call.voicemail_us).where(of_call.number_raw == CALLER)
    )
    ((of_contact, message, sealed),) = _rows(house, sa.select(kept.contact, kept.message, kept.sealed))
    assert (of_contact, state) == (contact, "missed")
    key = base64.b64decode((house / "voicemail.key").read_text())
    assert isinstance(sealed, bytes)
    lasted = read_length(Seal(key).open(sealed, about=str(message)))
    assert lasted == timedelta(microseconds=int(str(lasted_us)))
    assert lasted > timedelta(seconds=1.5)
