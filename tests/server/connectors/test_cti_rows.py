"""Whatever the order and the repeats of what an exchange posts, its call leaves the same row."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.commands import CommandEnvelope, RegisterAnswer, RegisterCall, SettleLineAct
from app.domain.facts import LineActAsked
from app.domain.ids import Id
from app.domain.words import LineAct, LineRefusal
from app.queries.told_calls import KnownCall, known_call, stale_calls
from app.store import tables
from sync.server.connectors.generic_cti.calls import Arrangement
from sync.server.connectors.generic_cti.line import CtiLine, CtiStore, CtiWatch
from tests.server.connectors.posts import Fields, as_form, as_json, incoming, outgoing
from tests.support.asterisk.wire import Listener
from tests.support.scene import QUEUE, Scene
from tests.support.stores import quick_engine as engine

__all__ = ["engine"]

ARRANGEMENT = Arrangement(seats={"Claire Morvan": "4101", "Hugo Lambert": "4001"})
STORIES: dict[str, list[Fields]] = {
    "answered": [
        incoming("newCall", queue=QUEUE, user=["Hugo Lambert", "Claire Morvan"]),
        incoming("answer", answeringNumber="4101"),
        incoming("hangup", cause="normalClearing"),
    ],
    "answered, and the end says by whom": [
        incoming("newCall", queue=QUEUE, user="Hugo Lambert"),
        incoming("answer", answeringNumber="4101"),
        incoming("hangup", cause="normalClearing", answeringNumber="4101"),
    ],
    "the answer was lost": [
        incoming("newCall", queue=QUEUE, user="Hugo Lambert"),
        incoming("hangup", cause="normalClearing", answeringNumber="4101"),
    ],
    "abandoned": [
        incoming("newCall", queue=QUEUE, user="Hugo Lambert"),
        incoming("hangup", cause="cancel"),
    ],
    "missed": [incoming("newCall", queue=QUEUE), incoming("hangup", cause="busy")],
    "still in conversation": [
        incoming("newCall", queue=QUEUE, user=["Hugo Lambert", "Claire Morvan"]),
        incoming("answer", user="Claire Morvan"),
    ],
    "a call of ours": [
        outgoing("newCall", user="Claire Morvan"),
        outgoing("answer", user="Claire Morvan"),
        outgoing("hangup", user="Claire Morvan", cause="normalClearing"),
    ],
    "a call of ours in vain": [
        outgoing("newCall", user="Claire Morvan"),
        outgoing("hangup", user="Claire Morvan", cause="cancel"),
    ],
}
COMPARED = (
    "direction",
    "state",
    "ending",
    "queue",
    "service",
    "number",
    "extension",
    "agent",
    "line",
    "told_by",
    "ringing",
)


def find_call(engine: sa.Engine, establishment: str, contact: Id) -> KnownCall | None:
    with engine.connect() as connection:
        return known_call(connection, establishment, contact)


FindCall = Callable[[sa.Engine, str, Id], KnownCall | None]


def rows_of(
    engine: sa.Engine, posted: Sequence[Fields], *, find: FindCall = find_call
) -> list[dict[str, Any]]:
    """What the calls look like once all is posted, in an establishment of their own."""
    scene = Scene(engine)

    async def emit(envelopes: Sequence[CommandEnvelope]) -> None:
        for each in envelopes:
            assert not scene.run(each.body, author=each.author, command_id=each.id).refusal

    def keep(field: str, body: bytes) -> None:
        raise AssertionError((field, body))

    store = CtiStore(
        find_call=lambda contact: find(engine, scene.establishment, contact),
        arrangement=lambda: ARRANGEMENT,
        keep=keep,
    )
    line = CtiLine("clinique", store=store, clock=scene.clock, emit=emit)

    async def post() -> None:
        for at, fields in enumerate(posted):
            scene.clock.move(timedelta(milliseconds=400))
            assert await line.take(*(as_json if at % 2 else as_form)(fields)) is None

    asyncio.run(post())
    return [
        {name: getattr(row, name) for name in COMPARED} | {"is_answered": row.answered_at is not None}
        for row in scene.rows(tables.contact)
    ]


@pytest.mark.parametrize("story", STORIES)
def test_every_order_of_a_calls_messages_leaves_one_row(engine: sa.Engine, story: str) -> None:
    (expected,) = rows_of(engine, STORIES[story])
    for order in permutations(STORIES[story]):
        assert rows_of(engine, order) == [expected]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_leaves_the_state_that_it_tells(engine: sa.Engine, story: str) -> None:
    (row,) = rows_of(engine, STORIES[story])
    seen = {
        "answered": ("ended", "hung_up", "4101", True),
        "answered, and the end says by whom": ("ended", "hung_up", "4101", True),
        "the answer was lost": ("ended", "hung_up", "4101", True),
        "abandoned": ("ended", "abandoned", "4001", False),
        "missed": ("ended", "missed", "", False),
        "still in conversation": ("in_call", "", "4101", True),
        "a call of ours": ("ended", "hung_up", "4101", True),
        "a call of ours in vain": ("ended", "no_answer", "4101", False),
    }
    assert (row["state"], row["ending"], row["extension"], row["is_answered"]) == seen[story]


@pytest.mark.parametrize("story", STORIES)
def test_a_line_that_only_tells_is_never_one_to_ask(engine: sa.Engine, story: str) -> None:
    (row,) = rows_of(engine, STORIES[story])
    assert (row["line"], row["told_by"]) == ("", "clinique")


@cache
def _in_order(engine: sa.Engine, story: str) -> dict[str, Any]:
    (row,) = rows_of(engine, STORIES[story])
    return row


@given(data=st.data(), story=st.sampled_from(sorted(STORIES)))
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_messages_doubled_and_shuffled_leave_the_row_of_the_plain_ones(
    engine: sa.Engine, data: st.DataObject, story: str
) -> None:
    plain = STORIES[story]
    again = data.draw(st.lists(st.sampled_from(plain), max_size=6))
    posted = data.draw(st.permutations([*plain, *again]))
    assert rows_of(engine, posted) == [_in_order(engine, story)]


def test_without_looking_when_the_call_ended_disorder_is_seen(engine: sa.Engine) -> None:
    def blind(engine: sa.Engine, establishment: str, contact: Id) -> KnownCall | None:
        known = find_call(engine, establishment, contact)
        return None if known is None else KnownCall(queue=known.queue, is_answered=known.is_answered)

    backwards = [*reversed(STORIES["answered"])]
    assert rows_of(engine, backwards, find=blind) != [_in_order(engine, "answered")]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_message_that_is_lost_is_seen(engine: sa.Engine, lost: int) -> None:
    plain = STORIES["answered"]
    assert rows_of(engine, plain[:lost] + plain[lost + 1 :]) != [_in_order(engine, "answered")]


def test_two_calls_at_once_are_two_rows(engine: sa.Engine) -> None:
    first = [incoming(event, "a") for event in ("newCall", "answer", "hangup")]
    second = [incoming(event, "b") for event in ("newCall", "answer", "hangup")]
    mixed = [each for pair in zip(first, second, strict=True) for each in pair]
    assert len(rows_of(engine, mixed)) == 2


def _watch(scene: Scene, told: list[CommandEnvelope]) -> CtiWatch:
    async def emit(envelopes: Sequence[CommandEnvelope]) -> None:
        told.extend(envelopes)
        for each in envelopes:
            scene.run(each.body, author=each.author, command_id=each.id)

    def find_stale() -> Mapping[Id, bool]:
        with scene.engine.connect() as connection:
            return stale_calls(connection, scene.establishment, "clinique", now=scene.clock.now())

    return CtiWatch(
        "clinique",
        find_stale=find_stale,
        clock=scene.clock,
        emit=emit,
        look_every=timedelta(milliseconds=1),
    )


def _ring_on(scene: Scene, line: str, *, ago: timedelta, is_answered: bool = False) -> Id:
    contact, at = scene.new_id(), scene.clock.now() - ago
    scene.run(RegisterCall(contact=contact, told_by=line, queue=QUEUE, arrived_at=at), author=f"line:{line}")
    if is_answered:
        scene.run(RegisterAnswer(contact=contact, extension="4101", at=at), author=f"line:{line}")
    return contact


def test_calls_whose_end_was_never_posted_are_ended_and_no_others(engine: sa.Engine) -> None:
    scene, told = Scene(engine), list[CommandEnvelope]()
    rang = _ring_on(scene, "clinique", ago=timedelta(hours=1))
    talked = _ring_on(scene, "clinique", ago=timedelta(hours=12), is_answered=True)
    others = [
        _ring_on(scene, "clinique", ago=timedelta(minutes=59)),
        _ring_on(scene, "clinique", ago=timedelta(hours=11), is_answered=True),
        _ring_on(scene, "annexe", ago=timedelta(hours=2)),
    ]

    async def watch() -> None:
        running = asyncio.create_task(_watch(scene, told).run())
        await Listener().until(lambda: len(told) >= 2)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(watch())
    ends = {contact: scene.get(tables.contact, id=contact).ending for contact in (rang, talked, *others)}
    assert ends == {rang: "abandoned", talked: "hung_up"} | dict.fromkeys(others, "")
    assert len({each.id for each in told}) == 2


def test_an_exchange_that_only_tells_refuses_what_a_desk_asks(engine: sa.Engine) -> None:
    scene, told = Scene(engine), list[CommandEnvelope]()
    asked = LineActAsked(
        act=scene.new_id(),
        line="clinique",
        what=LineAct.HOLD,
        extension="4101",
        by="c.morvan",
        asked_at=scene.clock.now(),
    )
    asyncio.run(_watch(scene, told).perform(asked))
    assert [each.body for each in told] == [SettleLineAct(act=asked.act, refusal=LineRefusal.NOT_PERMITTED)]
