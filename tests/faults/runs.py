"""One run: a hospital at work, faults drawn from its seed, quiet, and the checker's verdict."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import msgspec

from tests.faults import checker
from tests.faults.blind_spots import blind_spots
from tests.faults.checker import Evidence, Verdict
from tests.faults.nemesis import FAULTS, Nemesis
from tests.faults.posting import Exchange
from tests.faults.scene import Ends, Scene
from tests.support.postgres import Cluster

CALLS = 12
POST_EVERY_S = 0.12
FAULTS_A_RUN = 12
PRODUCT = Ends()


class Run(msgspec.Struct, kw_only=True):
    """What came of one."""

    seed: int
    database: str
    verdict: Verdict
    blind: list[str] = []
    """Negative controls that found nothing out."""
    injected: Counter[str]
    acknowledged: int
    done: int
    calls: int
    posts: int
    rung: int
    """Calls at the exchange whose link is as bad as its wire."""
    heard: int
    """Those of them that the line surely handed over."""
    slowest_call_s: float
    """Until the server had, of the exchange that was back, every call and every end."""
    errors: Counter[str]
    """What was logged as an error, which a fault may bring about, and how often."""
    quiet_s: float
    """From the last fault's end until nothing waited and every console had read all."""

    @property
    def is_right(self) -> bool:
        """Whether every promise was kept, and the checker could have told otherwise."""
        return not self.verdict.sentences() and not self.blind


Strike = Callable[[Nemesis, Scene], None]


def run(
    seed: int,
    cluster: Cluster | None,
    *,
    kinds: Iterable[str] = FAULTS,
    strike: Strike | None = None,
    ends: Ends = PRODUCT,
) -> Run:
    """Play a seed on PostgreSQL with two servers, or on SQLite with one, with faults of these kinds.

    With `strike`, the faults are those that it injects, and the checker itself is not checked.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="filrouge-faults-") as place:
        folder = Path(place)
        url = f"sqlite:///{folder / 'server.db'}" if cluster is None else cluster.new_database()
        scene = Scene(
            folder, chance, database_url=url, servers=1 if cluster is None else 2, cluster=cluster, ends=ends
        )
        try:
            played, evidence = _play(seed, scene, strike or partial(_strike_at_random, kinds))
            if strike is None:
                played.blind = blind_spots(scene, evidence)
            return played
        finally:
            scene.close()


def _strike_at_random(kinds: Iterable[str], nemesis: Nemesis, _scene: Scene) -> None:
    nemesis.strike(FAULTS_A_RUN, kinds)


def _play(seed: int, scene: Scene, strike: Strike) -> tuple[Run, Evidence]:
    nemesis = Nemesis(scene, random.Random(f"nemesis {seed}"))
    addresses = [server.url for server in scene.servers]
    exchange = Exchange(addresses, random.Random(f"exchange {seed}"), calls=CALLS, every_s=POST_EVERY_S)
    scene.begin()
    exchange.begin()
    try:
        strike(nemesis, scene)
    finally:
        nemesis.heal()
        calls = scene.end_calls()
        posted = exchange.finish()
    healed_at = time.monotonic()
    nemesis.injected["garbage posted"] += exchange.garbage
    scene.rest()
    quiet_s = time.monotonic() - healed_at
    scene.leave()
    evidence = msgspec.structs.replace(scene.evidence(posted, calls), garbage_taken=exchange.garbage_taken)
    played = Run(
        seed=seed,
        database=scene.engine.dialect.name,
        verdict=_with_calls(checker.check(evidence), posted),
        injected=nemesis.injected,
        acknowledged=checker.acknowledged(evidence),
        done=checker.done(evidence),
        calls=len(posted),
        posts=exchange.posts,
        rung=len(calls.over),
        heard=len(calls.heard),
        slowest_call_s=calls.slowest_s,
        errors=Counter(map(_without_time, (one for each in scene.processes() for one in each.errors))),
        quiet_s=quiet_s,
    )
    return played, evidence


def _without_time(logged: str) -> str:
    name, _, line = logged.partition(": ")
    told = msgspec.json.decode(line)
    return " ".join((name, *(str(told[key]) for key in sorted(told) if key not in ("timestamp", "level"))))


def _with_calls(verdict: Verdict, posted: frozenset[str]) -> Verdict:
    missing = CALLS - len(posted)
    if missing:
        verdict.fell.append(f"{missing} calls could never be told")
    return verdict
