"""One key of an X11 display (XGrabKey), on a connection of its own that hears nothing else.

libxcb is called as its manual describes it: every X11 desktop of Qt has it, and it needs nothing built.
"""

import ctypes
import struct
from collections.abc import Callable
from ctypes import POINTER, Structure, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

from PySide6.QtCore import QSocketNotifier

from ui.system_keys.named import FunctionKey, KeyNotTaken

_SHIFT, _CAPS_LOCK, _CONTROL, _NUM_LOCK = 1 << 0, 1 << 1, 1 << 2, 1 << 4
_LOCKS = (0, _CAPS_LOCK, _NUM_LOCK, _CAPS_LOCK | _NUM_LOCK)
"""A grab is for exact modifiers: a lock that is on would hide the key."""
_F1_KEYSYM = 0xFFBE
_KEY_PRESS, _KEY_RELEASE = 2, 3
_SENT = 0x80
_ASYNC = 1
_BAD_ACCESS = 10
_EVENT = struct.Struct("=BBHI")
"""Of a key's event: its kind, its keycode, a number, when in milliseconds."""


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint),)


class _Roots(Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


@cache
def _xcb() -> ctypes.CDLL:
    xcb = ctypes.CDLL("libxcb.so.1")
    for name, gives, takes in (
        ("xcb_connect", c_void_p, (c_void_p, c_void_p)),
        ("xcb_disconnect", None, (c_void_p,)),
        ("xcb_connection_has_error", c_int, (c_void_p,)),
        ("xcb_get_file_descriptor", c_int, (c_void_p,)),
        ("xcb_get_setup", c_void_p, (c_void_p,)),
        ("xcb_setup_roots_iterator", _Roots, (c_void_p,)),
        ("xcb_screen_next", None, (c_void_p,)),
        (
            "xcb_grab_key_checked",
            _Cookie,
            (c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8),
        ),
        ("xcb_request_check", c_void_p, (c_void_p, _Cookie)),
        ("xcb_poll_for_event", c_void_p, (c_void_p,)),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = gives, takes
    return xcb


@cache
def _keysyms() -> ctypes.CDLL:
    keysyms = ctypes.CDLL("libxcb-keysyms.so.1")
    keysyms.xcb_key_symbols_alloc.restype = c_void_p
    keysyms.xcb_key_symbols_alloc.argtypes = (c_void_p,)
    keysyms.xcb_key_symbols_get_keycode.restype = c_void_p
    keysyms.xcb_key_symbols_get_keycode.argtypes = (c_void_p, c_uint32)
    keysyms.xcb_key_symbols_free.restype = None
    keysyms.xcb_key_symbols_free.argtypes = (c_void_p,)
    return keysyms


@cache
def _free() -> Callable[[int], None]:
    free = ctypes.CDLL(None).free
    free.restype, free.argtypes = None, (c_void_p,)
    return free


class X11Key:
    """The key with Ctrl and Maj, whatever locks are on; `pressed` once a press, however long it is held.

    Raises `KeyNotTaken`. The socket tells when there is something to read: nothing waits for the display.
    """

    def __init__(self, key: FunctionKey, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._released_at = -1
        try:
            self._xcb, self._display = _xcb(), _xcb().xcb_connect(None, None)
            self._keycode = self._grab(_F1_KEYSYM + key.number - 1)
        except OSError as missing:
            raise KeyNotTaken(is_taken=False) from missing
        except KeyNotTaken:
            self._xcb.xcb_disconnect(self._display)
            raise
        socket = self._xcb.xcb_get_file_descriptor(self._display)
        self._heard = QSocketNotifier(socket, QSocketNotifier.Type.Read)
        self._heard.activated.connect(self._read)

    def close(self) -> None:
        """Give the key back: the display forgets what a connection asked once it is closed."""
        if self._heard.isEnabled():
            self._heard.setEnabled(False)
            self._xcb.xcb_disconnect(self._display)

    def _grab(self, keysym: int) -> int:
        """Ask for the key on every screen; its keycode."""
        if self._xcb.xcb_connection_has_error(self._display):
            raise KeyNotTaken(is_taken=False)
        keycode = _keycode(self._display, keysym)
        asked = [
            self._xcb.xcb_grab_key_checked(
                self._display, 0, root, _CONTROL | _SHIFT | locks, keycode, _ASYNC, _ASYNC
            )
            for root in _roots(self._display)
            for locks in _LOCKS
        ]
        faults = [_fault(self._xcb.xcb_request_check(self._display, each)) for each in asked]
        if any(faults):
            raise KeyNotTaken(is_taken=_BAD_ACCESS in faults)
        return keycode

    def _read(self) -> None:
        """What the display sent; a display that is gone would call for ever."""
        while event := self._xcb.xcb_poll_for_event(self._display):
            kind, keycode, _, at = _EVENT.unpack(ctypes.string_at(event, _EVENT.size))
            _free()(event)
            if keycode == self._keycode:
                self._note(kind & ~_SENT, at)
        if self._xcb.xcb_connection_has_error(self._display):
            self.close()

    def _note(self, kind: int, at: int) -> None:
        """A key that is held is told as released and pressed in the same millisecond."""
        if kind == _KEY_RELEASE:
            self._released_at = at
        elif kind == _KEY_PRESS and at != self._released_at:
            self._pressed()


def _roots(display: int) -> list[int]:
    """The root window of each screen."""
    xcb = _xcb()
    screens = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(display))
    roots: list[int] = []
    while screens.rem:
        roots.append(screens.data[0])
        xcb.xcb_screen_next(ctypes.byref(screens))
    return roots


def _keycode(display: int, keysym: int) -> int:
    """Where this keyboard has the key."""
    keysyms = _keysyms()
    symbols = keysyms.xcb_key_symbols_alloc(display)
    found = keysyms.xcb_key_symbols_get_keycode(symbols, keysym)
    keysyms.xcb_key_symbols_free(symbols)
    if not found:
        raise KeyNotTaken(is_taken=False)
    keycode = c_uint8.from_address(found).value
    _free()(found)
    return keycode


def _fault(error: int | None) -> int:
    """The display's code; 0 when it agreed."""
    if not error:
        return 0
    code = c_uint8.from_address(error + 1).value
    _free()(error)
    return code
