"""Whoever types a password with capitals locked is told so, calmly, and nobody else is."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.screens.sign_in import SignIn
from ui.theme import theme
from ui.widgets.caps_lock import shown_by
from ui.widgets.text import Text

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "Les majuscules sont verrouillées."
LOCK, NUM_LOCK, SHIFT_MASK = 2, 16, 1
"""X11's modifiers, as its protocol numbers them."""


def _pressed(text: str, held: Qt.KeyboardModifier = PLAIN, *, code: int = 0, native: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, code, 0, native, text)


def test_a_letter_shows_the_lock_where_the_system_does_not() -> None:
    for text, held, expected in (
        ("a", PLAIN, False),
        ("A", PLAIN, True),
        ("a", SHIFT, True),
        ("A", SHIFT, False),
        ("É", PLAIN, True),
        ("ß", PLAIN, False),
        ("7", PLAIN, None),
        ("7", SHIFT, None),
        ("", PLAIN, None),
    ):
        assert shown_by(_pressed(text, held), platform="windows") is expected, text


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
@pytest.mark.parametrize(
    ("native", "expected"),
    [(0, False), (NUM_LOCK, False), (SHIFT_MASK, False), (LOCK, True), (LOCK | NUM_LOCK, True)],
)
def test_x11_and_wayland_say_it_with_each_key(platform: str, native: int, *, expected: bool) -> None:
    assert shown_by(_pressed("7", code=16, native=native), platform=platform) is expected


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication) -> SignIn:
    theme.apply(qapp)
    made = SignIn(house="CH Saint-Aurélien", version="0")
    qtbot.addWidget(made)
    made.show()
    made.suggest("c.morvan")
    return made


def _said(door: SignIn) -> bool:
    (words,) = [each for each in door.findChildren(Text) if each.text() == WORDS]
    return words.isVisible()


def _password(door: SignIn) -> QLineEdit:
    (field,) = [one for one in door.findChildren(QLineEdit) if one.echoMode() is QLineEdit.EchoMode.Password]
    return field


def test_the_door_says_it_at_the_letter_that_shows_it_and_until_one_shows_the_contrary(door: SignIn) -> None:
    field = _password(door)
    assert not _said(door)
    QTest.keyClicks(field, "7")
    assert not _said(door)
    QApplication.sendEvent(field, _pressed("A"))
    assert _said(door)
    QTest.keyClicks(field, "7")
    assert _said(door)
    QApplication.sendEvent(field, _pressed("a"))
    assert not _said(door)
    assert field.text() == "7A7a"


def test_what_is_not_known_is_not_said(door: SignIn) -> None:
    """The key itself is told as it was before; and a field that lost the keyboard knows nothing."""
    field = _password(door)
    QApplication.sendEvent(field, _pressed("A"))
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert not _said(door)
    QApplication.sendEvent(field, _pressed("A"))
    assert _said(door)
    field.clearFocus()
    assert not _said(door)
