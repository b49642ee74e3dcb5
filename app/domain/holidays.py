"""The public holidays of the place where the establishment stands: they close what has hours.

Sources: code du travail L3133-1 (the eleven days), L3134-13 (Bas-Rhin, Haut-Rhin, Moselle) and
L3422-2 (the day of the abolition of slavery, one a department overseas).
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache


class Region(StrEnum):
    """Where the days of rest are those of the law and of the place."""

    MAINLAND = "metropole"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    FRENCH_GUIANA = "guyane"
    REUNION = "la-reunion"
    MAYOTTE = "mayotte"


_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)
_GOOD_FRIDAY = -2
_OWN: dict[Region, tuple[tuple[int, int], ...]] = {
    Region.ALSACE_MOSELLE: ((12, 26),),
    Region.GUADELOUPE: ((5, 27),),
    Region.MARTINIQUE: ((5, 22),),
    Region.FRENCH_GUIANA: ((6, 10),),
    Region.REUNION: ((12, 20),),
    Region.MAYOTTE: ((4, 27),),
}


@cache
def public_holidays(year: int, region: Region = Region.MAINLAND) -> frozenset[date]:
    """The eleven public holidays of France, and those of the region."""
    after_easter = (*_AFTER_EASTER, *([_GOOD_FRIDAY] if region is Region.ALSACE_MOSELLE else []))
    moving = (_easter(year) + timedelta(days=days) for days in after_easter)
    fixed = (*_FIXED, *_OWN.get(region, ()))
    return frozenset((*(date(year, month, day) for month, day in fixed), *moving))


def _easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    golden, century, years = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (years // 4) - moon - years % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
