"""What a desk asks of a real exchange is done there, once, and what it refuses is told."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime

import msgspec
import pytest

from app.clock import TimeOrderedMint
from app.domain.commands import ReportAgentState
from app.domain.facts import LineActAsked
from app.domain.ids import Id
from app.domain.words import LineAct
from sync.server.connectors.asterisk.rights import troubles_of
from tests.server.connectors.lines import Told, contact_of, summary
from tests.support.asterisk.exchange import WELCOME, Exchange
from tests.support.asterisk.heard import ANSWERED, CALLER, HUNG_UP, RANG, line_to, of_calls, told_of
from tests.support.asterisk.wire import Listener, Wire, listening, through

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

_HELD, _BACK = ("RegisterHold", "101"), ("RegisterRetrieval", "101")


def _run(journey: Coroutine[None, None, None]) -> None:
    asyncio.run(journey)


def _states(listener: Listener, state: str) -> list[tuple[str, str]]:
    bodies = [each.body for each in listener.told if isinstance(each.body, ReportAgentState)]
    return [(body.queue, body.extension) for body in bodies if body.state == state]


def _asked(what: LineAct, contact: Id | None, *, to: str = "") -> LineActAsked:
    return LineActAsked(
        act=TimeOrderedMint().new_id(),
        line="standard",
        what=what,
        extension="101",
        contact=contact,
        to=to,
        by="c.morvan",
        asked_at=datetime.now(UTC),
    )


def test_the_server_answers_holds_announces_gives_and_hangs_up(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101")
        other = exchange.desk_phone("102", answers_after=0.3)
        async with listening(line_to(exchange)) as (line, listener):

            async def ask(what: LineAct, then: Told, *, to: str = "") -> None:
                contact = contact_of(next(each for each in listener.told if "Call" in summary(each)[0]))
                await line.perform(_asked(what, contact, to=to))
                await listener.until(lambda: then in told_of(listener))

            exchange.call(WELCOME, number=CALLER, stays=30)
            await listener.until(lambda: RANG in told_of(listener))
            # The exchange tells that it calls the phone before the phone has heard of it.
            await asyncio.to_thread(phone.until, lambda: bool(phone.ringing))
            await ask(LineAct.ANSWER, ANSWERED)
            await ask(LineAct.HOLD, ("RegisterHold", "101"))
            await ask(LineAct.RETRIEVE, ("RegisterRetrieval", "101"))
            await ask(LineAct.ANNOUNCE, ("SettleLineAct", ""), to="102")
            await asyncio.to_thread(other.until, lambda: bool(other.talking))
            await asyncio.sleep(0.5)
            await ask(LineAct.COMPLETE, ("RegisterTransfer", "attended", "101", "102"))
            await ask(LineAct.HANG_UP, ("SettleLineAct", "call_gone"))
            assert HUNG_UP not in told_of(listener)

    _run(journey())


def test_an_answer_asked_before_the_phone_rings_is_given_when_it_rings(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", rings_after=1.0)
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (line, listener):
            calling = asyncio.create_task(asyncio.to_thread(patient.dial, WELCOME))
            await listener.until(lambda: RANG in told_of(listener))
            await line.perform(_asked(LineAct.ANSWER, contact_of(of_calls(listener)[0])))
            await listener.until(lambda: ANSWERED in told_of(listener))
            await calling
            assert (len(patient.talking), len(phone.talking)) == (1, 1)
            assert _settled(listener) == [("SettleLineAct", "")]

    _run(journey())


def test_what_is_said_at_a_desk_that_is_muted_does_not_reach_the_caller(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in told_of(listener))
            contact = contact_of(of_calls(listener)[0])

            async def heard() -> int:
                """What was heard, once nothing more comes."""
                before = -1
                while (now := patient.heard) != before:
                    before = now
                    await asyncio.sleep(0.4)
                return now

            async def speak(*, first: LineAct | None = None) -> int:
                """How much of twenty packets is heard."""
                if first is not None:
                    done = len(_settled(listener))
                    await line.perform(_asked(first, contact))
                    await listener.until(lambda: len(_settled(listener)) > done)
                before = await heard()
                await asyncio.to_thread(lambda: phone.speak(phone.talking[0], seconds=0.4))
                return await heard() - before

            assert await speak() >= 10
            assert await speak(first=LineAct.MUTE) <= 3
            assert await speak(first=LineAct.UNMUTE) >= 10
            assert _settled(listener) == [("SettleLineAct", "")] * 2

    _run(journey())


def _settled(listener: Listener) -> list[Told]:
    return [each for each in told_of(listener) if each[0] == "SettleLineAct"]


def test_who_is_announced_hangs_up_first_and_nothing_cuts_the_caller(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        other = exchange.desk_phone("102", answers_after=0.2)
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in told_of(listener))
            contact = contact_of(of_calls(listener)[0])
            await line.perform(_asked(LineAct.ANNOUNCE, contact, to="102"))
            await asyncio.to_thread(other.until, lambda: bool(other.talking))
            await listener.until(lambda: ("RegisterHold", "101") in told_of(listener))
            await asyncio.to_thread(other.hang_up)
            await listener.until(lambda: ("RegisterRetrieval", "101") in told_of(listener))
            await line.perform(_asked(LineAct.COMPLETE, contact))
            await listener.until(lambda: ("SettleLineAct", "not_announced") in told_of(listener))
            assert (len(patient.talking), len(phone.talking)) == (1, 1)
            await line.perform(_asked(LineAct.HANG_UP, contact))
            await listener.until(lambda: HUNG_UP in told_of(listener))

    _run(journey())


def test_a_call_given_while_it_still_rings_is_told_answered_where_it_is_taken(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.desk_phone("101", answers_after=0.2)
        other = exchange.desk_phone("102")
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in told_of(listener))
            contact = contact_of(of_calls(listener)[0])
            await line.perform(_asked(LineAct.ANNOUNCE, contact, to="102"))
            await asyncio.to_thread(other.until, lambda: bool(other.ringing))
            await listener.until(lambda: ("RegisterHold", "101") in told_of(listener))
            await line.perform(_asked(LineAct.COMPLETE, contact))
            await listener.until(lambda: ("RegisterRing", "102") in told_of(listener))
            await asyncio.to_thread(other.answer)
            await listener.until(lambda: ("RegisterAnswer", "102") in told_of(listener))
            assert (len(patient.talking), len(other.talking)) == (1, 1)

    _run(journey())


def test_the_keys_that_give_a_call_cut_nobody_who_is_back_with_the_caller(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in told_of(listener))
            await asyncio.to_thread(phone.hold)
            await listener.until(lambda: ("RegisterHold", "101") in told_of(listener))
            # As in the instant when the exchange has not yet told that nobody is announced any more.
            await line.perform(_asked(LineAct.COMPLETE, contact_of(of_calls(listener)[0])))
            await listener.until(lambda: ("SettleLineAct", "") in told_of(listener))
            await asyncio.to_thread(phone.retrieve)
            await listener.until(lambda: ("RegisterRetrieval", "101") in told_of(listener))
            assert (len(patient.talking), len(phone.talking)) == (1, 1)
            assert HUNG_UP not in told_of(listener)

    _run(journey())


def test_the_server_calls_a_number_and_tells_what_the_exchange_refuses(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        outside = exchange.desk_phone("outside", answers_after=0.2)
        async with listening(line_to(exchange)) as (line, listener):
            await line.perform(_asked(LineAct.DIAL, None, to="0639985678"))
            await listener.until(lambda: ANSWERED in told_of(listener))
            await asyncio.to_thread(outside.hang_up)
            await listener.until(lambda: HUNG_UP in told_of(listener))
            assert told_of(listener)[0] in (
                ("SettleLineAct", ""),
                ("RegisterOutgoingCall", "101", "0639985678"),
            )
            assert ("SettleLineAct", "") in told_of(listener)
            await line.perform(_asked(LineAct.HANG_UP, TimeOrderedMint().new_id()))
            await listener.until(lambda: ("SettleLineAct", "call_gone") in told_of(listener))
            await asyncio.to_thread(phone.until, lambda: not phone.talking)

    _run(journey())


def test_the_account_of_the_journeys_may_do_all_that_a_desk_asks(exchange: Exchange) -> None:
    assert asyncio.run(troubles_of(line_to(exchange))) == []


def test_a_pause_asked_by_the_server_is_told_for_each_queue(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(line_to(exchange)) as (line, listener):
            await line.perform(_asked(LineAct.PAUSE, None, to="training"))
            await listener.until(lambda: len(_states(listener, "training")) == 2)
            await line.perform(_asked(LineAct.PAUSE, None, to="available"))
            await listener.until(lambda: len(_states(listener, "available")) >= 2)
            assert {queue for queue, _ in _states(listener, "training")} == {"accueil", "orthopedie"}

    _run(journey())


def test_a_pause_for_one_queue_leaves_the_other(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(line_to(exchange)) as (line, listener):
            alone = msgspec.structs.replace(_asked(LineAct.PAUSE, None, to="at_desk"), queue="orthopedie")
            await line.perform(alone)
            await listener.until(lambda: bool(_states(listener, "at_desk")))
            await line.perform(_asked(LineAct.PAUSE, None, to="available"))
            await listener.until(lambda: ("orthopedie", "101") in _states(listener, "available"))
            assert _states(listener, "at_desk") == [("orthopedie", "101")]

    _run(journey())


def test_what_became_of_a_waiting_caller_while_the_wire_was_cut_is_told_when_it_is_back(
    exchange: Exchange,
) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        other = exchange.desk_phone("102", answers_after=0.2)
        wire = Wire(exchange.ports.ami)
        await wire.mend()
        async with (
            listening(through(wire, line_to(exchange))) as (line, listener),
            listening(line_to(exchange)) as (acting, witness),
        ):
            exchange.call(WELCOME, number=CALLER, stays=30)
            await listener.until(lambda: ANSWERED in told_of(listener))
            await witness.until(lambda: ANSWERED in told_of(witness))
            contact = contact_of(next(each for each in witness.told if "Call" in summary(each)[0]))
            await acting.perform(_asked(LineAct.ANNOUNCE, contact, to="102"))
            await asyncio.to_thread(other.until, lambda: bool(other.talking))
            await listener.until(lambda: _HELD in told_of(listener))
            await wire.cut()
            await acting.perform(_asked(LineAct.CANCEL, contact))
            await witness.until(lambda: _BACK in told_of(witness))
            await wire.mend()
            await listener.until(lambda: _BACK in told_of(listener))
            # A caller who is kept waiting by the phone itself waits on, however often the wire is cut.
            await asyncio.to_thread(phone.hold)
            await listener.until(lambda: told_of(listener).count(_HELD) == 2)
            await wire.cut()
            await wire.mend()
            await listener.until(lambda: line.connections == 3)
            await line.perform(_asked(LineAct.MUTE, contact))
            # What was asked of the exchange on coming back was answered before this.
            await listener.until(lambda: ("SettleLineAct", "") in told_of(listener))
            assert told_of(listener).count(_BACK) == 1
            await asyncio.to_thread(phone.retrieve)
            await listener.until(lambda: told_of(listener).count(_BACK) == 2)
        await wire.cut()

    _run(journey())
