"""The journal's last entries in memory: read once for all feeds, as soon as they are committed."""

import asyncio
import threading
from collections.abc import Callable

from app.logs import fault, log
from sync.protocol.messages import BEAT_SECONDS, PAGE_ENTRIES
from sync.server.feed.entries import FeedEntry

Read = Callable[[int], list[FeedEntry]]


class Tail:
    """Pulled by whoever commits, from any thread; the feeds of the event loop wait for its news."""

    def __init__(self, read: Read, *, head: int) -> None:
        self.read = read
        self.is_stopped = False
        self._pulled = head
        self._pulling = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._entries: list[FeedEntry] = []
        self._head = head
        self._news = asyncio.Event()

    @property
    def head(self) -> int:
        """The last position that the feeds may send."""
        return self._head

    def pull(self) -> None:
        """Read what was committed and hand it to the event loop; called after a commit."""
        with self._pulling:
            while fresh := self.read(self._pulled):
                self._pulled = fresh[-1].position
                if self._loop is not None:
                    self._loop.call_soon_threadsafe(self._extend, fresh)
                if len(fresh) < PAGE_ENTRIES:
                    return

    def held_after(self, position: int) -> list[FeedEntry] | None:
        """The next page after a position, or None when it is older than what is in memory."""
        first = self._head - len(self._entries)
        if position < first:
            return None
        return self._entries[position - first : position - first + PAGE_ENTRIES]

    async def wait(self, seconds: float) -> None:
        """Return at the next news, or after so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return

    async def follow(self) -> None:
        """Keep up with what others commit, and live through a database that is away for a while."""
        self._loop = asyncio.get_running_loop()
        while not self.is_stopped:
            try:
                await asyncio.to_thread(self.pull)
            except Exception as error:  # noqa: BLE001 - whatever the database says, the feeds go on
                log("feed").error("the journal can't be read", **fault(error))
            await self._until_stopped(BEAT_SECONDS)

    async def _until_stopped(self, seconds: float) -> None:
        ends = asyncio.get_running_loop().time() + seconds
        while not self.is_stopped and (left := ends - asyncio.get_running_loop().time()) > 0:
            await self.wait(left)

    def stop(self) -> None:
        """End every feed."""
        self.is_stopped = True
        self._tell()

    def _extend(self, fresh: list[FeedEntry]) -> None:
        self._entries.extend(fresh)
        self._head = fresh[-1].position
        if len(self._entries) > 2 * PAGE_ENTRIES:
            del self._entries[:-PAGE_ENTRIES]
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
