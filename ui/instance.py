"""One console a session: a second start, a soft phone or a `tel:` link speaks to the first."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

INSTANCE = "filrouge-console"
ANSWER_MS = 2000
MOST_BYTES = 256
SHOWN = b"shown"
ERASED = b"erased"
"""It is noted, but too long after the last word of the server for anybody to be found."""
WITHDRAWN = b"withdrawn"
"""It is noted, but this account's access was taken back, and nobody can be found."""


class Instance(QObject):
    """Listens for the numbers that another process asks this console to show."""

    number_asked = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answer = SHOWN
        """What whoever asks is told: `ERASED`, `WITHDRAWN` when nothing of persons is left here."""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _accept(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        line = bytes(socket.readLine(MOST_BYTES).data()).decode("utf-8", "replace").strip()
        socket.write(self.answer + b"\n")
        socket.disconnectFromServer()
        if line:
            self.number_asked.emit(line)


def ask_running_console(name: str, number_raw: str) -> bytes:
    """Hand a number to the console of this name: `SHOWN`, `ERASED`, `WITHDRAWN` or nothing heard."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(ANSWER_MS):
        return b""
    socket.write(number_raw.replace("\n", " ")[: MOST_BYTES - 1].encode() + b"\n")
    socket.waitForReadyRead(ANSWER_MS)
    heard = bytes(socket.readAll().data()).strip()
    socket.disconnectFromServer()
    return heard
