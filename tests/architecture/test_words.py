"""What a person reads is French, then English, with the spaces and marks of each (design 15)."""

import ast
import re
from collections.abc import Mapping

import pytest
from PySide6.QtCore import QTranslator

from installers.lib.words import CATALOGUE, CONTEXT, Words, all_said, catalogued, said_in
from tests.architecture.files import ROOT

UI = ROOT / "ui"
FRENCH_FAULTS = {
    "a plain space before a double sign": re.compile(r" [:;?!%»]"),
    "a plain space after an opening quote": re.compile(r"« "),
    "a typewriter apostrophe": re.compile(r"\w'\w"),
    "an exclamation or a politeness that the tone leaves out": re.compile(r"!|Veuillez|svp|\bOK\b"),
}
ENGLISH_FAULTS = {
    "a space before a double sign": re.compile(r"[ \u00a0\u202f][:;?!%]"),
    "French quotes": re.compile("[«»]"),
    "typewriter quotes": re.compile(r"\w'\w|\"(?![^<]*>)"),
    "an exclamation or a politeness that the tone leaves out": re.compile(r"!|\b[Pp]lease (?!call)|\bOK\b"),
}
KEPT = {
    "placeholders": re.compile(r"\{\w+\}"),
    "markup": re.compile(r"</?[a-z]+>(?!e<|er<)"),
    "the letter of a key": re.compile(r"&(.)"),
}
FRENCH_ONLY = re.compile(r"</?sup>")
"""The raised letters of « 1er » and « 2e », which English doesn't write."""


def _literals() -> list[tuple[str, int, str]]:
    return [
        (path.relative_to(UI).as_posix(), line, one.value)
        for path in sorted(UI.rglob("*.py"))
        for line, arguments in said_in(ast.parse(path.read_text("utf-8")))
        for one in arguments
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


@pytest.mark.parametrize("fault", FRENCH_FAULTS)
def test_what_is_said_is_typeset_as_french(fault: str) -> None:
    said = _literals()
    assert len(said) > 50
    assert [each for each in said if FRENCH_FAULTS[fault].search(each[2])] == []


@pytest.mark.parametrize("fault", ENGLISH_FAULTS)
def test_what_is_said_is_typeset_as_english(fault: str) -> None:
    english = catalogued()
    assert len(english) > 50
    assert [words for words in english.values() if ENGLISH_FAULTS[fault].search(words)] == []


def test_a_badly_typeset_sentence_is_found() -> None:
    ((_, (text,)),) = said_in(ast.parse('say("Qui appelle ? L\'ami « Paul »")'))
    assert isinstance(text, ast.Constant)
    assert sum(bool(fault.search(str(text.value))) for fault in FRENCH_FAULTS.values()) == 3
    wrong = 'Who is calling ? «Paul», the "friend"'
    assert sum(bool(fault.search(wrong)) for fault in ENGLISH_FAULTS.values()) == 3


def test_nothing_said_is_built_before_it_is_translated() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in UI.rglob("*.py"))
    said = (one for tree in trees for _line, arguments in said_in(tree) for one in arguments)
    assert [ast.unparse(one) for one in said if isinstance(one, ast.JoinedStr)] == []


def _unlike(english: Mapping[Words, str], kept: str) -> list[Words]:
    """The texts whose English has other placeholders, markup or keys."""

    def marks(text: str) -> list[str]:
        return sorted(found.lower() for found in KEPT[kept].findall(FRENCH_ONLY.sub("", text)))

    return [words for words, text in english.items() if marks(words.french) != marks(text)]


@pytest.mark.parametrize("kept", KEPT)
def test_the_english_keeps_what_the_french_holds(kept: str) -> None:
    assert _unlike(catalogued(), kept) == []


def test_english_that_lost_a_placeholder_or_a_key_is_found() -> None:
    wrong = {Words("&Appel de {at}", ""): "Call of {when}", Words("Motif", ""): "Reason"}
    assert [len(_unlike(wrong, kept)) for kept in ("placeholders", "the letter of a key")] == [1, 1]


def test_the_compiled_catalogue_says_what_its_source_says() -> None:
    compiled = QTranslator()
    assert compiled.load(str(CATALOGUE.with_suffix(".qm")))
    told = {words: compiled.translate(CONTEXT, words.french, words.sense or None) for words in catalogued()}
    assert told == catalogued()


def _unsaid(said: set[Words], english: Mapping[Words, str]) -> tuple[set[Words], set[Words]]:
    """What has no English yet, and the English of what is no longer said."""
    return said - {words for words, text in english.items() if text}, set(english) - said


def test_everything_said_has_its_english_and_nothing_else_has() -> None:
    how = "run `python -m installers.lib.words`, write the English in resources/i18n/en.ts, run it again"
    assert _unsaid(all_said(), catalogued()) == (set(), set()), how


def test_a_text_without_english_or_no_longer_said_is_found() -> None:
    new, old = Words("Nouveau", ""), Words("Ancien", "")
    assert _unsaid({new}, {new: "", old: "Old"}) == ({new}, {old})
    assert _unsaid({new}, {new: "New"}) == (set(), set())


def test_only_the_definitions_of_the_figures_are_said_from_elsewhere() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in UI.rglob("*.py"))
    said = (one for tree in trees for _line, arguments in said_in(tree) for one in arguments)
    assert [ast.unparse(one) for one in said if not isinstance(one, ast.Constant)] == [
        "DEFINITIONS[indicator]"
    ]
