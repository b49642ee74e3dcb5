"""Tries an exchange's account before it is needed: whether it lets us in, and what it does not allow."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from sync.server.connectors.asterisk.ami import Message, MessageReader, action
from sync.server.connectors.asterisk.session import AsteriskSettings

_NEEDED: Mapping[str, tuple[str, Sequence[str]]] = {
    "reporting": ("tell which calls are present", ("CoreStatus", "CoreShowChannels")),
    "system": ("answer, hold and mute", ("PJSIPNotify", "MuteAudio")),
    "call": ("transfer and hang up", ("BlindTransfer", "Atxfer", "CancelAtxfer", "PlayDTMF", "Hangup")),
    "agent": ("pause", ("QueuePause",)),
    "originate": ("call a number", ("Originate",)),
}
"""Each right of manager.conf, what a desk asks that needs it, and the exchange's names of these acts."""
_CHUNK = 65_536


async def troubles_of(settings: AsteriskSettings) -> list[str]:
    """A sentence for each thing that the exchange would refuse; none when all is well."""
    try:
        async with asyncio.timeout(settings.give_up_after.total_seconds()):
            return await _ask(settings)
    except TimeoutError:
        return ["the exchange does not answer."]
    except OSError as error:
        return [f"the exchange cannot be reached ({error.strerror or type(error).__name__})."]


async def _ask(settings: AsteriskSettings) -> list[str]:
    """What an account may do is what the exchange lists for it."""
    reader, writer = await asyncio.open_connection(settings.host, settings.port)
    try:
        account = {"Username": settings.username, "Secret": settings.secret, "Events": "off"}
        writer.write(action("Login", {"ActionID": "login", **account}))
        writer.write(action("ListCommands", {"ActionID": "acts"}))
        answers = MessageReader(())
        while received := await reader.read(_CHUNK):
            for answer in answers.feed(received):
                if answer.get("Response") == "Error":
                    return ["the exchange refuses this user name and secret."]
                if answer.get("ActionID") == "acts":
                    return _missing(answer)
        return ["the exchange closed the connection."]
    finally:
        writer.close()


def _missing(listed: Message) -> list[str]:
    sentences = (_sentence(right, *needed, listed) for right, needed in _NEEDED.items())
    return [sentence for sentence in sentences if sentence]


def _sentence(right: str, what: str, acts: Sequence[str], listed: Collection[str]) -> str:
    """A right that is missing takes all of its acts; an act alone is a part of the exchange not loaded."""
    absent = [act for act in acts if act not in listed]
    if len(absent) == len(acts):
        return f"the exchange would refuse to {what}: manager.conf must give this user write = {right}."
    if absent:
        return f"the exchange does not know {', '.join(absent)}: one of its modules is not loaded."
    return ""
