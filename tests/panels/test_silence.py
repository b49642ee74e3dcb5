"""« Silence » keeps the console from making more of the call that rings, for this call only."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import AnswerCall
from app.domain.words import CallState
from tests.panels import mockup
from tests.panels.measure import words_in
from tests.panels.seat import desk_of, seat_of
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.workplace import Workplace


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


def _turn(place: Workplace, contact: str, state: CallState = CallState.RINGING) -> None:
    """What the exchange told since of one call."""
    page = mockup.shared_number()
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, contact=contact, state=state)
    desk_of(place).page = msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))
    place.call.look()


def _write_elsewhere(place: Workplace) -> None:
    place.rail.place_chosen.emit("directory")
    place.directory.focus_search()
    QTest.keyClicks(place.directory.results.field, "imag")


def _silence(place: Workplace) -> None:
    shown = (place.strip, place.banner)
    buttons = [one for each in shown for one in each.findChildren(Button) if one.text() == "Silence"]
    (button,) = (one for one in buttons if one.isVisible())
    button.click()


def test_the_banner_goes_and_stays_away_until_another_call_rings(place: Workplace) -> None:
    _write_elsewhere(place)
    _turn(place, "first")
    assert place.banner.isVisible()
    _silence(place)
    for state in (CallState.QUEUED, CallState.RINGING):
        _turn(place, "first", state)
        assert not place.banner.isVisible()
        assert place.top_bar.isVisible()
    assert place.directory.isVisible()
    assert place.directory.results.field.text() == "imag"
    _turn(place, "second")
    assert place.banner.isVisible()


def test_the_call_still_rings_and_f3_takes_it(place: Workplace) -> None:
    _write_elsewhere(place)
    _turn(place, "first")
    _silence(place)
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_F3)
    assert AnswerCall(contact="first") in desk_of(place).submitted
    assert place.screen.isVisible()


def test_the_strip_says_that_it_was_silenced_and_offers_it_once(place: Workplace) -> None:
    _turn(place, "first")
    assert place.strip.isVisible()
    _silence(place)
    seen = words_in(place.strip)
    assert "Appel entrant" in seen
    assert "Répondre" in seen
    assert "Silence" not in seen
    _turn(place, "second")
    assert "Silence" in words_in(place.strip)


def test_a_call_that_was_answered_and_rings_again_is_shown_again(place: Workplace) -> None:
    _turn(place, "first")
    _silence(place)
    _turn(place, "first", CallState.IN_CALL)
    _turn(place, "first")
    assert "Silence" in words_in(place.strip)


def test_the_mini_window_that_was_silenced_does_not_come_back_by_itself(place: Workplace) -> None:
    place.window.showMinimized()
    _turn(place, "first")
    assert place.mini.window.isVisible()
    place.mini.window.ring.silenced.emit()
    place.call.rang.emit("first")
    assert not place.mini.window.isVisible()
    _turn(place, "second")
    assert place.mini.window.isVisible()
