"""What a person writes for somebody is kept within a moment, and is there when the console opens again.

That a killed console loses none of it is proved by `tests/journeys/test_killed_while_writing.py`.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from app.domain.words import Sex
from tests.panels import mockup
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE
from tests.panels.still import StillClock, StillDesk
from ui.changes import ChangeFeed
from ui.places import CALLS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.caller_search import ToldPerson, Typed
from ui.workplace import Workplace

TEXT = "rappelle pour son compte rendu"
WHO = ToldPerson(birth_name_raw="Martin", first_given_name_raw="Paul", birth_date_raw="12051988")


def _note(place: Workplace) -> Callable[[], str]:
    place.panel.note.setFocus()
    return place.panel.note.toPlainText


def _message(place: Workplace) -> Callable[[], str]:
    place.directory.message_asked.emit(KADDOUR)
    return place.composer.text.toPlainText


def _provisional(place: Workplace) -> Callable[[], str]:
    place.screen.show_search()
    place.screen.search.open_provisional()
    place.screen.search.form.name.field.setFocus()
    return place.screen.search.form.name.text


def _reason(place: Workplace) -> Callable[[], str]:
    place.screen.search.glass_asked.emit(WHO)
    return place.glass.card.reason.toPlainText


@pytest.fixture
def open_place(qtbot: QtBot, qapp: QApplication) -> Callable[[CallPage, dict[str, bytes]], Workplace]:
    """A console over the drafts of the one before."""

    def make(page: CallPage, drafts: dict[str, bytes]) -> Workplace:
        theme.apply(qapp)
        desk = StillDesk(page)
        desk.drafts = drafts
        place = Workplace(desk, ChangeFeed(), CLAIRE, clock=StillClock(), mint=TimeOrderedMint())
        qtbot.addWidget(place.window)
        place.window.show()
        place.begin()
        place.rail.place_chosen.emit(CALLS)
        return place

    return make


def test_the_hour_chosen_for_a_message_is_there_when_the_console_opens_again(
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace], qtbot: QtBot
) -> None:
    drafts: dict[str, bytes] = {}
    asked = mockup.paris(11, 26, 9, 15)

    def due_shown(kept: dict[str, bytes]) -> datetime | None:
        place = open_place(mockup.opened_card(), kept)
        _message(place)
        return place.composer.due.moment()

    place = open_place(mockup.opened_card(), drafts)
    _message(place)
    place.composer.text.insertPlainText(TEXT)
    place.composer.due.other.click()
    place.composer.due.picker.show_moment(asked)
    qtbot.waitUntil(lambda: any(b"2026-11-26" in body for body in drafts.values()), timeout=20_000)
    assert due_shown(drafts) == asked
    assert due_shown({}) != asked


def test_the_sex_of_whoever_has_no_file_is_there_when_the_console_opens_again(
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace], qtbot: QtBot
) -> None:
    drafts: dict[str, bytes] = {}

    def sex_shown(kept: dict[str, bytes]) -> str:
        place = open_place(mockup.hidden_number(), kept)
        _provisional(place)
        return place.screen.search.form.sex.value

    place = open_place(mockup.hidden_number(), drafts)
    _provisional(place)
    place.screen.search.form.sex.press(Sex.MALE)
    qtbot.waitUntil(lambda: any(b'"sex":"M"' in body for body in drafts.values()), timeout=20_000)
    assert sex_shown(drafts) == Sex.MALE
    assert sex_shown({}) == ""


def test_the_sex_of_whoever_was_begun_is_asked_again_of_another_name(
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace],
) -> None:
    search = open_place(mockup.hidden_number(), {}).screen.search
    search.restore(Typed(birth_name_raw="Martin", sex=Sex.MALE))
    search.open_provisional()
    assert search.form.sex.value == Sex.MALE
    search.form.leave()
    search.name.field.setFocus()
    search.name.field.selectAll()
    QTest.keyClicks(search.name.field, "Petit")
    search.open_provisional()
    assert search.form.sex.value == ""


def test_a_provisional_person_given_up_is_forgotten_and_the_search_is_not(
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace], qtbot: QtBot
) -> None:
    drafts: dict[str, bytes] = {}
    place = open_place(mockup.hidden_number(), drafts)
    search = place.screen.search
    place.screen.show_search()
    QTest.keyClicks(search.name.field, "Martin")
    search.open_provisional()
    QTest.keyClicks(search.form.first.field, "Paul")
    qtbot.waitUntil(lambda: any(b"Paul" in body for body in drafts.values()), timeout=20_000)
    search.form.leave()
    qtbot.waitUntil(lambda: not any(b"Paul" in body for body in drafts.values()), timeout=20_000)
    assert any(b"Martin" in body for body in drafts.values())


@pytest.mark.parametrize(
    ("show", "page"),
    [
        (_note, mockup.opened_card),
        (_message, mockup.opened_card),
        (_provisional, mockup.hidden_number),
        (_reason, mockup.hidden_number),
    ],
)
def test_what_is_written_for_somebody_is_there_when_the_console_opens_again(
    show: Callable[[Workplace], Callable[[], str]],
    page: Callable[[], CallPage],
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace],
    qtbot: QtBot,
) -> None:
    drafts: dict[str, bytes] = {}
    place = open_place(page(), drafts)
    read = show(place)
    assert read() == ""
    field = place.window.focusWidget()
    assert field is not None
    QTest.keyClicks(field, TEXT)
    assert read() == TEXT
    qtbot.waitUntil(lambda: any(TEXT.encode() in body for body in drafts.values()), timeout=20_000)
    assert show(open_place(page(), drafts))() == TEXT
    assert show(open_place(page(), {}))() == ""


def test_a_reason_that_was_given_up_does_not_come_back(
    open_place: Callable[[CallPage, dict[str, bytes]], Workplace], qtbot: QtBot
) -> None:
    drafts: dict[str, bytes] = {}
    place = open_place(mockup.hidden_number(), drafts)
    read = _reason(place)
    place.glass.card.reason.insertPlainText(TEXT)
    qtbot.waitUntil(lambda: any(TEXT.encode() in body for body in drafts.values()), timeout=20_000)
    place.glass.card.cancel_button.click()
    assert not any(TEXT.encode() in body for body in drafts.values())
    _reason(place)
    assert read() == ""
