"""The line of totals tells the truth: a skip or an error is never a pass."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.files import ROOT

TOTALS = ROOT / "installers" / "lib" / "totals.py"


@pytest.mark.parametrize(
    ("counts", "passed", "code"),
    [
        ('tests="5" failures="0" errors="0" skipped="0"', 5, 0),
        ('tests="5" failures="1" errors="0" skipped="0"', 4, 1),
        ('tests="5" failures="0" errors="2" skipped="0"', 3, 1),
        ('tests="5" failures="0" errors="0" skipped="1"', 4, 1),
    ],
)
def test_only_a_whole_run_passes(tmp_path: Path, counts: str, passed: int, code: int) -> None:
    report = tmp_path / "report.xml"
    report.write_text(f'<testsuites><testsuite {counts} time="1.25"/></testsuites>', "utf-8")
    ran = subprocess.run(
        [sys.executable, TOTALS, "fast", report], capture_output=True, text=True, check=False
    )
    said = json.loads(ran.stdout)
    assert (said["part"], said["passed"], said["seconds"]) == ("fast", passed, 1.2)
    assert ran.returncode == code


def test_a_part_that_crashes_counts_as_failed(tmp_path: Path) -> None:
    crash = tmp_path / "pytest"
    crash.write_text("#!/bin/sh\nkill -SEGV $$\n", "utf-8")
    crash.chmod(0o755)
    taken = "eval \"$(sed -n '/^run_tests()/,/^}/p' installers/test.sh)\"; run_tests real"
    run = f'say() {{ echo "$*" >&2; }}; {taken}'
    ran = subprocess.run(
        ["/bin/bash", "-c", run],
        cwd=ROOT,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(ran.stdout.splitlines()[-1])
    assert (said["part"], said["failed"], ran.returncode) == ("real", 1, 1)
