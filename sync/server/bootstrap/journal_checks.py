"""`filrouge-server journal verify`: follows both chains, and holds them to what was kept elsewhere."""

import argparse
import re
from typing import Any

import msgspec
import sqlalchemy as sa

from app.settings import Settings
from app.store import access_log, journal
from app.store.journal import Head
from sync.server.bootstrap import house
from sync.server.bootstrap.journal_listing import add_show
from sync.server.bootstrap.telling import Failed, add_command, print_data

_HASH = "[0-9a-f]{64}"
_ANCHOR = re.compile(rf"(\d+)\.({_HASH}|)(?:/(\d+)\.({_HASH}|))?", re.ASCII)


class Anchor(msgspec.Struct, frozen=True):
    """Where both chains stood: kept where who alters them does not reach, it shows what they can't."""

    entries: Head
    reads: Head = Head(0, "")

    def __str__(self) -> str:
        return "/".join(f"{head.position}.{head.hash}" for head in (self.entries, self.reads))


def add_journal(commands: Any) -> None:
    """`journal verify` and `journal show`."""
    actions = commands.add_parser("journal", help="the journal").add_subparsers(
        required=True, metavar="ACTION"
    )
    add_show(actions)
    parser = add_command(actions, "verify", _verify, "Follow the chain and name its first altered entry.")
    parser.add_argument(
        "--anchor",
        type=_anchor,
        default=Anchor(Head(0, "")),
        help="what it printed before, or POSITION.HASH of a backup: what followed is there, and as it was",
    )


def take_anchor(connection: sa.Connection, establishment: str) -> Anchor:
    """Where both chains stand."""
    return Anchor(journal.head(connection, establishment), access_log.head(connection, establishment))


def fault_since(connection: sa.Connection, establishment: str, anchor: Anchor) -> str:
    """What the chains themselves can't show: an end cut off, or all of it written again; else nothing."""
    now = take_anchor(connection, establishment)
    told = journal.hash_at(connection, establishment, anchor.entries.position)
    if fault := _fault("entries", anchor.entries, now.entries, told):
        return fault
    if access_log.is_forgotten(connection, establishment, anchor.reads.position):
        return ""
    told = access_log.hash_at(connection, establishment, anchor.reads.position)
    return _fault("reads", anchor.reads, now.reads, told)


def _fault(what: str, anchored: Head, now: Head, told: str) -> str:
    if now.position < anchored.position:
        return f"The {what} from {now.position + 1} to {anchored.position} are not there any more."
    if told != anchored.hash:
        return (
            f"The {what} up to {anchored.position} are not those that were anchored: they were written again."
        )
    return ""


def _anchor(text: str) -> Anchor:
    if (told := _ANCHOR.fullmatch(text)) is None:
        raise argparse.ArgumentTypeError("this is no anchor")
    position, mark, read, read_mark = told.groups()
    return Anchor(Head(int(position), mark), Head(int(read or 0), read_mark or ""))


def _verify(options: argparse.Namespace, settings: Settings) -> None:
    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with engine.connect() as connection:
        fault = journal.verify(connection, establishment)
        read_fault = access_log.verify(connection, establishment)
        hidden = fault_since(connection, establishment, options.anchor)
        now = take_anchor(connection, establishment)
        erased = [fact.person for fact in journal.read_erasures(connection, establishment)]
    if fault is not None:
        raise Failed(f"Entry {fault.position} is not what it was: {fault.reason}.")
    if read_fault is not None:
        raise Failed(f"Read {read_fault.position} of the access log is not what it was: {read_fault.reason}.")
    if hidden:
        raise Failed(hidden)
    text = f"{now.entries.position} entries, all as written."
    told = [f"{person} was erased, as declared." for person in erased]
    data = {"entries": now.entries.position, "head": now.entries.hash, "erased": erased, "anchor": str(now)}
    print_data(options, data, "\n".join([text, *told, f"--anchor {now}"]))
