"""Work off the GUI thread whose outcome is told, and let go, on the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class Returns(QObject):
    """Brings what threads finished back to the GUI thread.

    What is to be called stays here, on this thread, under a ticket: a thread that held it might be
    the last to let it go, and would then destroy widgets from outside the GUI thread.
    """

    _done = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = count()
        self._awaited: dict[int, Callable[[Future[Any]], None]] = {}
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def follow(self, future: Future[Any], then: Callable[[Future[Any]], None]) -> None:
        """Call `then` on the GUI thread once the future is done."""
        ticket = next(self._tickets)
        self._awaited[ticket] = then
        future.add_done_callback(partial(self._done.emit, ticket))

    @Slot(int, object)
    def _deliver(self, ticket: int, done: Future[Any]) -> None:
        self._awaited.pop(ticket)(done)


def _raise(fault: BaseException) -> None:
    raise fault


@cache
def _errands() -> Returns:
    return Returns()


def in_background(
    work: Callable[[], T],
    then: Callable[[T], None] = lambda _: None,
    refused: Callable[[BaseException], None] = _raise,
    *,
    owner: QObject,
) -> None:
    """Run a blocking call that is neither a query nor a command; nothing is told once `owner` is gone."""

    def deliver(done: Future[T]) -> None:
        if not isValid(owner):
            return
        fault = done.exception()
        if fault is None:
            then(done.result())
        else:
            refused(fault)

    pool = ThreadPoolExecutor(1, thread_name_prefix="errand")
    _errands().follow(pool.submit(work), deliver)
    pool.shutdown(wait=False)
