"""The look changes under a window that is open, and comes back."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.theme import theme
from ui.widgets.icon import Icon


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    yield
    theme.choose("system")


def test_an_open_window_is_dressed_again(qtbot: QtBot) -> None:
    label = QLabel("Bonjour")
    qtbot.addWidget(label)
    theme.choose("dark")
    assert label.palette().windowText().color() == theme.colour("text.primary")
    dark = theme.colour("text.primary")
    theme.choose("light")
    assert theme.colour("text.primary") != dark
    assert label.palette().windowText().color() == theme.colour("text.primary")


def test_an_icon_is_drawn_in_the_colours_of_the_day(qtbot: QtBot) -> None:
    icon = Icon("phone", 36, "text.primary")
    qtbot.addWidget(icon)
    inks: set[str] = set()
    for choice in ("light", "dark"):
        theme.choose(choice)
        picture = theme.pixmap("phone", 36, "text.primary", 1.0).toImage()
        inks |= {
            QColor(picture.pixel(x, y)).name()
            for x in range(36)
            for y in range(36)
            if picture.pixelColor(x, y).alpha() == 255
        }
    assert {theme.colour("text.primary").name()} < inks


def test_every_colour_of_a_theme_is_in_the_other() -> None:
    theme.choose("light")
    light = theme.tokens
    theme.choose("dark")
    assert light == theme.tokens
