"""While another program is in front, the desktop points at the console; its entry in the tray leads back."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.domain.commands import ChangeOwnState
from app.domain.words import AgentState
from tests.panels import mockup
from tests.panels.seat import desk_of, seat_of
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: object) -> Workplace:
    """Nobody is on the phone."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.apply(qapp)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.show()
    return here


@pytest.fixture
def pointed(place: Workplace) -> list[bool]:
    """Once each time that the desktop was asked to point at the window."""
    told: list[bool] = []
    place.presence.pointed.connect(lambda: told.append(True))
    return told


def _ring(place: Workplace, page: CallPage) -> None:
    desk_of(place).page = page
    place.call.look()


def _menu(place: Workplace) -> QMenu:
    place.presence.menu.aboutToShow.emit()
    return place.presence.menu


def _words(menu: QMenu) -> list[str]:
    return [act.text() for act in menu.actions() if not act.isSeparator()]


def _press(menu: QMenu, words: str) -> None:
    next(act for act in menu.actions() if act.text() == words).trigger()


def test_a_ring_behind_another_program_is_pointed_at_once(place: Workplace, pointed: list[bool]) -> None:
    place.window.showMinimized()
    _ring(place, mockup.shared_number())
    _ring(place, mockup.shared_number())
    assert pointed == [True]
    assert place.window.isMinimized()


def test_a_ring_in_front_and_a_call_under_way_are_not(
    place: Workplace, pointed: list[bool], qtbot: QtBot
) -> None:
    place.window.activateWindow()
    qtbot.waitUntil(place.window.isActiveWindow)
    _ring(place, mockup.shared_number())
    place.window.showMinimized()
    _ring(place, mockup.opened_card())
    assert pointed == []


def test_nothing_of_who_calls_is_on_the_desktop(place: Workplace) -> None:
    place.window.showMinimized()
    _ring(place, mockup.opened_card())
    assert (place.window.windowTitle(), place.presence.tray.toolTip()) == ("Console d’accueil",) * 2
    assert not place.window.windowIcon().isNull()
    assert "DUBREUIL" not in " ".join(_words(_menu(place)))


def test_its_menu_opens_the_console_changes_the_state_and_quits(place: Workplace) -> None:
    assert _words(_menu(place)) == ["Ouvrir la console", "Mon état", "Mini fenêtre", "Quitter"]
    place.window.showMinimized()
    _press(_menu(place), "Ouvrir la console")
    assert not place.window.isMinimized()
    states = next(act for act in _menu(place).actions() if act.text() == "Mon état").menu()
    assert isinstance(states, QMenu)
    _press(states, "Indisponible")
    assert desk_of(place).submitted[-1] == ChangeOwnState(state=AgentState.UNAVAILABLE)
    _press(_menu(place), "Quitter")
    assert not place.window.isVisible()


def test_the_mini_window_is_offered_with_a_call_alone(place: Workplace) -> None:
    mini = next(act for act in _menu(place).actions() if act.text() == "Mini fenêtre")
    assert not mini.isEnabled()
    _ring(place, mockup.shared_number())
    _press(_menu(place), "Mini fenêtre")
    assert place.mini.window.isVisible()


def test_a_click_on_its_entry_opens_the_console_and_one_for_the_menu_does_not(place: Workplace) -> None:
    place.window.showMinimized()
    reason = QSystemTrayIcon.ActivationReason
    place.presence.tray.activated.emit(reason.Context)
    assert place.window.isMinimized()
    place.presence.tray.activated.emit(reason.Trigger)
    assert not place.window.isMinimized()
