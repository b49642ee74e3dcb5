"""A message to call back follows its recipient, and its author sees what became of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    EscalateMessage,
    IdentifyCaller,
    ImportDirectory,
    LeaveMessage,
    MarkMessageDone,
    MarkMessageRead,
    PublishServiceSheet,
    WithdrawMessage,
)
from app.domain.directory import DirectoryEntry, ServiceSheet, entry_id
from app.domain.facts import AnyFact, MessageEscalated, MessageLeft
from app.domain.ids import Id
from app.domain.words import EntryKind, NoteState
from app.store import tables
from tests.support.scene import MARTINE, Scene


def entry(name: str, service: str, extension: str) -> DirectoryEntry:
    kind = EntryKind.PERSON
    return DirectoryEntry(id=entry_id(kind, name), kind=kind, name=name, service=service, extension=extension)


KADDOUR = entry("Dr KADDOUR Yanis", "orthopedie", "4212")
SWITCHBOARD = entry("Standard", "standard", "4001")


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    here = Scene(engine)
    here.run(ImportDirectory(entries=(KADDOUR, SWITCHBOARD)), author="import")
    return here


def left(scene: Scene, recipient: DirectoryEntry = SWITCHBOARD, contact: Id | None = None) -> Id:
    message = scene.new_id()
    scene.run(
        LeaveMessage(
            message=message,
            recipient=recipient.id,
            contact=contact,
            text="Merci de rappeler avant 17 h.",
            due_at=scene.clock.now() + timedelta(hours=1),
        )
    )
    return message


def state(scene: Scene, message: Id) -> str:
    return scene.get(tables.call_back_note, id=message).state


def test_a_message_is_linked_to_its_contact_and_its_service_holds_the_person(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    assert scene.find(tables.person_scope, person=MARTINE, service="standard") is None
    message = left(scene, contact=contact)
    row = scene.get(tables.call_back_note, id=message)
    assert (row.person, row.contact, row.recipient_service) == (MARTINE, contact, "standard")
    assert scene.find(tables.person_scope, person=MARTINE, service="standard") is not None


def test_read_and_done_are_set_by_the_recipient_alone(scene: Scene) -> None:
    message = left(scene)
    refused = scene.run(MarkMessageRead(message=message), author="c.morvan")
    assert (refused.refusal, state(scene, message)) == ("not_recipient", NoteState.SENT)
    scene.run(MarkMessageRead(message=message), author="h.lambert")
    assert state(scene, message) == NoteState.READ
    scene.run(MarkMessageDone(message=message), author="h.lambert")
    row = scene.get(tables.call_back_note, id=message)
    assert (row.state, row.read_by, row.done_by) == (NoteState.DONE, "h.lambert", "h.lambert")


def test_both_services_are_told(scene: Scene) -> None:
    contact = scene.ring()
    settled = scene.run(
        LeaveMessage(
            message=scene.new_id(),
            recipient=SWITCHBOARD.id,
            contact=contact,
            text="Rappeler.",
            due_at=scene.clock.now(),
        )
    )
    assert scene.entry(settled).scope.services == ("orthopedie", "standard")
    assert not scene.entry(settled).scope.is_for_all


def test_a_message_left_twice_is_left_once(scene: Scene) -> None:
    message = left(scene)
    again = LeaveMessage(message=message, recipient=SWITCHBOARD.id, text="Autre.", due_at=scene.clock.now())
    assert scene.facts(scene.run(again)) == ()


def test_overdue_it_goes_to_the_next_of_the_chain_then_to_the_supervisor(scene: Scene) -> None:
    chain = ServiceSheet(entry=KADDOUR.id, chain="4212 > 4001 > Standard")
    scene.run(PublishServiceSheet(sheet=chain), author="import")
    message = left(scene, KADDOUR)
    early = scene.run(EscalateMessage(message=message), author="job")
    assert scene.facts(early) == ()
    scene.clock.move(timedelta(hours=1))
    facts: list[AnyFact] = []
    for _ in range(5):
        facts += scene.facts(scene.run(EscalateMessage(message=message), author="job"))
        scene.clock.move(timedelta(minutes=10))
    told = [fact for fact in facts if isinstance(fact, MessageEscalated)]
    assert [(fact.step, fact.to_name, fact.to_service) for fact in told] == [
        (1, "Standard", "standard"),
        (2, "", ""),
    ]
    assert told[1].escalated_at - told[0].escalated_at == timedelta(minutes=20)
    scene.run(MarkMessageDone(message=message), author="h.lambert")
    assert state(scene, message) == NoteState.DONE


def test_a_done_message_goes_to_nobody(scene: Scene) -> None:
    message = left(scene)
    scene.run(MarkMessageDone(message=message), author="h.lambert")
    scene.clock.move(timedelta(days=1))
    assert scene.facts(scene.run(EscalateMessage(message=message), author="job")) == ()


def test_a_message_to_nobody_known_is_refused(scene: Scene) -> None:
    nobody = entry_id(EntryKind.PERSON, "Personne")
    sent = LeaveMessage(message=scene.new_id(), recipient=nobody, text="Rappeler.", due_at=scene.clock.now())
    settled = scene.run(sent)
    assert (settled.refusal, settled.field) == ("unknown_recipient", "recipient")
    assert not [fact for fact in scene.facts(settled) if isinstance(fact, MessageLeft)]


def taken_back(scene: Scene, message: Id, *, author: str = "c.morvan") -> str:
    return scene.run(WithdrawMessage(message=message, act=scene.new_id()), author=author).refusal


def test_its_author_takes_back_a_message_that_nobody_read_and_nothing_of_it_stays(scene: Scene) -> None:
    message = left(scene)
    assert (taken_back(scene, message, author="h.lambert"), state(scene, message)) == (
        "not_allowed",
        NoteState.SENT,
    )
    assert taken_back(scene, message) == ""
    row = scene.get(tables.call_back_note, id=message)
    assert (row.state, row.text) == (NoteState.WITHDRAWN, "")
    assert taken_back(scene, message) == ""
    scene.run(MarkMessageRead(message=message), author="h.lambert")
    late = scene.run(MarkMessageDone(message=message), author="h.lambert")
    assert (late.refusal, state(scene, message)) == ("message_withdrawn", NoteState.WITHDRAWN)


def test_a_message_that_was_read_is_not_taken_back(scene: Scene) -> None:
    message = left(scene)
    scene.run(MarkMessageRead(message=message), author="h.lambert")
    assert (taken_back(scene, message), state(scene, message)) == ("message_read", NoteState.READ)


def test_a_message_taken_back_is_never_handed_on(scene: Scene) -> None:
    message = left(scene)
    taken_back(scene, message)
    scene.clock.move(timedelta(hours=2))
    scene.run(EscalateMessage(message=message), author="server")
    assert scene.get(tables.call_back_note, id=message).steps == 0
