"""Reads the operator's pages: what they say to type."""

import re
from collections.abc import Iterator

from tests.server.serving import ROOT

PAGES = ROOT / "resources" / "help" / "operation"
_BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROGRAMS = r"installers/[^\s`]+|filrouge-server|age-keygen|createdb|desk readmit|install"
_INLINE = re.compile(rf"(?<!`)`((?:{_PROGRAMS}) [^`]+)`(?!`)")


REHEARSED = ("basculer", "cles", "installer", "restaurer", "sauvegarder")
"""The others (a sign-in elsewhere, a person's rights) need who is not in a bare root."""


def typed_lines() -> Iterator[tuple[str, str]]:
    """Each line that a page says to type, in the page's order: of its blocks, and of its sentences."""
    for path in (PAGES / f"{page}.md" for page in REHEARSED):
        text = path.read_text("utf-8")
        outside = _BLOCK.sub("", text)
        for line in [
            *(line for block in _BLOCK.findall(text) for line in block.splitlines()),
            *_INLINE.findall(outside),
        ]:
            yield path.stem, line
