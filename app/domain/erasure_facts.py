"""What the journal says of a person it was made to forget."""

from datetime import datetime

import msgspec

from app.domain.fact import Fact
from app.domain.words import ErasureGround


class ErasedBody(msgspec.Struct, frozen=True, array_like=True):
    """What is left of a body: its place in the journal and the mark that its entry's digest covers."""

    position: int
    ordinal: int
    mark: str


class CallForgotten(Fact, frozen=True, kw_only=True, tag="CallForgotten"):
    """A contact of nobody is past its time: its number is erased, or all of it with what it made."""

    contact: str
    is_whole: bool = False
    commitments: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    line_acts: tuple[str, ...] = ()
    bodies: tuple[ErasedBody, ...] = ()
    forgotten_at: datetime


class ReadsForgotten(Fact, frozen=True, kw_only=True, tag="ReadsForgotten"):
    """Reads past their time were deleted: the access log goes on after `last`, whose hash is kept.

    `seen` is the journal's position up to which its own words about reads went too.
    """

    last: int
    hash: str
    seen: int
    glasses: tuple[str, ...] = ()
    bodies: tuple[ErasedBody, ...] = ()
    forgotten_at: datetime


class PersonErased(Fact, frozen=True, kw_only=True, tag="PersonErased"):
    """A person was forgotten, with these contacts, promises, messages, acts and bodies of the journal."""

    person: str
    ground: ErasureGround
    contacts: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    line_acts: tuple[str, ...] = ()
    bodies: tuple[ErasedBody, ...] = ()
    by: str
    erased_at: datetime
