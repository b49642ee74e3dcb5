"""Runs what an administrator types on the server as a command, so that every desk hears of it."""

from argparse import Namespace
from typing import TYPE_CHECKING

import msgspec

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


def leave_trace(settings: Settings, act: str, about: str) -> None:
    """Keep in the journal who typed what is no command, such as `token revoke`, and of whom or what.

    The entry has no fact: `command_kind` is the act, `field` its object, and no desk is told.
    """
    from app.dispatch import run_commands
    from app.store.journal import Entry, EntryScope

    engine, clock, desk = house.open_store(settings), MachineClock(), typed_at()
    entry = Entry(
        command_id=TimeOrderedMint().new_id(),
        command_kind=act,
        author=ADMINISTRATOR,
        desk=desk,
        at=clock.now(),
        scope=EntryScope(),
        field=about,
    )
    run_commands(engine, house.only_establishment(engine), [entry], desk=desk, clock=clock)
