"""What is told from another thread is told, and let go, on the GUI thread."""

import gc
import threading
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.background import in_background
from ui.housekeeping import Housekeeping

ROUNDS = 30


def _let_qt_delete() -> None:
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _ask_and_forget(told: list[int]) -> weakref.ref[QWidget]:
    widget = QWidget()

    def tell(answer: int) -> None:
        widget.setObjectName("told")
        told.append(answer)

    in_background(lambda: 1, tell, owner=widget)
    return weakref.ref(widget)


def test_the_last_hold_on_a_window_may_be_its_own_errand(qtbot: QtBot) -> None:
    # An errand that was the child of the window it held was destroyed twice, and ended the process.
    for _ in range(ROUNDS):
        told: list[int] = []
        widget = _ask_and_forget(told)
        qtbot.waitUntil(lambda told=told: told == [1])
        _let_qt_delete()
        assert widget() is None


def test_nothing_is_told_to_a_window_that_is_gone(qtbot: QtBot) -> None:
    told: list[int] = []
    is_free = threading.Event()
    owner = QObject()
    in_background(is_free.wait, lambda _: told.append(1), owner=owner)
    owner.deleteLater()
    _let_qt_delete()
    is_free.set()
    qtbot.wait(50)
    assert told == []


def test_a_fault_that_nobody_takes_is_seen(qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("seen")

    owner = QObject()
    with qtbot.captureExceptions() as seen:
        in_background(fail, owner=owner)
        qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0][1]) == "seen"


class _Ends:
    """Tells on which thread it was collected."""

    def __init__(self, ended: list[int]) -> None:
        self._ended = ended
        self.itself = self

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


def _litter() -> None:
    for _ in range(100_000):
        cycle: list[object] = []
        cycle.append(cycle)


def _leave_a_cycle_and_litter_elsewhere() -> list[int]:
    ended: list[int] = []
    _Ends(ended)
    thread = threading.Thread(target=_litter)
    thread.start()
    thread.join()
    return ended


def test_cycles_are_collected_on_this_thread_only(qapp: QApplication) -> None:
    gc.enable()
    control = _leave_a_cycle_and_litter_elsewhere()
    assert control
    assert control != [threading.get_ident()]
    keeping = Housekeeping(qapp)
    ended = _leave_a_cycle_and_litter_elsewhere()
    assert ended == []
    gc.collect()
    assert ended == [threading.get_ident()]
    keeping.deleteLater()
