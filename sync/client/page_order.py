"""What a page must be to follow what is held here; one that is not is refused whole."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import msgspec

from app.domain.facts import AnyFact
from app.domain.marks import is_packed
from sync.protocol.messages import EntryMessage, Page, position_in

_KINDS = frozenset(kind.__name__ for kind in AnyFact.__args__)


class OtherJournal(Exception):  # noqa: N818 - what was found, not a fault
    """The page is of another epoch, or of another key of numbers: a snapshot must be taken."""


class WrongPage(Exception):  # noqa: N818 - what was found, not a fault
    """The page can't follow what is held, or can't be laid; the message says why, of nobody."""


class Followed(NamedTuple):
    """A page that follows: its entries beyond what is held, and where its head stands."""

    entries: list[EntryMessage]
    epoch: str
    head: int


def followed(page: Page, cursor: str) -> Followed:
    """What of a page is new here. Raises `OtherJournal`, and `WrongPage` for a gap, disorder or a way back.

    The server leaves out what this desk may not know: a gap shows by what the page says it comes after.
    """
    epoch, _, position = page.head.rpartition(".")
    if not position.isdecimal() and page.head != cursor:
        raise WrongPage("its head is no place")
    at, head = position_in(cursor, epoch), int(position or 0)
    if at is None and cursor:
        raise OtherJournal(page.head)
    held = at or 0
    _check(page, held, head, after=position_in(page.after, epoch))
    return Followed([entry for entry in page.entries if entry.position > held], epoch, head)


def _check(page: Page, held: int, head: int, *, after: int | None) -> None:
    if head < held:
        raise WrongPage("it goes back")
    if after is not None and after > held:
        raise WrongPage("something is missing before it")
    positions = [entry.position for entry in page.entries]
    if any(one >= other for one, other in pairwise(positions)):
        raise WrongPage("its entries are not in order")
    if positions and not 0 < positions[0] <= positions[-1] <= head:
        raise WrongPage("its entries are not before its head")
    if not all(is_packed(entry.numbers) and is_packed(entry.dropped) for entry in page.entries):
        raise WrongPage("its numbers are not whole")


def unread(unknown: Iterable[msgspec.Raw]) -> int:
    """Of facts that could not be read, how many are of a kind this version knows: they say something else.

    Raises `WrongPage` for what is no fact at all.
    """
    return sum(_kind_of(raw) in _KINDS for raw in unknown)


class _Kind(msgspec.Struct):
    kind: str


_decode_kind = msgspec.json.Decoder(_Kind).decode


def _kind_of(raw: msgspec.Raw) -> str:
    try:
        return _decode_kind(raw).kind
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise WrongPage("it tells what is no fact") from error
