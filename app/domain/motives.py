"""The catalogue of motives: two digits, defaults, flags and the guidance they bring."""

import csv
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

import msgspec

from app.domain.words import Outcome

_OUTCOMES = {
    "repondu": Outcome.DEALT_WITH,
    "a_suivre": Outcome.FOLLOW_UP,
    "transfere": Outcome.TRANSFERRED,
    "sans_suite": Outcome.NO_ACTION,
}


class Flag(StrEnum):
    """What a motive demands of who logs it (design 9)."""

    EMERGENCY = "URG"
    CARE = "SOIN"
    DOCTOR = "MED"
    RESULT = "RES"
    SECURE = "SEC"
    RIGHT_TO_KNOW = "CONF"
    PROFESSIONAL = "PRO"
    PRIORITY = "PRIO"
    SLOT = "SLOT"
    IDENTITY = "ID"
    MANAGER = "ENC"
    NOT_COUNTED = "HORS"
    NOTE = "NOTE"


class Motive(msgspec.Struct, frozen=True, kw_only=True):
    """One motive; `service` is empty when it is the line's own, `due` as the catalogue writes it."""

    code: str
    family: str
    label: str
    short_label: str
    service: str
    outcome: Outcome
    due: str
    flags: frozenset[Flag]
    synonyms: tuple[str, ...]


class Catalogue(msgspec.Struct, frozen=True):
    """All motives in the order of their codes."""

    motives: tuple[Motive, ...]

    def find(self, code: str) -> Motive | None:
        """The motive of a two-digit code."""
        return next((motive for motive in self.motives if motive.code == code), None)

    def families(self) -> tuple[tuple[str, str], ...]:
        """First digit and name of each family."""
        return tuple({motive.code[0]: motive.family for motive in self.motives}.items())

    def in_family(self, digit: str) -> tuple[Motive, ...]:
        """The motives whose code starts with this digit."""
        return tuple(motive for motive in self.motives if motive.code[0] == digit)

    def search(self, words: str, *, limit: int = 6) -> tuple[Motive, ...]:
        """Motives whose label or synonyms hold every word's beginning, without accents."""
        wanted = plain(words).split()
        hits = (motive for motive in self.motives if _matches(motive, wanted))
        return tuple(hits)[:limit] if wanted else ()


@cache
def emergencies() -> frozenset[str]:
    """The codes of the motives that are emergencies."""
    return frozenset(one.code for one in shipped_catalogue().motives if Flag.EMERGENCY in one.flags)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Lower case, without accents and typographic apostrophes."""
    bare = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(char for char in bare if not unicodedata.combining(char)).lower()


def _matches(motive: Motive, wanted: list[str]) -> bool:
    words = plain(" ".join((motive.label, *motive.synonyms))).replace("'", " ").replace(",", " ").split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _read(row: dict[str, str]) -> Motive:
    return Motive(
        code=row["code"],
        family=row["famille"],
        label=row["libelle"],
        short_label=row["libelle_court"],
        service="" if row["service_defaut"] == "queue" else row["service_defaut"],
        outcome=_OUTCOMES[row["statut_defaut"]],
        due=row["echeance_defaut"],
        flags=frozenset(Flag(flag) for flag in row["drapeaux"].split()),
        synonyms=_synonyms(row),
    )


@cache
def shipped_catalogue(language: str = "fr") -> Catalogue:
    """The catalogue that ships with the product; in English its French words are still found."""
    motives = tuple(map(_read, _rows("motives.csv")))
    if language == "fr":
        return Catalogue(motives)
    english = {row["code"]: row for row in _rows("motives.en.csv")}
    return Catalogue(tuple(_in_english(motive, english[motive.code]) for motive in motives))


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = (resources.files("resources") / "seeds" / name).read_text("utf-8")
    return csv.DictReader(text.splitlines(), delimiter=";")


def _in_english(motive: Motive, row: dict[str, str]) -> Motive:
    return msgspec.structs.replace(
        motive,
        family=row["famille"],
        label=row["libelle"],
        short_label=row["libelle_court"],
        synonyms=(*_synonyms(row), motive.label, *motive.synonyms),
    )


def _synonyms(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in row["synonymes"].split(",") if word.strip())
