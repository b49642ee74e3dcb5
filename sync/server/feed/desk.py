"""What the feed knows of the desk it speaks to, and what that desk may not see."""

import hashlib

import msgspec

from app.domain.roles import Action, Extent, who_may
from app.domain.words import Role

UNAWARE_ROLES = who_may(Action.PROTECTED, Extent.MASKED)
"""For them protected and undisclosed persons do not exist (rules R5)."""
MOBILE_ROLES = frozenset({Role.NURSE, Role.SUPERVISOR})
"""Those who see a colleague's mobile number in the directory (rules R28)."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One console: its author, services, extension, and whether protected persons are hidden."""

    login: str
    services: frozenset[str]
    extension: str
    is_unaware: bool
    sees_mobiles: bool = False

    @property
    def scope(self) -> str:
        """What this desk may hold, in a word: a replica of another one can't go on."""
        held = (sorted(self.services), self.extension, self.is_unaware, self.sees_mobiles)
        return hashlib.sha256(msgspec.json.encode(held)).hexdigest()[:16]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the bytes of an entry: desks of the same view are sent the same ones."""

    services: frozenset[str]
    is_called: bool
    is_author: bool
    is_unaware: bool
    sees_mobiles: bool = False
