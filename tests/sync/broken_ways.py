"""The same ends with one sync rule broken on purpose: the schedules must find each of them out."""

from collections.abc import Collection, Iterator
from unittest.mock import patch

import msgspec
import sqlalchemy as sa

from app.dispatch import Asked, Settled
from app.domain.commands import CommandEnvelope
from app.domain.double_commands import MergePersons
from app.domain.double_facts import PersonsMerged
from app.store import tables
from sync.client.changes import Changes, Trace
from sync.client.desk import Desk
from sync.client.replica import Replica
from sync.client.undo import Images, Place
from sync.protocol.messages import (
    MAX_COMMANDS,
    CommandMessage,
    EntryMessage,
    Page,
    SnapshotEnd,
    SnapshotLine,
    cursor_of,
    to_envelope,
)
from sync.server.feed.desk import Desk as FeedDesk
from tests.sync.hospital import Hospital, pointers
from tests.sync.seats import CrashingOutbox, Ways


class RunsTwice(Hospital):
    """Rule 3 broken: what is sent again runs again."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        settled = super().receive(message, desk=desk)
        if settled.is_new:
            return settled
        again = f"{settled.command_id[:-12]}{self.head():012x}"
        return super().receive(msgspec.structs.replace(message, id=again), desk=desk)


class _ForgetsSuperseded(Hospital):
    """Rule 2 broken: an id that was joined to an existing thing no longer means anything."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        settled = super().receive(message, desk=desk)
        with self.engine.begin() as connection:
            connection.execute(sa.delete(tables.superseded))
        return settled


class _LumpsPromises(Hospital):
    """Undoing broken: every promise of a contact is held to be of its last save."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        promise = tables.commitment.c
        last = sa.select(tables.contact.c.log).where(tables.contact.c.id == promise.contact).scalar_subquery()
        with self.engine.begin() as connection:
            were = connection.execute(sa.select(promise.id, promise.log)).all()
            connection.execute(sa.update(tables.commitment).values(log=sa.func.coalesce(last, "")))
        settled = super().receive(message, desk=desk)
        with self.engine.begin() as connection:
            for row in were:
                connection.execute(sa.update(tables.commitment).filter_by(id=row.id).values(log=row.log))
        return settled


class _OpensWhatIsKept(Hospital):
    """Closing broken: what was kept may be kept again."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        with self.engine.begin() as connection:
            kept = sa.update(tables.commitment).filter_by(state="kept")
            connection.execute(kept.values(state="open"))
        return super().receive(message, desk=desk)


class _TellsNobodyOfOthers(Hospital):
    """Marks broken: whoever another service saw to since is not told to whoever was left."""

    def _run(self, envelope: CommandEnvelope, *, desk: str) -> Settled:
        with patch("app.usecases.heard_elsewhere._mark_followed"):
            return super()._run(envelope, desk=desk)


class _SendsNoBundles(Hospital):
    """Rule 6 broken: a person enters without the rows that came before."""

    def page(self, desk: FeedDesk, cursor: str, most: int) -> Page | None:
        return _edited(super().page(desk, cursor, most), bundles=[])


class _SaysNoGoodbye(Hospital):
    """Rule 6 broken: nobody is told that a person left."""

    def page(self, desk: FeedDesk, cursor: str, most: int) -> Page | None:
        return _edited(super().page(desk, cursor, most), gone=[])


class _GoesOnFromTheEnd(Hospital):
    """A snapshot that stands for the moment it ended: what changed while it was read is lost."""

    def snapshot(self, desk: FeedDesk) -> Iterator[SnapshotLine]:
        start: SnapshotLine | None = None
        for line in super().snapshot(desk):
            start = start or line
            if isinstance(line, SnapshotEnd):
                yield msgspec.structs.replace(start, cursor=cursor_of(self.epoch, self.head()))
            yield line


class _NeverTakesBack(Replica):
    """Rule 4 broken: facts are laid over what is provisional."""

    def take_back(self, images: Images, trace: Trace, places: Collection[Place]) -> None:
        return


class _ForgetsPositions(Replica):
    """Rule 6 broken: older facts overwrite newer rows."""

    def apply(self, page: Page) -> Changes:
        entries = [_unplaced(entry) for entry in page.entries]
        return super().apply(msgspec.structs.replace(page, entries=entries))


class _KeepsNothing(CrashingOutbox):
    """Rule 7 broken: what the feed settled is forgotten, so a restored server never gets it again."""

    def send_again_lost(self, *, epoch: str, head: int) -> int:
        return 0


class _SendsOwnAlone(Desk):
    """Rule 8 broken: what somebody who left did waits until that person comes back."""

    def take(self, most: int = MAX_COMMANDS) -> list[CommandMessage]:
        return [message for message in super().take(most) if message.author == self._author]


class _ShowsEverybodys(CrashingOutbox):
    """Rule 8 broken: whoever sits there is shown what others left."""

    def waiting(self, author: str) -> list[CommandEnvelope]:
        others = [to_envelope(message) for message in self.to_send() if message.author != author]
        return [*super().waiting(author), *others]


class _SetsNoPointer(Hospital):
    """Regrouping broken: the record that was regrouped points nowhere."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        settled = super().receive(message, desk=desk)
        with self.engine.begin() as connection:
            connection.execute(sa.update(tables.person).values(same_as=None))
        return settled


class _MovesWhatWas(Hospital):
    """Regrouping broken: the past is written anew under the record kept, and can't be given back."""

    def receive(self, message: CommandMessage, *, desk: str) -> Settled:
        settled = super().receive(message, desk=desk)
        with self.engine.begin() as connection:
            for person, kept in pointers(connection).items():
                promised = sa.update(tables.commitment).filter_by(person=person)
                connection.execute(promised.values(person=kept))
        return settled


class _DecidesForAnybody(Hospital):
    """Regrouping broken: whoever asks decides."""

    def judge(self, message: CommandMessage, *, desk: str) -> Asked:
        envelope = to_envelope(message)
        return envelope if isinstance(envelope.body, MergePersons) else super().judge(message, desk=desk)


class _FollowsNoPointer(Replica):
    """Regrouping broken: a desk is told of it and reads on as before."""

    def apply(self, page: Page) -> Changes:
        return super().apply(msgspec.structs.replace(page, entries=[_unmerged(one) for one in page.entries]))


class _BelievesAnybody(Hospital):
    """Rule 8 broken: a desk's credential is enough to speak for everybody."""

    def hand_over(self, message: CommandMessage, *, desk: str) -> Settled:
        return self.receive(message, desk=desk)


def _edited(page: Page | None, **fields: object) -> Page | None:
    if page is None:
        return None
    entries = [msgspec.structs.replace(entry, **fields) for entry in page.entries]
    return msgspec.structs.replace(page, entries=entries)


def _unplaced(entry: EntryMessage) -> EntryMessage:
    bundles = [msgspec.structs.replace(bundle, as_of=0) for bundle in entry.bundles]
    return msgspec.structs.replace(entry, bundles=bundles)


def _unmerged(entry: EntryMessage) -> EntryMessage:
    facts = [fact for fact in entry.facts if PersonsMerged.__name__.encode() not in bytes(fact)]
    return msgspec.structs.replace(entry, facts=facts)


BROKEN: dict[str, Ways] = {
    "the outbox row leaves when the POST answers": Ways(is_settled_by_answer=True),
    "nothing is taken back before a page": Ways(replica=_NeverTakesBack),
    "superseded ids are forgotten": Ways(hospital=_ForgetsSuperseded, favours=("log", "send")),
    "a command sent again runs again": Ways(hospital=RunsTwice),
    "a save undone takes other promises with it": Ways(hospital=_LumpsPromises, favours=("undo_the_second",)),
    "a promise is kept twice": Ways(hospital=_OpensWhatIsKept, favours=("commit", "follow", "send")),
    "older knowledge overwrites newer": Ways(replica=_ForgetsPositions),
    "persons enter without a bundle": Ways(hospital=_SendsNoBundles),
    "persons leave without a goodbye": Ways(hospital=_SaysNoGoodbye),
    "a snapshot stands for the moment it ended": Ways(
        hospital=_GoesOnFromTheEnd, favours=("rebuild", "send", "log")
    ),
    "only who sits there is sent": Ways(
        desk=_SendsOwnAlone, is_shared=True, favours=("change_person", "note")
    ),
    "others are shown what one left": Ways(
        outbox=_ShowsEverybodys, is_shared=True, favours=("change_person", "note")
    ),
    "a desk speaks for anybody": Ways(hospital=_BelievesAnybody, is_shared=True, favours=("forge",)),
    "a record regrouped points nowhere": Ways(hospital=_SetsNoPointer, favours=("merge",)),
    "regrouping moves what was": Ways(hospital=_MovesWhatWas, favours=("commit", "merge", "send")),
    "anybody regroups": Ways(hospital=_DecidesForAnybody, favours=("merge",)),
    "a desk does not follow a pointer": Ways(replica=_FollowsNoPointer, favours=("merge", "pull")),
    "whoever was seen to elsewhere is still called back": Ways(hospital=_TellsNobodyOfOthers),
    "a restored server is not sent what it lost": Ways(
        outbox=_KeepsNothing, favours=("back_up", "restore", "send", "pull")
    ),
}
