"""What this desk did and must not lose: each command from its save until the feed settles it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.domain.commands import CommandEnvelope, LogMotive
from app.domain.sending import Sending, SendState
from app.ports import Clock
from app.store.engine import writing
from app.store.prepared import Prepared, Row, constant, given, in_slots, slots
from sync.client.desk_tables import draft, outbox
from sync.protocol.messages import (
    MAX_BODY_BYTES,
    MAX_COMMANDS,
    CommandMessage,
    CommandState,
    to_envelope,
    to_message,
)

SETTLED_KEPT = timedelta(days=7)
_ENVELOPE_BYTES = 300
_MARGIN_BYTES = 1024
WAITING = ("pending", "answered")
_WAITS = outbox.c.state.in_([constant(state) for state in WAITING])
_IS_OPEN = outbox.c.state.in_([constant(state) for state in (*WAITING, "held")])
_PASSED = (
    (outbox.c.state == sa.literal_column("'answered'"))
    & (outbox.c.position > sa.literal_column("0"))
    & (outbox.c.position <= sa.bindparam("head"))
)
_IDS_AT_ONCE = 500


_OF_AUTHOR = outbox.c.author == given("author")
_COUNT = Prepared(
    sa.select(sa.func.count().label("count"))
    .select_from(outbox)
    .where(_WAITS, sa.or_(outbox.c.state == constant("pending"), _OF_AUTHOR))
)
_WAITING_AMONG = Prepared(sa.select(outbox.c.id).where(_IS_OPEN, _OF_AUTHOR, outbox.c.id.in_(slots())))
_REFUSED_SAVES = Prepared(
    sa.select(outbox).where(
        outbox.c.state == constant("refused"), outbox.c.kind == constant(LogMotive.__name__)
    )
)
_PASSED_BY = Prepared(
    sa.select(outbox.c.id, outbox.c.position, outbox.c.refusal, outbox.c.field).where(_PASSED, _OF_AUTHOR)
)


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """A command that the journal holds at a position, done or refused."""

    id: str
    epoch: str
    position: int
    refusal: str = ""
    field: str = ""


class _Save(msgspec.Struct, frozen=True):
    """A refused save: whose, of which contact, and since when they could read so."""

    author: str
    contact: str
    refused_at: datetime

    def is_redone(self, row: Any) -> bool:
        """Whether this command is the same person's save of the same contact, made knowing that."""
        if row.kind != LogMotive.__name__ or row.author != self.author or row.made_at < self.refused_at:
            return False
        later = _saved(row)
        return later is not None and later.contact == self.contact


Sign: TypeAlias = Callable[[CommandMessage], CommandMessage]
"""Puts the sitting of whoever works here, and its tag, on a command."""


def unsigned(message: CommandMessage) -> CommandMessage:
    """Nobody sits here: commands are as they were."""
    return message


class Outbox:
    """The commands in `desk.db`, of every author; each method is one durable transaction."""

    def __init__(self, engine: sa.Engine, clock: Clock, sign: Sign = unsigned) -> None:
        self._engine = engine
        self._clock = clock
        self._sign = sign

    def add(self, envelope: CommandEnvelope) -> None:
        """Keep a command; from the return on, its author is done, and its draft is no longer one."""
        message = self._sign(to_message(envelope))
        row = {
            "id": message.id,
            "kind": message.kind,
            "author": message.author,
            "made_at": message.made_at,
            "body": bytes(message.body),
            "state": "pending",
            "epoch": "",
            "position": 0,
            "refusal": "",
            "field": "",
            "changed_at": self._clock.now(),
            "sitting": message.sitting,
            "tag": message.tag,
        }
        with writing(self._engine) as connection:
            connection.execute(sqlite_insert(outbox).on_conflict_do_nothing(), row)
            if isinstance(envelope.body, LogMotive):
                _clear_draft(connection, author=envelope.author, contact=envelope.body.contact)

    def drop(self, command_id: str) -> None:
        """Forget a command that was never sent (« Annuler »)."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(outbox).where(outbox.c.id == command_id, _WAITS))

    def waiting(self, author: str) -> list[CommandEnvelope]:
        """An author's commands that are not settled, in the order made."""
        found = [_readable(message) for message in self._messages(_WAITS & (outbox.c.author == author))]
        return [envelope for envelope in found if envelope is not None]

    def chosen(self, author: str, ids: Collection[str]) -> list[CommandEnvelope]:
        """Those of these commands that an author still waits for, in the order made."""
        rows: list[sa.Row[Any]] = []
        with self._engine.connect() as connection:
            for some in _slices(sorted(ids)):
                mine = _WAITS & (outbox.c.author == author) & outbox.c.id.in_(some)
                rows += connection.execute(sa.select(outbox).where(mine)).all()
        found = [_readable(_message(row)) for row in sorted(rows, key=lambda row: row.seq)]
        return [envelope for envelope in found if envelope is not None]

    def to_send(self, most: int = MAX_COMMANDS, *, here: str = "") -> list[CommandMessage]:
        """The next commands to send, whoever made them, one at least however large.

        Those of `here`, who sits here, are signed anew: a restored server may not know the sitting
        in which they were made.
        """
        found = self._messages(outbox.c.state == "pending", most)
        sizes = accumulate(len(message.body) + _ENVELOPE_BYTES for message in found)
        fitting = sum(1 for size in sizes if size <= MAX_BODY_BYTES - _MARGIN_BYTES)
        sent_at = self._clock.now()
        return [
            msgspec.structs.replace(
                self._sign(message) if message.author == here else message, sent_at=sent_at
            )
            for message in found[: max(fitting, 1)]
        ]

    def size(self, author: str) -> int:
        """How many commands are still to be sent from here, or to be seen settled by an author."""
        with self._engine.connect() as connection:
            row = _COUNT.first(connection, author=author)
            return 0 if row is None else row.count

    def settlements(
        self, known: Iterable[Settlement], *, author: str, epoch: str, head: int
    ) -> list[Settlement]:
        """Which waiting commands of an author a page of their feed settles, up to the position `head`.

        Those it names, and those that the server answered with a position the replica has now
        passed: their entry was in a snapshot, or had nothing to show here. A colleague's replica
        is not as far: what a colleague did at this desk is still to be shown over it.
        """
        told = {one.id: one for one in known}
        waiting: set[str] = set()
        with self._engine.connect() as connection:
            for some in in_slots(sorted(told)):
                waiting.update(row.id for row in _WAITING_AMONG.all(connection, author=author, **some))
            passed = _PASSED_BY.all(connection, author=author, head=head)
        named = [one for one in told.values() if one.id in waiting]
        return [*named, *(_passed(row, epoch) for row in passed if row.id not in waiting)]

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Take these commands out of what waits; a refused one becomes a visible item.

        A save that its author made again, having read the refusal, is one no more once that is settled.
        """
        with writing(self._engine) as connection:
            for one in settlements:
                self._set(
                    connection,
                    outbox.c.id == one.id,
                    state="refused" if one.refusal else "done",
                    epoch=one.epoch,
                    position=one.position,
                    refusal=one.refusal,
                    field=one.field,
                )
            self._dismiss_redone(connection, [one.id for one in settlements if not one.refusal])

    def _dismiss_redone(self, connection: sa.Connection, done: list[str]) -> None:
        refused = {row.id: _saved(row) for row in _REFUSED_SAVES.all(connection)}
        if not refused:
            return
        for some in _slices(done):
            for row in connection.execute(sa.select(outbox).where(outbox.c.id.in_(some))):
                redone = [one for one, save in refused.items() if save is not None and save.is_redone(row)]
                self._set(connection, outbox.c.id.in_(redone), state="dismissed")

    def note_answers(self, states: Iterable[CommandState]) -> None:
        """The server has these commands; only the feed settles them (sync rule 4)."""
        with writing(self._engine) as connection:
            for one in states:
                self._set(
                    connection,
                    (outbox.c.id == one.id) & (outbox.c.state == "pending"),
                    state="held" if one.state == "held" else "answered",
                    position=one.position,
                    refusal=one.refusal,
                    field=one.field,
                )

    def send_again_unseen(self, author: str, before: datetime) -> int:
        """An author's commands answered before this moment and never seen in the feed: once more."""
        unseen = (outbox.c.state == "answered") & (outbox.c.changed_at < before)
        return self._reopen(unseen & (outbox.c.author == author))

    def send_again_lost(self, *, epoch: str, head: int) -> int:
        """Commands that this journal does not hold: it was restored from an older backup."""
        lost = (outbox.c.epoch != epoch) | (outbox.c.position > head)
        settled = outbox.c.state.in_(("done", "refused", "dismissed", "answered", "held"))
        return self._reopen(settled & lost)

    def send_again_held(self, author: str) -> int:
        """Commands that the server kept for want of a proof or an account: their author is here again."""
        return self._reopen((outbox.c.state == "held") & (outbox.c.author == author))

    def forget_settled(self) -> None:
        """Delete what the server has had for more than seven days, except refusals not yet dismissed."""
        old = outbox.c.changed_at < self._clock.now() - SETTLED_KEPT
        with writing(self._engine) as connection:
            connection.execute(
                sa.delete(outbox).where(outbox.c.state.in_(("answered", "done", "dismissed", "held")), old)
            )

    def sendings(self, author: str) -> list[Sending]:
        """What an author did here that the server has not taken, oldest first."""
        mine = outbox.c.state.in_((*WAITING, "held", "refused")) & (outbox.c.author == author)
        with self._engine.connect() as connection:
            return [
                _sending(row)
                for row in connection.execute(sa.select(outbox).where(mine).order_by(outbox.c.seq))
            ]

    def dismiss(self, author: str, command_id: str) -> None:
        """The author has read the refusal."""
        mine = (outbox.c.id == command_id) & (outbox.c.author == author)
        with writing(self._engine) as connection:
            chosen = mine & (outbox.c.state == "refused")
            self._set(connection, chosen, state="dismissed")

    def _reopen(self, which: sa.ColumnElement[bool]) -> int:
        with writing(self._engine) as connection:
            return self._set(connection, which, state="pending", epoch="", position=0, refusal="", field="")

    def _set(self, connection: sa.Connection, which: sa.ColumnElement[bool], **values: Any) -> int:
        changed = sa.update(outbox).where(which).values(changed_at=self._clock.now(), **values)
        return connection.execute(changed).rowcount

    def _messages(self, which: sa.ColumnElement[bool], most: int = -1) -> list[CommandMessage]:
        chosen = sa.select(outbox).where(which).order_by(outbox.c.seq).limit(most)
        with self._engine.connect() as connection:
            return [_message(row) for row in connection.execute(chosen)]


def _clear_draft(connection: sa.Connection, *, author: str, contact: str) -> None:
    connection.execute(sa.delete(draft).where(draft.c.author == author, draft.c.contact == contact))


def _message(row: Any) -> CommandMessage:
    return CommandMessage(
        id=row.id,
        kind=row.kind,
        made_at=row.made_at,
        author=row.author,
        body=msgspec.Raw(row.body),
        sitting=row.sitting,
        tag=row.tag,
    )


def _sending(row: sa.Row[Any]) -> Sending:
    envelope = _readable(_message(row))
    return Sending(
        command=row.id,
        body=None if envelope is None else envelope.body,
        made_at=row.made_at,
        state=SendState.WAITING if row.state in WAITING else SendState(row.state),
        refusal=row.refusal if row.state == "refused" else "",
        field=row.field if row.state == "refused" else "",
    )


def _saved(row: Any) -> _Save | None:
    envelope = _readable(_message(row))
    if envelope is None or not isinstance(envelope.body, LogMotive):
        return None
    return _Save(row.author, envelope.body.contact, row.changed_at)


def _readable(message: CommandMessage) -> CommandEnvelope | None:
    """None for a command of another version: the server still judges it, no row shows it."""
    try:
        return to_envelope(message)
    except msgspec.ValidationError:
        return None


def _passed(row: Row, epoch: str) -> Settlement:
    return Settlement(id=row.id, epoch=epoch, position=row.position, refusal=row.refusal, field=row.field)


def _slices(ids: list[str]) -> list[list[str]]:
    return [ids[first : first + _IDS_AT_ONCE] for first in range(0, len(ids), _IDS_AT_ONCE)]
