"""What is about the same thing is one demand, whatever the channel, and joining is undone."""

from datetime import timedelta

import pytest

from app.dispatch import Settled
from app.domain.commands import IdentifyCaller, JoinCase, LogMotive, NoteContact, PartCase, Promise
from app.domain.ids import Id
from app.domain.words import CaseState, Channel, Outcome
from app.queries.caller_card import caller_card
from app.queries.timeline import Timeline, timeline
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene


def call(scene: Scene, person: str = MARTINE) -> Id:
    """A call from a shared number, of this person."""
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=person))
    scene.clock.move(timedelta(minutes=1))
    return contact


def written(scene: Scene, channel: Channel, person: str = MARTINE) -> Id:
    """What this person wrote."""
    contact = scene.new_id()
    note = NoteContact(
        contact=contact,
        channel=channel,
        service="orthopedie",
        person=person,
        text="Toujours pas de nouvelles",
        happened_at=scene.clock.now(),
    )
    assert scene.run(note).refusal == ""
    scene.clock.move(timedelta(minutes=1))
    return contact


def demand(scene: Scene, contact: Id, *, motive: str, is_promised: bool = False) -> tuple[Id, Id]:
    """The demand that a contact opens, and the promise made with it."""
    case, promise = scene.new_id(), scene.new_id()
    made = Promise(commitment=promise, due_at=scene.clock.now() + timedelta(hours=4), owner="orthopedie")
    log = LogMotive(
        contact=contact,
        motive=motive,
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        case=case,
        case_title=f"Demande {motive}",
        commitment=made if is_promised else None,
    )
    assert scene.run(log).refusal == ""
    return case, promise


def _history(scene: Scene, person: str = MARTINE) -> Timeline:
    with scene.engine.connect() as connection:
        return timeline(connection, scene.establishment, person, now=scene.clock.now())


def _groups(scene: Scene) -> dict[str, list[str]]:
    return {group.title: [entry.contact for entry in group.entries] for group in _history(scene).groups}


def _case_of(scene: Scene, contact: Id) -> str | None:
    row = scene.get(tables.contact, id=contact)
    found: str | None = row.case_id
    return found


def _join(scene: Scene, case: Id, *contacts: Id, joined: Id | None = None) -> Settled:
    return scene.run(JoinCase(case=case, contacts=contacts, joined=joined))


def test_two_demands_about_one_thing_become_one_with_their_promises(scene: Scene) -> None:
    first, second = call(scene), call(scene)
    knee, _ = demand(scene, first, motive="31")
    letter, promise = demand(scene, second, motive="34", is_promised=True)
    assert _join(scene, knee, second, joined=letter).refusal == ""
    assert _groups(scene) == {"Demande 31": [second, first]}
    assert scene.get(tables.commitment, id=promise).case_id == knee
    assert scene.get(tables.case, id=letter).state == CaseState.JOINED


def test_contacts_of_other_channels_are_gathered_in_the_demand(scene: Scene) -> None:
    said, web, mail = (
        call(scene),
        written(scene, Channel.PORTAL),
        written(scene, Channel.EMAIL),
    )
    knee, _ = demand(scene, said, motive="31")
    _join(scene, knee, web, mail)
    assert _groups(scene) == {"Demande 31": [mail, web, said]}
    (group,) = _history(scene).groups
    assert group.channels == 3


def test_a_join_is_undone_as_it_was(scene: Scene) -> None:
    first, second, alone = call(scene), call(scene), written(scene, Channel.SMS)
    knee, _ = demand(scene, first, motive="31")
    letter, promise = demand(scene, second, motive="34", is_promised=True)
    before = _groups(scene)
    whole, one = _join(scene, knee, joined=letter), _join(scene, knee, alone)
    assert list(_groups(scene)) == ["Demande 31"]
    for act in (one, whole):
        assert scene.run(PartCase(case=knee, act=act.command_id)).refusal == ""
    assert _groups(scene) == before
    assert scene.get(tables.commitment, id=promise).case_id == letter
    assert scene.get(tables.case, id=letter).state == CaseState.OPEN
    again = scene.run(PartCase(case=knee, act=whole.command_id))
    assert (again.refusal, again.field) == ("already_changed", "act")


@pytest.mark.parametrize("order", ["newest first", "oldest first"])
def test_an_earlier_join_is_undone_although_its_demand_was_joined_since(scene: Scene, order: str) -> None:
    first, second, third = call(scene), call(scene), call(scene)
    alone = written(scene, Channel.SMS)
    knee, _ = demand(scene, first, motive="31")
    letter, promise = demand(scene, second, motive="34", is_promised=True)
    plea, _ = demand(scene, third, motive="93")
    before = _groups(scene)
    acts = [
        (knee, _join(scene, knee, joined=letter)),
        (knee, _join(scene, knee, alone)),
        (plea, _join(scene, plea, joined=knee)),
    ]
    assert list(_groups(scene)) == ["Demande 93"]
    for case, act in reversed(acts) if order == "newest first" else acts:
        assert scene.run(PartCase(case=case, act=act.command_id)).refusal == ""
    assert _groups(scene) == before
    assert scene.get(tables.commitment, id=promise).case_id == letter
    assert {scene.get(tables.case, id=one).state for one in (knee, letter, plea)} == {CaseState.OPEN}
    assert {scene.get(tables.contact, id=one).joined_by for one in (first, second, third, alone)} == {None}


def test_undoing_the_earlier_of_two_joins_leaves_the_later_one_standing(scene: Scene) -> None:
    first, second, third = call(scene), call(scene), call(scene)
    knee, _ = demand(scene, first, motive="31")
    letter, _ = demand(scene, second, motive="34")
    plea, _ = demand(scene, third, motive="93")
    earlier = _join(scene, knee, joined=letter).command_id
    _join(scene, plea, joined=knee)
    scene.run(PartCase(case=knee, act=earlier))
    assert _groups(scene) == {"Demande 93": [third, first], "Demande 34": [second]}
    again = scene.run(PartCase(case=knee, act=earlier))
    assert (again.refusal, again.field) == ("already_changed", "act")


def test_what_is_said_later_of_a_joined_demand_goes_to_the_other_one(scene: Scene) -> None:
    first, second = call(scene), call(scene)
    knee, _ = demand(scene, first, motive="31")
    letter, _ = demand(scene, second, motive="34")
    plea, _ = demand(scene, call(scene), motive="93")
    _join(scene, knee, joined=letter)
    _join(scene, plea, joined=knee)
    named, same_motive = call(scene), call(scene)
    scene.run(
        LogMotive(contact=named, motive="34", outcome=Outcome.DEALT_WITH, service="orthopedie", case=letter)
    )
    demand(scene, same_motive, motive="34")
    assert (_case_of(scene, named), _case_of(scene, same_motive)) == (plea, plea)


def test_a_contact_logged_anew_since_is_left_where_it_was_put(scene: Scene) -> None:
    knee, _ = demand(scene, call(scene), motive="31")
    moved, stays = call(scene), call(scene)
    act = _join(scene, knee, moved, stays).command_id
    other, _ = demand(scene, stays, motive="81")
    scene.run(PartCase(case=knee, act=act))
    assert (_case_of(scene, moved), _case_of(scene, stays)) == (None, other)


@pytest.mark.parametrize("by", ["contact", "demand"])
def test_nothing_of_another_person_is_joined(scene: Scene, by: str) -> None:
    knee, _ = demand(scene, call(scene, PAUL), motive="31")
    theirs = call(scene, JEANNE)
    if by == "contact":
        refused = _join(scene, knee, theirs)
    else:
        refused = _join(scene, knee, joined=demand(scene, theirs, motive="34")[0])
    assert refused.refusal == "case_of_another"


def test_what_cannot_be_joined_is_refused_by_its_field(scene: Scene) -> None:
    said = call(scene)
    knee, _ = demand(scene, said, motive="31")
    nobody_s = scene.ring("")
    refused = [
        _join(scene, scene.new_id(), said),
        _join(scene, knee, joined=scene.new_id()),
        _join(scene, knee, joined=knee),
        _join(scene, knee, scene.new_id()),
        _join(scene, knee, nobody_s),
        _join(scene, knee, said),
        _join(scene, knee),
        scene.run(PartCase(case=scene.new_id(), act=scene.new_id())),
    ]
    assert [(one.refusal, one.field) for one in refused] == [
        ("unknown_case", "case"),
        ("unknown_case", "joined"),
        ("same_case", "joined"),
        ("unknown_contact", "contacts"),
        ("case_of_another", "contacts"),
        ("already_changed", "contacts"),
        ("nothing_to_join", "contacts"),
        ("unknown_case", "case"),
    ]


def test_a_fourth_contact_about_one_thing_is_told_once_its_channels_are_joined(scene: Scene) -> None:
    web = written(scene, Channel.PORTAL)
    scene.clock.move(timedelta(days=1))
    chat = written(scene, Channel.WHATSAPP)
    scene.clock.move(timedelta(days=1))
    said = call(scene)
    knee, _ = demand(scene, said, motive="31")
    scene.clock.move(timedelta(days=1))
    now = call(scene)
    _join(scene, knee, web, chat)
    with scene.engine.connect() as connection:
        card = caller_card(connection, scene.establishment, now, extension="4101", now=scene.clock.now())
    assert card is not None
    assert card.repeat is not None
    assert (card.repeat.contacts, card.repeat.channels, card.repeat.case) == (4, 3, knee)
