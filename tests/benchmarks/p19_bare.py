"""The bare limit of a pause: how late an empty window's event loop turns on this machine, now.

Started with a time in milliseconds, it prints in milliseconds the pause that one beat in a thousand passes.
"""

import itertools
import sys
import time

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget


def longest_pause(watched_ms: int) -> float:
    """Beats as often as the event loop turns, for a while."""
    beats: list[float] = []
    loop = QEventLoop()
    beat = QTimer(loop, interval=1, timerType=Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start()
    QTimer.singleShot(watched_ms, loop.quit)
    loop.exec()
    beat.stop()
    pauses = sorted((late - soon) * 1000 for soon, late in itertools.pairwise(beats))
    return pauses[int(len(pauses) * 0.999)]


def main() -> None:
    """Show nothing, wait, and say how late it was."""
    app = QApplication([])
    window = QWidget()
    window.show()
    print(longest_pause(int(sys.argv[1])))
    window.close()
    del app


if __name__ == "__main__":
    main()
