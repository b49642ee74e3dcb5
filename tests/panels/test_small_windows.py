"""On a small window nothing that must be read is cut: tabs, names and labels, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.measure import drawn_in, place_of, words_in
from tests.panels.seat import CLAIRE, NATHALIE, seat_of
from tests.ui.spoken import speaking
from ui.places import DIRECTORY, SUPERVISION, TASKS
from ui.theme import theme
from ui.translate import Language
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

SIZES = [(1440, 900), (1280, 720), (1024, 640)]
LANGUAGES: list[Language] = ["fr", "en"]
Show = Callable[[str], Workplace]

pytestmark = [pytest.mark.parametrize("size", SIZES), pytest.mark.parametrize("language", LANGUAGES)]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, size: tuple[int, int], language: Language) -> Show:
    """Shows a page at a size of window."""
    theme.apply(qapp)

    def show(place: str) -> Workplace:
        with speaking(qapp, language):
            page = mockup.opened_card() if place == DIRECTORY else CallPage()
            seat = seat_of(page, NATHALIE if place == SUPERVISION else CLAIRE)
            qtbot.addWidget(seat.window)
            seat.window.resize(*size)
            seat.window.show()
            seat.rail.place_chosen.emit(place)
        return seat

    return show


def test_the_tabs_of_the_tasks_are_whole(shown: Show, qtbot: QtBot) -> None:
    tabs = shown(TASKS).tasks.tabs
    made = tabs.findChildren(QAbstractButton)
    assert len(made) == 5
    qtbot.waitUntil(lambda: all(tab.width() >= tab.sizeHint().width() for tab in made), timeout=20_000)
    assert max(tab.geometry().right() for tab in made) < tabs.width()


def test_who_is_to_be_called_is_named_whole_in_the_tasks(shown: Show, qtbot: QtBot) -> None:
    view = shown(TASKS).tasks.list.viewport()
    names = {"DUBREUIL Martine", "FONTAINE Maurice", "KOWALCZYK Piotr"}
    qtbot.waitUntil(lambda: names <= set(drawn_in(view)), timeout=20_000)


def test_what_was_found_in_the_directory_is_named_whole_over_who_is_on_duty(
    shown: Show, qtbot: QtBot
) -> None:
    page = shown(DIRECTORY).directory
    page.focus_search()
    QTest.keyClicks(page.results.field, "imag")
    names = ("Imagerie, IRM", "Imagerie, scanner et radio", "Dr SALVI Anne", "PERRIN Élodie")
    qtbot.waitUntil(lambda: all(name in words_in(page.results) for name in names), timeout=20_000)
    qtbot.waitUntil(lambda: page.results.height() >= page.results.sizeHint().height(), timeout=20_000)
    assert place_of(page.duty).top() > place_of(page.results).bottom()
    assert page.duty.height() >= page.duty.minimumHeight()


def test_the_motives_of_the_recontacts_are_said_in_whole_words(shown: Show, qtbot: QtBot) -> None:
    screen = shown(SUPERVISION).supervising.screen
    assert screen is not None
    labels = [line.label for line in screen.by_motive.lines]
    qtbot.waitUntil(lambda: all(label.said[3:] and "…" not in label.said for label in labels), timeout=20_000)
