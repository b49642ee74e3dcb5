"""A tooltip of what a person typed is read, and never drawn."""

import pytest
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.plain_tip import plain_tip
from ui.widgets.text import Elided, TwoLines

HOSTILE = "<b>Urgent</b> <img src='http://mal.example/x.png'> rappeler & confirmer"


def _read(tip: str) -> str:
    return QTextDocumentFragment.fromHtml(tip).toPlainText()


def test_markup_that_was_typed_is_shown_as_it_was_typed() -> None:
    assert _read(plain_tip(HOSTILE)) == HOSTILE
    # The control: as it is, Qt would take the tags for its own.
    assert "<b>" not in _read(HOSTILE)


@pytest.mark.parametrize("words", ["", "genou & hanche", "DUBREUIL Martine"])
def test_words_without_a_tag_stay_as_they_are(words: str) -> None:
    assert plain_tip(words) == words


def _elided() -> QWidget:
    shown = Elided(HOSTILE)
    shown.resize(20, 20)
    return shown


def _two_lines() -> QWidget:
    shown = TwoLines()
    shown.show_text(HOSTILE)
    return shown


@pytest.mark.parametrize("make", [_elided, _two_lines])
def test_what_is_cut_says_the_whole_in_words(qtbot: QtBot, make: type[QWidget]) -> None:
    shown = make()
    qtbot.addWidget(shown)
    shown.show()
    assert _read(shown.toolTip()) == HOSTILE
