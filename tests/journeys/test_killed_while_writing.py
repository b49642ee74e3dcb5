"""What somebody was writing is there again after the console was killed: a note, a message, a search."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(400)]

KILLS = 30
MOST_S = 380


def _faults_of(folder: Path, kills: int, *more: str) -> tuple[list[str], int]:
    """What was lost by consoles that were killed that many times, and how many were."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.writing", str(folder), str(kills), *more],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=MOST_S,
        check=True,
    )
    faults, killed = json.loads(done.stdout)
    return faults, killed


def test_a_key_older_than_a_second_survives_thirty_kills(tmp_path: Path) -> None:
    assert _faults_of(tmp_path, KILLS) == ([], KILLS)


def test_the_kills_find_out_a_desk_that_does_not_keep(tmp_path: Path) -> None:
    faults, killed = _faults_of(tmp_path, 3, "late")
    assert (len(faults), killed) == (3, 3)
