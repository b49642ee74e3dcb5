"""A card over a window is known to be open there, and nowhere else."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.overlay import Overlay, is_over


def _window(qtbot: QtBot) -> tuple[QWidget, Overlay]:
    window = QWidget()
    qtbot.addWidget(window)
    host = QWidget(window)
    overlay = Overlay(host, size=QSize(200, 100))
    window.show()
    return window, overlay


def test_only_the_window_that_an_open_card_covers_is_said_to_be_covered(qtbot: QtBot) -> None:
    (covered, overlay), (free, _) = _window(qtbot), _window(qtbot)
    assert not is_over(covered)
    overlay.open_over(QLineEdit(overlay.card))
    assert (is_over(covered), is_over(free)) == (True, False)
    overlay.leave()
    assert not is_over(covered)


def test_a_card_whose_window_is_gone_covers_nothing(qtbot: QtBot) -> None:
    (window, _), (free, _) = _window(qtbot), _window(qtbot)
    kept = Overlay(window, size=QSize(200, 100))
    kept.open_over(QLineEdit(kept.card))
    assert is_over(window)
    kept.setParent(None)
    qtbot.addWidget(kept)
    assert not is_over(free)
