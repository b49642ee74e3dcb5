"""The real console moves a real phone through a real exchange, and each act is in the journal."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import AnchoredClock
from app.domain.words import AgentState, CallState, LineActState
from app.store import tables
from app.store.engine import open_database
from tests.panels.measure import words_in
from tests.support.asterisk.exchange import WELCOME, Exchange
from tests.support.asterisk.phone import Phone
from ui.bootstrap import fresh_desk
from ui.panels.own_state import OwnStateMenu
from ui.story.first_call import QUEUE
from ui.story.hospital import Hospital
from ui.theme import theme
from ui.widgets.button import Button
from ui.workplace import Workplace

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

ANCHOR = datetime.fromisoformat("2026-11-24T10:26+01:00")
CALLER, OUTSIDE = "0639981234", "0639985678"
PASSWORD = "filrouge-essai"
PATIENCE_MS = 20_000
ACCOUNTS = (("l.fontaine", "Léa Fontaine", "101"), ("t.marchal", "Théo Marchal", "102"))
DIRECTORY = f"""type;nom;detail;service;poste;dect;mobile
personne;MARCHAL Théo;Accueil des consultations;Orthopédie;102;;
service;Pharmacie des Tilleuls;en ville;Orthopédie;{OUTSIDE};;
"""
_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class MortalHospital(Hospital):
    """A server that may die as in a power cut, and whose next process takes over what it held."""

    _began = 0.0

    def _serve(self, anchor: str) -> None:
        self._began = self._began or time.monotonic()
        super()._serve(anchor)

    def die_and_come_back(self) -> None:
        """Without a word to anybody; the next process finds the database, and the clock went on."""
        assert self._process is not None
        self._process.kill()
        self._end()
        self._said.clear()
        self._serve((ANCHOR + timedelta(seconds=time.monotonic() - self._began)).isoformat())

    def has_the_line(self) -> bool:
        """Whether this process, not one before it, hears the exchange."""
        said = [json.loads(line) for line in tuple(self._said) if line.startswith("{")]
        return any((each["event"], each.get("line")) == ("up", "standard") for each in said)


@pytest.fixture(scope="module")
def house(asterisk: Exchange, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalHospital]:
    """A real server on the exchange's line, with two accounts at its extensions."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "connectors.toml").write_text(
        f'[[asterisk]]\nline = "standard"\nhost = "127.0.0.1"\nport = {asterisk.ports.ami}\n'
        f'username = "{asterisk.username}"\nsecret = "{asterisk.secret}"\noutside = ["outside"]\n'
        f'queues = {{ accueil = "{QUEUE}", orthopedie = "standard" }}\n'
    )
    (folder / "directory.csv").write_text(DIRECTORY, "utf-8")
    with MortalHospital(folder, anchor=ANCHOR, seed=3, persons=50) as made:
        for login, name, extension in ACCOUNTS:
            who = ("--name", name, "--role", "receptionist", "--extension", extension)
            _say(made, "user", "add", login, *who, "--service", "orthopedie", "--service", "standard")
        _say(made, "import", str(folder / "directory.csv"))
        yield made


def _say(house: Hospital, *command: str) -> None:
    """One line of the administrator's."""
    subprocess.run(
        [sys.executable, "-m", "sync.server", *command],
        env=os.environ | {"FILROUGE_DATABASE_URL": house.database},
        input=PASSWORD + "\n",
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )


class Desk:
    """Léa Fontaine's console and telephone, the patient's, and her colleague's."""

    def __init__(self, qtbot: QtBot, place: Workplace, exchange: Exchange, house: MortalHospital) -> None:
        self.place = place
        self.exchange = exchange
        self.phone = exchange.desk_phone("101")
        self.patient = exchange.patient(CALLER)
        self._qtbot = qtbot
        self._house = house

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is true, while the window lives."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        QTest.keyClick(self.place.window.windowHandle(), key, modifiers)

    def click(self, words: str) -> None:
        self.until(lambda: self._button(words) is not None)
        button = self._button(words)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _button(self, words: str) -> Button | None:
        buttons = self.place.window.findChildren(Button)
        return next((one for one in buttons if one.text() == words and one.isVisible()), None)

    def says(self, words: str) -> None:
        """The call strip shows it."""
        self.until(lambda: words in words_in(self.place.strip))

    def ends(self) -> None:
        """The call is over, and the window says that it is to be finished."""
        self.until(lambda: self.state() is CallState.ENDED and "Post-appel" in words_in(self.place.window))

    def state(self) -> CallState | None:
        card = self.place.call.state.card
        return None if card is None else card.call.state

    def journal(self) -> list[str]:
        """What was asked and what the exchange told of this call, in the journal's order."""
        entry, engine = tables.journal.c, open_database(self._house.database)
        done = (entry.refusal == "") & entry.author.not_like("job:%")
        kinds = sa.select(entry.command_kind).where(done).order_by(entry.position)
        with engine.connect() as connection:
            told = [str(kind) for kind in connection.execute(kinds).scalars()]
        engine.dispose()
        return told

    def outlive_its_server(self) -> None:
        """The process that holds the line dies, and another one takes the line over."""
        self._house.die_and_come_back()
        self.until(self._house.has_the_line)
        self.until(lambda: self.place.rail.link_words.startswith("À jour"))

    def receive(self) -> None:
        """A patient calls, the phone rings, F3 answers."""
        self.patient.dial(WELCOME)
        self.until(lambda: self.state() is CallState.RINGING and bool(self.phone.ringing))
        self.press(Qt.Key.Key_F3)
        self.says("En communication")
        self.until(lambda: bool(self.phone.talking and self.patient.talking))

    def choose(self, letters: str) -> None:
        """Find somebody of the house while talking: F8, then letters."""
        self.press(Qt.Key.Key_F8)
        self.until(self.place.directory.isVisible)
        QTest.keyClicks(self.place.directory.results.field, letters)
        self.until(lambda: self._is_chosen(letters))

    def _is_chosen(self, letters: str) -> bool:
        entry = self.place.directory.entry
        return entry is not None and letters in entry.name.casefold()


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, asterisk: Exchange, house: MortalHospital, tmp_path: Path
) -> Iterator[Desk]:
    theme.apply(qapp)
    with ExitStack() as stack:
        stack.callback(asterisk.silence)
        console = fresh_desk(house.address, tmp_path, clock=AnchoredClock(ANCHOR))
        stack.callback(console.close)
        place = console.open(console.console.sign_in("l.fontaine", PASSWORD))
        qtbot.addWidget(place.window)
        qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=PATIENCE_MS)
        place.window.activateWindow()
        qtbot.waitUntil(lambda: _is_quiet(house), timeout=PATIENCE_MS)
        yield Desk(qtbot, place, asterisk, house)


def _is_quiet(house: Hospital) -> bool:
    """Whether all that was asked before is answered, and every call over: what comes is of this test."""
    call, act = tables.contact.c, tables.line_act.c
    live = sa.select(call.id).where(call.line != "", call.state != CallState.ENDED)
    asked = sa.select(act.id).where(act.state == LineActState.ASKED)
    engine = open_database(house.database)
    with engine.connect() as connection:
        left = connection.execute(sa.union_all(live, asked)).all()
    engine.dispose()
    return not left


def test_f3_answers_f7_holds_and_comes_back_and_clicks_mute_and_hang_up(desk: Desk) -> None:
    before = len(desk.journal())
    desk.receive()
    call = desk.phone.talking[0]
    desk.press(Qt.Key.Key_F7)
    desk.says("En attente")
    assert call.direction == "sendonly"
    desk.press(Qt.Key.Key_F7)
    desk.says("En communication")
    assert call.direction == "sendrecv"
    for words in ("Micro coupé", "En communication"):
        desk.click("Muet")
        desk.says(words)
    desk.click("Raccrocher")
    desk.ends()
    desk.until(lambda: call.is_over and not desk.patient.talking)
    desk.until(lambda: desk.journal()[before:].count("SettleLineAct") == 6)
    told = [kind for kind in desk.journal()[before:] if kind not in _ASIDE]
    assert told == [
        "RegisterCall",
        "RegisterRing",
        "AnswerCall",
        "RegisterAnswer",
        "HoldCall",
        "RegisterHold",
        "RetrieveCall",
        "RegisterRetrieval",
        "MuteCall",
        "UnmuteCall",
        "HangUpCall",
        "RegisterEnd",
    ]


_ASIDE = ("SettleLineAct", "ReportAgentState", "OpenPerson", "IdentifyCaller")
"""What goes on beside the call."""


def _journal_gains(desk: Desk, before: int, *kinds: str) -> None:
    desk.until(lambda: [kind for kind in desk.journal()[before:] if kind in kinds] == list(kinds))


def _talks_with_patient(desk: Desk, other: Phone) -> bool:
    return bool(other.talking and desk.patient.talking) and not desk.phone.talking


def test_three_keys_give_the_call_at_once_with_what_was_noted(desk: Desk) -> None:
    before = len(desk.journal())
    other = desk.exchange.desk_phone("102", answers_after=0.3)
    desk.receive()
    desk.place.form.write_note("Voit son kiné jeudi.")
    desk.choose("march")
    desk.press(Qt.Key.Key_F8)
    desk.says("Transféré")
    desk.says("au 102")
    desk.until(lambda: _talks_with_patient(desk, other))
    _journal_gains(desk, before, "TransferCall", "RegisterTransfer")
    assert desk.place.form.state.entry.note == "Voit son kiné jeudi."


def _announce(desk: Desk) -> Phone:
    """The colleague's phone, in conversation; the caller waits."""
    other = desk.exchange.desk_phone("102", answers_after=0.3)
    desk.receive()
    desk.choose("march")
    desk.press(Qt.Key.Key_F8, _SHIFT)
    desk.says("Transfert annoncé")
    desk.says("au 102")
    desk.until(lambda: bool(other.talking))
    return other


def test_an_announced_call_is_given_with_f8(desk: Desk) -> None:
    before = len(desk.journal())
    other = _announce(desk)
    desk.press(Qt.Key.Key_F8)
    desk.says("Transféré")
    desk.until(lambda: _talks_with_patient(desk, other))
    _journal_gains(desk, before, "TransferCall", "CompleteTransfer", "RegisterTransfer")


def test_an_announced_call_is_taken_back_with_f7(desk: Desk) -> None:
    before = len(desk.journal())
    other = _announce(desk)
    desk.press(Qt.Key.Key_F7)
    desk.says("En communication")
    desk.until(lambda: not other.talking)
    assert desk.patient.talking
    _journal_gains(desk, before, "TransferCall", "RegisterHold", "CancelTransfer", "RegisterRetrieval")


def test_an_announced_call_is_given_when_the_server_died_meanwhile(desk: Desk) -> None:
    before = len(desk.journal())
    other = _announce(desk)
    desk.outlive_its_server()
    desk.says("Transfert annoncé")
    desk.press(Qt.Key.Key_F8)
    desk.says("Transféré")
    desk.until(lambda: _talks_with_patient(desk, other))
    kinds = ("TransferCall", "RegisterHold", "CompleteTransfer", "RegisterTransfer", "RegisterEnd")
    _journal_gains(desk, before, *kinds[:-1])
    desk.patient.hang_up()
    desk.until(lambda: desk.journal()[before:].count("RegisterEnd") == 1)


def test_an_announced_call_is_taken_back_when_the_server_died_meanwhile(desk: Desk) -> None:
    before = len(desk.journal())
    other = _announce(desk)
    desk.outlive_its_server()
    desk.press(Qt.Key.Key_F7)
    desk.says("En communication")
    desk.until(lambda: not other.talking)
    assert desk.patient.talking
    _journal_gains(desk, before, "TransferCall", "RegisterHold", "CancelTransfer", "RegisterRetrieval")
    desk.press(Qt.Key.Key_F7)
    desk.says("En attente")


def test_who_was_announced_hangs_up_first_and_the_caller_is_back(desk: Desk) -> None:
    other = _announce(desk)
    other.hang_up()
    desk.says("En communication")
    assert desk.place.phone.state.announced == ""
    desk.press(Qt.Key.Key_F7)
    desk.says("En attente")
    assert desk.patient.talking
    desk.click("Raccrocher")
    desk.ends()


def test_a_given_call_that_nobody_takes_comes_back_with_who_gave_it_and_the_note(desk: Desk) -> None:
    before = len(desk.journal())
    other = desk.exchange.desk_phone("102")
    desk.receive()
    desk.place.form.write_note("Voit son kiné jeudi.")
    desk.choose("march")
    desk.press(Qt.Key.Key_F8)
    desk.says("Transféré")
    desk.until(lambda: bool(other.ringing))
    popped: list[str] = []
    desk.place.call.rang.connect(popped.append)
    desk.until(lambda: bool(desk.phone.ringing))
    desk.says("Appel entrant")
    desk.says("Transféré par Léa Fontaine : Voit son kiné jeudi.")
    assert popped == [desk.place.call.contact]
    desk.press(Qt.Key.Key_F3)
    desk.says("En communication")
    desk.until(lambda: bool(desk.phone.talking))
    kinds = ("RegisterTransfer", "RegisterRing", "RegisterNoAnswer", "RegisterRing", "RegisterAnswer")
    _journal_gains(desk, before, *("RegisterRing", "RegisterAnswer"), *kinds)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_pause_chosen_at_the_chip_is_the_exchange_s_and_comes_back(desk: Desk) -> None:
    before = len(desk.journal())
    desk.until(lambda: {one.state for one in desk.place.own_states.state} == {AgentState.AVAILABLE})
    for row, words in ((3, "Guichet"), (0, "Disponible")):
        desk.place.top_bar.state_asked.emit()
        (menu,) = desk.place.top_bar.state_chip.findChildren(OwnStateMenu)
        menu.actions()[row].trigger()
        menu.close()
        desk.until(lambda words=words: words in words_in(desk.place.top_bar))
        desk.until(lambda: not desk.place.top_bar.state_chip.findChildren(OwnStateMenu))
    told = ("ChangeOwnState", "ReportAgentState", "ReportAgentState")
    _journal_gains(desk, before, *told, *told)


def test_f8_calls_the_chosen_row_when_no_call_is_here(desk: Desk) -> None:
    before = len(desk.journal())
    outside = desk.exchange.desk_phone("outside", answers_after=0.3)
    desk.choose("phar")
    desk.press(Qt.Key.Key_F8)
    desk.until(lambda: bool(desk.phone.ringing))
    desk.phone.answer()
    desk.until(lambda: bool(outside.talking))
    desk.says("En communication")
    outside.hang_up()
    desk.ends()
    _journal_gains(desk, before, "DialNumber", "RegisterOutgoingCall", "RegisterAnswer", "RegisterEnd")
