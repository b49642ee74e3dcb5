"""A call that rings takes neither the keyboard nor a key, whatever is being written (design 5.2)."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import CallState
from tests.panels import mockup
from tests.panels.measure import place_of, words_in
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


def _answered(page: CallPage, contact: str) -> CallPage:
    ringing = _ringing(page, contact)
    assert ringing.card is not None
    call = msgspec.structs.replace(ringing.card.call, state=CallState.IN_CALL, answered_at=mockup.NOW)
    return msgspec.structs.replace(ringing, card=msgspec.structs.replace(ringing.card, call=call))


def _over(page: CallPage, contact: str) -> CallPage:
    assert page.card is not None
    call = msgspec.structs.replace(
        page.card.call, state=CallState.ENDED, contact=contact, ended_at=mockup.NOW
    )
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))


def _missed(page: CallPage, contact: str) -> CallPage:
    ringing = _ringing(page, contact)
    assert ringing.card is not None
    call = msgspec.structs.replace(ringing.card.call, state=CallState.ENDED, ended_at=mockup.NOW)
    return msgspec.structs.replace(ringing, card=msgspec.structs.replace(ringing.card, call=call))


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


def _write_then_ring(place: Workplace) -> None:
    _ring(place, _over(mockup.opened_card(), "before"))
    place.rail.place_chosen.emit("calls")
    place.panel.note.setFocus()
    QTest.keyClicks(place.panel.note, "rappeler")
    _ring(place, _ringing(mockup.shared_number(), "ring"))


def test_a_call_while_somebody_writes_is_told_in_the_place_of_the_top_bar(idle: Workplace) -> None:
    _ring(idle, _over(mockup.opened_card(), "before"))
    idle.rail.place_chosen.emit("calls")
    QTest.qWait(1)
    before = [place_of(panel) for panel in (idle.strip, idle.screen.band, idle.screen.side)]
    _write_then_ring(idle)
    assert idle.banner.isVisible()
    assert not idle.top_bar.isVisible()
    assert [place_of(panel) for panel in (idle.strip, idle.screen.band, idle.screen.side)] == before
    assert idle.window.focusWidget() is idle.panel.note


def test_the_banner_says_of_a_shared_number_what_its_mock_up_says(idle: Workplace) -> None:
    _write_then_ring(idle)
    said = words_in(idle.banner)
    for words in ("06 39 98 41 07", "3 patients possibles", "1 rappel en retard", "sonne depuis 6 s"):
        assert words in said
    assert idle.banner.line.text == (
        "Alt 1 DUBREUIL Martine, 14/03/1958  Alt 2 LEROUX Gérard, 02/09/1955  Alt 3 LEROUX Ines, 21/06/2017"
    )
    assert (place_of(idle.banner).x(), place_of(idle.banner).width(), idle.banner.height()) == (200, 1240, 56)


def test_a_key_of_the_last_seconds_is_a_hand_that_writes(idle: Workplace) -> None:
    QTest.keyClick(idle.window.windowHandle(), Qt.Key.Key_A)
    _ring(idle, _ringing(mockup.shared_number(), "ring"))
    assert idle.banner.isVisible()
    assert not idle.screen.isVisible()


def test_a_call_that_waits_goes_on_waiting_once_the_field_is_empty(idle: Workplace) -> None:
    _write_then_ring(idle)
    idle.panel.note.clear()
    _ring(idle, _ringing(mockup.shared_number(), "ring"))
    assert idle.banner.isVisible()
    assert idle.form.state.entry.contact == "before"


def test_a_call_that_waits_and_is_answered_on_the_set_comes_with_the_keyboard_at_its_motive(
    idle: Workplace,
) -> None:
    _write_then_ring(idle)
    _ring(idle, _answered(mockup.shared_number(), "ring"))
    assert not idle.banner.isVisible()
    assert idle.form.state.entry.contact == "ring"
    assert idle.window.focusWidget() is not idle.panel.note
    assert b"rappeler" in desk_of(idle).drafts["before"]


def test_a_call_that_waited_and_rings_no_more_leaves_the_page_as_it_is(idle: Workplace) -> None:
    _write_then_ring(idle)
    _ring(idle, _over(mockup.opened_card(), "before"))
    assert not idle.banner.isVisible()
    assert idle.top_bar.isVisible()
    assert idle.panel.note.toPlainText() == "rappeler"


@pytest.mark.parametrize("how", ["given up", "taken by a colleague"])
def test_a_call_that_waited_and_went_by_leaves_what_is_written_in_hand(idle: Workplace, how: str) -> None:
    """As the replica tells it: the last call that rang here stays the last one, given up or not."""
    _write_then_ring(idle)
    desk = desk_of(idle)
    went_by = _missed(mockup.shared_number(), "ring") if how == "given up" else CallPage()
    desk.soon = [went_by]
    _ring(idle, _over(mockup.opened_card(), "before"))
    QTest.qWait(1)
    QTest.keyClicks(idle.window.focusWidget() or idle.window, " demain")
    assert idle.window.focusWidget() is idle.panel.note
    assert idle.panel.note.toPlainText() == "rappeler demain"
    assert idle.form.state.entry.contact == "before"
    assert idle.call.contact == "before"


def test_a_ring_on_another_page_gives_the_keyboard_to_no_field_of_the_call(idle: Workplace) -> None:
    """Qt would give it to the field that had it last on the page that comes."""
    _ring(idle, _over(mockup.opened_card(), "before"))
    idle.rail.place_chosen.emit("calls")
    idle.panel.note.setFocus()
    idle.rail.place_chosen.emit("directory")
    idle.directory.focus_search()
    _ring(idle, _ringing(mockup.shared_number(), "ring"))
    assert idle.screen.isVisible()
    assert idle.window.focusWidget() is idle.window.centralWidget()


def test_a_call_that_waited_comes_forward_when_asked(idle: Workplace) -> None:
    _write_then_ring(idle)
    assert idle.form.state.entry.contact == "before"
    idle.banner.answered.emit()
    assert idle.form.state.entry.contact == "ring"
    assert b"rappeler" in desk_of(idle).drafts["before"]
