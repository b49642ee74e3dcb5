"""Each threat of the page is held by a test that exists."""

import re

import pytest

from tests.architecture.files import ROOT

PAGE = ROOT / "resources" / "help" / "threats.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def _threats() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each threat with the tests that it names."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    return [(row.split("|")[1].strip(), _NAMED.findall(row)) for row in rows]


def _missing(named: list[tuple[str, str]]) -> list[str]:
    return [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"\ndef {name}(" not in (ROOT / path).read_text("utf-8")
    ]


@pytest.mark.parametrize(("threat", "named"), _threats(), ids=lambda value: str(value)[:40])
def test_a_threat_is_held_by_tests_that_exist(threat: str, named: list[tuple[str, str]]) -> None:
    assert named, threat
    assert _missing(named) == []


def test_a_test_that_is_not_there_is_found() -> None:
    # The control: its own file, and a name that nobody gave.
    here = "tests/architecture/test_threats.py"
    assert _missing([(here, "test_nobody_wrote"), ("tests/nowhere.py", "test_any")]) == [
        f"{here}::test_nobody_wrote",
        "tests/nowhere.py::test_any",
    ]


def test_the_page_is_one_page_and_the_readme_leads_to_it() -> None:
    assert len(PAGE.read_text("utf-8").splitlines()) <= 60
    assert "resources/help/threats.md" in (ROOT / "README.md").read_text("utf-8")
