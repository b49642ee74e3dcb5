"""The negative controls of every run: what was found is altered, and the checker must see it each time."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import sqlalchemy as sa

from app.store import journal, tables
from app.store.engine import writing
from tests.faults.checker import Evidence, Written, check
from tests.faults.scene import PEOPLE, Scene
from tests.faults.told import Acknowledged, Invoked
from tests.faults.work import PROMISED, half_told
from tests.sync.hospital import EST
from tests.sync.seen import Comparison

Alter = Callable[[Evidence], Evidence]


def blind_spots(scene: Scene, evidence: Evidence) -> list[str]:
    """What the checker does not see; nothing, when it sees all it should."""
    known = set(check(evidence).sentences())
    unseen = [
        what
        for what, (alter, kind) in _ALTERATIONS.items()
        if not any(found.startswith(f"{kind}:") for found in set(check(alter(evidence)).sentences()) - known)
    ]
    if not _sees_altered_journal(scene):
        unseen.append("an entry of the journal is altered")
    if not _sees_altered_replica(scene):
        unseen.append("a row of a replica is missing")
    if not _sees_half_an_entry(scene):
        unseen.append("an entry is half told")
    return unseen


def _replaced(evidence: Evidence, **changes: object) -> Evidence:
    return msgspec.structs.replace(evidence, **changes)


def _one_of_people(evidence: Evidence) -> Written:
    """An entry that a console was told of."""
    told = {
        one.id
        for lives in evidence.lives.values()
        for life in lives
        for one in life
        if isinstance(one, Acknowledged)
    }
    return next(one for one in evidence.journal if one.command_id in told)


def _drop_entry(evidence: Evidence) -> Evidence:
    gone = _one_of_people(evidence)
    return _replaced(evidence, journal=tuple(one for one in evidence.journal if one is not gone))


def _repeat_entry(evidence: Evidence) -> Evidence:
    return _replaced(evidence, journal=(*evidence.journal, _one_of_people(evidence)))


def _run_again(evidence: Evidence) -> Evidence:
    """Many times: as many saves as there are may be unknown."""
    one = _one_of_people(evidence)
    again = [msgspec.structs.replace(one, command_id=f"again-{n}") for n in range(len(evidence.journal))]
    return _replaced(evidence, journal=(*evidence.journal, *again))


def _drop_rows(evidence: Evidence) -> Evidence:
    return _replaced(evidence, rows={kind: frozenset[str]() for kind in evidence.rows})


def _send_twice(evidence: Evidence) -> Evidence:
    facts = (("MessageLeft", "a message"),)
    twice = [Written(command_id=f"job-{n}", kind="LeaveMessage", author="job", facts=facts) for n in range(2)]
    return _replaced(evidence, journal=(*evidence.journal, *twice))


def _drop_call(evidence: Evidence) -> Evidence:
    return _replaced(evidence, calls=())


def _double_call(evidence: Evidence) -> Evidence:
    return _replaced(evidence, calls=evidence.calls * 2)


def _leave_ringing(evidence: Evidence) -> Evidence:
    return _replaced(evidence, calls=tuple((number, "ringing") for number, _ in evidence.calls))


def _linger(evidence: Evidence) -> Evidence:
    return _replaced(evidence, lingering=tuple(evidence.over)[:1])


def _leave_waiting(evidence: Evidence) -> Evidence:
    return _replaced(evidence, waiting=evidence.waiting | {PEOPLE[0].login: 1})


def _forget_own(evidence: Evidence) -> Evidence:
    """A life that says it saved what nobody ever saw."""
    who = PEOPLE[0].login
    life = (Invoked(n=1, kind="NoteContact", own="nothing"), Acknowledged(n=1, id="never"))
    return _replaced(evidence, lives=evidence.lives | {who: (*evidence.lives[who], life)})


def _date_later(evidence: Evidence) -> Evidence:
    """As a console whose clock is ahead says it."""
    (what, _, heard), *others = evidence.dates
    return _replaced(evidence, dates=((what, heard + timedelta(hours=11), heard), *others))


def _take_garbage(evidence: Evidence) -> Evidence:
    return _replaced(evidence, garbage_taken=1)


_ALTERATIONS: dict[str, tuple[Alter, str]] = {
    "an acknowledged save is not in the journal": (_drop_entry, "lost"),
    "a save that left nothing": (_forget_own, "lost"),
    "the rows of saves are missing": (_drop_rows, "lost"),
    "a posted call is missing": (_drop_call, "lost"),
    "an entry is twice in the journal": (_repeat_entry, "doubled"),
    "a save ran again under another id": (_run_again, "doubled"),
    "a call is two calls": (_double_call, "doubled"),
    "a message was left twice": (_send_twice, "sent_twice"),
    "a call that ended still rings": (_leave_ringing, "ghosts"),
    "a call goes on for long after its end": (_linger, "ghosts"),
    "an outbox is not empty": (_leave_waiting, "waiting"),
    "what no exchange says is taken for a call": (_take_garbage, "fell"),
    "a contact is dated after it was told of": (_date_later, "misdated"),
}


def _sees_altered_journal(scene: Scene) -> bool:
    """One entry is given another author, in a transaction that is rolled back."""
    with scene.engine.connect() as connection, connection.begin() as transaction:
        middle = journal.head(connection, EST).position // 2 + 1
        entry = sa.update(tables.journal).filter_by(establishment=EST, position=middle)
        connection.execute(entry.values(author="somebody else"))
        fault = journal.verify(connection, EST)
        transaction.rollback()
    return fault is not None and fault.position == middle


def _sees_altered_replica(scene: Scene) -> bool:
    """The newest contact of somebody is taken out of a replica, which nobody needs any more.

    Not any contact: of the oldest of a long run, and of what rang for another service, a desk owes none.
    """
    with scene.files(PEOPLE[0]) as files:
        before = Comparison(files, scene).faults()
        with writing(files.engine) as connection:
            somebodys = tables.contact.c.person.is_not(None)
            newest = sa.select(tables.contact.c.id).where(somebodys).order_by(tables.contact.c.at.desc())
            one = newest.limit(1).scalar_subquery()
            connection.execute(sa.delete(tables.contact).where(tables.contact.c.id == one))
        return Comparison(files, scene).faults() != before


def _sees_half_an_entry(scene: Scene) -> bool:
    """A save that says that it promises, in a replica that nobody needs any more, and no promise at all."""
    with scene.files(PEOPLE[1]) as files, writing(files.engine) as connection:
        connection.execute(sa.delete(tables.commitment))
        connection.execute(sa.update(tables.contact).values(note=PROMISED))
        return bool(half_told(connection, EST))
