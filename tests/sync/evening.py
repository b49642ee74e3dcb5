"""A desk of orthopaedics that closed, a switchboard that did not, and who called either or both."""

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
)
from app.domain.ids import Id
from app.domain.words import Channel, Ending, Outcome
from app.queries.morning import read_morning
from app.store import tables
from sync.protocol.messages import EntryMessage
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.reader import read_feed_entries
from tests.support.scene import MARTINE, OTHER_QUEUE, Scene
from tests.sync.test_each_command import Follower

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


def call(scene: Scene, queue: str, number: str = UNKNOWN) -> Id:
    contact = scene.new_id()
    scene.clock.move(timedelta(minutes=1))
    arrived = RegisterCall(
        contact=contact, line="line:test", queue=queue, number_raw=number, arrived_at=scene.clock.now()
    )
    scene.run(arrived, author="line:test")
    return contact


def end_call(scene: Scene, contact: Id) -> Id:
    scene.clock.move(timedelta(minutes=1))
    ended = RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=scene.clock.now())
    scene.run(ended, author="line:test")
    return contact


def speak(scene: Scene, number: str = UNKNOWN) -> Id:
    contact = call(scene, OTHER_QUEUE, number)
    answered = RegisterAnswer(contact=contact, extension="4001", at=scene.clock.now())
    scene.run(answered, author="line:test")
    return end_call(scene, contact)


def qualify(scene: Scene, contact: Id, motive: str = "00", *, service: str = "standard") -> Id:
    """By the switchboard; the save's id."""
    saved = LogMotive(contact=contact, motive=motive, outcome=Outcome.TRANSFERRED, service=service, note=SAID)
    settled = scene.run(saved, author="h.lambert")
    assert settled.refusal == ""
    return settled.command_id


def in_the_morning(desk: Follower, scene: Scene) -> list[tuple[str, bool]]:
    assert desk.follow()
    return listed(desk, scene)


def listed(desk: Follower, scene: Scene) -> list[tuple[str, bool]]:
    now = EVENING + timedelta(hours=14)
    with desk.engine.connect() as here:
        found = read_morning(here, scene.establishment, services=["orthopedie"], now=now)
    return [(one.contact, one.is_emergency) for one in found]


def marked(desk: Follower, contact: Id) -> tuple[bool, bool]:
    """Whether the desk's own row says an emergency, and an exchange since: Martine's others it holds too."""
    known = tables.contact.c
    asked = sa.select(known.emergency_at, known.followed_at).where(known.id == contact)
    with desk.engine.connect() as here:
        said, followed = here.execute(asked).one()
    return said is not None, followed is not None


def told_to(scene: Scene, desk: FeedDesk) -> list[EntryMessage]:
    entries = read_feed_entries(scene.engine, scene.establishment, after=0, most=1000)
    bodies = (entry.encode_for(desk) for entry in entries)
    return [msgspec.json.decode(body, type=EntryMessage) for body in bodies if body is not None]


def identify(scene: Scene, contact: Id, person: Id = MARTINE) -> Id:
    scene.run(IdentifyCaller(contact=contact, person=person), author="h.lambert")
    return contact


def write(scene: Scene, person: Id = MARTINE, number: str = "") -> Id:
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
