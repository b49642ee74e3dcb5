"""The fictitious hospital is the same for the same seed, and nothing in it is real."""

import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from app.demo.calendar import Calendar
from app.demo.hospital import Batch, batches, load
from app.demo.house import DEMO_AGENTS, service_names, slug
from app.demo.martine import NUMBER
from app.demo.numbers import first_number, second_number
from app.demo.sheet import Row, microseconds
from app.domain.ids import UUID_PATTERN
from app.domain.motives import shipped_catalogue
from app.domain.phone import normalise
from app.domain.words import CaseState, Channel, CommitmentState, Direction, NoteState, NumberKind
from app.store import tables
from app.store.engine import create_server_tables, open_database
from tests.support.postgres import Cluster

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 10, 26, tzinfo=PARIS)
HOUSE = "saint-aurelien"
NAMED = "ffffff"
"""In the identifiers of the mock-ups' persons and of what is theirs."""
FICTION = re.compile(r"\+33(63998|19900|26191|35301|46571|53649)\d{4}|\+26263998\d{4}")


def drawn(*, seed: int = 1, anchor: datetime = NOW, persons: int = 600) -> Batch:
    whole: Batch = {}
    for batch in batches(establishment=HOUSE, seed=seed, anchor=anchor, persons=persons):
        for table, rows in batch.items():
            whole.setdefault(table, []).extend(rows)
    return whole


@cache
def town() -> Batch:
    return drawn()


def rows(table: sa.Table, **wanted: Any) -> list[Row]:
    return [row for row in town()[table] if wanted.items() <= row.items()]


def test_the_same_seed_and_anchor_give_the_same_rows() -> None:
    assert drawn(persons=300) == drawn(persons=300)
    assert drawn(persons=300) != drawn(persons=300, seed=2)


def test_a_larger_town_begins_with_the_smaller_one() -> None:
    small, large = (drawn(persons=persons)[tables.person] for persons in (2_000, 2_100))
    assert large[: len(small)] == small


def test_every_number_is_reserved_for_fiction_and_is_read_back() -> None:
    numbers = {row["number"] for row in town()[tables.person_number]}
    numbers |= {row["number"] for row in town()[tables.contact]} - {""}
    numbers |= {row["number"] for row in town()[tables.relative]} - {""}
    assert len(numbers) > 200
    for number in numbers:
        assert FICTION.fullmatch(number), number
        assert normalise(number).e164 == number
    raws = [row for row in town()[tables.contact] if row["number"]]
    assert all(normalise(row["number_raw"]).e164 == row["number"] for row in raws)


def test_no_number_is_shared_between_households_over_the_whole_space() -> None:
    given = [first_number(rank) for rank in range(60_000)] + [second_number(rank) for rank in range(60_000)]
    used = Counter(number for number in given if number)
    assert max(used.values()) == 1
    assert len(used) > 59_000
    assert NUMBER not in used


def test_every_channel_of_the_rules_is_lived() -> None:
    lived = Counter(row["channel"] for row in town()[tables.contact])
    assert set(lived) == set(Channel)


def test_who_is_close_to_somebody_has_a_name_on_the_server_and_a_number_that_is_nobody_s_own() -> None:
    close = town()[tables.relative]
    assert {(row["person"], row["id"]) for row in close} == {
        (row["person"], row["id"]) for row in town()[tables.relative_name]
    }
    own = {row["number"] for row in town()[tables.person_number]}
    assert [row["number"] for row in close if row["number"] and row["number"] not in own]


def test_there_are_ten_contacts_a_person_over_eighteen_months() -> None:
    contacts = town()[tables.contact]
    assert 9 <= len(contacts) / len(town()[tables.person]) <= 11
    oldest = min(row["at"] for row in contacts if NAMED not in row["id"])
    assert microseconds(NOW - timedelta(days=560)) < oldest < microseconds(NOW - timedelta(days=530))
    assert max(row["at"] for row in contacts) <= microseconds(NOW)


def test_every_row_names_what_exists() -> None:
    town_of = {
        table: {row["id"] for row in town()[table]} for table in (tables.person, tables.contact, tables.case)
    }
    services = {row["id"] for row in town()[tables.service]}
    agents = {agent.login for agent in DEMO_AGENTS} | {"automate", ""}
    codes = {motive.code for motive in shipped_catalogue().motives} | {""}
    for contact in town()[tables.contact]:
        assert contact["person"] in town_of[tables.person] | {None}
        assert contact["case_id"] in town_of[tables.case] | {None}
        assert contact["service"] in services
        assert contact["by"] in agents
        assert contact["motive"] in codes
    linked = {(row["person"], row["at"], row["id"]) for row in town()[tables.contact] if row["person"]}
    assert {(row["person"], row["at"], row["contact"]) for row in town()[tables.timeline]} == linked
    assert all(row["contact"] in town_of[tables.contact] for row in town()[tables.commitment])


def test_identifiers_are_unique_and_well_formed() -> None:
    for table in (tables.person, tables.contact, tables.case, tables.commitment, tables.appointment):
        ids = [row["id"] for row in town()[table]]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(UUID_PATTERN, one) for one in ids)


def test_every_service_of_the_catalogue_exists() -> None:
    assert len({slug(name) for name in service_names()}) == len(service_names())
    assert {motive.service for motive in shipped_catalogue().motives} - {""} <= set(service_names())


def test_promises_are_kept_missed_and_still_open() -> None:
    states = Counter(row["state"] for row in town()[tables.commitment])
    assert states[CommitmentState.KEPT] > states[CommitmentState.MISSED] > states[CommitmentState.OPEN] > 5


def test_five_promises_of_the_day_view_stand_and_two_are_late() -> None:
    standing = (CommitmentState.OPEN, CommitmentState.POSTPONED)
    named = [row for row in town()[tables.commitment] if NAMED in row["id"] and row["state"] in standing]
    tonight = microseconds(NOW.replace(hour=23))
    due_today = [row for row in named if row["due_at"] < tonight]
    late = [row for row in due_today if row["due_at"] < microseconds(NOW)]
    assert (len(due_today), len(late)) == (5, 2)


def test_an_open_demand_has_no_end_and_a_closed_one_has() -> None:
    for case in town()[tables.case]:
        assert (case["closed_at"] is None) == (case["state"] == CaseState.OPEN)


def test_the_town_has_minors_homonyms_dead_and_protected_persons() -> None:
    persons = town()[tables.person]
    assert [row for row in persons if row["birth_date"] > "2009"]
    assert (
        len(rows(tables.person, birth_name="NGUYEN", first_given_name="Thi Lan", birth_date="1988-05-12"))
        == 2
    )
    assert {row["protection"] for row in persons} == {"", "protected", "undisclosed"}
    assert [row for row in persons if row["deceased_on"]]
    assert rows(tables.person, identity_status="provisional")
    assert [row for row in town()[tables.person_number] if row["until"]]
    assert [row for row in town()[tables.person_number] if row["number"].startswith("+262")]
    assert all(row["birth_name"] == row["birth_name"].upper() for row in persons)


def test_martine_has_thirteen_exchanges_before_the_one_that_rings() -> None:
    martine = rows(tables.person, birth_name="DUBREUIL")[0]["id"]
    lived = Counter(row["channel"] for row in rows(tables.contact, person=martine))
    assert lived == {
        Channel.PHONE: 4,
        Channel.EMAIL: 2,
        Channel.SMS: 2,
        Channel.PORTAL: 2,
        Channel.WHATSAPP: 1,
        Channel.DESK: 1,
        Channel.LETTER: 1,
    }
    assert len(rows(tables.person_number, number=NUMBER)) == 3


def test_two_hidden_calls_of_the_morning_belong_to_nobody() -> None:
    hidden = rows(tables.contact, number_kind=NumberKind.HIDDEN, person=None)
    assert len(hidden) == 2
    assert all(row["at"] > microseconds(NOW.replace(hour=0)) for row in hidden)


def test_sarahs_journey_is_one_demand_on_four_channels() -> None:
    sarah = rows(tables.person, birth_name="LEFEBVRE", first_given_name="Sarah")[-1]["id"]
    journey = rows(tables.contact, person=sarah)
    came = [row["channel"] for row in journey if row["direction"] == Direction.INBOUND]
    assert came == [Channel.WEBCHAT, Channel.PHONE, Channel.WHATSAPP, Channel.WHATSAPP, Channel.DESK]
    assert len({row["case_id"] for row in journey}) == 1


def test_another_anchor_moves_everything() -> None:
    later = datetime(2027, 3, 2, 15, 0, tzinfo=PARIS)
    calls = {
        anchor: [row["at"] for row in drawn(anchor=anchor, persons=1)[tables.contact] if NAMED in row["id"]]
        for anchor in (NOW, later)
    }
    delta = timedelta(days=98, hours=4, minutes=34) // timedelta(microseconds=1)
    moved = Counter(there - here - delta for here, there in zip(calls[NOW], calls[later], strict=True))
    hour = timedelta(hours=1) // timedelta(microseconds=1)
    assert set(moved) <= {-hour, 0, hour}
    assert moved[0] > len(calls[NOW]) * 0.9
    assert Calendar(later).now == microseconds(later)


def loaded(url: str) -> dict[str, int]:
    engine = open_database(url)
    create_server_tables(engine)
    written = load(engine, HOUSE, seed=1, anchor=NOW, persons=200)
    with engine.connect() as connection:
        counts = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (*tables.SHARED, tables.person_scope, tables.relative_name, tables.house_fact)
        }
        indexes = sa.inspect(connection).get_indexes("contact")
    engine.dispose()
    assert sum(counts.values()) == written
    assert {index["name"] for index in indexes} >= {"contact_day", "contact_case", "contact_number"}
    return counts


def test_the_hospital_is_laid_whole_into_sqlite(tmp_path: Path) -> None:
    counts = loaded(f"sqlite:///{tmp_path / 'demo.db'}")
    assert counts["person"] == len(drawn(persons=200)[tables.person])
    assert counts["contact"] > 1_500
    assert counts["house_fact"] == 2


@pytest.mark.postgres
def test_postgresql_holds_the_same_hospital(tmp_path: Path, cluster: Cluster) -> None:
    counts = loaded(cluster.new_database())
    assert counts == loaded(f"sqlite:///{tmp_path / 'demo.db'}")


def test_messages_to_call_back_stand_in_every_state_and_their_services_hold_the_persons() -> None:
    notes = rows(tables.call_back_note)
    states = Counter((row["state"], row["steps"]) for row in notes)
    assert {state for state, _ in states} == {NoteState.SENT, NoteState.READ, NoteState.DONE}
    assert {steps for _, steps in states} == {0, 1, 2}
    assert len([row for row in notes if row["by"] == "c.morvan"]) == 5
    assert len([row for row in notes if row["contact"]]) >= 9
    held = {(row["person"], row["service"]) for row in town()[tables.person_scope]}
    for row in notes:
        assert row["person"] is None or (row["person"], row["recipient_service"]) in held
