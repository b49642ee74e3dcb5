"""Two PostgreSQL of a test's own, handled by the script that an operator types."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import PROGRAMS, free_port, run

SCRIPT = Path(__file__).parents[2] / "installers" / "postgres.sh"
PATIENCE_S = 120
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = '16MB'
autovacuum = off
log_min_messages = fatal
"""


class Pair:
    """Where two clusters stand and listen; `home` goes with the test."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.archive = home / "archive"
        self.ports = {home / name: free_port() for name in ("one", "two")}

    @property
    def one(self) -> Path:
        """The first primary."""
        return self.home / "one"

    @property
    def two(self) -> Path:
        """The first standby."""
        return self.home / "two"

    @property
    def url(self) -> str:
        """Both, as FILROUGE_DATABASE_URL names them."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports.values())
        return f"postgresql://filrouge@{hosts}/filrouge"

    def make_first(self) -> None:
        """A cluster alone, with an empty database."""
        one = str(self.one)
        run("initdb", "-D", one, "-U", "filrouge", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (self.one / "postgresql.conf").open("a") as conf:
            conf.write(f"{SETTINGS}port = {self.ports[self.one]}\nunix_socket_directories = '{self.home}'\n")
        run("pg_ctl", "-D", one, "-w", "-l", f"{one}.log", "start")
        run("createdb", "-h", str(self.home), "-p", str(self.ports[self.one]), "-U", "filrouge", "filrouge")

    def type(self, action: str, where: Path, *arguments: object) -> str:
        """One step of the script; what it said."""
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                ["bash", str(SCRIPT), action, str(where), *map(str, arguments)],
                env=os.environ | {"PGUSER": "filrouge"},
                stdout=said,
                stderr=said,
                timeout=PATIENCE_S,
                check=False,
            )
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
        assert done.returncode == 0, text
        return text

    def follow(self, action: str, where: Path, *, of: Path, name: str) -> None:
        """`standby` or `rejoin`, of the other cluster."""
        more = ("--of", "127.0.0.1", "--of-port", self.ports[of], "--name", name, "--port", self.ports[where])
        self.type(action, where, *more)

    def kill(self, where: Path) -> None:
        """The machine is lost: nobody of it says goodbye."""
        os.kill(int((where / "postmaster.pid").read_text("utf-8").split()[0]), signal.SIGKILL)

    def ask(self, where: Path, question: str) -> str:
        """One question to a cluster."""
        asked = (
            "-XqAt",
            "-h",
            str(self.home),
            "-p",
            str(self.ports[where]),
            "-U",
            "filrouge",
            "-d",
            "filrouge",
        )
        done = subprocess.run(
            [str(PROGRAMS / "psql"), *asked, "-c", question],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return done.stdout.strip()


@contextmanager
def pair_of_clusters() -> Generator[Pair]:
    """A running primary and the place of a standby, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    pair = Pair(home)
    try:
        pair.make_first()
        yield pair
    finally:
        for data in pair.ports:
            if (data / "postmaster.pid").exists():
                stop = ["pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop"]
                subprocess.run(
                    _as_postgres(stop), capture_output=True, timeout=PATIENCE_S, check=False, cwd="/"
                )
        shutil.rmtree(home, ignore_errors=True)


def _as_postgres(command: list[str]) -> list[str]:
    named = [str(PROGRAMS / command[0]), *command[1:]]
    return ["runuser", "-u", "postgres", "--", *named] if os.geteuid() == 0 else named
