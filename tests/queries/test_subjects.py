"""What a command of the outbox is about, and how a contact stands that two people qualified."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, LogMotive, Promise
from app.domain.words import Channel, Outcome
from app.queries.subjects import Subject, read_standing, read_subjects
from tests.support.scene import MARTINE, MARTINES_NUMBER, SECRET, SECRETS_NUMBER, Scene
from tests.support.stores import engine

__all__ = ["engine", "scene"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


def _named(scene: Scene, contact: str) -> Subject:
    with scene.engine.connect() as connection:
        found = read_subjects(connection, scene.establishment, contacts=[contact], persons=[], commitments=[])
    return found[contact]


def test_a_contact_is_named_by_its_person_a_person_and_a_promise_too(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    promised = scene.new_id()
    due_at = scene.clock.now() + timedelta(hours=2)
    promise = Promise(commitment=promised, due_at=due_at, owner="c.morvan")
    scene.run(
        LogMotive(
            contact=contact,
            motive="11",
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            note="Fille à prévenir",
            commitment=promise,
        )
    )
    with scene.engine.connect() as connection:
        found = read_subjects(
            connection,
            scene.establishment,
            contacts=[contact],
            persons=[MARTINE],
            commitments=[promised],
        )
        standing = read_standing(connection, scene.establishment, contact)
    assert {(one.birth_name, one.first_given_name) for one in found.values()} == {("DUBREUIL", "Martine")}
    assert (found[contact].channel, found[contact].number) == (Channel.PHONE, MARTINES_NUMBER)
    assert standing is not None
    assert (standing.motive, standing.outcome, standing.note) == ("11", Outcome.FOLLOW_UP, "Fille à prévenir")
    assert (standing.due_at, standing.birth_name) == (due_at, "DUBREUIL")


def test_an_invisible_person_is_not_named(scene: Scene) -> None:
    contact = scene.ring(SECRETS_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=SECRET))
    assert _named(scene, contact).birth_name == ""
    with scene.engine.connect() as connection:
        standing = read_standing(connection, scene.establishment, contact)
    assert standing is not None
    assert standing.birth_name == ""


def test_what_this_desk_does_not_hold_is_not_told(scene: Scene) -> None:
    asked = {"contacts": ["nothing"], "persons": [], "commitments": []}
    with scene.engine.connect() as connection:
        assert read_standing(connection, scene.establishment, "nothing") is None
        assert read_subjects(connection, scene.establishment, **asked) == {}
