"""The messages of a desk: what is to do, what was done today, and nobody's name that may not be seen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    EscalateMessage,
    IdentifyCaller,
    ImportDirectory,
    LeaveMessage,
    MarkMessageDone,
    MarkMessageRead,
    PublishServiceSheet,
)
from app.domain.directory import DirectoryEntry, ServiceSheet, entry_id
from app.domain.ids import Id
from app.domain.words import Channel, EntryKind, NoteState
from app.queries.messages import MessageBoard, MessageLine, read_messages
from tests.support.scene import MARTINE, SECRET, Scene
from tests.support.stores import engine

__all__ = ["engine", "scene"]
HOUR = timedelta(hours=1)


def _entry(name: str, service: str, extension: str) -> DirectoryEntry:
    kind = EntryKind.PERSON
    return DirectoryEntry(id=entry_id(kind, name), kind=kind, name=name, service=service, extension=extension)


CLAIRE = _entry("MORVAN Claire", "orthopedie", "4101")
KADDOUR = _entry("Dr KADDOUR Yanis", "orthopedie", "4212")
HUGO = _entry("LAMBERT Hugo", "standard", "4001")


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital with a directory."""
    here = Scene(engine)
    here.run(ImportDirectory(entries=(CLAIRE, KADDOUR, HUGO)), author="import")
    return here


def _leave(scene: Scene, to: DirectoryEntry, *, by: str = "c.morvan", contact: Id | None = None) -> Id:
    scene.clock.move(timedelta(minutes=1))
    message = scene.new_id()
    due_at = scene.clock.now() + HOUR
    body = LeaveMessage(message=message, recipient=to.id, contact=contact, text="Rappeler.", due_at=due_at)
    scene.run(body, author=by)
    return message


def _do(scene: Scene, body: AnyCommand, *, by: str) -> None:
    assert not scene.run(body, author=by).refusal


def _board(scene: Scene, *services: str, author: str = "c.morvan", extension: str = "4101") -> MessageBoard:
    with scene.engine.connect() as connection:
        return read_messages(
            connection,
            scene.establishment,
            author=author,
            extension=extension,
            services=services or ("orthopedie",),
            now=scene.clock.now(),
        )


def _ids(lines: tuple[MessageLine, ...]) -> list[str]:
    return [line.message for line in lines]


def test_each_list_holds_its_messages_newest_first(scene: Scene) -> None:
    to_doctor, to_hugo = _leave(scene, KADDOUR), _leave(scene, HUGO)
    to_claire = _leave(scene, CLAIRE, by="h.lambert")
    mine = _board(scene)
    assert _ids(mine.sent) == [to_hugo, to_doctor]
    assert _ids(mine.received) == [to_claire]
    assert _ids(mine.of_service) == [to_claire, to_doctor]
    his = _board(scene, "standard", author="h.lambert", extension="4001")
    assert (_ids(his.sent), _ids(his.received), _ids(his.of_service)) == ([to_claire], [to_hugo], [to_hugo])


def test_a_line_tells_who_read_and_did_it_and_for_whom(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    message = _leave(scene, HUGO, contact=contact)
    _do(scene, MarkMessageRead(message=message), by="h.lambert")
    (line,) = _board(scene).sent
    assert (line.state, line.read_by, line.read_at) == (NoteState.READ, "Hugo Lambert", scene.clock.now())
    assert (line.birth_name, line.contact_channel, line.by_name) == (
        "DUBREUIL",
        Channel.PHONE,
        "Claire Morvan",
    )
    _do(scene, MarkMessageDone(message=message), by="h.lambert")
    (line,) = _board(scene).sent
    assert (line.is_done, line.done_by) == (True, "Hugo Lambert")


def test_what_was_done_before_today_is_no_longer_listed_and_what_waits_is(scene: Scene) -> None:
    done, waiting = _leave(scene, HUGO), _leave(scene, HUGO)
    _do(scene, MarkMessageDone(message=done), by="h.lambert")
    assert _ids(_board(scene).sent) == [waiting, done]
    scene.clock.move(timedelta(days=1))
    assert _ids(_board(scene).sent) == [waiting]
    assert _board(scene).sent[0].is_overdue(scene.clock.now())


def test_a_message_handed_on_is_listed_by_the_service_that_has_it_now(scene: Scene) -> None:
    scene.run(PublishServiceSheet(sheet=ServiceSheet(entry=KADDOUR.id, chain="4212 > 4001")), author="import")
    message = _leave(scene, KADDOUR)
    assert _ids(_board(scene, "standard").of_service) == []
    scene.clock.move(HOUR)
    _do(scene, EscalateMessage(message=message), by="job")
    (line,) = _board(scene, "standard", "orthopedie").of_service
    assert (line.message, line.steps, line.escalated_to) == (message, 1, "LAMBERT Hugo")
    assert not line.is_with_supervisor
    scene.clock.move(HOUR)
    _do(scene, EscalateMessage(message=message), by="job")
    assert _board(scene).of_service[0].is_with_supervisor


def test_a_message_about_a_protected_person_names_nobody(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=SECRET))
    _leave(scene, HUGO, contact=contact)
    (line,) = _board(scene).sent
    assert (line.person, line.birth_name, line.contact) == ("", "", contact)
    scene.lift(SECRET)
    assert _board(scene).sent[0].person == SECRET


def test_more_services_than_one_statement_asks_for_are_asked_in_turn(scene: Scene) -> None:
    message = _leave(scene, HUGO)
    many = (*(f"service-{at}" for at in range(9)), "standard")
    assert _ids(_board(scene, *many).of_service) == [message]
