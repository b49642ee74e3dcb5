"""What a console's process is asked at its start, and what it tells while it works: one JSON a line."""

from datetime import datetime
from typing import TypeAlias

import msgspec


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How one life of a console begins; `now` is what its clock says then."""

    address: str
    folder: str
    login: str
    password: str
    key: str
    now: datetime
    chance: str


class Invoked(msgspec.Struct, frozen=True, kw_only=True, tag="invoked"):
    """Somebody saves; `own` is the id minted for what is made, `undoes` the command taken back."""

    n: int
    kind: str
    own: str = ""
    undoes: str = ""


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True, tag="acknowledged"):
    """The console said that it is done."""

    n: int
    id: str


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """The console said no, and why."""

    n: int
    code: str


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """Nobody knows: the server did not answer, or the disk was full."""

    n: int
    why: str


class Wrong(msgspec.Struct, frozen=True, kw_only=True, tag="wrong"):
    """What should never be seen at a desk: a save `unseen`, a call `back`, no `answer`, `half` an entry."""

    what: str
    detail: str


class At(msgspec.Struct, frozen=True, kw_only=True, tag="at"):
    """Where the console is: `working`, `resting` (nothing waits) or `reached` a position."""

    state: str


Told: TypeAlias = Invoked | Acknowledged | Refused | Failed | Wrong | At
Order: TypeAlias = tuple[str, int]
"""`rest`, `reach` a position, `leave`; or `leap` so many seconds, back when it is less than 0."""
encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Told).decode
decode_order = msgspec.json.Decoder(Order).decode
