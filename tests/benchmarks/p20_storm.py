"""P20: an exchange's storm read into commands, against its messages cut into mappings by three lines."""

import time
from datetime import timedelta

from app.domain.commands import RegisterEnd
from sync.server.connectors.asterisk.agents import AGENT_EVENTS
from sync.server.connectors.asterisk.ami import MessageReader
from sync.server.connectors.asterisk.calls import CALL_EVENTS
from tests.benchmarks.paired import Figure, Goal, measure
from tests.server.connectors.lines import CAPTURES, START, exchange_calls

CALLS = 300
_CHUNK = 65_536
_BLANK = b"\r\n\r\n"


def figures() -> list[Figure]:
    """Microseconds a message, events that nobody asked for included: an exchange says them too."""
    storm = _storm()
    messages = storm.count(_BLANK)
    goal = Goal(
        id="P20",
        what="an exchange's message, read and followed",
        unit="us",
        goal=32.0,
        aim=3.2,
        size=f"{messages} messages of {CALLS} calls",
    )
    return [measure(goal, lambda: _bare(storm) / messages, lambda: _product(storm) / messages)]


def _storm() -> bytes:
    """One captured call again and again, each time under identifiers of its own."""
    captured = (CAPTURES / "answered.ami").read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    calls = captured[captured.index(b"Event: Newchannel") :]
    begun = calls[calls.index(b"Linkedid: ") + len(b"Linkedid: ") :].split(b".")[0]
    return b"".join(calls.replace(begun, b"%d" % (int(begun) + call)) for call in range(CALLS))


def _chunks(storm: bytes) -> list[bytes]:
    return [storm[at : at + _CHUNK] for at in range(0, len(storm), _CHUNK)]


def _bare(storm: bytes) -> float:
    started = time.perf_counter()
    for block in storm.split(_BLANK):
        dict(line.split(": ", 1) for line in block.decode().split("\r\n") if ": " in line)
    return (time.perf_counter() - started) * 1e6


def _product(storm: bytes) -> float:
    """What the line does with each chunk, up to the commands; every call must have come out ended."""
    reader, calls = MessageReader(CALL_EVENTS | AGENT_EVENTS), exchange_calls()
    at, ended = START, 0
    started = time.perf_counter()
    for chunk in _chunks(storm):
        for message in reader.feed(chunk):
            at += timedelta(milliseconds=1)
            ended += sum(isinstance(one.body, RegisterEnd) for one in calls.to_commands(message, at))
    spent = (time.perf_counter() - started) * 1e6
    ended += sum(isinstance(one.body, RegisterEnd) for one in calls.settle(at + timedelta(minutes=1)))
    if ended != CALLS:
        raise ValueError(f"{ended} calls ended out of {CALLS}")
    return spent
