"""What a search answers: the strict traits of each person, and why each is there."""

from datetime import datetime
from enum import StrEnum

import msgspec

from app.domain.words import Channel


class Trait(StrEnum):
    """What of a person answered the question."""

    BIRTH_NAME = "birth_name"
    USED_NAME = "used_name"
    FIRST_GIVEN_NAME = "first_given_name"
    USED_FIRST_NAME = "used_first_name"
    BIRTH_DATE = "birth_date"
    NUMBER = "number"
    IPP = "ipp"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: characters `start` to `end` of a trait; `is_near` when it was typed with a mistake."""

    trait: Trait
    start: int = 0
    end: int = 0
    is_near: bool = False


class FoundPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the results: strict traits, when we last spoke, and what to highlight."""

    person: str
    birth_name: str
    first_given_name: str
    used_name: str
    birth_date: str
    sex: str
    birth_place: str
    is_homonym: bool = False
    is_protected: bool = False
    last_at: datetime | None = None
    last_channel: Channel | None = None
    matches: tuple[Match, ...] = ()

    @property
    def is_near(self) -> bool:
        """Whether it answers only if what was typed has a mistake."""
        return any(match.is_near for match in self.matches)


class FoundPersons(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one search; `has_more` when it was cut at the limit."""

    rows: tuple[FoundPerson, ...] = ()
    has_more: bool = False
