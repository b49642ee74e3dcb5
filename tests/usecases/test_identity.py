"""Saying who is concerned, and reading a record (rules R1, R2)."""

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, LogMotive, OpenPerson, ReleasePerson
from app.domain.facts import CallerIdentified, PersonLeft, PersonOpened
from app.domain.words import CallerKind, Outcome, Proof
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene

TWO = (Proof.BIRTH_DATE, Proof.POSTCODE)


def _identified(scene: Scene, command: IdentifyCaller) -> CallerIdentified:
    (fact,) = (fact for fact in scene.facts(scene.run(command)) if isinstance(fact, CallerIdentified))
    return fact


def test_two_proofs_verify_the_caller_for_this_contact(scene: Scene) -> None:
    contact = scene.ring()
    fact = _identified(
        scene,
        IdentifyCaller(contact=contact, person=MARTINE, proofs=TWO, caller_kind=CallerKind.PATIENT),
    )
    assert (fact.is_verified, fact.by, fact.caller_kind) == (True, "c.morvan", CallerKind.PATIENT)
    row = scene.get(tables.contact, id=contact)
    assert (row.person, row.proofs, row.verified_at) == (MARTINE, "birth_date postcode", scene.clock.now())
    assert scene.get(tables.timeline, contact=contact).person == MARTINE


@pytest.mark.parametrize("proof", [Proof.CALL_BACK, Proof.PAPER_AT_DESK])
def test_a_call_back_or_a_paper_is_enough_alone(scene: Scene, proof: Proof) -> None:
    assert _identified(
        scene, IdentifyCaller(contact=scene.ring(), person=MARTINE, proofs=(proof,))
    ).is_verified


def test_without_proof_the_contact_is_linked_and_not_verified(scene: Scene) -> None:
    contact = scene.ring()
    assert not _identified(scene, IdentifyCaller(contact=contact, person=MARTINE)).is_verified
    assert scene.get(tables.contact, id=contact).verified_at is None


@pytest.mark.parametrize("proofs", [(Proof.BIRTH_DATE,), (Proof.POSTCODE, Proof.POSTCODE)])
def test_one_proof_is_refused(scene: Scene, proofs: tuple[Proof, ...]) -> None:
    contact = scene.ring()
    settled = scene.run(IdentifyCaller(contact=contact, person=MARTINE, proofs=proofs))
    assert (settled.refusal, settled.field) == ("proofs_insufficient", "proofs")
    assert scene.get(tables.contact, id=contact).person is None


def test_a_contact_linked_again_leaves_the_first_persons_timeline(scene: Scene) -> None:
    contact = scene.ring(SHARED_NUMBER)
    for person in (PAUL, JEANNE):
        scene.run(IdentifyCaller(contact=contact, person=person))
    assert scene.find(tables.timeline, person=PAUL) is None
    assert scene.get(tables.timeline, person=JEANNE).contact == contact


def test_both_persons_desks_are_told_when_a_contact_changes_person(scene: Scene) -> None:
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=PAUL))
    moved = scene.run(IdentifyCaller(contact=contact, person=JEANNE))
    assert set(scene.entry(moved).scope.persons) == {PAUL, JEANNE}


def test_an_unknown_contact_or_person_is_refused(scene: Scene) -> None:
    nobody = scene.run(IdentifyCaller(contact=scene.ring(), person=scene.new_id()))
    nothing = scene.run(IdentifyCaller(contact=scene.new_id(), person=MARTINE))
    assert (nobody.refusal, nobody.field) == ("unknown_person", "person")
    assert (nothing.refusal, nothing.field) == ("unknown_contact", "contact")


def test_the_service_of_the_call_holds_who_was_identified(scene: Scene) -> None:
    scene.run(IdentifyCaller(contact=scene.ring(), person=PAUL))
    assert scene.find(tables.person_scope, person=PAUL, service="orthopedie") is not None


def test_opening_a_record_needs_a_contact_or_a_reason(scene: Scene) -> None:
    refused = scene.run(OpenPerson(person=MARTINE))
    assert (refused.refusal, refused.field) == ("reason_required", "reason")
    assert scene.count(tables.access_log) == 0


def test_opening_a_record_is_traced_with_its_reason(scene: Scene) -> None:
    opened = scene.run(OpenPerson(person=MARTINE, reason="rappel"))
    (fact,) = scene.facts(opened)
    assert isinstance(fact, PersonOpened)
    row = scene.get(tables.access_log, position=1)
    assert (row.person, row.author, row.reason) == (MARTINE, "c.morvan", "rappel")


def test_nobodys_record_cannot_be_opened(scene: Scene) -> None:
    settled = scene.run(OpenPerson(person=scene.new_id(), reason="rappel"))
    assert (settled.refusal, settled.field) == ("unknown_person", "person")


def test_a_released_person_leaves_the_scope_once(scene: Scene) -> None:
    scene.ring()
    release = ReleasePerson(person=MARTINE, service="orthopedie")
    assert scene.facts(scene.run(release)) == (PersonLeft(person=MARTINE, service="orthopedie"),)
    assert scene.facts(scene.run(release)) == ()


def _merge(scene: Scene, person: str, *, into: str) -> None:
    chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=person)
    with scene.engine.begin() as connection:
        connection.execute(chosen.values(same_as=into))


@pytest.mark.parametrize(("named", "other"), [(PAUL, JEANNE), (JEANNE, PAUL)])
def test_a_service_holds_a_merged_person_under_every_id(scene: Scene, named: str, other: str) -> None:
    _merge(scene, PAUL, into=JEANNE)
    scene.run(IdentifyCaller(contact=scene.ring(), person=named))
    for person in (named, other):
        assert scene.find(tables.person_scope, person=person, service="orthopedie") is not None
    released = scene.run(ReleasePerson(person=named, service="orthopedie"))
    left = {fact.person for fact in scene.facts(released) if isinstance(fact, PersonLeft)}
    assert left == {named, other}


def test_a_demand_of_the_person_kept_is_a_merged_persons_too(scene: Scene) -> None:
    case, contacts = scene.new_id(), [scene.ring(), scene.ring()]
    for contact, person in zip(contacts, (JEANNE, PAUL), strict=True):
        scene.run(IdentifyCaller(contact=contact, person=person))
    motive = LogMotive(
        contact=contacts[0],
        motive="11",
        outcome=Outcome.DEALT_WITH,
        service="orthopedie",
        case=case,
        case_title="Rendez-vous",
    )
    scene.run(motive)
    again = msgspec.structs.replace(motive, contact=contacts[1], case_title="")
    assert scene.run(again).refusal == "case_of_another"
    _merge(scene, PAUL, into=JEANNE)
    assert scene.run(again).refusal == ""
    joined = msgspec.structs.replace(motive, contact=contacts[1], case=scene.new_id())
    scene.run(joined)
    assert scene.get(tables.contact, id=contacts[1]).case_id == case
