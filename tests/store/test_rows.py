"""Rows are set by their key, and never with older knowledge than they hold (sync rules 5 and 6)."""

from datetime import timedelta

import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, OpenPerson, ReleasePerson
from app.store import tables
from app.store.bundles import apply_bundle, read_bundle
from app.store.rows import Rows
from tests.support.scene import JEANNE, MARTINE, MORNING, PAUL, SHARED_NUMBER, Scene


def _write(scene: Scene, *, position: int | None, name: str) -> None:
    with scene.engine.begin() as connection:
        Rows(connection, scene.establishment, position=position).put(tables.service, id="s", name=name)


def test_a_later_position_wins_in_any_order(scene: Scene) -> None:
    for position, name in ((5, "five"), (3, "three"), (7, "seven"), (6, "six")):
        _write(scene, position=position, name=name)
    row = scene.get(tables.service, id="s")
    assert (row.name, row.position) == ("seven", 7)


def test_the_same_position_may_be_applied_twice(scene: Scene) -> None:
    _write(scene, position=5, name="five")
    _write(scene, position=5, name="five")
    assert scene.get(tables.service, id="s").name == "five"


def test_an_older_change_leaves_a_newer_row_alone(scene: Scene) -> None:
    _write(scene, position=5, name="five")
    with scene.engine.begin() as connection:
        Rows(connection, scene.establishment, position=4).change(tables.service, {"id": "s"}, name="four")
    assert scene.get(tables.service, id="s").name == "five"


def test_a_provisional_row_keeps_the_position_it_stands_on(scene: Scene) -> None:
    _write(scene, position=5, name="five")
    _write(scene, position=None, name="mine")
    row = scene.get(tables.service, id="s")
    assert (row.name, row.position) == ("mine", 5)


def test_a_change_of_a_missing_row_is_nothing(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        Rows(connection, scene.establishment, position=4).change(tables.service, {"id": "none"}, name="x")
    assert scene.find(tables.service, id="none") is None


def test_what_is_about_to_change_is_told_first(scene: Scene) -> None:
    told: list[tuple[str, object]] = []
    _write(scene, position=5, name="five")
    with scene.engine.begin() as connection:
        rows = Rows(
            connection,
            scene.establishment,
            position=None,
            keep=lambda table, key: told.append((table.name, dict(key))),
        )
        rows.put(tables.service, id="s", name="x")
        rows.change(tables.service, {"id": "s"}, name="y")
        rows.remove(tables.service, id="s")
    assert told == [("service", {"id": "s"})] * 3


def test_a_time_comes_back_as_it_went_to_the_microsecond(scene: Scene) -> None:
    at = MORNING + timedelta(microseconds=123_457)
    with scene.engine.begin() as connection:
        Rows(connection, scene.establishment, position=1).put(tables.contact, id="c", at=at)
    assert scene.get(tables.contact, id="c").at == at


def test_a_bundle_brings_back_what_was_changed_since(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    with scene.engine.begin() as connection:
        bundle = read_bundle(connection, scene.establishment, MARTINE, as_of=3)
        for table, column in ((tables.timeline, "person"), (tables.contact, "person")):
            connection.execute(
                sa.delete(table).filter_by(establishment=scene.establishment, **{column: MARTINE})
            )
        apply_bundle(connection, scene.establishment, bundle)
    assert scene.get(tables.contact, id=contact).person == MARTINE
    assert scene.count(tables.timeline, person=MARTINE) == 1


def test_an_older_bundle_does_not_undo_what_is_newer(scene: Scene) -> None:
    contact = scene.ring()
    with scene.engine.begin() as connection:
        old = read_bundle(connection, scene.establishment, MARTINE, as_of=2)
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    with scene.engine.begin() as connection:
        apply_bundle(connection, scene.establishment, old)
    assert scene.get(tables.contact, id=contact).person == MARTINE
    assert scene.count(tables.timeline, person=MARTINE) == 1


def test_who_may_be_calling_enters_the_scope_of_the_service_that_rings(scene: Scene) -> None:
    scene.ring(SHARED_NUMBER)
    assert {person for person in (MARTINE, PAUL, JEANNE) if _holds(scene, person)} == {PAUL, JEANNE}
    scene.run(ReleasePerson(person=PAUL, service="orthopedie"))
    assert not _holds(scene, PAUL)


def _holds(scene: Scene, person: str) -> bool:
    return scene.find(tables.person_scope, person=person, service="orthopedie") is not None


def test_a_read_is_traced_with_those_only_proposed(scene: Scene) -> None:
    contact = scene.ring(SHARED_NUMBER)
    scene.run(OpenPerson(person=PAUL, contact=contact, proposed=(JEANNE,)))
    opened, proposed = (scene.get(tables.access_log, position=at) for at in (1, 2))
    assert (opened.person, opened.act, opened.contact, opened.author) == (PAUL, "opened", contact, "c.morvan")
    assert (proposed.person, proposed.act) == (JEANNE, "proposed")
    assert (opened.previous, proposed.previous) == ("", opened.hash)


def test_a_row_of_the_house_is_read_once_and_again_after_it_changed(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        house: dict[object, object] = {}
        one, two = (Rows(connection, scene.establishment, position=at, house=house) for at in (1, 2))
        first = one.get(tables.service, id="orthopedie")
        assert two.get(tables.service, id="orthopedie") is first
        assert one.get(tables.person, id=MARTINE) is not one.get(tables.person, id=MARTINE)
        two.change(tables.service, {"id": "orthopedie"}, name="Chirurgie")
        changed = one.get(tables.service, id="orthopedie")
        assert (changed is not None and changed.name) == "Chirurgie"
