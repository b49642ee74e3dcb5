"""Who works in another program is still here: how long nobody touched the machine, as its desktop says."""

import subprocess
import sys
import time
from collections.abc import Generator

import pytest

from tests.support.keyboard.screen import Screen

pytestmark = [pytest.mark.journey, pytest.mark.xserver, pytest.mark.slow, pytest.mark.timeout(120)]
ASK = "from ui.idleness import X11Idleness; print(X11Idleness().seconds())"


@pytest.fixture(scope="module")
def screen() -> Generator[Screen]:
    with Screen() as screen:
        yield screen


def _idle_s(screen: Screen) -> float:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=screen.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return float(done.stdout)


def test_a_key_pressed_anywhere_is_somebody_here(screen: Screen) -> None:
    before = time.monotonic()
    screen.press("F9")
    pressed = time.monotonic()
    first = _idle_s(screen)
    assert first <= time.monotonic() - before
    again = time.monotonic()
    assert _idle_s(screen) >= again - pressed
