"""Runs what an administrator types on the server as a command, so that every desk hears of it."""

from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.domain.commands import (
    AnyCommand,
    CommandEnvelope,
    PublishNotice,
    SetNaming,
    SetOpeningHours,
    SetPlace,
)
from app.domain.holidays import Region
from app.domain.naming import STEPS
from app.domain.words import NoticeTopic
from app.settings import Settings
from app.store.engine import writing
from sync.server.bootstrap import house
from sync.server.bootstrap.typist import AT_THE_SERVER, typed_at

if TYPE_CHECKING:
    from app.dispatch import Settled

ADMINISTRATOR = AT_THE_SERVER
"""Author of what is typed on the server itself."""


def hours_asked(options: Namespace) -> AnyCommand:
    """What `hours SERVICE HOURS` asks."""
    return SetOpeningHours(service=options.service, queue=options.queue, hours=options.hours)


def place_asked(options: Namespace) -> AnyCommand:
    """What `place --zone ZONE --holidays REGION` asks."""
    return SetPlace(zone=options.zone, region=Region(options.holidays))


def naming_asked(options: Namespace) -> AnyCommand:
    """What `naming --consulted-on DATE …` asks. Raises `msgspec.ValidationError`."""
    dates = {name: getattr(options, name) or None for name in STEPS}
    return msgspec.convert({"kind": SetNaming.__name__} | dates, SetNaming)


def notice_asked(options: Namespace) -> AnyCommand:
    """What `notice SERVICE TITLE --until MOMENT` asks. Raises `msgspec.ValidationError`."""
    told = {
        "kind": PublishNotice.__name__,
        "notice": TimeOrderedMint().new_id(),
        "service": options.service,
        "topic": NoticeTopic(options.topic),
        "title": options.title,
        "text": options.text,
        "ends_at": options.until,
    }
    return msgspec.convert(told, PublishNotice)


def run_typed(settings: Settings, body: AnyCommand, *, author: str) -> "Settled":
    """What became of it in the only establishment of the settings' database, and who typed it where."""
    from app.dispatch import run_command

    engine, clock = house.open_store(settings), MachineClock()
    command = CommandEnvelope(id=TimeOrderedMint().new_id(), made_at=clock.now(), author=author, body=body)
    return run_command(engine, house.only_establishment(engine), command, desk=typed_at(), clock=clock)


@contextmanager
def traced(engine: sa.Engine, establishment: str, act: str, about: str) -> Generator[sa.Connection]:
    """A transaction that does what is typed and is no command, and keeps in the journal who typed it where.

    Both are kept, or neither. The entry has no fact: `command_kind` is the act, `field` its object,
    and no desk is told.
    """
    from app.store import journal

    with writing(engine) as connection:
        journal.lock(connection, establishment)
        yield connection
        entry = journal.Entry(
            command_id=TimeOrderedMint().new_id(),
            command_kind=act,
            author=ADMINISTRATOR,
            desk=typed_at(),
            at=MachineClock().now(),
            scope=journal.EntryScope(),
            field=about,
        )
        head = journal.head(connection, establishment)
        journal.append(connection, [journal.seal(establishment, entry, after=head)])


def leave_trace(settings: Settings, act: str, about: str) -> None:
    """The same, of what is done by several transactions, or by none of this database."""
    engine = house.open_store(settings)
    with traced(engine, house.only_establishment(engine), act, about):
        """What was done is elsewhere."""
    engine.dispose()
