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
