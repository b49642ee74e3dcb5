"""Follows the server's feed, from the last page applied: catch-up and live are the same loop."""

import random
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from app.logs import fault, log
from sync.client.access import Access, Patience
from sync.client.server import Apart, Barred, Event, Expired, ServerLine, SignInRefused, Unreachable
from sync.protocol.messages import ACCESS_WITHDRAWN, ACCOUNT_CHANGED, Beat, Bye, Page, SnapshotLine

_page = msgspec.json.Decoder(Page).decode
_beat = msgspec.json.Decoder(Beat).decode
_bye = msgspec.json.Decoder(Bye).decode


class FeedSink(Protocol):
    """What is done with what the feed brings; each call returns when it is done."""

    def cursor(self) -> str:
        """Where to go on; empty when a snapshot must be taken first."""
        ...

    def scope(self) -> str:
        """Which scope that cursor is of."""
        ...

    def withdraw(self) -> None:
        """Nothing may be read here any more."""
        ...

    def apply(self, page: Page) -> bool:
        """Apply a page; False when the replica must be rebuilt."""
        ...

    def rebuild(self, lines: Iterable[SnapshotLine]) -> None:
        """Begin again from a snapshot; what `lines` raises leaves all as it was."""
        ...

    def hear_link(self, *, is_online: bool, is_signed_out: bool = False, is_apart: bool = False) -> None:
        """The wire works, or not."""
        ...


class Feed:
    """One thread's loop; `stop` and `want_snapshot` may be called from any other."""

    def __init__(
        self, open_line: Callable[[], ServerLine], access: Access, sink: FeedSink, chance: random.Random
    ) -> None:
        self._open_line = open_line
        self._access = access
        self._sink = sink
        self._patience = Patience(chance)
        self._stopping = threading.Event()
        self._wants_snapshot = threading.Event()
        self._hurried = threading.Event()
        self._line = open_line()

    def stop(self) -> None:
        """End the loop at once."""
        self._stopping.set()
        self._hurried.set()
        self._line.cut()

    def hurry(self) -> None:
        """Wait no longer before the next try."""
        self._hurried.set()

    def want_snapshot(self) -> None:
        """The replica can't be read: leave the feed and build another."""
        self._wants_snapshot.set()
        self._line.cut()

    def run(self) -> None:
        """Follow until stopped, whatever the wire and the server do."""
        while not self._stopping.is_set():
            try:
                self._follow()
            except Unreachable as away:
                self._sink.hear_link(is_online=False, is_apart=isinstance(away, Apart))
            except SignInRefused as refused:
                self._sink.hear_link(is_online=False, is_signed_out=True)
                if refused.code == ACCESS_WITHDRAWN:
                    self._sink.withdraw()
            except Barred:
                self._sink.hear_link(is_online=False)
                self._sink.withdraw()
            except Exception as error:  # noqa: BLE001 - a bug is told, and the feed goes on
                log("feed").error("a page can't be applied", **fault(error))
            self._line.close()
            self._hurried.wait(self._patience.grow())
            self._hurried.clear()

    def _follow(self) -> None:
        self._line = self._open_line()
        # A stop that came before this line existed could not cut it.
        if self._stopping.is_set():
            return
        token = self._access.session.token
        try:
            if self._wants_snapshot.is_set() or not self._sink.cursor():
                self._rebuild(token)
            self._read(token)
        except Expired:
            self._access.renew(self._line, token)
            self._patience.reset()

    def _read(self, token: str) -> None:
        for event in self._line.feed(self._sink.cursor(), token, scope=self._sink.scope()):
            self._patience.reset()
            is_taken = self._is_taken(event)
            # What this news begins on the store's thread comes after the page: a ring waits for nothing.
            self._sink.hear_link(is_online=True)
            if not is_taken:
                self._wants_snapshot.set()
                return

    def _is_taken(self, event: Event) -> bool:
        match event.name:
            case "page":
                return self._sink.apply(_page(event.body))
            case "beat":
                return self._sink.apply(Page(entries=[], head=_beat(event.body).head))
            case "snapshot":
                return False
            case "bye" if _bye(event.body).reason == ACCOUNT_CHANGED:
                # Told as a short absence: whoever shows the link looks again at who is signed in.
                self._sink.hear_link(is_online=False)
                raise Expired
            case _:
                return True

    def _rebuild(self, token: str) -> None:
        self._wants_snapshot.clear()
        try:
            self._sink.rebuild(self._line.snapshot(token))
        except BaseException:
            self._wants_snapshot.set()
            raise
