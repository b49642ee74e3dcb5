"""What is known of who speaks and how old the patient is, by the rules of identity (R1, R3, R6)."""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from app.domain.words import Proof

_SUFFICIENT = frozenset((Proof.CALL_BACK, Proof.PAPER_AT_DESK))
_TYPED = re.compile(r"(\d{1,2})[ ./\-]+(\d{1,2})[ ./\-]+(\d{4}|\d{2})")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MAX_AGE_YEARS = 130
ADULT_AT_YEARS = 18


class AgeUnit(StrEnum):
    """Years, but months under two years and days under one month (design 6)."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


class Age(msgspec.Struct, frozen=True, kw_only=True):
    """The pieces of « 68 ans », « 14 mois », « 9 jours »."""

    count: int
    unit: AgeUnit


def is_verified(proofs: Iterable[Proof]) -> bool:
    """Two things compared, or one of the two that suffice alone; the number never counts (R1)."""
    compared = frozenset(proofs)
    return bool(compared & _SUFFICIENT) or len(compared - _SUFFICIENT) >= 2


def read_birth_date(text_raw: str, *, today: date) -> str | None:
    """`jjmmaaaa`, `jj/mm/aa`, dots or spaces to `aaaa-mm-jj`; 00 is an unknown day or month."""
    text = text_raw.strip()
    iso = _ISO.fullmatch(text)
    typed = _TYPED.fullmatch(text) or _PACKED.fullmatch(text)
    if iso is not None:
        year, month, day = (int(part) for part in iso.groups())
    elif typed is not None:
        day, month = int(typed[1]), int(typed[2])
        year = _full_year(typed[3], month=month, day=day, today=today)
    else:
        return None
    return _checked(year, month, day, today)


def age(birth_date: str, on: date) -> Age | None:
    """The age on a day, or None when the date is missing, unreadable or to come."""
    born = latest_birth(birth_date)
    if born is None or born > on:
        return None
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return Age(count=months // 12, unit=AgeUnit.YEARS)
    if months >= 1:
        return Age(count=months, unit=AgeUnit.MONTHS)
    return Age(count=(on - born).days, unit=AgeUnit.DAYS)


def is_minor(birth_date: str, on: date) -> bool:
    """Under eighteen on that day; an unknown day or month is taken at its latest."""
    born = latest_birth(birth_date)
    if born is None:
        return False
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years < ADULT_AT_YEARS


def latest_birth(birth_date: str) -> date | None:
    """The latest day a date with an unknown day (00) or month (00) may mean."""
    found = _ISO.fullmatch(birth_date)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    month = month or 12
    if year == 0 or month > 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def _full_year(typed: str, *, month: int, day: int, today: date) -> int:
    """Two digits are the latest such year that is not to come."""
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    is_past = (year, month, day) <= (today.year, today.month, today.day)
    return year if is_past else year - 100


def _checked(year: int, month: int, day: int, today: date) -> str | None:
    iso = f"{year:04}-{month:02}-{day:02}"
    if latest_birth(iso) is None or not today.year - _MAX_AGE_YEARS <= year:
        return None
    return iso if (year, month, day) <= (today.year, today.month, today.day) else None
