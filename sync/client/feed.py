"""Follows the server's feed, from the last page applied: catch-up and live are the same loop."""

import random
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from app.logs import fault, log
from sync.client.access import Access, Patience
from sync.client.page_order import WrongPage
from sync.client.server import (
    Apart,
    Barred,
    Event,
    Expired,
    Garbled,
    ServerLine,
    SignInRefused,
    Unreachable,
    understood,
)
from sync.protocol.messages import ACCESS_WITHDRAWN, ACCOUNT_CHANGED, Beat, Bye, Page, SnapshotLine

_page = msgspec.json.Decoder(Page).decode
_beat = msgspec.json.Decoder(Beat).decode
_bye = msgspec.json.Decoder(Bye).decode
_NEWS = frozenset({"page", "beat", "snapshot", "bye"})


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
        """Apply a page; False when the replica must be rebuilt. Raises `WrongPage`, having done nothing."""
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
        self.refused_pages = 0
        self._refused_at: str | None = None
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
                if isinstance(away, Garbled):
                    log("feed").warning("what answers is no server of ours", **fault(away))
                self._sink.hear_link(is_online=False, is_apart=isinstance(away, Apart))
            except SignInRefused as refused:
                self._sink.hear_link(is_online=False, is_signed_out=True)
                if refused.code == ACCESS_WITHDRAWN:
                    self._sink.withdraw()
            except Barred:
                self._sink.hear_link(is_online=False)
                self._sink.withdraw()
            except WrongPage as wrong:
                self._set_aside(wrong)
            except Exception as error:  # noqa: BLE001 - a bug is told, and the feed goes on
                log("feed").error("a page can't be applied", **fault(error))
                # What is shown is not followed any more, so it must not look so.
                self._sink.hear_link(is_online=False)
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
        has_news = False
        for event in self._line.feed(self._sink.cursor(), token, scope=self._sink.scope()):
            # A later server may say more; any page of a proxy would look like that, and proves no server.
            if event.name not in _NEWS:
                continue
            has_news = True
            is_taken = self._is_taken(event)
            # The beat before a page that is refused again and again is no progress.
            if self._sink.cursor() != self._refused_at:
                self._patience.reset()
            # What this news begins on the store's thread comes after the page: a ring waits for nothing.
            self._sink.hear_link(is_online=True)
            if not is_taken:
                self._wants_snapshot.set()
                return
        if not has_news:
            raise Unreachable("a feed without news")

    def _is_taken(self, event: Event) -> bool:
        match event.name:
            case "page":
                return self._sink.apply(understood(event.body, _page))
            case "beat":
                beat = understood(event.body, _beat)
                return self._sink.apply(Page(entries=[], head=beat.head, after=beat.after))
            case "snapshot":
                return False
            case "bye" if understood(event.body, _bye).reason == ACCOUNT_CHANGED:
                # Told as a short absence: whoever shows the link looks again at who is signed in.
                self._sink.hear_link(is_online=False)
                raise Expired
            case _:
                return True

    def _set_aside(self, wrong: WrongPage) -> None:
        """A page that was refused is asked again; refused twice at one place, a snapshot leads past it."""
        self.refused_pages += 1
        log("feed").error("a page is refused", reason=str(wrong), count=self.refused_pages)
        # What is shown is not followed any more, so it must not look so.
        self._sink.hear_link(is_online=False)
        place = self._sink.cursor()
        if place == self._refused_at:
            self._wants_snapshot.set()
        self._refused_at = place

    def _rebuild(self, token: str) -> None:
        self._wants_snapshot.clear()
        try:
            self._sink.rebuild(self._line.snapshot(token))
        except BaseException:
            self._wants_snapshot.set()
            raise
