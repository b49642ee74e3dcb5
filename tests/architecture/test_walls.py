"""Imports go down only, and the domain stands on almost nothing."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.files import ROOT, committed, relative

DOMAIN_MAY_IMPORT = {*sys.stdlib_module_names, "msgspec", "phonenumbers", "app.domain"}
DOMAIN_MAY_NOT_IMPORT = {"sqlite3", "socket", "http", "urllib", "asyncio", "threading", "subprocess", "time"}


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def _root(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "app" else parts[0]


def test_the_contracts_between_floors_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken" in ran.stdout


def test_the_domain_imports_only_the_standard_library_messages_and_telephone_numbers() -> None:
    modules = committed("app/domain/**.py")
    assert modules
    strangers = {
        relative(path): foreign
        for path in modules
        if (foreign := {name for name in map(_root, _imported(path)) if name not in DOMAIN_MAY_IMPORT})
    }
    assert strangers == {}


def test_the_domain_touches_no_wire_no_thread_and_no_clock() -> None:
    touching = {
        relative(path): found
        for path in committed("app/domain/**.py")
        if (found := set(map(_root, _imported(path))) & DOMAIN_MAY_NOT_IMPORT)
    }
    assert touching == {}
