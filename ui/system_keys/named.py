"""A key that may be asked of the whole session: Ctrl, Maj and a function key, and nothing that writes."""

from dataclasses import dataclass

_BEGINNING = "Ctrl+Shift+F"


@dataclass(frozen=True, slots=True)
class FunctionKey:
    """Ctrl+Maj+F`number`; Ctrl+Alt is AltGr on Windows and would be pressed by whoever writes (design 10)."""

    number: int

    @property
    def name(self) -> str:
        """As Qt writes it."""
        return f"{_BEGINNING}{self.number}"


def function_key(name: str) -> FunctionKey | None:
    """The key so named, `Ctrl+Shift+F1` to `F12`; None of any other text."""
    number = name.removeprefix(_BEGINNING)
    is_one = name.startswith(_BEGINNING) and number in {str(each) for each in range(1, 13)}
    return FunctionKey(int(number)) if is_one else None


class KeyNotTaken(Exception):  # noqa: N818 - the desktop's answer, not a fault of ours
    """`is_taken` when another program has the key already; otherwise the desktop gives none."""

    def __init__(self, *, is_taken: bool) -> None:
        super().__init__("another program has this key" if is_taken else "this desktop gives no key")
        self.is_taken = is_taken
