"""Lists what a server does when it is due."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from app.ports import Mint
from app.store.erasure_register import ErasureRegister
from app.store.leases import Lessor
from sync.server.auth.withdrawals import WithdrawalRegister
from sync.server.jobs import escalations, glasses, retention, unanswered_acts, voicemails, withdrawals
from sync.server.jobs.due_commands import DueCommands
from sync.server.jobs.due_work import DueWork, Work
from sync.server.jobs.erasures import Erasures
from sync.server.jobs.retention import Retention
from sync.server.jobs.scopes import Scopes
from sync.server.routes import Premises

_LASTS = timedelta(minutes=1)
"""Longer than any batch; another process goes on this long after one that died."""


def make_due_work(
    premises: Premises, mint: Mint, register: ErasureRegister, withdrawn: WithdrawalRegister, *, exports: Path
) -> DueWork:
    """Every work, done by whichever server process holds the lease."""
    engine, establishment, clock = premises.engine, premises.establishment, premises.clock
    lessor = Lessor(
        engine=engine, establishment=establishment, holder=mint.new_id(), clock=clock, lasts=_LASTS
    )
    asked = partial(DueCommands, engine, establishment, premises.intake, clock=clock)
    works: dict[str, Work] = {
        "escalations": asked(author=escalations.AUTHOR, find=escalations.find_escalations),
        "glasses": asked(author=glasses.AUTHOR, find=glasses.find_glasses),
        "unanswered_acts": asked(author=unanswered_acts.AUTHOR, find=unanswered_acts.find_unanswered),
        "voicemails": asked(author=voicemails.AUTHOR, find=voicemails.find_deletions),
        "unread_voicemails": voicemails.sweeping(engine, establishment, clock=clock),
        "scopes": Scopes(engine, establishment, premises.intake, clock=clock),
        "erasures": Erasures(
            engine, establishment, premises.intake, register=register, clock=clock, mint=mint
        ),
        "withdrawals": withdrawals.keeping(engine, establishment, withdrawn),
        "retention": Retention(
            engine,
            establishment,
            partial(premises.intake.run_all, desk=retention.AUTHOR),
            clock=clock,
            exports=exports,
        ),
    }
    return DueWork(works, lessor=lessor, counts=premises.counts)
