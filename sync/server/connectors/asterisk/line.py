"""The live connection to an Asterisk: it comes back by itself, and loses no call present."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from app.logs import fault, log
from app.ports import Clock
from sync.server.connectors import Emit, ended_unheard
from sync.server.connectors.asterisk.ami import Message, MessageReader, action
from sync.server.connectors.asterisk.call import Dialplan, said
from sync.server.connectors.asterisk.calls import CALL_EVENTS, ExchangeCalls

_CHUNK = 65_536
_TOLERATED_SKEW = timedelta(seconds=1)
_LISTS = frozenset({"CoreShowChannel", "CoreShowChannelsComplete", "QueueEntry", "QueueStatusComplete"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AsteriskSettings:
    """Where the exchange is, who we are to it, and how patient we are."""

    line: str
    """The line's name in the hospital; part of every identifier, so never changed."""
    host: str
    port: int = 5038
    username: str
    secret: str = field(repr=False)
    dialplan: Dialplan = field(default_factory=Dialplan)
    ping_every: timedelta = timedelta(seconds=2)
    give_up_after: timedelta = timedelta(seconds=6)
    """Silence after which the connection is taken for dead."""
    retry_first: timedelta = timedelta(seconds=0.5)
    retry_last: timedelta = timedelta(seconds=3)
    """So that no call that ended meanwhile is shown ten seconds after the exchange is back."""
    refused_pause: timedelta = timedelta(seconds=30)
    settle_every: timedelta = timedelta(seconds=0.5)


class LineState(StrEnum):
    """What the line can say of itself."""

    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"


class _Lost(Exception):  # noqa: N818 - the wire is gone, which is expected now and then
    """The connection is over; the message is a sentence for the administrator."""

    state = LineState.DOWN


class _Refused(_Lost):
    """The exchange answers, and does not want us."""

    state = LineState.REFUSED


class AsteriskLine:
    """One line leased by this process: `run` it in a task, cancel the task to stop it.

    `still_open` is what the server remembers of this line from an earlier process: the contacts
    of calls whose end it never heard, each with whether it was answered.
    """

    def __init__(
        self,
        settings: AsteriskSettings,
        *,
        clock: Clock,
        emit: Emit,
        still_open: Mapping[Id, bool] | None = None,
    ) -> None:
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
        self._exchange_start = ""
        self._calls: ExchangeCalls | None = None
        self._unsent: list[CommandEnvelope] = []
        self._still_open = dict(still_open or {})

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
        session: _Session | None = None
        try:
            async with asyncio.timeout(self._settings.give_up_after.total_seconds()):
                reader, writer = await asyncio.open_connection(self._settings.host, self._settings.port)
            session = _Session(self._settings, reader, writer)
            await self._listen(session)
        except _Lost as lost:
            self._went_down(lost.state, str(lost))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._went_down(LineState.DOWN, f"The exchange cannot be reached ({reason}).")
        except Exception as bug:  # noqa: BLE001 - a mistake of ours must not leave the hospital without a line
            log("line").error("stopped on a mistake of ours", line=self._settings.line, **fault(bug))
            self._went_down(LineState.DOWN, "The line stopped on a mistake of ours, which is in the log.")
        finally:
            if session is not None:
                await session.close()

    async def _listen(self, session: "_Session") -> None:
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

    def _take(self, session: "_Session", message: Message) -> list[CommandEnvelope]:
        """One message: an answer to what we asked, an item of a list, or news of a call."""
        if "Event" not in message:
            return self._answer(session, message)
        if self._calls is None:
            return []
        if message["Event"] in _LISTS:
            if not session.collect(message):
                return []
            self._came_up()
            return self._catch_up(session, self._calls)
        return self._calls.to_commands(message, session.moment_of(message, self._clock.now()))

    def _catch_up(self, session: "_Session", calls: ExchangeCalls) -> list[CommandEnvelope]:
        """What the exchange's lists tell that we did not hear, calls of another process included."""
        at = self._clock.now()
        news = calls.reconcile(session.channels, session.waiting, before=session.before, at=at)
        forgotten = {
            contact: is_answered
            for contact, is_answered in self._still_open.items()
            if contact not in calls.contacts
        }
        self._still_open = {}
        line = self._settings.line
        return news + [
            ended_unheard(contact, line=line, is_answered=is_answered, at=at)
            for contact, is_answered in forgotten.items()
        ]

    def _answer(self, session: "_Session", message: Message) -> list[CommandEnvelope]:
        """Login leads to the exchange's start, which leads to events and the lists."""
        asked = message.get("ActionID", "")
        if message.get("Response") == "Error":
            raise _Refused(_why_refused(asked, message))
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
        self._calls = ExchangeCalls(
            line=self._settings.line,
            exchange_start=started,
            dialplan=self._settings.dialplan,
        )
        if known is None:
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
            raise _Lost("The server cannot record calls at the moment.") from error
        self.commands += len(self._unsent)
        self._unsent = []

    def _count(self, session: "_Session") -> None:
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


class _Session:
    """One connection: what we ask, what we hear, and the silence that ends it."""

    def __init__(
        self,
        settings: AsteriskSettings,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.channels: list[Message] = []
        self.waiting: list[Message] = []
        self.before: frozenset[str] = frozenset()
        self.is_tick = False
        self._skew: timedelta | None = None
        self._is_complete = False
        self._settings = settings
        self._reader = reader
        self._writer = writer
        self._messages = MessageReader(CALL_EVENTS | _LISTS)
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._pinged_at = self._ticked_at = self._loop.time()

    def log_in(self) -> None:
        """Present ourselves; events stay off until we know which exchange this is."""
        username, secret = self._settings.username, self._settings.secret
        self.ask("Login", "login", Username=username, Secret=secret, Events="off")

    def ask(self, name: str, action_id: str, **headers: str) -> None:
        """Send an action; its answer carries the same ActionID."""
        self._writer.write(action(name, {"ActionID": action_id, **headers}))

    async def heard(self) -> list[Message]:
        """What arrived, possibly nothing after a while; raises when the line is dead."""
        received = b""
        try:
            async with asyncio.timeout(self._settings.settle_every.total_seconds()):
                received = await self._reader.read(_CHUNK)
                if not received:
                    raise _Lost("The exchange closed the connection.")
                self._heard_at = self._loop.time()
        except TimeoutError:
            pass
        self._keep_alive()
        return self._messages.feed(received)

    def moment_of(self, message: Message, now: datetime) -> datetime:
        """When the exchange said it, by our clock; `now` where it doesn't tell (timestampevents).

        Its clock is believed to a second, and else only for the order of what it says.
        """
        try:
            stamp = datetime.fromtimestamp(float(message.get("Timestamp", "")), UTC)
        except (ValueError, OverflowError, OSError):
            return now
        if self._skew is None:
            skew = now - stamp
            self._skew = skew if abs(skew) > _TOLERATED_SKEW else timedelta()
        return stamp + self._skew

    def _keep_alive(self) -> None:
        """Ask for a sign of life now and then; give up after too long a silence."""
        now = self._loop.time()
        if now - self._heard_at > self._settings.give_up_after.total_seconds():
            raise _Lost("The exchange has been silent for too long.")
        if now - self._pinged_at > self._settings.ping_every.total_seconds():
            self._pinged_at = now
            self.ask("Ping", "ping")
        self.is_tick = now - self._ticked_at > self._settings.settle_every.total_seconds()
        if self.is_tick:
            self._ticked_at = now

    def collect(self, message: Message) -> bool:
        """Keep an item of the lists we asked for; true once, when both lists are complete."""
        if self._is_complete:
            return False
        match message["Event"]:
            case "CoreShowChannel":
                self.channels.append(message)
            case "QueueEntry":
                self.waiting.append(message)
            case "QueueStatusComplete":
                self._is_complete = True
            case _:
                pass
        return self._is_complete

    def counted(self) -> tuple[int, int]:
        """Malformed and ignored messages since the last time."""
        counts = self._messages.malformed, self._messages.ignored
        self._messages.malformed = self._messages.ignored = 0
        return counts

    async def close(self) -> None:
        """Let go of the socket, whatever state it is in."""
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except OSError:
            return


def _why_refused(asked: str, message: Message) -> str:
    """A sentence that tells the administrator what to change, without the secret."""
    said_so = said(message, "Message") or "no reason given"
    if asked == "login":
        return f"The exchange refuses this user name and secret ({said_so})."
    return (
        f"The exchange refuses to answer '{asked}' ({said_so}): "
        "its manager.conf must give this user write = reporting."
    )
