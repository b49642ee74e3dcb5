"""The key heard from every program: which keys may be asked, and what is asked of each desktop."""

from ctypes import wintypes

import pytest

from ui.system_keys.named import FunctionKey, KeyNotTaken, function_key
from ui.system_keys.windows import WindowsKey, asked_of_windows, is_pressed

MOD_CONTROL, MOD_SHIFT, MOD_NOREPEAT, VK_F3, WM_HOTKEY, WM_KEYDOWN = 2, 4, 0x4000, 0x72, 0x312, 0x100
"""As Microsoft publishes them."""


@pytest.mark.parametrize(
    "name", ["", "F3", "Ctrl+F3", "Ctrl+Alt+F3", "Ctrl+Shift+F13", "Ctrl+Shift+A", "Ctrl+Shift+F03"]
)
def test_only_ctrl_shift_and_a_function_key_may_be_asked_of_the_session(name: str) -> None:
    assert function_key(name) is None


@pytest.mark.parametrize("number", range(1, 13))
def test_a_function_key_is_known_by_its_name(number: int) -> None:
    assert function_key(FunctionKey(number).name) == FunctionKey(number)


def test_windows_is_asked_for_one_press_of_the_key_with_ctrl_and_shift() -> None:
    assert asked_of_windows(FunctionKey(3)) == (MOD_CONTROL | MOD_SHIFT | MOD_NOREPEAT, VK_F3)


@pytest.mark.parametrize(
    ("kind", "which", "expected"), [(WM_HOTKEY, 1, True), (WM_HOTKEY, 2, False), (WM_KEYDOWN, 1, False)]
)
def test_of_the_messages_of_windows_only_ours_is_the_key(kind: int, which: int, *, expected: bool) -> None:
    assert is_pressed(wintypes.MSG(None, kind, which)) is expected


def test_where_windows_is_not_the_key_is_not_taken() -> None:
    with pytest.raises(KeyNotTaken):
        WindowsKey(FunctionKey(3), lambda: None)
