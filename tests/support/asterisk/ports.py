"""Ports for an exchange, its telephones and its callers, each given to one of them."""

import itertools
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

_FIRST, _END, _STEP = 20_000, 32_768, 4
"""Below the ephemeral ones, which any socket may be given; a caller's voice takes four."""
_TURNS = (_END - _FIRST) // _STEP
_turn = itertools.count(secrets.randbelow(_TURNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The ports of one exchange, all on loopback."""

    ami: int
    sip: int
    phone: int
    second: int
    third: int
    outside: int
    rtp_first: int


def new_ports() -> Ports:
    """Ports nobody holds; those for voice are a hundred in a row."""
    return Ports(
        ami=new_port(socket.SOCK_STREAM),
        sip=new_port(),
        phone=new_port(),
        second=new_port(),
        third=new_port(),
        outside=new_port(),
        rtp_first=10_000 + 100 * secrets.randbelow(100),
    )


def new_port(kind: socket.SocketKind = socket.SOCK_DGRAM) -> int:
    """A port that nobody holds, and that nobody else is given in this run."""
    ports = (_FIRST + _STEP * (turn % _TURNS) for turn in _turn)
    return next(port for port in ports if not is_held(port, kind))


def is_held(port: int, kind: socket.SocketKind = socket.SOCK_DGRAM) -> bool:
    """Whether somebody holds the port: read of the kernel, as trying it would keep its owner from it."""
    table = Path("/proc/net", "tcp" if kind is socket.SOCK_STREAM else "udp")
    lines = table.read_text("ascii").splitlines()[1:]
    return any(int(line.split()[1].rpartition(":")[2], 16) == port for line in lines)
