"""What a command of `filrouge-server` prints, and the sentence of one that can't be done."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec


class Failed(Exception):  # noqa: N818 - it is a sentence for standard error
    """The command can't be done; the message is the sentence."""


def add_command(commands: Any, name: str, run: Callable[..., None], text: str) -> argparse.ArgumentParser:
    """A command that runs so, and prints its data with `--json`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="print data as JSON")
    parser.set_defaults(run=run)
    return parser


def print_rows(options: argparse.Namespace, rows: Iterable[Any], shown: Sequence[str]) -> None:
    """These columns of each row, a line a row."""
    listed = [{name: str(getattr(row, name) or "") for name in shown} for row in rows]
    print_data(options, listed, "\n".join("\t".join(row.values()) for row in listed))


def print_data(options: argparse.Namespace, data: Any, text: str) -> None:
    """A text for people, the data with `--json`."""
    print(msgspec.json.encode(data).decode() if options.json else text)
