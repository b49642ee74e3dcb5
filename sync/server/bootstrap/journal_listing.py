"""`filrouge-server journal show`: who did what, when, at which desk and from where; never what was said."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from app.clock import MachineClock
from app.domain.access import is_reason
from app.queries.journal_entries import Asked, JournalEntry, entries, entries_about
from app.queries.person_export import subjects_of
from app.settings import Settings
from app.store.access_log import JOURNAL_READ, Reading, append_readings
from sync.server.bootstrap import house
from sync.server.bootstrap.telling import Failed, add_command, print_data
from sync.server.bootstrap.typed_commands import ADMINISTRATOR, traced

_MOST = 200


def add_show(actions: Any) -> None:
    """`journal show`."""
    parser = add_command(actions, "show", _show, "List entries, the last first: who, when, from where.")
    parser.add_argument("--person", default="", metavar="ID", help="of what tells something of a person")
    parser.add_argument(
        "--reason", default="", help="why a person's entries are read, kept in the access log"
    )
    parser.add_argument("--since", type=datetime.fromisoformat, help="such as 2026-11-24T08:00, here")
    parser.add_argument("--until", type=datetime.fromisoformat, help="the first moment left out")
    parser.add_argument("--author", default="", help="a login")
    parser.add_argument("--kind", default="", help="a command, such as ErasePerson, or an act typed here")
    parser.add_argument("--address", default="", help="a network address")
    parser.add_argument("--refused", action="store_true", help="only what was refused")
    parser.add_argument("--most", type=int, default=_MOST, help=f"how many at most (default: {_MOST})")


def _show(options: argparse.Namespace, settings: Settings) -> None:
    if options.person and not is_reason(options.reason):
        raise Failed("`--reason` must say why a person's entries are read, in ten letters or more.")
    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with traced(engine, establishment, "journal show", options.person) as connection:
        found = list(islice(_found(connection, establishment, options), max(options.most, 0)))
        if options.person:
            append_readings(connection, establishment, [_reading(options, shown=len(found))])
    print_data(options, found, "\n".join(map(_line, found)))


def _found(
    connection: sa.Connection, establishment: str, options: argparse.Namespace
) -> Iterator[JournalEntry]:
    asked = Asked(
        since=house.moment_there(connection, establishment, options.since),
        until=house.moment_there(connection, establishment, options.until),
        author=options.author,
        kind=options.kind,
        address=options.address,
        only_refused=options.refused,
    )
    if not options.person:
        return entries(connection, establishment, asked)
    subjects = subjects_of(connection, establishment, options.person)
    if not subjects:
        raise Failed(f"There is no person {options.person}.")
    return entries_about(connection, establishment, subjects, asked)


def _reading(options: argparse.Namespace, *, shown: int) -> Reading:
    return Reading(
        at=MachineClock().now(),
        author=ADMINISTRATOR,
        reason=options.reason.strip(),
        shown=shown,
        act=JOURNAL_READ,
        person=options.person,
    )


def _line(entry: JournalEntry) -> str:
    moment = entry.at.astimezone().isoformat(timespec="seconds")
    who = (str(entry.position), moment, entry.author, entry.desk, entry.address)
    what = (entry.command_kind, f"refused: {entry.refusal}" if entry.refusal else "", entry.field)
    return "\t".join((*who, *what))
