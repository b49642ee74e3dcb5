"""What is told of a change, and when: at once for this extension, merged for the rest."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.changes import MERGE_MS, ChangeFeed

LONG_ENOUGH_MS = 4 * MERGE_MS


class Heard:
    """A feed of changes, and how often it told one."""

    def __init__(self) -> None:
        self.feed = ChangeFeed()
        self.times = 0
        self.said: list[str] = []
        self.feed.changed.connect(self._count)
        self.feed.changed.connect(lambda: self.said.append("changed"))
        self.feed.painted.connect(lambda: self.said.append("painted"))

    def _count(self) -> None:
        self.times += 1


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[Heard]:
    """The feed lives on the GUI thread."""
    told = Heard()
    yield told
    told.feed.deleteLater()
    qtbot.wait(1)


def test_a_call_that_arrives_and_rings_here_is_read_once(heard: Heard, qtbot: QtBot) -> None:
    heard.feed.hear(concerns_this_extension=False)
    heard.feed.hear(concerns_this_extension=True)
    qtbot.wait(LONG_ENOUGH_MS)
    assert heard.times == 1


def test_changes_elsewhere_are_told_together(heard: Heard, qtbot: QtBot) -> None:
    for _ in range(20):
        heard.feed.hear(concerns_this_extension=False)
    qtbot.waitUntil(lambda: heard.times == 1)
    qtbot.wait(LONG_ENOUGH_MS)
    assert heard.times == 1


def test_what_is_not_the_call_is_told_once_the_call_was_and_once_for_a_burst(
    heard: Heard, qtbot: QtBot
) -> None:
    for _ in range(5):
        heard.feed.hear(concerns_this_extension=True)
    qtbot.waitUntil(lambda: "painted" in heard.said)
    qtbot.wait(LONG_ENOUGH_MS)
    assert heard.said == ["changed"] * 5 + ["painted"]


def test_changes_that_never_stop_put_nothing_off_for_ever(heard: Heard, qtbot: QtBot) -> None:
    for _ in range(60):
        heard.feed.hear(concerns_this_extension=True)
        qtbot.wait(MERGE_MS // 10)
        if "painted" in heard.said:
            return
    raise AssertionError("what is not the call was never told")


def test_a_change_after_a_ring_is_told_too(heard: Heard, qtbot: QtBot) -> None:
    heard.feed.hear(concerns_this_extension=True)
    heard.feed.hear(concerns_this_extension=False)
    qtbot.waitUntil(lambda: heard.times == 2)


def test_each_step_of_a_call_here_is_told_by_itself(heard: Heard, qtbot: QtBot) -> None:
    for _ in range(3):
        heard.feed.hear(concerns_this_extension=True)
    qtbot.waitUntil(lambda: heard.times == 3)
