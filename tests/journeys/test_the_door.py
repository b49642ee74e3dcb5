"""Who opens the console of a desk: signed in by a real server, or told what is wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import LogMotive
from app.domain.words import Outcome
from app.store.engine import open_database
from app.store.tables import token
from ui.bootstrap import desk_of, fresh_desk
from ui.demonstration import DEMO_PASSWORD
from ui.door import Door
from ui.refusal_words import refusal_words
from ui.story.hospital import Hospital
from ui.theme import theme

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

ANCHOR = datetime.fromisoformat("2026-11-24T10:26+01:00")


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """A real server with few patients."""
    with Hospital(tmp_path_factory.mktemp("hospital"), anchor=ANCHOR, seed=3, persons=50) as made:
        yield made


def _door(qapp: QApplication, address: str, folder: Path) -> Door:
    theme.apply(qapp)
    door = Door(lambda: partial(desk_of, address, folder))
    door.show()
    return door


def _sign_in(door: Door, login: str, password: str) -> None:
    fields = door.screen.findChildren(QLineEdit)
    for field, text in zip(fields, (login, password), strict=True):
        field.setText(text)
    QTest.keyClick(fields[1], Qt.Key.Key_Return)


def _type_phrase(door: Door, *typed: str) -> None:
    fields = [field for field in door.screen.findChildren(QLineEdit) if field.isVisible()]
    for field, text in zip(fields, typed, strict=True):
        field.setText(text)
    QTest.keyClick(fields[-1], Qt.Key.Key_Return)


def _says(door: Door, words: str) -> bool:
    return _is_told(door.screen, words)


def _is_told(screen: QWidget, words: str) -> bool:
    labels = screen.findChildren(QLabel)
    return any(words in label.text() and label.isVisible() for label in labels)


def test_a_wrong_password_is_told_with_what_is_left_to_try(
    qtbot: QtBot, qapp: QApplication, hospital: Hospital, tmp_path: Path
) -> None:
    door = _door(qapp, hospital.address, tmp_path)
    _sign_in(door, "c.morvan", "pas-le-bon")
    qtbot.waitUntil(lambda: _says(door, "Identifiant ou mot de passe incorrect"), timeout=20_000)
    assert _says(door, "Encore")
    door.close()


def test_a_server_that_is_away_is_told_and_what_was_typed_stays(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    door = _door(qapp, "http://127.0.0.1:9", tmp_path)
    _sign_in(door, "c.morvan", "filrouge-demo")
    qtbot.waitUntil(lambda: _says(door, "Le serveur ne répond pas"), timeout=20_000)
    assert [field.text() for field in door.screen.findChildren(QLineEdit)] == ["c.morvan", "filrouge-demo"]
    door.close()


def test_without_a_keyring_a_phrase_is_asked_and_opens_the_desk_again(
    qtbot: QtBot, qapp: QApplication, hospital: Hospital, tmp_path: Path
) -> None:
    phrase = "quatre mots bien choisis"
    door = _door(qapp, hospital.address, tmp_path)
    _sign_in(door, "c.morvan", "filrouge-demo")
    qtbot.waitUntil(lambda: _says(door, "n’a pas de trousseau"), timeout=20_000)
    assert list(tmp_path.rglob("*.db")) == []
    for typed, told in (
        (("court", "court"), "Trop courte"),
        ((phrase, "quatre mots mal choisis"), "Les deux phrases ne sont pas les mêmes"),
        ((phrase, phrase), ""),
    ):
        _type_phrase(door, *typed)
        assert _says(door, told) or not told
    qtbot.waitUntil(door.screen.isHidden, timeout=20_000)
    door.close()
    assert not [
        file for file in tmp_path.rglob("*") if file.is_file() and phrase.encode() in file.read_bytes()
    ]
    again = _door(qapp, hospital.address, tmp_path)
    _sign_in(again, "c.morvan", "filrouge-demo")
    qtbot.waitUntil(lambda: _says(again, "Ouvrir ce poste"), timeout=20_000)
    _type_phrase(again, "une phrase qui n’est pas la bonne")
    qtbot.waitUntil(lambda: _says(again, "Ce n’est pas la phrase de ce poste"), timeout=20_000)
    _type_phrase(again, phrase)
    qtbot.waitUntil(again.screen.isHidden, timeout=20_000)
    again.close()


def test_a_session_that_ended_asks_the_password_beside_the_window_and_goes_on(
    qtbot: QtBot, qapp: QApplication, hospital: Hospital, tmp_path: Path
) -> None:
    theme.apply(qapp)
    desk = fresh_desk(hospital.address, tmp_path, clock=AnchoredClock(ANCHOR))
    place = desk.open(desk.console.sign_in("c.morvan", DEMO_PASSWORD))
    qtbot.addWidget(place.window)
    qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=20_000)
    _end_sessions(hospital)
    qtbot.waitUntil(lambda: desk.door is not None and desk.door.isVisible(), timeout=20_000)
    door = desk.door
    assert door is not None
    assert place.rail.link_words == "Session expirée"
    assert door.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    login, password = door.findChildren(QLineEdit)
    assert (login.text(), login.isReadOnly()) == ("c.morvan", True)
    for typed, words in (("pas-le-bon", "Identifiant ou mot de passe incorrect"), (DEMO_PASSWORD, "")):
        password.setText(typed)
        QTest.keyClick(password, Qt.Key.Key_Return)
        if words:
            qtbot.waitUntil(partial(_is_told, door, words), timeout=20_000)
    qtbot.waitUntil(lambda: desk.door is None, timeout=20_000)
    qtbot.waitUntil(lambda: place.rail.link_words.startswith("À jour"), timeout=20_000)
    desk.close()


def test_what_the_server_refuses_of_a_save_is_said_on_the_screen(
    qtbot: QtBot, qapp: QApplication, hospital: Hospital, tmp_path: Path
) -> None:
    theme.apply(qapp)
    desk = fresh_desk(hospital.address, tmp_path, clock=AnchoredClock(ANCHOR))
    place = desk.open(desk.console.sign_in("c.morvan", DEMO_PASSWORD))
    qtbot.addWidget(place.window)
    nobody_s = TimeOrderedMint().new_id()
    desk.console.submit(
        LogMotive(contact=nobody_s, motive="31", outcome=Outcome.DEALT_WITH, service="orthopedie")
    )
    qtbot.waitUntil(lambda: refusal_words("unknown_contact") in place.toast.text, timeout=20_000)
    desk.close()


def _end_sessions(hospital: Hospital) -> None:
    engine = open_database(hospital.database)
    with engine.begin() as connection:
        connection.execute(sa.delete(token))
    engine.dispose()


def test_a_number_asked_of_no_console_is_a_sentence_and_a_failure() -> None:
    done = _filrouge("pop", "0639984107")
    assert done.returncode == 1
    assert done.stderr.strip() == "Aucune console n’est ouverte sur ce poste."


def test_a_wrong_setting_stops_the_console_with_its_name() -> None:
    done = _filrouge(FILROUGE_SERVER="pas une adresse")
    assert done.returncode == 2
    assert "FILROUGE_SERVER" in done.stderr


def _filrouge(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
