"""One exchange for the journeys of a run: each leaves it without calls, and no window that still ticks."""

import gc
import sys
from collections.abc import Iterator

import pytest

from tests.support.asterisk.exchange import Exchange


@pytest.fixture(scope="session")
def asterisk() -> Iterator[Exchange]:
    exchange = Exchange()
    try:
        exchange.start()
        yield exchange
    finally:
        exchange.close()


@pytest.fixture
def exchange(asterisk: Exchange) -> Iterator[Exchange]:
    yield asterisk
    asterisk.silence()


@pytest.fixture(scope="module", autouse=True)
def nothing_ticks_later() -> Iterator[None]:
    """What a console leaves behind in this process must not wake in the midst of another journey.

    A journey without a window may keep this thread for minutes: the timers of closed windows then fired
    all at once, half of what they stood on gone, and ended the run (a segmentation fault in Qt).
    """
    yield
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    gc.unfreeze()  # what is frozen is not listed
    for each in gc.get_objects():
        if isinstance(each, QTimer) and isValid(each):
            each.stop()
