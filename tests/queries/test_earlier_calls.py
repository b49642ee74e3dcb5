"""The calls of nobody that came before, from the number of a caller who is known now."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import IdentifyCaller, LinkContact, LogMotive, WithdrawIdentification
from app.domain.ids import Id
from app.domain.words import CallerKind, Outcome
from app.queries.earlier_calls import EarlierCall, EarlierCalls, earlier_calls_of
from app.store import tables
from app.store.horizon import CONTACT_WITHIN
from tests.support.scene import JEANNE, MARTINE, PAUL, SECRET, SHARED_NUMBER, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]

UNKNOWN, OTHER = "+33199000198", "+33199000199"


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


def ring(scene: Scene, number: str = UNKNOWN) -> Id:
    """A call that is over."""
    scene.clock.move(timedelta(minutes=1))
    contact = scene.ring(number)
    over(scene, contact)
    return contact


def over(scene: Scene, contact: Id) -> None:
    change(scene, tables.contact, contact, state="ended")


def change(scene: Scene, table: sa.Table, name: str, **values: object) -> None:
    with scene.engine.begin() as connection:
        connection.execute(
            sa.update(table).filter_by(establishment=scene.establishment, id=name).values(**values)
        )


def identify(scene: Scene, contact: Id, person: str = MARTINE, kind: CallerKind = CallerKind.UNKNOWN) -> Id:
    settled = scene.run(IdentifyCaller(contact=contact, person=person, caller_kind=kind))
    assert settled.refusal == ""
    return settled.command_id


def earlier(scene: Scene, contact: Id) -> EarlierCalls:
    with scene.engine.connect() as connection:
        return earlier_calls_of(connection, scene.establishment, contact, now=scene.clock.now())


def calls(scene: Scene, contact: Id) -> list[str]:
    return [call.contact for call in earlier(scene, contact).calls]


def test_who_is_identified_may_have_called_before_from_the_same_number(scene: Scene) -> None:
    first, second = ring(scene), ring(scene)
    ring(scene, OTHER)
    call = ring(scene)
    ring(scene)
    assert earlier(scene, call) == EarlierCalls()
    act = identify(scene, call)
    assert earlier(scene, call).person == MARTINE
    assert calls(scene, call) == [second, first]
    scene.run(WithdrawIdentification(contact=call, act=act))
    assert calls(scene, call) == []


def test_a_call_that_is_somebodys_or_goes_on_is_not_proposed(scene: Scene) -> None:
    theirs, lasting, call = ring(scene), scene.ring(UNKNOWN), ring(scene)
    identify(scene, theirs)
    identify(scene, call)
    assert calls(scene, call) == []
    over(scene, lasting)
    assert calls(scene, call) == [lasting]
    change(scene, tables.contact, lasting, case_id="of-another")
    assert calls(scene, call) == []


def test_a_hidden_number_proposes_nothing(scene: Scene) -> None:
    ring(scene, "")
    call = ring(scene, "")
    identify(scene, call)
    assert calls(scene, call) == []


def test_a_number_that_several_persons_use_proposes_nothing(scene: Scene) -> None:
    ring(scene, SHARED_NUMBER)
    call = ring(scene, SHARED_NUMBER)
    identify(scene, call, PAUL)
    assert calls(scene, call) == []


def test_a_number_from_which_somebody_else_called_proposes_nothing(scene: Scene) -> None:
    left, theirs, call = ring(scene), ring(scene), ring(scene)
    identify(scene, call)
    assert calls(scene, call) == [theirs, left]
    identify(scene, theirs, JEANNE)
    assert calls(scene, call) == []
    change(scene, tables.person, JEANNE, same_as=MARTINE)
    assert calls(scene, call) == [left]


def test_a_number_that_was_somebody_elses_lately_proposes_nothing(scene: Scene) -> None:
    left, call = ring(scene), ring(scene)
    identify(scene, call)
    number = {"establishment": scene.establishment, "number": UNKNOWN, "person": JEANNE, "position": 0}
    with scene.engine.begin() as connection:
        connection.execute(
            sa.insert(tables.person_number).values(**number, role="", since="2020-01-01", until="2026-10-30")
        )
    assert calls(scene, call) == []
    with scene.engine.begin() as connection:
        connection.execute(sa.update(tables.person_number).filter_by(**number).values(until="2025-10-30"))
    assert calls(scene, call) == [left]


@pytest.mark.parametrize("role", ["mobile", "famille"])
def test_a_number_of_the_family_proposes_nothing(scene: Scene, role: str) -> None:
    left, call = ring(scene), ring(scene)
    identify(scene, call)
    number = {"establishment": scene.establishment, "number": UNKNOWN, "person": MARTINE, "position": 0}
    with scene.engine.begin() as connection:
        connection.execute(sa.insert(tables.person_number).values(**number, role=role, since="", until=""))
    assert calls(scene, call) == ([left] if role == "mobile" else [])


@pytest.mark.parametrize(("ended_after", "is_proposed"), [(None, False), (1, False), (-100, True)])
def test_a_number_of_who_is_or_was_lately_close_to_somebody_proposes_nothing(
    scene: Scene, ended_after: int | None, *, is_proposed: bool
) -> None:
    left, call = ring(scene), ring(scene)
    identify(scene, call)
    ended = None if ended_after is None else scene.clock.now() + timedelta(days=ended_after)
    with scene.engine.begin() as connection:
        connection.execute(
            sa.insert(tables.relative).values(
                establishment=scene.establishment,
                person=JEANNE,
                id=scene.new_id(),
                number=UNKNOWN,
                withdrawn_at=ended,
            )
        )
    assert calls(scene, call) == ([left] if is_proposed else [])


def test_a_number_set_aside_because_another_spoke_proposes_nothing(scene: Scene) -> None:
    left, call = ring(scene), ring(scene)
    identify(scene, call)
    assert calls(scene, call) == [left]
    row = {"establishment": scene.establishment, "number": UNKNOWN, "person": MARTINE}
    with scene.engine.begin() as connection:
        connection.execute(sa.insert(tables.number_set_aside).values(**row))
    assert calls(scene, call) == []


@pytest.mark.parametrize("kind", CallerKind)
@pytest.mark.parametrize("is_this_call", [True, False])
def test_who_speaks_for_another_says_nothing_of_whose_number_it_is(
    scene: Scene, kind: CallerKind, *, is_this_call: bool
) -> None:
    left, spoken, call = ring(scene), ring(scene), ring(scene)
    identify(scene, call, kind=kind if is_this_call else CallerKind.PATIENT)
    if not is_this_call:
        identify(scene, spoken, kind=kind)
    expected = [spoken, left] if is_this_call else [left]
    assert calls(scene, call) == ([] if kind.is_another else expected)


def test_whoever_may_not_be_known_of_or_is_dead_is_proposed_nothing(scene: Scene) -> None:
    ring(scene)
    call = ring(scene)
    identify(scene, call, SECRET)
    assert calls(scene, call) == []
    identify(scene, call, JEANNE)
    assert len(calls(scene, call)) == 1
    change(scene, tables.person, JEANNE, deceased_on="2026-11-01")
    assert calls(scene, call) == []


def test_what_came_before_the_horizon_is_left_where_it_is(scene: Scene) -> None:
    ring(scene)
    scene.clock.move(CONTACT_WITHIN)
    recent, call = ring(scene), ring(scene)
    identify(scene, call)
    assert calls(scene, call) == [recent]


def test_a_number_with_too_many_calls_is_nobodys_in_particular(scene: Scene) -> None:
    call = ring(scene)
    with scene.engine.begin() as connection:
        row = scene.get(tables.contact, id=call)
        known = dict(zip(tables.contact.c.keys(), row, strict=True))
        many = [{**known, "id": f"{number}"} for number in range(49)]
        connection.execute(sa.insert(tables.contact), many)
    identify(scene, call)
    assert len(calls(scene, call)) == 49
    ring(scene)
    assert calls(scene, call) == []


def test_a_call_that_is_linked_to_another_follows_it(scene: Scene) -> None:
    first, second, alone, call = (ring(scene) for _ in range(4))
    scene.run(LinkContact(contact=second, other=first))
    identify(scene, call)
    by_link = {each.contact: each.follows for each in earlier(scene, call).calls}
    assert by_link == {alone: "", second: "", first: second}


def test_what_is_linked_to_the_call_itself_is_not_proposed(scene: Scene) -> None:
    first, alone, call = (ring(scene) for _ in range(3))
    change(scene, tables.contact, call, linked_to=first, person=MARTINE)
    assert calls(scene, call) == [alone]


def test_each_keeps_who_spoke_and_one_that_was_qualified_is_proposed_too(scene: Scene) -> None:
    first, call = ring(scene), ring(scene)
    log = LogMotive(
        contact=first,
        motive="61",
        outcome=Outcome.DEALT_WITH,
        service="orthopedie",
        caller_kind=CallerKind.PATIENT,
    )
    scene.run(log)
    identify(scene, call)
    (one,) = earlier(scene, call).calls
    assert one == EarlierCall(contact=first, at=one.at, caller_kind=CallerKind.PATIENT)


def test_a_call_that_is_not_here_proposes_nothing(scene: Scene) -> None:
    assert earlier(scene, scene.new_id()) == EarlierCalls()


def told(scene: Scene, contact: Id, *services: str) -> list[str]:
    with scene.engine.connect() as connection:
        found = earlier_calls_of(
            connection, scene.establishment, contact, now=scene.clock.now(), services=services
        )
    return [one.contact for one in found.calls]


def test_of_the_whole_house_those_of_one_s_services_are_told(scene: Scene) -> None:
    own, elsewhere, call = ring(scene), ring(scene), ring(scene)
    change(scene, tables.contact, elsewhere, service="standard")
    identify(scene, call)
    assert told(scene, call, "orthopedie", "standard") == [elsewhere, own]
    assert told(scene, call, "orthopedie") == [own]
    assert told(scene, call) == []


def test_a_call_of_another_service_makes_a_number_doubtful_and_is_not_told(scene: Scene) -> None:
    ring(scene)
    elsewhere, call = ring(scene), ring(scene)
    change(scene, tables.contact, elsewhere, service="standard")
    identify(scene, elsewhere, JEANNE)
    identify(scene, call)
    assert told(scene, call, "orthopedie") == []


def test_those_linked_through_another_service_s_call_are_attached_by_one_of_one_s_own(scene: Scene) -> None:
    first, between, last, call = ring(scene), ring(scene), ring(scene), ring(scene)
    scene.run(LinkContact(contact=between, other=first))
    scene.run(LinkContact(contact=last, other=between))
    change(scene, tables.contact, between, service="standard")
    identify(scene, call)
    with scene.engine.connect() as connection:
        found = earlier_calls_of(
            connection, scene.establishment, call, now=scene.clock.now(), services=["orthopedie"]
        )
    heads = {one.contact for one in found.calls if not one.follows}
    assert {one.contact for one in found.calls} == {first, last}
    assert len(heads) == 1
    assert {one.follows for one in found.calls if one.follows} <= heads
