"""Garbage is collected on the GUI thread only, between two events.

Python collects cycles on whichever thread happens to allocate. A cycle that holds a widget or a timer
would then be destroyed outside the GUI thread, which ends the process; and a pause could fall inside
a ring.
"""

import gc

from PySide6.QtCore import QObject, QTimer

TIDY_EVERY_MS = 5_000
TIDIES_TO_A_CLEANING = 60


class Housekeeping(QObject):
    """Takes the collector over: what is young often, everything every few minutes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tidied = 0
        gc.disable()
        self._timer = QTimer(self, interval=TIDY_EVERY_MS)
        self._timer.timeout.connect(self._tidy)
        self._timer.start()

    def _tidy(self) -> None:
        is_cleaning = self._tidied % TIDIES_TO_A_CLEANING == 0
        gc.collect(2 if is_cleaning else 1)
        if self._tidied == 0:
            # Modules and classes stay for ever: there is no need to walk them again.
            gc.freeze()
        self._tidied += 1
