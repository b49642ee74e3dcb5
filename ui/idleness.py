"""How long nobody has touched this machine: who works in another program is still here."""

import ctypes
import os
import sys
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_int, c_ulong, c_void_p

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

Idle = Callable[[], float]
"""Seconds since a key, a button or the pointer was last moved."""
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class NotTold(Exception):  # noqa: N818 - the desktop's answer
    """This desktop does not say how long nobody touched it."""


def idleness(window: QWidget) -> Idle:
    """By the whole machine where its desktop says so, else by what is done in our window."""
    platform = QGuiApplication.platformName()
    try:
        if platform == "xcb" and "WAYLAND_DISPLAY" not in os.environ:
            return X11Idleness().seconds
        if sys.platform == "win32" and platform == "windows":
            return _windows_seconds
    except (NotTold, OSError):
        """A desktop without the extension: our own window is what can be seen."""
    return Touched(window).seconds


class Touched(QObject):
    """What is done in one window, seen before any widget sees it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._since = QElapsedTimer()
        self._since.start()
        window.winId()  # makes the native window
        window.windowHandle().installEventFilter(self)

    def seconds(self) -> float:
        """Since it was last touched."""
        return self._since.elapsed() / 1000

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a touch; nothing is taken."""
        if event.type() in _TOUCHES:
            self._since.restart()
        return False


class _ScreenSaver(Structure):
    """XScreenSaverInfo, as X11's manual has it; `idle` in milliseconds."""

    _fields_ = (
        ("window", c_ulong),
        ("state", c_int),
        ("kind", c_int),
        ("since", c_ulong),
        ("idle", c_ulong),
        ("mask", c_ulong),
    )


class X11Idleness:
    """The screen saver's extension, asked on a connection of its own."""

    def __init__(self) -> None:
        self._x11, self._saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        self._x11.XOpenDisplay.restype, self._x11.XOpenDisplay.argtypes = c_void_p, (c_void_p,)
        self._x11.XDefaultRootWindow.restype = c_ulong
        self._x11.XDefaultRootWindow.argtypes = (c_void_p,)
        ask = self._saver.XScreenSaverQueryInfo
        ask.restype, ask.argtypes = c_int, (c_void_p, c_ulong, POINTER(_ScreenSaver))
        self._display = self._x11.XOpenDisplay(None)
        if not self._display:
            raise NotTold
        self._root = self._x11.XDefaultRootWindow(self._display)
        self.seconds()

    def seconds(self) -> float:
        """Since anything was touched. Raises `NotTold`."""
        told = _ScreenSaver()
        if not self._saver.XScreenSaverQueryInfo(self._display, self._root, byref(told)):
            raise NotTold
        return told.idle / 1000


class _LastInput(Structure):
    """LASTINPUTINFO, as Microsoft publishes it; not seen on a Windows yet."""

    _fields_ = (("size", ctypes.c_uint32), ("at", ctypes.c_uint32))


def _windows_seconds() -> float:
    if sys.platform != "win32":
        raise NotTold
    told = _LastInput(ctypes.sizeof(_LastInput), 0)
    if not ctypes.windll.user32.GetLastInputInfo(byref(told)):
        raise NotTold
    # Both count milliseconds in 32 bits, which come back to zero every 49 days.
    return ((ctypes.windll.kernel32.GetTickCount() - told.at) & 0xFFFFFFFF) / 1000
