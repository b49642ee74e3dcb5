"""Hears one function key from every program of the session, and no other: Qt has no such key."""

import os
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QGuiApplication

from ui.system_keys.named import FunctionKey, KeyNotTaken

__all__ = ["FunctionKey", "Hear", "HeardKey", "KeyNotTaken", "hearing"]


class HeardKey(Protocol):
    """A key that is heard until `close`."""

    def close(self) -> None:
        """Give the key back."""
        ...


Hear = Callable[[FunctionKey, Callable[[], None]], HeardKey]
"""Begins to hear a key, and calls at each press of it on the GUI thread. Raises `KeyNotTaken`."""


def hearing() -> Hear | None:
    """How this desktop lets a key be heard from everywhere; None where it is not known to.

    Under Wayland a program hears what is pressed in X programs alone, macOS asks an accessibility right.
    """
    platform = QGuiApplication.platformName()
    if platform == "xcb" and "WAYLAND_DISPLAY" not in os.environ:
        from ui.system_keys.x11 import X11Key

        return X11Key
    if sys.platform == "win32" and platform == "windows":
        from ui.system_keys.windows import WindowsKey

        return WindowsKey
    return None
