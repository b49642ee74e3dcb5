"""The simulated line does what a desk asks, and says what it cannot do."""

import asyncio
from collections.abc import Sequence

from app.domain.commands import CommandEnvelope
from app.domain.facts import LineActAsked
from app.domain.ids import Id, derived_id
from app.domain.words import LineAct
from sync.server.connectors.simulated import SimulatedLine
from tests.server.connectors.lines import CALLER, START, HandClock, Told, summary


def _asked(what: LineAct, contact: Id | None, *, to: str = "") -> LineActAsked:
    act = derived_id("act", what, to)

    return LineActAsked(
        act=act,
        line="simulated",
        what=what,
        extension="101",
        contact=contact,
        to=to,
        by="c.morvan",
        asked_at=START,
    )


def _play(*acts: tuple[LineAct, str]) -> list[Told]:
    told: list[CommandEnvelope] = []

    async def take(envelopes: Sequence[CommandEnvelope]) -> None:
        told.extend(envelopes)

    async def play() -> None:
        line = SimulatedLine("simulated", clock=HandClock(), emit=take)
        contact = await line.ring(CALLER, queue="accueil", extension="101")
        for what, to in acts:
            await line.perform(_asked(what, contact, to=to))

    asyncio.run(play())
    return [summary(each) for each in told][2:]


DONE = ("SettleLineAct", "")


def test_a_call_is_answered_announced_and_given() -> None:
    assert _play((LineAct.ANSWER, ""), (LineAct.ANNOUNCE, "102"), (LineAct.COMPLETE, "")) == [
        ("RegisterAnswer", "101"),
        DONE,
        ("RegisterHold", "101"),
        DONE,
        ("RegisterTransfer", "attended", "101", "102"),
        ("RegisterAnswer", "102"),
        DONE,
    ]


def test_a_number_is_dialled() -> None:
    assert _play((LineAct.DIAL, "0639985678")) == [("RegisterOutgoingCall", "101", "0639985678"), DONE]


def test_what_was_never_announced_is_not_given() -> None:
    assert _play((LineAct.COMPLETE, "")) == [("SettleLineAct", "call_gone")]
