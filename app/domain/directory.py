"""Who can be reached in the house, who is on duty, and what each service tells callers (rules R28)."""

from datetime import datetime
from typing import Annotated

import msgspec

from app.domain.ids import Id, derived_id
from app.domain.motives import plain
from app.domain.words import EntryKind

Word = Annotated[str, msgspec.Meta(max_length=200)]
Words = Annotated[str, msgspec.Meta(max_length=2000)]
MASKED = "masked"
"""What stands for a mobile number on the desks of roles that may not see it."""
DIRECTOR = "Directeur de garde"
"""The duty that answers where nobody else does."""


class _Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an import writes and a row keeps."""


class DirectoryEntry(_Listed, frozen=True, kw_only=True):
    """A service, a person or a function, and the numbers that ring there."""

    id: Id
    kind: EntryKind
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    detail: Word = ""
    service: Word = ""
    extension: Word = ""
    dect: Word = ""
    mobile: Word = ""

    @property
    def words(self) -> str:
        """What a search looks in: plain, each word after a space."""
        return searchable(f"{self.name} {self.detail}")


class DutyShift(_Listed, frozen=True, kw_only=True):
    """Who is on duty for a specialty, from a moment to another, both aware."""

    id: Id
    specialty: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    who: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    number: Word = ""
    starts_at: Annotated[datetime, msgspec.Meta(tz=True)]
    ends_at: Annotated[datetime, msgspec.Meta(tz=True)]


class ServiceSheet(_Listed, frozen=True, kw_only=True):
    """A service in one look.

    `hours` is `1-5 08:00-12:00 13:00-18:00` (ISO days, then spans); `remarks`, `calls` hold one
    `what | words` a line; `chain` the extensions to try, `4312 > 4301 > Standard`; dates are ISO.
    """

    entry: Id
    hours: Word = ""
    access: Word = ""
    remarks: Words = ""
    calls: Words = ""
    say: Words = ""
    never_say: Words = ""
    chain: Word = ""
    author: Word = ""
    written_on: Word = ""
    valid_until: Word = ""


def searchable(text: str) -> str:
    """« Dr SALVI Anne, imagerie » to ` dr salvi anne imagerie`."""
    bare = "".join(char if char.isalnum() else " " for char in plain(text))
    return "".join(f" {word}" for word in bare.split())


def entry_id(kind: EntryKind, name: str) -> Id:
    """The same entry in each import: its kind and its name."""
    return derived_id("directory", kind, plain(name))


def shift_id(specialty: str, who: str, starts_at: datetime) -> Id:
    """The same shift in each import."""
    return derived_id("duty", plain(specialty), plain(who), f"{starts_at.timestamp():.0f}")


def steps_of(chain: str) -> list[str]:
    """« 4312 > 4301 > Standard » to its three steps."""
    return [step.strip() for step in chain.split(">") if step.strip()]


def pairs_of(lines: str) -> list[tuple[str, str]]:
    """Lines « what | words » to pairs."""
    cut = (line.partition("|") for line in lines.splitlines() if line.strip())
    return [(what.strip(), words.strip()) for what, _, words in cut]
