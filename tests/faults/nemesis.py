"""What is done to a hospital at random instants, drawn from the seed, each counted by its kind."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeAlias

from tests.faults.scene import Scene
from tests.support.postgres import Cluster

Undo: TypeAlias = Callable[[], object]
"""Puts things back."""
SHORTEST_S, LONGEST_S = 0.1, 1.2
LEAPS = (-30, -5, -2, 2, 7, 26)
"""Hours by which a clock is set anew."""
STARTS_IN_S = 1.5
"""A start may be struck anywhere in so long."""


def _nothing() -> None:
    """What is killed is started again at once, or when all is healed."""


def possible(kinds: Iterable[str], cluster: Cluster | None) -> list[str]:
    """Those of these kinds that can be made over this database; None stands for SQLite."""
    # Over PostgreSQL a server writes no file of its own.
    senseless = {"server's disk full"} if cluster else {"database crashed", "database's disk full"}
    if cluster and not cluster.can_fill:
        senseless.add("database's disk full")
    return [kind for kind in kinds if kind not in senseless]


class Nemesis:
    """Strikes as often as asked, sometimes before the last blow is healed."""

    def __init__(self, scene: Scene, chance: random.Random) -> None:
        self.injected: Counter[str] = Counter()
        self._scene = scene
        self._chance = chance
        self._open: list[Undo] = []
        self._time = threading.Event()

    def strike(self, times: int, kinds: Iterable[str]) -> None:
        """So many faults of these kinds, of those that can be made here."""
        chosen = possible(kinds, self._scene.cluster)
        for _ in range(times):
            self.inject(self._chance.choice(chosen))

    def inject(self, kind: str) -> None:
        """One fault for a while; sometimes it lasts into the next."""
        self._open.append(FAULTS[kind](self))
        self.injected[kind] += 1
        self._wait(SHORTEST_S, LONGEST_S)
        if self._chance.random() < 0.7:
            self._undo()
        self._wait(0, SHORTEST_S)

    def wait_for_saves(self) -> None:
        """So long that every console saves something."""
        self._wait(LONGEST_S, LONGEST_S)

    def heal(self) -> None:
        """Nothing is wrong any more, and everything runs."""
        self._undo()
        if self._scene.cluster is not None:
            self._scene.cluster.free_disk()
            self._scene.cluster.start()
        for wire in self._scene.wires:
            wire.restore()
        self._scene.telephone.behave()
        for process in self._scene.processes():
            process.go_on()
            process.free_disk()
        for server in self._scene.servers:
            server.until_listening()
        for console in self._scene.consoles:
            console.begin()

    def _undo(self) -> None:
        while self._open:
            self._open.pop()()

    def _wait(self, least: float, most: float) -> None:
        self._time.wait(self._chance.uniform(least, most))

    def kill_server(self) -> Undo:
        server = self._chance.choice(self._scene.servers)
        server.kill()
        return server.begin

    def kill_server_at_start(self) -> Undo:
        server = self._chance.choice(self._scene.servers)
        server.kill()
        server.begin()
        self._wait(0, STARTS_IN_S)
        server.kill()
        return server.begin

    def pause_server(self) -> Undo:
        server = self._chance.choice(self._scene.servers)
        server.pause()
        return server.go_on

    def fill_server(self) -> Undo:
        server = self._chance.choice(self._scene.servers)
        server.fill_disk()
        return server.free_disk

    def kill_console(self) -> Undo:
        console = self._chance.choice(self._scene.consoles)
        console.kill()
        return console.begin

    def kill_console_at_start(self) -> Undo:
        console = self._chance.choice(self._scene.consoles)
        console.kill()
        console.begin()
        self._wait(0, STARTS_IN_S)
        console.kill()
        return console.begin

    def pause_console(self) -> Undo:
        console = self._chance.choice(self._scene.consoles)
        console.pause()
        return console.go_on

    def fill_console(self) -> Undo:
        console = self._chance.choice(self._scene.consoles)
        console.fill_disk()
        self._scene.is_damaged = True
        return console.free_disk

    def damage_replica(self) -> Undo:
        console = self._chance.choice(self._scene.consoles)
        console.kill()
        self._scene.damage_replica(console)
        console.begin()
        return _nothing

    def cut(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        wire.cut()
        return wire.restore

    def hold(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        wire.hold()
        return wire.restore

    def slow(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        wire.slow(self._chance.uniform(0.02, 0.3))
        return wire.restore

    def truncate(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        wire.truncate()
        return wire.restore

    def lose_answers(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        wire.lose_answers()
        return wire.restore

    def flap(self) -> Undo:
        wire = self._chance.choice(self._scene.wires)
        for _ in range(self._chance.randint(3, 8)):
            wire.cut()
            self._wait(0, 0.05)
            wire.restore()
            self._wait(0, 0.3)
        return _nothing

    def flap_exchange(self) -> Undo:
        """Its connections end in the middle of messages, again and again."""
        for _ in range(self._chance.randint(3, 8)):
            self._scene.telephone.cut()
            self.injected["flaps of the exchange"] += 1
            self._wait(0, LONGEST_S)
        return _nothing

    def close_exchange(self) -> Undo:
        """Nobody is let in, and sometimes everybody hangs up meanwhile."""
        self._scene.telephone.go_away()
        if self._chance.random() < 0.5:
            self._scene.telephone.end_unheard()
        return self._scene.telephone.behave

    def silence_exchange(self) -> Undo:
        """Then it says all the rest, or never."""
        self._scene.telephone.fall_silent()
        says_the_rest = self._chance.random() < 0.5
        return lambda: self._scene.telephone.behave(says_the_rest=says_the_rest)

    def babble(self) -> Undo:
        """What makes no sense, and what was said already."""
        for _ in range(self._chance.randint(3, 8)):
            self._chance.choice((self._scene.telephone.babble, self._scene.telephone.repeat))()
            self._wait(0, SHORTEST_S)
        return _nothing

    def restart_exchange(self) -> Undo:
        """Its calls are over, and it counts from the beginning."""
        self._scene.telephone.restart()
        return _nothing

    def leap_console(self) -> Undo:
        """It is corrected, or not before the console starts again."""
        console, hours = self._chance.choice(self._scene.consoles), self._chance.choice(LEAPS)
        console.order(("leap", hours * 3600))
        return lambda: console.order(("leap", -hours * 3600))

    def leap_server(self) -> Undo:
        server, leap = self._chance.choice(self._scene.servers), timedelta(hours=self._chance.choice(LEAPS))
        server.leap(leap)
        return lambda: server.leap(-leap)

    def fill_database(self) -> Undo:
        cluster = self._scene.cluster
        if cluster is None or not cluster.fill_disk():
            return _nothing
        return cluster.free_disk

    def crash_database(self) -> Undo:
        cluster = self._scene.cluster
        if cluster is None or not cluster.is_running:
            return _nothing
        cluster.crash()
        return cluster.start


FAULTS: dict[str, Callable[[Nemesis], Undo]] = {
    "server killed": Nemesis.kill_server,
    "server killed while starting": Nemesis.kill_server_at_start,
    "server paused": Nemesis.pause_server,
    "server's disk full": Nemesis.fill_server,
    "console killed": Nemesis.kill_console,
    "console killed while starting": Nemesis.kill_console_at_start,
    "console paused": Nemesis.pause_console,
    "console's disk full": Nemesis.fill_console,
    "replica damaged": Nemesis.damage_replica,
    "wire cut": Nemesis.cut,
    "wire half-open": Nemesis.hold,
    "wire slow": Nemesis.slow,
    "answers truncated": Nemesis.truncate,
    "answers lost": Nemesis.lose_answers,
    "wire flapping": Nemesis.flap,
    "database crashed": Nemesis.crash_database,
    "database's disk full": Nemesis.fill_database,
    "exchange's link flaps": Nemesis.flap_exchange,
    "exchange away": Nemesis.close_exchange,
    "exchange silent": Nemesis.silence_exchange,
    "exchange babbles": Nemesis.babble,
    "exchange restarted": Nemesis.restart_exchange,
    "console's clock leaps": Nemesis.leap_console,
    "server's clock leaps": Nemesis.leap_server,
}
