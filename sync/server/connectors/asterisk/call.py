"""Reads one call out of what Asterisk says about its channels, in whatever order it is said."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.commands import CommandEnvelope
from app.domain.words import Ending, TransferKind
from sync.server.connectors import CallName, LineCall
from sync.server.connectors.asterisk.ami import Message

HIDDEN = "anonymous"
"""What stands for a number that the caller withholds, even when the exchange knows it."""
SETTLE_AFTER = timedelta(seconds=2)
"""How long a hang-up nobody explains waits for its explanation, which may come after it."""
_UNKNOWN = "<unknown>"
_RINGING_CALLER = "4"
_UP = "6"
_NOBODY = frozenset({"NOANSWER", "BUSY", "CONGESTION", "CHANUNAVAIL"})
OWN_CHANNEL = "Local/"
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
    outside: frozenset[str] = frozenset()
    """The trunks, by their endpoints' names; without them outgoing calls are not told."""
    context: str = "internal"
    """Where an extension or a number is dialled from, to transfer and to call."""
    technology: str = "PJSIP"
    give_keys: str = "*2"
    """What features.conf calls `atxfercomplete`."""

    def named_there(self, queue: str) -> str:
        """The exchange's own name of a hospital's queue."""
        return next((there for there, here in self.queues.items() if here == queue), queue)


class AsteriskCall:
    """One Linkedid: each step takes a message and returns the commands that are news."""

    def __init__(self, name: CallName, dialplan: Dialplan) -> None:
        self.told = LineCall(name)
        self.caller = ""
        """The channel (its Uniqueid) that the call begins and ends with; empty until it concerns us."""
        self.places: dict[str, str] = {}
        """The channel of each extension that has to do with the call."""
        self._linkedid = name.linkedid
        self._dialplan = dialplan
        self._line_raw = ""
        self._number_raw = ""
        self._is_hidden = False
        self.is_outgoing = False
        """Whether a desk of ours called, whose channel then is the call's own."""
        self._first_seen_at: datetime | None = None
        self._let_go_at: datetime | None = None
        self._gave_up_at: dict[str, datetime] = {}
        self._hung_up_at: dict[str, datetime] = {}
        self._ringing: dict[str, str] = {}
        self._own_rings: set[str] = set()
        self._taken: set[str] = set()
        self._giver = ""
        self._called: Message = {}
        self.given: tuple[Message, datetime] | None = None
        """The transfer by which whom this call rings was given another one."""

    @property
    def is_live(self) -> bool:
        """Whether somebody is on the line and the end was not told."""
        return bool(self.caller) and not self.told.is_over

    @property
    def ringing(self) -> frozenset[str]:
        """The extensions that ring for this call."""
        return frozenset(self._ringing.values())

    @property
    def target(self) -> Message:
        """Whom the call's own channel called last, in the words of a transfer; empty when nobody."""
        leg = said(self._called, "DestUniqueid")
        return {
            "TransferTargetChannel": said(self._called, "DestChannel"),
            "TransferTargetUniqueid": leg,
            "TransferTargetChannelState": _UP if leg in self._taken else "",
        }

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
        self._first_seen_at = min(filter(None, (self._first_seen_at, at)))
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
        named = said(message, "Queue")
        queue = self._dialplan.queues.get(named, named)
        return self._arrived(queue, at) + self.told.joined(queue, at=at)

    def _arrived(self, queue: str, at: datetime) -> list[CommandEnvelope]:
        """The wait counts from the first ring, menu included (rules R35)."""
        return self.told.arrived(
            queue=queue,
            line_raw=self._line_raw,
            number_raw=HIDDEN if self._is_hidden else self._number_raw,
            at=self._first_seen_at or at,
            queued_at=at if queue else None,
        )

    def rang(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """An extension rings for this caller."""
        return self.rings_at(said(message, "DestUniqueid"), said(message, "DestChannel"), at, _place(message))

    def rings_at(self, leg: str, channel: str, at: datetime, extension: str) -> list[CommandEnvelope]:
        """The leg of an extension rings."""
        if not extension:
            return []
        self.put(extension, channel)
        self._ringing[leg] = extension
        return self.told.rang(extension, leg=leg, at=at)

    def answered(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """Caller and agent are put through."""
        return self.talks_at(said(message, "DestUniqueid"), said(message, "DestChannel"), at, _place(message))

    def talks_at(self, leg: str, channel: str, at: datetime, extension: str) -> list[CommandEnvelope]:
        """The leg of an extension talks with the caller."""
        if not extension:
            return []
        self.put(extension, channel)
        self._giver = ""
        self._taken.add(leg)
        self._ringing.pop(leg, None)
        return self.told.answered(extension, leg=leg, at=at)

    def not_answered(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The exchange gave up at an extension."""
        leg, extension = said(message, "DestUniqueid"), _place(message)
        self._ringing.pop(leg, None)
        return self.told.not_answered(extension, leg=leg, at=at) if extension else []

    def dial_began(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A ring, for a direct number or a call that was given on; a queue says AgentCalled."""
        if not said(message, "Channel"):
            self._own_rings.add(said(message, "DestUniqueid"))
            return self.rang(message, at)
        if not self._dials(message):
            return []
        self._called = message
        if extension_of(said(message, "DestChannel")) in self._dialplan.outside:
            return self._called_out(message, at)
        return self.rang(message, at) if self._is_ring(message) else []

    def dial_ended(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """An answer or none, for the same; a queue says AgentConnect or AgentRingNoAnswer."""
        status = said(message, "DialStatus")
        if not said(message, "Channel"):
            return self.answered(message, at) if status == "ANSWER" else []
        if not self._dials(message):
            return self._phone_found(message) if status == "ANSWER" else []
        self._called = message
        if extension_of(said(message, "DestChannel")) in self._dialplan.outside:
            return self._answered_outside(message, at) if status == "ANSWER" else []
        if not self._is_ring(message):
            return []
        if status in _NOBODY:
            return self.not_answered(message, at)
        return self.answered(message, at) if status == "ANSWER" else []

    def _phone_found(self, message: Message) -> list[CommandEnvelope]:
        """The phone behind a channel of the exchange's own, which is what can be asked to hold or to give."""
        self.put(_place(message), said(message, "DestChannel"))
        return []

    def announces_at(self, leg: str, channel: str, at: datetime, extension: str) -> list[CommandEnvelope]:
        """The leg of an extension speaks with somebody else while the caller waits."""
        news = self.talks_at(leg, channel, at, extension)
        return news if self.told.is_held else news + self.told.held(extension, at=at)

    def was_given(self, to: str, at: datetime) -> list[CommandEnvelope]:
        """Who kept the caller waiting left the call while nobody listened."""
        holder = self.told.holder
        return self.told.transferred(TransferKind.ATTENDED, extension=holder, to=to, at=at) if holder else []

    def came_back(self, at: datetime) -> list[CommandEnvelope]:
        """Who kept the caller waiting speaks with the caller again, since when is not known."""
        holder = self.told.holder
        return self.told.retrieved(holder, at=at) if holder else []

    def rings_given(self, leg: str, channel: str, at: datetime, extension: str) -> list[CommandEnvelope]:
        """The call was given to a leg that still rings."""
        self._own_rings.add(leg)
        return self.rings_at(leg, channel, at, extension)

    def put(self, extension: str, channel: str) -> None:
        """The extension's channel, the phone's own rather than one of the exchange's that leads to it."""
        if extension not in self.places or not channel.startswith(OWN_CHANNEL):
            self.places[extension] = channel

    def _called_out(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """Our own extension calls a number; a caller given to the outside rings nowhere of ours."""
        extension = self._dialling(message)
        if not extension:
            return []
        self.caller = said(message, "Uniqueid")
        self.is_outgoing = True
        self.places[extension] = said(message, "Channel")
        return self.told.placed(extension, number_raw=said(message, "Exten"), at=at)

    def _answered_outside(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """Our call is taken, or the caller speaks with the number he was given to."""
        place = self._dialling(message) or said(message, "Exten")
        return self.told.answered(place, leg=said(message, "DestUniqueid"), at=at)

    def _dialling(self, message: Message) -> str:
        """The extension of ours that dials; empty when it is a trunk's channel, a caller's."""
        extension = extension_of(said(message, "Channel"))
        return "" if extension in self._dialplan.outside else extension

    def held(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A desk put the caller on hold."""
        return self.told.held(_own_place(message), at=at) if self._is_desk(message) else []

    def retrieved(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A desk came back to the caller."""
        return self.told.retrieved(_own_place(message), at=at) if self._is_desk(message) else []

    def given_blindly(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The desk sent the caller on, and left."""
        extension = extension_of(said(message, "TransfererChannel"))
        return self.told.transferred(
            TransferKind.BLIND, extension=extension, to=said(message, "Extension"), at=at
        )

    def given_announced(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The desk joined the caller with whom it had called, who talks or still rings."""
        target = said(message, "TransferTargetChannel")
        to, leg = extension_of(target), said(message, "TransferTargetUniqueid")
        if not to:
            return []
        extension = extension_of(said(message, "OrigTransfererChannel"))
        news = self.told.transferred(TransferKind.ATTENDED, extension=extension, to=to, at=at)
        if said(message, "TransferTargetChannelState") == _UP:
            return news + self.talks_at(leg, target, at, to)
        self._giver = extension
        self._own_rings.add(leg)
        news += self.rings_at(leg, target, at, to)
        gone_at = self._hung_up_at.get(leg)
        return news if gone_at is None else news + self._rang_out(leg, gone_at)

    def is_rung(self, message: Message) -> bool:
        """Whether the exchange rings somebody for this call by itself, which names no call.

        It is one of its rings, or that of who gave it: nobody took it, and it comes back.
        """
        if said(message, "DestUniqueid") in self._own_rings:
            return True
        is_giver = bool(self._giver) and extension_of(said(message, "DestChannel")) == self._giver
        shown = said(message, "DestConnectedLineNum")
        return is_giver and not self._ringing and shown in (self._number_raw, HIDDEN)

    def left_message(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The voicemail kept a message of this caller's."""
        return self.told.left_message(at=at) if said(message, "New") not in ("", "0") else []

    def abandoned(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The queue let go unanswered: the caller hung up, or the exchange's patience ended."""
        del message
        self._let_go_at = max(filter(None, (self._let_go_at, at)))
        return []

    def gave_up(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The far end of a channel hung up."""
        self._gave_up_at.setdefault(said(message, "Uniqueid"), at)
        return []

    def hung_up(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """A channel is gone; the caller's ends the call, see `settled`."""
        leg = said(message, "Uniqueid")
        self._hung_up_at.setdefault(leg, at)
        return self._rang_out(leg, at) if leg in self._own_rings else []

    def _rang_out(self, leg: str, at: datetime) -> list[CommandEnvelope]:
        """A ring of the exchange's own ended, and nobody had taken it."""
        extension = self._ringing.pop(leg, "")
        is_news = bool(extension) and leg not in self._taken
        return self.told.not_answered(extension, leg=leg, at=at) if is_news else []

    def gone(self, present: Collection[str], at: datetime) -> list[CommandEnvelope]:
        """What rang and is no longer among the channels present stopped ringing unheard."""
        news: list[CommandEnvelope] = []
        for leg, extension in list(self._ringing.items()):
            if leg not in present:
                del self._ringing[leg]
                news += self.told.not_answered(extension, leg=leg, at=at)
        return news

    def settled(self, at: datetime) -> list[CommandEnvelope]:
        """The end, as soon as it is sure how it ended, and at the latest after a short while."""
        gone_at = self._hung_up_at.get(self.caller)
        if not self.is_live or gone_at is None:
            return []
        if self.told.has_arrived and self.told.is_answered:
            return self.told.ended(Ending.HUNG_UP, at=gone_at)
        left_by_itself = self._left_by_itself()
        is_sure = self.told.has_arrived and self._let_go_at is not None and left_by_itself
        if not is_sure and at - gone_at < SETTLE_AFTER:
            return []
        arrival = self._arrived("", gone_at)
        return arrival + self.told.ended(self._ending(is_abandoned=left_by_itself), at=gone_at)

    def _ending(self, *, is_abandoned: bool) -> Ending:
        if self.told.is_answered:
            return Ending.HUNG_UP
        if self.is_outgoing:
            return Ending.NO_ANSWER
        return Ending.ABANDONED if is_abandoned else Ending.MISSED

    def _left_by_itself(self) -> bool:
        """Whether the caller hung up, and not after the queue had let him go."""
        gave_up_at = self._gave_up_at.get(self.caller)
        return gave_up_at is not None and (self._let_go_at is None or gave_up_at <= self._let_go_at)

    def vanished(self, at: datetime) -> list[CommandEnvelope]:
        """The exchange no longer knows the caller: it ended while nobody was listening.

        Unanswered as far as is known, it counts as abandoned, so that somebody calls back.
        """
        self._hung_up_at.setdefault(self.caller, at)
        self._gave_up_at[self.caller] = self._let_go_at = at
        return self.settled(at + SETTLE_AFTER)

    def _dials(self, message: Message) -> bool:
        """Whether it is the call's own channel that dials."""
        return said(message, "Uniqueid") == (self.caller or self._linkedid)

    def _is_ring(self, message: Message) -> bool:
        """Whether no queue tells of this ring: a direct number, or a call that was given on."""
        is_direct = said(message, "Exten") in self._dialplan.direct
        return is_direct or said(message, "Context") not in self._dialplan.trunk_contexts

    def _is_desk(self, message: Message) -> bool:
        """Whether the channel is a desk's, not the caller's own."""
        return self.is_outgoing or said(message, "Uniqueid") != (self.caller or self._linkedid)


def _place(message: Message) -> str:
    """The extension an agent's leg leads to."""
    return extension_of(said(message, "Interface") or said(message, "DestChannel"))


def _own_place(message: Message) -> str:
    return extension_of(said(message, "Channel"))
