"""Imports go down only, and the domain stands on almost nothing."""

import ast
import shutil
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


def _lint_imports(top: Path) -> str:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([linter, "--no-cache"], cwd=top, capture_output=True, text=True, check=False).stdout


def test_the_contracts_between_floors_are_kept() -> None:
    said = _lint_imports(ROOT)
    assert " 0 broken" in said, said


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


# One import across each wall: the contract's name -> (new module, what it should not import).
CROSSINGS = {
    "ui > sync > app": ("app/domain/crossing_up.py", "sync.protocol"),
    "the floors of app": ("app/store/crossing.py", "app.queries"),
    "the two ends share only the protocol": ("sync/protocol/crossing.py", "sync.server"),
    "the floors of the server": ("sync/server/routes/crossing.py", "sync.server.jobs"),
    "the floors of the console": ("ui/widgets/crossing.py", "ui.panels"),
    "the domain knows no database, network, Qt or framework": ("app/domain/crossing.py", "sqlalchemy"),
    "Qt only in ui": ("sync/client/crossing.py", "PySide6"),
    "the web framework only in the server": ("ui/panels/crossing_web.py", "litestar"),
    "plots only in ui.widgets.plot": ("ui/panels/crossing_plot.py", "pyqtgraph"),
    "the console never imports the server": ("ui/panels/crossing_server.py", "sync.server"),
    "only ui.bootstrap imports sync.client": ("ui/panels/crossing_client.py", "sync.client"),
    "screens do not know each other": ("ui/screens/crossing.py", "ui.screens.sign_in"),
    "neighbours do not know each other": ("ui/panels/crossing_a.py", "ui.panels.crossing_b"),
    "no cycles": ("ui/panels/crossing_b.py", "ui.panels.crossing_a"),
}


def test_a_crossing_of_any_wall_is_seen(tmp_path: Path) -> None:
    for name in ("app", "sync", "ui"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, crossed in CROSSINGS.values():
        (tmp_path / module).write_text(f"import {crossed}\n", "utf-8")
    said = _lint_imports(tmp_path)
    assert {wall for wall in CROSSINGS if f"\n{wall} BROKEN" in said} == set(CROSSINGS)
    assert " 0 kept" in said
