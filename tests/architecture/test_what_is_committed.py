"""What is committed can be read by a stranger: no host, no place of one machine, locks by hashes."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.files import ROOT, committed, relative

PACKAGE_HOST = re.compile(
    r"https?://[\w.-]+/(simple|packages|debian|pool|dist)\b|--(index-url|find-links|trusted-host)\b"
)
PLACE = re.compile(r"(?<![\w.$}/-])/(work|root|home|Users|tmp)/[\w.]|file:///\w")
LOCKS = committed("installers/locks/*.txt")
PINNED = re.compile(r"^[\w.\[\]-]+==\S+( ;.*)? \\$")


def _asked(lock: str) -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project, extras = settings["project"], settings["project"]["optional-dependencies"]
    ends = extras["console"] + extras["server"] + settings["dependency-groups"]["dev"]
    return project["dependencies"] + (ends if lock == "dev" else extras[lock])


def _matching(pattern: re.Pattern[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in committed():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if path.name != "test_what_is_committed.py" and (match := pattern.search(text)):
            found[relative(path)] = match.group()
    return found


def test_no_file_names_a_host_of_packages() -> None:
    assert _matching(PACKAGE_HOST) == {}


def test_no_file_names_a_place_of_one_machine() -> None:
    assert _matching(PLACE) == {}


@pytest.mark.parametrize(
    "line",
    # In two parts, so that this file itself names no such place.
    [
        "/work" + "/main/x",
        " /root" + "/.cache",
        '"/tmp' + '/fr1"',
        "file://" + "/opt/wheels",
        "https://mirror.example" + "/simple/",
    ],
)
def test_a_host_or_a_place_would_be_seen(line: str) -> None:
    assert PLACE.search(line) or PACKAGE_HOST.search(line)


def test_there_is_a_lock_for_each_environment() -> None:
    assert [path.stem for path in LOCKS] == ["console", "dev", "server", "uv"]


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.stem for lock in LOCKS])
def test_every_line_of_a_lock_is_a_version_with_its_hashes(lock: Path) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", lock.read_text("utf-8")) if not entry.startswith("#")]
    assert entries
    assert [entry for entry in entries if not PINNED.match(entry.splitlines()[0])] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", ["console", "server", "dev"])
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    text = (ROOT / "installers" / "locks" / f"{lock}.txt").read_text("utf-8")
    held = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", text, re.MULTILINE))
    asked = [Requirement(line) for line in _asked(lock)]
    assert asked
    assert [str(r) for r in asked if not r.specifier.contains(held.get(canonicalize_name(r.name), "0"))] == []
    assert {canonicalize_name(requirement.name) for requirement in asked} <= set(held)


def test_the_console_comes_without_the_server_and_the_server_without_qt() -> None:
    console, server = (
        (ROOT / "installers" / "locks" / name).read_text() for name in ("console.txt", "server.txt")
    )
    assert "litestar==" not in console
    assert "uvicorn==" not in console
    assert "pyside6-essentials==" not in server
    assert "sqlcipher3==" not in server


def test_the_scripts_can_be_read_by_bash() -> None:
    for script in [*committed("installers/**.sh"), ROOT / ".ci" / "run"]:
        subprocess.run(["bash", "-n", str(script)], check=True)
