"""An emergency written elsewhere is told to the desk whose call nobody took, and nothing else of it is."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    IdentifyCaller,
    LogMotive,
    NoteContact,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    WithdrawMotive,
)
from app.domain.facts import EmergencyHeard
from app.domain.ids import Id
from app.domain.words import Channel, Ending, Outcome
from app.queries.morning import read_morning
from app.store import tables
from sync.protocol.messages import EntryMessage
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.reader import read_feed_entries
from tests.support.scene import MARTINE, MARTINES_NUMBER, OTHER_QUEUE, QUEUE, SECRET, Scene
from tests.support.stores import engine
from tests.sync.test_each_command import Follower

__all__ = ["engine"]

EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
UNKNOWN = "+33639980055"
SAID = "Douleur au thorax"
SECRETARIES = FeedDesk(
    login="c.morvan", services=frozenset({"orthopedie"}), extension="4101", is_unaware=False
)
UNAWARE = msgspec.structs.replace(SECRETARIES, is_unaware=True)


@pytest.fixture
def night(engine: sa.Engine) -> Scene:
    """Monday evening; orthopaedics, open from 8 to 18, has closed, the switchboard has not."""
    scene = Scene(engine)
    service = tables.service.c
    opened = sa.update(tables.service).where(service.establishment == scene.establishment)
    with engine.begin() as connection:
        connection.execute(opened.where(service.id == "orthopedie").values(hours="1-5 08:00-18:00"))
    scene.clock.move(EVENING - scene.clock.now())
    return scene


@pytest.fixture(params=[SECRETARIES, UNAWARE], ids=["secretary", "receptionist"])
def desk(night: Scene, request: pytest.FixtureRequest) -> Generator[Follower]:
    """A replica of orthopaedics alone, which began in the evening."""
    made = Follower(night, request.param)
    yield made
    made.close()


def _call(scene: Scene, queue: str, number: str = UNKNOWN) -> Id:
    contact = scene.new_id()
    scene.clock.move(timedelta(minutes=1))
    arrived = RegisterCall(
        contact=contact, line="line:test", queue=queue, number_raw=number, arrived_at=scene.clock.now()
    )
    scene.run(arrived, author="line:test")
    return contact


def _end(scene: Scene, contact: Id) -> Id:
    scene.clock.move(timedelta(minutes=1))
    ended = RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=scene.clock.now())
    scene.run(ended, author="line:test")
    return contact


def _speak(scene: Scene, number: str = UNKNOWN) -> Id:
    contact = _call(scene, OTHER_QUEUE, number)
    answered = RegisterAnswer(contact=contact, extension="4001", at=scene.clock.now())
    scene.run(answered, author="line:test")
    return _end(scene, contact)


def _qualify(scene: Scene, contact: Id, motive: str = "00") -> Id:
    """By the switchboard; the save's id."""
    saved = LogMotive(
        contact=contact, motive=motive, outcome=Outcome.TRANSFERRED, service="standard", note=SAID
    )
    settled = scene.run(saved, author="h.lambert")
    assert settled.refusal == ""
    return settled.command_id


def _in_the_morning(desk: Follower, scene: Scene) -> list[tuple[str, bool]]:
    assert desk.follow()
    return _listed(desk, scene)


def _listed(desk: Follower, scene: Scene) -> list[tuple[str, bool]]:
    now = EVENING + timedelta(hours=14)
    with desk.engine.connect() as here:
        found = read_morning(here, scene.establishment, services=["orthopedie"], now=now)
    return [(one.contact, one.is_emergency) for one in found]


def _told(scene: Scene, desk: FeedDesk) -> list[EntryMessage]:
    entries = read_feed_entries(scene.engine, scene.establishment, after=0, most=1000)
    bodies = (entry.encode_for(desk) for entry in entries)
    return [msgspec.json.decode(body, type=EntryMessage) for body in bodies if body is not None]


def test_who_was_an_emergency_elsewhere_and_gave_up_here_is_first_in_the_morning(
    night: Scene, desk: Follower
) -> None:
    other = _end(night, _call(night, QUEUE, "+33639980056"))
    _qualify(night, _speak(night))
    left = _end(night, _call(night, QUEUE))
    assert _in_the_morning(desk, night) == [(left, True), (other, False)]


def test_what_is_written_after_the_caller_gave_up_here_is_told_too(night: Scene, desk: Follower) -> None:
    spoken = _speak(night)
    left = _end(night, _call(night, QUEUE))
    assert _in_the_morning(desk, night) == [(left, False)]
    _qualify(night, spoken)
    assert _in_the_morning(desk, night) == [(left, True)]


def test_an_emergency_that_was_none_is_told_as_none(night: Scene, desk: Follower) -> None:
    spoken = _speak(night)
    log = _qualify(night, spoken)
    left = _end(night, _call(night, QUEUE))
    assert _in_the_morning(desk, night) == [(left, True)]
    night.run(WithdrawMotive(contact=spoken, log=log), author="h.lambert")
    assert _in_the_morning(desk, night) == [(left, False)]


def test_another_motive_or_another_night_is_no_emergency_of_this_one(night: Scene, desk: Follower) -> None:
    night.clock.move(-timedelta(days=2))
    _qualify(night, _speak(night))
    night.clock.move(timedelta(days=2))
    _qualify(night, _speak(night, "+33639980057"), "91")
    left = [_end(night, _call(night, QUEUE, number)) for number in (UNKNOWN, "+33639980057")]
    assert _in_the_morning(desk, night) == [(one, False) for one in left]


def test_a_hidden_number_has_no_other_call(night: Scene, desk: Follower) -> None:
    _qualify(night, _speak(night, "anonymous"))
    left = _end(night, _call(night, QUEUE, "anonymous"))
    assert _in_the_morning(desk, night) == [(left, False)]


@pytest.mark.parametrize("number", [UNKNOWN, MARTINES_NUMBER])
def test_a_desk_is_told_the_emergency_and_nothing_of_what_was_said(
    night: Scene, desk: Follower, number: str
) -> None:
    spoken = _speak(night, number)
    _end(night, _call(night, QUEUE, number))
    _qualify(night, spoken)
    *_, last = _told(night, SECRETARIES)
    assert [msgspec.json.decode(fact)["kind"] for fact in last.facts] == [EmergencyHeard.__name__]
    assert SAID not in str(_told(night, SECRETARIES))
    assert desk.follow()
    with desk.engine.connect() as here:
        assert spoken not in here.execute(sa.select(tables.contact.c.id)).scalars().all()


def _identify(scene: Scene, contact: Id) -> Id:
    scene.run(IdentifyCaller(contact=contact, person=MARTINE), author="h.lambert")
    return contact


def _write(scene: Scene, person: Id = MARTINE, number: str = "") -> Id:
    contact = scene.new_id()
    scene.clock.move(timedelta(minutes=1))
    noted = NoteContact(
        contact=contact,
        channel=Channel.PORTAL,
        service="orthopedie",
        person=None if number else person,
        number_raw=number,
        happened_at=scene.clock.now(),
    )
    assert scene.run(noted).refusal == ""
    return contact


def test_who_hid_the_number_elsewhere_and_wrote_here_is_known_by_who_it_was(
    night: Scene, desk: Follower
) -> None:
    before = _write(night)
    log = _qualify(night, spoken := _identify(night, _speak(night, "anonymous")))
    (left,) = _in_the_morning(desk, night)
    assert left == (before, True)
    after = _write(night)
    assert _in_the_morning(desk, night) == [(after, True)]
    night.run(WithdrawMotive(contact=spoken, log=log), author="h.lambert")
    assert _in_the_morning(desk, night) == [(after, False)]


def test_a_message_of_a_number_that_was_an_emergency_elsewhere_is_one(night: Scene, desk: Follower) -> None:
    _qualify(night, _speak(night))
    left = _write(night, number=UNKNOWN)
    assert _in_the_morning(desk, night) == [(left, True)]


def test_of_a_protected_person_a_desk_is_told_no_emergency(night: Scene) -> None:
    _write(night, SECRET)
    spoken = _speak(night, "anonymous")
    night.run(IdentifyCaller(contact=spoken, person=SECRET), author="h.lambert")
    _qualify(night, spoken)
    assert b"EmergencyHeard" not in b"".join(
        bytes(fact) for entry in _told(night, UNAWARE) for fact in entry.facts
    )


def test_a_desk_that_begins_in_the_morning_knows_as_one_that_followed(night: Scene, desk: Follower) -> None:
    _qualify(night, _speak(night))
    left = _end(night, _call(night, QUEUE))
    fresh = Follower(night, SECRETARIES)
    assert _listed(fresh, night) == _in_the_morning(desk, night) == [(left, True)]
    fresh.close()


def test_a_desk_of_neither_service_is_told_nothing(night: Scene) -> None:
    _qualify(night, _speak(night))
    _end(night, _call(night, QUEUE))
    elsewhere = FeedDesk(login="x", services=frozenset({"imagerie"}), extension="", is_unaware=False)
    assert [
        fact for entry in _told(night, elsewhere) for fact in entry.facts if b"Emergency" in bytes(fact)
    ] == []
