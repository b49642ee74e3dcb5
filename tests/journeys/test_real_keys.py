"""A thousand calls come up while somebody types: no key is lost, none goes anywhere else (design 20)."""

import time
from collections.abc import Generator

import pytest

from tests.support.keyboard.screen import Screen
from tests.support.keyboard.window import Window, window_of

pytestmark = [pytest.mark.journey, pytest.mark.xserver, pytest.mark.slow, pytest.mark.timeout(300)]

POPS = 334
"""In each of the three places where somebody writes."""
PHRASE = "le patient 3 rappelle pour 41, merci "
"""Letters that are shortcuts, digits that are motives, spaces that press buttons."""
HAND_OFF_S = 3.2
"""Past the three seconds in which a hand counts as still on the keyboard."""


@pytest.fixture(scope="module")
def screen() -> Generator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def desk(screen: Screen) -> Generator[Window]:
    with window_of(screen, "desk", str(POPS)) as desk:
        yield desk


@pytest.fixture(scope="module")
def neighbour(screen: Screen) -> Generator[Window]:
    with window_of(screen, "neighbour") as neighbour:
        yield neighbour


def _typed_while_it_rings(screen: Screen, desk: Window, window: int) -> str:
    """Everything that was typed, until the last of the calls was shown."""
    desk.do("ring")
    phrases = 0
    while True:
        screen.type(PHRASE)
        phrases += 1
        assert screen.active == window
        is_ringing, shown, fault = desk.do("how_far")
        assert fault == ""
        if not is_ringing:
            assert shown == POPS
            return PHRASE * phrases


def _written(window: Window, wanted: str) -> str:
    """What is written once the last keys have arrived, or after some seconds."""
    for _ in range(100):
        if window.do("text") == wanted:
            break
        time.sleep(0.05)
    return window.do("text")


def _leave_hand(desk: Window) -> None:
    """The desk has heard that another window has the keyboard, within some seconds."""
    for _ in range(100):
        if not desk.do("is_active"):
            return
        time.sleep(0.05)
    raise TimeoutError("the desk still believes it has the keyboard")


def _empty(screen: Screen, desk: Window) -> None:
    screen.press("ctrl+a", "BackSpace")
    assert _written(desk, "") == ""


def _open_search(screen: Screen, desk: Window) -> None:
    screen.give_keyboard(desk.window)
    screen.press("ctrl+F8")
    _empty(screen, desk)


def _ring_once(desk: Window) -> None:
    desk.do("ring_once")
    while desk.do("how_far")[0]:
        time.sleep(0.05)


def test_what_is_typed_in_another_window_stays_there(screen: Screen, desk: Window, neighbour: Window) -> None:
    screen.give_keyboard(neighbour.window)
    _leave_hand(desk)
    before = desk.do("by_hand")
    typed = _typed_while_it_rings(screen, desk, neighbour.window)
    assert _written(neighbour, typed) == typed
    assert desk.do("by_hand") == before
    # The mini window came above it while one typed; when it comes is held by tests/panels/test_mini.py.
    assert desk.do("minis") > 0.9 * POPS


def test_what_is_typed_in_a_search_stays_there(screen: Screen, desk: Window) -> None:
    _open_search(screen, desk)
    before = desk.do("by_hand")
    typed = _typed_while_it_rings(screen, desk, desk.window)
    assert _written(desk, typed) == typed
    assert desk.do("by_hand") == before
    assert desk.do("minis") == 0


def test_what_is_typed_in_a_note_stays_there(screen: Screen, desk: Window) -> None:
    screen.give_keyboard(desk.window)
    _ring_once(desk)
    desk.do("calls")
    desk.do("note")
    _empty(screen, desk)
    before = desk.do("by_hand")
    typed = _typed_while_it_rings(screen, desk, desk.window)
    assert _written(desk, typed) == typed
    assert desk.do("by_hand") == before


def test_a_call_that_comes_up_while_nobody_types_gives_its_keys_to_nothing(
    screen: Screen, desk: Window
) -> None:
    _open_search(screen, desk)
    time.sleep(HAND_OFF_S)
    before = desk.do("by_hand")
    _ring_once(desk)
    screen.type(PHRASE)
    screen.press("Return")
    assert desk.do("focus") == "QWidget"
    assert desk.do("by_hand") == before
    assert screen.active == desk.window


def test_a_session_that_ends_asks_the_password_and_takes_no_key(screen: Screen, desk: Window) -> None:
    _open_search(screen, desk)
    desk.do("sign_out")
    while not desk.do("is_asked"):
        time.sleep(0.05)
    screen.type(PHRASE)
    assert screen.active == desk.window
    assert _written(desk, PHRASE) == PHRASE


def test_the_count_sees_a_key_that_presses_something(screen: Screen, desk: Window) -> None:
    """The check can fail: a motive typed and saved is counted."""
    screen.give_keyboard(desk.window)
    _ring_once(desk)
    desk.do("calls")
    before = desk.do("by_hand")
    screen.press("F4")
    screen.type("41")
    screen.press("ctrl+Return")
    for _ in range(100):
        if desk.do("by_hand") > before:
            return
        time.sleep(0.05)
    raise AssertionError("a saved motive was not counted")
