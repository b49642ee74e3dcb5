"""Every no that a person at a desk can meet has a sentence of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.usecases
import sync.client
import sync.server.auth
from app.domain.words import LineRefusal
from ui.refusal_words import refusal_words

ROOMS = (app.usecases, sync.client, sync.server.auth)
RAISED = ("Refusal", "_NotRun")
OF_NO_DESK = {
    "unknown_act": "a line's settling of its own act",
    "unknown_agent": "the operator's `user` commands, which name the field",
    "unknown_entry": "an import of the directory, which names the line",
    "unknown_queue": "the operator's `hours`",
    "unknown_zone": "the operator's `place`",
    "unreadable_hours": "the operator's `hours`",
}
"""What only the operator or a line is told, and by what."""


def _codes() -> Iterator[str]:
    for room in ROOMS:
        for path in Path(room.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED and node.args:
                    yield from _constants(node.args[0])


def _constants(said: ast.expr) -> Iterator[str]:
    for node in ast.walk(said):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


MET = sorted({*_codes(), *LineRefusal} - OF_NO_DESK.keys())


def test_the_codes_are_found_where_they_are_raised() -> None:
    assert {"already_changed", "not_allowed", "needs_server", "unknown_person"} <= set(MET)
    assert OF_NO_DESK.keys() <= set(_codes())


@pytest.mark.parametrize("code", MET)
def test_a_refusal_is_a_sentence_and_shows_no_code(code: str) -> None:
    words = refusal_words(code)
    assert code not in words
    assert words.endswith(".")


def test_a_code_of_a_later_server_is_told_as_something_to_hand_on() -> None:
    assert "Repère pour l’administrateur\u00a0: invented." in refusal_words("invented")
