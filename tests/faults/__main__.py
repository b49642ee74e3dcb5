"""Plays faults drawn from seeds until its budget is spent, and says what was lost, doubled or divergent."""

import argparse
import random
import shlex
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec

from tests.faults import power
from tests.faults.controls import CONTROLS, finds_out
from tests.faults.nemesis import FAULTS, possible
from tests.faults.power_writer import WRITERS
from tests.faults.runs import Run, run
from tests.support.postgres import PROGRAMS, Cluster, cluster_on_small_disk
from tests.sync.hospital import Templates
from tests.sync.schedules import Schedule
from tests.sync.seats import Ways

STEPS = 40
SHARED_EACH = 7
LONGEST = 1000
"""Two lists of rows that differ are cut there."""


class Totals(msgspec.Struct, kw_only=True):
    """The last line: each of the first ten, and `blind`, is to be 0."""

    part: str = "faults"
    lost: int = 0
    doubled: int = 0
    divergent: int = 0
    sent_twice: int = 0
    waiting: int = 0
    altered: int = 0
    ghosts: int = 0
    unseen: int = 0
    misdated: int = 0
    fell: int = 0
    blind: int = 0
    schedules: int = 0
    runs: int = 0
    controls: int = 0
    acknowledged: int = 0
    done: int = 0
    calls: int = 0
    rung: int = 0
    heard: int = 0
    posts: int = 0
    slowest_call_s: float = 0.0
    slowest_quiet_s: float = 0.0
    faults: dict[str, int] = {}
    seconds: float = 0.0
    not_run: list[str] = []

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong, and every control was found out."""
        return not any(getattr(self, kind) for kind in (*KINDS, "blind"))


KINDS = (
    "lost",
    "doubled",
    "divergent",
    "sent_twice",
    "waiting",
    "altered",
    "ghosts",
    "unseen",
    "misdated",
    "fell",
)


def main() -> int:
    """0 when every promise was kept and every control was found out."""
    asked = _arguments()
    kinds = asked.fault or FAULTS
    began = time.monotonic()
    totals = Totals()
    _play_schedules(asked.seed, asked.schedules, totals)
    _cut_power(asked.seed, asked.cuts, totals)
    with ExitStack() as stack:
        databases = [one for one in _databases(asked.only, stack, totals) if possible(kinds, one)]
        if not databases:
            print("no such fault can be made over the databases that are here", file=sys.stderr)
            return 2
        for control in CONTROLS if asked.controls else ():
            _tell_control(control, totals, is_found=finds_out(control))
        seed = asked.seed
        while totals.runs < asked.runs or (asked.runs == 0 and time.monotonic() - began < asked.seconds):
            played = run(seed, databases[totals.runs % len(databases)], kinds=kinds)
            _count_run(played, totals, asked.fault)
            seed += 1
    totals.seconds = round(time.monotonic() - began, 1)
    print(msgspec.json.encode(totals).decode())
    return 0 if totals.is_right else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="test.sh faults", description=__doc__)
    parser.add_argument("--schedules", type=int, default=100, help="schedules in memory, 40 steps each")
    parser.add_argument("--cuts", type=int, default=200, help="power cuts under SQLite and SQLCipher")
    parser.add_argument("--runs", type=int, default=0, help="runs over processes, instead of a time")
    parser.add_argument("--seconds", type=float, default=180, help="for how long runs begin")
    parser.add_argument("--seed", type=int, default=1, help="of the first schedule and the first run")
    parser.add_argument(
        "--fault", action="append", default=[], choices=FAULTS, help="of this kind alone, or of these"
    )
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="the runs' database")
    parser.add_argument(
        "--no-controls", dest="controls", action="store_false", help="leave out what is broken on purpose"
    )
    return parser.parse_args()


def _databases(only: str | None, stack: ExitStack, totals: Totals) -> Iterator[Cluster | None]:
    """None stands for SQLite."""
    if only != "postgresql":
        yield None
    if only == "sqlite":
        return
    if not PROGRAMS.exists():
        totals.not_run.append("runs on PostgreSQL: its programs are not here")
        return
    cluster = stack.enter_context(cluster_on_small_disk())
    if not cluster.can_fill:
        totals.not_run.append("full disks under PostgreSQL: only root can mount one for it")
    yield cluster


def _play_schedules(first: int, count: int, totals: Totals) -> None:
    with tempfile.TemporaryDirectory(prefix="filrouge-faults-") as place:
        templates = Templates(Path(place))
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                ways = Ways(is_shared=seed % SHARED_EACH == 0)
                schedule = Schedule(seed, templates, Path(folder), ways)
                faults = schedule.play(STEPS)
                schedule.close()
            totals.schedules += 1
            totals.divergent += len(faults)
            _say_all(faults, f"--schedules 1 --cuts 0 --seed {seed} --runs 0 --seconds 0 --no-controls")


def _cut_power(seed: int, cuts: int, totals: Totals) -> None:
    """Half of them under a desk's file, half under a server's; then without the care, to be found out."""
    if not power.is_possible():
        totals.not_run.append("power cuts: strace is not here")
        return
    for what in WRITERS if cuts else ():
        faults = power.cut(what, (cuts + 1) // 2, random.Random(seed))
        totals.faults["power cut"] = totals.faults.get("power cut", 0) + (cuts + 1) // 2
        totals.lost += len(faults)
        again = f"--schedules 0 --cuts {cuts} --seed {seed} --runs 0 --seconds 0 --no-controls"
        _say_all(faults, again)
        is_found = bool(power.cut(what, 20, random.Random(seed), synchronous="NORMAL"))
        _tell_control(f"the {what} is written with synchronous=NORMAL", totals, is_found=is_found)


def _tell_control(control: str, totals: Totals, *, is_found: bool) -> None:
    totals.controls += 1
    totals.blind += not is_found
    print(f"control, {control}: {'found out' if is_found else 'NOT FOUND OUT'}", flush=True)


def _count_run(one: Run, totals: Totals, kinds: list[str]) -> None:
    totals.runs += 1
    totals.acknowledged += one.acknowledged
    totals.done += one.done
    totals.calls += one.calls
    totals.rung += one.rung
    totals.heard += one.heard
    totals.posts += one.posts
    totals.slowest_call_s = round(max(totals.slowest_call_s, one.slowest_call_s), 1)
    totals.slowest_quiet_s = round(max(totals.slowest_quiet_s, one.quiet_s), 1)
    totals.faults = dict(sorted((Counter(totals.faults) + one.injected).items()))
    for kind in KINDS:
        setattr(totals, kind, getattr(totals, kind) + len(getattr(one.verdict, kind)))
    totals.blind += len(one.blind)
    told = f"{one.acknowledged} acknowledged, {one.calls} calls posted, {one.heard} heard of {one.rung} rung"
    told += f" and over after {one.slowest_call_s:.1f} s, quiet after {one.quiet_s:.1f} s"
    print(f"seed {one.seed}, {one.database}: {told}; {dict(one.injected)}", flush=True)
    for error, times in one.errors.items():
        print(f"  logged {times} times: {error}", flush=True)
    blind = [f"blind: {what}" for what in one.blind]
    again = f"--schedules 0 --cuts 0 --runs 1 --seed {one.seed} --only {one.database} --no-controls"
    again = " ".join([again, *(f"--fault {shlex.quote(kind)}" for kind in kinds)])
    _say_all([*one.verdict.sentences(), *blind], again)


def _say_all(sentences: list[str], again: str) -> None:
    for sentence in sentences:
        print(f"  {sentence[:LONGEST]}", file=sys.stderr)
    if sentences:
        print(f"  play it again: bash installers/test.sh faults {again}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
