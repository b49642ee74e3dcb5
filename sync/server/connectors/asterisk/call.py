"""Reads one call out of what Asterisk says about its channels, in whatever order it is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.commands import CommandEnvelope
from app.domain.words import Ending
from sync.server.connectors import CallName, LineCall
from sync.server.connectors.asterisk.ami import Message

HIDDEN = "anonymous"
"""What stands for a number that the caller withholds, even when the exchange knows it."""
SETTLE_AFTER = timedelta(seconds=2)
"""How long a hang-up nobody explains waits for its explanation, which may come after it."""
_UNKNOWN = "<unknown>"
_RINGING_CALLER = "4"
_CHANNEL_SUFFIX = re.compile(r"-[0-9a-f]{8}(;\d)?$")


def said(message: Message, name: str) -> str:
    """The header's value; empty when absent or unknown to the exchange."""
    value = message.get(name, "")
    return "" if value == _UNKNOWN else value


def extension_of(interface: str) -> str:
    """The extension in `PJSIP/101`, `Local/103@agents/n` or `PJSIP/101-0000002a`."""
    _, _, address = interface.partition("/")
    return _CHANNEL_SUFFIX.sub("", re.split("[@/]", address, maxsplit=1)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialplan:
    """What of the exchange's own arrangement has to be known to read it."""

    trunk_contexts: frozenset[str] = frozenset({"from-trunk"})
    """The contexts where the operator's calls enter."""
    queues: Mapping[str, str] = field(default_factory=dict[str, str])
    """The exchange's name of a queue to the hospital's, where they differ."""
    direct: Mapping[str, str] = field(default_factory=dict[str, str])
    """Numbers that ring without a queue, and the hospital's queue they count in."""


class AsteriskCall:
    """One Linkedid: each step takes a message and returns the commands that are news."""

    def __init__(self, name: CallName, dialplan: Dialplan) -> None:
        self.told = LineCall(name)
        self.caller = ""
        """The caller's channel (its Uniqueid), empty until it is known that somebody calls in."""
        self._linkedid = name.linkedid
        self._dialplan = dialplan
        self._line_raw = ""
        self._number_raw = ""
        self._is_hidden = False
        self._first_seen_at: datetime | None = None
        self._was_abandoned = False
        self._gave_up: set[str] = set()
        self._hung_up_at: dict[str, datetime] = {}

    @property
    def is_live(self) -> bool:
        """Whether somebody is calling in and the end was not told."""
        return bool(self.caller) and not self.told.is_over

    def new_channel(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A channel that rings from the operator's side is a caller; any other is not."""
        uniqueid = said(message, "Uniqueid")
        if (
            said(message, "Context") not in self._dialplan.trunk_contexts
            or said(message, "ChannelState") != _RINGING_CALLER
            or uniqueid != self._linkedid
        ):
            return []
        return self.incoming(message, at)

    def incoming(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """Somebody calls in; a direct number rings at once, the others wait for their queue."""
        self.caller = said(message, "Uniqueid")
        self._first_seen_at = self._first_seen_at or at
        self._line_raw = said(message, "Exten")
        self._number_raw = self._number_raw or message.get("CallerIDNum", "")
        queue = self._dialplan.direct.get(self._line_raw)
        return [] if queue is None else self._arrived(queue, at)

    def new_caller_id(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The exchange corrects who calls, or says that the number is withheld."""
        del at
        if said(message, "Uniqueid") == (self.caller or self._linkedid):
            self._number_raw = message.get("CallerIDNum", "")
            self._is_hidden = "Prohib" in message.get("CID-CallingPres", "")
        return []

    def joined(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The caller enters a queue: from here a desk is concerned."""
        self.caller = said(message, "Uniqueid")
        self._number_raw = message.get("CallerIDNum", "")
        self._line_raw = self._line_raw or said(message, "Exten")
        queue = said(message, "Queue")
        return self._arrived(self._dialplan.queues.get(queue, queue), at)

    def _arrived(self, queue: str, at: datetime) -> list[CommandEnvelope]:
        """The wait counts from the first ring, menu included (rules R35)."""
        return self.told.arrived(
            queue=queue,
            line_raw=self._line_raw,
            number_raw=HIDDEN if self._is_hidden else self._number_raw,
            at=self._first_seen_at or at,
        )

    def rang(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """An extension rings for this caller."""
        extension = _extension(message)
        if not extension:
            return []
        return self.told.rang(extension, leg=said(message, "DestUniqueid"), at=at)

    def answered(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """Caller and agent are put through."""
        extension = _extension(message)
        if not extension:
            return []
        return self.told.answered(extension, leg=said(message, "DestUniqueid"), at=at)

    def dial_began(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The same as a ring, for a direct number; a queue says AgentCalled."""
        return self.rang(message, at) if self._is_direct(message) else []

    def dial_ended(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The same as an answer, for a direct number; a queue says AgentConnect."""
        is_answer = said(message, "DialStatus") == "ANSWER"
        return self.answered(message, at) if is_answer and self._is_direct(message) else []

    def abandoned(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The queue let go unanswered: the caller hung up, or the exchange's patience ended."""
        del message, at
        self._was_abandoned = True
        return []

    def gave_up(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The far end of a channel hung up."""
        del at
        self._gave_up.add(said(message, "Uniqueid"))
        return []

    def hung_up(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A channel is gone; the caller's ends the call, see `settled`."""
        self._hung_up_at.setdefault(said(message, "Uniqueid"), at)
        return []

    def settled(self, at: datetime) -> list[CommandEnvelope]:
        """The end, as soon as it is sure how it ended, and at the latest after a short while."""
        gone_at = self._hung_up_at.get(self.caller)
        if not self.is_live or gone_at is None:
            return []
        if self.told.has_arrived and self.told.is_answered:
            return self.told.ended(Ending.HUNG_UP, at=gone_at)
        left_by_itself = self.caller in self._gave_up
        is_sure = self.told.has_arrived and self._was_abandoned and left_by_itself
        if not is_sure and at - gone_at < SETTLE_AFTER:
            return []
        arrival = self._arrived("", gone_at)
        ending = Ending.ABANDONED if left_by_itself else Ending.MISSED
        if self.told.is_answered:
            ending = Ending.HUNG_UP
        return arrival + self.told.ended(ending, at=gone_at)

    def vanished(self, at: datetime) -> list[CommandEnvelope]:
        """The exchange no longer knows the caller: it ended while nobody was listening.

        Unanswered as far as is known, it counts as abandoned, so that somebody calls back.
        """
        self._hung_up_at.setdefault(self.caller, at)
        self._gave_up.add(self.caller)
        self._was_abandoned = True
        return self.settled(at + SETTLE_AFTER)

    def _is_direct(self, message: Message) -> bool:
        """Whether the message dials for the caller of a direct number."""
        return said(message, "Exten") in self._dialplan.direct and (
            said(message, "Uniqueid") == (self.caller or self._linkedid)
        )


def _extension(message: Message) -> str:
    """The extension an agent's leg leads to."""
    return extension_of(said(message, "Interface") or said(message, "DestChannel"))
