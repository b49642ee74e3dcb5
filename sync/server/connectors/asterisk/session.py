"""One connection to an Asterisk: what we ask, what we hear, and the silence that ends it."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sync.server.connectors.asterisk.agents import AGENT_EVENTS
from sync.server.connectors.asterisk.ami import Message, MessageReader, action
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.calls import CALL_EVENTS

_CHUNK = 65_536
_TOLERATED_SKEW = timedelta(seconds=1)
LISTS = frozenset(
    {"CoreShowChannel", "CoreShowChannelsComplete", "QueueEntry", "QueueMember", "QueueStatusComplete"}
)
ORIGINATED = "OriginateResponse"


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


class Lost(Exception):  # noqa: N818 - the wire is gone, which is expected now and then
    """The connection is over; the message is a sentence for the administrator."""

    state = LineState.DOWN


class Refused(Lost):
    """The exchange answers, and does not want us."""

    state = LineState.REFUSED


class Session:
    """One connection: what we ask, what we hear, and the silence that ends it."""

    def __init__(
        self,
        settings: AsteriskSettings,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.channels: list[Message] = []
        self.waiting: list[Message] = []
        self.members: list[Message] = []
        self.before: frozenset[str] = frozenset()
        self.is_tick = False
        self._skew: timedelta | None = None
        self._is_complete = False
        self._settings = settings
        self._reader = reader
        self._writer = writer
        self._messages = MessageReader(CALL_EVENTS | AGENT_EVENTS | LISTS | {ORIGINATED})
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
                    raise Lost("The exchange closed the connection.")
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
            raise Lost("The exchange has been silent for too long.")
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
            case "QueueMember":
                self.members.append(message)
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
