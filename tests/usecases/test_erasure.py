"""Forgetting a person: nothing personal stays, and the journal still proves (rules R22, R23)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.dispatch import Settled, run_commands
from app.domain.commands import ErasePerson, IdentifyCaller, LogMotive, OpenPerson, Promise
from app.domain.facts import PersonErased
from app.domain.words import ErasureGround, Outcome
from app.store import journal, tables
from app.store.journal import FirstFault
from tests.support.scene import JEANNE, MARTINE, MARTINES_NUMBER, PAUL, SHARED_NUMBER, Scene

SAID = "ne veut plus être rappelée"


def _live(scene: Scene, person: str = MARTINE, number: str = MARTINES_NUMBER) -> str:
    """A call with a promise made before anyone was identified, then all that one save writes."""
    contact = scene.ring(number)
    scene.run(_motive(scene, contact))
    scene.run(IdentifyCaller(contact=contact, person=person))
    scene.run(_motive(scene, contact, case=scene.new_id()))
    scene.run(OpenPerson(person=person, contact=contact))
    return contact


def _motive(scene: Scene, contact: str, case: str | None = None) -> LogMotive:
    due = scene.clock.now() + timedelta(hours=4)
    return LogMotive(
        contact=contact,
        motive="11",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        case=case,
        case_title=SAID if case else "",
        note=SAID,
        commitment=Promise(commitment=scene.new_id(), due_at=due, owner="orthopedie", what=SAID),
    )


def _erase(scene: Scene, person: str = MARTINE) -> Settled:
    return scene.run(ErasePerson(person=person, ground=ErasureGround.REQUEST))


def _verify(scene: Scene) -> FirstFault | None:
    with scene.engine.connect() as connection:
        return journal.verify(connection, scene.establishment)


def _rows_naming(scene: Scene, *words: str) -> list[str]:
    """The tables of which a row still holds one of these words."""
    found: set[str] = set()
    with scene.engine.connect() as connection:
        for table in (*tables.SHARED, *tables.SERVER):
            if "establishment" not in table.c or table is tables.access_log:
                continue
            chosen = sa.select(table).where(table.c.establishment == scene.establishment)
            text = repr([tuple(map(_readable, row)) for row in connection.execute(chosen)])
            found.update(f"{table.name}: {word}" for word in words if word in text)
    return sorted(found)


def _readable(value: object) -> object:
    """Bytes as text; a hash among them is any bytes, and may begin as a body does."""
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def test_nothing_that_was_said_or_dialled_stays(scene: Scene) -> None:
    contact = _live(scene)
    words = (SAID, MARTINES_NUMBER, "Martine")
    assert len({row.partition(":")[0] for row in _rows_naming(scene, *words)}) >= 5
    assert _erase(scene).refusal == ""
    assert _rows_naming(scene, *words) == []
    assert scene.find(tables.contact, id=contact) is None
    assert scene.count(tables.person_scope, person=MARTINE) == 0


def test_the_erasure_is_declared_and_the_journal_verifies(scene: Scene) -> None:
    _live(scene)
    settled = _erase(scene)
    (fact,) = scene.facts(settled)
    assert isinstance(fact, PersonErased)
    assert (fact.person, fact.ground, fact.by) == (MARTINE, ErasureGround.REQUEST, "c.morvan")
    assert len({body.position for body in fact.bodies}) == settled.position - 1
    with scene.engine.connect() as connection:
        assert journal.read_erasures(connection, scene.establishment) == [fact]
    scene.ring()
    assert _verify(scene) is None


def test_a_body_that_is_missing_without_a_declaration_is_an_alteration(scene: Scene) -> None:
    _live(scene)
    other = _live(scene, PAUL, SHARED_NUMBER)
    _erase(scene)
    assert _verify(scene) is None
    with scene.engine.begin() as connection:
        gone = sa.delete(tables.journal_body).filter_by(establishment=scene.establishment, subject=other)
        assert connection.execute(gone).rowcount > 0
    fault = _verify(scene)
    assert fault is not None
    assert fault.reason == "its facts were altered"


@pytest.mark.parametrize("what", ["the declaration is gone", "the declaration was altered"])
def test_a_declaration_that_is_not_what_it_was_is_an_alteration(scene: Scene, what: str) -> None:
    _live(scene)
    settled = _erase(scene)
    of_it = {"establishment": scene.establishment, "position": settled.position}
    with scene.engine.begin() as connection:
        if what == "the declaration is gone":
            connection.execute(sa.delete(tables.journal_body).filter_by(**of_it))
        else:
            body = sa.select(tables.journal_body.c.body).filter_by(**of_it)
            kept = bytes(connection.execute(body).scalar_one()).replace(b"request", b"mistake")
            connection.execute(sa.update(tables.journal_body).filter_by(**of_it).values(body=kept))
    assert _verify(scene) is not None


def test_what_is_of_another_person_stays(scene: Scene) -> None:
    contact = _live(scene, PAUL, SHARED_NUMBER)
    _live(scene)
    _erase(scene)
    assert scene.get(tables.contact, id=contact).note == SAID
    assert scene.count(tables.commitment, contact=contact) == 2
    assert scene.find(tables.person_scope, person=PAUL, service="orthopedie") is not None


def test_a_person_is_erased_under_every_id(scene: Scene) -> None:
    for person in (PAUL, JEANNE):
        _live(scene, person, SHARED_NUMBER)
    with scene.engine.begin() as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=PAUL)
        connection.execute(chosen.values(same_as=JEANNE))
    erased = {fact.person for fact in scene.facts(_erase(scene, PAUL)) if isinstance(fact, PersonErased)}
    assert erased == {PAUL, JEANNE}
    assert _rows_naming(scene, SAID, "Paul", "Jeanne") == []
    assert _verify(scene) is None


def test_what_was_saved_in_the_same_transaction_is_erased_too(scene: Scene) -> None:
    contact = _live(scene)
    asked = [
        scene.envelope(_motive(scene, contact)),
        scene.envelope(ErasePerson(person=MARTINE, ground=ErasureGround.RETENTION)),
    ]
    settled = run_commands(scene.engine, scene.establishment, asked, desk="c.morvan", clock=scene.clock)
    assert [one.refusal for one in settled] == ["", ""]
    assert _rows_naming(scene, SAID) == []
    assert _verify(scene) is None


def test_nobody_is_erased_twice(scene: Scene) -> None:
    _erase(scene)
    again = _erase(scene)
    assert (again.refusal, again.field) == ("unknown_person", "person")
    assert _verify(scene) is None
