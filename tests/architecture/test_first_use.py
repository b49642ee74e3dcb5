"""Two threads that need a type of msgspec's for the first time at one moment end the process (0.22)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.files import ROOT

THREADED = ("app", "sync")
TYPED = ROOT / "sync" / "server" / "bootstrap"
"""What is typed has one thread."""
TRIES = 4
AT_ONCE = """
import sys, threading
from datetime import UTC, datetime
import msgspec
from sync.protocol.messages import CommandMessage, to_envelope

sys.setswitchinterval(1e-6)
person = "01a20898-2dae-7535-8e63-471e3dac98ec"
body = msgspec.Raw(b'{"kind":"OpenPerson","person":"%b","reason":"x"}' % person.encode())
made_at = datetime(2026, 11, 24, tzinfo=UTC)
message = CommandMessage(id=person, kind="OpenPerson", made_at=made_at, author="a", body=body)
ready, read = threading.Barrier(8), []

def first():
    ready.wait()
    read.append(to_envelope(message).body.person)

threads = [threading.Thread(target=first) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(read == [person] * 8)
"""


def test_the_first_commands_of_several_desks_come_at_one_moment() -> None:
    for _ in range(TRIES):
        ran = subprocess.run(
            [sys.executable, "-c", AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stdout) == (0, "True\n"), ran.stderr[-400:]


@pytest.mark.parametrize("source", [path for top in THREADED for path in sorted((ROOT / top).rglob("*.py"))])
def test_what_threads_read_is_learnt_when_it_is_imported(source: Path) -> None:
    if TYPED not in source.parents:
        assert list(_learnt_late(ast.parse(source.read_text("utf-8")))) == []


def _learnt_late(tree: ast.Module) -> Iterator[str]:
    """Each type of ours that is named where it is read; those of Python's hold nothing to learn."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        match ast.unparse(call.func):
            case "msgspec.json.decode":
                kinds = [word.value for word in call.keywords if word.arg == "type"]
            case "msgspec.convert":
                kinds = call.args[1:2]
            case _:
                continue
        yield from (ast.unparse(kind) for kind in kinds if not _is_learnt(kind))


def _is_learnt(kind: ast.expr) -> bool:
    own = {"Any", "str", "list", "dict", "datetime"}
    is_builtin = all(node.id in own for node in ast.walk(kind) if isinstance(node, ast.Name))
    return is_builtin or (isinstance(kind, ast.Attribute) and kind.attr == "type")
