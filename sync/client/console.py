"""The console's end of the wire as the interface uses it: sign in, start, ask, submit, stop."""

import random
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.domain.commands import AnyCommand
from app.domain.phone import normalise
from app.domain.relatives import Compared, RelativeRole
from app.domain.sending import Sending
from app.ports import Clock, Mint
from app.queries.doubles import Doubles, ToDecide
from app.queries.earlier_calls import EarlierCalls
from app.queries.person_search import FoundPersons
from app.queries.reports import QueueReport
from app.store import tables
from app.usecases.desk import ON_DESK
from sync.client.access import Access
from sync.client.at_provider import AtProvider
from sync.client.changes import Changes
from sync.client.credentials import KeyStore
from sync.client.direct import DirectLine
from sync.client.drafts import clear_notices, read_notices
from sync.client.feed import Feed
from sync.client.files import DeskFiles, DeskFull, is_damage
from sync.client.link import Link, LinkState
from sync.client.lookup import Lookup
from sync.client.outbox_pump import OutboxPump
from sync.client.proof import Proof, proving
from sync.client.server import ServerLine, SignInRefused, Unreachable
from sync.client.shared_desk import SharedDesk
from sync.client.store import Store
from sync.client.unlocking import Opener
from sync.protocol.messages import Credentials, Session, WaysIn
from sync.protocol.signing import SittingKey

STOP_S = 2.0
T = TypeVar("T")


class Console:
    """Sign in, start, then `ask` and `submit` from any thread; nothing here blocks but `sign_in`.

    `on_changes` is called on the `store` thread, `on_link` on any of the wire's.
    """

    def __init__(
        self,
        address: str,
        folder: Path,
        *,
        keys: KeyStore,
        clock: Clock,
        mint: Mint,
        chance: random.Random,
        on_changes: Callable[[Changes], None],
        on_link: Callable[[LinkState], None],
    ) -> None:
        self._open_line = partial(ServerLine, address)
        self._folder = folder
        self._keys = keys
        self._clock = clock
        self._mint = mint
        self._chance = chance
        self._on_changes = on_changes
        self._link = Link(on_link, clock)
        self._desk: SharedDesk | None = None
        self._proof: Proof | None = None
        self._threads: list[threading.Thread] = []
        self._sending: threading.Thread | None = None

    @property
    def session(self) -> Session:
        """Who is signed in."""
        return self._access.session

    def ways_in(self) -> WaysIn:
        """How one may sign in. Raises `Unreachable`; blocks as `sign_in`."""
        with self._a_line() as line:
            return line.ways_in()

    def sign_in(self, login: str, password: str) -> Session:
        """Ask the server; while it is away, whom it let in here before is let in by the same password.

        Raises `SignInRefused`, `Unreachable`, and what `start` raises; blocks for a second or so.
        """
        key = SittingKey()
        with proving(password) as proof:
            try:
                self._access = Access(
                    self._open_session(Credentials(login=login, password=password), key), key
                )
                self._proof = proof.result()
            except Unreachable:
                known = self._recognise(login, password)
                if known is None:
                    raise
                self._access = Access(known, key, password=password)
            self._opener = Opener(proof.result(), self._clock)
        return self.session

    def sign_in_by(self, attempt: AtProvider) -> Session:
        """Wait for whoever signs in at the provider, then as `sign_in`; blocks until `attempt` is over."""
        session = self._open_session(Credentials(granted=attempt.wait()), attempt.key)
        self._access = Access(session, attempt.key)
        self._proof, self._opener = None, Opener(None, self._clock)
        return self.session

    def _recognise(self, login: str, password: str) -> Session | None:
        """Who may sit down without the server: known here, also when nothing is left to read (R24)."""
        desk = self._desk or self._open_last_desk()
        return None if desk is None else desk.write(partial(desk.people.recognise, login, password)).result()

    def _open_last_desk(self) -> SharedDesk | None:
        """The desk of the house that was last worked for from here, if there was one."""
        last = max(self._folder.glob("*/desk.db"), key=lambda path: path.stat().st_mtime, default=None)
        with _room():
            return None if last is None else self._open_desk(last.parent.name)

    def sign_in_again(self, password: str) -> None:
        """Go on after the session ended for good; who sits here stays the same, as in `sign_in`."""
        key = SittingKey()
        said = Credentials(login=self.session.login, password=password)
        with proving(password) as proof:
            self._go_on(self._open_session(said, key), key)
            self._proof = proof.result()
        self._opener = Opener(self._proof, self._clock)
        self._remember()

    def sign_in_again_by(self, attempt: AtProvider) -> None:
        """As `sign_in_again` and `sign_in_by`; somebody else at the provider is refused here."""
        session = self._open_session(Credentials(granted=attempt.wait()), attempt.key)
        if session.login != self.session.login:
            raise SignInRefused("", code="somebody_else")
        self._go_on(session, attempt.key)

    def unlock(self, password: str) -> None:
        """Whoever sits here proves it again, also while the server is away. Raises `SignInRefused`.

        What this desk does not know may be a new password, or that of who signed in elsewhere: the server
        is asked. Blocks for a second or so.
        """
        if self._opener.is_right(password):
            return
        try:
            self.sign_in_again(password)
        except Unreachable as away:
            if not self._opener.knows:
                raise
            paused = self._opener.pause() or None
            raise SignInRefused("", tries_left=self._opener.tries_left, pause=paused) from away

    def _go_on(self, session: Session, key: SittingKey) -> None:
        self._access.replace(session, key)
        self._pump.wake()

    def _open_session(self, said: Credentials, key: SittingKey) -> Session:
        with self._a_line() as line:
            return line.sign_in(msgspec.structs.replace(said, sitting_key=key.public))

    @contextmanager
    def _a_line(self) -> Generator[ServerLine]:
        line = self._open_line()
        try:
            yield line
        finally:
            line.close()

    def start(self) -> None:
        """Open the files and begin to follow the server. Raises `DeskTaken`, `DeskFull`, what `keys` does.

        It may be called again after any of these.
        """
        with _room():
            self._start()

    @property
    def is_desk_shared(self) -> bool:
        """Whether this desk keeps something of somebody else, who may come back to it."""
        return self._store.is_desk_shared

    def _start(self) -> None:
        desk = self._desk or self._open_desk(self.session.establishment)
        self._store = Store(desk, self._access, clock=self._clock, mint=self._mint, link=self._link)
        self._feed = Feed(self._open_line, self._access, self._store, self._chance)
        self._direct = DirectLine(self._open_line, self._access, clock=self._clock, mint=self._mint)
        self._lookup = Lookup(self._open_line, self._access)
        self._store.begin(
            on_changes=self._on_changes, wake_pump=self._pump.wake, want_snapshot=self._feed.want_snapshot
        )
        self._threads = [_begin("feed", self._feed.run), _begin("check", self._store.check)]
        self._pump.seat(self._access)
        self._remember()

    def _remember(self) -> None:
        """By this password the same person may come back while the server is away."""
        proof, self._proof = self._proof, None
        if proof is not None and self._desk is not None:
            self._desk.write(partial(self._desk.people.remember, self.session, proof))

    def _open_desk(self, establishment: str) -> SharedDesk:
        """Take this desk, and send what waits in it from now on, whoever comes and goes."""
        key, ring = self._keys.key_of(establishment), self._keys.ring_of(establishment)
        files = DeskFiles(self._folder / establishment, key, self._clock, ring=ring)
        files.take()
        try:
            self._desk = SharedDesk(files, self._clock)
        except BaseException:
            files.leave()
            raise
        self._pump = OutboxPump(self._open_line, self._desk, self._chance)
        self._sending = _begin("pump", self._pump.run)
        return self._desk

    def sign_out(self) -> None:
        """Close the replica and leave the feed; what waits is still sent, whoever sits down next.

        Within two seconds. `sign_in` and `start` may follow.
        """
        if not self._threads:
            return
        self._pump.seat(None)
        self._feed.stop()
        self._direct.stop()
        self._lookup.stop()
        for thread in self._threads:
            thread.join(STOP_S)
        self._threads.clear()
        self._store.close()

    def stop(self) -> None:
        """End every thread and close the files, within two seconds."""
        if self._desk is None or self._sending is None:
            return
        self._pump.stop()
        self.sign_out()
        self._sending.join(STOP_S)
        self._desk.close()
        self._desk.files.leave()
        self._desk = None

    def submit(self, command: AnyCommand) -> Future[str]:
        """Hand a command over; the future holds its id, or a `Refusal`.

        What a desk may do alone is kept for good and shown at once; what needs the server is asked of
        it now, and refused with `needs_server` when it is away.
        """
        if isinstance(command, ON_DESK):
            return self._store.submit(command)
        return self._direct.ask(command)

    def ask(self, query: Callable[[sa.Connection, str], T]) -> Future[T]:
        """Run a query on the replica: it is given a connection and the establishment."""
        return self._store.ask(query)

    def look_beyond(self, typed: str, reason: str) -> Future[FoundPersons]:
        """Have the server search; beyond this desk's services with a reason.

        The future is cancelled by a newer question, and holds `needs_server` without the server.
        """
        return self._lookup.ask(typed, reason)

    def figures(self, first: date, last: date) -> Future[tuple[QueueReport, ...]]:
        """The telephone's figures of these days from the server, which holds every call.

        The future holds `needs_server` without it.
        """
        return self._lookup.figures(first, last)

    def voicemail(self, contact: str) -> Future[bytes]:
        """What a caller said, a WAV file from the server, which holds it alone.

        The future holds `needs_server` without it, `no_voicemail` when it can't be heard.
        """
        return self._lookup.voicemail(contact)

    def doubles(self, person: str, reason: str) -> Future[Doubles | None]:
        """A record beside those that may be of the same human, from the server, which holds all of them.

        The future holds `needs_server` without it.
        """
        return self._lookup.doubles(person, reason)

    def compare_relative(
        self, person: str, full_name: str, role: RelativeRole, reason: str
    ) -> Future[Compared | None]:
        """Whether somebody is close to a person, as they say, from the server, which alone has the names.

        The future holds `needs_server` without it.
        """
        return self._lookup.compare_relative(person, full_name, role, reason)

    def earlier_calls(self, contact: str) -> Future[EarlierCalls | None]:
        """The calls of nobody that may be of a contact's person, from the server, which has every day's.

        None of a contact that is nobody's there yet; the future holds `needs_server` without it.
        """
        return self._lookup.earlier_calls(contact)

    def to_decide(self) -> Future[ToDecide]:
        """What waits for whoever decides of identities; the future may hold `needs_server`."""
        return self._lookup.to_decide()

    def persons_of_number(self, number_raw: str) -> Future[tuple[str, ...]]:
        """Who may be calling from a number as it was written, of those this desk holds."""
        return self.ask(partial(_persons_of_number, number=normalise(number_raw).e164))

    def persons_beyond(self) -> Future[int]:
        """How many persons of this scope are known to the server alone, being too many to be held."""
        return self._store.write(self._store.persons_beyond)

    def save_draft(self, contact: str, body: bytes) -> Future[None]:
        """Keep what is typed for a contact until it is saved."""
        return self._store.write(lambda: self._store.drafts.save(contact, body))

    def draft(self, contact: str) -> Future[bytes | None]:
        """What was typed for a contact and not saved."""
        return self._store.write(lambda: self._store.drafts.read(contact))

    def sendings(self) -> Future[list[Sending]]:
        """What this author did here that the server has not taken yet, or has refused until dismissed."""
        return self._store.write(lambda: self._store.outbox.sendings(self.session.login))

    def hurry(self) -> None:
        """Try the server again now."""
        self._feed.hurry()
        self._pump.wake()

    def dismiss(self, command_id: str) -> Future[None]:
        """The refusal was read."""
        return self._store.write(lambda: self._store.outbox.dismiss(self.session.login, command_id))

    def notices(self) -> Future[list[str]]:
        """Codes of what the desk must tell, such as `desk_file_set_aside`."""
        return self._store.write(lambda: read_notices(self._store.desk_engine))

    def clear_notices(self) -> Future[None]:
        """They were read."""
        return self._store.write(lambda: clear_notices(self._store.desk_engine))


@contextmanager
def _room() -> Generator[None]:
    """Raises `DeskFull` for what the disk did not take."""
    try:
        yield
    except OperationalError as full:
        if is_damage(full):
            raise
        raise DeskFull from full


def _begin(name: str, run: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def _persons_of_number(connection: sa.Connection, establishment: str, *, number: str) -> tuple[str, ...]:
    bound = {"establishment": establishment, "number": number}
    return tuple(connection.execute(_OF_NUMBER, bound).scalars()) if number else ()


_OF_NUMBER = (
    sa.select(tables.person_number.c.person)
    .where(
        tables.person_number.c.establishment == sa.bindparam("establishment"),
        tables.person_number.c.number == sa.bindparam("number"),
        tables.person_number.c.until == "",
    )
    .order_by(tables.person_number.c.person)
)
