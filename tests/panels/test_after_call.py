"""A call that ends becomes a page to finish: nothing moves under the hand, nothing is left in silence."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import ChangeOwnState, DialNumber, LogMotive
from app.domain.words import AgentState, CallState
from tests.panels import mockup
from tests.panels.measure import place_of, words_in
from tests.panels.seat import desk_of, seat_of, sit_in_a_queue
from ui.places import CALLS, DIRECTORY, HOME
from ui.refusal_words import refusal_words
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
KEPT = "Appel gardé dans À qualifier."


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Martine Dubreuil is on the phone; the directory was being read before."""
    theme.apply(qapp)
    here = seat_of(mockup.opened_card())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.window.activateWindow()
    here.rail.place_chosen.emit(DIRECTORY)
    here.directory.focus_search()
    here.rail.place_chosen.emit(CALLS)
    return here


def _turn(place: Workplace, page: CallPage) -> None:
    """What the exchange told since."""
    desk_of(place).page = page
    place.call.look()


def _ringing(contact: str = "next") -> CallPage:
    page = mockup.shared_number()
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, contact=contact)
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))


def _qualify_by_keys(place: Workplace, save: Qt.KeyboardModifier = CTRL) -> None:
    desk = desk_of(place)
    desk.soon = [msgspec.structs.replace(desk.page, is_saved=True)]
    place.panel.focus_motive()
    QTest.keyClicks(place.panel.motive, "31")
    QTest.keyClick(place.panel.motive, Qt.Key.Key_Return, save)


def _go_home(place: Workplace) -> None:
    place.rail.place_chosen.emit(HOME)


def _ring_next(place: Workplace) -> None:
    _turn(place, _ringing())


def _lose(place: Workplace) -> None:
    """The contact is erased, or no longer this desk's."""
    _turn(place, CallPage())


def _told(place: Workplace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: place.toast.isVisible() and place.toast.text == KEPT)


def test_the_end_of_a_call_moves_neither_the_note_nor_the_keyboard(place: Workplace) -> None:
    place.panel.note.setFocus()
    QTest.keyClicks(place.panel.note, "rappeler ")
    before = [place_of(panel) for panel in (place.screen.band, place.screen.side, place.panel.note)]
    _turn(place, mockup.finished_call())
    QTest.keyClicks(place.window.focusWidget() or place.window, "demain")
    assert [place_of(panel) for panel in (place.screen.band, place.screen.side, place.panel.note)] == before
    assert place.window.focusWidget() is place.panel.note
    assert place.panel.note.toPlainText() == "rappeler demain"


def test_the_end_of_a_call_shows_what_is_missing_and_the_agent_s_state(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    assert place.after_strip.isVisible()
    assert not place.strip.isVisible()
    assert "Il manque le motif." in words_in(place.after_strip)
    assert "Post-appel" in words_in(place.top_bar)
    place.form.press_digit(9)
    place.form.press_digit(9)
    assert "Il manque la note." in words_in(place.after_strip)
    place.form.write_note("un parapluie")
    assert "Il manque" not in words_in(place.after_strip)


def test_four_keys_finish_it_and_the_agent_is_free(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    _qualify_by_keys(place)
    (saved,) = (one for one in desk_of(place).submitted if isinstance(one, LogMotive))
    assert (saved.contact, saved.motive) == ("call-2", "31")
    assert not place.after_strip.isVisible()
    assert "Disponible" in words_in(place.top_bar)
    assert place.screen.isVisible()


def test_saving_and_going_on_leads_back_to_the_page_and_the_field_of_before(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    _qualify_by_keys(place, CTRL_SHIFT)
    assert place.directory.isVisible()
    assert place.window.focusWidget() is place.directory.results.field


def test_saving_and_going_on_brings_the_call_that_waits(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    place.panel.note.setFocus()
    QTest.keyClicks(place.panel.note, "rappeler")
    _turn(place, _ringing())
    assert place.banner.isVisible()
    _qualify_by_keys(place, CTRL_SHIFT)
    (saved,) = (one for one in desk_of(place).submitted if isinstance(one, LogMotive))
    assert saved.contact == "call-2"
    assert not place.banner.isVisible()
    assert place.form.state.entry.contact == "next"
    assert place.strip.isVisible()
    assert not place.after_strip.isVisible()
    assert place.screen.candidates.isVisible()


def test_a_call_that_waits_goes_on_waiting_once_the_one_before_is_saved(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    place.panel.note.setFocus()
    QTest.keyClicks(place.panel.note, "rappeler")
    _turn(place, _ringing())
    _qualify_by_keys(place)
    assert place.banner.isVisible()
    assert place.form.state.entry.contact == "call-2"
    assert not place.after_strip.isVisible()


def test_going_on_during_the_call_stays_on_its_page(place: Workplace) -> None:
    _qualify_by_keys(place, CTRL_SHIFT)
    assert place.screen.isVisible()
    _turn(place, msgspec.structs.replace(mockup.finished_call(), is_saved=True))
    assert place.screen.isVisible()
    assert not place.after_strip.isVisible()


def test_a_call_that_a_colleague_qualified_leaves_no_strip(place: Workplace) -> None:
    over = mockup.finished_call()
    assert over.card is not None
    call = msgspec.structs.replace(over.card.call, motive="31")
    _turn(place, msgspec.structs.replace(over, card=msgspec.structs.replace(over.card, call=call)))
    assert not place.after_strip.isVisible()
    assert not place.strip.isVisible()


@pytest.mark.parametrize("leave", [_go_home, _ring_next, _lose], ids=lambda leave: leave.__name__)
def test_a_call_left_without_a_motive_is_said_to_be_kept(
    place: Workplace, leave: Callable[[Workplace], None], qtbot: QtBot
) -> None:
    _turn(place, mockup.finished_call())
    place.toast.hide()
    leave(place)
    _told(place, qtbot)


def test_what_was_just_done_can_still_be_taken_back_when_a_ring_takes_the_page(
    place: Workplace, qtbot: QtBot
) -> None:
    taken: list[str] = []
    _turn(place, mockup.finished_call())
    place.notices.tell("Proche enregistré.", lambda: taken.append("it"))
    _ring_next(place)
    qtbot.wait(150)
    place.notices.take_back()
    assert taken == ["it"]
    _told(place, qtbot)


def test_a_call_left_with_its_motive_says_nothing_more(place: Workplace, qtbot: QtBot) -> None:
    _turn(place, mockup.finished_call())
    _qualify_by_keys(place)
    place.rail.place_chosen.emit(HOME)
    qtbot.wait(150)
    assert place.toast.text != KEPT


def test_on_another_page_the_strip_leads_back_to_what_was_typed(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    place.form.write_note("rappeler")
    place.rail.place_chosen.emit(HOME)
    assert place.after_strip.isVisible()
    assert "Revenir à l’appel" in words_in(place.after_strip)
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_F3)
    assert place.screen.isVisible()
    assert place.panel.note.toPlainText() == "rappeler"


def test_the_number_is_called_back_from_the_strip(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    before = place.window.focusWidget()
    place.after_strip.call_back_asked.emit()
    (dialled,) = (one for one in desk_of(place).submitted if isinstance(one, DialNumber))
    assert dialled.number_raw == "+33639984107"
    assert place.window.focusWidget() is before


def test_a_call_that_was_given_stays_with_its_own_strip(place: Workplace) -> None:
    page = mockup.opened_card()
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, is_given=True, state=CallState.IN_CALL)
    _turn(place, msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call)))
    assert place.strip.isVisible()
    assert not place.after_strip.isVisible()


def _away(place: Workplace) -> Button:
    strip = place.after_strip
    return next(one for one in strip.findChildren(Button) if one.text() == "Indisponible après")


def _left_queues(place: Workplace) -> list[ChangeOwnState]:
    return [command for command in desk_of(place).submitted if isinstance(command, ChangeOwnState)]


@pytest.mark.parametrize("finish", [_qualify_by_keys, _ring_next, _lose])
def test_who_chose_so_leaves_the_queues_once_the_call_is_finished(
    place: Workplace, finish: Callable[[Workplace], None]
) -> None:
    sit_in_a_queue(place)
    _turn(place, mockup.finished_call())
    _away(place).click()
    assert _away(place).isChecked()
    assert _left_queues(place) == []
    finish(place)
    assert _left_queues(place) == [ChangeOwnState(state=AgentState.UNAVAILABLE)]


def test_a_second_click_takes_it_back_and_the_next_call_begins_without_it(place: Workplace) -> None:
    sit_in_a_queue(place)
    _turn(place, mockup.finished_call())
    for _ in range(2):
        _away(place).click()
    assert not _away(place).isChecked()
    _qualify_by_keys(place)
    assert _left_queues(place) == []


def test_whoever_is_in_no_queue_or_offline_reads_why_it_is_not_offered(place: Workplace) -> None:
    _turn(place, mockup.finished_call())
    assert (_away(place).isEnabled(), _away(place).toolTip()) == (False, refusal_words("not_agent"))
    sit_in_a_queue(place)
    assert (_away(place).isEnabled(), _away(place).toolTip()) == (True, "")
    place.show_link("Hors ligne", is_offline=True)
    assert (_away(place).isEnabled(), _away(place).toolTip()) == (False, refusal_words("needs_server"))
