"""Who works in the house is told by the journal: a new colleague, another name or service, one who left."""

from datetime import timedelta

from app.domain.commands import AssignCommitment, Commit, Promise, SeatAgent, UnseatAgent
from app.domain.facts import AgentSeated, AgentUnseated, PersonEntered
from app.domain.ids import Id
from app.queries.house import read_house
from app.store import tables
from tests.support.scene import JEANNE, Scene

NEW = SeatAgent(agent="z.benali", name="Zora Benali", service="standard", extension="4077")


def _promise(scene: Scene, *, owner: str = "standard") -> Id:
    due_at = scene.clock.now() + timedelta(hours=4)
    made = Promise(commitment=scene.new_id(), due_at=due_at, owner=owner)
    scene.run(Commit(promise=made, service="standard", person=JEANNE), author="h.lambert")
    return made.commitment


def _colleagues(scene: Scene) -> list[str]:
    with scene.engine.connect() as connection:
        house = read_house(connection, scene.establishment)
    return [login for login, _ in house.colleagues(["standard"])]


def test_a_new_colleague_is_told_to_every_desk_and_once(scene: Scene) -> None:
    settled = scene.run(NEW)
    assert scene.entry(settled).scope.is_for_all
    assert scene.facts(settled) == (
        AgentSeated(agent="z.benali", name="Zora Benali", service="standard", extension="4077"),
    )
    assert _colleagues(scene) == ["h.lambert", "z.benali"]
    assert scene.facts(scene.run(NEW)) == ()


def test_a_row_laid_before_there_were_facts_is_renamed_like_another(scene: Scene) -> None:
    scene.run(SeatAgent(agent="h.lambert", name="Hugo Berger", service="standard", extension="4001"))
    row = scene.get(tables.agent, id="h.lambert")
    assert (row.name, row.service, row.extension, row.left_at) == ("Hugo Berger", "standard", "4001", None)
    assert scene.count(tables.agent) == 2


def test_who_left_keeps_the_name_and_is_given_nothing_until_back(scene: Scene) -> None:
    promise = _promise(scene)
    settled = scene.run(UnseatAgent(agent="h.lambert"))
    assert scene.facts(settled) == (AgentUnseated(agent="h.lambert", left_at=scene.clock.now()),)
    row = scene.get(tables.agent, id="h.lambert")
    assert (row.name, row.service, row.extension) == ("Hugo Lambert", "standard", "")
    assert _colleagues(scene) == []
    refused = scene.run(AssignCommitment(commitment=promise, owner="h.lambert"))
    assert (refused.refusal, refused.field) == ("unknown_owner", "owner")
    assert scene.facts(scene.run(UnseatAgent(agent="h.lambert"))) == ()
    scene.run(SeatAgent(agent="h.lambert", name="Hugo Lambert", service="standard", extension="4001"))
    assert _colleagues(scene) == ["h.lambert"]
    assert not scene.run(AssignCommitment(commitment=promise, owner="h.lambert")).refusal


def test_nobody_unknown_leaves(scene: Scene) -> None:
    settled = scene.run(UnseatAgent(agent="personne"))
    assert (settled.refusal, settled.field) == ("unknown_agent", "agent")


def test_whom_one_promised_something_follow_to_another_service(scene: Scene) -> None:
    _promise(scene)
    moved = SeatAgent(agent="h.lambert", name="Hugo Lambert", service="orthopedie", extension="4001")
    assert PersonEntered(person=JEANNE, service="orthopedie") in scene.facts(scene.run(moved))
