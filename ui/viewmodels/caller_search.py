"""Reads what the caller says into a question for the search, or tells that it is not one yet."""

import re
from datetime import date

import msgspec

from app.domain.commands import RegisterProvisionalPerson
from app.domain.identity import read_birth_date
from app.domain.ids import Id
from app.domain.names import compact
from app.domain.names_sought import number_begun
from app.domain.phone import normalise
from app.domain.words import NumberKind, Sex
from app.queries.person_search import PersonQuestion

_YEAR = re.compile(r"(19|20)\d\d")
_MAYBE_CENTURY = re.compile(r"\d{4}(19|20)")
_LEAST_LETTERS = 3
_LEAST_FILE = 6
_LEAST_DIALLED = 6
_WHOLE_DATE_DIGITS = 8


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """The four fields as typed; `is_date_left` once the keyboard went elsewhere.

    `sex` is nothing to search by: it is kept for whoever has no file.
    """

    birth_date_raw: str = ""
    birth_name_raw: str = ""
    first_given_name_raw: str = ""
    number_raw: str = ""
    sex: str = ""
    is_date_left: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed at all."""
        texts = (self.birth_date_raw, self.birth_name_raw, self.first_given_name_raw, self.number_raw)
        return not (any(texts) or self.sex)


def birth_date_of(typed: Typed, today: date) -> str:
    """The ISO date, or empty while it is not whole: « 120519 » may go on to « 12051988 »."""
    text = typed.birth_date_raw.strip()
    if _MAYBE_CENTURY.fullmatch(text) and not typed.is_date_left:
        return ""
    return read_birth_date(text, today=today) or ""


def is_date_wrong(typed: Typed, today: date) -> bool:
    """Whether the date can no longer become one: it is whole or left, and cannot be read."""
    text = typed.birth_date_raw.strip()
    if not text or birth_date_of(typed, today) or _YEAR.fullmatch(text):
        return False
    return typed.is_date_left or sum(map(str.isdigit, text)) >= _WHOLE_DATE_DIGITS


def question_of(typed: Typed, today: date) -> PersonQuestion | None:
    """A full date, three letters of a name, a number or an IPP begun; None when there is not enough."""
    born = birth_date_of(typed, today)
    name, first = typed.birth_name_raw.strip(), typed.first_given_name_raw.strip()
    is_named = max(len(compact(name)), len(compact(first))) >= _LEAST_LETTERS
    ipp = _file_number(typed.number_raw)
    number = _number(typed.number_raw) if not ipp.startswith("00") else ""
    if not (born or is_named or number or ipp):
        return None
    return PersonQuestion(
        birth_date=born or _year(typed),
        birth_name=name,
        first_given_name=first,
        number=number,
        ipp="" if number else ipp,
    )


class ToldPerson(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody without a file says, as typed; `sex` is empty until it is chosen."""

    birth_name_raw: str = ""
    first_given_name_raw: str = ""
    birth_date_raw: str = ""
    sex: str = ""
    number_raw: str = ""


def wrong_fields(told: ToldPerson, today: date, *, needs_number: bool = True) -> tuple[str, ...]:
    """The fields of a provisional person still to be typed, or typed wrong, in their order."""
    is_none = not (needs_number or told.number_raw.strip())
    is_right = {
        "birth_name": bool(compact(told.birth_name_raw)),
        "first_given_name": bool(compact(told.first_given_name_raw)),
        "birth_date": read_birth_date(told.birth_date_raw, today=today) is not None,
        "sex": told.sex in tuple(Sex),
        "number": is_none or normalise(told.number_raw).kind is NumberKind.KNOWN_FORMAT,
    }
    return tuple(field for field, right in is_right.items() if not right)


def registration_of(
    told: ToldPerson, *, person: Id, service: str, today: date, contact: Id
) -> RegisterProvisionalPerson:
    """The command, once no field is wrong; `contact` is the call during which it is told."""
    return RegisterProvisionalPerson(
        person=person,
        birth_name=told.birth_name_raw.strip(),
        first_given_name=told.first_given_name_raw.strip(),
        birth_date=read_birth_date(told.birth_date_raw, today=today) or "",
        sex=Sex(told.sex),
        number_raw=told.number_raw,
        service=service,
        contact=contact or None,
    )


def _number(text_raw: str) -> str:
    digits = sum(map(str.isdigit, text_raw))
    return number_begun(text_raw.strip()) if digits >= _LEAST_DIALLED else ""


def _year(typed: Typed) -> str:
    text = typed.birth_date_raw.strip()
    return text if _YEAR.fullmatch(text) else ""


def _file_number(text_raw: str) -> str:
    text = "".join(text_raw.split())
    return text if len(text) >= _LEAST_FILE and text.isalnum() else ""
