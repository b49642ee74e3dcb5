"""The demonstration, played by the real programs: the first call, then a day of eighty, with a cut cable."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from app.demo.recount import Figures

pytestmark = [pytest.mark.journey, pytest.mark.timeout(480)]

STEPS = (
    "signed in",
    "morning list",
    "ring",
    "pop",
    "person opened",
    "answered",
    "caller verified",
    "motive chosen",
    "motive logged in four keys",
    "seen by console 2",
    "hidden caller",
    "wire cut",
    "motive logged offline",
    "wire back",
    "journal holds both once",
    "day begins",
    "busiest time",
    "wire cut in the afternoon",
    "wire back in the afternoon",
    "day ends",
    "supervision at the end",
)


class _Step(msgspec.Struct):
    step: str
    is_done: bool
    measured: dict[str, float] = {}
    picture: str = ""
    fault: str = ""


class _Day(msgspec.Struct):
    calls: int
    untraced: int
    forgotten: int
    promises: dict[str, int]
    board: Figures
    oracle: Figures


class _Story(msgspec.Struct):
    is_whole: bool
    steps: list[_Step]
    day: _Day


def _play(out: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--demo", "--out", str(out)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_step_of_the_first_call_happens(tmp_path: Path) -> None:
    status, said = _play(tmp_path)
    assert status == 0, said + (tmp_path / "story.json").read_text()[-400:]
    story = msgspec.json.decode((tmp_path / "story.json").read_bytes(), type=_Story)
    assert [step.step for step in story.steps] == list(STEPS), said
    assert all(step.is_done for step in story.steps)
    assert story.is_whole
    assert next(step for step in story.steps if step.step == "pop").measured["ring_to_painted_ms"] > 0
    day = story.day
    assert (day.calls, day.untraced, day.forgotten) == (80, 0, 0)
    assert sum(day.promises.values()) == 18
    assert set(day.promises) == {"kept", "postponed", "missed"}
    assert day.board == day.oracle
    assert day.oracle["received"] == 62
    assert all((tmp_path / step.picture).stat().st_size for step in story.steps if step.picture)


def test_a_story_that_cannot_start_says_so_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ui",
            "--demo",
            "--out",
            str(tmp_path),
            "--postgres",
            "postgresql://127.0.0.1:1/no",
        ],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 1
    assert "FILROUGE_DATABASE_URL" in done.stderr
