"""The live connection to an Asterisk: it comes back by itself, and loses no call present."""

import asyncio
from collections.abc import Callable

from app.domain.commands import CommandEnvelope
from app.domain.facts import LineActAsked
from app.domain.words import LineAct, LineRefusal
from app.logs import fault, log
from app.ports import Clock
from sync.server.connectors import Emit, LineMemory, OpenCall, ended_unheard, settled_act
from sync.server.connectors.asterisk.acts import actions_of, refusal_of
from sync.server.connectors.asterisk.agents import AGENT_EVENTS, ExchangeAgents
from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.call import said
from sync.server.connectors.asterisk.calls import ExchangeCalls
from sync.server.connectors.asterisk.session import (
    LISTS,
    ORIGINATED,
    AsteriskSettings,
    LineState,
    Lost,
    Refused,
    Session,
)

_ACT = "act:"
_HOLD = "hold:"
_IS_HELD = "CHANNEL(rtp,hold)"
"""What a phone last said: 1 while it keeps the other party waiting."""


class AsteriskLine:
    """One line leased by this process: `run` it in a task, cancel the task to stop it.

    `remember` gives what the server knows of this line from an earlier process, when it comes up first.
    """

    def __init__(
        self,
        settings: AsteriskSettings,
        *,
        clock: Clock,
        emit: Emit,
        remember: Callable[[], LineMemory] = LineMemory,
    ) -> None:
        self.line = settings.line
        self.state = LineState.CONNECTING
        self.trouble = ""
        """Why the line is not up, as a sentence; empty when it is."""
        self.connections = 0
        """How many times the line came up."""
        self.malformed = 0
        self.ignored = 0
        self.commands = 0
        self._settings = settings
        self._clock = clock
        self._emit = emit
        self._remember = remember
        self._exchange_start = ""
        self._session: Session | None = None
        self._calls: ExchangeCalls | None = None
        self._agents: ExchangeAgents | None = None
        self._asked: dict[str, LineActAsked] = {}
        self._too_soon: set[str] = set()
        """Which of them the exchange could not pass on yet."""
        self._unsent: list[CommandEnvelope] = []
        self._forgotten: dict[str, OpenCall] = {}

    async def perform(self, asked: LineActAsked) -> None:
        """Ask the exchange to do something; what comes of it is told as commands."""
        session, calls = self._session, self._calls
        if session is None or calls is None or self.state is not LineState.UP:
            await self._hand_over([self._settled(asked.act, LineRefusal.UNREACHABLE)])
            return
        actions = actions_of(asked, calls, self._settings.dialplan)
        if isinstance(actions, LineRefusal):
            await self._hand_over([self._settled(asked.act, actions)])
            return
        self._asked[asked.act] = asked
        for name, headers in actions:
            session.ask(name, f"{_ACT}{asked.act}", **headers)

    async def run(self) -> None:
        """Hold the connection until cancelled, with a growing pause between attempts."""
        pause = self._settings.retry_first
        while True:
            was_up = self.connections
            await self._attempt()
            if self.connections > was_up:
                pause = self._settings.retry_first
            if self.state is LineState.REFUSED:
                pause = self._settings.refused_pause
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, self._settings.retry_last)

    async def _attempt(self) -> None:
        """One connection from greeting to loss; what went wrong is said, never raised."""
        self.state = LineState.CONNECTING
        session: Session | None = None
        try:
            async with asyncio.timeout(self._settings.give_up_after.total_seconds()):
                reader, writer = await asyncio.open_connection(self._settings.host, self._settings.port)
            session = self._session = Session(self._settings, reader, writer)
            await self._listen(session)
        except Lost as lost:
            self._went_down(lost.state, str(lost))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._went_down(LineState.DOWN, f"The exchange cannot be reached ({reason}).")
        except Exception as bug:  # noqa: BLE001 - a mistake of ours must not leave the hospital without a line
            log("line").error("stopped on a mistake of ours", line=self._settings.line, **fault(bug))
            self._went_down(LineState.DOWN, "The line stopped on a mistake of ours, which is in the log.")
        finally:
            self._session = None
            self._unsent += [self._settled(act, LineRefusal.UNREACHABLE) for act in list(self._asked)]
            if session is not None:
                await session.close()

    async def _listen(self, session: Session) -> None:
        """Log in, then turn what is heard into commands until the connection is lost."""
        session.log_in()
        while True:
            messages = await session.heard()
            news: list[CommandEnvelope] = []
            for message in messages:
                news += self._take(session, message)
            if session.is_tick and self._calls is not None:
                news += self._calls.settle(self._clock.now())
            self._count(session)
            await self._hand_over(news)
            if session.is_tick:
                await self._ask_again()

    def _take(self, session: Session, message: Message) -> list[CommandEnvelope]:
        """One message: an answer to what we asked, an item of a list, or news of a call."""
        if message.get("ActionID", "").startswith(_ACT):
            return self._acted(message)
        if message.get("ActionID", "").startswith(_HOLD):
            return self._told_of_hold(message)
        if "Event" not in message:
            return self._answer(session, message)
        if self._calls is None or self._agents is None:
            return []
        if message["Event"] in LISTS:
            if not session.collect(message):
                return []
            self._came_up()
            return self._catch_up(session, self._calls, self._agents)
        heard = self._agents if message["Event"] in AGENT_EVENTS else self._calls
        return heard.to_commands(message, session.moment_of(message, self._clock.now()))

    def _catch_up(
        self, session: Session, calls: ExchangeCalls, agents: ExchangeAgents
    ) -> list[CommandEnvelope]:
        """What the exchange's lists tell that we did not hear, calls of another process included."""
        at = self._clock.now()
        news = calls.reconcile(session.channels, session.waiting, before=session.before, at=at)
        for contact, channel in calls.in_doubt(session.channels).items():
            session.ask("Getvar", f"{_HOLD}{contact}", Channel=channel, Variable=_IS_HELD)
        forgotten, self._forgotten = self._forgotten, {}
        news += [
            ended_unheard(contact, line=self.line, is_answered=call.is_answered, at=min(at, call.over_by))
            for contact, call in forgotten.items()
            if contact not in calls.contacts
        ]
        return news + agents.reconcile(session.members, at)

    def _told_of_hold(self, message: Message) -> list[CommandEnvelope]:
        """Whether a caller still waits; an exchange that does not know changes nothing."""
        if self._calls is None or message.get("Value") != "0":
            return []
        return self._calls.came_back(message["ActionID"].removeprefix(_HOLD), self._clock.now())

    def _acted(self, message: Message) -> list[CommandEnvelope]:
        """What came of something we asked for; a call of ours is sure only when it was placed."""
        act = message["ActionID"].removeprefix(_ACT)
        asked = self._asked.get(act)
        is_failure = message.get("Response") != "Success"
        if asked is None or not (is_failure or _is_sure(asked, message)):
            return []
        refusal = refusal_of(message) if is_failure else None
        if refusal is LineRefusal.CALL_GONE and self._is_too_soon(asked):
            self._too_soon.add(act)
            return []
        return [self._settled(act, refusal)]

    def _is_too_soon(self, asked: LineActAsked) -> bool:
        """Whether the exchange calls a phone that has not said that it rings: it passes on no order then."""
        if self._calls is None or asked.what is not LineAct.ANSWER:
            return False
        return self._calls.rings_at(asked.contact, asked.extension)

    async def _ask_again(self) -> None:
        """What was asked too soon, for as long as the exchange says that it rings there."""
        too_soon, self._too_soon = self._too_soon, set()
        for asked in [self._asked[act] for act in sorted(too_soon) if act in self._asked]:
            await self.perform(asked)

    def _settled(self, act: str, refusal: LineRefusal | None) -> CommandEnvelope:
        self._asked.pop(act, None)
        return settled_act(act, line=self.line, refusal=refusal, at=self._clock.now())

    def _answer(self, session: Session, message: Message) -> list[CommandEnvelope]:
        """Login leads to the exchange's start, which leads to events and the lists."""
        asked = message.get("ActionID", "")
        if message.get("Response") == "Error":
            raise Refused(_why_refused(asked, message))
        if asked == "login":
            session.ask("CoreStatus", "status")
        elif asked == "status":
            ghosts = self._recognise(message)
            session.before = self._calls.live if self._calls is not None else frozenset()
            session.ask("Events", "events", EventMask="on")
            session.ask("CoreShowChannels", "channels")
            session.ask("QueueStatus", "queues")
            return ghosts
        return []

    def _recognise(self, status: Message) -> list[CommandEnvelope]:
        """Go on with the calls we know, unless the exchange restarted: then they are over."""
        started = f"{said(status, 'CoreStartupDate')}T{said(status, 'CoreStartupTime')}"
        known = self._calls
        if known is not None and started == self._exchange_start:
            return []
        self._exchange_start = started
        dialplan = self._settings.dialplan
        memory = self._remember() if known is None else LineMemory()
        self._calls = ExchangeCalls(
            line=self.line, exchange_start=started, dialplan=dialplan, held=memory.held
        )
        if known is None:
            self._forgotten = dict(memory.calls)
            self._agents = ExchangeAgents(self.line, dialplan, memory.agents)
            return []
        return known.reconcile([], [], before=known.live, at=self._clock.now())

    async def _hand_over(self, news: list[CommandEnvelope]) -> None:
        """Give the commands to the server; what it cannot take now is kept for the next time."""
        self._unsent += news
        if not self._unsent:
            return
        try:
            await self._emit(tuple(self._unsent))
        except Exception as error:
            log("line").error("commands not taken, kept", line=self._settings.line, **fault(error))
            raise Lost("The server cannot record calls at the moment.") from error
        self.commands += len(self._unsent)
        self._unsent = []

    def _count(self, session: Session) -> None:
        """Carry the session's counters into those of the line."""
        malformed, ignored = session.counted()
        self.malformed += malformed
        self.ignored += ignored

    def _came_up(self) -> None:
        self.state = LineState.UP
        self.trouble = ""
        self.connections += 1
        log("line").info("up", line=self._settings.line)

    def _went_down(self, state: LineState, sentence: str) -> None:
        self.state = state
        self.trouble = sentence
        log("line").warning("not up", line=self._settings.line, state=state.value, reason=sentence)


def _is_sure(asked: LineActAsked, message: Message) -> bool:
    """The exchange says at once that it will call, and later whether it did."""
    return asked.what is not LineAct.DIAL or message.get("Event") == ORIGINATED


def _why_refused(asked: str, message: Message) -> str:
    """A sentence that tells the administrator what to change, without the secret."""
    said_so = said(message, "Message") or "no reason given"
    if asked == "login":
        return f"The exchange refuses this user name and secret ({said_so})."
    return (
        f"The exchange refuses to answer '{asked}' ({said_so}): "
        "its manager.conf must give this user write = reporting."
    )
