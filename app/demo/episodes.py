"""The demands that people live at this hospital, read from `episodes.txt`."""

import re
from functools import cache
from importlib import resources

import msgspec

from app.domain.words import Channel, Direction, Outcome

_OUTCOMES = {
    "r": Outcome.DEALT_WITH,
    "f": Outcome.FOLLOW_UP,
    "t": Outcome.TRANSFERRED,
    "s": Outcome.NO_ACTION,
}
_SPACE_BEFORE = re.compile(r" (?=[;:?!%»])")


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange, `days` after the one before; a promise is due in so many hours, 0 is none."""

    channel: Channel
    direction: Direction
    is_automatic: bool
    days: int
    outcome: Outcome
    promised_hours: int
    text: str
    has_blanks: bool


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """The appointment that a demand leads to, `days` after its last exchange."""

    days: int
    title: str
    place: str


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """One demand from its first word to its end."""

    weight: int
    service: str
    motive: str
    title: str
    closing: str
    steps: tuple[Step, ...]
    visit: Visit | None


@cache
def episodes() -> tuple[Episode, ...]:
    """All of them, in the order of the file."""
    text = (resources.files("app.demo") / "episodes.txt").read_text("utf-8")
    blocks = (block for block in text.split("\n\n") if not block.startswith("#"))
    return tuple(_episode(block.strip().splitlines()) for block in blocks)


def typographic(text: str) -> str:
    """No-break spaces where French wants them."""
    return _SPACE_BEFORE.sub("\u00a0", text).replace("« ", "«\u00a0")


def _episode(lines: list[str]) -> Episode:
    weight, service, motive, title, closing = (part.strip() for part in lines[0].split(";"))
    visits = [_visit(line) for line in lines[1:] if line[0] == "@"]
    return Episode(
        weight=int(weight),
        service=service,
        motive=motive,
        title=title,
        closing=closing,
        steps=tuple(_step(line) for line in lines[1:] if line[0] != "@"),
        visit=visits[0] if visits else None,
    )


def _step(line: str) -> Step:
    who, channel, days, outcome, promised, text = line.split(" ", 5)
    return Step(
        channel=Channel(channel),
        direction=Direction.INBOUND if who == "<" else Direction.OUTBOUND,
        is_automatic=who == "*",
        days=int(days),
        outcome=_OUTCOMES[outcome],
        promised_hours=0 if promised == "-" else int(promised),
        text=typographic(text),
        has_blanks="{" in text,
    )


def _visit(line: str) -> Visit:
    _, days, words = line.split(" ", 2)
    title, _, place = words.partition("; ")
    return Visit(days=int(days), title=title, place=place)
