"""Who is close to a person and as what, and whether somebody who says so is: yes or no (rules R4)."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from app.domain.names import compact, words_of


class RelativeRole(StrEnum):
    """As what somebody is close to a person (rules R4)."""

    TO_NOTIFY = "to_notify"
    TRUSTED = "trusted"
    GUARDIAN = "guardian"
    CURATOR = "curator"
    FAMILY_MANDATE = "family_mandate"
    PARENTAL_AUTHORITY = "parental_authority"
    CARER = "carer"


class Likeness(StrEnum):
    """What may be answered of somebody who gives a name and a role: nothing else is ever told."""

    MATCHES = "matches"
    DIFFERS = "differs"
    NOT_INFORMED = "not_informed"


class Relative(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody close as the house knows them; `scope` is what a carer may see to."""

    id: str
    role: RelativeRole
    full_name: str
    scope: str = ""
    is_not_informed: bool = False


class Calling(msgspec.Struct, frozen=True, kw_only=True):
    """As what somebody close may be calling: never who."""

    role: RelativeRole
    is_not_informed: bool = False


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The answer; `relative` and `scope` are of the one who matches, and empty otherwise."""

    likeness: Likeness
    relative: str = ""
    scope: str = ""


def compare(full_name: str, role: RelativeRole, known: Iterable[Relative]) -> Compared:
    """Whether who gives this name and role is one of these; « Ne pas informer » outranks all, in any role."""
    named = [one for one in known if is_same_name(full_name, one.full_name)]
    of_role = [one for one in named if one.role is role]
    found = next(iter(of_role), None)
    relative = "" if found is None else found.id
    if any(one.is_not_informed for one in named):
        return Compared(likeness=Likeness.NOT_INFORMED, relative=relative)
    if found is None:
        return Compared(likeness=Likeness.DIFFERS)
    return Compared(likeness=Likeness.MATCHES, relative=relative, scope=found.scope)


def is_same_name(one: str, other: str) -> bool:
    """« Le Gall Yann » and « Yann LE GALL » alike, accents and hyphens aside; a part of a name is not one."""
    same_letters = bool(compact(one)) and compact(one) == compact(other)
    return same_letters or (bool(words_of(one)) and sorted(words_of(one)) == sorted(words_of(other)))
