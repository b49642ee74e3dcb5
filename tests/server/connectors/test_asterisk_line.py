"""The live connection against an exchange that refuses, falls silent, stutters and dies."""

import asyncio
import random
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from structlog.testing import capture_logs

from app.domain.commands import RegisterEnd
from app.domain.ids import derived_id
from sync.server.connectors import OpenCall
from sync.server.connectors.asterisk.line import AsteriskLine
from sync.server.connectors.asterisk.session import AsteriskSettings, LineState
from tests.server.connectors.hostile import Exchange, exchange_that
from tests.server.connectors.lines import CALLER, WELCOME, HandClock, Told, contact_of, messages, summary
from tests.support.asterisk.wire import Listener, listening, settings

ARRIVED = ("RegisterCall", "accueil", WELCOME, CALLER)
ABANDONED = ("RegisterEnd", "abandoned")
CUTS = 1000


def _run(test: Coroutine[None, None, None]) -> None:
    asyncio.run(test)


def _line(port: int) -> AsteriskSettings:
    return settings(port, username="filrouge", secret="a-secret")


def _told(listener: Listener) -> list[Told]:
    return [summary(envelope) for envelope in listener.told]


async def _stay(exchange: Exchange) -> None:
    await exchange.welcome()
    await exchange.answer_pings()


def test_a_refused_login_is_a_sentence_and_is_not_hammered() -> None:
    asked: list[str] = []

    async def refuse(exchange: Exchange) -> None:
        action = await exchange.next_action()
        asked.append(action["Secret"])
        exchange.refuse(action, "Authentication failed")
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(refuse) as port, listening(_line(port), is_up=False) as (line, listener):
            await listener.until(lambda: line.state is LineState.REFUSED)
            await asyncio.sleep(0.3)
            assert line.trouble == "The exchange refuses this user name and secret (Authentication failed)."

    with capture_logs() as written:
        _run(test())
    assert asked == ["a-secret"]
    assert [each["state"] for each in written] == ["refused"]
    assert "a-secret" not in str(written)


def test_an_account_without_the_right_to_report_is_told_what_to_change() -> None:
    async def refuse(exchange: Exchange) -> None:
        exchange.agree(await exchange.next_action())
        exchange.refuse(await exchange.next_action(), "Permission denied")
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(refuse) as port, listening(_line(port), is_up=False) as (line, listener):
            await listener.until(lambda: line.state is LineState.REFUSED)
            assert "write = reporting" in line.trouble

    _run(test())


def test_an_exchange_that_is_not_there_is_a_sentence_and_is_tried_again() -> None:
    async def test() -> None:
        async with exchange_that(_stay) as port:
            pass
        async with listening(_line(port), is_up=False) as (line, listener):
            await listener.until(lambda: line.state is LineState.DOWN)
            assert line.trouble.startswith("The exchange cannot be reached")
            server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
            await listener.until(lambda: "closed the connection" in line.trouble)
            server.close()

    _run(test())


def test_an_exchange_that_falls_silent_is_left_and_called_again() -> None:
    async def fall_silent(exchange: Exchange) -> None:
        await exchange.welcome()
        while True:
            await exchange.next_action()

    async def test() -> None:
        async with exchange_that(fall_silent) as port, listening(_line(port)) as (line, listener):
            await listener.until(lambda: line.connections == 2)

    _run(test())


def test_an_exchange_that_answers_pings_is_not_left() -> None:
    async def test() -> None:
        async with exchange_that(_stay) as port, listening(_line(port)) as (line, _):
            await asyncio.sleep(2)
            assert (line.connections, line.state, line.trouble) == (1, LineState.UP, "")

    _run(test())


def test_commands_the_server_cannot_take_are_kept_and_given_again_in_order() -> None:
    async def call_once(exchange: Exchange) -> None:
        await exchange.welcome()
        exchange.say(*messages("1.1", "arrive", CALLER))
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(call_once) as port, listening(_line(port), is_up=False) as (line, listener):
            listener.refusals_left = 2
            await listener.until(lambda: len(listener.told) == 2)
            # On coming back the exchange lists no channel, so the call is over.
            assert _told(listener) == [ARRIVED, ABANDONED]
            assert line.commands == 2

    _run(test())


class BrokenClock(HandClock):
    """A clock that fails once, as a mistake of ours would."""

    def __init__(self) -> None:
        super().__init__()
        self.failures_left = 1

    def now(self) -> datetime:
        if self.failures_left:
            self.failures_left -= 1
            raise ZeroDivisionError
        return super().now()


def test_a_mistake_of_ours_is_logged_and_the_line_comes_back() -> None:
    async def test() -> None:
        async with exchange_that(_stay) as port:
            line = AsteriskLine(_line(port), clock=BrokenClock(), emit=Listener().take)
            running = asyncio.create_task(line.run())
            await Listener().until(lambda: line.connections == 2)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with capture_logs() as written:
        _run(test())
    assert [each["error"] for each in written if "error" in each] == ["ZeroDivisionError"]


def test_lists_that_nobody_asked_for_change_nothing() -> None:
    async def repeat_itself(exchange: Exchange) -> None:
        await exchange.welcome()
        exchange.say(*messages("1.1", "arrive", CALLER))
        exchange.say({"Event": "CoreShowChannelsComplete"}, {"Event": "QueueStatusComplete"})
        exchange.say(*messages("1.1", "ring", "101"))
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(repeat_itself) as port, listening(_line(port)) as (line, listener):
            await listener.until(lambda: len(listener.told) == 2)
            assert _told(listener) == [ARRIVED, ("RegisterRing", "101")]
            assert line.connections == 1

    _run(test())


def test_malformed_lines_are_counted_and_the_call_goes_on() -> None:
    async def stutter(exchange: Exchange) -> None:
        await exchange.welcome()
        first, second = messages("1.1", "arrive", CALLER)
        exchange.say(first)
        exchange.say_raw(b"no colon here\r\n\r\n\xff\xfe\r\n\r\n")
        exchange.say({"Event": "TestEvent", "State": "any"}, second)
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(stutter) as port, listening(_line(port)) as (line, listener):
            await listener.until(lambda: len(listener.told) == 1)
            assert _told(listener) == [ARRIVED]
            assert (line.malformed, line.ignored) == (2, 1)

    _run(test())


def _has_come_back(line: AsteriskLine, cuts: int) -> bool:
    return line.connections > cuts


@pytest.mark.slow
def test_a_line_that_flaps_in_the_middle_of_messages_leaves_no_ghost_call() -> None:
    draw = random.Random(7)
    calls = iter(range(CUTS))

    async def flap(exchange: Exchange) -> None:
        number = next(calls, None)
        await exchange.welcome()
        if number is None:
            await exchange.answer_pings()
        begun = messages(f"1.{number}", "arrive", CALLER) + messages(f"1.{number}", "ring", "101")
        exchange.say(*begun[: draw.randint(0, 4)])
        exchange.say_raw(b"Event: AgentCon"[: draw.randint(0, 15)])

    async def test() -> None:
        async with exchange_that(flap) as port, listening(_in_a_hurry(port)) as (line, listener):
            for cuts in range(20, CUTS + 1, 20):
                await listener.until(partial(_has_come_back, line, cuts))
            ended = [contact_of(each) for each in listener.told if summary(each)[0] == "RegisterEnd"]
            arrived = [contact_of(each) for each in listener.told if summary(each)[0] == "RegisterCall"]
            assert sorted(arrived) == sorted(ended)
            assert len(set(ended)) == len(ended) > CUTS // 2

    _run(test())


def test_an_exchange_that_restarts_counts_anew_and_its_calls_are_others() -> None:
    starts = iter(["06:00:00", "07:00:00"])

    async def ring_and_die(exchange: Exchange) -> None:
        await exchange.welcome(started=next(starts))
        exchange.say(*messages("1.1", "arrive", CALLER))
        # The first answer to a ping never comes: the exchange died.
        await exchange.next_action()

    async def test() -> None:
        async with exchange_that(ring_and_die) as port, listening(_line(port)) as (line, listener):
            await listener.until(lambda: line.connections == 2 and len(listener.told) == 3)
            assert _told(listener) == [ARRIVED, ABANDONED, ARRIVED]
            first, end, second = (contact_of(each) for each in listener.told)
            assert first == end != second

    _run(test())


def test_a_call_of_an_earlier_process_that_is_gone_is_ended_and_one_that_goes_on_is_not() -> None:
    gone, answered = derived_id("gone"), derived_id("answered")

    async def list_one(exchange: Exchange) -> None:
        channel = messages("1.1", "arrive", CALLER)[0]
        await exchange.welcome({**channel, "Application": "Queue", "ApplicationData": "accueil,tT"})
        await exchange.answer_pings()

    async def test() -> None:
        async with exchange_that(list_one) as port:
            async with listening(_line(port)) as (_, listener):
                await listener.until(lambda: len(listener.told) == 1)
                present = contact_of(listener.told[0])
            now = datetime.now(UTC)
            later, long_ago = now + timedelta(hours=1), now - timedelta(hours=4)
            open_calls = {
                gone: OpenCall(is_answered=False, over_by=later),
                answered: OpenCall(is_answered=True, over_by=long_ago),
                present: OpenCall(is_answered=False, over_by=later),
            }
            async with listening(_line(port), still_open=open_calls) as (_, listener):
                await listener.until(lambda: len(listener.told) == 3)
                ends = {contact_of(each): summary(each)[1] for each in listener.told[1:]}
                assert summary(listener.told[0]) == ARRIVED
                assert ends == {gone: "abandoned", answered: "hung_up"}
                ended_at = {
                    each.body.contact: each.body.at
                    for each in listener.told
                    if isinstance(each.body, RegisterEnd)
                }
                assert ended_at[answered] == long_ago < now < ended_at[gone] < later

    _run(test())


def _in_a_hurry(port: int) -> AsteriskSettings:
    """A hundred connections have to fit in seconds."""
    soon = timedelta(seconds=0.005)
    return replace(_line(port), retry_first=soon, retry_last=soon)


@pytest.mark.slow
def test_after_an_outage_in_silence_no_call_that_ended_goes_on() -> None:
    """As patient as in a hospital: the wire is open and nothing is said, then the exchange is back."""
    is_back, back_at = asyncio.Event(), list[float]()

    async def fall_silent_with_a_call(exchange: Exchange) -> None:
        if back_at:
            await exchange.welcome()
            await exchange.answer_pings()
        if not is_back.is_set():
            is_back.set()
            await exchange.welcome()
            exchange.say(*messages("1.1", "arrive", CALLER))
        await asyncio.Event().wait()

    async def test() -> None:
        async with (
            exchange_that(fall_silent_with_a_call) as port,
            listening(_as_in_a_hospital(port), is_up=False) as (line, listener),
        ):
            await listener.until(lambda: len(listener.told) == 1)
            await listener.until(lambda: line.state is LineState.CONNECTING)
            back_at.append(asyncio.get_running_loop().time())
            await listener.until(lambda: len(listener.told) == 2)
            print(f"a ghost for {asyncio.get_running_loop().time() - back_at[0]:.1f} s")
            assert _told(listener) == [ARRIVED, ABANDONED]

    _run(test())


def _as_in_a_hospital(port: int) -> AsteriskSettings:
    return AsteriskSettings(
        line="standard", host="127.0.0.1", port=port, username="filrouge", secret="a-secret"
    )
