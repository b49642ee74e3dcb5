"""What is known of the rights a person used: handed over, put right, opposed."""

from datetime import datetime

import msgspec

from app.domain.fact import Fact
from app.domain.rights_commands import Rectified, Withheld


class PersonExported(Fact, frozen=True, kw_only=True, tag="PersonExported"):
    """All that is held of a person was handed over, but the words withheld as another's."""

    person: str
    reason: str
    withheld: tuple[Withheld, ...] = ()
    by: str
    exported_at: datetime


class Rectification(msgspec.Struct, frozen=True, kw_only=True):
    """One field put right: what it said, and what it says now."""

    field: Rectified
    before: str
    after: str


class PersonRectified(Fact, frozen=True, kw_only=True, tag="PersonRectified"):
    """What was held of a person was put right; what it said before is kept until the erasure."""

    person: str
    changes: tuple[Rectification, ...]
    reason: str
    by: str
    rectified_at: datetime
