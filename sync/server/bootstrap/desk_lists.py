"""What an administrator reads and settles of the desks: enrolled, kept back, opened by break-glass."""

import argparse

from app.settings import Settings
from sync.server.bootstrap import house
from sync.server.bootstrap.backups.typed import remember
from sync.server.bootstrap.telling import Failed, print_data, print_rows
from sync.server.bootstrap.typed_commands import leave_trace, traced


def list_desks(options: argparse.Namespace, settings: Settings) -> None:
    """The desks that were enrolled."""
    from sync.server.auth.desks import list_desks

    engine = house.open_store(settings)
    with engine.connect() as connection:
        rows = list_desks(connection, house.only_establishment(engine))
    shown = ("id", "enrolled_by", "enrolled_at", "revoked_at")
    print_rows(options, rows, shown)


def revoke_desk(options: argparse.Namespace, settings: Settings) -> None:
    """Take a desk's credential back."""
    from app.clock import MachineClock
    from sync.server.auth.desks import revoke_desk

    engine = house.open_store(settings)
    establishment, now = house.only_establishment(engine), MachineClock().now()
    with traced(engine, establishment, "desk revoke", options.id) as connection:
        if not revoke_desk(connection, establishment, options.id, now=now):
            raise Failed(f"There is no desk {options.id} to revoke.")
    remember(settings)
    print_data(options, {"revoked": options.id}, f"{options.id} hands nothing over any more.")


def readmit_desk(options: argparse.Namespace, settings: Settings) -> None:
    """Let a revoked desk hand over again."""
    from sync.server.auth.desks import readmit_desk

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with traced(engine, establishment, "desk readmit", options.id) as connection:
        if not readmit_desk(connection, establishment, options.id):
            raise Failed(f"There is no revoked desk {options.id}.")
    remember(settings)
    print_data(options, {"readmitted": options.id}, f"{options.id} hands over again.")


def list_held(options: argparse.Namespace, settings: Settings) -> None:
    """What nobody may answer for, without its content."""
    from app.store import held

    engine = house.open_store(settings)
    with engine.connect() as connection:
        kept = held.read_all(connection, house.only_establishment(engine))
    shown = ("command_id", "reason", "author", "desk", "command_kind", "received_at")
    print_rows(options, kept, shown)


def list_accesses(options: argparse.Namespace, settings: Settings) -> None:
    """Who opened which record by break-glass, and why."""
    from app.queries.accesses import accesses_since
    from app.store.columns import EPOCH

    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with traced(engine, establishment, "access list", "") as connection:
        rows = accesses_since(connection, establishment, since=EPOCH)
    print_rows(options, rows, ("broken_at", "until", "by", "person", "is_protected", "reason"))


def settle_held(options: argparse.Namespace, settings: Settings) -> None:
    """Run or give up what was kept, as `options.settle` says."""
    from app.clock import MachineClock
    from sync.server.bootstrap.held_commands import NotHeld, discard_held, run_held

    engine = house.open_store(settings)
    try:
        settle = {"run": run_held, "discard": discard_held}[options.settle]
        settled = settle(engine, house.only_establishment(engine), options.id, MachineClock())
    except NotHeld as fault:
        raise Failed(str(fault)) from fault
    leave_trace(settings, f"held {options.settle}", options.id)
    done = f"refused: {settled.refusal} {settled.field}".rstrip() if settled.refusal else "done"
    data = {"id": options.id, "position": settled.position, "refusal": settled.refusal}
    print_data(options, data, f"{options.id} {done}.")
