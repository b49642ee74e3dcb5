"""The discreet screen: words of a person know what stands in their place, and whether it does (design 18)."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, Self
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

HIDDEN = "•••"
"""In the place of a note or of what somebody wrote: not even its length is told."""


class Personal(str):
    """What concerns a person, with what stands in its place while the screen is discreet.

    Equal to the plain words. An f-string forgets the other form: words are put together by `filled` and
    `joined`, which do not.
    """

    __slots__ = ("veiled",)
    veiled: str

    def __new__(cls, words: str, *, veiled: str) -> Self:
        """`words` are measured wherever they are laid out: what takes their place moves nothing."""
        made = super().__new__(cls, words)
        made.veiled = veiled
        return made


class Veiled(Protocol):
    """A widget that shows words of a person."""

    def dress_discreetly(self) -> None:
        """Show the form that holds now."""
        ...


class Discretion(QObject):
    """`is_on` while names are hidden; `changed` when it turns."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_on = False
        self._showing: WeakSet[Any] = WeakSet()
        self._names: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()
        self._descriptions: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()

    def turn(self, *, is_on: bool) -> None:
        """Hide or show every person's words, wherever they stand."""
        if is_on == self.is_on:
            return
        self.is_on = is_on
        for widget in tuple(self._showing):
            if isValid(widget):
                widget.dress_discreetly()
        for named, words in tuple(self._names.items()):
            if isValid(named):
                named.setAccessibleName(self.shown(words))
        for described, words in tuple(self._descriptions.items()):
            if isValid(described):
                described.setAccessibleDescription(self.shown(words))
        self.changed.emit()

    def shown(self, words: str) -> str:
        """The form of these words that holds now."""
        return words.veiled if self.is_on and isinstance(words, Personal) else words

    def follow(self, widget: Veiled) -> None:
        """Have it dressed at each turn, as long as it lives."""
        self._showing.add(widget)

    def name(self, widget: QWidget, words: str) -> None:
        """Name a widget for who does not see it."""
        if isinstance(words, Personal):
            self._names[widget] = words
        else:
            self._names.pop(widget, None)
        widget.setAccessibleName(self.shown(words))

    def describe(self, widget: QWidget, words: str) -> None:
        """Say more of a widget to who does not see it."""
        self._descriptions[widget] = words
        widget.setAccessibleDescription(self.shown(words))


discretion = Discretion()
"""The one of this process: every window of a desk stands before the same eyes."""


def veiled(words: str) -> str:
    """The discreet form, of words that have none the words themselves."""
    return words.veiled if isinstance(words, Personal) else words


def by_initials(name: str) -> str:
    """« DUBREUIL Martine », discreetly « D… M… »."""
    return Personal(name, veiled=" ".join(f"{word[0]}…" for word in name.split())) if name else name


def called(birth_name: str, first_given_name: str) -> str:
    """« DUBREUIL Martine », or nothing of somebody unknown."""
    return by_initials(f"{birth_name} {first_given_name}".strip())


def in_dots(words: str) -> str:
    """« 14/03/1958 », discreetly « ••/••/•••• »: a birth date, a number of the phone or of a record."""
    return Personal(words, veiled="".join("•" if one.isalnum() else one for one in words)) if words else words


def hidden(words: str) -> str:
    """A note, or what somebody wrote."""
    return Personal(words, veiled=HIDDEN) if words else words


def filled(pattern: str, **parts: object) -> str:
    """As `pattern.format`, in both forms."""
    return _both(
        pattern.format(**parts),
        pattern.format(
            **{name: veiled(part) if isinstance(part, str) else part for name, part in parts.items()}
        ),
    )


def joined(between: str, parts: Iterable[str]) -> str:
    """The parts that say something, in both forms."""
    told = [part for part in parts if part]
    return _both(between.join(told), between.join(map(veiled, told)))


def altered(words: str, change: Callable[[str], str]) -> str:
    """What a change of the letters makes of both forms."""
    return _both(change(words), change(veiled(words)))


def _both(words: str, discreetly: str) -> str:
    return words if words == discreetly else Personal(words, veiled=discreetly)
