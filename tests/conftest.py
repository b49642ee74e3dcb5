"""What every test stands on: no screen, and nothing left behind."""

import gc
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.stores import cluster

__all__ = ["cluster", "garbage_stays_on_this_thread", "nothing_is_left"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GRACE_S = 5.0
# These machines are shared: how long an example takes proves nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def _left_threads(before: set[threading.Thread]) -> list[str]:
    # A Qt thread that ran Python once is listed for ever, as a dummy.
    fresh = [t for t in threading.enumerate() if t not in before and not t.name.startswith("Dummy-")]
    for thread in fresh:
        thread.join(GRACE_S)
    return [thread.name for thread in fresh if thread.is_alive()]


def _left_windows() -> list[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    return [repr(widget) for widget in left]


@pytest.fixture(autouse=True)
def garbage_stays_on_this_thread(request: pytest.FixtureRequest) -> None:
    """A cycle of widgets collected by a later test's thread would end the run: `ui.housekeeping`."""
    if "qapp" in request.fixturenames:
        gc.disable()
        # What was there before need not be walked again.
        gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Once pytest itself lets go of what the test was given, collect what it left."""
    if gc.isenabled():
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    # Without a loop that runs, what was to be deleted later would stay, and be dressed at each test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.unfreeze()
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Fail the test that leaves a thread running or a window open."""
    before = set(threading.enumerate())
    yield
    assert _left_threads(before) == []
    assert _left_windows() == []
