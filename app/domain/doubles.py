"""How far two records look like one human: by their traits and contact points, with the reasons (R3, R5)."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from app.domain.names import compact
from app.domain.words import IdentityDoubt


class Match(StrEnum):
    """How one trait compares (« Identique, Incomplet, Différent »)."""

    SAME = "same"
    MISSING = "missing"
    DIFFERENT = "different"


class Strength(StrEnum):
    """What the traits say together, the strongest first."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


class DoubleState(StrEnum):
    """What was decided of two records; a rejected pair is never proposed again."""

    SIGNALLED = "signalled"
    REJECTED = "rejected"
    MERGED = "merged"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The traits of one record, as its row holds them; empty is unknown."""

    birth_name: str = ""
    used_name: str = ""
    first_given_name: str = ""
    birth_date: str = ""
    sex: str = ""
    birth_place: str = ""
    ipp: str = ""
    doubt: str = ""


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """Two records compared: each trait by its name, what speaks for one human and what speaks against."""

    strength: Strength
    traits: dict[str, Match]
    same: int
    compared: int
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


STRICT = ("birth_name", "first_given_name", "birth_date", "sex", "birth_place")
COMPARED = (*STRICT, "used_name")
"""What is laid side by side before anybody decides; the used name alone is no strict trait."""
_LOOSE = frozenset(("birth_name", "first_given_name", "used_name", "birth_place"))
_TOLD_APART = frozenset(("another_file_number", "homonym", "twins", "fictitious"))


def matches(one: Record, other: Record) -> dict[str, Match]:
    """How each trait of `COMPARED` compares."""
    return {name: _match(name, getattr(one, name), getattr(other, name)) for name in COMPARED}


def likeness(one: Record, other: Record, *, shared_numbers: Iterable[str] = ()) -> Likeness | None:
    """How two records compare; None when nothing speaks for one human.

    The name must be the same, born or used, with the first name or the birth date, or a number be shared.
    Two file numbers, which are of one domain here, a declared homonym, twins and a fictitious identity
    are never more than a weak likeness: only a person decides.
    """
    traits = {name: _match(name, getattr(one, name), getattr(other, name)) for name in STRICT}
    reasons = [name for name, match in traits.items() if match is Match.SAME]
    is_named = traits["birth_name"] is Match.SAME or _is_used(one, other) or _is_used(other, one)
    if traits["birth_name"] is not Match.SAME and is_named:
        reasons.append("used_name")
    if shared := tuple(shared_numbers):
        reasons.append("number")
    is_called = traits["first_given_name"] is Match.SAME
    is_born = traits["birth_date"] is Match.SAME
    if is_named + is_called + is_born + bool(shared) < 2 or not (is_named or (is_called and is_born)):
        return None
    warnings = tuple(_warnings(one, other, traits))
    return Likeness(
        strength=_strength(traits, warnings, is_named=is_named),
        traits=traits,
        same=sum(match is Match.SAME for match in traits.values()),
        compared=len(STRICT),
        reasons=tuple(reasons),
        warnings=warnings,
    )


def _strength(traits: dict[str, Match], warnings: tuple[str, ...], *, is_named: bool) -> Strength:
    is_same = is_named and all(traits[name] is Match.SAME for name in ("first_given_name", "birth_date"))
    is_against = Match.DIFFERENT in traits.values()
    if _TOLD_APART.intersection(warnings) or traits["sex"] is Match.DIFFERENT:
        return Strength.WEAK
    if is_same and not (is_against and traits["birth_name"] is Match.SAME):
        return Strength.STRONG
    return Strength.WEAK if traits["birth_date"] is Match.DIFFERENT else Strength.POSSIBLE


def _warnings(one: Record, other: Record, traits: dict[str, Match]) -> Iterable[str]:
    """What an identity officer would look at before deciding."""
    if one.ipp and other.ipp and one.ipp != other.ipp:
        yield "another_file_number"
    doubts = {one.doubt, other.doubt}
    yield from (each.value for each in IdentityDoubt if each in doubts)
    is_family = traits["birth_name"] is Match.SAME and traits["birth_date"] is Match.SAME
    if is_family and traits["first_given_name"] is Match.DIFFERENT:
        yield "twins"


def _is_used(one: Record, other: Record) -> bool:
    return bool(one.used_name) and compact(one.used_name) in (
        compact(other.birth_name),
        compact(other.used_name),
    )


def _match(name: str, one: str, other: str) -> Match:
    if name in _LOOSE:
        one, other = compact(one), compact(other)
    if not one or not other:
        return Match.MISSING
    if name == "birth_date" and one != other and _is_unsure(one, other):
        return Match.MISSING
    return Match.SAME if one == other else Match.DIFFERENT


def _is_unsure(one: str, other: str) -> bool:
    """Whether two dates differ by no more than an unknown day or month."""
    parts = zip(one.split("-"), other.split("-"), strict=False)
    return all(left == right or "00" in (left, right) for left, right in parts)
