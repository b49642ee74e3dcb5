"""Forgetting a person: nothing personal stays, and the journal still proves (rules R22, R23)."""

import json
from datetime import timedelta
from urllib.parse import quote

import msgspec
import pytest
import sqlalchemy as sa

from app.dispatch import Settled, run_commands
from app.domain.commands import (
    AnyCommand,
    ErasePerson,
    IdentifyCaller,
    ImportDirectory,
    LeaveMessage,
    LogMotive,
    NoteContact,
    OpenPerson,
    Promise,
    RegisterAnswer,
    RegisterCall,
    RegisterRing,
    TransferCall,
)
from app.domain.directory import DirectoryEntry
from app.domain.facts import PersonErased
from app.domain.phone import display
from app.domain.words import Channel, EntryKind, ErasureGround, Outcome
from app.store import held, journal, tables
from app.store.engine import writing
from app.store.held import Held
from app.store.journal import FirstFault
from app.store.kept_messages import keep_message
from tests.support.scene import (
    JEANNE,
    MARTINE,
    MARTINES_NUMBER,
    MORNING,
    PAUL,
    QUEUE,
    SHARED_NUMBER,
    Scene,
)

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


def _keep(scene: Scene, **held_bodies: AnyCommand) -> None:
    """Commands that nobody may answer for, by their ids."""
    with writing(scene.engine) as connection:
        for command_id, body in held_bodies.items():
            kept = Held(
                command_id=command_id,
                command_kind=type(body).__name__,
                reason="author_disabled",
                author="c.morvan",
                desk="d",
                received_at=MORNING,
                message=msgspec.json.encode({"id": command_id, "body": body}),
            )
            assert held.keep(connection, scene.establishment, kept)


def test_what_is_held_about_a_person_is_forgotten_and_nothing_else(scene: Scene) -> None:
    """One held command may be all that says whose another one is."""
    contact, elsewhere = _live(scene), scene.ring(SHARED_NUMBER)
    unknown = scene.new_id()
    _keep(
        scene,
        save=_motive(scene, contact),
        note=NoteContact(
            contact=unknown, channel=Channel.DESK, service="orthopedie", happened_at=MORNING, text=SAID
        ),
        whose=IdentifyCaller(contact=unknown, person=MARTINE),
        wrong=IdentifyCaller(contact=elsewhere, person=MARTINE),
        other=OpenPerson(person=PAUL, contact=elsewhere),
    )
    _erase(scene)
    with scene.engine.connect() as connection:
        assert [one.command_id for one in held.read_all(connection, scene.establishment)] == ["other"]
    assert _rows_naming(scene, SAID) == []


def test_what_could_not_be_read_is_forgotten_by_the_number_that_only_this_person_has(scene: Scene) -> None:
    shown = display(MARTINES_NUMBER)
    bodies = {
        "form": f"from=%2B{MARTINES_NUMBER[1:]}&event=ringing",
        "spaced": json.dumps({"from": shown}),
        "escaped": f"from={quote(shown)}",
        "other": f"from={SHARED_NUMBER}",
    }
    for line, body in bodies.items():
        keep_message(
            scene.engine, scene.establishment, body.encode(), line=line, field="event", at=scene.clock.now()
        )
    _erase(scene)
    _erase(scene, PAUL)
    kept = {line for line in bodies if scene.count(tables.kept_message, line=line)}
    assert kept == {"other"}
    _erase(scene, JEANNE)
    assert scene.count(tables.kept_message) == 0


def test_a_message_left_before_anybody_was_identified_and_a_number_dialled_go_too(scene: Scene) -> None:
    contact = scene.new_id()
    told: list[AnyCommand] = [
        RegisterCall(contact=contact, line="l", queue=QUEUE, number_raw=MARTINES_NUMBER, arrived_at=MORNING),
        RegisterRing(contact=contact, extension="4101", at=MORNING),
        RegisterAnswer(contact=contact, extension="4101", at=MORNING + timedelta(seconds=5)),
    ]
    for each in told:
        scene.run(each, author="line:l")
    listed = DirectoryEntry(id="standard", kind=EntryKind.SERVICE, name="Standard", service="standard")
    scene.run(ImportDirectory(entries=(listed,)), author="import")
    due = scene.clock.now() + timedelta(hours=1)
    left = LeaveMessage(message=scene.new_id(), contact=contact, recipient="standard", text=SAID, due_at=due)
    given = TransferCall(contact=contact, to=MARTINES_NUMBER, note=SAID)
    assert [scene.run(each).refusal for each in (left, given)] == ["", ""]
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    assert len(_rows_naming(scene, SAID)) >= 2
    _erase(scene)
    assert _rows_naming(scene, SAID, MARTINES_NUMBER) == []
    assert _verify(scene) is None
