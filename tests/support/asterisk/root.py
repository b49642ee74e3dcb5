"""The root directory in which Asterisk runs: Debian 12 has none, so one is made once per machine."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

OLDEST_ACCEPTED = 22
_SUITE = "sid"


class NoExchange(Exception):  # noqa: N818 - a sentence for whoever runs the tests
    """The exchange cannot be had on this machine; the message says why."""


def asterisk_root() -> tuple[Path, str]:
    """The root and the version of the Asterisk in it, made on first use (about a minute)."""
    if os.geteuid() != 0:
        raise NoExchange("The exchange runs in a root of its own, which needs root.")
    cache = _cache()
    cache.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(cache / "asterisk.lock"):
        return _ready(cache) or _build(cache)


def _cache() -> Path:
    """The user's cache, where the root outlives the working tree."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "filrouge"


@contextmanager
def _one_at_a_time(lock: Path) -> Generator[None]:
    """Two test runs do not build the same root side by side."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _ready(cache: Path) -> tuple[Path, str] | None:
    """The newest complete root of the cache, if there is one."""
    found = [
        (tuple(int(part) for part in root.name.removeprefix("asterisk-").split(".")), root)
        for root in cache.glob("asterisk-[0-9]*")
        if (root / "usr/sbin/asterisk").exists()
    ]
    if not found:
        return None
    newest = max(found)[1]
    return newest, newest.name.removeprefix("asterisk-")


def _build(cache: Path) -> tuple[Path, str]:
    """Make the root beside its place, then move it there: a half-made one is never found."""
    making = cache / "making"
    shutil.rmtree(making, ignore_errors=True)
    _run(
        "debootstrap",
        "--variant=minbase",
        "--include=asterisk,ca-certificates",
        _SUITE,
        str(making),
        _mirror(),
    )
    for spent in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc"):
        shutil.rmtree(making / spent, ignore_errors=True)
    version = _version(making)
    root = cache / f"asterisk-{version}"
    making.rename(root)
    return root, version


def _mirror() -> str:
    """The package mirror this machine is configured for, never one of ours."""
    sites = _run("apt-get", "indextargets", "--format", "$(SITE)").split()
    plain = [site for site in sites if not site.rstrip("/").endswith("-security")]
    if not plain:
        raise NoExchange("apt-get names no package mirror on this machine.")
    return plain[0]


def _version(root: Path) -> str:
    """The version in dotted figures; an exchange older than our promise is refused."""
    text = _run("chroot", str(root), "asterisk", "-V")
    match = re.search(r"(\d+(?:\.\d+)*)", text)
    if match is None or int(match[1].split(".")[0]) < OLDEST_ACCEPTED:
        raise NoExchange(f"Asterisk {OLDEST_ACCEPTED} or later is needed, found: {text}")
    return match[1]


def _run(*command: str) -> str:
    """The output of a command that must succeed; its last lines are the error otherwise."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    except FileNotFoundError:
        raise NoExchange(f"The program {command[0]} is not installed.") from None
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-5:])
        raise NoExchange(f"{command[0]} failed: {last}")
    return done.stdout
