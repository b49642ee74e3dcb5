"""An exchange's manager interface that a test scripts: it answers, or misbehaves, as told."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress

from sync.server.connectors.asterisk.ami import Message, MessageReader

Script = Callable[["Exchange"], Awaitable[None]]


class Exchange:
    """One connection as the scripted exchange sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked: list[str] = []
        self._reader = reader
        self._writer = writer
        self._messages = MessageReader(())
        self._heard: list[Message] = []
        self._kept: list[bytes] | None = None

    async def next_action(self) -> Message:
        """The next thing the line asks; ends the script when the line is gone."""
        while not self._heard:
            received = await self._reader.read(65_536)
            if not received:
                raise ConnectionError
            self._heard = self._messages.feed(received)
        action = self._heard.pop(0)
        self.asked.append(action["Action"])
        return action

    def say(self, *messages: Mapping[str, str]) -> None:
        """Send whole messages."""
        for message in messages:
            lines = "".join(f"{name}: {value}\r\n" for name, value in message.items())
            self.say_raw(f"{lines}\r\n".encode())

    def say_raw(self, data: bytes) -> None:
        """Send anything; while it stalls, later."""
        (self._writer.write if self._kept is None else self._kept.append)(data)

    def stall(self) -> None:
        """Say nothing until it goes on, all at once."""
        self._kept = self._kept or []

    def go_on(self) -> None:
        """After a stall; what the line asked meanwhile is answered."""
        kept, self._kept = self._kept or (), None
        for data in kept:
            self._writer.write(data)

    def break_off(self, data: bytes = b"") -> None:
        """Say this, which may be half a message, and end the connection."""
        self._writer.write(data)
        self._writer.close()

    async def welcome(self, *channels: Mapping[str, str], started: str = "06:00:00") -> None:
        """Let the line in, and list the channels that are there."""
        await self.let_in(lambda: channels, started=started)

    async def let_in(
        self,
        present: Callable[[], Iterable[Mapping[str, str]]],
        *,
        started: str,
        on_events: Callable[[], object] = lambda: None,
    ) -> None:
        """As `welcome`, with the channels there are when they are asked for; told from when events are on."""
        self.say_raw(b"Asterisk Call Manager/11.0.0\r\n")
        while (action := await self.next_action())["Action"] != "QueueStatus":
            match action["Action"]:
                case "CoreStatus":
                    self.agree(action, CoreStartupDate="2026-11-24", CoreStartupTime=started)
                case "CoreShowChannels":
                    self.agree(action)
                    self.say(*({**channel, "Event": "CoreShowChannel"} for channel in present()))
                    self.say({"Event": "CoreShowChannelsComplete"})
                case "Events":
                    self.agree(action)
                    on_events()
                case _:
                    self.agree(action)
        self.agree(action)
        self.say({"Event": "QueueStatusComplete"})

    def agree(self, action: Message, **headers: str) -> None:
        """The answer that everything is well."""
        self.say({"Response": "Success", "ActionID": action["ActionID"], **headers})

    def refuse(self, action: Message, why: str) -> None:
        """The answer that it is not."""
        self.say({"Response": "Error", "ActionID": action["ActionID"], "Message": why})

    async def answer_pings(self) -> None:
        """Stay, and give signs of life, until the line leaves."""
        while True:
            action = await self.next_action()
            self.agree(action, Ping="Pong")


@asynccontextmanager
async def exchange_that(script: Script) -> AsyncGenerator[int]:
    """A port on which every connection is played by the script."""
    playing: set[asyncio.Task[None]] = set()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        playing.add(task)
        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                await script(Exchange(reader, writer))
        finally:
            writer.close()
            playing.discard(task)

    server = await asyncio.start_server(play, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(playing):
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)
        await server.wait_closed()
