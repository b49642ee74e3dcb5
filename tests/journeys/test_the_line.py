"""Real SIP calls through a real Asterisk become the commands of the line."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from app.domain.commands import RegisterCall
from sync.server.connectors.asterisk.session import LineState
from tests.server.connectors.lines import Told, contact_of
from tests.support.asterisk.exchange import DIRECT, OVERFLOWS, SHORT_WAIT, TO_VOICEMAIL, WELCOME, Exchange
from tests.support.asterisk.heard import ANSWERED, CALLER, HUNG_UP, RANG, line_to, of_calls, told_of
from tests.support.asterisk.wire import Wire, listening, settings, through

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

ARRIVED = ("RegisterCall", "accueil", WELCOME, CALLER)
ARRIVED_DIRECTLY = ("RegisterCall", "direction", DIRECT, CALLER)
ARRIVED_HIDDEN = ("RegisterCall", "accueil", WELCOME, "anonymous")
ABANDONED = ("RegisterEnd", "abandoned")


def _run(journey: Coroutine[None, None, None]) -> None:
    asyncio.run(journey)


async def _hear_one_call(exchange: Exchange, start_call: Callable[[], object]) -> list[Told]:
    """All that is told from the start of one call until it is over."""
    async with listening(line_to(exchange)) as (_, listener):
        start_call()
        await listener.until(lambda: any(name == "RegisterEnd" for name, *_ in told_of(listener)))
        return told_of(listener)


def test_the_exchange_is_recent_enough(exchange: Exchange) -> None:
    assert int(exchange.version.split(".")[0]) >= 22


def test_an_answered_call_arrives_rings_is_answered_and_ends(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.phone(rings=0.5)
        told = await _hear_one_call(exchange, lambda: exchange.call(WELCOME, number=CALLER, stays=2))
        assert told == [ARRIVED, RANG, ANSWERED, HUNG_UP]

    _run(journey())


def test_a_caller_who_gives_up_is_abandoned_once(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.empty_desk()
        told = await _hear_one_call(exchange, lambda: exchange.call(WELCOME, number=CALLER, stays=1.5))
        assert told == [ARRIVED, RANG, ABANDONED]

    _run(journey())


def test_a_call_that_the_exchange_lets_go_is_missed(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.empty_desk()
        told = await _hear_one_call(exchange, lambda: exchange.call(SHORT_WAIT, number=CALLER, stays=15))
        assert told == [
            ("RegisterCall", "accueil", SHORT_WAIT, CALLER),
            RANG,
            ("RegisterNoAnswer", "101"),
            ("RegisterEnd", "missed"),
        ]

    _run(journey())


def test_a_direct_number_rings_without_a_queue(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.phone(rings=0.5)
        told = await _hear_one_call(exchange, lambda: exchange.call(DIRECT, number=CALLER, stays=2))
        assert told == [ARRIVED_DIRECTLY, RANG, ANSWERED, HUNG_UP]

    _run(journey())


def test_giving_up_on_a_direct_number_is_abandoned(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.empty_desk()
        told = await _hear_one_call(
            exchange, lambda: exchange.call_and_give_up(DIRECT, number=CALLER, stays=1)
        )
        assert told == [ARRIVED_DIRECTLY, RANG, ABANDONED]

    _run(journey())


def test_a_number_withheld_from_us_is_not_told_though_the_operator_knows_it(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.phone(rings=0.5)
        told = await _hear_one_call(exchange, lambda: exchange.call_withheld(WELCOME, number=CALLER, stays=2))
        assert told == [ARRIVED_HIDDEN, RANG, ANSWERED, HUNG_UP]

    _run(journey())


def test_a_call_without_a_number_is_told_as_anonymous(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.phone(rings=0.5)
        told = await _hear_one_call(exchange, lambda: exchange.call_anonymously(WELCOME, stays=2))
        assert told == [ARRIVED_HIDDEN, RANG, ANSWERED, HUNG_UP]

    _run(journey())


def test_a_call_that_ends_while_the_wire_is_cut_is_ended_when_it_is_back(exchange: Exchange) -> None:
    async def journey() -> None:
        wire = Wire(exchange.ports.ami)
        await wire.mend()
        async with listening(through(wire, line_to(exchange))) as (line, listener):
            exchange.phone(rings=0.3)
            call = exchange.call(WELCOME, number=CALLER, stays=2)
            await listener.until(lambda: ANSWERED in told_of(listener))
            await wire.cut()
            await asyncio.to_thread(call.wait, 10)
            await wire.mend()
            await listener.until(lambda: line.connections == 2 and len(told_of(listener)) == 4)
            assert told_of(listener) == [ARRIVED, RANG, ANSWERED, HUNG_UP]
            assert line.state is LineState.UP
        await wire.cut()

    _run(journey())


def test_a_call_that_rings_while_the_wire_is_cut_is_told_when_it_is_back(exchange: Exchange) -> None:
    async def journey() -> None:
        wire = Wire(exchange.ports.ami)
        await wire.mend()
        async with listening(through(wire, line_to(exchange))) as (line, listener):
            await wire.cut()
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=4)
            await asyncio.sleep(2)
            await wire.mend()
            await listener.until(lambda: line.connections == 2 and len(told_of(listener)) == 3)
            assert told_of(listener) == [ARRIVED, RANG, ABANDONED]
            arrival, ring, _ = of_calls(listener)
            assert isinstance(arrival.body, RegisterCall)
            assert 1 <= (ring.made_at - arrival.body.arrived_at).total_seconds() <= 4
        await wire.cut()

    _run(journey())


def test_a_call_in_conversation_is_told_to_a_line_that_starts_late(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.phone(rings=0.2)
        exchange.call(WELCOME, number=CALLER, stays=4)
        await asyncio.sleep(2)
        assert await _hear_one_call(exchange, lambda: None) == [ARRIVED, ANSWERED, HUNG_UP]

    _run(journey())


def test_a_call_is_held_then_given_without_a_word(exchange: Exchange) -> None:
    async def journey() -> None:
        first = exchange.desk_phone("101", answers_after=0.3)
        second = exchange.desk_phone("102", answers_after=0.5)
        async with listening(line_to(exchange)) as (_, listener):
            exchange.call(WELCOME, number=CALLER, stays=15)
            await listener.until(lambda: ANSWERED in told_of(listener))
            for act in (first.hold, first.retrieve, lambda: first.transfer("102")):
                await asyncio.to_thread(act)
            await listener.until(lambda: ("RegisterAnswer", "102") in told_of(listener))
            await asyncio.to_thread(second.hang_up)
            await listener.until(lambda: HUNG_UP in told_of(listener))
            assert list(dict.fromkeys(told_of(listener))) == [  # giving says again that the caller is back
                ARRIVED,
                RANG,
                ANSWERED,
                ("RegisterHold", "101"),
                ("RegisterRetrieval", "101"),
                ("RegisterTransfer", "blind", "101", "102"),
                ("RegisterRing", "102"),
                ("RegisterAnswer", "102"),
                HUNG_UP,
            ]

    _run(journey())


def test_a_call_is_announced_then_given(exchange: Exchange) -> None:
    async def journey() -> None:
        first = exchange.desk_phone("101", answers_after=0.3)
        second = exchange.desk_phone("102", answers_after=0.3)
        async with listening(line_to(exchange)) as (_, listener):
            exchange.call(WELCOME, number=CALLER, stays=15)
            await listener.until(lambda: ANSWERED in told_of(listener))
            caller = first.talking[0]
            await asyncio.to_thread(first.hold, caller)
            other = await asyncio.to_thread(first.dial, "102")
            # Who announces speaks: given in the instant of the answer, the call would ring first.
            await asyncio.sleep(0.5)
            await asyncio.to_thread(lambda: first.transfer_announced(caller=caller, other=other))
            await listener.until(lambda: ("RegisterAnswer", "102") in told_of(listener))
            await asyncio.to_thread(second.hang_up)
            await listener.until(lambda: HUNG_UP in told_of(listener))
            given = ("RegisterTransfer", "attended", "101", "102")
            assert [each for each in told_of(listener) if "102" in each] == [
                given,
                ("RegisterAnswer", "102"),
            ]

    _run(journey())


def test_a_call_given_from_the_phone_while_it_still_rings_is_told_given_and_taken(exchange: Exchange) -> None:
    async def journey() -> None:
        first = exchange.desk_phone("101", answers_after=0.3)
        second = exchange.desk_phone("102")
        async with listening(line_to(exchange)) as (_, listener):
            exchange.call(WELCOME, number=CALLER, stays=15)
            await listener.until(lambda: ANSWERED in told_of(listener))
            caller = first.talking[0]
            await asyncio.to_thread(first.hold, caller)
            other = first.begin_to_dial("102")
            await asyncio.to_thread(second.until, lambda: bool(second.ringing))
            await asyncio.to_thread(first.until, lambda: other.is_rung)
            await asyncio.to_thread(lambda: first.transfer_announced(caller=caller, other=other))
            await listener.until(lambda: ("RegisterRing", "102") in told_of(listener))
            await asyncio.to_thread(second.answer)
            await listener.until(lambda: ("RegisterAnswer", "102") in told_of(listener))
            await asyncio.to_thread(second.hang_up)
            await listener.until(lambda: HUNG_UP in told_of(listener))
            assert [each for each in told_of(listener) if "102" in each] == [
                ("RegisterTransfer", "attended", "101", "102"),
                ("RegisterRing", "102"),
                ("RegisterAnswer", "102"),
            ]

    _run(journey())


def test_nobody_answers_and_the_caller_leaves_a_message(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.desk_phone("101")
        patient = exchange.patient(CALLER)
        async with listening(line_to(exchange)) as (_, listener):
            call = await asyncio.to_thread(patient.dial, TO_VOICEMAIL)
            await listener.until(lambda: ("RegisterNoAnswer", "101") in told_of(listener))
            await asyncio.sleep(1)
            await asyncio.to_thread(lambda: patient.speak(call, seconds=2.5))
            await asyncio.to_thread(patient.hang_up)
            await listener.until(lambda: ("RegisterEnd", "missed") in told_of(listener))
            assert ("RegisterVoicemail",) in told_of(listener)

    _run(journey())


def test_an_unanswered_call_overflows_into_the_other_queue(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.desk_phone("101")
        exchange.desk_phone("102", answers_after=0.3)
        async with listening(line_to(exchange)) as (_, listener):
            exchange.call(OVERFLOWS, number=CALLER, stays=6)
            await listener.until(lambda: ("RegisterAnswer", "102") in told_of(listener))
            assert ("RegisterOverflow", "accueil", "orthopedie") in told_of(listener)

    _run(journey())


def test_two_lines_that_hear_one_call_derive_the_same_commands(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(line_to(exchange)) as (_, first), listening(line_to(exchange)) as (_, second):
            exchange.phone(rings=0.5)
            exchange.call(WELCOME, number=CALLER, stays=2)
            await first.until(lambda: len(told_of(first)) == len(told_of(second)) == 4)
            assert [each.id for each in of_calls(first)] == [each.id for each in of_calls(second)]

    _run(journey())


def test_the_calls_of_an_exchange_that_dies_are_ended_and_the_next_ones_are_others() -> None:
    async def journey(exchange: Exchange) -> None:
        async with listening(line_to(exchange)) as (line, listener):
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=30)
            await listener.until(lambda: RANG in told_of(listener))
            exchange.kill()
            exchange.silence()
            await asyncio.to_thread(exchange.start)
            await listener.until(lambda: line.connections == 2 and len(told_of(listener)) == 3)
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=1.5)
            await listener.until(lambda: len(told_of(listener)) == 6)
            assert told_of(listener) == [ARRIVED, RANG, ABANDONED] * 2
            assert len({contact_of(envelope) for envelope in of_calls(listener)}) == 2

    exchange = Exchange()
    try:
        exchange.start()
        _run(journey(exchange))
    finally:
        exchange.close()


def test_a_wrong_secret_is_a_sentence_without_the_secret(exchange: Exchange) -> None:
    async def journey() -> None:
        chosen = settings(exchange.ports.ami, username=exchange.username, secret="not-this-one")
        async with listening(chosen, is_up=False) as (line, listener):
            await listener.until(lambda: line.state is LineState.REFUSED)
            assert "refuses this user name and secret" in line.trouble
            assert "not-this-one" not in line.trouble + repr(chosen)

    _run(journey())
