"""Lists what a server does when it is due."""

from datetime import timedelta

from app.ports import Mint
from app.store.leases import Lessor
from sync.server.jobs.due_work import DueWork, Work
from sync.server.jobs.escalations import Escalations
from sync.server.jobs.glasses import Glasses
from sync.server.jobs.scopes import Scopes
from sync.server.routes import Premises

_LASTS = timedelta(minutes=1)
"""Longer than any batch; another process goes on this long after one that died."""


def make_due_work(premises: Premises, mint: Mint) -> DueWork:
    """Every work, done by whichever server process holds the lease."""
    engine, establishment, clock = premises.engine, premises.establishment, premises.clock
    lessor = Lessor(
        engine=engine, establishment=establishment, holder=mint.new_id(), clock=clock, lasts=_LASTS
    )
    works: dict[str, Work] = {
        "escalations": Escalations(engine, establishment, premises.intake, clock=clock),
        "glasses": Glasses(engine, establishment, premises.intake, clock=clock),
        "scopes": Scopes(engine, establishment, premises.intake, clock=clock),
    }
    return DueWork(works, lessor=lessor, counts=premises.counts)
