"""Whom a desk holds, and the most it may: what is open and most recent comes first (rules R24)."""

from datetime import timedelta

from app.domain.ids import derived_id
from app.store import tables
from app.store.extracts import columns_of, read_persons
from app.store.rows import Rows
from app.store.scopes import read_held
from tests.support.scene import MORNING, Scene

OLD, RECENT, OPEN, PROMISED = (derived_id("test held", name) for name in ("o", "r", "p", "c"))
ORTHO = frozenset({"orthopedie"})


def _lay(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        rows = Rows(connection, scene.establishment, position=0)
        for person in (OLD, RECENT, OPEN, PROMISED):
            rows.put(tables.person, id=person, birth_name="X")
            rows.put(tables.person_scope, person=person, service="orthopedie")
        rows.put(tables.person_scope, person=OLD, service="standard")
        for person, days in ((OLD, 80), (RECENT, 2), (OPEN, 70), (PROMISED, 60)):
            _lay_contact(rows, person, days)
        rows.put(tables.case, id=derived_id("test held", "case"), person=OPEN, state="open")
        rows.put(tables.case, id=derived_id("test held", "closed"), person=OLD, state="closed")
        rows.put(tables.commitment, id=derived_id("test held", "due"), person=PROMISED, state="postponed")


def _lay_contact(rows: Rows, person: str, days: int) -> None:
    contact, at = derived_id("test held", f"{person} {days}"), MORNING - timedelta(days=days)
    rows.put(tables.contact, id=contact, person=person, at=at)
    rows.put(tables.timeline, person=person, at=at, contact=contact)


def test_a_desk_holds_all_its_scope_when_it_is_not_too_large(scene: Scene) -> None:
    _lay(scene)
    with scene.engine.connect() as connection:
        held = read_held(connection, scene.establishment, {"orthopedie", "standard"})
    assert sorted(held.persons) == sorted((OLD, RECENT, OPEN, PROMISED))
    assert held.beyond == 0


def test_when_they_are_too_many_what_is_open_then_recent_comes_first(scene: Scene) -> None:
    _lay(scene)
    with scene.engine.connect() as connection:
        held = [read_held(connection, scene.establishment, ORTHO, most=most) for most in (1, 2, 3)]
    assert [one.persons for one in held] == [[PROMISED], [PROMISED, OPEN], [PROMISED, OPEN, RECENT]]
    assert [one.beyond for one in held] == [3, 2, 1]


def test_each_person_comes_with_the_last_fifty_contacts_and_their_lines(scene: Scene) -> None:
    _lay(scene)
    with scene.engine.begin() as connection:
        rows = Rows(connection, scene.establishment, position=0)
        for days in range(100, 160):
            _lay_contact(rows, OLD, days)
    with scene.engine.connect() as connection:
        read = read_persons(connection, scene.establishment, [OLD, RECENT])
    person, at = (columns_of(tables.contact).index(name) for name in ("person", "at"))
    of_old = [row for row in read["contact"] if row[person] == OLD]
    assert len(of_old) == 50
    assert (
        min(row[at] for row in of_old) == (MORNING - timedelta(days=148) - tables.EPOCH) // tables.MICROSECOND
    )
    assert len(read["timeline"]) == len(read["contact"]) == 51
    assert [row[0] for row in read["demand"]] == [derived_id("test held", "closed")]
