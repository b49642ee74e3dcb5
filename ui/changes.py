"""Tells the screens what changed: merged every 50 ms, except a call that rings here."""

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

MERGE_MS = 50


class ChangeFeed(QObject):
    """Takes changes from any thread; gives them on the GUI thread.

    `changed` says that what is shown is to be read again: at once for a call of this extension,
    with whatever was waiting to be told; `painted` says it once more, soon after, to what a ringing
    call must not wait for; `linked` says how the wire is, `refused` which commands the server did not
    take as they were.
    """

    changed = Signal()
    painted = Signal()
    linked = Signal(object)
    refused = Signal(object)
    _heard = Signal(bool)
    _link = Signal(object)
    _no = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._merge = QTimer(self, interval=MERGE_MS, singleShot=True)
        self._merge.timeout.connect(self.changed)
        self._later = QTimer(self, interval=MERGE_MS, singleShot=True)
        self._later.timeout.connect(self.painted)
        self.changed.connect(self._tell_later)
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._link.connect(self.linked, Qt.ConnectionType.QueuedConnection)
        self._no.connect(self.refused, Qt.ConnectionType.QueuedConnection)

    def forget(self) -> None:
        """Nobody who listened is told any more: they sat here, and somebody else will."""
        self.changed.disconnect()
        self.painted.disconnect()
        self.changed.connect(self._tell_later)

    def hear(self, *, concerns_this_extension: bool) -> None:
        """Called by the store's thread after each page."""
        self._heard.emit(concerns_this_extension)

    def hear_link(self, state: Any) -> None:
        """Called by the wire's threads when the link changes."""
        self._link.emit(state)

    def hear_refused(self, commands: tuple[str, ...]) -> None:
        """Called by the store's thread when the server said no to these commands, in all or in part."""
        self._no.emit(commands)

    @Slot(bool)
    def _on_heard(self, is_own_call: bool) -> None:  # noqa: FBT001 - a signal's argument
        if is_own_call:
            self._merge.stop()
            self.changed.emit()
        elif not self._merge.isActive():
            self._merge.start()

    @Slot()
    def _tell_later(self) -> None:
        # Begun once: changes that never stop must not put it off for ever.
        if not self._later.isActive():
            self._later.start()
