"""The morning list opens from the day view, calls back or qualifies each caller, and goes away when empty."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import Refusal
from app.domain.line_commands import DialNumber
from tests.panels.mockup import left_by_several, opened_card
from tests.panels.seat import desk_of, seat_of, speaker_of
from ui.places import HOME
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """The list is open: four callers, an emergency first."""
    theme.apply(qapp)
    here = seat_of(CallPage(), left=left_by_several())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(HOME)
    assert not here.morning.isVisible()
    QTest.mouseClick(here.home.morning, Qt.MouseButton.LeftButton)
    assert here.morning.isVisible()
    return here


def _marks(place: Workplace) -> list[str]:
    return [cell.mark.words for row in place.morning.list.rows for cell in row.cells if cell.mark]


def _dialled(place: Workplace) -> list[str]:
    return [one.number_raw for one in desk_of(place).submitted if isinstance(one, DialNumber)]


def test_each_caller_is_one_row_that_says_what_was_left(place: Workplace) -> None:
    told = [(row.cells[1].words, row.cells[1].below) for row in place.morning.list.rows]
    assert told == [
        ("VIDAL Louise", "2 appels"),
        ("06 39 98 12 71", "1 message vocal (0:14)"),
        ("2\u00a0patients possibles", "1 appel"),
        ("Numéro masqué", "1 appel"),
    ]
    assert _marks(place) == ["Urgence", "À écouter"]


def test_an_emergency_that_another_service_saw_to_since_says_so(qtbot: QtBot, place: Workplace) -> None:
    first, *others = left_by_several()
    desk_of(place).left = (msgspec.structs.replace(first, is_followed=True), *others)
    place.morning.list.opened.emit(place.morning.list.key)
    below = "2 appels, suivi depuis par un autre service"
    qtbot.waitUntil(lambda: place.morning.list.rows[0].cells[1].below == below)
    assert _marks(place)[0] == "Urgence"


def test_enter_calls_the_first_back(place: Workplace) -> None:
    assert _dialled(place) == []
    QTest.keyClick(place.morning.list, Qt.Key.Key_Return)
    assert _dialled(place) == ["+33639985518"]
    assert place.morning.isVisible()


def test_enter_qualifies_who_hid_the_number(place: Workplace) -> None:
    desk_of(place).page = opened_card()
    QTest.keyClick(place.morning.list, Qt.Key.Key_End)
    QTest.keyClick(place.morning.list, Qt.Key.Key_Return)
    assert _dialled(place) == []
    assert place.screen.isVisible()


def test_the_caller_is_qualified_without_a_call(place: Workplace) -> None:
    desk_of(place).page = opened_card()
    QTest.mouseClick(place.morning.qualify, Qt.MouseButton.LeftButton)
    assert _dialled(place) == []
    assert place.screen.isVisible()


def test_a_call_that_cannot_be_placed_says_why(place: Workplace) -> None:
    desk_of(place).no = Refusal("line_unreachable")
    QTest.keyClick(place.morning.list, Qt.Key.Key_Return)
    assert place.morning.toast.isVisible()


def test_the_day_is_one_step_back_and_the_rail_leads_to_it_too(place: Workplace) -> None:
    QTest.mouseClick(place.morning.back, Qt.MouseButton.LeftButton)
    assert place.home.isVisible()
    QTest.mouseClick(place.home.morning, Qt.MouseButton.LeftButton)
    assert place.morning.isVisible()
    place.rail.place_chosen.emit(HOME)
    assert place.home.isVisible()


def test_the_button_goes_once_everybody_was_seen_to(qtbot: QtBot, place: Workplace) -> None:
    desk_of(place).left = ()
    place.morning.list.opened.emit(place.morning.list.key)
    qtbot.waitUntil(lambda: not place.morning.list.isVisible())
    assert place.morning.empty.isVisible()
    place.morning.left.emit()
    assert place.home.isVisible()
    assert not place.home.morning.isVisible()


def _rest_on(place: Workplace, line: int) -> None:
    """The keyboard comes down to a line."""
    QTest.keyClick(place.morning.list, Qt.Key.Key_Home)
    for _ in range(line):
        QTest.keyClick(place.morning.list, Qt.Key.Key_Down)


def test_space_plays_what_the_caller_said_and_space_stops_it(qtbot: QtBot, place: Workplace) -> None:
    assert not place.morning.listen.isEnabled()
    _rest_on(place, 1)
    assert place.morning.listen.isEnabled()
    QTest.keyClick(place.morning.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: speaker_of(place).played == [b"a sound"])
    assert desk_of(place).listened == ["night-unknown-first"]
    assert place.morning.listen.text() == "Arrêter"
    assert _marks(place) == ["Urgence", "Lecture en cours"]
    QTest.keyClick(place.morning.list, Qt.Key.Key_Space)
    assert place.morning.listen.text() == "Écouter"
    assert desk_of(place).listened == ["night-unknown-first"]


def test_the_button_plays_and_what_ends_by_itself_may_be_heard_again(qtbot: QtBot, place: Workplace) -> None:
    _rest_on(place, 1)
    for times in (1, 2):
        QTest.mouseClick(place.morning.listen, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda times=times: len(speaker_of(place).played) == times)
        speaker_of(place).end()
        qtbot.waitUntil(lambda: place.morning.listen.text() == "Écouter")


def test_nothing_is_played_of_a_page_that_left(qtbot: QtBot, place: Workplace) -> None:
    _rest_on(place, 1)
    QTest.keyClick(place.morning.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(speaker_of(place).played) == 1)
    place.morning.left.emit()
    assert place.morning.listen.text() == "Écouter"


@pytest.mark.parametrize("what", ["the server", "the loudspeaker"])
def test_what_cannot_be_heard_says_why(qtbot: QtBot, place: Workplace, what: str) -> None:
    desk_of(place).is_cut = what == "the server"
    speaker_of(place).is_deaf = what == "the loudspeaker"
    _rest_on(place, 1)
    QTest.keyClick(place.morning.list, Qt.Key.Key_Space)
    qtbot.waitUntil(place.morning.toast.isVisible)
    said = "casque" if what == "the loudspeaker" else "serveur"
    assert said in place.morning.toast.text
    assert place.morning.listen.text() == "Écouter"


def test_a_line_without_a_voice_plays_nothing(place: Workplace) -> None:
    _rest_on(place, 2)
    QTest.keyClick(place.morning.list, Qt.Key.Key_Space)
    assert desk_of(place).listened == []
