"""Which rows the waiting commands changed or read, so that a page takes back only what it meets."""

from collections.abc import Collection, Iterable
from typing import TypeVar

import msgspec

from sync.client.undo import Place

K = TypeVar("K")
V = TypeVar("V")


class Touched(msgspec.Struct, kw_only=True):
    """What one command did: rows it read, rows it wrote, and the persons those rows are of."""

    read: set[Place] = msgspec.field(default_factory=set[Place])
    written: dict[Place, set[str]] = msgspec.field(default_factory=dict[Place, set[str]])


class Part(msgspec.Struct, frozen=True):
    """Commands that must go and come back together, and the rows they wrote."""

    commands: frozenset[str]
    places: frozenset[Place]


class Overlay:
    """What stands over the journal's rows, by command, by row and by person."""

    def __init__(self) -> None:
        self._touched: dict[str, Touched] = {}
        self._commands: dict[Place, set[str]] = {}
        self._written: dict[Place, set[str]] = {}
        self._of_person: dict[str, set[Place]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether the journal's rows are all there is."""
        return not self._touched

    def note(self, command_id: str, touched: Touched) -> None:
        """A command is shown."""
        self._touched[command_id] = touched
        for place in touched.read.union(touched.written):
            self._commands.setdefault(place, set()).add(command_id)
        for place, persons in touched.written.items():
            self._written.setdefault(place, set()).update(persons)
            for person in persons:
                self._of_person.setdefault(person, set()).add(place)

    def forget(self, part: Part) -> None:
        """These commands are no longer shown."""
        for command_id in part.commands:
            touched = self._touched.pop(command_id)
            for place in touched.read.union(touched.written):
                _drop(self._commands, place, command_id)
        for place in part.places:
            for person in self._written.pop(place):
                _drop(self._of_person, person, place)

    def around(self, commands: Iterable[str], places: Iterable[Place] = ()) -> Part:
        """These commands, those that touch these rows, and all that share what any of them wrote."""
        waiting = [command for command in commands if command in self._touched]
        waiting += [command for place in places for command in self._commands.get(place, ())]
        found: set[str] = set()
        shared: set[Place] = set()
        while waiting:
            command = waiting.pop()
            if command in found:
                continue
            found.add(command)
            touched = self._touched[command]
            fresh = {place for place in touched.read.union(touched.written) if place in self._written}
            for place in fresh - shared:
                waiting += self._commands[place]
            shared |= fresh
        return Part(frozenset(found), frozenset(shared))

    def is_met(self, place: Place, part: Part) -> bool:
        """Whether a command outside of this part touches a row."""
        return not self._commands.get(place, set()) <= part.commands

    def of_persons(self, persons: Iterable[str]) -> Collection[Place]:
        """The rows written that are, or were, of these persons."""
        return {place for person in persons for place in self._of_person.get(person, ())}


def _drop(index: dict[K, set[V]], key: K, value: V) -> None:
    index[key].discard(value)
    if not index[key]:
        del index[key]
