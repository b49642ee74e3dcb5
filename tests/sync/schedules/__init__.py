"""One seeded schedule: what three desks, a line and a bad network did, and what must hold after it."""

from collections.abc import Callable
from pathlib import Path

from tests.sync.hospital import Templates
from tests.sync.schedules.carried import Carried
from tests.sync.schedules.checks import STATES, Checks
from tests.sync.schedules.close import Close
from tests.sync.schedules.desks import COLLEAGUES, DESKS
from tests.sync.schedules.doubles import Doubles
from tests.sync.schedules.joins import Joins
from tests.sync.schedules.saves import Saves
from tests.sync.schedules.sharing import Sharing
from tests.sync.seats import Crash, Seat, Ways

__all__ = ["COLLEAGUES", "DESKS", "STATES", "Schedule"]


class Schedule(Saves, Joins, Carried, Close, Doubles, Sharing, Checks):
    """Plays a seed; `faults` holds what went wrong while it ran."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._weights = [_weight(act, ways) for act in _ACTS]
        self._is_shared = ways.is_shared

    def play(self, steps: int) -> list[str]:
        """Run the schedule, drain it, and answer every broken promise."""
        for _ in range(steps):
            self._check_while_running(self._step())
        self._drain()
        self._check_delivered()
        self._check_decided()
        self._check_at_rest()
        for people in (COLLEAGUES, DESKS) if self._is_shared else ():
            for seat, who in zip(self.seats, people, strict=True):
                self._sit_down(seat, who)
            self._drain()
            self._check_at_rest()
        self._check_once()
        return self.faults

    def _step(self) -> Seat:
        act = self.chance.choices(_ACTS, weights=self._weights)[0]
        seat = self.chance.choice(self.seats)
        try:
            act(self, seat)
        except Crash:
            seat.restart()
        return seat


Act = Callable[[Schedule, Seat], None]
_CHANCES: dict[Act, int] = {
    Schedule.call_arrives: 6,
    Schedule.call_moves: 10,
    Schedule.person_leaves: 3,
    Schedule.person_is_erased: 0,
    Schedule.log: 20,
    Schedule.withdraw: 4,
    Schedule.commit: 4,
    Schedule.follow: 8,
    Schedule.undo_following: 3,
    Schedule.join: 0,
    Schedule.part: 0,
    Schedule.note: 5,
    Schedule.identify: 8,
    Schedule.link: 0,
    Schedule.take_back: 0,
    Schedule.undo_the_second: 0,
    Schedule.promise_before_a_name: 0,
    Schedule.say_relative: 0,
    Schedule.withdraw_relative: 0,
    Schedule.ask_again: 0,
    Schedule.merge: 6,
    Schedule.part_persons: 3,
    Schedule.tell_apart: 1,
    Schedule.tell_apart_no_more: 0,
    Schedule.sort_out: 3,
    Schedule.decide_again: 2,
    Schedule.read: 2,
    Schedule.send: 14,
    Schedule.send_again: 4,
    Schedule.pull: 18,
    Schedule.restart: 2,
    Schedule.change_person: 3,
    Schedule.forge: 2,
    Schedule.rebuild: 2,
    Schedule.resend_unseen: 2,
    Schedule.back_up: 2,
    Schedule.restore: 2,
}
_ACTS = list(_CHANCES)
_ON_REQUEST: dict[Act, int] = {
    Schedule.undo_the_second: 40,
    Schedule.promise_before_a_name: 40,
    Schedule.join: 60,
    Schedule.part: 60,
    Schedule.link: 50,
    Schedule.take_back: 50,
    Schedule.say_relative: 40,
    Schedule.withdraw_relative: 40,
    Schedule.ask_again: 10,
    Schedule.merge: 50,
    Schedule.part_persons: 15,
    Schedule.sort_out: 40,
    Schedule.tell_apart: 20,
    Schedule.tell_apart_no_more: 30,
}
"""How often where they are asked for."""
_SHARING = (Schedule.change_person, Schedule.forge)


def _weight(act: Act, ways: Ways) -> int:
    """How often an act is played; unless desks are shared, one person sits at each."""
    if act.__name__ in ways.favours:
        return _ON_REQUEST.get(act) or (_CHANCES[act] or 1) * 6
    return 0 if act in _SHARING and not ways.is_shared else _CHANCES[act]
