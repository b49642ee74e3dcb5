"""A throw-away PostgreSQL cluster: its own directory, port and socket, gone with the test run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OPTIONS = {
    "shared_buffers": "32MB",
    "max_connections": "200",
    "autovacuum": "off",
    "full_page_writes": "on",
    "fsync": "on",
    "synchronous_commit": "on",
    "log_min_messages": "fatal",
}
PATIENCE_S = 30


class Cluster:
    """A running PostgreSQL on loopback; `new_database` gives an empty one."""

    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        self.port = free_port()
        self.is_running = False
        self._made = 0
        at = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(home)}
        self._given = " ".join(f"-c {name}={value}" for name, value in (settings | at).items())
        self._log = home / "log"
        self._control = ("pg_ctl", "-D", str(home / "data"), "-w", "-t", str(PATIENCE_S))

    def start(self) -> None:
        """Run it, again at the same port after a crash."""
        run(*self._control, "-l", str(self._log), "-o", self._given, "start")
        self.is_running = True

    def crash(self) -> None:
        """End it at once, as a machine that loses its power does but for what the system holds in memory."""
        run(*self._control, "-m", "immediate", "stop")
        self.is_running = False

    def new_database(self) -> str:
        """The URL of a fresh database."""
        self._made += 1
        name = f"filrouge_{self._made}"
        run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "filrouge", name)
        return self.url(name)

    def url(self, database: str) -> str:
        """How SQLAlchemy names one of its databases."""
        return f"postgresql+psycopg://filrouge@127.0.0.1:{self.port}/{database}"


@contextmanager
def throw_away_cluster(**options: str) -> Generator[Cluster]:
    """Make a cluster, run it, and remove it; `options` are settings of postgresql.conf."""
    # A socket's path is limited to 107 characters: a short directory of its own.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        run("initdb", "-D", str(home / "data"), "-U", "filrouge", "-A", "trust", "-E", "UTF8", "--no-sync")
        made = Cluster(home, OPTIONS | options)
        made.start()
        try:
            yield made
        finally:
            # Nothing of it is kept: what is in memory need not be written first.
            made.crash()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def run(program: str, *arguments: str) -> None:
    """PostgreSQL's programs refuse to run as root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_postgres, str(PROGRAMS / program), *arguments]
    # A file, not a pipe: the server keeps the descriptor, and a pipe would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, timeout=2 * PATIENCE_S, check=False, cwd="/")
        said.seek(0)
        assert done.returncode == 0, said.read().decode("utf-8", "replace")
