"""Why a person answers what was typed: which traits, and which of their letters."""

import msgspec

from app.domain.motives import plain
from app.domain.names import forms_of, is_near, shown_part
from app.domain.names_sought import Names, PersonQuestion
from app.queries.person_search.found import Match, Trait
from app.store.prepared import Row

_SURNAMES = (Trait.BIRTH_NAME, Trait.USED_NAME)
_GIVEN = (Trait.FIRST_GIVEN_NAME, Trait.USED_FIRST_NAME)


def reasons(row: Row, question: PersonQuestion, names: Names, *, forgives: bool) -> tuple[Match, ...] | None:
    """The matches, or None when something that was typed is not true of this person.

    With `forgives`, one of the names may hold one mistake.
    """
    others = _other_reasons(row, question)
    said = _name_reasons(row, names, forgives=forgives)
    return None if others is None or said is None else (*said, *others)


def _name_reasons(row: Row, names: Names, *, forgives: bool) -> tuple[Match, ...] | None:
    found: list[Match] = []
    for typed, traits in ((names.surname, _SURNAMES), (names.given, _GIVEN), (names.used, _SURNAMES[1:])):
        if not typed:
            continue
        is_forgiven = forgives and not any(match.is_near for match in found)
        match = _exact(row, typed, traits) or (_near(row, typed, traits) if is_forgiven else None)
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _exact(row: Row, typed: str, traits: tuple[Trait, ...]) -> Match | None:
    for trait in traits:
        part = shown_part(getattr(row, trait), typed)
        if part is not None:
            return Match(trait=trait, start=part[0], end=part[1])
    return None


def _near(row: Row, typed: str, traits: tuple[Trait, ...]) -> Match | None:
    for trait in traits:
        name = getattr(row, trait)
        if any(is_near(typed, form) for form in forms_of(name)):
            return Match(trait=trait, end=len(name), is_near=True)
    return None


def _other_reasons(row: Row, question: PersonQuestion) -> tuple[Match, ...] | None:
    found: list[Match] = []
    if question.birth_date:
        if not row.birth_date.startswith(question.birth_date):
            return None
        found.append(Match(trait=Trait.BIRTH_DATE, end=len(question.birth_date)))
    if question.ipp:
        found.append(Match(trait=Trait.IPP, end=len(question.ipp)))
    if question.number:
        found.append(Match(trait=Trait.NUMBER, end=len(question.number)))
    return tuple(found)


class Hit(msgspec.Struct, frozen=True):
    """A row with the reasons why it answers; it is sorted twice and compared by `strict`, both told once.

    `rank`: without mistake first; by birth name before used name before given name.
    """

    row: Row
    matches: tuple[Match, ...]
    rank: tuple[bool, int]
    strict: tuple[str, str, str]


def hit_of(row: Row, matches: tuple[Match, ...]) -> Hit:
    """Whoever answers, with where it stands among the others."""
    traits = [match.trait for match in matches]
    by = next((rank for rank, trait in enumerate(_SURNAMES) if trait in traits), len(_SURNAMES))
    rank = any(match.is_near for match in matches), by if traits else 0
    return Hit(row, matches, rank, (row.birth_name, plain(row.first_given_name), row.birth_date))
