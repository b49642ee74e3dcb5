"""What a person reads is French, with the spaces and apostrophes that French asks for (design 15)."""

import ast
import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"
FAULTS = {
    "a plain space before a double sign": re.compile(r" [:;?!%»]"),
    "a plain space after an opening quote": re.compile(r"« "),
    "a typewriter apostrophe": re.compile(r"\w'\w"),
    "an exclamation or a politeness that the tone leaves out": re.compile(r"!|Veuillez|svp|\bOK\b"),
}


def _said(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and text of each literal given to `say`."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        (call.lineno, argument.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "say"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _all_said() -> list[tuple[str, int, str]]:
    return [
        (path.relative_to(UI).as_posix(), line, text)
        for path in sorted(UI.rglob("*.py"))
        for line, text in _said(ast.parse(path.read_text("utf-8")))
    ]


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_said_is_typeset_as_french(fault: str) -> None:
    said = _all_said()
    assert len(said) > 50
    assert [each for each in said if FAULTS[fault].search(each[2])] == []


def test_a_badly_typeset_sentence_is_found() -> None:
    ((_, text),) = _said(ast.parse('say("Qui appelle ? L\'ami « Paul »")'))
    assert sum(bool(fault.search(text)) for fault in FAULTS.values()) == 3


def test_nothing_said_is_built_before_it_is_translated() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in UI.rglob("*.py"))
    built = [
        call.lineno
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]
    assert built == []
