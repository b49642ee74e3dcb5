"""Whose a contact is can be taken back as it was, and said of two contacts at once (design 4.4)."""

from datetime import timedelta

import pytest

from app.domain.commands import (
    Commit,
    IdentifyCaller,
    LinkContact,
    LogMotive,
    Promise,
    UnlinkContact,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.facts import PersonLeft
from app.domain.ids import Id
from app.domain.words import CallerKind, Outcome, Proof
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene

OWN = "orthopedie"


def identified(scene: Scene, contact: Id, person: str, *proofs: Proof) -> Id:
    settled = scene.run(IdentifyCaller(contact=contact, person=person, proofs=proofs))
    assert settled.refusal == ""
    return settled.command_id


def linked(scene: Scene, contact: Id, other: Id) -> Id:
    settled = scene.run(LinkContact(contact=contact, other=other))
    assert settled.refusal == ""
    return settled.command_id


def persons(scene: Scene, *contacts: Id) -> list[str | None]:
    return [scene.get(tables.contact, id=contact).person for contact in contacts]


def logged(scene: Scene, contact: Id) -> Id:
    log = LogMotive(contact=contact, motive="61", outcome=Outcome.DEALT_WITH, service=OWN)
    return scene.run(log).command_id


def hidden(scene: Scene) -> Id:
    scene.clock.move(timedelta(minutes=1))
    return scene.ring("")


def test_a_first_identification_is_undone_and_the_contact_is_nobodys_again(scene: Scene) -> None:
    contact = hidden(scene)
    two = (Proof.BIRTH_DATE, Proof.POSTCODE)
    act = identified(scene, contact, PAUL, *two)
    undone = scene.run(WithdrawIdentification(contact=contact, act=act))
    assert undone.refusal == ""
    row = scene.get(tables.contact, id=contact)
    assert (row.person, row.proofs, row.verified_at, row.identified_by) == (None, "", None, None)
    assert scene.find(tables.timeline, contact=contact) is None
    assert PAUL in scene.entry(undone).scope.persons


def test_an_undone_identification_gives_back_whom_the_contact_was_said_to_be_before(scene: Scene) -> None:
    contact = scene.ring(SHARED_NUMBER)
    identified(scene, contact, PAUL)
    act = identified(scene, contact, JEANNE)
    assert scene.run(WithdrawIdentification(contact=contact, act=act)).refusal == ""
    assert persons(scene, contact) == [PAUL]
    assert scene.find(tables.timeline, person=JEANNE) is None
    assert scene.get(tables.timeline, person=PAUL).contact == contact


def test_whoever_was_held_for_that_contact_alone_is_held_no_more(scene: Scene) -> None:
    contact = hidden(scene)
    act = identified(scene, contact, PAUL)
    assert scene.find(tables.person_scope, person=PAUL, service=OWN) is not None
    undone = scene.run(WithdrawIdentification(contact=contact, act=act))
    left = [fact for fact in scene.facts(undone) if isinstance(fact, PersonLeft)]
    assert left == [PersonLeft(person=PAUL, service=OWN)]
    assert scene.find(tables.person_scope, person=PAUL, service=OWN) is None


def test_whoever_called_the_service_otherwise_is_held_still(scene: Scene) -> None:
    identified(scene, hidden(scene), PAUL)
    contact = hidden(scene)
    act = identified(scene, contact, PAUL)
    scene.run(WithdrawIdentification(contact=contact, act=act))
    assert scene.find(tables.person_scope, person=PAUL, service=OWN) is not None


def test_verifying_the_same_person_leaves_the_identification_to_be_undone(scene: Scene) -> None:
    contact = hidden(scene)
    act = identified(scene, contact, MARTINE)
    identified(scene, contact, MARTINE, Proof.CALL_BACK)
    assert scene.run(WithdrawIdentification(contact=contact, act=act)).refusal == ""
    assert persons(scene, contact) == [None]


def test_an_identification_is_undone_once_and_only_the_last(scene: Scene) -> None:
    contact = hidden(scene)
    first = identified(scene, contact, PAUL)
    second = identified(scene, contact, JEANNE)
    early = scene.run(WithdrawIdentification(contact=contact, act=first))
    scene.run(WithdrawIdentification(contact=contact, act=second))
    again = scene.run(WithdrawIdentification(contact=contact, act=second))
    nothing = scene.run(WithdrawIdentification(contact=scene.new_id(), act=first))
    assert [(one.refusal, one.field) for one in (early, again, nothing)] == [
        ("already_changed", "act"),
        ("already_changed", "act"),
        ("unknown_contact", "contact"),
    ]


def test_what_was_qualified_since_is_undone_first(scene: Scene) -> None:
    contact = hidden(scene)
    act = identified(scene, contact, PAUL)
    log = logged(scene, contact)
    refused = scene.run(WithdrawIdentification(contact=contact, act=act))
    assert (refused.refusal, refused.field) == ("identified_in_use", "contact")
    scene.run(WithdrawMotive(contact=contact, log=log))
    assert scene.run(WithdrawIdentification(contact=contact, act=act)).refusal == ""


def test_a_call_at_which_something_was_promised_stays_the_persons(scene: Scene) -> None:
    contact = hidden(scene)
    act = identified(scene, contact, PAUL)
    promise = Promise(
        commitment=scene.new_id(), due_at=scene.clock.now() + timedelta(hours=2), owner="c.morvan"
    )
    scene.run(Commit(promise=promise, service=OWN, person=PAUL, contact=contact))
    refused = scene.run(WithdrawIdentification(contact=contact, act=act))
    assert refused.refusal == "identified_in_use"


@pytest.mark.parametrize("is_promised", [False, True])
def test_what_was_written_of_nobodys_call_before_does_not_hold_it(scene: Scene, *, is_promised: bool) -> None:
    contact = hidden(scene)
    log = logged(scene, contact)
    if is_promised:
        due_at = scene.clock.now() + timedelta(hours=2)
        promise = Promise(commitment=scene.new_id(), due_at=due_at, owner="c.morvan")
        assert scene.run(Commit(promise=promise, service=OWN, contact=contact)).refusal == ""
    act = identified(scene, contact, PAUL)
    assert scene.run(WithdrawIdentification(contact=contact, act=act)).refusal == ""
    row = scene.get(tables.contact, id=contact)
    assert (row.person, row.log, row.motive, row.log_before) == (None, log, "61", None)


def test_what_was_written_anew_since_is_undone_first(scene: Scene) -> None:
    contact = hidden(scene)
    logged(scene, contact)
    act = identified(scene, contact, PAUL)
    logged(scene, contact)
    refused = scene.run(WithdrawIdentification(contact=contact, act=act))
    assert refused.refusal == "identified_in_use"


def test_linked_contacts_are_identified_together_and_undone_together(scene: Scene) -> None:
    first, second, third = hidden(scene), hidden(scene), hidden(scene)
    linked(scene, second, first)
    linked(scene, third, second)
    two = (Proof.BIRTH_DATE, Proof.POSTCODE)
    act = identified(scene, third, PAUL, *two)
    assert persons(scene, first, second, third) == [PAUL] * 3
    assert [scene.get(tables.contact, id=one).proofs for one in (first, third)] == [
        "",
        "birth_date postcode",
    ]
    scene.run(WithdrawIdentification(contact=third, act=act))
    assert persons(scene, first, second, third) == [None] * 3


def test_linking_to_a_contact_that_has_a_person_identifies_this_one(scene: Scene) -> None:
    first, second = hidden(scene), hidden(scene)
    identified(scene, first, MARTINE)
    act = linked(scene, second, first)
    row = scene.get(tables.contact, id=second)
    assert (row.person, row.verified_at, row.caller_kind) == (MARTINE, None, CallerKind.UNKNOWN)
    assert scene.run(UnlinkContact(contact=second, act=act)).refusal == ""
    row = scene.get(tables.contact, id=second)
    assert (row.person, row.linked_to, row.linked_by) == (None, None, None)
    assert persons(scene, first) == [MARTINE]


def test_a_link_undone_ties_nothing_any_more(scene: Scene) -> None:
    first, second = hidden(scene), hidden(scene)
    act = linked(scene, second, first)
    scene.run(UnlinkContact(contact=second, act=act))
    identified(scene, second, PAUL)
    assert persons(scene, first, second) == [None, PAUL]


@pytest.mark.parametrize("are_alike", [False, True])
def test_two_persons_contacts_are_not_linked(scene: Scene, *, are_alike: bool) -> None:
    first, second = hidden(scene), hidden(scene)
    identified(scene, first, PAUL)
    identified(scene, second, PAUL if are_alike else JEANNE)
    settled = scene.run(LinkContact(contact=second, other=first))
    assert settled.refusal == ("" if are_alike else "contact_of_another")


def test_what_cannot_be_linked_is_refused_by_its_field(scene: Scene) -> None:
    first, second = hidden(scene), hidden(scene)
    act = linked(scene, second, first)
    refused = [
        scene.run(LinkContact(contact=scene.new_id(), other=first)),
        scene.run(LinkContact(contact=first, other=scene.new_id())),
        scene.run(LinkContact(contact=first, other=first)),
        scene.run(LinkContact(contact=second, other=first)),
        scene.run(LinkContact(contact=first, other=second)),
        scene.run(UnlinkContact(contact=scene.new_id(), act=act)),
        scene.run(UnlinkContact(contact=second, act=scene.new_id())),
    ]
    assert [(one.refusal, one.field) for one in refused] == [
        ("unknown_contact", "contact"),
        ("unknown_contact", "other"),
        ("same_contact", "other"),
        ("already_linked", "contact"),
        ("already_linked", "contact"),
        ("unknown_contact", "contact"),
        ("already_changed", "act"),
    ]
