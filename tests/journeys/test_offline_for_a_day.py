"""A day of eighty calls at a desk without its server: all of it arrives in order, once, and is told right."""

import secrets
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
import sqlalchemy as sa

from app.clock import AnchoredClock
from app.demo.day import HIDDEN, DayCall, Fate, working_day
from app.demo.recount import retell
from app.demo.shown import differences
from app.domain.errors import CHANGED_MEANWHILE
from app.domain.facts import AnyFact, CallAnswered, CommitmentKept, ContactNoted, MotiveLogged, SaveSetAside
from app.queries.board import board
from app.queries.tasks import read_tasks
from app.store import tables
from app.store.engine import open_database, writing
from sync.client.desk_tables import outbox
from sync.client.files import DeskFiles
from sync.server.jobs.due_work import LOOK_EVERY_S
from tests.support.cut_off.colleague import Colleague, facts_of
from tests.support.cut_off.person import PersonAtDesk
from tests.support.cut_off.told import Start
from ui.demonstration import DEMO_LOGIN, DEMO_PASSWORD, SECOND_LOGIN
from ui.story.cable import Cable
from ui.story.hospital import Hospital
from ui.wording import quoted

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(900)]

LAID_AT = datetime.fromisoformat("2026-11-24T18:30+01:00")
"""Until then the house has its own calls: the next day is all ours."""
OPENS_AT = datetime.fromisoformat("2026-11-25T07:50+01:00")
MIDNIGHT = OPENS_AT.replace(hour=0, minute=0)
CLOSES_AT = MIDNIGHT + timedelta(hours=18, minutes=20)
BEFORE = ("0639984120", "0639984121")
"""Who called before the wire was cut; both desks qualify both."""
RESTARTED_AT, BOTH_WRITE_AT, KILLED_AT, PUT_OFF_AT = 26, 40, 53, 72
"""Which call of the day comes then."""
OURS, THEIRS = "Rappelle pour son scanner", "Scanner déplacé au 3"
Rows: TypeAlias = dict[str, Counter[str]]
SERVICES = frozenset(("orthopedie",))
QUIET_S, MOST_S = LOOK_EVERY_S + 3, 120.0


@dataclass
class Played:
    """What the screens said, and what is left on the disks."""

    engine: sa.Engine
    folder: Path
    key: str
    calls: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """Each contact, and when it was."""
    logs: list[str] = field(default_factory=list[str])
    kept: list[str] = field(default_factory=list[str])
    postponed: list[str] = field(default_factory=list[str])
    disputed: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    seen: list[list[str]] = field(default_factory=list[list[str]])
    """Both notes, as each conflict showed them."""
    facts: list[AnyFact] = field(default_factory=list[AnyFact])
    establishment: str = ""
    fresh: Rows = field(default_factory=dict[str, Counter[str]])
    """What a desk that begins then is given, by table."""

    @contextmanager
    def desk(self) -> Generator[tuple[sa.Engine, sa.Engine]]:
        """The two files that the desk left."""
        files = DeskFiles(self.folder / self.establishment, bytes.fromhex(self.key), AnchoredClock(CLOSES_AT))
        precious = files.open_desk()
        replica, _ = files.open_replica(DEMO_LOGIN)
        try:
            yield precious, replica
        finally:
            replica.dispose()
            precious.dispose()


class Day:
    """The desk that is cut off, the one that is not, and the telephone between them."""

    def __init__(self, hospital: Hospital, desk: PersonAtDesk, colleague: Colleague, played: Played) -> None:
        self._hospital, self._desk, self._colleague, self.played = hospital, desk, colleague, played
        self._last = ""
        self._promise_of: dict[int, str] = {}

    def call_before(self, number: str) -> None:
        """Somebody calls while the wire is whole, and is qualified by nobody yet."""
        self._desk.pop(number)
        contact = self._desk.do("pop", OPENS_AT, number=number, one=self._last).contact
        self._know(contact, OPENS_AT)
        self.played.disputed.append(contact)

    def play(self, calls: tuple[DayCall, ...]) -> None:
        """Every call, with what happens to the console and elsewhere between two of them."""
        for turn, call in enumerate(calls):
            at = MIDNIGHT + call.at
            self._hospital.play("pass_time", until=at.isoformat())
            self._colleague.clock.leap_to(at)
            if turn % 16 == 8:
                self._colleague.take_a_call(self._hospital)
            if turn == RESTARTED_AT:
                self._desk.leave()
                self._desk.sit_down(at)
                self._last = ""
            if turn == BOTH_WRITE_AT:
                self._both_write(at)
            if turn == PUT_OFF_AT:
                self._put_off(calls[:turn], at)
            self._take(call, at, is_killed=turn == KILLED_AT)

    def _take(self, call: DayCall, at: datetime, *, is_killed: bool) -> None:
        asked = {"number": call.number, "motive": call.motive, "promises": call.promises}
        asked["is_for_today"] = call.is_for_today
        self._desk.do("pass_time", at)
        self._desk.pop(call.number)
        if is_killed:
            contact = self._desk.do("pop", at, one=self._last, number=call.number).contact
            self._desk.kill()
            self._desk.sit_down(at)
            done = self._desk.do("take_up", at, one=contact, **asked)
        else:
            more = {"candidate": call.candidate, "leaves_message": call.leaves_message}
            name = "DUBREUIL" if call.number == HIDDEN else ""
            note = "A rappelé ce matin" if call.story % 5 == 0 else ""
            done = self._desk.do("handle", at, one=self._last, name=name, note=note, **asked, **more)
        self._know(done.contact, at)
        self.played.logs.append(done.log)
        if call.promises:
            self._promise_of[call.story] = done.commitment
        if call.keeps:
            self.played.kept.append(self._desk.do("keep", at, one=self._promise_of[call.story]).commitment)

    def _both_write(self, at: datetime) -> None:
        """The same two contacts are qualified here, and by a colleague whom this desk can't hear."""
        for contact in self.played.disputed:
            self._colleague.qualify(contact, motive="22", note=THEIRS)
            done = self._desk.do("take_up", at, one=contact, motive="14", note=OURS)
            self.played.logs.append(done.log)
            self._last = contact

    def _put_off(self, calls: tuple[DayCall, ...], at: datetime) -> None:
        for call in calls:
            if call.fate is Fate.POSTPONED and call.promises:
                done = self._desk.do("postpone", at, one=self._promise_of[call.story])
                self.played.postponed.append(done.commitment)

    def come_back(self) -> None:
        """The wire is whole: everything settles, and both conflicts are chosen from."""
        self._desk.do("link", CLOSES_AT, note="À jour")
        played = self.played
        refused = dict(line.split() for line in self._desk.do("settled", CLOSES_AT).words)
        assert list(refused.values()) == [CHANGED_MEANWHILE] * len(played.disputed)
        played.refused = list(refused)
        for command in refused:
            played.seen.append(self._desk.do("choose_both", CLOSES_AT, one=command).words)
        assert self._desk.do("settled", CLOSES_AT).words == []

    def _know(self, contact: str, at: datetime) -> None:
        self.played.calls[contact] = at
        self._last = contact


def _until_quiet(engine: sa.Engine) -> None:
    """What falls due as the day closes is done before the desk leaves, which is compared with a later one."""
    head, since = -1, time.monotonic()
    until = since + MOST_S
    while time.monotonic() - since < QUIET_S:
        assert time.monotonic() < until, "the journal never rests"
        with engine.connect() as connection:
            now = connection.execute(sa.select(sa.func.max(tables.journal.c.position))).scalar_one()
        if now != head:
            head, since = now, time.monotonic()
        time.sleep(0.2)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The day, played once."""
    house = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        hospital = stack.enter_context(Hospital(house, anchor=LAID_AT, seed=3, persons=50))
        hospital.play("pass_time", until=OPENS_AT.isoformat())
        cable = Cable(host="127.0.0.1", port=hospital.port)
        stack.callback(cable.close)
        engine = open_database(hospital.database)
        stack.callback(engine.dispose)
        played = Played(engine, house / "desk", secrets.token_hex(32))
        colleague = Colleague(hospital.address, house / "colleague", SECOND_LOGIN, now=OPENS_AT)
        stack.callback(colleague.console.stop)
        start = Start(
            address=cable.address,
            folder=str(played.folder),
            key=played.key,
            login=DEMO_LOGIN,
            password=DEMO_PASSWORD,
            now=OPENS_AT,
        )
        desk = PersonAtDesk(start, session=house / "session")
        stack.callback(desk.kill)
        played.establishment = _house_of(engine)
        desk.sit_down(OPENS_AT)
        desk.do("link", OPENS_AT, note="À jour")
        day = Day(hospital, desk, colleague, played)
        for number in BEFORE:
            day.call_before(number)
        desk.do("settled", OPENS_AT)
        colleague.until_known(played.disputed)
        cable.cut()
        desk.do("link", OPENS_AT, note="Hors ligne")
        day.play(working_day())
        hospital.play("pass_time", until=CLOSES_AT.isoformat())
        cable.mend()
        day.come_back()
        _until_quiet(engine)
        desk.leave()
        played.facts = facts_of(engine, played.establishment)
        fresh = Colleague(hospital.address, house / "fresh", DEMO_LOGIN, now=CLOSES_AT)
        fresh.until_whole()
        played.fresh = fresh.console.ask(lambda connection, _: _rows(connection)).result(60)
        fresh.console.stop()
        yield played


def test_each_of_eighty_calls_arrives_once_and_is_traced(played: Played) -> None:
    noted = Counter(fact.contact for fact in played.facts if isinstance(fact, ContactNoted))
    assert len(played.calls) == 80 + len(BEFORE)
    assert noted == dict.fromkeys(played.calls, 1)
    assert retell(played.facts).untraced() == []
    traces = [fact for fact in played.facts if isinstance(fact, MotiveLogged)]
    assert retell(fact for fact in played.facts if fact is not traces[0]).untraced() == [traces[0].contact]


def test_each_save_is_in_the_journal_once_and_at_its_own_hour(played: Played) -> None:
    with played.engine.connect() as connection:
        entries = sa.select(tables.journal.c.command_id, tables.journal.c.refusal)
        found = [tuple(row) for row in connection.execute(entries) if row.command_id in played.logs]
        chosen = sa.select(tables.contact.c.id, tables.contact.c.at)
        at = {row.id: row.at for row in connection.execute(chosen) if row.id in played.calls}
    told = {log: CHANGED_MEANWHILE if log in played.refused else "" for log in played.logs}
    assert len(played.logs) == len(told) == 82
    assert Counter(found) == dict.fromkeys(told.items(), 1)
    late = [
        one for one, was in played.calls.items() if not timedelta() <= at[one] - was < timedelta(minutes=5)
    ]
    assert late == []


def test_promises_are_made_kept_and_put_off_as_the_desk_said(played: Played) -> None:
    kept = Counter(fact.commitment for fact in played.facts if isinstance(fact, CommitmentKept))
    assert len(played.kept) >= 10
    assert set(played.kept) <= set(kept)
    assert set(kept.values()) == {1}
    with played.engine.connect() as connection:
        tasks = read_tasks(connection, played.establishment, services=SERVICES, now=CLOSES_AT)
        late = [task.commitment for task in tasks.promises if task.due_at < CLOSES_AT]
        assert not set(played.calls) & {task.contact for task in tasks.untraced}
    told = retell(played.facts)
    assert len(played.postponed) == told.fates()["postponed"] == 3
    assert told.forgotten(now=CLOSES_AT, told_late=late) == []


def test_the_outbox_was_emptied_in_the_order_of_what_was_done(played: Played) -> None:
    with played.desk() as (precious, _), precious.connect() as here:
        rows = here.execute(sa.select(outbox).order_by(outbox.c.seq)).all()
    assert {row.state for row in rows} == {"done", "dismissed"}
    assert len({row.id for row in rows}) == len(rows) > 200
    positions = [row.position for row in rows]
    assert positions == sorted(set(positions))


def test_both_versions_of_what_two_people_wrote_are_shown_and_kept(played: Played) -> None:
    assert len(played.refused) == len(played.disputed) == 2
    assert [sorted(words) for words in played.seen] == [[quoted(OURS), quoted(THEIRS)]] * 2
    aside = {fact.contact: fact.note for fact in played.facts if isinstance(fact, SaveSetAside)}
    assert aside == dict.fromkeys(played.disputed, OURS)
    with played.engine.connect() as connection:
        chosen = sa.select(tables.contact.c.id, tables.contact.c.note)
        notes = {row.id: row.note for row in connection.execute(chosen) if row.id in aside}
    assert notes == dict.fromkeys(played.disputed, f"{THEIRS}\n{OURS}")


def test_the_replica_of_the_day_is_the_one_that_a_new_desk_is_given(played: Played) -> None:
    with played.desk() as (_, replica):
        with replica.connect() as connection:
            held = _rows(connection)
        assert _differences(held, played.fresh) == []
        with writing(replica) as connection:
            one = sa.select(tables.contact.c.id).limit(1).scalar_subquery()
            connection.execute(sa.delete(tables.contact).where(tables.contact.c.id == one))
            assert _differences(_rows(connection), played.fresh)
            connection.rollback()


def test_the_board_of_the_desk_is_the_server_s_and_the_recount_s(played: Played) -> None:
    counted = retell(played.facts).figures()
    assert counted["received"] == 5
    with played.desk() as (_, replica):
        for engine in (played.engine, replica):
            with engine.connect() as connection:
                assert differences(board(connection, played.establishment, now=CLOSES_AT), counted) == []
    answer = next(fact for fact in played.facts if isinstance(fact, CallAnswered))
    other = retell(fact for fact in played.facts if fact is not answer).figures()
    with played.engine.connect() as connection:
        assert differences(board(connection, played.establishment, now=CLOSES_AT), other)


def _rows(connection: sa.Connection) -> Rows:
    """Every row of persons and the house, without the position that last set it.

    Under which ids things were known before is told to who heard it, and not to who begins.
    """
    held: Rows = {}
    for table in tables.SHARED:
        if table is tables.superseded:
            continue
        told = [column for column in table.columns if column.name != "position"]
        held[table.name] = Counter(str(tuple(row)) for row in connection.execute(sa.select(*told)))
    return held


def _differences(held: Rows, given: Rows) -> list[str]:
    return [
        f"{name}: {sign} {row}"
        for name, rows in given.items()
        for sign, more in (("lacks", rows - held[name]), ("has", held[name] - rows))
        for row in more
    ]


def _house_of(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return connection.execute(sa.select(tables.agent.c.establishment).distinct()).scalar_one()
