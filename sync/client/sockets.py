"""Keeps hold of a wire's open sockets, so that a stop cuts them at once.

Closing a response that another thread is reading hangs; shutting its socket down does not.
"""

import socket
import ssl
import threading
import weakref
from typing import Any

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class OpenSockets:
    """The sockets of one wire; once cut, it opens no other."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._is_cut = False

    def add(self, opened: socket.socket | None) -> None:
        """Hold a socket just connected."""
        with self._lock:
            if opened is not None:
                self._sockets.add(opened)
            if self._is_cut:
                _shut(opened)

    def cut(self) -> None:
        """End every exchange, now and later."""
        with self._lock:
            self._is_cut = True
            for opened in list(self._sockets):
                _shut(opened)


class HeldAdapter(HTTPAdapter):
    """Connects as `requests` does, and lets `OpenSockets` hold what it opens."""

    def __init__(self, sockets: OpenSockets) -> None:
        self._sockets_held = sockets
        super().__init__(pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Trust what the system trusts, and connect through the held classes."""
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, ssl_context=context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._sockets_held)


def _pools(sockets: OpenSockets) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure}),
    }


def _shut(opened: socket.socket | None) -> None:
    if opened is None:
        return
    try:
        opened.shutdown(socket.SHUT_RDWR)
    except OSError:
        """It was already closed."""
