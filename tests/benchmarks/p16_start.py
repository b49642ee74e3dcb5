"""P16: from the start of a process to its first painted window, against an empty window."""

import os
import subprocess
import sys
import time

from tests.benchmarks.paired import Figure, Goal, measure

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: (print('painted', flush=True), app.quit()))
app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
PRODUCT = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from ui.__main__ import read_console
from ui.door import Door, make_application
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, lambda: (print('painted', flush=True), app.quit()))
        return False
app = make_application()
door = Door(read_console)
window = door.screen
watch = Watch()
window.installEventFilter(watch)
door.show()
app.exec()
"""


def figures() -> list[Figure]:
    """Milliseconds until the first paint, warm cache, byte code kept."""
    goal = Goal(
        id="P16",
        what="process started to first window painted",
        unit="ms",
        goal=1.5,
        aim=1.2,
        size="sign-in, warm",
    )
    return [measure(goal, lambda: _start(BARE), lambda: _start(PRODUCT))]


def _start(program: str) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        spent = (time.perf_counter() - started) * 1000
    if line.strip() != "painted":
        raise RuntimeError("the window was never painted")
    return spent
