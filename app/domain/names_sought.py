"""What is typed to find somebody, read as names in any order, a birth date, a number, a file number."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from app.domain.identity import read_birth_date
from app.domain.names import words_of
from app.domain.phone import normalise
from app.domain.words import NumberKind

_BORN = frozenset({"ne", "nee"})
_PARTED_DATE = re.compile(r"(?<!\d)(\d{1,2}[ ./\-]\d{1,2}[ ./\-]\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)")
_PACKED_DATE = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FILE_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{4,20}")
_DIALLED = re.compile(r"(\+|00|0)?(\d{5,14})")
_SEPARATORS = re.compile(r"[\s.\-/()]+")
_MOST_WORDS = 5
_COUNTRY = "+33"
_NATIONAL_DIGITS = 9


class PersonQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One way to take what was typed: an ISO birth date or its year, names, a number, an IPP.

    `names` are words in any order; `birth_name` and `first_given_name` are what has a field of
    its own. `number` is in E.164, as far as it was typed.
    """

    birth_date: str = ""
    names: str = ""
    birth_name: str = ""
    first_given_name: str = ""
    number: str = ""
    ipp: str = ""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """One way to share typed words out, as compared forms; `used` is said beside the birth name."""

    surname: str = ""
    given: str = ""
    used: str = ""


def read_questions(typed_raw: str, *, today: date) -> tuple[PersonQuestion, ...]:
    """Every way to take one line of typing, the likeliest first; none when it says nothing."""
    typed = " ".join(typed_raw.replace("\0", "").split())
    if any(char.isalpha() for char in typed) and not _FILE_NUMBER.fullmatch(typed):
        return _named(typed, today)
    born = read_birth_date(typed, today=today)
    number = number_begun(typed)
    packed = typed.replace(" ", "")
    readings = (
        PersonQuestion(birth_date=born or ""),
        PersonQuestion(number=number),
        PersonQuestion(ipp=packed.upper() if _FILE_NUMBER.fullmatch(packed) else ""),
    )
    return tuple(question for question in readings if question != PersonQuestion())


def number_begun(typed: str) -> str:
    """E.164 as far as typed (« 0639 98 » is +3363998); empty when it begins no number."""
    dialled = _DIALLED.fullmatch(_SEPARATORS.sub("", typed))
    is_begun = dialled is not None and dialled[1] == "0" and len(dialled[2]) < _NATIONAL_DIGITS
    whole = normalise(typed)
    if whole.kind is NumberKind.KNOWN_FORMAT and not is_begun:
        return whole.e164
    if dialled is None or dialled[1] is None:
        return ""
    return (_COUNTRY if is_begun else "+") + dialled[2]


def ways_to_take(question: PersonQuestion) -> tuple[Names, ...]:
    """Every way to share the words of a question between the names of a person."""
    if question.birth_name or question.first_given_name:
        surname, given = words_of(question.birth_name), words_of(question.first_given_name)
        whole = Names(surname="".join(surname), given="".join(given))
        ways = [whole] if given else [whole, *_parted(surname)]
    else:
        ways = list(_shared(words_of(question.names)[:_MOST_WORDS]))
    return tuple(dict.fromkeys(way for way in ways if way != Names()))


def _named(typed: str, today: date) -> tuple[PersonQuestion, ...]:
    for pattern in (_PARTED_DATE, _PACKED_DATE):
        found = pattern.search(typed)
        born = read_birth_date(found[1], today=today) if found else None
        if found and born:
            return (PersonQuestion(birth_date=born, names=_without(typed, found)),)
    year = _YEAR.search(typed)
    if year:
        return (PersonQuestion(birth_date=year[1], names=_without(typed, year)),)
    return (PersonQuestion(names=typed),) if words_of(typed) else ()


def _without(typed: str, found: re.Match[str]) -> str:
    return " ".join((typed[: found.start()] + " " + typed[found.end() :]).split())


def _shared(words: tuple[str, ...]) -> Iterator[Names]:
    born = next((at for at, word in enumerate(words[:-1]) if word in _BORN), None)
    if born is not None:
        yield from _with_birth_name(words[:born], "".join(words[born + 1 :]))
        return
    whole = "".join(words)
    yield Names(surname=whole)
    yield from _parted(words)
    yield Names(given=whole)


def _parted(words: tuple[str, ...]) -> Iterator[Names]:
    """The family name first, then the given name first, parted at each word."""
    parts = [("".join(words[:at]), "".join(words[at:])) for at in range(1, len(words))]
    for first, last in parts:
        yield Names(surname=first, given=last)
    for first, last in parts:
        yield Names(surname=last, given=first)


def _with_birth_name(before: tuple[str, ...], born: str) -> Iterator[Names]:
    """« Claire Dupont née Martin »: what stands before is the used name, the given name, or both."""
    said = "".join(before)
    if not said:
        yield Names(surname=born)
        return
    yield Names(surname=born, given=said)
    yield Names(surname=born, used=said)
    for way in _parted(before):
        yield Names(surname=born, given=way.given, used=way.surname)
