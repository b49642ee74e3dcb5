"""A console without threads or network: its two files, and the wire's hand-overs as plain calls."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.dispatch import Settled
from app.domain.commands import AnyCommand, CommandEnvelope
from app.store import tables
from app.store.rows import Rows
from sync.client.desk import Desk
from sync.client.outbox import Outbox, Settlement
from sync.client.page_order import OtherJournal
from sync.client.replica import Replica
from sync.protocol.messages import CommandMessage, CommandState, Page, SnapshotLine, to_envelope, to_message
from sync.protocol.signing import SittingKey
from sync.server.feed.desk import Desk as FeedDesk
from tests.sync.hospital import EST, Hospital, SeededMint, TickingClock, open_quickly


class Crash(Exception):  # noqa: N818 - it is the power that goes
    """The process ended here."""


class CrashingOutbox(Outbox):
    """Ends the process just after a durable write, when told to."""

    is_about_to_crash = False

    def add(self, envelope: CommandEnvelope) -> None:
        super().add(envelope)
        self._crash()

    def settle(self, settlements: Sequence[Settlement]) -> None:
        super().settle(settlements)
        self._crash()

    def _crash(self) -> None:
        if self.is_about_to_crash:
            self.is_about_to_crash = False
            raise Crash


class Ways(msgspec.Struct, frozen=True):
    """How the ends behave: the product's way, or one with a rule broken on purpose."""

    outbox: type[CrashingOutbox] = CrashingOutbox
    replica: type[Replica] = Replica
    hospital: type[Hospital] = Hospital
    desk: type[Desk] = Desk
    is_settled_by_answer: bool = False
    is_shared: bool = False
    """Whether people come and go at each desk, and a thief speaks from it."""
    favours: tuple[str, ...] = ()
    """Acts that happen six times as often, for a fault that is seldom met."""


class Seat:
    """One desk, with files that survive a restart, where one person sits at a time."""

    def __init__(self, desk: FeedDesk, hospital: Hospital, mint: SeededMint, ways: Ways) -> None:
        self.feed_desk = desk
        self.name = f"desk-{desk.login}"
        self._hospital = hospital
        self._mint = mint
        self._ways = ways
        self._generations: dict[str, int] = {}
        self._last_batch: list[CommandMessage] = []
        shutil.copyfile(hospital.templates.desk, self._desk_path())
        self.sit_down(desk)

    def sit_down(self, who: FeedDesk) -> None:
        """A password opens a sitting; a first replica comes whole."""
        self.feed_desk = who
        self.sit_again()
        self.open()
        if not self.desk.replica.cursor:
            self.rebuild()

    def sit_again(self) -> None:
        """The password is asked again: the server knows the sitting from now on."""
        self._key = SittingKey()
        self.sitting = self._hospital.begin_sitting(self.feed_desk.login, self._key.public)

    def _sign(self, message: CommandMessage) -> CommandMessage:
        mine = msgspec.structs.replace(message, sitting=self.sitting.id)
        return msgspec.structs.replace(mine, tag=self._key.tag_of(mine))

    @property
    def clock(self) -> TickingClock:
        return self._hospital.clock

    def open(self) -> None:
        """Start the process on the files that are there."""
        self._desk_engine = open_quickly(self._desk_path())
        self.outbox = self._ways.outbox(self._desk_engine, self.clock, self._sign)
        self.desk = self._ways.desk(
            self.outbox,
            self._open_replica(self._generations.get(self.feed_desk.login, 0)),
            author=self.feed_desk.login,
            clock=self.clock,
            mint=self._mint,
        )
        self.desk.start()

    def _desk_path(self) -> Path:
        return self._hospital.folder / f"{self.name}.db"

    def restart(self) -> None:
        """End the process and start it again."""
        self.close()
        self.open()

    def close(self) -> None:
        self.desk.replica.close()
        self._desk_engine.dispose()

    def _open_replica(self, generation: int) -> Replica:
        path = self._hospital.folder / f"{self.name}-{self.feed_desk.login}-{generation}.db"
        if not path.exists():
            shutil.copyfile(self._hospital.templates.replica, path)
        self.engine = open_quickly(path)
        return self._ways.replica(self.engine, EST, author=self.feed_desk.login, outbox=self.outbox)

    def submit(self, command: AnyCommand) -> str:
        """Save; answers the command's id."""
        return self.desk.submit(command)[0]

    def send(self, most: int, *, is_answer_lost: bool = False) -> list[Settled]:
        """Hand over what is pending."""
        self._last_batch = self.desk.take(most)
        return self._hand_over(is_answer_lost=is_answer_lost)

    def send_again(self) -> list[Settled]:
        """The network repeats the last batch; nobody hears the answer."""
        return self._hand_over(is_answer_lost=True)

    def _hand_over(self, *, is_answer_lost: bool) -> list[Settled]:
        settled = [self._hospital.hand_over(message, desk=self.name) for message in self._last_batch]
        if not is_answer_lost:
            self._hear([_state(one) for one in settled])
        return settled

    def _hear(self, states: list[CommandState]) -> None:
        if not self._ways.is_settled_by_answer:
            self.outbox.note_answers(states)
            return
        self.outbox.settle([Settlement(id=one.id, epoch="e1", position=one.position) for one in states])

    def said(self, command: AnyCommand, *, author: str = "") -> CommandMessage:
        """What this desk signs now, for whoever sits here or in another's name."""
        said = CommandEnvelope(
            id=self._mint.new_id(),
            made_at=self.clock.now(),
            author=author or self.feed_desk.login,
            body=command,
        )
        return self._sign(to_message(said))

    def hand(self, message: CommandMessage) -> Settled:
        """Hand over what does not wait in the outbox."""
        return self._hospital.hand_over(message, desk=self.name)

    def forge(self, command: AnyCommand, *, author: str) -> str:
        """Hand over something in another's name, with all that this desk knows."""
        return self.hand(self.said(command, author=author)).command_id

    def waiting_of_others(self) -> list[CommandEnvelope]:
        """What somebody else left here and the server does not have yet."""
        waiting = [message for message in self.outbox.to_send() if message.author != self.feed_desk.login]
        return [to_envelope(message) for message in waiting]

    def pull(self, most: int) -> bool:
        """Take a page, or a snapshot when the cursor can't be resumed; answers whether it moved."""
        page = self._hospital.page(self.feed_desk, self.desk.replica.cursor, most)
        if page is None:
            self.rebuild()
            return True
        return self.take_page(page)

    def take_page(self, page: Page) -> bool:
        before = self.desk.replica.cursor
        try:
            self.desk.apply(page)
        except OtherJournal:
            self.rebuild()
        return self.desk.replica.cursor != before

    def rebuild(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """A new replica from a snapshot, beside the old one, while the hospital goes on."""
        who = self.feed_desk.login
        self._generations[who] = self._generations.get(who, 0) + 1
        replica = self._open_replica(self._generations[who])
        replica.fill(self._lines(meanwhile))
        self.desk.switch(replica)

    def _lines(self, meanwhile: Callable[[], None]) -> Iterator[SnapshotLine]:
        for line in self._hospital.snapshot(self.feed_desk):
            yield line
            meanwhile()

    def contacts(self) -> Sequence[sa.Row[tuple[str]]]:
        with self.engine.connect() as connection:
            return connection.execute(sa.select(tables.contact).order_by(tables.contact.c.at)).all()

    def cases(self) -> Sequence[sa.Row[tuple[str]]]:
        with self.engine.connect() as connection:
            return connection.execute(sa.select(tables.case).order_by(tables.case.c.id)).all()

    def contact(self, contact: str) -> sa.Row[tuple[str]] | None:
        with self.engine.connect() as connection:
            return Rows(connection, EST, position=None).get(tables.contact, id=contact)


def _state(settled: Settled) -> CommandState:
    refused_or_done = "done" if settled.is_done else "refused"
    return CommandState(
        id=settled.command_id,
        state="held" if settled.is_held else refused_or_done,
        position=settled.position,
        refusal=settled.refusal,
        field=settled.field,
    )
