"""A message that nobody did in time goes further, once, whichever server looks."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    ImportDirectory,
    LeaveMessage,
    MarkMessageDone,
    PublishServiceSheet,
    WithdrawMessage,
)
from app.domain.directory import DirectoryEntry, ServiceSheet, entry_id
from app.domain.ids import Id
from app.domain.words import EntryKind
from app.store import tables
from sync.protocol.messages import EntryMessage
from sync.server.feed.desk import Desk
from sync.server.feed.reader import read_feed_entries
from sync.server.jobs.due_commands import DueCommands
from sync.server.jobs.escalations import AUTHOR, find_escalations
from tests.jobs.conftest import new_intake
from tests.support.scene import Scene

HOUR = timedelta(hours=1)
KADDOUR = DirectoryEntry(
    id=entry_id(EntryKind.PERSON, "Dr KADDOUR Yanis"),
    kind=EntryKind.PERSON,
    name="Dr KADDOUR Yanis",
    service="orthopedie",
    extension="4212",
)
SWITCHBOARD = DirectoryEntry(
    id=entry_id(EntryKind.SERVICE, "Standard"),
    kind=EntryKind.SERVICE,
    name="Standard",
    service="standard",
    extension="4001",
)
HUGO = Desk(login="h.lambert", services=frozenset({"standard"}), extension="4001", is_unaware=True)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital, where the doctor's messages go to the switchboard next."""
    here = Scene(engine)
    here.run(ImportDirectory(entries=(KADDOUR, SWITCHBOARD)), author="import")
    sheet = ServiceSheet(entry=KADDOUR.id, chain="4212 > 4001")
    here.run(PublishServiceSheet(sheet=sheet), author="import")
    return here


@pytest.fixture
def escalations(scene: Scene) -> Callable[[], DueCommands]:
    """What one more server process would do."""

    def make() -> DueCommands:
        intake = new_intake(scene)
        return DueCommands(
            scene.engine,
            scene.establishment,
            intake,
            clock=scene.clock,
            author=AUTHOR,
            find=find_escalations,
        )

    return make


def _left(scene: Scene) -> Id:
    message = scene.new_id()
    due_at = scene.clock.now() + HOUR
    scene.run(LeaveMessage(message=message, recipient=KADDOUR.id, text="Rappeler.", due_at=due_at))
    return message


def _steps(scene: Scene, message: Id) -> int:
    return scene.get(tables.call_back_note, id=message).steps


def test_a_message_goes_further_when_due_and_to_the_supervisor_a_while_later(
    scene: Scene, escalations: Callable[[], DueCommands]
) -> None:
    message, job = _left(scene), escalations()
    assert (list(job()), _steps(scene, message)) == ([], 0)
    scene.clock.move(HOUR)
    assert (list(job()), list(job()), _steps(scene, message)) == ([1], [], 1)
    scene.clock.move(timedelta(minutes=14))
    assert (list(job()), _steps(scene, message)) == ([], 1)
    scene.clock.move(timedelta(minutes=1))
    assert (list(job()), list(job()), _steps(scene, message)) == ([1], [], 2)


def test_two_servers_that_look_at_once_hand_a_message_on_once(
    scene: Scene, escalations: Callable[[], DueCommands]
) -> None:
    message = _left(scene)
    scene.clock.move(HOUR)
    commands = Commands(scene)
    assert [list(job()) for job in (escalations(), escalations())] == [[1], []]
    assert (commands.since(), _steps(scene, message)) == (1, 1)


@pytest.mark.parametrize("is_done", [True, False])
def test_a_message_done_or_taken_back_in_time_goes_nowhere(
    scene: Scene, escalations: Callable[[], DueCommands], *, is_done: bool
) -> None:
    message = _left(scene)
    scene.run(
        MarkMessageDone(message=message) if is_done else WithdrawMessage(message=message, act=scene.new_id())
    )
    scene.clock.move(5 * HOUR)
    assert (list(escalations()()), _steps(scene, message)) == ([], 0)


def test_more_messages_than_a_batch_go_further_batch_by_batch(
    scene: Scene, escalations: Callable[[], DueCommands]
) -> None:
    messages = [_left(scene) for _ in range(103)]
    scene.clock.move(2 * HOUR)
    assert list(escalations()()) == [100, 3]
    assert {_steps(scene, message) for message in messages} == {1}


def test_a_message_about_nobody_known_comes_whole_to_the_service_that_has_it_now(
    scene: Scene, escalations: Callable[[], DueCommands]
) -> None:
    message = _left(scene)
    before = _head(scene)
    scene.clock.move(HOUR)
    assert list(escalations()()) == [1]
    (entry,) = read_feed_entries(scene.engine, scene.establishment, after=before)
    body = entry.encode_for(HUGO)
    assert body is not None
    (bundle,) = msgspec.json.decode(body, type=EntryMessage).bundles
    assert [row["id"] for row in bundle.rows["call_back_note"]] == [message]


class Commands:
    """How many commands the journal has taken since."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._before = _head(scene)

    def since(self) -> int:
        return _head(self._scene) - self._before


def _head(scene: Scene) -> int:
    return len(scene.rows(tables.journal))
