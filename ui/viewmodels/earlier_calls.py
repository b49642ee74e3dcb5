"""The earlier calls of a caller who is known now: proposed, attached by a person, and taken back together."""

from collections import Counter
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import IdentifyCaller, WithdrawIdentification
from app.domain.errors import Refusal
from app.ports import Clock
from app.queries.earlier_calls import EarlierCall, EarlierCalls, earlier_calls_of, held_among
from ui.tasks import Desk

Undo = tuple[WithdrawIdentification, ...]
MOST_ASKED = 8
"""Times that the server is asked of one call: until it knows whose the call is."""


class EarlierHere(msgspec.Struct, frozen=True, kw_only=True):
    """What this desk finds, and which of those that the server told it holds."""

    found: EarlierCalls = EarlierCalls()
    held: frozenset[str] = frozenset()


class EarlierCallers(QObject):
    """`attached` tells how many calls are the person's now, and the commands that take all of it back."""

    state_changed = Signal()
    attached = Signal(int, object)
    refused = Signal(object)

    def __init__(self, desk: Desk, *, clock: Clock) -> None:
        super().__init__()
        self.state = EarlierCalls()
        self._desk, self._clock = desk, clock
        self._contact = ""
        self._left_alone: set[str] = set()
        self._asked: set[str] = set()
        """Attached from here: what is read may not tell it yet."""
        self._once: set[str] = set()
        """Attached from here, also those taken back: the server may have been asked in between."""
        self._told: EarlierCalls | None = None
        """By the server, which has every day of the house and its doubts."""
        self._tries: Counter[str] = Counter()

    def turn_to(self, contact: str) -> None:
        """Another call: what was read of the last one is none of its."""
        if contact != self._contact:
            self._contact, self._told = contact, None
            self._set(EarlierCalls())

    def look(self, contact: str) -> None:
        """Read what may be of this call's person; of none, nothing."""
        self.turn_to(contact)
        if contact and contact not in self._left_alone:
            told = () if self._told is None else tuple(one.contact for one in self._told.calls)
            read = partial(_earlier, contact=contact, told=told, clock=self._clock)
            self._desk.ask(read, partial(self._keep, contact))

    def attach(self) -> None:
        """These calls are of the same person, as somebody says."""
        found, self.state = self.state, EarlierCalls()
        self.state_changed.emit()
        _Attaching(self, self._desk, found).begin()

    def leave_alone(self) -> None:
        """They are not, or nobody knows: this call proposes them no more."""
        self._left_alone.add(self._contact)
        self._set(EarlierCalls())

    def undo(self, commands: Undo) -> None:
        """Take all of it back (« Annuler »): each is nobody's again."""
        for command in commands:
            self._asked.discard(command.contact)
            self._desk.submit(command, self._look_again, self.refused.emit)

    def note(self, contact: str, *, is_asked: bool) -> None:
        """A call is on its way to the person, or was refused."""
        (self._asked.add if is_asked else self._asked.discard)(contact)
        self._once.add(contact)

    def _look_again(self, _act: str) -> None:
        self.look(self._contact)

    def _keep(self, contact: str, here: EarlierHere) -> None:
        if contact == self._contact and contact not in self._left_alone:
            is_told = self._is_told_of(here.found.person)
            found = _joined(here, self._told if is_told else None, self._once)
            calls = tuple(one for one in found.calls if not {one.contact, one.follows} & self._asked)
            self._set(EarlierCalls(person=found.person, calls=calls))
            if here.found.person and not is_told:
                self._ask_server(contact)

    def _is_told_of(self, person: str) -> bool:
        return self._told is not None and self._told.person in {"", person}

    def _ask_server(self, contact: str) -> None:
        """This desk lacks the days that it did not live through, and the doubts of other services."""
        self._tries[contact] += 1
        if self._tries[contact] <= MOST_ASKED:
            self._desk.earlier_calls(contact, partial(self._hear, contact), _stay)

    def _hear(self, contact: str, told: EarlierCalls | None) -> None:
        if contact == self._contact and told is not None:
            self._told = told
            self.look(contact)

    def _set(self, state: EarlierCalls) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit()


class _Attaching:
    """One command for each call; told once all are answered."""

    def __init__(self, callers: EarlierCallers, desk: Desk, found: EarlierCalls) -> None:
        self._callers, self._desk, self._found = callers, desk, found
        self._heads = [one for one in found.calls if not one.follows]
        self._waiting = len(self._heads)
        self._done: list[WithdrawIdentification] = []

    def begin(self) -> None:
        for one in self._heads:
            self._callers.note(one.contact, is_asked=True)
            command = IdentifyCaller(
                contact=one.contact, person=self._found.person, caller_kind=one.caller_kind
            )
            self._desk.submit(command, partial(self._keep, one), partial(self._refuse, one))

    def _keep(self, one: EarlierCall, act: str) -> None:
        self._done.append(WithdrawIdentification(contact=one.contact, act=act))
        self._tell()

    def _refuse(self, one: EarlierCall, refusal: Refusal) -> None:
        self._callers.note(one.contact, is_asked=False)
        self._callers.refused.emit(refusal)
        self._tell()

    def _tell(self) -> None:
        self._waiting -= 1
        if self._waiting == 0 and self._done:
            heads = {command.contact for command in self._done}
            count = sum(one.contact in heads or one.follows in heads for one in self._found.calls)
            self._callers.attached.emit(count, tuple(self._done))


def _joined(here: EarlierHere, told: EarlierCalls | None, once: set[str]) -> EarlierCalls:
    """What the server told wins, except of a call that is held here and is somebody's by now."""
    if told is None or not here.found.person:
        return here.found
    left = {one.contact: one for one in here.found.calls}
    known = {one.contact: one for one in told.calls if one.contact in left or one.contact not in here.held}
    known |= {name: one for name, one in left.items() if {name, one.follows} & once}
    calls = sorted(known.values(), key=lambda one: one.at, reverse=True)
    return EarlierCalls(
        person=here.found.person, calls=tuple(one for one in calls if not one.follows or one.follows in known)
    )


def _stay(_refusal: Refusal) -> None:
    """Without the server, what is held here is proposed."""


def _earlier(
    connection: sa.Connection, establishment: str, *, contact: str, told: tuple[str, ...], clock: Clock
) -> EarlierHere:
    return EarlierHere(
        found=earlier_calls_of(connection, establishment, contact, now=clock.now()),
        held=held_among(connection, establishment, told),
    )
