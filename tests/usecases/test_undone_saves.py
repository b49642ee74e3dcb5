"""A save undone leaves the service and who spoke as they were before it, whatever stood there."""

from app.domain.commands import IdentifyCaller, LogMotive, NoteContact, RegisterOverflow, WithdrawMotive
from app.domain.ids import Id
from app.domain.words import CallerKind, Channel, Outcome
from app.store import tables
from tests.support.scene import OTHER_QUEUE, PAUL, QUEUE, Scene

OWN, OTHER = "orthopedie", "standard"


def saved(scene: Scene, contact: Id, service: str, kind: CallerKind) -> Id:
    log = LogMotive(
        contact=contact, motive="61", outcome=Outcome.DEALT_WITH, service=service, caller_kind=kind
    )
    settled = scene.run(log)
    assert settled.refusal == ""
    return settled.command_id


def undone(scene: Scene, contact: Id, log: Id) -> tuple[str, str]:
    assert scene.run(WithdrawMotive(contact=contact, log=log)).refusal == ""
    return stands(scene, contact)


def stands(scene: Scene, contact: Id) -> tuple[str, str]:
    row = scene.get(tables.contact, id=contact)
    return row.service, row.caller_kind


def test_an_undone_save_gives_back_the_service_and_that_nobody_said_who_spoke(scene: Scene) -> None:
    contact = scene.ring()
    log = saved(scene, contact, OTHER, CallerKind.RELATIVE)
    assert stands(scene, contact) == (OTHER, "relative")
    assert undone(scene, contact, log) == (OWN, "unknown")
    row = scene.get(tables.contact, id=contact)
    assert (row.motive, row.log, row.service_before, row.kind_before) == ("", None, "", "")


def test_what_an_older_save_said_is_there_again(scene: Scene) -> None:
    contact = scene.ring()
    saved(scene, contact, OTHER, CallerKind.PROFESSIONAL)
    log = saved(scene, contact, OWN, CallerKind.PATIENT)
    assert undone(scene, contact, log) == (OTHER, "professional")


def test_who_was_said_to_speak_before_the_save_is_said_again(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(IdentifyCaller(contact=contact, person=PAUL, caller_kind=CallerKind.RELATIVE))
    log = saved(scene, contact, OWN, CallerKind.PATIENT)
    assert undone(scene, contact, log) == (OWN, "relative")


def test_who_was_said_to_speak_since_the_save_stays(scene: Scene) -> None:
    contact = scene.ring()
    log = saved(scene, contact, OWN, CallerKind.PATIENT)
    scene.run(IdentifyCaller(contact=contact, person=PAUL, caller_kind=CallerKind.RELATIVE))
    assert undone(scene, contact, log) == (OWN, "relative")


def test_a_call_that_went_to_another_queue_since_the_save_stays_there(scene: Scene) -> None:
    contact = scene.ring()
    log = saved(scene, contact, OWN, CallerKind.PATIENT)
    at = scene.clock.now()
    moved = RegisterOverflow(contact=contact, from_queue=QUEUE, queue=OTHER_QUEUE, at=at)
    assert scene.run(moved, author="line:test").refusal == ""
    assert undone(scene, contact, log)[0] == OTHER


def test_the_service_of_before_is_told_and_holds_the_person_again(scene: Scene) -> None:
    contact = scene.new_id()
    noted = NoteContact(
        contact=contact, channel=Channel.DESK, service=OTHER, person=None, happened_at=scene.clock.now()
    )
    scene.run(noted)
    log = saved(scene, contact, OWN, CallerKind.PATIENT)
    scene.run(IdentifyCaller(contact=contact, person=PAUL))
    assert scene.find(tables.person_scope, person=PAUL, service=OTHER) is None
    settled = scene.run(WithdrawMotive(contact=contact, log=log))
    assert OTHER in scene.entry(settled).scope.services
    assert scene.find(tables.person_scope, person=PAUL, service=OTHER) is not None
