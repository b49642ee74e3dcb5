"""The rehearsal and the operator's pages stay in step: what one says and the other does not is found here."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.operation.__main__ import Failed, Root, rehearse
from tests.operation.pages import typed_lines


class Dry(Root):
    """Types nothing: what would be typed is kept, and all goes well."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))
        self.typed: list[str] = []

    def type(
        self, text: str, *, by: str = "root", answers: Sequence[str] = (), is_expected: bool = True
    ) -> str:
        self.typed.append(text)
        return "3 entries, all as written, are saved."

    def serve(self) -> None:
        self.typed.append("serve")

    def lay(self, path: str, text: str, *, owner: str, mode: int = 0o600) -> None:
        self.typed.append(path)


def test_every_line_of_the_pages_is_typed_or_said_not_to_be() -> None:
    root = Dry()
    assert rehearse(root) == []
    assert len(root.typed) > 40
    assert not [line for line in root.typed if "…" in line]


def test_a_line_that_no_page_says_any_more_is_found() -> None:
    with pytest.raises(Failed, match="does not say"):
        Dry().page("cles", "filrouge-server keys forget")


def test_a_line_that_nobody_types_is_found() -> None:
    root = Dry()
    root.left["cles", "filrouge-server keys forget all"] = None
    assert rehearse(root) == ["cles.md: filrouge-server keys forget all"]
    assert ("cles", "filrouge-server keys rotate numbers") in set(typed_lines())
