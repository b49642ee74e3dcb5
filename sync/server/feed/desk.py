"""What the feed knows of the desk it speaks to, and what that desk may not see."""

import hashlib

import msgspec

from app.domain.access import own_scope
from app.domain.roles import Action, Extent, extent, may
from app.domain.words import Role


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One console: its author, services and extension, and what its role may see.

    For the unaware, protected and undisclosed persons do not exist (rules R5); `sees_mobiles`, a
    colleague's mobile number (R28); `is_told`, who broke the glass.
    """

    login: str
    services: frozenset[str]
    extension: str
    is_unaware: bool
    sees_mobiles: bool = False
    is_told: bool = False

    @property
    def own(self) -> str:
        """The scope of the persons whom this author alone opened."""
        return own_scope(self.login)

    @property
    def scope(self) -> str:
        """What this desk may hold, in a word: a replica of another one can't go on."""
        held = (sorted(self.services), self.extension, self.is_unaware, self.sees_mobiles, self.is_told)
        return hashlib.sha256(msgspec.json.encode(held)).hexdigest()[:16]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the bytes of an entry: desks of the same view are sent the same ones.

    `own` is the author's own scope where the entry is about somebody in it, else empty.
    """

    services: frozenset[str]
    is_called: bool
    is_author: bool
    is_unaware: bool
    sees_mobiles: bool = False
    is_told: bool = False
    own: str = ""

    def has(self, service: str) -> bool:
        """Whether a scope is one of this view's."""
        return service in self.services or (bool(self.own) and service == self.own)


def sight(role: Role) -> dict[str, bool]:
    """What of a desk its author's role decides."""
    return {
        "is_unaware": extent(role, Action.PROTECTED) is Extent.MASKED,
        "sees_mobiles": may(role, Action.MOBILES),
        "is_told": may(role, Action.ACCESSES),
    }
