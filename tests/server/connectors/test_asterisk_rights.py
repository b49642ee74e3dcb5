"""What `filrouge-server check` says of an exchange's account."""

import asyncio
from collections.abc import Collection

import pytest

from sync.server.connectors.asterisk.rights import troubles_of
from tests.server.connectors.hostile import Exchange, exchange_that
from tests.support.asterisk.wire import settings

REPORTING = ("CoreStatus", "CoreShowChannels")
CALL = ("BlindTransfer", "Atxfer", "CancelAtxfer", "PlayDTMF", "Hangup")
SYSTEM, AGENT, ORIGINATE = ("PJSIPNotify", "MuteAudio"), ("QueuePause",), ("Originate",)
ALL = (*REPORTING, *CALL, *SYSTEM, *AGENT, *ORIGINATE)


def _said_of(allowed: Collection[str], *, is_known: bool = True) -> list[str]:
    """What is said of an account that the exchange lets do no more than this."""

    async def answer(exchange: Exchange) -> None:
        login = await exchange.next_action()
        if not is_known:
            exchange.refuse(login, "Authentication failed")
            return
        exchange.agree(login)
        exchange.agree(await exchange.next_action(), **dict.fromkeys(allowed, "what it does (Priv: all)"))

    async def test() -> list[str]:
        async with exchange_that(answer) as port:
            return await troubles_of(settings(port, username="filrouge", secret="a-secret"))

    return asyncio.run(test())


def test_an_account_with_every_right_is_no_trouble() -> None:
    assert _said_of(ALL) == []


@pytest.mark.parametrize(
    ("lost", "right", "what"),
    [
        (SYSTEM, "system", "mute"),
        (CALL, "call", "transfer"),
        (AGENT, "agent", "pause"),
        (ORIGINATE, "originate", "call a number"),
        (REPORTING, "reporting", "present"),
    ],
)
def test_a_right_that_is_missing_is_a_sentence_that_names_it(
    lost: tuple[str, ...], right: str, what: str
) -> None:
    (sentence,) = _said_of([act for act in ALL if act not in lost])
    assert sentence.endswith(f"write = {right}.")
    assert what in sentence


def test_an_act_that_the_exchange_has_not_loaded_is_not_taken_for_a_right() -> None:
    (sentence,) = _said_of([act for act in ALL if act != "MuteAudio"])
    assert "MuteAudio" in sentence
    assert "write" not in sentence


def test_a_refused_account_is_a_sentence_without_the_secret() -> None:
    (sentence,) = _said_of(ALL, is_known=False)
    assert "refuses this user name and secret" in sentence
    assert "a-secret" not in sentence


def test_an_exchange_that_is_not_there_is_a_sentence() -> None:
    async def test() -> list[str]:
        async with exchange_that(lambda exchange: exchange.welcome()) as port:
            pass
        return await troubles_of(settings(port, username="filrouge", secret="a-secret"))

    (sentence,) = asyncio.run(test())
    assert "cannot be reached" in sentence
