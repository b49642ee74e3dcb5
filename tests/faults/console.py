"""A console without a window, a process of its own, which works until it is killed and tells what it did."""

import queue
import random
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.logs import set_up_logs
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.files import DAMAGE, DeskFull
from sync.client.link import LinkState
from sync.client.replica_file import mark
from sync.client.server import SignInRefused, Unreachable
from tests.faults.told import Asked, At, Order, Wrong, decode_order
from tests.faults.work import Work, tell

QUICKEST_S, SLOWEST_S = 0.02, 0.1
"""Between two saves."""
LOOK_EVERY_S = 0.05


class LeapingClock(AnchoredClock):
    """A machine's clock that somebody, or a time server, sets anew while it works."""

    _ahead = timedelta()

    def now(self) -> datetime:
        """Where it was set to, and the time since."""
        return super().now() + self._ahead

    def leap(self, by: timedelta) -> None:
        """Forward or back."""
        self._ahead += by


class GivenKey:
    """The key that the run holds: the next life opens the same files."""

    def __init__(self, key: str) -> None:
        self._key = bytes.fromhex(key)

    def key_of(self, desk: str) -> bytes:
        """The same key for every desk."""
        return self._key

    def ring_of(self, desk: str) -> None:
        """Nothing of a run's keeps another."""


class Life:
    """From sign-in until an order to leave, or a kill."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._chance = random.Random(asked.chance)
        self._orders: queue.Queue[Order] = queue.Queue()
        self._link = LinkState()
        self._clock = LeapingClock(asked.now)
        self._console = Console(
            asked.address,
            Path(asked.folder),
            keys=GivenKey(asked.key),
            clock=self._clock,
            mint=TimeOrderedMint(),
            chance=self._chance,
            on_changes=_not_shown,
            on_link=self._hear,
        )

    def run(self) -> None:
        """Work, rest when asked, leave when asked."""
        threading.Thread(target=self._read_orders, daemon=True).start()
        if not self._sit_down():
            return
        while not self._opens():
            threading.Event().wait(LOOK_EVERY_S)
        tell(At(state="working"))
        work = Work(self._console, self._chance, self._clock, TimeOrderedMint())
        while (order := self._next(self._chance.uniform(QUICKEST_S, SLOWEST_S))) is None:
            work.act()
        while order[0] != "leave":
            self._obey(*order)
            order = self._orders.get()
        self._console.stop()

    def _opens(self) -> bool:
        """A disk that is full is made room on, and the person tries again."""
        try:
            self._console.start()
        except DeskFull:
            return False
        return True

    def _sit_down(self) -> bool:
        """The password, until the server is there to hear it; whether there is still somebody to work for."""
        while True:
            try:
                self._console.sign_in(self.asked.login, self.asked.password)
            except Unreachable:
                order = self._next(LOOK_EVERY_S)
                if order is not None and order[0] == "leave":
                    return False
                if order is not None:
                    self._orders.put(order)
            except SignInRefused as no:
                tell(Wrong(what="sign-in", detail=no.sentence))
                return False
            else:
                return True

    def _obey(self, what: str, position: int) -> None:
        # A console that is slow is waited for by whoever asked, who gives it up.
        wait = threading.Event().wait
        while not (self._is_resting() if what == "rest" else self._has_reached(position)):
            wait(LOOK_EVERY_S)
        tell(At(state="resting" if what == "rest" else "reached"))

    def _is_resting(self) -> bool:
        return self._link.is_online and self._link.waiting == 0

    def _has_reached(self, position: int) -> bool:
        try:
            cursor = self._console.ask(_cursor).result()
        except DAMAGE:
            return False
        return cursor >= position

    def _hear(self, link: LinkState) -> None:
        self._link = link

    def _next(self, within: float) -> Order | None:
        try:
            return self._orders.get(timeout=within)
        except queue.Empty:
            return None

    def _read_orders(self) -> None:
        for line in sys.stdin:
            what, value = decode_order(line)
            if what == "leap":
                self._clock.leap(timedelta(seconds=value))
            else:
                self._orders.put((what, value))
        # Whoever ran this console is gone.
        self._orders.put(("leave", 0))


def _cursor(connection: sa.Connection, _establishment: str) -> int:
    found = connection.execute(sa.select(mark.c.value).where(mark.c.name == "cursor")).scalar_one_or_none()
    return int((found or "").rpartition(".")[2] or 0)


def _not_shown(_changes: Changes) -> None:
    """There is no window."""


def main(life: type[Life] = Life) -> None:
    """One life, as its only argument asks."""
    set_up_logs("WARNING")
    life(msgspec.json.decode(sys.argv[1], type=Asked)).run()


if __name__ == "__main__":
    main()
