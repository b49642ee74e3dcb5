"""A real server process beside a real exchange."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
_PATIENCE_S = 20
_SERVER = [sys.executable, "-m", "sync.server"]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens on loopback."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        """Where consoles reach it."""
        return f"http://127.0.0.1:{self.port}"


def run_server(house: Path, *arguments: str, database: str = "") -> None:
    """One command of the server on a data directory, to its end; on a file there without a `database`."""
    subprocess.run(
        [*_SERVER, *arguments],
        env=_environment(house, database),
        cwd=ROOT,
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def serving(house: Path, *, database: str = "") -> Generator[Running]:
    """A server that listens, ended with the block if it still runs."""
    with subprocess.Popen(
        [*_SERVER, "serve"],
        env=_environment(house, database),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        try:
            where: str = json.loads(process.stdout.readline())["listening"]
            yield Running(process, int(where.rpartition(":")[2]))
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)


def _environment(house: Path, database: str) -> dict[str, str]:
    known = {"FILROUGE_DATABASE_URL": database} if database else {}
    return {**os.environ, "FILROUGE_DATA_DIR": str(house), "FILROUGE_LISTEN": "127.0.0.1:0", **known}
