"""A cable between a console and its server, which the story can cut and put back."""

import socket
import threading
from contextlib import suppress

CHUNK_BYTES = 65536


class Cable:
    """Forwards loopback connections to a server while it is whole; cut, it refuses and drops."""

    def __init__(self, *, host: str, port: int) -> None:
        self._target = (host, port)
        self._is_cut = False
        self._ends: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="cable", daemon=True).start()

    @property
    def address(self) -> str:
        """Where a console finds the server through it."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Drop what is connected and refuse what comes."""
        with self._guard:
            self._is_cut = True
            ends, self._ends = self._ends, set()
        for end in ends:
            _drop(end)

    def mend(self) -> None:
        """Carry again."""
        with self._guard:
            self._is_cut = False

    def close(self) -> None:
        """Cut for good."""
        self.cut()
        _drop(self._listener)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._carry(near)

    def _carry(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, timeout=5)
            far.settimeout(None)
        except OSError:
            return _drop(near)
        if not self._hold(near, far):
            return None
        for source, sink in ((near, far), (far, near)):
            sink.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pour, args=(source, sink), name="cable", daemon=True).start()
        return None

    def _hold(self, near: socket.socket, far: socket.socket) -> bool:
        with self._guard:
            if not self._is_cut:
                self._ends.update((near, far))
                return True
        _drop(near)
        _drop(far)
        return False

    def _pour(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(CHUNK_BYTES):
                sink.sendall(piece)
        with self._guard:
            self._ends -= {source, sink}
        _drop(source)
        _drop(sink)


def _drop(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
