"""The day of a desk: its last contacts, who is expected, what waits, and the time after a call."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, LogMotive, NoteContact, RegisterAnswer, RegisterEnd
from app.domain.ids import Id
from app.domain.words import Channel, Ending, Outcome
from app.queries.day import DayView, read_day
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, SECRET, SHARED_NUMBER, Scene
from tests.support.stores import engine

__all__ = ["engine", "scene"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def _day(scene: Scene, *services: str, agent: str = "c.morvan") -> DayView:
    shown = services or ("orthopedie",)
    with scene.engine.connect() as connection:
        return read_day(connection, scene.establishment, services=shown, agent=agent, now=scene.clock.now())


def _write(scene: Scene, channel: Channel, person: Id | None) -> Id:
    contact = scene.new_id()
    noted = NoteContact(
        contact=contact,
        channel=channel,
        service="orthopedie",
        person=person,
        text="Bonjour",
        happened_at=scene.clock.now(),
    )
    scene.run(noted)
    return contact


def test_the_last_contacts_come_newest_first_without_who_may_not_be_seen(scene: Scene) -> None:
    first = _write(scene, Channel.DESK, MARTINE)
    scene.clock.move(timedelta(minutes=5))
    _write(scene, Channel.DESK, SECRET)
    ringing = scene.ring(SHARED_NUMBER)
    last, before = _day(scene).contacts
    assert (last.contact, last.is_over, before.contact, before.first_given_name) == (
        ringing,
        False,
        first,
        "Martine",
    )
    assert _day(scene, "standard").contacts == ()
    scene.lift(SECRET)
    assert len(_day(scene).contacts) == 3


def test_a_call_qualified_just_after_it_counts_in_the_post_call_and_one_qualified_later_does_not(
    scene: Scene,
) -> None:
    for minutes in (1, 20):
        contact = scene.ring(SHARED_NUMBER)
        scene.run(RegisterAnswer(contact=contact, extension="4101", at=scene.clock.now()))
        scene.run(IdentifyCaller(contact=contact, person=MARTINE))
        scene.run(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=scene.clock.now()))
        scene.clock.move(timedelta(minutes=minutes))
        scene.run(LogMotive(contact=contact, motive="91", outcome=Outcome.DEALT_WITH, service="orthopedie"))
    mean = _day(scene).post_call
    assert (mean.value, mean.base) == (timedelta(minutes=1), 1)
    assert _day(scene, agent="h.lambert").post_call.base == 0


def test_a_message_waits_until_it_is_answered(scene: Scene) -> None:
    since = scene.clock.now()
    contact = _write(scene, Channel.EMAIL, MARTINE)
    scene.clock.move(timedelta(hours=2))
    _write(scene, Channel.PORTAL, JEANNE)
    assert (_day(scene).unanswered, _day(scene).unanswered_since) == (2, since)
    scene.run(LogMotive(contact=contact, motive="91", outcome=Outcome.DEALT_WITH, service="orthopedie"))
    assert _day(scene).unanswered == 1


def test_who_is_expected_today_comes_soonest_first_and_leaves_once_late(scene: Scene) -> None:
    now = scene.clock.now()
    visits = {"late": (MARTINE, -20), "soon": (JEANNE, 10), "next": (MARTINE, 40), "hidden": (SECRET, 30)}
    with scene.engine.begin() as connection:
        for name, (person, minutes) in visits.items():
            row = {
                "establishment": scene.establishment,
                "id": name,
                "person": person,
                "at": now + timedelta(minutes=minutes),
                "title": "Consultation",
                "service": "orthopedie",
                "state": "planned",
            }
            connection.execute(sa.insert(tables.appointment), row)
    assert [one.appointment for one in _day(scene).arrivals] == ["soon", "next"]
    scene.lift(SECRET)
    assert [one.appointment for one in _day(scene).arrivals] == ["soon", "hidden", "next"]
