"""Asterisk's messages to commands: pure, so that tables of captured messages prove it."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from sync.server.connectors import CallName, Hold
from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.call import AsteriskCall, Dialplan, extension_of, said
from sync.server.connectors.asterisk.present import PresentChannels, is_called, is_ringing

_Step = Callable[[AsteriskCall, Message, datetime], list[CommandEnvelope]]
_LegStep = Callable[[str, str, datetime, str], list[CommandEnvelope]]
_STEPS: Mapping[str, _Step] = {
    "Newchannel": AsteriskCall.new_channel,
    "NewCallerid": AsteriskCall.new_caller_id,
    "QueueCallerJoin": AsteriskCall.joined,
    "AgentCalled": AsteriskCall.rang,
    "AgentConnect": AsteriskCall.answered,
    "AgentRingNoAnswer": AsteriskCall.not_answered,
    "DialBegin": AsteriskCall.dial_began,
    "DialEnd": AsteriskCall.dial_ended,
    "QueueCallerAbandon": AsteriskCall.abandoned,
    "Hold": AsteriskCall.held,
    "Unhold": AsteriskCall.retrieved,
    "BlindTransfer": AsteriskCall.given_blindly,
    "AttendedTransfer": AsteriskCall.given_announced,
    "MessageWaiting": AsteriskCall.left_message,
    "HangupRequest": AsteriskCall.gave_up,
    "Hangup": AsteriskCall.hung_up,
}
CALL_EVENTS = frozenset(_STEPS)
"""The events a call is read from; all others are noise to us."""
_REMEMBERED = 4096


class ExchangeCalls:
    """All the calls of one exchange since it started, keyed by Linkedid.

    `held` is what an earlier process knew of callers on hold.
    """

    def __init__(
        self,
        *,
        line: str,
        exchange_start: str,
        dialplan: Dialplan,
        held: Mapping[Id, Hold] | None = None,
    ) -> None:
        self._line = line
        self._exchange_start = exchange_start
        self._dialplan = dialplan
        self._held = dict(held or {})
        self._taken_over: set[str] = set()
        self._live: dict[str, AsteriskCall] = {}
        self._others: OrderedDict[str, AsteriskCall] = OrderedDict()

    @property
    def live(self) -> frozenset[str]:
        """The Linkedid of each call that goes on."""
        return frozenset(self._live)

    @property
    def contacts(self) -> frozenset[Id]:
        """The contact of each call that goes on."""
        return frozenset(call.told.contact for call in self._live.values())

    def channel_of(self, contact: Id | None, extension: str) -> str:
        """The extension's channel in a call that goes on; empty when there is none."""
        calls = (call for call in self._live.values() if call.told.contact == contact)
        return next((call.places.get(extension, "") for call in calls), "")

    def rings_at(self, contact: Id | None, extension: str) -> bool:
        """Whether the exchange calls this extension for the call and nobody took it there."""
        calls = (call for call in self._live.values() if call.told.contact == contact)
        return any(extension in call.ringing for call in calls)

    def is_waiting(self, contact: Id | None) -> bool:
        """Whether the caller is on hold, as during an announcement; who is back from it is not."""
        return any(call.told.is_held for call in self._live.values() if call.told.contact == contact)

    @property
    def remembered(self) -> int:
        """How many calls that do not go on are kept to recognise repeats."""
        return len(self._others)

    def to_commands(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The commands this message gives rise to; none for a repeat or for noise."""
        step = _STEPS.get(message.get("Event", ""))
        linkedid = _linkedid(message) or self._rung_by_the_exchange(message)
        if step is None or not linkedid:
            return []
        call = self._call(linkedid)
        known = call.target
        news = step(call, self._with_target(message, at), at) + call.settled(at)
        self._file(linkedid, call)
        if call.given is None or call.target == known:
            return news
        return news + self.to_commands(*call.given)

    def _with_target(self, message: Message, at: datetime) -> Message:
        """A call given while it still rings, or in the instant of the answer, doesn't say to whom.

        It is whom the giver's second call rings: what is heard of that call is heard of this one too.
        """
        linkedid = said(message, "SecondTransfererLinkedid")
        if not linkedid or said(message, "TransferTargetChannel"):
            return message
        second = self._call(linkedid)
        second.given = message, at
        self._file(linkedid, second)
        return {**message, **second.target}

    def _rung_by_the_exchange(self, message: Message) -> str:
        """The call for which it rings somebody without saying so."""
        if not said(message, "DestUniqueid"):
            return ""
        return next((linkedid for linkedid, call in self._live.items() if call.is_rung(message)), "")

    def settle(self, at: datetime) -> list[CommandEnvelope]:
        """The ends that waited for an explanation long enough; ask at least once a second."""
        news: list[CommandEnvelope] = []
        for linkedid, call in list(self._live.items()):
            news += call.settled(at)
            self._file(linkedid, call)
        return news

    def reconcile(
        self,
        channels: Sequence[Message],
        waiting: Sequence[Message],
        *,
        before: frozenset[str],
        at: datetime,
    ) -> list[CommandEnvelope]:
        """What changed while nobody listened, from CoreShowChannels and QueueStatus.

        `before` names the calls that were live when the lists were asked for: of those, the
        ones missing from the lists are over.
        """
        queues = {said(entry, "Uniqueid"): said(entry, "Queue") for entry in waiting}
        news: list[CommandEnvelope] = []
        for channel in channels:
            news += self._caller_present(channel, queues, at)
        present = PresentChannels(channels)
        for channel in channels:
            news += self._leg_present(channel, present, at)
            news += self._outgoing_present(channel, present, at)
        for linkedid in (before | self._taken_over) & self.live:
            news += _left_alone(self._live[linkedid], linkedid, present, at)
        for linkedid in before & self.live:
            call = self._live[linkedid]
            is_present = call.caller in present.of
            news += call.gone(present.of.keys(), at) if is_present else call.vanished(at)
            self._file(linkedid, call)
        return news

    def in_doubt(self, channels: Sequence[Message]) -> dict[Id, str]:
        """The calls told to wait whose parties are listed together, with the channel that knows.

        They wait on a plain hold, or no longer do: no list tells.
        """
        present = PresentChannels(channels)
        return {
            call.told.contact: call.places.get(call.told.holder, "")
            for linkedid, call in self._live.items()
            if call.told.holder and self._is_together(call, linkedid, present)
        }

    def came_back(self, contact: Id, at: datetime) -> list[CommandEnvelope]:
        """The exchange said that nobody waits in this call."""
        calls = (call for call in self._live.values() if call.told.contact == contact)
        return [told for call in calls for told in call.came_back(at)]

    def _is_together(self, call: AsteriskCall, linkedid: str, present: PresentChannels) -> bool:
        """Whether the caller, or whom we called, is with the extension that kept them waiting."""
        if not call.is_outgoing:
            return present.puts_through(call.told.holder, call.caller)
        return any(
            said(leg, "Linkedid") == linkedid and present.is_with(leg, call.caller)
            for leg in present.of.values()
            if extension_of(said(leg, "Channel")) in self._dialplan.outside
        )

    def _caller_present(
        self, channel: Message, queues: Mapping[str, str], at: datetime
    ) -> list[CommandEnvelope]:
        """A channel that came from outside, or that a queue holds, is a caller's."""
        queue = queues.get(said(channel, "Uniqueid"), "")
        if not queue and said(channel, "Application") == "Queue":
            queue = said(channel, "ApplicationData").partition(",")[0]
        linkedid = said(channel, "Linkedid")
        is_from_outside = (
            said(channel, "Context") in self._dialplan.trunk_contexts
            and said(channel, "Uniqueid") == linkedid
        )
        if not linkedid or not (queue or is_from_outside):
            return []
        call = self._call(linkedid)
        began_at = at - _duration(said(channel, "Duration"))
        news = call.incoming(channel, began_at) if is_from_outside else []
        if queue:
            news += call.joined({**channel, "Queue": queue}, began_at)
        news += call.settled(at)
        self._file(linkedid, call)
        return news

    def _leg_present(self, channel: Message, present: PresentChannels, at: datetime) -> list[CommandEnvelope]:
        """Another channel of the call says whether it rings, talks, or talks about the call."""
        call = self._live.get(said(channel, "Linkedid"))
        leg, name = said(channel, "Uniqueid"), said(channel, "Channel")
        extension = extension_of(name)
        if call is None or leg == call.caller or extension in self._dialplan.outside:
            return []
        if present.is_behind(channel):
            call.put(extension, name)
            return []
        step = _present_step(call, channel, present)
        if step is None:
            return []
        is_given = present.is_with(channel, call.caller) and not present.puts_through(
            call.told.holder, call.caller
        )
        return (call.was_given(extension, at) if is_given else []) + step(leg, name, at, extension)

    def _outgoing_present(
        self, leg: Message, present: PresentChannels, at: datetime
    ) -> list[CommandEnvelope]:
        """A leg to the outside, with the channel of ours that called it."""
        dialling = present.of.get(said(leg, "Linkedid"))
        is_outside = extension_of(said(leg, "Channel")) in self._dialplan.outside
        if not is_outside or dialling is None or dialling is leg:
            return []
        linkedid = said(leg, "Linkedid")
        call = self._call(linkedid)
        dialled = {**dialling, "DestChannel": said(leg, "Channel"), "DestUniqueid": said(leg, "Uniqueid")}
        news = call.dial_began(dialled, at)
        if present.is_with(leg, call.caller) or present.announces(dialling):
            news += call.dial_ended({**dialled, "DialStatus": "ANSWER"}, at)
        self._file(linkedid, call)
        return news

    def _call(self, linkedid: str) -> AsteriskCall:
        """The call so named, known or new."""
        known = self._live.get(linkedid) or self._others.get(linkedid)
        if known is not None:
            return known
        name = CallName(line=self._line, exchange_start=self._exchange_start, linkedid=linkedid)
        call = AsteriskCall(name, self._dialplan)
        if name.contact in self._held:
            call.told.was_held(self._held.pop(name.contact))
            self._taken_over.add(linkedid)
        return call

    def _file(self, linkedid: str, call: AsteriskCall) -> None:
        """Keep every live call, and so many others that repeats are still recognised."""
        if call.is_live:
            self._others.pop(linkedid, None)
            self._live[linkedid] = call
            return
        self._live.pop(linkedid, None)
        self._others[linkedid] = call
        if len(self._others) > _REMEMBERED:
            self._others.popitem(last=False)


def _present_step(call: AsteriskCall, channel: Message, present: PresentChannels) -> _LegStep | None:
    """What a listed leg does in its call; whom a desk of ours announces its own call to is no news."""
    if present.is_with(channel, call.caller):
        given = call.rings_given if is_ringing(channel) else call.talks_at
        return None if call.is_outgoing else given
    if present.announces(channel):
        return call.announces_at
    return call.rings_at if is_ringing(channel) and is_called(channel) else None


def _left_alone(
    call: AsteriskCall, linkedid: str, present: PresentChannels, at: datetime
) -> list[CommandEnvelope]:
    """Who kept the caller waiting is gone from the call, which goes on where the exchange has it."""
    caller = present.of.get(call.caller)
    if caller is None or call.is_outgoing or present.has(call.told.holder, linkedid):
        return []
    return call.was_given(said(caller, "Exten"), at)


def _linkedid(message: Message) -> str:
    """The call a message is about; a transfer names it by who is transferred."""
    names = ("Linkedid", "TransfereeLinkedid", "OrigTransfererLinkedid", "Uniqueid")
    return next((value for name in names if (value := said(message, name))), "")


def _duration(text: str) -> timedelta:
    """`00:01:05` as a duration; nothing when it is not one."""
    try:
        hours, minutes, seconds = (int(part) for part in text.split(":"))
    except ValueError:
        return timedelta()
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
