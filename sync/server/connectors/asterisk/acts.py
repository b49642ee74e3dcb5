"""What an Asterisk is asked to do for a desk, and its refusals as codes."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.domain.facts import LineActAsked
from app.domain.queues import PAUSE_WORDS
from app.domain.words import AgentState, LineAct, LineRefusal
from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.call import Dialplan, said
from sync.server.connectors.asterisk.calls import ExchangeCalls

Action: TypeAlias = tuple[str, dict[str, str]]
"""The action's name and its headers."""

_RING_MS = "30000"
_KEY_MS = "100"
_SIMPLE: Mapping[LineAct, Action] = {
    LineAct.ANSWER: ("PJSIPNotify", {"Variable": "Event=talk"}),
    LineAct.HOLD: ("PJSIPNotify", {"Variable": "Event=hold"}),
    LineAct.RETRIEVE: ("PJSIPNotify", {"Variable": "Event=talk"}),
    LineAct.MUTE: ("MuteAudio", {"Direction": "in", "State": "on"}),
    LineAct.UNMUTE: ("MuteAudio", {"Direction": "in", "State": "off"}),
    LineAct.CANCEL: ("CancelAtxfer", {}),
    LineAct.HANG_UP: ("Hangup", {}),
}
"""A phone is told to talk or to hold by a NOTIFY, which most desk phones obey.

What comes `in` to the exchange from a desk's channel is what is said there: the caller no longer hears it.
"""
_REFUSALS = (
    (re.compile(r"permission", re.IGNORECASE), LineRefusal.NOT_PERMITTED),
    (re.compile(r"interface not found", re.IGNORECASE), LineRefusal.NOT_AGENT),
    (re.compile(r"channel", re.IGNORECASE), LineRefusal.CALL_GONE),
)


def actions_of(
    asked: LineActAsked, calls: ExchangeCalls, dialplan: Dialplan
) -> Sequence[Action] | LineRefusal:
    """The actions to send, the first of which tells what came of all, or why there are none."""
    match asked.what:
        case LineAct.DIAL:
            return [_dial(asked, dialplan)]
        case LineAct.PAUSE:
            return [_pause(asked, dialplan)]
        case _:
            channel = calls.channel_of(asked.contact, asked.extension)
    if not channel:
        return LineRefusal.CALL_GONE
    if asked.what is not LineAct.COMPLETE:
        return [_on_channel(asked, channel, dialplan)]
    return _give(channel, dialplan) if calls.is_waiting(asked.contact) else LineRefusal.NOT_ANNOUNCED


def refusal_of(message: Message) -> LineRefusal:
    """What the exchange said, as one of our own words."""
    if message.get("Event"):
        return LineRefusal.NOT_TAKEN
    reason = said(message, "Message")
    return next((code for pattern, code in _REFUSALS if pattern.search(reason)), LineRefusal.REFUSED)


def _on_channel(asked: LineActAsked, channel: str, dialplan: Dialplan) -> Action:
    if asked.what in _SIMPLE:
        name, headers = _SIMPLE[asked.what]
        return name, {"Channel": channel, **headers}
    name = "BlindTransfer" if asked.what is LineAct.TRANSFER else "Atxfer"
    return name, {"Channel": channel, "Context": dialplan.context, "Exten": asked.to}


def _give(channel: str, dialplan: Dialplan) -> Sequence[Action]:
    """The exchange's own keys give the announced call, as if the phone had pressed them.

    Hanging up would give it too, and would cut the caller if the other party left in that instant.
    """
    keys = {"Channel": channel, "Receive": "true", "Duration": _KEY_MS}
    return [("PlayDTMF", {**keys, "Digit": digit}) for digit in dialplan.give_keys]


def _dial(asked: LineActAsked, dialplan: Dialplan) -> Action:
    """The desk's own phone rings first, then the number; the channel's name makes a repeat impossible."""
    return "Originate", {
        "Channel": f"{dialplan.technology}/{asked.extension}",
        "Context": dialplan.context,
        "Exten": asked.to,
        "Priority": "1",
        "Async": "true",
        "Timeout": _RING_MS,
        "ChannelId": asked.act,
    }


def _pause(asked: LineActAsked, dialplan: Dialplan) -> Action:
    state = AgentState(asked.to)
    return "QueuePause", {
        "Interface": f"{dialplan.technology}/{asked.extension}",
        **({"Queue": dialplan.named_there(asked.queue)} if asked.queue else {}),
        "Paused": "false" if state is AgentState.AVAILABLE else "true",
        "Reason": PAUSE_WORDS.get(state, ""),
    }
