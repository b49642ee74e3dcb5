"""One key answers from another program's window, and no other key leaves that window (design 10.1)."""

import time
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.keyboard.screen import Screen
from tests.support.keyboard.window import Window, window_of

pytestmark = [pytest.mark.journey, pytest.mark.xserver, pytest.mark.slow, pytest.mark.timeout(300)]

KEY = "ctrl+shift+F3"
PHRASE = "cher confrere, "
USUAL = "Ctrl+Shift+F3"


@pytest.fixture(scope="module")
def screen() -> Generator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def desk(screen: Screen) -> Generator[Window]:
    with window_of(screen, "desk", "1") as desk:
        yield desk


@pytest.fixture
def neighbour(screen: Screen, desk: Window) -> Generator[Window]:
    """Another program has the keyboard, and the desk's key is the usual one."""
    desk.do("keep_usual_key")
    assert desk.do("key") == USUAL
    with window_of(screen, "neighbour") as neighbour:
        screen.give_keyboard(neighbour.window)
        yield neighbour


@pytest.fixture
def ringing(desk: Window, neighbour: Window) -> Generator[Window]:
    """A call waits at the desk while one writes elsewhere."""
    desk.do("ring_on")
    _until(lambda: desk.do("call") == "ringing")
    yield neighbour
    desk.do("let_go")
    _until(lambda: desk.do("call") == "ended")


def _until(is_so: Callable[[], Any]) -> None:
    for _ in range(400):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


def _write(screen: Screen, neighbour: Window) -> None:
    """What is written after the key has arrived, so the key has too, if it ever does."""
    before = neighbour.do("text")
    screen.type(PHRASE)
    _until(lambda: neighbour.do("text") == before + PHRASE)


@pytest.mark.parametrize("lock", ["", "Caps_Lock", "Num_Lock"])
def test_the_call_is_answered_and_the_window_in_front_stays(
    lock: str, screen: Screen, desk: Window, ringing: Window
) -> None:
    locks = [lock] if lock else []
    if locks:
        screen.press(*locks)
    try:
        screen.press(KEY)
        _until(lambda: desk.do("call") == "in_call")
    finally:
        if locks:
            screen.press(*locks)
    _write(screen, ringing)
    assert (ringing.do("own"), screen.active) == (0, ringing.window)


def test_pressed_again_it_goes_back_to_the_call(screen: Screen, desk: Window, ringing: Window) -> None:
    screen.press(KEY)
    _until(lambda: desk.do("call") == "in_call")
    assert screen.active == ringing.window
    screen.press(KEY)
    _until(lambda: screen.active == desk.window)


def test_removed_it_answers_nothing_and_is_the_other_program_s(
    screen: Screen, desk: Window, ringing: Window
) -> None:
    desk.do("keep_no_key")
    assert desk.do("key") == ""
    screen.press(KEY)
    _until(lambda: ringing.do("own") == 1)
    _write(screen, ringing)
    assert desk.do("call") == "ringing"


def test_no_other_key_is_taken(screen: Screen, desk: Window, ringing: Window) -> None:
    screen.press("F3", "ctrl+F3", "shift+F3")
    _until(lambda: ringing.do("own") == 3)
    assert desk.do("call") == "ringing"


def test_a_key_that_another_program_has_is_said_and_taken_once_it_is_free(
    screen: Screen, desk: Window, ringing: Window
) -> None:
    desk.do("keep_no_key")
    ringing.do("take")
    desk.do("keep_usual_key")
    assert desk.do("key") == ""
    assert desk.do("told").startswith("Un autre logiciel se sert déjà de Ctrl Maj F3")
    screen.press(KEY)
    _write(screen, ringing)
    assert desk.do("call") == "ringing"
    ringing.do("give_back")
    desk.do("keep_usual_key")
    screen.press(KEY)
    _until(lambda: desk.do("call") == "in_call")
