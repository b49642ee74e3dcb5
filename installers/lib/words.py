"""Keeps the English catalogue in step with what the console says, and compiles it for Qt.

`python -m installers.lib.words` adds to `resources/i18n/en.ts` what is newly said, drops what no
longer is, and makes `en.qm`; Qt Linguist, or any editor, fills what it names.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from app.domain.indicators import DEFINITIONS

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "en.ts"
CONTEXT = "filrouge"
_SAYING = ("say", "named")
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


class Words(NamedTuple):
    """What is said in French, and in which sense where French has one writing for two."""

    french: str
    sense: str


def said_in(tree: ast.AST) -> Iterator[tuple[int, list[ast.expr]]]:
    """Line and arguments of each call of `say`, and of `named`, which says the name of an act."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _SAYING:
            yield call.lineno, [*call.args, *(keyword.value for keyword in call.keywords)]


def all_said() -> set[Words]:
    """All that the console says, from its source and from the definitions of its figures."""
    found = {Words(definition, "") for definition in DEFINITIONS.values()}
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for _line, arguments in said_in(ast.parse(path.read_text("utf-8"))):
            texts = [one.value for one in arguments if isinstance(one, ast.Constant)]
            if texts and len(texts) == len(arguments):
                french, sense = (*map(str, texts), "")[:2]
                found.add(Words(french, sense))
    return found


def catalogued(path: Path = CATALOGUE) -> dict[Words, str]:
    """The English of each text; empty where it is still to be written."""
    if not path.exists():
        return {}
    # The file is ours, read where it is written.
    messages = ET.parse(path).iter("message")  # noqa: S314
    return {
        Words(one.findtext("source", ""), one.findtext("comment", "")): one.findtext("translation", "")
        for one in messages
    }


def write(english: dict[Words, str], path: Path = CATALOGUE) -> None:
    """Write the catalogue as Qt Linguist does, sorted so that changes stay small."""
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="fr")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for words in sorted(english):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = words.french
        if words.sense:
            ET.SubElement(message, "comment").text = words.sense
        translation = ET.SubElement(message, "translation")
        translation.text = english[words]
        if not english[words]:
            translation.set("type", "unfinished")
    ET.indent(root)
    path.write_text(f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n", "utf-8")


def compiled(path: Path = CATALOGUE) -> Path:
    """Compile the catalogue with Qt's own program; the file it made."""
    made = path.with_suffix(".qm")
    program = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([program, "-silent", path, "-qm", made], check=True)
    return made


def main() -> int:
    """0 when every text has its English, else 1 after naming those that have none."""
    known = catalogued()
    english = {words: known.get(words, "") for words in all_said()}
    write(english)
    compiled()
    for words in sorted(words for words in english if not english[words]):
        print(f"no English yet: {words.french!r} {words.sense}".rstrip(), file=sys.stderr)
    return int("" in english.values())


if __name__ == "__main__":
    sys.exit(main())
