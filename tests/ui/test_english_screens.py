"""A desk that speaks English shows no French of ours, and cuts nothing for it."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from installers.lib.words import catalogued
from tests.panels.measure import words_in
from tests.panels.pictures import PICTURES
from tests.panels.seat import CLAIRE, NATHALIE, seat_of
from tests.ui.spoken import speaking
from ui.door import VERSION, WINDOW
from ui.places import CALLS, SUPERVISION
from ui.screens.sign_in import SignIn
from ui.theme import theme
from ui.translate import Language
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.wording import NBSP
from ui.workplace import Workplace

Show = Callable[[str, Language], Workplace]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Show:
    """Shows a screen of the mock-ups in a language."""
    theme.apply(qapp)

    def show(name: str, language: Language) -> Workplace:
        _, page, size, prepare = next(picture for picture in PICTURES if picture[0] == name)
        with speaking(qapp, language):
            is_board = name.startswith("04")
            place = seat_of(page(), NATHALIE if is_board else CLAIRE)
            qtbot.addWidget(place.window)
            place.window.resize(*size)
            place.window.show()
            place.rail.place_chosen.emit(SUPERVISION if is_board else CALLS)
            qtbot.waitUntil(lambda: place.window.isVisible() and place.panel.width() > 0)
            if prepare is not None:
                prepare(place)
            if place.supervising.wall is not None:
                qtbot.addWidget(place.supervising.wall)
            qtbot.waitUntil(lambda: len(_words(place.window)) > 40)
            qtbot.wait(200)
        return place

    return show


def _words(window: QWidget) -> set[str]:
    return {line.strip() for line in words_in(window).splitlines()}


def _french_of_ours(words: set[str]) -> set[str]:
    """What is shown as we say it in French and not in English."""
    ours = {
        said.french.replace(NBSP, " ") for said, english in catalogued().items() if english != said.french
    }
    return words & ours


def _is_whole(text: Text) -> bool:
    if text.wordWrap():
        return text.heightForWidth(text.width()) <= text.height()
    return text.sizeHint().width() <= text.width()


SCREENS = [name for name, *_ in PICTURES if not name.endswith("-sombre")]
MINI = [name for name in SCREENS if name.startswith("10")]


@pytest.mark.parametrize("name", SCREENS)
def test_no_french_is_left_on_a_screen_in_english(shown: Show, name: str) -> None:
    place = shown(name, "en")
    words = _words(place.window) | _words(place.mini.window)
    assert len(words) > 40
    assert _french_of_ours(words) == set()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", MINI)
def test_no_word_of_the_mini_window_is_cut(shown: Show, name: str, language: Language) -> None:
    mini = shown(name, language).mini.window
    words = [text for text in mini.findChildren(Text) if text.isVisible()]
    buttons = [button for button in mini.findChildren(Button) if button.isVisible()]
    assert len(words) + len(buttons) > 10
    assert [text.text() for text in words if not _is_whole(text)] == []
    assert [button.text() for button in buttons if button.width() < button.sizeHint().width()] == []


def test_a_screen_in_french_is_found(shown: Show) -> None:
    assert len(_french_of_ours(_words(shown("02-appel", "fr").window))) > 30


def test_the_door_speaks_english(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    with speaking(qapp, "en"):
        door = SignIn(house="CH Saint-Aurélien", version=VERSION)
        qtbot.addWidget(door)
        door.resize(*WINDOW)
        door.show()
        words = _words(door)
    assert {"Sign in", "Login", "Password"} <= words
    assert _french_of_ours(words) == set()


@pytest.mark.parametrize("name", ["02-appel", "02-appel-1280"])
def test_the_panel_is_no_wider_in_english_than_its_place(shown: Show, name: str) -> None:
    panel = shown(name, "en").panel
    (scrolled,) = panel.findChildren(QScrollArea)
    form = scrolled.widget()
    assert form is not None
    assert form.minimumSizeHint().width() <= scrolled.viewport().width()
