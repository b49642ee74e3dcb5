"""Which digit a key means, on any keyboard: on AZERTY the digit row gives `& é " ' (` (design 10.2)."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ROW = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
_WINDOWS: dict[int, int] = dict(zip(range(0x02, 0x0C), _ROW, strict=True))
_LINUX: dict[int, int] = dict(zip(range(10, 20), _ROW, strict=True))
_MACOS: dict[int, int] = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), _ROW, strict=True))
_SYMBOLS = dict(zip("&é\"'(-è_çà", _ROW, strict=True)) | {"§": 6, "!": 8}
_LATIN_1 = range(0x20, 0x100)
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier


def read_digit(event: QKeyEvent, *, system: str = sys.platform) -> int | None:
    """The digit 0 to 9 of a key press, or None.

    By key, else by place on the keyboard, else by symbol when the place is unknown (remote
    desktop). Alt with the numeric pad is no digit: Windows types codes with it. `system` is a
    `sys.platform`.
    """
    if _is_typing_a_symbol(event):
        return None
    if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
        return event.key() - Qt.Key.Key_0
    if place := _place(event, system):
        return _places(system).get(place)
    return None if _is_keypad(event) else _SYMBOLS.get(_symbol(event))


def _is_typing_a_symbol(event: QKeyEvent) -> bool:
    modifiers = event.modifiers()
    is_alt_gr = bool(modifiers & _ALT_GR) or bool(modifiers & _CTRL and modifiers & _ALT)
    return is_alt_gr or bool(modifiers & _ALT and _is_keypad(event))


def _is_keypad(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)


def _places(system: str) -> dict[int, int]:
    if system == "darwin":
        return _MACOS
    return _WINDOWS if system == "win32" else _LINUX


def _place(event: QKeyEvent, system: str) -> int:
    return event.nativeVirtualKey() if system == "darwin" else event.nativeScanCode()


def _symbol(event: QKeyEvent) -> str:
    # With Ctrl or Alt the text is empty or a control code; the key still names the symbol.
    if event.modifiers() & (_CTRL | _ALT) or not event.text():
        return chr(event.key()).lower() if event.key() in _LATIN_1 else ""
    return event.text()


def is_command(event: QKeyEvent) -> bool:
    """Whether a key is pressed for what it does, with Ctrl or Alt, and not for its sign."""
    return bool(event.modifiers() & (_CTRL | _ALT))
