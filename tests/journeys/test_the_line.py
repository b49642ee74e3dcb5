"""Real SIP calls through a real Asterisk become the commands of the line."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from app.clock import TimeOrderedMint
from app.domain.commands import CommandEnvelope, RegisterCall, ReportAgentState
from app.domain.facts import LineActAsked
from app.domain.ids import Id
from app.domain.words import LineAct
from sync.server.connectors.asterisk.session import AsteriskSettings, LineState
from tests.server.connectors.lines import Told, contact_of, summary
from tests.support.asterisk.exchange import DIRECT, OVERFLOWS, SHORT_WAIT, TO_VOICEMAIL, WELCOME, Exchange
from tests.support.asterisk.wire import Listener, Wire, listening, settings, through

pytestmark = [pytest.mark.journey, pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]

CALLER = "0639981234"
ARRIVED = ("RegisterCall", "accueil", WELCOME, CALLER)
RANG, ANSWERED = ("RegisterRing", "101"), ("RegisterAnswer", "101")
ARRIVED_DIRECTLY = ("RegisterCall", "direction", DIRECT, CALLER)
ARRIVED_HIDDEN = ("RegisterCall", "accueil", WELCOME, "anonymous")
HUNG_UP, ABANDONED = ("RegisterEnd", "hung_up"), ("RegisterEnd", "abandoned")


@pytest.fixture(scope="module")
def asterisk() -> Iterator[Exchange]:
    exchange = Exchange()
    try:
        exchange.start()
        yield exchange
    finally:
        exchange.close()


@pytest.fixture
def exchange(asterisk: Exchange) -> Iterator[Exchange]:
    yield asterisk
    asterisk.silence()


def _line(exchange: Exchange) -> AsteriskSettings:
    return settings(exchange.ports.ami, username=exchange.username, secret=exchange.secret)


def _of_calls(listener: Listener) -> list[CommandEnvelope]:
    """What is told of calls; the agents' states beside them are another test's."""
    return [each for each in listener.told if not isinstance(each.body, ReportAgentState)]


def _told(listener: Listener) -> list[Told]:
    return [summary(envelope) for envelope in _of_calls(listener)]


def _states(listener: Listener, state: str) -> list[tuple[str, str]]:
    bodies = [each.body for each in listener.told if isinstance(each.body, ReportAgentState)]
    return [(body.queue, body.extension) for body in bodies if body.state == state]


def _run(journey: Coroutine[None, None, None]) -> None:
    asyncio.run(journey)


async def _hear_one_call(exchange: Exchange, start_call: Callable[[], object]) -> list[Told]:
    """All that is told from the start of one call until it is over."""
    async with listening(_line(exchange)) as (_, listener):
        start_call()
        await listener.until(lambda: any(name == "RegisterEnd" for name, *_ in _told(listener)))
        return _told(listener)


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
        async with listening(through(wire, _line(exchange))) as (line, listener):
            exchange.phone(rings=0.3)
            call = exchange.call(WELCOME, number=CALLER, stays=2)
            await listener.until(lambda: ANSWERED in _told(listener))
            await wire.cut()
            await asyncio.to_thread(call.wait, 10)
            await wire.mend()
            await listener.until(lambda: line.connections == 2 and len(_told(listener)) == 4)
            assert _told(listener) == [ARRIVED, RANG, ANSWERED, HUNG_UP]
            assert line.state is LineState.UP
        await wire.cut()

    _run(journey())


def test_a_call_that_rings_while_the_wire_is_cut_is_told_when_it_is_back(exchange: Exchange) -> None:
    async def journey() -> None:
        wire = Wire(exchange.ports.ami)
        await wire.mend()
        async with listening(through(wire, _line(exchange))) as (line, listener):
            await wire.cut()
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=4)
            await asyncio.sleep(2)
            await wire.mend()
            await listener.until(lambda: line.connections == 2 and len(_told(listener)) == 3)
            assert _told(listener) == [ARRIVED, RANG, ABANDONED]
            arrival, ring, _ = _of_calls(listener)
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
        async with listening(_line(exchange)) as (_, listener):
            exchange.call(WELCOME, number=CALLER, stays=15)
            await listener.until(lambda: ANSWERED in _told(listener))
            for act in (first.hold, first.retrieve, lambda: first.transfer("102")):
                await asyncio.to_thread(act)
            await listener.until(lambda: ("RegisterAnswer", "102") in _told(listener))
            await asyncio.to_thread(second.hang_up)
            await listener.until(lambda: HUNG_UP in _told(listener))
            assert list(dict.fromkeys(_told(listener))) == [  # giving says once more that the caller is back
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
        async with listening(_line(exchange)) as (_, listener):
            exchange.call(WELCOME, number=CALLER, stays=15)
            await listener.until(lambda: ANSWERED in _told(listener))
            caller = first.talking[0]
            await asyncio.to_thread(first.hold, caller)
            other = await asyncio.to_thread(first.dial, "102")
            await asyncio.to_thread(lambda: first.transfer_announced(caller=caller, other=other))
            await listener.until(lambda: ("RegisterAnswer", "102") in _told(listener))
            await asyncio.to_thread(second.hang_up)
            await listener.until(lambda: HUNG_UP in _told(listener))
            given = ("RegisterTransfer", "attended", "101", "102")
            assert [each for each in _told(listener) if "102" in each] == [
                given,
                ("RegisterAnswer", "102"),
            ]

    _run(journey())


def test_nobody_answers_and_the_caller_leaves_a_message(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.desk_phone("101")
        patient = exchange.patient(CALLER)
        async with listening(_line(exchange)) as (_, listener):
            call = await asyncio.to_thread(patient.dial, TO_VOICEMAIL)
            await listener.until(lambda: ("RegisterNoAnswer", "101") in _told(listener))
            await asyncio.sleep(1)
            await asyncio.to_thread(lambda: patient.speak(call, seconds=2.5))
            await asyncio.to_thread(patient.hang_up)
            await listener.until(lambda: ("RegisterEnd", "missed") in _told(listener))
            assert ("RegisterVoicemail",) in _told(listener)

    _run(journey())


def test_an_unanswered_call_overflows_into_the_other_queue(exchange: Exchange) -> None:
    async def journey() -> None:
        exchange.desk_phone("101")
        exchange.desk_phone("102", answers_after=0.3)
        async with listening(_line(exchange)) as (_, listener):
            exchange.call(OVERFLOWS, number=CALLER, stays=6)
            await listener.until(lambda: ("RegisterAnswer", "102") in _told(listener))
            assert ("RegisterOverflow", "accueil", "orthopedie") in _told(listener)

    _run(journey())


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
        async with listening(_line(exchange)) as (line, listener):

            async def ask(what: LineAct, then: Told, *, to: str = "") -> None:
                contact = contact_of(next(each for each in listener.told if "Call" in summary(each)[0]))
                await line.perform(_asked(what, contact, to=to))
                await listener.until(lambda: then in _told(listener))

            exchange.call(WELCOME, number=CALLER, stays=30)
            await listener.until(lambda: RANG in _told(listener))
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
            assert HUNG_UP not in _told(listener)

    _run(journey())


def test_who_is_announced_hangs_up_first_and_nothing_cuts_the_caller(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        other = exchange.desk_phone("102", answers_after=0.2)
        patient = exchange.patient(CALLER)
        async with listening(_line(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in _told(listener))
            contact = contact_of(_of_calls(listener)[0])
            await line.perform(_asked(LineAct.ANNOUNCE, contact, to="102"))
            await asyncio.to_thread(other.until, lambda: bool(other.talking))
            await listener.until(lambda: ("RegisterHold", "101") in _told(listener))
            await asyncio.to_thread(other.hang_up)
            await listener.until(lambda: ("RegisterRetrieval", "101") in _told(listener))
            await line.perform(_asked(LineAct.COMPLETE, contact))
            await listener.until(lambda: ("SettleLineAct", "not_announced") in _told(listener))
            assert (len(patient.talking), len(phone.talking)) == (1, 1)
            await line.perform(_asked(LineAct.HANG_UP, contact))
            await listener.until(lambda: HUNG_UP in _told(listener))

    _run(journey())


def test_the_keys_that_give_a_call_cut_nobody_who_is_back_with_the_caller(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        patient = exchange.patient(CALLER)
        async with listening(_line(exchange)) as (line, listener):
            await asyncio.to_thread(patient.dial, WELCOME)
            await listener.until(lambda: ANSWERED in _told(listener))
            await asyncio.to_thread(phone.hold)
            await listener.until(lambda: ("RegisterHold", "101") in _told(listener))
            # As in the instant when the exchange has not yet told that nobody is announced any more.
            await line.perform(_asked(LineAct.COMPLETE, contact_of(_of_calls(listener)[0])))
            await listener.until(lambda: ("SettleLineAct", "") in _told(listener))
            await asyncio.to_thread(phone.retrieve)
            await listener.until(lambda: ("RegisterRetrieval", "101") in _told(listener))
            assert (len(patient.talking), len(phone.talking)) == (1, 1)
            assert HUNG_UP not in _told(listener)

    _run(journey())


def test_the_server_calls_a_number_and_tells_what_the_exchange_refuses(exchange: Exchange) -> None:
    async def journey() -> None:
        phone = exchange.desk_phone("101", answers_after=0.2)
        outside = exchange.desk_phone("outside", answers_after=0.2)
        async with listening(_line(exchange)) as (line, listener):
            await line.perform(_asked(LineAct.DIAL, None, to="0639985678"))
            await listener.until(lambda: ANSWERED in _told(listener))
            await asyncio.to_thread(outside.hang_up)
            await listener.until(lambda: HUNG_UP in _told(listener))
            assert _told(listener)[0] in (
                ("SettleLineAct", ""),
                ("RegisterOutgoingCall", "101", "0639985678"),
            )
            assert ("SettleLineAct", "") in _told(listener)
            await line.perform(_asked(LineAct.HANG_UP, TimeOrderedMint().new_id()))
            await listener.until(lambda: ("SettleLineAct", "call_gone") in _told(listener))
            await asyncio.to_thread(phone.until, lambda: not phone.talking)

    _run(journey())


def test_a_pause_asked_by_the_server_is_told_for_each_queue(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(_line(exchange)) as (line, listener):
            await line.perform(_asked(LineAct.PAUSE, None, to="training"))
            await listener.until(lambda: len(_states(listener, "training")) == 2)
            await line.perform(_asked(LineAct.PAUSE, None, to="available"))
            await listener.until(lambda: len(_states(listener, "available")) >= 2)
            assert {queue for queue, _ in _states(listener, "training")} == {"accueil", "orthopedie"}

    _run(journey())


def test_a_pause_for_one_queue_leaves_the_other(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(_line(exchange)) as (line, listener):
            alone = msgspec.structs.replace(_asked(LineAct.PAUSE, None, to="at_desk"), queue="orthopedie")
            await line.perform(alone)
            await listener.until(lambda: bool(_states(listener, "at_desk")))
            await line.perform(_asked(LineAct.PAUSE, None, to="available"))
            await listener.until(lambda: ("orthopedie", "101") in _states(listener, "available"))
            assert _states(listener, "at_desk") == [("orthopedie", "101")]

    _run(journey())


def test_two_lines_that_hear_one_call_derive_the_same_commands(exchange: Exchange) -> None:
    async def journey() -> None:
        async with listening(_line(exchange)) as (_, first), listening(_line(exchange)) as (_, second):
            exchange.phone(rings=0.5)
            exchange.call(WELCOME, number=CALLER, stays=2)
            await first.until(lambda: len(_told(first)) == len(_told(second)) == 4)
            assert [each.id for each in _of_calls(first)] == [each.id for each in _of_calls(second)]

    _run(journey())


def test_the_calls_of_an_exchange_that_dies_are_ended_and_the_next_ones_are_others() -> None:
    async def journey(exchange: Exchange) -> None:
        async with listening(_line(exchange)) as (line, listener):
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=30)
            await listener.until(lambda: RANG in _told(listener))
            exchange.kill()
            exchange.silence()
            await asyncio.to_thread(exchange.start)
            await listener.until(lambda: line.connections == 2 and len(_told(listener)) == 3)
            exchange.empty_desk()
            exchange.call(WELCOME, number=CALLER, stays=1.5)
            await listener.until(lambda: len(_told(listener)) == 6)
            assert _told(listener) == [ARRIVED, RANG, ABANDONED] * 2
            assert len({contact_of(envelope) for envelope in _of_calls(listener)}) == 2

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
