"""Break-glass: a reason opens one record to one person for a while, and all of it is traced."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.access import OPEN_FOR, own_scope
from app.domain.commands import BreakGlass, CloseGlass, ErasePerson
from app.domain.facts import GlassBroken, GlassClosed, PersonEntered, PersonLeft
from app.domain.ids import Id
from app.domain.words import ErasureGround
from app.queries.accesses import accesses_since, glasses_due, opened_by
from app.store import tables
from tests.support.scene import JEANNE, MORNING, PAUL, SECRET, Scene

WHY = "Le Dr Salvi demande son heure de convocation"
MINE = own_scope("c.morvan")


def _born(scene: Scene, person: Id, on: str) -> None:
    with scene.engine.begin() as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=person)
        connection.execute(chosen.values(birth_date=on))


def _broken(scene: Scene, person: Id = SECRET) -> Id:
    glass = scene.new_id()
    assert scene.run(BreakGlass(glass=glass, person=person, reason=WHY)).refusal == ""
    return glass


def _close(scene: Scene, glass: Id) -> tuple[type, ...]:
    return tuple(map(type, scene.facts(scene.run(CloseGlass(glass=glass), author="job:glasses"))))


def test_a_reason_opens_a_protected_record_to_its_author_alone_and_is_traced(scene: Scene) -> None:
    settled = scene.run(BreakGlass(glass=scene.new_id(), person=SECRET, reason=f"  {WHY} "))
    broken, entered = scene.facts(settled)
    assert isinstance(broken, GlassBroken)
    assert (broken.by, broken.reason, broken.is_protected) == ("c.morvan", WHY, True)
    assert broken.until - broken.broken_at == OPEN_FOR
    assert entered == PersonEntered(person=SECRET, service=MINE)
    read = scene.get(tables.access_log, person=SECRET)
    assert (read.author, read.reason, read.act) == ("c.morvan", WHY, "glass_broken")


@pytest.mark.parametrize("reason", ["", "          ", "urgent", ". . . - - - !!!"])
def test_what_is_no_reason_opens_nothing(scene: Scene, reason: str) -> None:
    settled = scene.run(BreakGlass(glass=scene.new_id(), person=SECRET, reason=reason))
    assert (settled.refusal, settled.field) == ("reason_required", "reason")
    assert scene.count(tables.glass) == scene.count(tables.access_log) == 0


@pytest.mark.parametrize(
    ("name", "given", "born", "refusal"),
    [
        ("Kervella", "Anne", "1988-05-12", ""),
        ("Kervella", "Anne", "1988-05-13", "unknown_person"),
        ("Kervella", "Annie", "1988-05-12", "unknown_person"),
        ("Kerv", "Anne", "1988-05-12", "unknown_person"),
        ("Kervella", "", "1988-05-12", "traits_required"),
        ("Kervella", "Anne", "", "traits_required"),
    ],
)
def test_who_was_told_by_all_the_strict_traits_is_opened_and_a_part_of_them_learns_nothing(
    scene: Scene, name: str, given: str, born: str, refusal: str
) -> None:
    _born(scene, SECRET, "1988-05-12")
    told = BreakGlass(
        glass=scene.new_id(), reason=WHY, birth_name=name, first_given_name=given, birth_date=born
    )
    assert scene.run(told).refusal == refusal
    assert scene.count(tables.person_scope, person=SECRET, service=MINE) == (not refusal)


def test_two_persons_of_the_same_traits_are_not_chosen_between(scene: Scene) -> None:
    for person in (JEANNE, PAUL):
        _born(scene, person, "1951-02-03")
        with scene.engine.begin() as connection:
            chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=person)
            connection.execute(chosen.values(first_given_name="Claude"))
    told = BreakGlass(
        glass=scene.new_id(),
        reason=WHY,
        birth_name="DUBREUIL",
        first_given_name="claude",
        birth_date="1951-02-03",
    )
    assert scene.run(told).refusal == "several_persons"


def test_it_closes_when_its_time_is_over_and_not_before(scene: Scene) -> None:
    glass = _broken(scene)
    scene.clock.move(OPEN_FOR - timedelta(seconds=1))
    assert _close(scene, glass) == ()
    scene.clock.move(timedelta(seconds=1))
    assert _close(scene, glass) == (GlassClosed, PersonLeft)
    assert scene.find(tables.person_scope, person=SECRET, service=MINE) is None
    assert _close(scene, glass) == ()


def test_its_author_may_close_it_early_and_nobody_else(scene: Scene) -> None:
    glass = _broken(scene)
    assert scene.facts(scene.run(CloseGlass(glass=glass), author="n.bourdin")) == ()
    closed = scene.facts(scene.run(CloseGlass(glass=glass)))
    assert tuple(map(type, closed)) == (GlassClosed, PersonLeft)
    assert scene.find(tables.person_scope, person=SECRET, service=MINE) is None


def test_what_is_open_to_somebody_is_told_with_its_name_until_it_closes(scene: Scene) -> None:
    glass = _broken(scene)

    def told(by: str) -> list[str]:
        with scene.engine.connect() as connection:
            found = opened_by(connection, scene.establishment, by=by, now=scene.clock.now())
        return [one.glass for one in found]

    assert (told("c.morvan"), told("n.bourdin")) == ([glass], [])
    scene.clock.move(OPEN_FOR)
    assert told("c.morvan") == []


def test_one_opened_again_meanwhile_stays_until_the_last_is_over(scene: Scene) -> None:
    first = _broken(scene)
    scene.clock.move(OPEN_FOR / 2)
    second = _broken(scene)
    scene.clock.move(OPEN_FOR / 2)
    assert _close(scene, first) == (GlassClosed,)
    assert scene.get(tables.person_scope, person=SECRET, service=MINE)
    scene.clock.move(OPEN_FOR / 2)
    assert _close(scene, second) == (GlassClosed, PersonLeft)


def test_who_answers_for_it_is_told_who_why_and_until_when(scene: Scene) -> None:
    glass = _broken(scene)
    with scene.engine.connect() as connection:
        (told,) = accesses_since(connection, scene.establishment, since=MORNING - timedelta(days=1))
        due = glasses_due(connection, scene.establishment, now=scene.clock.now() + OPEN_FOR, most=10)
        early = glasses_due(connection, scene.establishment, now=scene.clock.now(), most=10)
    assert (told.by_name, told.reason, told.person, told.is_protected) == ("Claire Morvan", WHY, SECRET, True)
    assert (due, early) == ((glass,), ())


def test_whoever_is_erased_leaves_no_reason_behind(scene: Scene) -> None:
    _broken(scene)
    scene.run(ErasePerson(person=SECRET, ground=ErasureGround.REQUEST), author="n.bourdin")
    assert scene.count(tables.glass) == scene.count(tables.person_scope, person=SECRET) == 0
