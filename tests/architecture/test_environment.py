"""Which environment serves which command, as `run.sh` and `test.sh` follow each other on one machine."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = ("server", "run", "dev")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree whose locks can be changed, with an environment that is a mark and nothing else."""
    (tmp_path / "installers/locks").mkdir(parents=True)
    for name in ("console", "server", "dev"):
        (tmp_path / f"installers/locks/{name}.txt").write_text(name)
    (tmp_path / "pyproject.toml").write_text("first")
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.mark.parametrize("made", KINDS)
def test_an_environment_serves_what_needs_no_more_than_it_has(checkout: Path, made: str) -> None:
    _sh(checkout, f"stamp_of {made} >.venv/.filrouge-{made}")
    serves = {kind for kind in KINDS if _sh(checkout, f"is_enough {kind}") == 0}
    assert serves == set(KINDS[: KINDS.index(made) + 1])


def test_none_serves_once_a_lock_has_changed(checkout: Path) -> None:
    _sh(checkout, "stamp_of dev >.venv/.filrouge-dev")
    (checkout / "pyproject.toml").write_text("second")
    assert all(_sh(checkout, f"is_enough {kind}") != 0 for kind in KINDS)


@pytest.mark.parametrize(("before", "asked", "made"), [("dev", "run", "dev"), ("run", "dev", "dev")])
def test_it_is_made_for_whoever_needs_most_of_it(checkout: Path, before: str, asked: str, made: str) -> None:
    (checkout / f".venv/.filrouge-{before}").write_text("of other locks")
    _sh(checkout, f"find_python() {{ echo python3; }}; find_uv() {{ echo true; }}; use_environment {asked}")
    assert [path.name for path in checkout.glob(".venv/.filrouge-*")] == [f".filrouge-{made}"]


def _sh(folder: Path, lines: str) -> int:
    script = f"set -u; source {ROOT}/installers/lib/environment.sh; {lines}"
    return subprocess.run(["bash", "-c", script], cwd=folder, check=False, timeout=20).returncode
