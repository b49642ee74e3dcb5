"""One's own state is chosen under its chip, for all queues or for one, and shown as the exchange tells it."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.domain.commands import ChangeOwnState
from app.domain.words import AgentState
from app.queries.agent_states import OwnState
from tests.panels import mockup
from tests.panels.measure import words_in
from tests.panels.seat import desk_of, seat_of
from ui.refusal_words import refusal_words
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.workplace import Workplace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _in(queue: str, name: str, state: AgentState) -> OwnState:
    return OwnState(queue=queue, queue_name=name, state=state, since=mockup.NOW)


def _both(first: AgentState, second: AgentState) -> tuple[OwnState, ...]:
    return (_in("ortho", "Secrétariat orthopédie", first), _in("standard", "Standard", second))


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Nobody is on the phone."""
    theme.apply(qapp)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.window.activateWindow()
    return here


def _tell(place: Workplace, *states: OwnState) -> None:
    desk_of(place).states = states
    place.own_states.look()


def _menu(place: Workplace) -> QMenu:
    chip = place.top_bar.state_chip
    assert isinstance(chip, Button)
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    (menu,) = (one for one in chip.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly))
    return menu


def _words(menu: QMenu) -> list[str]:
    return [act.text() for act in menu.actions() if not act.isSeparator()]


PAUSES = ["Disponible", "Post-appel", "Indisponible", "Guichet", "Formation", "Supervision"]


def test_a_pause_is_chosen_with_the_keyboard_alone(place: Workplace) -> None:
    _tell(place, _in("ortho", "Secrétariat orthopédie", AgentState.AVAILABLE))
    menu = _menu(place)
    assert _words(menu) == PAUSES
    assert [act.text() for act in menu.actions() if act.isChecked()] == ["Disponible"]
    for _ in range(4):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert desk_of(place).submitted == [ChangeOwnState(state=AgentState.AT_DESK)]
    assert "Disponible" in words_in(place.top_bar)
    _tell(place, _in("ortho", "Secrétariat orthopédie", AgentState.AT_DESK))
    assert "Guichet" in words_in(place.top_bar)


def test_each_of_several_queues_is_left_alone_or_with_the_others(place: Workplace) -> None:
    _tell(place, *_both(AgentState.AVAILABLE, AgentState.TRAINING))
    assert "Disponible, 1 sur 2" in words_in(place.top_bar)
    menu = _menu(place)
    assert _words(menu)[6:] == ["Secrétariat orthopédie\u00a0: Disponible", "Standard\u00a0: Formation"]
    assert not any(act.isChecked() for act in menu.actions())
    submenu = menu.actions()[-1].menu()
    assert isinstance(submenu, QMenu)
    assert [act.text() for act in submenu.actions() if act.isChecked()] == ["Formation"]
    submenu.actions()[0].trigger()
    assert desk_of(place).submitted == [ChangeOwnState(state=AgentState.AVAILABLE, queue="standard")]
    menu.close()


def test_without_the_server_the_choice_says_why_it_is_off(place: Workplace) -> None:
    _tell(place, _in("ortho", "Secrétariat orthopédie", AgentState.AVAILABLE))
    place.show_link("Hors ligne", is_offline=True)
    menu = _menu(place)
    assert _words(menu)[0] == refusal_words("needs_server")
    assert not any(act.isEnabled() for act in menu.actions() if not act.isSeparator())
    menu.close()
    assert desk_of(place).submitted == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AgentState.WRAP_UP, "Post-appel"),
        (AgentState.IN_CALL, "En appel"),
        (AgentState.OFFLINE, "Hors ligne"),
    ],
)
def test_the_chip_says_what_the_exchange_tells(place: Workplace, state: AgentState, words: str) -> None:
    _tell(place, *_both(state, state))
    seen = words_in(place.top_bar)
    assert words in seen
    assert "sur 2" not in seen


def test_how_long_one_is_available_is_told_and_of_a_break_nothing(place: Workplace) -> None:
    chip = place.top_bar.state_chip
    assert isinstance(chip, Button)
    since = mockup.NOW - timedelta(minutes=6)
    told = {AgentState.AVAILABLE: "Disponible 6\u00a0min", AgentState.UNAVAILABLE: "Indisponible"}
    for state, name in told.items():
        _tell(place, msgspec.structs.replace(_in("ortho", "Secrétariat orthopédie", state), since=since))
        assert chip.accessibleName() == name
