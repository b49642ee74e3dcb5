"""The player of a story ends it with the reason, whatever happened."""

import pytest
from pytestqt.qtbot import QtBot

from ui.story.player import Player, Script, Until


def _waits(what: str, *, holds: bool) -> Script:
    yield Until(what=what, holds=lambda: holds, within_s=0.05)


def _fails() -> Script:
    yield Until(what="a moment has gone by", holds=lambda: True)
    raise ValueError("the telephone is gone")


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        (_waits("it is so", holds=True), ""),
        (_waits("it is so", holds=False), "waited 0 s in vain until it is so"),
    ],
)
def test_a_story_that_waits_in_vain_ends_with_what_it_waited_for(
    qtbot: QtBot, script: Script, failure: str
) -> None:
    player = Player(script)
    with qtbot.waitSignal(player.finished, timeout=20_000):
        player.start()
    assert player.failure == failure


def test_a_story_that_breaks_is_no_success(qtbot: QtBot) -> None:
    player = Player(_fails())
    with qtbot.captureExceptions() as told, qtbot.waitSignal(player.finished):
        player.start()
    assert player.failure == "ValueError: the telephone is gone"
    assert "the telephone is gone" in str(told)
