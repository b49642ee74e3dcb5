"""Households of the fictitious town: who lives together, under which names and numbers."""

import random
from collections.abc import Iterator
from typing import Any

import msgspec

from app.demo import names, numbers
from app.demo.calendar import HOUR, Calendar
from app.demo.sheet import Sheet
from app.domain.consent import BASES, Informed, LegalForm, Purpose
from app.domain.ids import derived_id
from app.domain.motives import plain
from app.domain.words import Channel, IdentityDoubt, IdentityStatus, Protection, Sex
from app.store import tables

_SIZES = (1, 1, 1, 2, 2, 2, 2, 3, 4, 5)
_STATUSES = (
    *(IdentityStatus.QUALIFIED,) * 12,
    *(IdentityStatus.VALIDATED,) * 4,
    *(IdentityStatus.RETRIEVED,) * 3,
    IdentityStatus.PROVISIONAL,
)
_PREFERRED = (Channel.PHONE, Channel.PHONE, Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.PORTAL)
_HOURS = ("Le matin", "L’après-midi", "Après 17:00", "")
_CHOICES = ("allowed", "allowed", "allowed", "refused", "opposed")
_ADULT_CHILD_GAP = 22
SAID_DAYS_AGO = 22
_ACT = derived_id("preference", "admission")


class Resident(msgspec.Struct, frozen=True, kw_only=True):
    """What the rest of the story needs of a person."""

    id: str
    number: str
    is_minor: bool


def ident(kind: str, tag: int, ordinal: int) -> str:
    """An identifier that the same seed gives again: a UUID of version 8, told by kind and rank."""
    return f"{kind}{tag:06x}-0000-8000-8000-{ordinal:012x}"


def household(
    rng: random.Random, sheet: Sheet, calendar: Calendar, *, tag: int, rank: int, first: int
) -> Iterator[Resident]:
    """The persons of one household, their numbers and what they allow."""
    number = numbers.first_number(rank)
    own = numbers.second_number(rank)
    shared_name = rng.choice(names.SURNAMES)
    place = rng.choice(names.PLACES)
    postcode = rng.choice(names.POSTCODES)
    adult_year = calendar.anchor.year - rng.randint(24, 94)
    for at in range(rng.choice(_SIZES)):
        is_child = at > 1
        person = ident("a1", tag, first + at)
        year = adult_year + (_ADULT_CHILD_GAP + 3 * at if is_child else at)
        year = min(year, calendar.anchor.year - 1)
        birth_name = rng.choice(names.SURNAMES) if at == 1 else shared_name
        row = _person(rng, sheet, person, year=year, birth_name=birth_name, rank=first + at)
        row["used_name"] = shared_name if birth_name != shared_name and row["sex"] == Sex.FEMALE else ""
        row["birth_place"] = place if rng.random() < 0.5 else rng.choice(names.PLACES)
        row["postcode"] = postcode
        _numbers(sheet, rng, person, number=number, own=own if at == 0 else "", rank=rank)
        if rng.random() < 0.35:
            _preference(sheet, rng, row, calendar)
        is_minor = year > calendar.anchor.year - 18
        yield Resident(id=person, number=number, is_minor=is_minor)


def _person(
    rng: random.Random, sheet: Sheet, person: str, *, year: int, birth_name: str, rank: int
) -> dict[str, Any]:
    is_woman = rng.random() < 0.53
    status = rng.choice(_STATUSES)
    is_doubtful = status is IdentityStatus.PROVISIONAL and rng.random() < 0.1
    born = f"{year:04}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return sheet.add(
        tables.person,
        id=person,
        birth_name=birth_name,
        first_given_name=rng.choice(names.WOMEN if is_woman else names.MEN),
        birth_date=born,
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        ipp=f"{1_000_000 + rank:08}",
        identity_status=status,
        doubt=IdentityDoubt.DOUBTFUL if is_doubtful else "",
        protection=_protection(rng),
        deceased_on=_death(rng, year),
    )


def _protection(rng: random.Random) -> str:
    drawn = rng.random()
    if drawn < 0.001:
        return Protection.PROTECTED
    return Protection.UNDISCLOSED if drawn < 0.003 else Protection.NONE


def _death(rng: random.Random, year: int) -> str:
    is_dead = year < 1950 and rng.random() < 0.03
    return f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}" if is_dead else ""


def _numbers(sheet: Sheet, rng: random.Random, person: str, *, number: str, own: str, rank: int) -> None:
    if number:
        sheet.add(tables.person_number, number=number, person=person, role="domicile", since="2023-04-01")
    if own:
        until = "" if rng.random() < 0.8 else "2026-03-31"
        sheet.add(
            tables.person_number, number=own, person=person, role="mobile", since="2025-06-15", until=until
        )
    overseas = numbers.overseas_number(rank) if rank % 60 == 7 else ""
    if overseas:
        sheet.add(tables.person_number, number=overseas, person=person, role="famille", since="2025-01-10")


def _preference(sheet: Sheet, rng: random.Random, row: dict[str, Any], calendar: Calendar) -> None:
    row["preferred_channel"] = rng.choice(_PREFERRED)
    row["preferred_hours"] = rng.choice(_HOURS)
    for channel in (Channel.SMS, Channel.EMAIL):
        say_preference(sheet, calendar, row["id"], channel, rng.choice(_CHOICES))


def say_preference(sheet: Sheet, calendar: Calendar, person: str, channel: Channel, choice: str) -> None:
    """What a person said at the desk of the reminders of a stay, when told what is done with the data."""
    sheet.add(
        tables.preference,
        person=person,
        purpose=Purpose.STAY,
        channel=channel,
        act=_ACT,
        choice=choice,
        basis=BASES[LegalForm.PUBLIC][Purpose.STAY],
        source=Channel.DESK,
        informed=Informed.LEAFLET,
        informed_on=calendar.dates[calendar.today - SAID_DAYS_AGO],
        said_at=calendar.starts[calendar.today - SAID_DAYS_AGO] + 9 * HOUR,
    )


def searchable(name: str) -> str:
    """Capitals without accents, as birth names are kept."""
    return plain(name).upper()
