"""A digit is read the same on every layout."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.digits import read_digit

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PAD = Qt.KeyboardModifier.KeypadModifier
ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier
ROW = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
AZERTY = "&é\"'(-è_çà"
BELGIAN = "&é\"'(§è!çà"
NEW_AZERTY = "àéèê()‘’«»"
QWERTY = "1234567890"
CODES = {
    "win32": tuple(range(0x02, 0x0C)),
    "linux": tuple(range(10, 20)),
    "darwin": (18, 19, 20, 21, 23, 22, 26, 28, 25, 29),
}


def press(text: str, modifiers: Qt.KeyboardModifier = NONE, *, place: int = 0) -> QKeyEvent:
    code = ord(text.upper()) if text else 0
    said = "" if modifiers & (CTRL | ALT) else text
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers, place, place, 0, said)


@pytest.mark.parametrize("system", list(CODES))
@pytest.mark.parametrize("layout", [AZERTY, BELGIAN, NEW_AZERTY, QWERTY])
@pytest.mark.parametrize("modifiers", [NONE, SHIFT, CTRL, ALT])
def test_the_row_gives_its_digits(system: str, layout: str, modifiers: Qt.KeyboardModifier) -> None:
    events = [press(sign, modifiers, place=code) for sign, code in zip(layout, CODES[system], strict=True)]
    assert tuple(read_digit(event, system=system) for event in events) == ROW


@pytest.mark.parametrize("layout", [AZERTY, BELGIAN, QWERTY])
@pytest.mark.parametrize("modifiers", [NONE, CTRL, ALT])
def test_without_a_place_the_symbol_gives_its_digit(layout: str, modifiers: Qt.KeyboardModifier) -> None:
    assert tuple(read_digit(press(sign, modifiers), system="linux") for sign in layout) == ROW


def test_the_place_wins_over_the_symbol() -> None:
    assert read_digit(press("à", place=10), system="linux") == 1


def test_the_pad_gives_its_digits() -> None:
    assert read_digit(press("7", PAD, place=79), system="linux") == 7


def test_alt_with_the_pad_is_no_digit() -> None:
    assert read_digit(press("7", PAD | ALT, place=79), system="linux") is None


def test_the_minus_of_the_pad_is_no_six() -> None:
    assert read_digit(press("-", PAD), system="linux") is None


@pytest.mark.parametrize("modifiers", [CTRL | ALT, ALT_GR])
def test_a_symbol_typed_with_alt_gr_is_no_digit(modifiers: Qt.KeyboardModifier) -> None:
    assert read_digit(press("#", modifiers, place=12), system="linux") is None


@pytest.mark.parametrize(("text", "place"), [("a", 24), ("é", 61), ("a", 0), ("", 0)])
def test_another_key_is_no_digit(text: str, place: int) -> None:
    assert read_digit(press(text, place=place), system="linux") is None


def test_the_row_of_one_system_is_not_read_with_another() -> None:
    assert read_digit(press("ù", place=2), system="linux") is None
