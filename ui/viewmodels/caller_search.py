"""Reads what the caller says into a question for the search, or tells that it is not one yet."""

import re
from datetime import date

import msgspec

from app.domain.identity import read_birth_date
from app.domain.phone import normalise
from app.domain.words import NumberKind
from app.queries.person_search import PersonQuestion

_YEAR = re.compile(r"(19|20)\d\d")
_MAYBE_CENTURY = re.compile(r"\d{4}(19|20)")
_LEAST_LETTERS = 3
_LEAST_FILE = 6
_WHOLE_DATE_DIGITS = 8


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """The four fields as typed; `is_date_left` once the keyboard went elsewhere."""

    birth_date_raw: str = ""
    birth_name_raw: str = ""
    first_given_name_raw: str = ""
    number_raw: str = ""
    is_date_left: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed at all."""
        return not (
            self.birth_date_raw or self.birth_name_raw or self.first_given_name_raw or self.number_raw
        )


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
    """A full date, three letters and a year, a number or an IPP; None when there is not enough."""
    born = birth_date_of(typed, today)
    name = typed.birth_name_raw.strip()
    number = normalise(typed.number_raw)
    is_number = number.kind is NumberKind.KNOWN_FORMAT
    ipp = "" if is_number else _file_number(typed.number_raw)
    year = _year(typed) if sum(map(str.isalpha, name)) >= _LEAST_LETTERS else ""
    if not (born or year or is_number or ipp):
        return None
    return PersonQuestion(
        birth_date=born or year,
        birth_name=name,
        first_given_name=typed.first_given_name_raw.strip(),
        number=number.e164 if is_number else "",
        ipp=ipp,
    )


def _year(typed: Typed) -> str:
    text = typed.birth_date_raw.strip()
    return text if _YEAR.fullmatch(text) else ""


def _file_number(text_raw: str) -> str:
    text = "".join(text_raw.split())
    return text if len(text) >= _LEAST_FILE and text.isalnum() else ""
