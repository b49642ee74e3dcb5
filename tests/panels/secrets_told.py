"""What the queries told a console of persons, as a screen would write it."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import msgspec

from app.domain.motives import shipped_catalogue
from app.domain.phone import display

_HOUSE = ("app.queries.directory", "app.queries.phone_acts", "app.queries.notices", "app.queries.house")
"""What is told of the house is nobody's secret."""
_TRAITS = ("used_name", "birth_place", "ipp", "postcode")
_WRITTEN = ("text", "note", "contact_subject", "what")
_MOTIVES = {motive.label for motive in shipped_catalogue("fr").motives}
"""A note may begin as what is asked most."""
_BEGINNING = 20
"""Of a note or of an excerpt, what stands on its first line wherever it is cut."""


def secrets(told: object) -> Iterator[str]:
    """Every name, birth date, number and beginning of a note in an answer, however deep."""
    for one in _structs(told):
        yield from _of_struct(one)


def written(told: object) -> Iterator[str]:
    """Every note and excerpt in an answer, whole."""
    for one in _structs(told):
        texts = (getattr(one, name, None) for name in _WRITTEN)
        yield from (" ".join(text.split()) for text in texts if isinstance(text, str) and text)


def _structs(told: object) -> Iterator[msgspec.Struct]:
    parts: Iterable[object] = ()
    if isinstance(told, msgspec.Struct):
        if type(told).__module__.startswith(_HOUSE):
            return
        yield told
        parts = (getattr(told, name) for name in told.__struct_fields__)
    elif isinstance(told, dict):
        parts = cast("dict[object, object]", told).values()
    elif isinstance(told, list | tuple | set | frozenset):
        parts = cast("Iterable[object]", told)
    for part in parts:
        yield from _structs(part)


def _of_struct(told: msgspec.Struct) -> Iterator[str]:
    values: dict[str, Any] = {name: getattr(told, name) for name in told.__struct_fields__}
    for name, value in values.items():
        if isinstance(value, str):
            yield from _of_field(name, value)
    if values.get("birth_name") and values.get("first_given_name"):
        yield f"{values['birth_name']} {values['first_given_name']}"
    yield from (name for name in values.get("names") or () if isinstance(name, str))
    for numbers in (values.get("numbers"), [values.get("number")]):
        yield from (display(one) for one in numbers or () if isinstance(one, str) and one.startswith("+"))


def _of_field(name: str, value: str) -> Iterator[str]:
    if not value:
        return
    if (name == "birth_name" and value.isupper()) or name in _TRAITS:
        yield value
    elif name == "birth_date":
        yield "/".join(reversed(value.split("-")))
    elif name in _WRITTEN and len(value) > _BEGINNING:
        beginning = " ".join(value.split())[:_BEGINNING]
        yield from () if any(label.startswith(beginning) for label in _MOTIVES) else (beginning,)
