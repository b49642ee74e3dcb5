"""One key of a Windows session (RegisterHotKey), as Microsoft publishes it; not seen on a Windows yet."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractEventDispatcher, QAbstractNativeEventFilter

from ui.system_keys.named import FunctionKey, KeyNotTaken

_CONTROL, _SHIFT, _ONCE_A_PRESS = 0x0002, 0x0004, 0x4000
_F1 = 0x70
_HOT_KEY_MESSAGE = 0x0312
_OURS = 1
"""Our number for it, below 0xC000, as for every program."""
_ALREADY_REGISTERED = 1409


def asked_of_windows(key: FunctionKey) -> tuple[int, int]:
    """The modifiers and the virtual key to register."""
    return _CONTROL | _SHIFT | _ONCE_A_PRESS, _F1 + key.number - 1


def is_pressed(message: wintypes.MSG) -> bool:
    """Whether a message of the thread says that the key went down."""
    return message.message == _HOT_KEY_MESSAGE and message.wParam == _OURS


class WindowsKey(QAbstractNativeEventFilter):
    """The key with Ctrl and Maj. Raises `KeyNotTaken`.

    Windows tells the thread that registered it, which is the one where Qt reads messages.
    """

    def __init__(self, key: FunctionKey, pressed: Callable[[], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._user32 = _user32()
        if not self._user32.RegisterHotKey(None, _OURS, *asked_of_windows(key)):
            raise KeyNotTaken(is_taken=_last_error() == _ALREADY_REGISTERED)
        _messages().installNativeEventFilter(self)

    def close(self) -> None:
        """Give the key back."""
        _messages().removeNativeEventFilter(self)
        self._user32.UnregisterHotKey(None, _OURS)

    def nativeEventFilter(self, eventType: object, message: int) -> object:  # noqa: N803
        """See the one message that is ours; all the others go on."""
        del eventType
        if is_pressed(wintypes.MSG.from_address(int(message))):
            self._pressed()
            return True, 0
        return False, 0


def _user32() -> ctypes.CDLL:
    if sys.platform != "win32":
        raise KeyNotTaken(is_taken=False)
    return ctypes.WinDLL("user32", use_last_error=True)


def _last_error() -> int:
    return ctypes.get_last_error() if sys.platform == "win32" else 0


def _messages() -> QAbstractEventDispatcher:
    """What reads the messages of this thread."""
    return QAbstractEventDispatcher.instance()
