"""« Écran discret »: no name, date, number, note or excerpt is on any screen; nothing else changes."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.domain.commands import AnswerCall
from tests.panels import mockup
from tests.panels.on_screen import boxes, painted, told
from tests.panels.pictures import AT_THE_DESK, SETTLE_MS
from tests.panels.seat import desk_of, search_for_nguyen, seat_of
from tests.panels.secrets_told import secrets, written
from tests.panels.sitting import SCREENS, Picture, sit
from ui.discretion import HIDDEN, discretion
from ui.places import CALLS
from ui.viewmodels.call_page import CallPage
from ui.widgets.code_field import CodeField
from ui.widgets.note_field import NoteField
from ui.workplace import Workplace

OF_NOBODY = ("04-supervision", "04b-affichage-mural", "04b-affichage-mural-1080", "15-reglages")
"""Screens on which no person is named in the first place."""
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def names_come_back() -> Iterator[None]:
    """Whatever a test leaves, the next one reads names."""
    yield
    discretion.turn(is_on=False)


def windows() -> list[QWidget]:
    """All that this console shows."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def read() -> list[str]:
    """Each thing that can be read now, a line each."""
    return [line for one in windows() for line in (painted(one) + "\n" + told(one)).splitlines()]


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """Also those of a test that failed."""
    yield
    for window in windows():
        window.close()
        window.deleteLater()


@pytest.mark.parametrize("picture", SCREENS, ids=lambda one: one[0])
def test_a_discreet_screen_tells_nothing_of_anybody_and_moves_nothing(picture: Picture) -> None:
    place = sit(picture)
    hidden = set(secrets(desk_of(place).told))
    notes = set(written(desk_of(place).told)) | notes_in_fields()
    if picture[0].startswith("03"):
        hidden |= typed_in_fields()
    before, stood = read(), boxes(windows())
    assert picture[0] in OF_NOBODY or any(secret in line for line in before for secret in hidden)
    place.discreet.hide()
    QTest.qWait(50)
    after = read()
    assert [(secret, line) for line in after for secret in hidden if secret in line] == []
    figures = [line for line in before if re.search(r"\d", line) and not _names(line, hidden)]
    assert [line for line in figures if line not in after and not _was_noted(line, notes, after)] == []
    assert _times("\n".join(after)) >= _times("\n".join(before)) - _times("\n".join(notes))
    now = boxes(windows())
    assert [(one, box, now.get(one)) for one, box in stood.items() if now.get(one) != box] == []


def typed_in_fields() -> set[str]:
    """What a person wrote in the fields that take names, dates and notes."""
    fields = [one for window in windows() for one in window.findChildren(QLineEdit) if one.isVisible()]
    return {one.text() for one in fields if len(one.text()) > 2 and not isinstance(one, CodeField)}


def notes_in_fields() -> set[str]:
    """What is being written."""
    return {
        " ".join(one.toPlainText().split()) for window in windows() for one in window.findChildren(NoteField)
    }


def _was_noted(line: str, notes: set[str], after: list[str]) -> bool:
    """Part of a note, or a line which says the same without it."""
    plain, left = line.casefold(), {one.casefold() for one in after}
    told = [note.casefold() for note in notes]
    return any(plain in note or plain.replace(note, HIDDEN) in left for note in told)


def _times(words: str) -> set[str]:
    return set(re.findall(r"\b\d\d:\d\d\b", words))


def _names(line: str, hidden: set[str]) -> bool:
    return any(secret in line for secret in hidden)


def at_work() -> Workplace:
    """A call in hand and a note begun, the keyboard in it."""
    place = seat_of(mockup.opened_card(), AT_THE_DESK)
    place.window.show()
    place.window.activateWindow()
    place.rail.place_chosen.emit(CALLS)
    QTest.qWait(SETTLE_MS)
    place.panel.focus_motive()
    place.form.press_digit(3)
    place.form.press_digit(1)
    place.panel.note.setFocus()
    place.panel.note.insertPlainText("Voit son")
    return place


def press(place: Workplace, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """As the desktop hands a key to the window."""
    QTest.keyClick(place.window.windowHandle(), key, held)


def test_any_key_brings_the_names_back_and_is_written_where_it_was_going() -> None:
    place = at_work()
    place.discreet.hide()
    press(place, Qt.Key.Key_Space)
    press(place, Qt.Key.Key_M)
    assert not discretion.is_on
    assert place.panel.note.toPlainText() == "Voit son m"
    assert any("DUBREUIL Martine" in line for line in read())
    assert place.top_bar.discreet_sign is None


def test_f3_answers_and_brings_the_names_back() -> None:
    place = seat_of(mockup.shared_number(), AT_THE_DESK)
    place.window.show()
    QTest.qWait(SETTLE_MS)
    place.discreet.hide()
    press(place, Qt.Key.Key_F3)
    assert not discretion.is_on
    assert [type(one) for one in desk_of(place).submitted] == [AnswerCall]


def test_its_own_key_hides_and_shows_and_nothing_loses_the_keyboard() -> None:
    place = at_work()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(place, Qt.Key.Key_H, held)
    assert discretion.is_on
    assert place.window.keyboard_place() is place.panel.note
    assert place.panel.note.textCursor().position() == len("Voit son")
    assert place.top_bar.discreet_sign is not None
    press(place, Qt.Key.Key_H, held)
    assert not discretion.is_on


def test_a_key_that_is_only_held_brings_nothing_back() -> None:
    place = at_work()
    place.discreet.hide()
    for key in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
        press(place, key)
    assert discretion.is_on


def test_a_click_brings_the_names_back() -> None:
    place = at_work()
    place.discreet.hide()
    QTest.mouseClick(place.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(400, 30))
    assert not discretion.is_on


def test_what_arrives_while_names_are_hidden_is_hidden_too() -> None:
    place = seat_of(CallPage(), AT_THE_DESK)
    place.window.show()
    place.rail.place_chosen.emit(CALLS)
    place.discreet.hide()
    desk_of(place).page = mockup.opened_card()
    place.call.look()
    QTest.qWait(SETTLE_MS)
    hidden = set(secrets(desk_of(place).told))
    assert [line for line in read() if _names(line, hidden)] == []
    assert any("D… M…" in line for line in read())


def test_what_is_typed_in_a_field_is_hidden_and_kept() -> None:
    place = seat_of(mockup.hidden_number(), AT_THE_DESK)
    place.window.show()
    place.rail.place_chosen.emit(CALLS)
    search_for_nguyen(place)
    place.discreet.hide()
    assert place.screen.search.name.field.displayText() == "●●●"
    place.discreet.restore()
    assert place.screen.search.name.field.displayText() == "NGU"
    assert place.screen.search.name.field.cursorPosition() == len("NGU")


def test_a_console_that_closes_leaves_no_other_discreet() -> None:
    place = at_work()
    place.discreet.hide()
    place.window.close()
    assert not discretion.is_on


def hung_up() -> Workplace:
    """A call that is over, not qualified yet."""
    place = seat_of(mockup.finished_call(), AT_THE_DESK)
    place.window.show()
    QTest.qWait(SETTLE_MS)
    return place


@pytest.mark.parametrize(("idle_s", "is_hidden"), [(59.9, False), (60.0, True)])
def test_names_go_after_a_minute_without_anybody(idle_s: float, *, is_hidden: bool) -> None:
    place = hung_up()
    place.discreet.wait(lambda: idle_s)
    place.discreet.look()
    assert discretion.is_on is is_hidden


def test_who_speaks_is_here_without_touching_a_key() -> None:
    place = at_work()
    assert place.call.state.is_live
    place.discreet.wait(lambda: 600.0)
    place.discreet.look()
    assert not discretion.is_on


def test_a_desk_that_hides_names_only_when_asked_looks_at_nobody() -> None:
    place = hung_up()
    place.discreet.wait(lambda: 600.0)
    place.discreet.wait(None)
    place.discreet.look()
    assert not discretion.is_on


def asked_who(place: Workplace) -> list[str]:
    """How often a shared desk asked who is there."""
    asked: list[str] = []
    place.discreet.protect(lambda: asked.append("who"))
    return asked


@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_F3])
def test_a_shared_desk_asks_who_is_there_and_takes_the_key(key: Qt.Key) -> None:
    place = hung_up()
    place.panel.note.setFocus()
    asked, note = asked_who(place), place.panel.note.toPlainText()
    place.discreet.hide()
    press(place, key)
    assert set(asked) == {"who"}
    assert discretion.is_on
    assert place.panel.note.toPlainText() == note
    place.discreet.protect(None)
    press(place, key)
    assert not discretion.is_on


def test_a_shared_desk_asks_the_same_of_a_click_of_the_sign_and_of_its_own_key() -> None:
    place = hung_up()
    asked = asked_who(place)
    place.discreet.hide()
    QTest.mouseClick(place.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(400, 30))
    place.top_bar.names_asked.emit()
    place.discreet.toggle()
    assert len(asked) == 3
    assert discretion.is_on


def test_a_shared_desk_asks_nobody_who_answers() -> None:
    place = seat_of(mockup.shared_number(), AT_THE_DESK)
    place.window.show()
    QTest.qWait(SETTLE_MS)
    asked = asked_who(place)
    place.discreet.hide()
    press(place, Qt.Key.Key_F3)
    assert (asked, discretion.is_on) == ([], False)
    assert [type(one) for one in desk_of(place).submitted] == [AnswerCall]
