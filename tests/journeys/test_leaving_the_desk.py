"""A desk given up to somebody else, an account whose services change: the window is of whoever sits here."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.clock import AnchoredClock
from app.domain.commands import SetPlace
from app.domain.holidays import Region
from app.domain.opening import Place
from app.settings import Settings, read_settings
from app.store.engine import open_database, writing
from app.store.tables import account
from sync.server.auth.accounts import put_account, seat_of, to_account
from sync.server.bootstrap.typed_commands import run_typed
from ui.bootstrap import DeskConsole, fresh_desk
from ui.bootstrap.desk import FRESH_MS
from ui.demonstration import DEMO_PASSWORD
from ui.discretion import discretion
from ui.house_time import house_time
from ui.idleness import Idle
from ui.panels.user_menu import UserMenu
from ui.screens.lock import LockScreen
from ui.story.hospital import Hospital
from ui.theme import theme
from ui.workplace import Workplace

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

ANCHOR = datetime.fromisoformat("2026-11-24T10:26+01:00")
SOON_MS = 20_000


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """A real server with few patients."""
    with Hospital(tmp_path_factory.mktemp("hospital"), anchor=ANCHOR, seed=3, persons=50) as made:
        yield made


@pytest.fixture
def clock() -> AnchoredClock:
    """The desk's."""
    return AnchoredClock(ANCHOR)


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, hospital: Hospital, tmp_path: Path, clock: AnchoredClock
) -> Iterator[DeskConsole]:
    """Claire's console, up to date."""
    theme.apply(qapp)
    made = fresh_desk(hospital.address, tmp_path, clock=clock)
    made.open(made.console.sign_in("c.morvan", DEMO_PASSWORD))
    qtbot.waitUntil(lambda: _here(made).rail.link_words.startswith("À jour"), timeout=SOON_MS)
    yield made
    made.close()


def _here(desk: DeskConsole) -> Workplace:
    assert desk.place is not None
    return desk.place


def test_the_desk_is_given_up_and_another_person_sits_down(qtbot: QtBot, desk: DeskConsole) -> None:
    before = _here(desk)
    QTest.mouseClick(before.rail.user, Qt.MouseButton.LeftButton)
    (menu,) = before.rail.findChildren(UserMenu)
    (leaving,) = [act for act in menu.actions() if act.text() == "Changer d’utilisateur"]
    leaving.trigger()
    menu.hide()
    door = desk.door
    assert door is not None
    qtbot.waitUntil(lambda: door.isVisible() and door.isEnabled(), timeout=SOON_MS)
    qtbot.waitUntil(lambda: not isValid(before.window), timeout=SOON_MS)
    for field, text in zip(door.findChildren(QLineEdit), ("n.bourdin", DEMO_PASSWORD), strict=True):
        field.setText(text)
    QTest.keyClick(door.findChildren(QLineEdit)[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.place is not None, timeout=SOON_MS)
    assert (_here(desk).person.login, desk.door) == ("n.bourdin", None)
    qtbot.waitUntil(lambda: _here(desk).rail.link_words.startswith("À jour"), timeout=SOON_MS)
    qtbot.waitUntil(lambda: bool(_here(desk).to_do.state.is_read), timeout=SOON_MS)


def _lock(desk: DeskConsole) -> LockScreen:
    desk.lock()
    assert desk.locking is not None
    assert desk.locking.screen.isVisible()
    assert not _here(desk).window.isVisible()
    return desk.locking.screen


def _type(screen: QWidget, password: str) -> None:
    field = screen.findChildren(QLineEdit)[-1]
    field.setText(password)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _says(screen: QWidget, words: str) -> bool:
    return any(words in label.text() and label.isVisible() for label in screen.findChildren(QLabel))


def test_a_locked_desk_opens_for_who_sits_there_and_for_no_wrong_password(
    qtbot: QtBot, desk: DeskConsole
) -> None:
    screen = _lock(desk)
    _type(screen, "pas-le-bon")
    qtbot.waitUntil(lambda: _says(screen, "incorrect"), timeout=SOON_MS)
    assert not _here(desk).window.isVisible()
    _type(screen, DEMO_PASSWORD)
    qtbot.waitUntil(_here(desk).window.isVisible, timeout=SOON_MS)
    assert not screen.isVisible()


def test_names_hidden_at_a_desk_of_two_come_back_by_the_password(qtbot: QtBot, desk: DeskConsole) -> None:
    _hide_names_and_press_a_key(desk)
    assert (discretion.is_on, _here(desk).window.isVisible()) == (False, True)
    desk.leave()
    qtbot.waitUntil(lambda: desk.door is not None and desk.door.isEnabled(), timeout=SOON_MS)
    desk.open(desk.console.sign_in("n.bourdin", DEMO_PASSWORD))
    _hide_names_and_press_a_key(desk)
    assert (discretion.is_on, _here(desk).window.isVisible()) == (True, False)
    assert desk.locking is not None
    _type(desk.locking.screen, DEMO_PASSWORD)
    qtbot.waitUntil(_here(desk).window.isVisible, timeout=SOON_MS)
    assert not discretion.is_on


def _hide_names_and_press_a_key(desk: DeskConsole) -> None:
    _here(desk).discreet.hide()
    QTest.keyClick(_here(desk).window.windowHandle(), Qt.Key.Key_M)


def test_names_hidden_at_a_desk_of_two_stay_so_in_a_window_made_meanwhile(
    qtbot: QtBot, desk: DeskConsole
) -> None:
    before = _here(desk)
    before.discreet.protect(desk.lock)
    before.discreet.hide()
    before.house.moved.emit()
    qtbot.waitUntil(lambda: not isValid(before.window), timeout=SOON_MS)
    assert desk.locking is not None
    assert desk.locking.is_locked
    assert not _here(desk).window.isVisible()


def _nobody_for_a_minute(_window: QWidget) -> Idle:
    return lambda: 60.0


def test_a_desk_hides_the_names_once_this_machine_says_that_nobody_was_there(
    desk: DeskConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.bootstrap.desk.idleness", _nobody_for_a_minute)
    _here(desk).house.moved.emit()
    _here(desk).discreet.look()
    assert discretion.is_on
    discretion.turn(is_on=False)


def test_a_locked_desk_may_be_taken_by_another_person(qtbot: QtBot, desk: DeskConsole) -> None:
    screen, before = _lock(desk), _here(desk)
    screen.leaving.emit()
    door = desk.door
    assert door is not None
    qtbot.waitUntil(lambda: door.isVisible() and door.isEnabled(), timeout=SOON_MS)
    qtbot.waitUntil(lambda: not (isValid(before.window) or isValid(screen)), timeout=SOON_MS)
    assert (desk.place, desk.locking) == (None, None)


def test_a_locked_desk_stays_locked_when_the_account_changes(
    qtbot: QtBot, desk: DeskConsole, hospital: Hospital
) -> None:
    _lock(desk)
    before = _here(desk)
    other = ("orthopedie",) if len(before.person.services) > 1 else ("orthopedie", "standard")
    _move(hospital, "c.morvan", services=other)
    qtbot.waitUntil(lambda: desk.place is not None and desk.place is not before, timeout=2 * SOON_MS)
    assert desk.locking is not None
    assert desk.locking.is_locked
    assert not _here(desk).window.isVisible()


def test_a_window_becomes_that_of_the_account_s_new_services(
    qtbot: QtBot, desk: DeskConsole, hospital: Hospital
) -> None:
    before = _here(desk)
    other = ("orthopedie",) if len(before.person.services) > 1 else ("orthopedie", "standard")
    _move(hospital, "c.morvan", services=other)
    qtbot.waitUntil(lambda: desk.place is not before, timeout=2 * SOON_MS)
    assert _here(desk).person.services == other
    qtbot.waitUntil(lambda: not isValid(before.window), timeout=SOON_MS)
    qtbot.waitUntil(lambda: _here(desk).rail.link_words.startswith("À jour"), timeout=SOON_MS)


def test_the_hour_of_what_is_up_to_date_goes_on(desk: DeskConsole, clock: AnchoredClock) -> None:
    clock.leap_to(datetime.fromisoformat("2026-11-24T11:50+01:00"))
    (minute,) = (one for one in desk.changes.findChildren(QTimer) if one.interval() == FRESH_MS)
    minute.timeout.emit()
    assert _here(desk).rail.link_words.startswith("À jour, 11:5")


def test_a_console_that_is_closed_tells_its_window_nothing_more(qtbot: QtBot, desk: DeskConsole) -> None:
    window = _here(desk).window
    desk.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(window), timeout=SOON_MS)
    with qtbot.captureExceptions() as faults:
        desk.changes.changed.emit()
        desk.changes.painted.emit()
    assert faults == []


def test_a_window_becomes_one_of_the_house_s_own_clock(
    qtbot: QtBot, desk: DeskConsole, hospital: Hospital
) -> None:
    try:
        for zone, words in (("Indian/Reunion", "À jour, 13:"), ("Europe/Paris", "À jour, 10:")):
            before = _here(desk)
            _set_place(hospital, zone)
            qtbot.waitUntil(lambda old=before: desk.place is not old, timeout=2 * SOON_MS)
            qtbot.waitUntil(lambda old=before: not isValid(old.window), timeout=SOON_MS)
            qtbot.waitUntil(lambda said=words: _here(desk).rail.link_words.startswith(said), timeout=SOON_MS)
    finally:
        _set_place(hospital, "Europe/Paris")
        house_time.choose(Place())


def _set_place(hospital: Hospital, zone: str) -> None:
    """What an administrator types on the server."""
    run_typed(_settings(hospital), SetPlace(zone=zone, region=Region.MAINLAND), author="administrator")


def _settings(hospital: Hospital) -> Settings:
    return read_settings({"FILROUGE_DATABASE_URL": hospital.database})


def _move(hospital: Hospital, login: str, *, services: tuple[str, ...]) -> None:
    engine = open_database(hospital.database)
    with writing(engine) as connection:
        row = connection.execute(sa.select(account).filter_by(login=login)).one()
        moved = msgspec.structs.replace(to_account(row), services=services)
        put_account(connection, row.establishment, moved, password=DEMO_PASSWORD)
    engine.dispose()
    run_typed(_settings(hospital), seat_of(moved), author="administrator")
