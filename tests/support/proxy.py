"""A TCP proxy whose wire a test cuts, stops or puts back."""

import socket
import threading
from contextlib import suppress


class Proxy:
    """Forwards one address; `cut` refuses everybody, `hold` accepts and forwards nothing.

    `lose_answers`: what is asked arrives, what is answered does not; `truncate`: each answer stops in its
    middle; `slow`: so many seconds before each piece. `restore` ends all of them.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._is_cut = False
        self._loses_answers = False
        self._truncates = False
        self._delay_s = 0.0
        self._ended = threading.Event()
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
        self._end_all()

    def _end_all(self) -> None:
        for opened in self._open:
            _close(opened)
        self._open.clear()

    def hold(self) -> None:
        """Keep connections open and let nothing through."""
        self._flows.clear()

    def lose_answers(self) -> None:
        """Bring what is asked to the server, and nothing back."""
        self._loses_answers = True

    def truncate(self) -> None:
        """Bring half of each answer, then end its connection."""
        self._truncates = True

    def slow(self, delay_s: float) -> None:
        """Keep every piece that long before it goes on."""
        self._delay_s = delay_s

    def lead_to(self, port: int) -> None:
        """From the next connection on, forward to another server on the same host."""
        self._target = (self._target[0], port)

    def restore(self) -> None:
        """Put the wire back; who waits for an answer that was lost hears that its connection ended."""
        if self._loses_answers:
            self._end_all()
        self._is_cut = self._loses_answers = self._truncates = False
        self._delay_s = 0.0
        self._flows.set()

    def close(self) -> None:
        """End the proxy and its threads."""
        self._ended.set()
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
        self._start(lambda: self._forward(near, far, is_answer=False))
        self._start(lambda: self._forward(far, near, is_answer=True))

    def _forward(self, source: socket.socket, sink: socket.socket, *, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                self._ended.wait(self._delay_s)
                if is_answer and self._loses_answers:
                    # What comes after a hole would be something else: this connection brings nothing more.
                    self._swallow(source)
                    break
                if is_answer and self._truncates:
                    sink.sendall(data[: len(data) // 2])
                    break
                sink.sendall(data)
        _close(source)
        _close(sink)

    def _swallow(self, source: socket.socket) -> None:
        while self._loses_answers and source.recv(65536):
            pass

    def _start(self, run: object) -> None:
        assert callable(run)
        thread = threading.Thread(target=run, daemon=True, name="proxy")
        self._threads.append(thread)
        thread.start()


def _close(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
    opened.close()
