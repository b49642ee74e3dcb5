"""A call that rings takes neither the keyboard nor a key, whatever is being written (design 5.2)."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import CallState
from tests.panels import mockup
from tests.panels.seat import desk_of, seat_of
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

POPS = 100
TRIGGERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_3)


def _ringing(page: CallPage, contact: str) -> CallPage:
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, state=CallState.RINGING, contact=contact, answered_at=None)
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))


def _over(page: CallPage, contact: str) -> CallPage:
    assert page.card is not None
    call = msgspec.structs.replace(
        page.card.call, state=CallState.ENDED, contact=contact, ended_at=mockup.NOW
    )
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))


def _ring(place: Workplace, page: CallPage) -> None:
    desk_of(place).page = page
    place.call.look()
    QTest.qWait(1)


@pytest.fixture
def idle(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Nobody calls."""
    theme.apply(qapp)
    place = seat_of(CallPage())
    qtbot.addWidget(place.window)
    place.window.resize(1440, 900)
    place.window.show()
    qtbot.waitExposed(place.window)
    return place


@pytest.mark.parametrize("page", [mockup.shared_number(), mockup.opened_card(), mockup.hidden_number()])
def test_a_ring_gives_the_keyboard_to_no_control(idle: Workplace, page: CallPage) -> None:
    before = idle.window.focusWidget()
    _ring(idle, _ringing(page, "ring"))
    assert idle.screen.isVisible()
    assert idle.window.focusWidget() is before


@pytest.mark.parametrize("key", TRIGGERS)
def test_a_key_on_what_just_appeared_does_nothing(idle: Workplace, key: Qt.Key) -> None:
    _ring(idle, _ringing(mockup.shared_number(), "ring"))
    before = list(desk_of(idle).submitted)
    QTest.keyClick(idle.window.focusWidget() or idle.window, key)
    assert desk_of(idle).submitted == before
    assert idle.form.state.entry.digits == ""


def test_no_key_of_a_note_goes_to_the_next_call(idle: Workplace) -> None:
    """The note of the call before keeps the keyboard and every letter."""
    _ring(idle, _over(mockup.opened_card(), "before"))
    idle.rail.place_chosen.emit("calls")
    idle.panel.note.setFocus()
    for pop in range(POPS):
        QTest.keyClick(idle.panel.note, Qt.Key.Key_A)
        _ring(idle, _ringing(mockup.shared_number(), f"ring-{pop}"))
        QTest.keyClick(idle.window.focusWidget() or idle.window, Qt.Key.Key_B)
        _ring(idle, _over(mockup.opened_card(), "before"))
    assert idle.panel.note.toPlainText() == "ab" * POPS


def test_a_call_that_waited_comes_forward_when_asked(idle: Workplace) -> None:
    _ring(idle, _over(mockup.opened_card(), "before"))
    idle.rail.place_chosen.emit("calls")
    idle.panel.note.setFocus()
    QTest.keyClicks(idle.panel.note, "rappeler")
    _ring(idle, _ringing(mockup.shared_number(), "ring"))
    assert idle.form.state.entry.contact == "before"
    idle.strip.answered.emit()
    assert idle.form.state.entry.contact == "ring"
    assert b"rappeler" in desk_of(idle).drafts["before"]
