"""What a command of `filrouge-server` prints, and the sentence of one that can't be done."""

import argparse
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec


class Failed(Exception):  # noqa: N818 - it is a sentence for standard error
    """The command can't be done; the message is the sentence."""


def print_rows(options: argparse.Namespace, rows: Iterable[Any], shown: Sequence[str]) -> None:
    """These columns of each row, a line a row."""
    listed = [{name: str(getattr(row, name) or "") for name in shown} for row in rows]
    print_data(options, listed, "\n".join("\t".join(row.values()) for row in listed))


def print_data(options: argparse.Namespace, data: Any, text: str) -> None:
    """A text for people, the data with `--json`."""
    print(msgspec.json.encode(data).decode() if options.json else text)
