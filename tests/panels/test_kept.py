"""What a person writes for somebody is kept within a moment, and is there when the console opens again.

That a killed console loses none of it is proved by `tests/journeys/test_killed_while_writing.py`.
"""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from tests.panels import mockup
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE
from tests.panels.still import StillClock, StillDesk
from ui.changes import ChangeFeed
from ui.places import CALLS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.caller_search import ToldPerson
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
