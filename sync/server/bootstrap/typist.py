"""Says who types on this server, and on which machine: as the system knows it, not as a shell says it."""

import getpass
import os
import socket
import sys
from pathlib import Path

AT_THE_SERVER = "filrouge-server"
_LOGIN_ID = Path("/proc/self/loginuid")
"""Who signed in to the machine, whatever `su` or `sudo` made of them since."""
_NOBODY_SIGNED_IN = 2**32 - 1


def typed_at() -> str:
    """`filrouge-server:USER@MACHINE`, where a desk's name stands in the journal; no login looks like it."""
    return f"{AT_THE_SERVER}:{_who()}@{socket.gethostname()}"


def _who() -> str:
    """The account of the machine; « somebody as root » where who signed in became another."""
    if sys.platform == "win32":
        return getpass.getuser()
    signed_in, now = _signed_in(), os.getuid()
    names = dict.fromkeys(_name(each) for each in (signed_in, now) if each is not None)
    return " as ".join(names)


def _signed_in() -> int | None:
    try:
        told = int(_LOGIN_ID.read_text("ascii"))
    except (OSError, ValueError):
        return None
    return None if told == _NOBODY_SIGNED_IN else told


def _name(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
