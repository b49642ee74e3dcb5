"""The French words of what is handed over: of each table, column and code (resources/rights)."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from app.domain.motives import shipped_catalogue
from app.domain.phone import display
from app.domain.rights_commands import Withheld

_NUMBERS = ("number", "target")
_DAYS = ("birth_date", "deceased_on", "informed_on", "since", "until")
_PLACES = ("service", "queue", "recipient_service")


class SectionWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is printed of a table's rows: columns of the heading, of the lines, and of the data file alone."""

    title: str
    head: tuple[str, ...]
    lines: tuple[str, ...]
    only_json: tuple[str, ...]
    summary: str = ""


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All the words; codes by their column, or by table and column."""

    opening: tuple[str, ...]
    sections: dict[str, SectionWords]
    left_out: dict[str, str]
    labels: dict[str, str]
    values: dict[str, dict[str, str]]


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the rows: who hands over, when, why, and what was withheld."""

    house: str
    made_at: datetime
    reason: str
    withheld: tuple[Withheld, ...] = ()


@cache
def shipped_words() -> Words:
    """The words that ship with the product."""
    text = (resources.files("resources") / "rights" / "export.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


class Reader:
    """Says the values of one establishment's rows: its zone, its services' and queues' names by their ids."""

    def __init__(self, zone: ZoneInfo, names: Mapping[str, str]) -> None:
        self._zone = zone
        self._names = names
        self._words = shipped_words()

    def moment(self, at: datetime) -> str:
        """A moment on the clock of the house."""
        return at.astimezone(self._zone).strftime("%d/%m/%Y à %H:%M")

    def value(self, table: str, column: str, value: Any) -> str:
        """A value as it is printed."""
        if isinstance(value, datetime):
            return self.moment(value)
        text = str(value)
        kind = "channel" if column == "source" else column.removeprefix("preferred_")
        codes = self._words.values.get(f"{table}.{column}") or self._words.values.get(kind)
        if codes:
            return ", ".join(codes.get(each, each) for each in text.split())
        return self._plain(column, text)

    def _plain(self, column: str, text: str) -> str:
        if column == "motive":
            found = shipped_catalogue().find(text)
            return text if found is None else f"{text} {found.label}"
        if column in _NUMBERS:
            return display(text)
        if column in _PLACES:
            return self._names.get(text, text)
        return "/".join(reversed(text.split("-"))) if column in _DAYS else text
