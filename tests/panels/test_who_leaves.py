"""Whoever leaves a desk leaves nothing of what was shown in its memory: somebody else sits down there."""

import gc
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest

from tests.panels.sitting import SCREENS, Picture, sit

ANSWERED_MS = 400
"""What was asked just before is answered meanwhile, to nobody."""
ROOMS = (
    "02-appel",
    "02c",
    "03-aucun",
    "03-contact",
    "04",
    "05a",
    "07",
    "09",
    "10a",
    "11-palette",
    "13",
    "14",
    "15",
)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    "picture", [one for one in SCREENS if one[0].startswith(ROOMS)], ids=lambda one: one[0]
)
def test_nothing_of_a_screen_is_left_once_its_window_was_shut(picture: Picture) -> None:
    before = alive()
    known = {id(one) for one in before}
    seat = sit_and_leave(picture)
    QTest.qWait(ANSWERED_MS)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # What a timer destroyed by the first still held goes with the second.
    gc.collect()
    gc.collect()
    assert seat() is None
    assert sorted({type(one).__name__ for one in alive() if id(one) not in known}) == []


def sit_and_leave(picture: Picture) -> ref[QObject]:
    """In a frame of its own, which keeps nothing."""
    place = sit(picture)
    place.shut()
    return ref(place)


def alive() -> list[QObject]:
    """What is ours of the interface and was not let go."""
    return [
        one for one in gc.get_objects() if isinstance(one, QObject) and type(one).__module__.startswith("ui.")
    ]
