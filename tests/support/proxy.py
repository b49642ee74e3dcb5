"""A TCP proxy whose wire a test cuts, stops or puts back."""

import socket
import threading
from contextlib import suppress


class Proxy:
    """Forwards one address; `cut` refuses everybody, `hold` accepts and forwards nothing."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._is_cut = False
        self._flows = threading.Event()
        self._flows.set()
        self._start(self._accept)

    @property
    def url(self) -> str:
        """Where a console goes."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        self._is_cut = True
        for opened in self._open:
            _close(opened)
        self._open.clear()

    def hold(self) -> None:
        """Keep connections open and let nothing through."""
        self._flows.clear()

    def restore(self) -> None:
        """Put the wire back."""
        self._is_cut = False
        self._flows.set()

    def close(self) -> None:
        """End the proxy and its threads."""
        self.cut()
        self._flows.set()
        _close(self._listening)
        for thread in self._threads:
            thread.join(2)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self._is_cut:
                _close(near)
                continue
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, timeout=2)
        except OSError:
            _close(near)
            return
        far.settimeout(None)
        self._open += [near, far]
        self._start(lambda: self._forward(near, far))
        self._start(lambda: self._forward(far, near))

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                sink.sendall(data)
        _close(source)
        _close(sink)

    def _start(self, run: object) -> None:
        assert callable(run)
        thread = threading.Thread(target=run, daemon=True, name="proxy")
        self._threads.append(thread)
        thread.start()


def _close(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
    opened.close()
