"""The calls of today that concern nobody, beside one that may be the same caller's (design 4.4)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, LinkContact, LogMotive
from app.domain.ids import Id
from app.domain.words import Outcome
from app.queries.linkable_calls import Links, links_of
from tests.support.scene import MARTINE, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]

UNKNOWN, OTHER = "+33199000198", "+33199000199"


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


def ring(scene: Scene, number: str = "") -> Id:
    scene.clock.move(timedelta(minutes=1))
    return scene.ring(number)


def links(scene: Scene, contact: Id) -> Links:
    with scene.engine.connect() as connection:
        return links_of(connection, scene.establishment, contact, now=scene.clock.now())


def others(scene: Scene, contact: Id) -> list[str]:
    return [call.contact for call in links(scene, contact).others]


def test_hidden_calls_without_a_patient_are_offered_newest_first(scene: Scene) -> None:
    first, second, theirs = ring(scene), ring(scene), ring(scene)
    scene.run(IdentifyCaller(contact=theirs, person=MARTINE))
    ring(scene, UNKNOWN)
    assert others(scene, ring(scene)) == [second, first]


def test_an_unknown_number_is_compared_with_itself_and_with_hidden_ones(scene: Scene) -> None:
    same, hidden, _ = ring(scene, UNKNOWN), ring(scene), ring(scene, OTHER)
    assert others(scene, ring(scene, UNKNOWN)) == [hidden, same]


def test_only_what_came_before_and_today_is_offered(scene: Scene) -> None:
    ring(scene)
    scene.clock.move(timedelta(days=1))
    today = ring(scene)
    call = ring(scene)
    ring(scene)
    assert others(scene, call) == [today]


def test_what_was_said_of_a_call_tells_it_from_the_others(scene: Scene) -> None:
    first = ring(scene)
    scene.run(
        LogMotive(
            contact=first, motive="61", outcome=Outcome.DEALT_WITH, service="orthopedie", note="Rappellera"
        )
    )
    (call,) = links(scene, ring(scene)).others
    assert (call.motive, call.note, call.queue_name != "") == ("61", "Rappellera", True)


def test_a_linked_call_names_the_other_and_the_act(scene: Scene) -> None:
    first, second = ring(scene), ring(scene)
    act = scene.run(LinkContact(contact=second, other=first)).command_id
    found = links(scene, second)
    assert (found.linked is not None and found.linked.contact, found.act) == (first, act)
    assert found.others == ()


def test_a_call_that_is_not_here_has_no_other(scene: Scene) -> None:
    assert links(scene, scene.new_id()) == Links()
