"""What is known of who is close to a person: the role and the number apart from the name (rules R4)."""

from datetime import datetime
from typing import TypeAlias

from app.domain.fact import Fact
from app.domain.relatives import RelativeRole
from app.domain.words import Channel


class RelativeSaid(Fact, frozen=True, kw_only=True, tag="RelativeSaid"):
    """Somebody is close to the person, since a day (ISO); `number` is E.164, and empty when none is known."""

    person: str
    relative: str
    role: RelativeRole
    number: str = ""
    is_not_informed: bool = False
    source: Channel
    since: str
    by: str
    said_at: datetime


class RelativeNamed(Fact, frozen=True, kw_only=True, tag="RelativeNamed"):
    """What that one is called and, of a carer, may see to: kept by the server, told to no desk."""

    person: str
    relative: str
    full_name: str
    scope: str = ""


class RelativeWithdrawn(Fact, frozen=True, kw_only=True, tag="RelativeWithdrawn"):
    """That one is no more what was said; `number` is theirs when nobody else close to the person has it."""

    person: str
    relative: str
    number: str = ""
    by: str
    withdrawn_at: datetime


RelativeFact: TypeAlias = RelativeSaid | RelativeNamed | RelativeWithdrawn
