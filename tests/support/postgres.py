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
SMALL = {"max_wal_size": "64MB", "min_wal_size": "32MB"}
"""So that its log does not fill a small disk by itself."""
DISK, ROOM_LEFT = 1 << 30, 1 << 16
"""Bytes of a disk of its own, which takes the memory that it uses; and those left when it is full."""
PATIENCE_S = 30


class Cluster:
    """A running PostgreSQL on loopback; `new_database` gives an empty one."""

    def __init__(self, home: Path, settings: dict[str, str], *, disk: Path | None = None) -> None:
        self._disk = disk
        self.port = free_port()
        self.is_running = False
        self._made = 0
        at = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(home)}
        self._given = " ".join(f"-c {name}={value}" for name, value in (settings | at).items())
        self._log = home / "log"
        self._control = ("pg_ctl", "-D", str(home / "data"), "-w", "-t", str(PATIENCE_S))

    def start(self) -> None:
        """Run it, again at the same port after a crash; on a full disk it may not."""
        if not self._is_up():
            status, said = _status_of(*self._control, "-l", str(self._log), "-o", self._given, "start")
            assert self.can_fill or status == 0, said
        self.is_running = self._is_up()

    def _is_up(self) -> bool:
        return _status_of(*self._control, "status")[0] == 0

    def crash(self) -> None:
        """End it at once, as a machine that loses its power does but for what the system holds in memory."""
        if self._is_up():
            run(*self._control, "-m", "immediate", "stop")
        self.is_running = False

    @property
    def can_fill(self) -> bool:
        """Whether it stands on a disk of its own, which can be made full."""
        return self._disk is not None

    def fill_disk(self) -> bool:
        """From now on it writes nothing more than it has; whether that could be done."""
        if self._disk is None:
            return False
        used = sum(path.stat().st_blocks for path in self._disk.rglob("*") if path.exists()) * 512
        return _mount("-o", f"remount,size={used + ROOM_LEFT}", str(self._disk))

    def free_disk(self) -> None:
        """There is room again, and it runs."""
        if self._disk is not None:
            _mount("-o", f"remount,size={DISK}", str(self._disk))
            self.start()

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
def cluster_on_small_disk() -> Generator[Cluster]:
    """One whose disk can be made full, where root may mount one; else without."""
    home = Path(tempfile.mkdtemp(prefix="pg"))
    is_mounted = os.geteuid() == 0 and _mount("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(home))
    try:
        with throw_away_cluster(home if is_mounted else None, **SMALL) as made:
            yield made
    finally:
        if is_mounted:
            subprocess.run(["umount", str(home)], check=True)
        home.rmdir()


@contextmanager
def throw_away_cluster(disk: Path | None = None, **options: str) -> Generator[Cluster]:
    """Make a cluster, run it, and remove it; `options` are settings of postgresql.conf."""
    # A socket's path is limited to 107 characters: a short directory of its own.
    home = disk or Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        run("initdb", "-D", str(home / "data"), "-U", "filrouge", "-A", "trust", "-E", "UTF8", "--no-sync")
        made = Cluster(home, OPTIONS | options, disk=disk)
        made.start()
        try:
            yield made
        finally:
            # Nothing of it is kept: what is in memory need not be written first.
            made.crash()
    finally:
        if disk is None:
            shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def run(program: str, *arguments: str) -> None:
    """PostgreSQL's programs refuse to run as root; raises `AssertionError` with what they say."""
    status, said = _status_of(program, *arguments)
    assert status == 0, said


def _status_of(program: str, *arguments: str) -> tuple[int, str]:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_postgres, str(PROGRAMS / program), *arguments]
    # A file, not a pipe: the server keeps the descriptor, and a pipe would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, timeout=2 * PATIENCE_S, check=False, cwd="/")
        said.seek(0)
        return done.returncode, said.read().decode("utf-8", "replace")


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0
