"""A person's record without a call: what is held here, and nobody who may not be known (rules R5)."""

import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller
from app.queries.person_record import PersonRecord, person_record
from tests.queries.conftest import HOUSE, NOW, person_named
from tests.support.scene import MARTINE, SECRET, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def _record(scene: Scene, person: str) -> PersonRecord | None:
    with scene.engine.connect() as connection:
        return person_record(connection, scene.establishment, person, now=scene.clock.now())


def test_a_record_tells_who_it_is_and_what_was_said(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    record = _record(scene, MARTINE)
    assert record is not None
    assert (record.traits.birth_name, record.traits.first_given_name) == ("DUBREUIL", "Martine")
    assert record.glance.last is not None
    assert (record.contacts_total, record.repeat) == (1, None)
    assert [entry.contact for group in record.timeline.groups for entry in group.entries] == [contact]


def test_a_record_tells_that_its_last_contact_was_one_more_about_the_same(reading: sa.Connection) -> None:
    martine = person_named(reading, "DUBREUIL", "Martine")
    record = person_record(reading, HOUSE, martine, now=NOW)
    assert record is not None
    assert record.repeat is not None
    assert (record.repeat.case, record.repeat.contacts) == (record.glance.open_cases[0].case, 3)
    assert record.contacts_total == 13


def test_nobody_and_whoever_may_not_be_known_have_no_record(scene: Scene) -> None:
    assert (_record(scene, SECRET), _record(scene, scene.new_id())) == (None, None)
