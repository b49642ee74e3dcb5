"""The key that answers from another program: chosen under one's name, and said where it is had."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels.seat import seat_of
from ui.panels.key_help import KeyHelp
from ui.panels.user_menu import UserMenu
from ui.system_keys import hearing
from ui.system_keys.named import FunctionKey, KeyNotTaken
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.widgets.text import Elided
from ui.workplace import Workplace
from ui.workplace.answering_key import USUAL, AnsweringKey

WORDS = "Répondre depuis un autre logiciel"


class _Desktop:
    """Stands for the desktop: it gives the keys that nobody else has, and is pressed by the test."""

    def __init__(self) -> None:
        self.refused = ""
        self.held: dict[str, Callable[[], None]] = {}

    def hear(self, key: FunctionKey, pressed: Callable[[], None]) -> "_Held":
        if key.name == self.refused:
            raise KeyNotTaken(is_taken=True)
        self.held[key.name] = pressed
        return _Held(self, key.name)


class _Held:
    def __init__(self, desktop: _Desktop, name: str) -> None:
        self._desktop, self._name = desktop, name

    def close(self) -> None:
        del self._desktop.held[self._name]


@pytest.fixture
def desktop(tmp_path: object) -> _Desktop:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    return _Desktop()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def key(qapp: QApplication, desktop: _Desktop, told: list[str]) -> AnsweringKey:
    del qapp
    return AnsweringKey(desktop.hear, pressed=lambda: told.append("pressed"), warn=told.append)


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    theme.apply(qapp)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.show()
    return here


def _choose(key: AnsweringKey, parent: QWidget, words: str) -> None:
    choice = key.menu(parent)
    assert choice is not None
    menu = UserMenu(parent, waiting=0, choices=[choice])
    (sub,) = [act for act in menu.actions() if act.text() == WORDS]
    assert sub.menu() is choice
    next(act for act in choice.actions() if act.text() == words).trigger()
    menu.deleteLater()


def _helped(place: Workplace) -> list[str]:
    place.keyboard.toggle_help()
    (help_card,) = [each for each in place.window.findChildren(KeyHelp) if each.isVisible()]
    words = [each.text() for each in help_card.findChildren(Elided)]
    place.keyboard.toggle_help()
    return words


def test_the_usual_key_is_heard_while_somebody_sits_here(
    key: AnsweringKey, desktop: _Desktop, told: list[str]
) -> None:
    assert desktop.held == {}
    key.listen()
    key.listen()
    desktop.held[USUAL]()
    assert told == ["pressed"]
    key.stop()
    assert (desktop.held, key.name) == ({}, "")


def test_it_is_changed_and_removed_under_one_s_name_and_stays_so(
    qtbot: QtBot, key: AnsweringKey, desktop: _Desktop, told: list[str]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    key.listen()
    _choose(key, parent, "Ctrl Maj F9")
    assert list(desktop.held) == ["Ctrl+Shift+F9"]
    _choose(key, parent, "Aucune touche")
    assert desktop.held == {}
    tomorrow = AnsweringKey(desktop.hear, pressed=lambda: None, warn=told.append)
    tomorrow.listen()
    assert (desktop.held, told) == ({}, [])


def test_a_key_that_another_program_has_is_said_in_a_sentence(
    key: AnsweringKey, desktop: _Desktop, told: list[str]
) -> None:
    desktop.refused = USUAL
    key.listen()
    assert (key.name, desktop.held) == ("", {})
    (words,) = told
    assert words == (
        "Un autre logiciel se sert déjà de Ctrl Maj F3\u00a0: elle ne répondra pas d’ici. "
        "Une autre se choisit sous votre nom, en bas à gauche."
    )


def test_a_desktop_that_lets_no_key_be_heard_offers_none(qapp: QApplication, told: list[str]) -> None:
    assert (qapp.platformName(), hearing()) == ("offscreen", None)
    key = AnsweringKey(None, pressed=lambda: None, warn=told.append)
    key.listen()
    assert (key.name, key.menu(QWidget()), told) == ("", None, [])


def test_the_mini_window_prints_the_key_that_answers_from_where_one_works(place: Workplace) -> None:
    (answer,) = [one for one in place.mini.window.ring.findChildren(Button) if one.text() == "Répondre"]
    assert answer.key == "F3"
    place.say_answering_key(USUAL)
    assert answer.key == "Ctrl Maj F3"
    place.say_answering_key("")
    assert answer.key == "F3"


def test_the_help_names_it_only_while_it_answers(place: Workplace) -> None:
    assert WORDS not in _helped(place)
    place.say_answering_key(USUAL)
    assert WORDS in _helped(place)
    place.say_answering_key("")
    assert WORDS not in _helped(place)
