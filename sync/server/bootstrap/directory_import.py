"""Runs what a directory file gives as commands, so that every desk hears of it by the feed."""

from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.dispatch import run_command
from app.domain.commands import CommandEnvelope, PublishServiceSheet
from app.queries.house import services
from app.store.opening import read_place
from sync.server.bootstrap.directory_files import ReadFile, UnreadableFile, WrongLine, read_directory_file
from sync.server.bootstrap.typist import typed_at

AUTHOR = "import"


class NothingImported(Exception):  # noqa: N818 - it is a sentence for standard error
    """The file gives nothing; the message says why."""


def import_file(engine: sa.Engine, establishment: str, path: Path) -> ReadFile:
    """Import a file; a line left out is told and costs no other. Raises `NothingImported`."""
    clock, mint = MachineClock(), TimeOrderedMint()
    with engine.connect() as connection:
        known = {name: service for service, name in services(connection, establishment)}
        zone = read_place(connection, establishment).clock
    try:
        read = read_directory_file(path, services=known, zone=zone)
    except UnreadableFile as fault:
        raise NothingImported(str(fault)) from fault
    if not read.commands:
        first = next((f" Line {one.line}: {one.field} {one.reason}." for one in read.wrong), "")
        raise NothingImported(f"{path.name} holds no line that can be read.{first}")
    refused: list[WrongLine] = []
    for number, body in enumerate(read.commands, start=2):
        envelope = CommandEnvelope(id=mint.new_id(), made_at=clock.now(), author=AUTHOR, body=body)
        settled = run_command(engine, establishment, envelope, desk=typed_at(), clock=clock)
        if settled.refusal and isinstance(body, PublishServiceSheet):
            refused.append(WrongLine(number, "service", "is not in the directory"))
    return msgspec.structs.replace(read, count=read.count - len(refused), wrong=(*read.wrong, *refused))
