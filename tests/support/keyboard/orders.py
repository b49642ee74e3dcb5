"""A window's process: it obeys one order a line, and answers each with a line."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

Answer = Callable[[Any], None]


def obey(app: QApplication, orders: Mapping[str, Callable[[Answer], None]], *, window: int) -> int:
    """Say which window it is, then obey until the input ends."""
    answer: Answer = lambda value: print(json.dumps(value), flush=True)  # noqa: E731 - one word for both

    def hear() -> None:
        order = sys.stdin.readline().strip()
        if order:
            orders[order](answer)
        else:
            app.quit()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    answer(window)
    return app.exec()
