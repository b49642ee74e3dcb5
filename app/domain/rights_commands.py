"""What a person may ask of what is held of them, written down by who decides it (rules R16, R22, R25)."""

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

from app.domain.command import Command, Short, Text
from app.domain.ids import Id


class Withheld(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one thing that are about somebody else, and why they are kept from the person."""

    id: Id
    reason: Text


class Rectified(StrEnum):
    """What of a person may be put right here; the number and the file number come from elsewhere."""

    BIRTH_NAME = "birth_name"
    FIRST_GIVEN_NAME = "first_given_name"
    USED_NAME = "used_name"
    USED_FIRST_NAME = "used_first_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    POSTCODE = "postcode"
    PREFERRED_CHANNEL = "preferred_channel"
    PREFERRED_HOURS = "preferred_hours"


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field and what it must say: dates ISO, a sex or a channel by its code."""

    field: Rectified
    value: Short


class RectifyPerson(Command, frozen=True, kw_only=True, tag="RectifyPerson"):
    """Put right what is held of a person, at their request, with the reason (article 16 of the GDPR)."""

    person: Id
    corrections: Annotated[tuple[Correction, ...], msgspec.Meta(min_length=1, max_length=20)]
    reason: Text


class ExportPerson(Command, frozen=True, kw_only=True, tag="ExportPerson"):
    """Hand over all that is held of a person, under every id, with the reason for it (rules R25)."""

    person: Id
    reason: Text
    withheld: Annotated[tuple[Withheld, ...], msgspec.Meta(max_length=1000)] = ()


class ForgetCall(Command, frozen=True, kw_only=True, tag="ForgetCall"):
    """See whether a contact of nobody is past its time: its number first, then all of it (rules R22)."""

    contact: Id


class ReviewRetention(Command, frozen=True, kw_only=True, tag="ReviewRetention"):
    """See whether a person is past their time under every id, and then forget them (rules R22)."""

    person: Id


class ForgetReads(Command, frozen=True, kw_only=True, tag="ForgetReads"):
    """Forget the oldest reads that are past their time, and what the journal says of them."""


Forgetting: TypeAlias = ForgetCall | ForgetReads | ReviewRetention
"""What seeks in the journal itself what it is to forget."""
