"""What is typed and not sent yet is on the disk within a moment of each key, and comes back (design 8)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from ui.tasks import Desk

KEPT_AFTER_MS = 150
"""From the first key that is not on the disk, however long one goes on typing."""


class Kept(QObject):
    """One text at a time, by its name in the desk's drafts."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__()
        self._desk, self._name = desk, name
        self._body = b""
        self._wait = QTimer(self, singleShot=True, interval=KEPT_AFTER_MS)
        self._wait.timeout.connect(self._save)

    def change(self, body: bytes) -> None:
        """It reads so from now on."""
        self._body = body
        if self._name and not self._wait.isActive():
            self._wait.start()

    def forget(self) -> None:
        """It was sent, or given up."""
        self._body = b""
        self._save()

    def turn_to(self, name: str, then: Callable[[bytes], None]) -> None:
        """Another one: what waits of the last is saved, and `then` gets what this one held, if anything."""
        if self._wait.isActive():
            self._save()
        self._name = name
        self._desk.draft_of(name, partial(self._give_back, name, then))

    def _give_back(self, name: str, then: Callable[[bytes], None], body: bytes | None) -> None:
        if body and name == self._name and not self._wait.isActive():
            then(body)

    def _save(self) -> None:
        self._wait.stop()
        self._desk.keep_draft(self._name, self._body, lambda _: None)
