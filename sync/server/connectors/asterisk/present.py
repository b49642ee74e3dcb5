"""Reads the exchange's list of the channels present: who is with whom, and through what of its own."""

from collections.abc import Sequence

from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.call import OWN_CHANNEL, extension_of, said

_NEAR, _FAR = ";1", ";2"
"""The two ends of a channel of the exchange's own: it dials the far one and speaks at the near one."""
_RINGING = "5"
_OUTGOING = frozenset({"AppQueue", "AppDial"})


class PresentChannels:
    """What CoreShowChannels lists."""

    def __init__(self, channels: Sequence[Message]) -> None:
        self.of = {said(channel, "Uniqueid"): channel for channel in channels}
        """Each channel by its Uniqueid."""
        self._near = {said(channel, "BridgeId") for channel in channels if _is_own(channel, _NEAR)} - {""}
        self._far = {_reached(channel) for channel in channels if _is_own(channel, _FAR)}

    def is_with(self, channel: Message, uniqueid: str) -> bool:
        """Whether both are put through to each other."""
        other, bridge = self.of.get(uniqueid), said(channel, "BridgeId")
        return bool(bridge) and other is not None and bridge == said(other, "BridgeId")

    def puts_through(self, extension: str, uniqueid: str) -> bool:
        """Whether a channel of the extension is put through to that one."""
        return any(
            extension_of(said(channel, "Channel")) == extension and self.is_with(channel, uniqueid)
            for channel in self.of.values()
        )

    def has(self, extension: str, linkedid: str) -> bool:
        """Whether the extension still has a channel in the call."""
        return any(_reached(channel) == (linkedid, extension) for channel in self.of.values())

    def announces(self, channel: Message) -> bool:
        """Whether it speaks, or waits to, with somebody whom the exchange called for it."""
        return not _is_own(channel, "") and said(channel, "BridgeId") in self._near

    def is_behind(self, channel: Message) -> bool:
        """Whether a phone is reached through a channel of the exchange's own, which speaks for it."""
        return not _is_own(channel, "") and _reached(channel) in self._far and not self.announces(channel)


def is_ringing(channel: Message) -> bool:
    """Whether somebody is called who has not answered."""
    return said(channel, "ChannelState") == _RINGING


def is_called(channel: Message) -> bool:
    """Whether a queue or the dialplan made the channel."""
    return said(channel, "Application") in _OUTGOING


def _is_own(channel: Message, end: str) -> bool:
    name = said(channel, "Channel")
    return name.startswith(OWN_CHANNEL) and name.endswith(end)


def _reached(channel: Message) -> tuple[str, str]:
    """The call, and the extension in it."""
    return said(channel, "Linkedid"), extension_of(said(channel, "Channel"))
