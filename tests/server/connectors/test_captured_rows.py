"""A captured stream leaves the same rows however it is heard: twice, in disorder, by two processes."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.commands import CommandEnvelope
from app.store import tables
from sync.server.connectors.asterisk.ami import Message
from tests.server.connectors.lines import AsteriskScene, captured
from tests.support.scene import Scene
from tests.support.stores import quick_engine as engine

__all__ = ["engine"]

STREAMS = [
    "hold",
    "blind",
    "ami-blind",
    "blind-unanswered",
    "blind-outside",
    "attended",
    "attended-ringing",
    "attended-ringing-unanswered",
    "ami-attended",
    "ami-attended-cancelled",
    "ami-blind-back",
    "ami-attended-left",
    "ami-attended-keys",
    "no-answer",
    "overflow",
    "voicemail",
    "voicemail-nothing",
    "originate",
    "dialled",
]


def rows_of(engine: sa.Engine, told: Sequence[CommandEnvelope]) -> list[dict[str, Any]]:
    """The calls that these commands leave in an establishment of their own."""
    scene = Scene(engine)
    for envelope in told:
        scene.clock.move(timedelta(seconds=1))
        assert not scene.run(envelope.body, author=envelope.author, command_id=envelope.id).refusal
    with engine.connect() as connection:
        chosen = sa.select(tables.contact).filter_by(establishment=scene.establishment)
        found = connection.execute(chosen.order_by(tables.contact.c.id)).mappings().all()
    return [{key: row[key] for key in row if key not in ("establishment", "position")} for row in found]


def heard(messages: Sequence[Message]) -> list[CommandEnvelope]:
    return AsteriskScene().hear(messages)


def disordered(plain: Sequence[Message], seed: int) -> list[Message]:
    """Everything twice and anywhere, but the birth of the call: nothing else says since when it rings."""
    birth = next(at for at, message in enumerate(plain) if message.get("Event") == "Newchannel")
    rest = [*plain, *plain[birth + 1 :]]
    random.Random(seed).shuffle(rest)
    return [plain[birth], *rest]


@pytest.mark.parametrize("capture", STREAMS)
def test_a_stream_shuffled_and_repeated_leaves_the_rows_of_the_plain_one(
    engine: sa.Engine, capture: str
) -> None:
    plain = captured(capture)
    expected = rows_of(engine, heard(plain))
    assert [row["state"] for row in expected] == ["ended"]
    for seed in range(12):
        assert rows_of(engine, heard(disordered(plain, seed))) == expected, f"seed {seed}"


@pytest.mark.parametrize(
    ("capture", "event"),
    [
        ("blind", "BlindTransfer"),
        ("attended", "AttendedTransfer"),
        ("voicemail", "MessageWaiting"),
        ("overflow", "QueueCallerJoin"),
        ("dialled", "DialEnd"),
    ],
)
def test_a_stream_that_lacks_a_message_leaves_other_rows(engine: sa.Engine, capture: str, event: str) -> None:
    plain = captured(capture)
    last = max(at for at, message in enumerate(plain) if message.get("Event") == event)
    maimed = plain[:last] + plain[last + 1 :]
    assert rows_of(engine, heard(maimed)) != rows_of(engine, heard(plain))


def test_a_transferred_call_keeps_its_first_caller_and_says_who_gave_it(engine: sa.Engine) -> None:
    (row,) = rows_of(engine, heard(captured("attended")))
    assert (row["number"], row["extension"]) == ("+33639981234", "102")
    assert (row["transferred_from"], row["transferred_to"]) == ("101", "102")
    assert row["at"] < row["answered_at"] < row["taken_at"] == row["transferred_at"] < row["ended_at"]


def test_an_overflow_keeps_the_queue_that_was_called(engine: sa.Engine) -> None:
    (row,) = rows_of(engine, heard(captured("overflow")))
    assert (row["queue"], row["overflowed_from"]) == ("orthopedie", "accueil")
