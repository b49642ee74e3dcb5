"""`filrouge-server retention`: lets go of what is past its time now, or only counts it."""

import argparse
from collections import Counter
from functools import partial
from typing import Any

import msgspec

from app.clock import MachineClock
from app.domain.retention import RULES, Kept
from app.settings import Settings
from sync.server.bootstrap import house
from sync.server.bootstrap.rights.commands import EXPORTS
from sync.server.bootstrap.telling import add_command, print_data
from sync.server.bootstrap.typed_commands import leave_trace
from sync.server.jobs.retention import AUTHOR, Retention


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many of one kind were past their time; never which."""

    what: Kept
    count: int


def add_retention(commands: Any) -> None:
    """`retention`."""
    parser = add_command(commands, "retention", _retention, "Let go of what is past its time (rules R22).")
    parser.add_argument("--dry-run", action="store_true", help="count only, and touch nothing")


def _retention(options: argparse.Namespace, settings: Settings) -> None:
    from app.dispatch import run_commands

    engine, clock = house.open_store(settings), MachineClock()
    establishment = house.only_establishment(engine)
    ask = partial(run_commands, engine, establishment, desk=AUTHOR, clock=clock)
    work = Retention(engine, establishment, ask, clock=clock, exports=settings.data_dir / EXPORTS)
    if not options.dry_run:
        leave_trace(settings, "retention", "")
    counted = Counter(work.count()) if options.dry_run else Counter[Kept]()
    for kept, count in () if options.dry_run else work.sweep():
        counted[kept] += count
    told = [Counted(what=rule.kept, count=counted[rule.kept]) for rule in RULES if rule.is_swept]
    lines = [f"{one.what.value}: {one.count}" for one in told]
    print_data(options, {"dry_run": options.dry_run, "past": told}, "\n".join(lines))
