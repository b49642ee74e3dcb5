"""Find a person by what the caller says: birth date, names, telephone, file number."""

from datetime import datetime

import msgspec

from app.domain.words import Channel


class FoundPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the results: strict traits, and when we last spoke."""

    person: str
    birth_name: str
    first_given_name: str
    used_name: str
    birth_date: str
    sex: str
    birth_place: str
    is_homonym: bool = False
    last_at: datetime | None = None
    last_channel: Channel | None = None


class FoundPersons(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one search; `has_more` when it was cut at the limit."""

    rows: tuple[FoundPerson, ...] = ()
    has_more: bool = False


class PersonQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, already parsed: an ISO birth date, name prefixes, a number or an IPP."""

    birth_date: str = ""
    birth_name: str = ""
    first_given_name: str = ""
    number: str = ""
    ipp: str = ""
