"""What is past its time goes, by its rule and no other, and the chains still verify (rules R22, R23)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.dispatch import run_commands
from app.domain.commands import IdentifyCaller, NoteContact, OpenPerson
from app.domain.retention import RULES, Kept, rule_of
from app.domain.words import Channel
from app.store import access_log, held, journal, tables
from app.store.account_tables import held_command
from app.store.held import Held
from app.store.journal import FirstFault
from app.store.kept_messages import keep_message
from sync.server.jobs.retention import Retention
from tests.jobs.conftest import new_intake
from tests.support.scene import MARTINE, MARTINES_NUMBER, MORNING, PAUL, SHARED_NUMBER, Scene

YEAR = timedelta(days=366)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def _job(scene: Scene, exports: Path = Path("nowhere"), page: int = 2) -> Retention:
    intake = new_intake(scene)
    return Retention(
        scene.engine,
        scene.establishment,
        lambda asked: intake.run_all(asked, desk="job:retention"),
        clock=scene.clock,
        exports=exports,
        page=page,
    )


def _swept(scene: Scene) -> dict[Kept, int]:
    """What one sweep let go of, after it was counted without touching anything."""
    counted = _job(scene).count()
    again = _job(scene).count()
    assert counted == again
    done = dict.fromkeys(Kept, 0)
    for kept, count in _job(scene).sweep():
        done[kept] += count
    assert done == counted
    return {kept: count for kept, count in done.items() if count}


def _faults(scene: Scene) -> tuple[FirstFault | None, FirstFault | None]:
    with scene.engine.connect() as connection:
        return (
            journal.verify(connection, scene.establishment),
            access_log.verify(connection, scene.establishment),
        )


def _known_call(scene: Scene, person: str, number: str) -> str:
    contact = scene.ring(number)
    assert scene.run(IdentifyCaller(contact=contact, person=person)).refusal == ""
    return contact


@pytest.mark.parametrize(
    ("now", "kept", "limit"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), Kept.NUMBERS, datetime(2025, 11, 24, tzinfo=UTC)),
        (datetime(2026, 2, 28, tzinfo=UTC), Kept.PERSONS, datetime(2024, 2, 28, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), Kept.READS, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2026, 3, 1, tzinfo=UTC), Kept.EXPORTS, datetime(2026, 2, 22, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(now: datetime, kept: Kept, limit: datetime) -> None:
    assert rule_of(kept).limit(now) == limit


def test_every_kind_of_thing_has_one_rule_that_says_all() -> None:
    assert sorted(rule.kept for rule in RULES) == sorted(Kept)
    assert all(rule.what and rule.since and rule.basis and rule.done for rule in RULES)
    assert all(rule.months or rule.days for rule in RULES if rule.is_swept)


def test_a_call_of_nobody_loses_its_number_then_goes_whole(scene: Scene) -> None:
    contacts = [scene.ring(number) for number in ("+33639980091", "+33639980092", "+33639980093")]
    scene.clock.move(YEAR - timedelta(days=2))
    assert _swept(scene) == {}
    scene.clock.move(timedelta(days=2))
    recent = scene.ring("+33639980094")
    assert _swept(scene) == {Kept.NUMBERS: 3}
    assert {row.number for row in scene.rows(tables.contact)} == {"", "+33639980094"}
    assert _swept(scene) == {}
    assert _faults(scene) == (None, None)
    bodies = [bytes(row.body) for row in scene.rows(tables.journal_body)]
    assert not any(b"+3363998009" + end in body for body in bodies for end in (b"1", b"2", b"3"))
    scene.clock.move(YEAR)
    assert _swept(scene) == {Kept.CALLS: 3, Kept.NUMBERS: 1}
    assert [row.id for row in scene.rows(tables.contact)] == [recent]
    assert not set(contacts) & {row.id for row in scene.rows(tables.contact)}
    assert _faults(scene) == (None, None)


def test_a_person_goes_two_years_after_the_last_exchange_and_not_before(scene: Scene) -> None:
    _known_call(scene, MARTINE, MARTINES_NUMBER)
    _known_call(scene, PAUL, SHARED_NUMBER)
    scene.clock.move(YEAR)
    _known_call(scene, PAUL, SHARED_NUMBER)
    scene.clock.move(YEAR)
    assert _swept(scene)[Kept.PERSONS] == 1
    assert scene.find(tables.person, id=MARTINE) is None
    assert scene.find(tables.person, id=PAUL) is not None
    assert scene.count(tables.contact, person=PAUL) == 2
    assert b"6399800001" not in b"".join(bytes(row.body) for row in scene.rows(tables.journal_body))
    assert _faults(scene) == (None, None)
    assert _swept(scene) == {}


def test_a_human_recorded_twice_stays_for_the_later_of_both(scene: Scene) -> None:
    _known_call(scene, MARTINE, MARTINES_NUMBER)
    scene.clock.move(YEAR)
    _known_call(scene, PAUL, SHARED_NUMBER)
    with scene.engine.begin() as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=PAUL)
        connection.execute(chosen.values(same_as=MARTINE))
    scene.clock.move(YEAR)
    assert Kept.PERSONS not in _swept(scene)
    assert scene.find(tables.person, id=MARTINE) is not None


def test_an_appointment_keeps_a_person_as_an_exchange_does(scene: Scene) -> None:
    _known_call(scene, MARTINE, MARTINES_NUMBER)
    scene.clock.move(2 * YEAR)
    visit = {"id": scene.new_id(), "person": MARTINE, "at": scene.clock.now() - timedelta(days=30)}
    with scene.engine.begin() as connection:
        connection.execute(sa.insert(tables.appointment).values(establishment=scene.establishment, **visit))
    assert Kept.PERSONS not in _swept(scene)


def test_reads_go_after_a_year_and_the_chain_goes_on_from_what_is_declared(scene: Scene) -> None:
    for _ in range(3):
        assert scene.run(OpenPerson(person=MARTINE, reason="rappel du lundi")).refusal == ""
    scene.clock.move(YEAR)
    scene.run(OpenPerson(person=MARTINE, reason="rappel du mardi"))
    assert _swept(scene) == {Kept.READS: 3}
    assert [row.reason for row in scene.rows(tables.access_log)] == ["rappel du mardi"]
    assert not any(b"lundi" in bytes(row.body) for row in scene.rows(tables.journal_body))
    scene.run(OpenPerson(person=PAUL, reason="rappel du mercredi"))
    assert _faults(scene) == (None, None)
    with scene.engine.begin() as connection:
        gone = sa.delete(tables.access_log).filter_by(establishment=scene.establishment, person=MARTINE)
        connection.execute(gone)
    fault = _faults(scene)[1]
    assert fault is not None
    assert fault.reason == "a read is missing before it"


@pytest.mark.parametrize("column", ["reason", "author", "person", "act", "hash", "at"])
def test_the_first_read_that_was_altered_is_named(scene: Scene, column: str) -> None:
    for reason in ("un", "deux", "trois"):
        scene.run(OpenPerson(person=MARTINE, reason=reason))
    with scene.engine.begin() as connection:
        chosen = sa.update(tables.access_log).filter_by(establishment=scene.establishment, position=2)
        changed = MORNING - YEAR if column == "at" else "autre"
        connection.execute(chosen.values({column: changed}))
    fault = _faults(scene)[1]
    assert fault is not None
    assert fault.position == 2


def test_unread_posts_and_files_handed_over_go_too(scene: Scene, tmp_path: Path) -> None:
    now = scene.clock.now()
    for days in (31, 1):
        body = f"from={days}".encode()
        keep_message(
            scene.engine,
            scene.establishment,
            body,
            line=f"cti{days}",
            field="f",
            at=now - timedelta(days=days),
        )
        file = tmp_path / f"export-{days}.pdf"
        file.write_text("x")
        moment = (now - timedelta(days=days if days == 1 else 8)).timestamp()
        os.utime(file, (moment, moment))
    (tmp_path / "notes.txt").write_text("x")
    os.utime(tmp_path / "notes.txt", (0, 0))
    done = {kept: count for kept, count in _job(scene, tmp_path).sweep() if count}
    assert done == {Kept.EXPORTS: 1, Kept.POSTED: 1}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export-1.pdf", "notes.txt"]
    assert scene.count(tables.kept_message) == 1


def test_it_is_done_once_a_night_and_a_new_house_waits_for_its_first(scene: Scene) -> None:
    scene.run(
        NoteContact(contact=scene.new_id(), channel=Channel.DESK, service="orthopedie", happened_at=MORNING)
    )
    scene.clock.move(2 * YEAR)
    assert list(_job(scene)()) == []
    scene.clock.move(timedelta(days=1))
    assert sum(_job(scene)()) == 1
    assert list(_job(scene)()) == []
    assert scene.count(tables.contact) == 0


def test_where_commands_came_from_goes_after_a_year_and_is_no_alteration_then(scene: Scene) -> None:
    def sent() -> None:
        asked = [scene.envelope(OpenPerson(person=MARTINE, reason="rappel"))]
        here, clock = scene.establishment, scene.clock
        run_commands(scene.engine, here, asked, desk="desk", clock=clock, address="192.0.2.7")

    sent()
    scene.ring(MARTINES_NUMBER)
    sent()
    scene.clock.move(YEAR)
    sent()
    last = scene.rows(tables.journal_address)[-1].position
    assert _swept(scene) == {Kept.NUMBERS: 1, Kept.READS: 2, Kept.ADDRESSES: 2}
    assert [row.position for row in scene.rows(tables.journal_address)] == [last]
    assert _faults(scene) == (None, None)
    assert _swept(scene) == {}
    with scene.engine.begin() as connection:
        connection.execute(sa.delete(tables.journal_address).filter_by(establishment=scene.establishment))
    assert _faults(scene)[0] == FirstFault(last, "where it came from was altered")


def test_addresses_are_kept_as_long_as_reads_by_which_they_go() -> None:
    reads, addresses = rule_of(Kept.READS), rule_of(Kept.ADDRESSES)
    assert (addresses.months, addresses.days) == (reads.months, reads.days)


def test_what_was_held_goes_at_night_once_it_was_run_and_not_before(scene: Scene) -> None:
    run = scene.run(OpenPerson(person=MARTINE, reason="rappel")).command_id
    waiting = scene.new_id()
    with scene.engine.begin() as connection:
        for command in (run, waiting):
            one = Held(
                command_id=command,
                command_kind="OpenPerson",
                reason="author_disabled",
                author="c.morvan",
                desk="desk",
                received_at=scene.clock.now(),
                message=b"{}",
            )
            assert held.keep(connection, scene.establishment, one)
    assert _job(scene).count()[Kept.HELD] == 1
    assert _swept(scene)[Kept.HELD] == 1
    assert _job(scene).count()[Kept.HELD] == 0
    assert [row.id for row in scene.rows(held_command)] == [waiting]
