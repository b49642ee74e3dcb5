"""What the product asks of the outside world: the time and new identifiers."""

from datetime import datetime
from typing import Protocol

from app.domain.ids import Id


class Clock(Protocol):
    """Tells the time, so that a demonstration and a test may choose it."""

    def now(self) -> datetime:
        """An aware UTC datetime."""
        ...


class Mint(Protocol):
    """Makes identifiers in the order of time."""

    def new_id(self) -> Id:
        """A fresh UUIDv7."""
        ...
