"""Who sits here, and what every room of the window is given to work with."""

from typing import NamedTuple

import msgspec

from app.domain.words import Role
from app.ports import Clock, Mint
from ui.sound import Speaker
from ui.tasks import Desk
from ui.viewmodels.house import HouseKnown


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits here and where, as the server told at sign-in."""

    name: str
    service: str
    service_name: str
    extension: str
    house: str
    role: str = Role.RECEPTIONIST
    services: tuple[str, ...] = ()
    login: str = ""

    @property
    def is_at_front_desk(self) -> bool:
        """Whether people stand before this screen: who receives, by role."""
        return self.role == Role.RECEPTIONIST


class Seat(NamedTuple):
    """A person at a desk: its door to what is known, the time, new ids, and the house."""

    person: Person
    desk: Desk
    clock: Clock
    mint: Mint
    house: HouseKnown
    speaker: Speaker
