"""A newcomer finds any room: map, docstrings, sizes and names."""

import ast
import re
from pathlib import Path

from tests.architecture.files import ROOT, committed, relative

MODULES = committed("app/**.py", "sync/**.py", "ui/**.py", "installers/**.py", "tests/**.py")
LONGEST_FILE = 450
MAP_LINES = 12
BANNED_IN_NAMES = re.compile(r"(Manager|Helper|Util|Handler|Controller|Service|Data|Info)s?$")
# The hospital's own word: a service is a department.
THE_FIELDS_WORDS = {"Service"}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _map() -> dict[str, str]:
    """The README's map: folder -> sentence."""
    block = (ROOT / "README.md").read_text("utf-8").split("```")[1].strip("\n")
    rooms: dict[str, str] = {}
    top = ""
    for line in block.splitlines():
        name, sentence = line.split(maxsplit=1)
        top = top if line.startswith(" ") else name
        rooms[name if name == top else top + name] = sentence
    return rooms


def _packages_docstring(folder: str) -> str | None:
    package = ROOT / folder / "__init__.py"
    return ast.get_docstring(_tree(package)) if package.exists() else None


def test_the_map_has_twelve_lines_and_each_room_exists() -> None:
    assert len(_map()) == MAP_LINES
    assert [room for room in _map() if not (ROOT / room).is_dir()] == []


def test_the_map_says_what_the_packages_say() -> None:
    said = {room: _packages_docstring(room) for room in _map()}
    assert {room: text for room, text in said.items() if text and text != _map()[room]} == {}
    assert [room for room, text in said.items() if text is None] == ["installers/"]


def test_every_folder_at_the_top_is_on_the_map() -> None:
    tops = {relative(path).split("/")[0] + "/" for path in committed() if path.parent != ROOT}
    assert {top for top in tops if not top.startswith(".")} <= set(_map())


def test_every_module_opens_with_a_sentence() -> None:
    first_lines = {
        relative(path): (ast.get_docstring(_tree(path)) or "").split("\n\n")[0] for path in MODULES
    }
    assert [name for name, line in first_lines.items() if not line.endswith(".")] == []


def test_no_file_is_longer_than_can_be_read() -> None:
    sizes = {relative(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_class_is_named_after_nothing() -> None:
    classes = [
        (relative(path), node.name)
        for path in MODULES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef)
    ]
    vague = [
        found for found in classes if BANNED_IN_NAMES.search(found[1]) and found[1] not in THE_FIELDS_WORDS
    ]
    assert classes
    assert vague == []
