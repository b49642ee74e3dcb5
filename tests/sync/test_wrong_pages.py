"""Whatever the right server says wrongly, no replica parts silently: refused whole, asked again, told."""

import random
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy.exc import DatabaseError

from app.domain.commands import LogMotive, NoteContact, RegisterCall
from app.domain.words import Channel, Outcome
from app.store import tables
from app.store.bundles import Bundle
from sync.client.page_order import WrongPage, followed
from sync.client.replica_file import read_mark
from sync.client.server import Event, ServerLine
from sync.protocol.messages import EntryMessage, Page, SnapshotStart, cursor_of
from tests.server.serving import Served
from tests.sync.hospital import OPENING, PERSONS, Hospital, SeededMint, Templates, TickingClock
from tests.sync.people import SOON_S, Person, SitDown, note_of, proxy, served, sit_down, store
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways
from tests.sync.seen import Comparison

__all__ = ["proxy", "served", "sit_down", "store"]

AMINA, CHLOE = DESKS[0], DESKS[2]
ROUNDS = 12
Wrong = Callable[[Page], Page]


def _with(page: Page, *entries: EntryMessage, **changes: object) -> Page:
    return msgspec.structs.replace(page, entries=list(entries) or page.entries, **changes)


def _last(page: Page, **changes: object) -> Page:
    *others, last = page.entries
    return _with(page, *others, msgspec.structs.replace(last, **changes))


def _at(page: Page, by: int) -> str:
    epoch, _, head = page.head.rpartition(".")
    return cursor_of(epoch, int(head) + by)


def _not_laid(table: str, row: dict[str, Any]) -> list[Bundle]:
    return [Bundle(person=PERSONS[0], as_of=10**6, rows={table: [row]})]


WRONG: dict[str, Wrong] = {
    "an entry twice": lambda page: _with(page, *page.entries, page.entries[-1]),
    "in disorder": lambda page: _with(page, *reversed(page.entries)),
    "a head before its entries": lambda page: _with(page, head=page.after),
    "a head of long ago": lambda page: _with(page, head=cursor_of(page.head.rpartition(".")[0], 0)),
    "a head that is no place": lambda page: _with(page, head="e1.soon"),
    "a head below nothing": lambda page: _with(page, head="e1.-4"),
    "no head": lambda page: _with(page, head=""),
    "a page is missing before it": lambda page: _with(page, after=_at(page, 0), head=_at(page, 9)),
    "an entry of nowhere": lambda page: _with(
        page, msgspec.structs.replace(page.entries[0], position=-7), *page.entries
    ),
    "an entry of far away": lambda page: _last(page, position=2**70),
    "a fact that is none": lambda page: _last(page, facts=[msgspec.Raw(b"7")]),
    "a fact as deep as it is long": lambda page: _last(
        page, facts=[msgspec.Raw(b'{"x":' + b"[" * 9000 + b"]" * 9000 + b',"kind":3}')]
    ),
    "a row whose time is a word": lambda page: _last(page, bundles=_not_laid("contact", {"at": "soon"})),
    "a row without its key": lambda page: _last(page, bundles=_not_laid("contact", {"body": "x"})),
    "a row that holds a tree": lambda page: _last(
        page, bundles=_not_laid("person", {"id": PERSONS[0], "birth_name": [1]})
    ),
    "numbers that are none": lambda page: _last(page, numbers=b"\0" * 7),
    "numbers let go that are none": lambda page: _last(page, dropped=b"\0" * 7),
}
"""What no console can lay: nothing of it may stay."""
REFUSED = (
    WrongPage,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    DatabaseError,
    sqlite3.Error,
)
HARMLESS: dict[str, Wrong] = {
    "as it was": lambda page: page,
    "a fact of a later version": lambda page: _last(
        page, facts=[*page.entries[-1].facts, msgspec.Raw(b'{"kind":"MoonSeen","phase":"full"}')]
    ),
    "rows of a later version": lambda page: _last(
        page, bundles=[Bundle(person="", as_of=0, rows={"moon": [{"phase": "full"}]})]
    ),
    "from a server that says not after what": lambda page: _with(page, after=""),
}
"""What a server of the version before or after may say: the rest is laid."""


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


class Two:
    """One desk works, the other one is told; the second one's next page is made here."""

    def __init__(self, hospital: Hospital) -> None:
        self._mint = SeededMint(random.Random(5))
        self._hospital = hospital
        self.busy, self.told = (Seat(desk, hospital, self._mint, Ways()) for desk in (CHLOE, AMINA))

    def page(self) -> Page:
        """Three calls, a note and its motive later: several entries, said to come after the last page."""
        for _ in range(3):
            self._call()
        contact = self._mint.new_id()
        note = NoteContact(
            contact=contact,
            channel=Channel.DESK,
            service="cardiologie",
            happened_at=OPENING,
            person=PERSONS[0],
        )
        motive = LogMotive(
            contact=contact, motive="11", outcome=next(iter(Outcome)), service="cardiologie", over=None
        )
        self.busy.submit(note)
        self.busy.submit(motive)
        self.busy.send(9)
        before = self.told.desk.replica.cursor
        page = self._hospital.page(AMINA, before, 1000)
        assert page is not None
        assert len(page.entries) > 2
        return msgspec.structs.replace(page, after=before)

    def _call(self) -> None:
        call = RegisterCall(
            contact=self._mint.new_id(),
            queue="file-cardiologie",
            number_raw="anonymous",
            arrived_at=self._hospital.clock.now(),
        )
        self._hospital.tell(call, self._mint.new_id())

    def close(self) -> None:
        self.busy.close()
        self.told.close()


@pytest.fixture
def two(hospital: Hospital) -> Generator[Two]:
    both = Two(hospital)
    yield both
    both.close()


def _all_rows(seat: Seat) -> list[str]:
    with seat.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        return list(raw.iterdump())


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_page_leaves_every_row_as_it_was_and_the_right_one_is_laid_after_it(
    wrong: Wrong, two: Two, hospital: Hospital
) -> None:
    right = two.page()
    before = _all_rows(two.told)
    for _ in range(2):
        with pytest.raises(REFUSED):
            two.told.desk.apply(wrong(right))
        assert _all_rows(two.told) == before
        assert two.told.desk.replica.cursor == right.after
    assert two.told.take_page(right)
    assert Comparison(two.told, hospital).faults() == []


@pytest.mark.parametrize("other", HARMLESS.values(), ids=HARMLESS)
def test_what_another_version_says_more_takes_nothing_from_the_rest(
    other: Wrong, two: Two, hospital: Hospital
) -> None:
    assert two.told.take_page(other(two.page()))
    assert Comparison(two.told, hospital).faults() == []


def test_what_cannot_be_read_is_counted_once_however_often_its_page_was_refused(two: Two) -> None:
    right = two.page()
    later, otherwise = b'{"kind":"MoonSeen","phase":"full"}', b'{"kind":"ContactNoted","contact":4}'
    facts = [*right.entries[-1].facts, msgspec.Raw(later), msgspec.Raw(otherwise)]
    said = _last(right, facts=facts)
    refused = _last(said, bundles=_not_laid("contact", {"at": "soon"}))
    for _ in range(2):
        with pytest.raises(REFUSED):
            two.told.desk.apply(refused)
    replica = two.told.desk.replica
    assert (replica.unread_facts, read_mark(two.told.engine, "unknown_facts")) == (0, "")
    assert two.told.take_page(said)
    assert (replica.unread_facts, read_mark(two.told.engine, "unknown_facts")) == (1, "2")


def _looks_at_nothing(_page: Page, _held: int, _head: int, *, after: int | None) -> None:
    """Whatever comes is laid."""


def test_who_does_not_look_at_what_a_page_comes_after_parts_from_the_server(
    two: Two, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The control: what is refused above is laid, and the comparison finds it out.
    lost = two.page()
    with pytest.raises(WrongPage):
        two.told.take_page(_with(lost, lost.entries[-1], after=lost.head))
    monkeypatch.setattr("sync.client.page_order._check", _looks_at_nothing)
    two.told.take_page(_with(lost, lost.entries[-1], after=lost.head))
    assert Comparison(two.told, hospital).faults() != []


def test_a_page_told_again_changes_nothing(two: Two, hospital: Hospital) -> None:
    page = two.page()
    assert two.told.take_page(page)
    held = _all_rows(two.told)
    assert not two.told.take_page(page)
    assert _all_rows(two.told) == held
    assert Comparison(two.told, hospital).faults() == []


def test_any_disorder_of_any_page_is_refused_or_is_the_page(two: Two) -> None:
    chance = random.Random(11)
    for _ in range(ROUNDS):
        right = two.page()
        held = followed(right, right.after).entries
        for _ in range(40):
            drawn = chance.choices(right.entries, k=chance.randint(1, 6))
            try:
                kept = followed(_with(right, *drawn), right.after).entries
            except WrongPage:
                continue
            assert [one for one in held if one in kept] == kept
        two.told.take_page(right)


class Mangled:
    """A server's feed in which the next so many pages of entries are told wrongly."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 0
        self.wrong: Callable[[Page], Page] = WRONG["an entry twice"]
        self.snapshots = 0
        feed, snapshot = ServerLine.feed, ServerLine.snapshot
        own = self

        def mangled(line: ServerLine, cursor: str, token: str, *, scope: str) -> Generator[Event]:
            for event in feed(line, cursor, token, scope=scope):
                yield own.told(event)

        def counted(line: ServerLine, token: str) -> Any:
            own.snapshots += 1
            return snapshot(line, token)

        monkeypatch.setattr(ServerLine, "feed", mangled)
        monkeypatch.setattr(ServerLine, "snapshot", counted)

    def told(self, event: Event) -> Event:
        if event.name != "page" or not self.left:
            return event
        self.left -= 1
        return Event("page", msgspec.json.encode(self.wrong(msgspec.json.decode(event.body, type=Page))))


@pytest.fixture
def mangled(monkeypatch: pytest.MonkeyPatch) -> Mangled:
    return Mangled(monkeypatch)


def _is_offline(person: Person, heard: int) -> bool:
    return any(not link.is_online for link in person.links[heard:])


@pytest.mark.parametrize("name", ["an entry twice", "a row whose time is a word", "a fact that is none"])
def test_a_page_refused_once_is_asked_again_and_the_desk_says_that_it_does_not_follow(
    name: str, served: Served, sit_down: SitDown, mangled: Mangled
) -> None:
    person = sit_down("c.morvan")
    snapshots, heard = mangled.snapshots, len(person.links)
    mangled.wrong, mangled.left = WRONG[name], 1
    mine = person.console.submit(note_of(person.console)).result(SOON_S)
    person.until_settled(mine)
    person.until(lambda: person.links[-1].is_online, "never online again")
    assert _is_offline(person, heard)
    assert (mangled.left, mangled.snapshots) == (0, snapshots)
    assert served.scene.get(tables.journal, command_id=mine).refusal == ""


def test_a_page_refused_each_time_is_passed_by_a_snapshot(sit_down: SitDown, mangled: Mangled) -> None:
    person = sit_down("c.morvan")
    snapshots, heard = mangled.snapshots, len(person.links)
    mangled.left = 10**9
    note = note_of(person.console)
    person.console.submit(note).result(SOON_S)
    person.until(lambda: mangled.snapshots > snapshots and person.links[-1].is_online, "no snapshot")
    person.until(lambda: person.links[-1].waiting == 0, "never settled")
    assert _is_offline(person, heard)
    assert person.contact(note.contact) is not None


def test_what_a_known_fact_says_otherwise_is_read_in_a_snapshot_once_an_hour(
    sit_down: SitDown, mangled: Mangled
) -> None:
    person = sit_down("c.morvan")
    snapshots = mangled.snapshots
    mangled.wrong = lambda page: _last(page, facts=[msgspec.Raw(b'{"kind":"ContactNoted","contact":4}')])
    mangled.left = 10**9
    for _ in range(2):
        note = note_of(person.console)
        person.console.submit(note).result(SOON_S)
        person.until(lambda: person.links[-1].waiting == 0, "never settled")
    person.until(lambda: mangled.snapshots > snapshots, "no snapshot")
    assert mangled.snapshots == snapshots + 1


def test_a_server_says_after_what_each_of_its_pages_comes(served: Served) -> None:
    line = ServerLine(served.url)
    token = served.session("c.morvan")["token"]
    first, *_ = line.snapshot(token)
    assert isinstance(first, SnapshotStart)
    head, told = first.cursor, list[tuple[str, str]]()
    for event in line.feed(head, token, scope=first.scope):
        said = msgspec.json.decode(event.body)
        told.append((said["after"], said["head"]))
        if len(told) == 2:
            break
        served.scene.ring()
    line.close()
    assert told[0] == (head, head)
    assert (told[1][0], told[1][1] != head) == (head, True)
