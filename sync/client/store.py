"""What one person sees and does at a desk, on two threads: `store` alone writes, `reader` only reads."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from app.domain.commands import AnyCommand
from app.logs import fault, log
from app.ports import Clock, Mint
from app.store.columns import EPOCH
from app.store.desk_orders import read_rekey_at
from sync.client.access import Access
from sync.client.changes import Changes
from sync.client.credentials import NoKeyring
from sync.client.desk import Desk
from sync.client.drafts import Drafts
from sync.client.files import DAMAGE, check_whole, is_lost, is_of_disk
from sync.client.link import Link
from sync.client.outbox import Outbox
from sync.client.page_order import OtherJournal, WrongPage
from sync.client.rekeying import TRIED_EVERY, KeyStays
from sync.client.replica import Replica
from sync.client.shared_desk import SharedDesk
from sync.protocol.messages import CommandMessage, CommandState, Page, SnapshotLine

UNSEEN_AFTER = timedelta(seconds=10)
"""A command answered this long ago and not seen in a feed that is caught up is sent again."""
READ_AGAIN_EVERY = timedelta(hours=1)
T = TypeVar("T")


class Store:
    """What the feed brings, what the pump takes, what screens ask: each on its own thread."""

    def __init__(self, desk: SharedDesk, access: Access, *, clock: Clock, mint: Mint, link: Link) -> None:
        who = access.session
        self._shared = desk
        self._files = files = desk.files
        self._who = who
        self._access = access
        self._clock = clock
        self._link = link
        self.desk_engine = desk.engine
        self.outbox = Outbox(self.desk_engine, clock, access.sign)
        self.drafts = Drafts(self.desk_engine, author=who.login, clock=clock)
        engine, self._path = files.open_replica(who.login, is_let_in_here=not access.is_proved)
        self._to_read = files.open_to_read(self._path)
        self.is_desk_shared = files.is_shared_by(who.login)
        self._desk = Desk(self.outbox, self._replica(engine), author=who.login, clock=clock, mint=mint)
        self._is_closed = False
        self._renewed_from = self._read_again_from = EPOCH
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")

    def begin(
        self,
        *,
        on_changes: Callable[[Changes], None],
        wake_pump: Callable[[], None],
        want_snapshot: Callable[[], None],
    ) -> None:
        """Bring both files in step, and know whom to tell from then on."""
        self._on_changes = on_changes
        self._wake_pump = wake_pump
        self._want_snapshot = want_snapshot
        self.write(self._begin)

    def close(self) -> None:
        """Finish what was begun and let the replica go; the desk itself goes on."""
        leaving = self.write(lambda: self._shared.seat(None))
        self._is_closed = True
        leaving.result()
        self._reader.shutdown()
        self._desk.replica.close()
        self._to_read.dispose()

    def check(self) -> None:
        """Read the whole replica once; a damaged one is built again."""
        engine = self._files.open_to_read(self._path)
        try:
            check_whole(engine)
        except DAMAGE as error:
            self._hear_damage(error)
        finally:
            engine.dispose()

    def write(self, act: Callable[[], T]) -> Future[T]:
        """Run something on the store's thread. Raises `RuntimeError` once it is closed."""
        if self._is_closed:
            raise RuntimeError("whoever sat here has left")
        return self._shared.write(act)

    def submit(self, command: AnyCommand) -> Future[str]:
        """Keep a command for good and show it."""
        return self.write(partial(self._submit, command))

    def ask(self, query: Callable[[sa.Connection, str], T]) -> Future[T]:
        """Run a query on the reader's thread."""
        return self._reader.submit(self._ask, query)

    def cursor(self) -> str:
        """For the feed: where to go on."""
        return self._desk.replica.cursor

    def scope(self) -> str:
        """For the feed: which scope that is a place in."""
        return self._desk.replica.scope

    def withdraw(self) -> None:
        """For the feed: this account's access was taken back; what it held can't be read any more."""
        with suppress(RuntimeError):
            self.write(self._erase_once).result()

    def persons_beyond(self) -> int:
        """How many persons only the server holds."""
        return self._desk.replica.persons_beyond()

    def apply(self, page: Page) -> bool:
        """For the feed: lay a page; False when the replica must be rebuilt."""
        return self.write(partial(self._apply, page)).result()

    def rebuild(self, lines: Iterable[SnapshotLine]) -> None:
        """For the feed: build a replica beside the one in use, then switch."""
        engine, path = self._files.new_replica(self._who.login)
        replica = self._replica(engine)
        try:
            replica.fill(lines)
        except BaseException:
            replica.close()
            self._files.erase(path)
            raise
        self.write(partial(self._switch, replica, path)).result()

    def hear_link(self, *, is_online: bool, is_signed_out: bool = False, is_apart: bool = False) -> None:
        """For the feed: the wire works, or not; when it is back, what waits is sent at once."""
        is_back = is_online and not self._link.is_online
        self._link.hear(is_online=is_online, is_signed_out=is_signed_out, is_apart=is_apart)
        if is_back:
            self._wake_pump()
        # The wire's last word may come when the store is already closing.
        with suppress(RuntimeError):
            self.write(partial(self._keep_lease, self._clock.now(), is_online=is_online))
            self.write(self._forget_over)
            if is_signed_out:
                self.write(partial(self._shared.people.forget, self._who.login))

    def take(self) -> list[CommandMessage]:
        """For the desk: the next batch; nothing while nobody here could prove what was done."""
        return self._desk.take() if self._access.is_proved else []

    def hear(self, states: list[CommandState]) -> None:
        """For the desk: the server has these."""
        self.outbox.note_answers(states)
        # The feed may have passed them already, with nothing to show here.
        self._apply(Page(entries=[], head=self._desk.replica.cursor))

    def _replica(self, engine: sa.Engine) -> Replica:
        return Replica(engine, self._who.establishment, author=self._who.login, outbox=self.outbox)

    def _begin(self) -> None:
        self._shared.seat(self)
        # Let in by this desk alone, where nothing of persons is left.
        self._link.begin(is_erased=not self._access.is_proved and not self._desk.replica.cursor)
        try:
            self._tell(self._desk.start())
        except DAMAGE as error:
            self._hear_damage(error)

    def _submit(self, command: AnyCommand) -> str:
        command_id, changes = self._desk.submit(command)
        self._tell(changes)
        self._wake_pump()
        if changes.is_whole:
            self._want_snapshot()
        return command_id

    def _apply(self, page: Page) -> bool:
        try:
            changes = self._desk.apply(page)
        except OtherJournal:
            return False
        except DAMAGE as error:
            if is_lost(error):
                return False
            if is_of_disk(error):
                raise
            raise WrongPage("it can't be laid") from error
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise WrongPage("it can't be laid") from error
        self._tell(changes)
        if self._must_read_again():
            return False
        if not page.entries:
            self._rest()
        return True

    def _must_read_again(self) -> bool:
        """What could not be read is in a snapshot, in rows; a later server may say such things all day."""
        now, unread = self._clock.now(), self._desk.replica.unread_facts
        if not unread or now < self._read_again_from:
            return False
        self._read_again_from = now + READ_AGAIN_EVERY
        log("store").warning("facts of a page can't be read: a snapshot is taken", count=unread)
        return True

    def _rest(self) -> None:
        """Nothing happens: what was not seen is sent again, and the log is laid into the file."""
        if self.outbox.send_again_unseen(self._who.login, self._clock.now() - UNSEEN_AFTER):
            self._wake_pump()
        self._reader.submit(self._checkpoint)
        self._renew_key()

    def _renew_key(self) -> None:
        """The desk's files are put under a new key when it is time, this replica by being built again."""
        now = self._clock.now()
        if now < self._renewed_from:
            return
        try:
            if not self._shared.renew_key(self._asked_of, now):
                return
        except (KeyStays, NoKeyring, OSError, *DAMAGE) as error:
            self._renewed_from = now + TRIED_EVERY
            log("store").warning("the key of this desk's files stays", **fault(error))
            return
        log("store").info("this desk's files have a new key")
        self._files.forget_replicas(but=self._path)
        self._want_snapshot()

    def _asked_of(self, desk: str) -> datetime:
        with self._to_read.connect() as connection:
            return read_rekey_at(connection, self._who.establishment, desk)

    def _switch(self, replica: Replica, path: Path) -> None:
        changes = self._desk.switch(replica)
        self._reader.submit(self._read_from, path).result()
        self._link.hear(is_erased=False)
        self._tell(changes)
        self._wake_pump()

    def _read_from(self, path: Path) -> None:
        self._to_read.dispose()
        old, self._path = self._path, path
        self._to_read = self._files.open_to_read(path)
        self._files.erase(old)

    def _forget_over(self) -> None:
        self._tell(self._desk.forget_over())

    def _keep_lease(self, heard_at: datetime, *, is_online: bool) -> None:
        if is_online:
            self._files.lease.hear(self._path.name, heard_at)
        elif not self._link.is_erased and self._files.lease.is_over(self._path.name):
            log("store").warning("the replica is erased: the server was not heard for too long")
            self._erase(is_withdrawn=False)

    def _erase_once(self) -> None:
        if not self._link.is_withdrawn:
            log("store").warning("the replica is erased: access was withdrawn")
            self._erase(is_withdrawn=True)

    def _erase(self, *, is_withdrawn: bool) -> None:
        """What waits to be sent stays, and the house unless access was withdrawn; the rest can't be read."""
        if is_withdrawn:
            self._files.forget_house(self._path)
            self._shared.people.forget(self._who.login)
        else:
            self._files.keep_house(self._path)
        engine, path = self._files.new_replica(self._who.login, with_house=not is_withdrawn)
        changes = self._desk.replace(self._replica(engine))
        self._reader.submit(self._read_from, path).result()
        self._link.hear(is_erased=True, is_withdrawn=is_withdrawn)
        self._tell(changes)

    def _ask(self, query: Callable[[sa.Connection, str], T]) -> T:
        try:
            with self._to_read.connect() as connection:
                return query(connection, self._who.establishment)
        except DAMAGE as error:
            self._hear_damage(error)
            raise

    def _checkpoint(self) -> None:
        with self._to_read.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def _hear_damage(self, error: Exception) -> None:
        log("store").error("the replica can't be read", **fault(error))
        if is_lost(error):
            self._want_snapshot()

    def _tell(self, changes: Changes) -> None:
        # A ring waits for nothing; how much is still to be sent is told after it.
        if changes:
            self._on_changes(changes)
        self._link.hear(waiting=self.outbox.size(self._who.login))
