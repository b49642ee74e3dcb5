"""A real Secret Service of one's own: a bus and gnome-keyring that keep what a program of ours stores."""

import os
import subprocess
import sys
from pathlib import Path

from tests.server.serving import ROOT

_BEGIN = (
    'printf "%s" "une phrase" | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
)
"""The person opens the session, which opens the keyring."""


def in_a_session(home: Path, *program: str, is_open: bool = True, patience_s: float = 60) -> list[str]:
    """What a program printed in a session of its own, whose keyring lies in `home`; each line.

    Raises `CalledProcessError`, which holds what it said, when it failed.
    """
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    places = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "data")}
    session = ["dbus-run-session", "--"]
    begun = ["sh", "-c", _BEGIN, "sh"] if is_open else []
    done = subprocess.run(
        [*session, *begun, sys.executable, "-m", *program],
        env=inherited | places | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=patience_s,
    )
    return done.stdout.splitlines()
