"""What an administrator lets run after all, of what was kept because nobody could answer for it."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.dispatch import Settled, run_commands
from app.domain.commands import CommandEnvelope
from app.domain.moments import acted_at, age_of
from app.ports import Clock
from app.store import held
from app.store.held import Held
from app.store.journal import Entry, EntryScope
from sync.server.auth.authors import Authors
from sync.server.auth.judging import judge_again

DISCARDED = "discarded"
"""The refusal of what an administrator gave up."""


class NotHeld(Exception):  # noqa: N818 - the sentence an administrator reads
    """It is not in the list, or can't be run for an author who has no account."""


def run_held(engine: sa.Engine, establishment: str, command_id: str, clock: Clock) -> Settled:
    """Run one in its author's name and leave its one entry, also when a rule refuses it now."""
    with engine.connect() as connection:
        kept = held.find(connection, establishment, command_id)
        if kept is None:
            raise NotHeld(f"There is no command {command_id} in the list.")
        authors = Authors(connection, establishment, received_at=kept.received_at)
        asked = judge_again(kept.message, authors.role_when_made, by=kept.desk, now=clock.now())
    if isinstance(asked, Held):
        raise NotHeld(f"{kept.author} has no account: nobody can answer for {command_id}.")
    if isinstance(asked, CommandEnvelope):
        asked = _as_old_as_it_is(asked, kept.received_at, clock.now())
    return _settle(engine, establishment, kept, asked, clock)


def discard_held(engine: sa.Engine, establishment: str, command_id: str, clock: Clock) -> Settled:
    """Give one up: its content goes, its one entry says so, and its desk hears of a refusal."""
    with engine.connect() as connection:
        kept = held.find(connection, establishment, command_id)
    if kept is None:
        raise NotHeld(f"There is no command {command_id} in the list.")
    entry = Entry(
        command_id=command_id,
        command_kind=kept.command_kind,
        author=kept.author,
        desk=kept.desk,
        at=clock.now(),
        scope=EntryScope(),
        refusal=DISCARDED,
    )
    return _settle(engine, establishment, kept, entry, clock)


def _settle(
    engine: sa.Engine, establishment: str, kept: Held, asked: CommandEnvelope | Entry, clock: Clock
) -> Settled:
    """It is in the journal and out of the list, or neither."""
    (settled,) = run_commands(
        engine,
        establishment,
        [asked],
        desk=kept.desk,
        clock=clock,
        address=kept.address,
        and_then=lambda connection: held.let_go(connection, establishment, kept.command_id),
    )
    return settled


def _as_old_as_it_is(command: CommandEnvelope, received_at: datetime, now: datetime) -> CommandEnvelope:
    """What was done is dated by when it came, not by when somebody looked at it."""
    age = age_of(command.made_at, sent_at=command.sent_at, received_at=received_at)
    since = now - acted_at(age, received_at=received_at)
    return msgspec.structs.replace(command, sent_at=command.made_at + since)
