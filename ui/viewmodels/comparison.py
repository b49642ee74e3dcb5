"""A record beside those that may be of the same human: looked at pair by pair, then decided (07b)."""

from enum import StrEnum
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.double_commands import (
    DoubleCommand,
    MergePersons,
    RejectDouble,
    SignalDouble,
    UnmergePersons,
)
from app.domain.errors import Refusal
from app.queries.doubles import Doubles
from ui.tasks import Desk
from ui.viewmodels.double_pair import Detail, Pair, pairs_of

REASON = "doubles"
"""Why the records were read, in the access log."""


class Phase(StrEnum):
    """Where the comparison is."""

    SHUT = "shut"
    READING = "reading"
    NOBODY = "nobody"
    AWAY = "away"
    SHOWN = "shown"


class Comparison(QObject):
    """`done` carries the command that was taken, its pair and its id; `refused` why it was not."""

    state_changed = Signal()
    done = Signal(object, object, str)
    refused = Signal(object)

    def __init__(self, desk: Desk, *, can_decide: bool) -> None:
        super().__init__()
        self.can_decide = can_decide
        self.phase = Phase.SHUT
        self.person = ""
        self._desk = desk
        self._pairs: tuple[Pair, ...] = ()
        self._at = 0
        self._is_asked = False

    @property
    def pair(self) -> Pair | None:
        """The two records that are looked at."""
        return self._pairs[self._at] if self._pairs else None

    @property
    def place(self) -> tuple[int, int]:
        """The number of this pair, from 1, and how many there are."""
        return self._at + 1, len(self._pairs)

    @property
    def can_merge(self) -> bool:
        """Whether the traits were said to be compared, and nothing is under way."""
        pair = self.pair
        return pair is not None and pair.is_ticked and not pair.is_merged and not self._is_asked

    @property
    def can_propose(self) -> bool:
        """Whether nobody signalled this pair yet."""
        pair = self.pair
        is_open = pair is not None and not pair.is_merged and not pair.is_signalled
        return is_open and not self._is_asked and (self.can_decide or self.can_merge)

    def open(self, person: str) -> None:
        """Ask the server who may be the same human; the read is traced there."""
        self.person, self._pairs, self._is_asked = person, (), False
        self._set(Phase.READING)
        self._desk.doubles(person, REASON, partial(self._show, person), partial(self._say_away, person))

    def close(self) -> None:
        """Keep nobody."""
        self.person, self._pairs = "", ()
        self._set(Phase.SHUT)

    def step(self, by: int) -> None:
        """The next pair, or the one before, round and round."""
        if self._pairs:
            self._at = (self._at + by) % len(self._pairs)
            self.state_changed.emit()

    def take(self, detail: Detail, *, of_other: bool) -> None:
        """Choose whose `detail` the kept record has from now on."""
        pair = self.pair
        if pair is not None:
            taken = pair.taken | {detail} if of_other else pair.taken - {detail}
            self._put(msgspec.structs.replace(pair, taken=taken))

    def tick(self, *, is_ticked: bool) -> None:
        """Say that the caller is verified and the traits compared, or take it back."""
        pair = self.pair
        if pair is not None:
            self._put(msgspec.structs.replace(pair, is_ticked=is_ticked))

    def merge(self) -> None:
        """Decide that they are one; who may not decide proposes it."""
        pair = self.pair
        if pair is None or not self.can_merge:
            return
        if self.can_decide:
            command = MergePersons(
                person=pair.other.person, into=pair.kept.person, is_compared=pair.is_ticked
            )
            self._ask(command, pair)
        else:
            self.propose()

    def propose(self) -> None:
        """Have those who answer for identities decide."""
        pair = self.pair
        if pair is not None and self.can_propose:
            command = SignalDouble(
                person=pair.kept.person, other=pair.other.person, is_compared=pair.is_ticked
            )
            self._ask(command, pair)

    def reject(self) -> None:
        """Decide that they are two humans."""
        pair = self.pair
        if pair is not None and self.can_decide and not pair.is_merged and not self._is_asked:
            self._ask(RejectDouble(person=pair.kept.person, other=pair.other.person), pair)

    def part(self) -> None:
        """Take back what was merged."""
        pair = self.pair
        if pair is not None and self.can_decide and pair.is_merged and not self._is_asked:
            self._ask(UnmergePersons(person=pair.other.person), pair)

    def _ask(self, command: DoubleCommand, pair: Pair) -> None:
        self._is_asked = True
        self.state_changed.emit()
        self._desk.submit(command, partial(self._settle, command, pair), self._refuse)

    def _settle(self, command: DoubleCommand, pair: Pair, sent: str) -> None:
        """It is told also when another record is compared meanwhile, whose page stays."""
        if self.person in (pair.kept.person, pair.other.person):
            self.close()
        self.done.emit(command, pair, sent)

    def _refuse(self, refusal: Refusal) -> None:
        self._is_asked = False
        self.state_changed.emit()
        self.refused.emit(refusal)

    def _show(self, person: str, found: Doubles | None) -> None:
        if person == self.person:
            self._pairs = () if found is None else pairs_of(found, can_decide=self.can_decide)
            self._at = 0
            self._set(Phase.SHOWN if self._pairs else Phase.NOBODY)

    def _say_away(self, person: str, _refusal: Refusal) -> None:
        if person == self.person:
            self._set(Phase.AWAY)

    def _put(self, pair: Pair) -> None:
        pairs = list(self._pairs)
        pairs[self._at] = pair
        self._pairs = tuple(pairs)
        self.state_changed.emit()

    def _set(self, phase: Phase) -> None:
        self.phase = phase
        self.state_changed.emit()
