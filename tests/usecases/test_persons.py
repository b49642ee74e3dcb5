"""Writing down somebody who has no file (design 4.4)."""

from datetime import timedelta

import msgspec
import pytest

from app.domain.commands import IdentifyCaller, RegisterProvisionalPerson, SetPlace
from app.domain.facts import PersonEntered, ProvisionalPersonRegistered
from app.domain.holidays import Region
from app.domain.names_sought import read_questions
from app.domain.words import IdentityStatus, Sex
from app.queries.person_search import search_persons
from app.store import tables
from tests.support.scene import Scene


def told(scene: Scene, **changed: str) -> RegisterProvisionalPerson:
    command = RegisterProvisionalPerson(
        person=scene.new_id(),
        birth_name="Lévêque-Goaziou",
        first_given_name=" Anne  Lise",
        birth_date="1988-05-00",
        sex=Sex.FEMALE,
        number_raw="06 39 98 00 77",
        service="orthopedie",
    )
    return msgspec.structs.replace(command, **changed)


def test_a_provisional_person_is_kept_as_told_and_is_the_services(scene: Scene) -> None:
    command = told(scene)
    settled = scene.run(command)
    entered, registered = scene.facts(settled)
    assert isinstance(registered, ProvisionalPersonRegistered)
    assert entered == PersonEntered(person=command.person, service="orthopedie")
    row = scene.get(tables.person, id=command.person)
    assert (row.birth_name, row.first_given_name, row.birth_date, row.sex, row.identity_status) == (
        "LEVEQUE-GOAZIOU",
        "Anne Lise",
        "1988-05-00",
        Sex.FEMALE,
        IdentityStatus.PROVISIONAL,
    )
    assert scene.get(tables.person_number, person=command.person).number == "+33639980077"


@pytest.mark.parametrize(("zone", "day"), [("Indian/Reunion", "2026-11-25"), ("Europe/Paris", "2026-11-24")])
def test_a_number_is_theirs_from_the_day_it_is_in_the_house(scene: Scene, zone: str, day: str) -> None:
    scene.run(SetPlace(zone=zone, region=Region.MAINLAND))
    scene.clock.move(timedelta(hours=12))
    command = told(scene)
    scene.run(command)
    assert scene.get(tables.person_number, person=command.person).since == day


@pytest.mark.parametrize("line", ["goaziou lise", "levesque anne", "06 39 98 00 77", "1988 leveque"])
def test_a_provisional_person_is_found_at_once(scene: Scene, line: str) -> None:
    command = told(scene)
    scene.run(command)
    questions = read_questions(line, today=scene.clock.now().date())
    with scene.engine.connect() as connection:
        found = search_persons(connection, scene.establishment, *questions).rows
    assert [row.person for row in found] == [command.person]


def test_a_contact_may_be_linked_to_a_provisional_person(scene: Scene) -> None:
    contact = scene.ring("anonymous")
    command = told(scene)
    scene.run(command)
    assert scene.run(IdentifyCaller(contact=contact, person=command.person)).refusal == ""
    assert scene.get(tables.contact, id=contact).person == command.person


def test_a_person_told_twice_is_registered_once(scene: Scene) -> None:
    command = told(scene)
    scene.run(command)
    assert scene.facts(scene.run(msgspec.structs.replace(command, birth_name="AUTRE"))) == ()
    assert scene.get(tables.person, id=command.person).birth_name == "LEVEQUE-GOAZIOU"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"birth_name": " - "}, ("name_required", "birth_name")),
        ({"first_given_name": ""}, ("name_required", "first_given_name")),
        ({"birth_date": "1988-02-31"}, ("birth_date_unreadable", "birth_date")),
        ({"birth_date": "12/05/1988"}, ("birth_date_unreadable", "birth_date")),
        ({"birth_date": "2088-01-01"}, ("birth_date_unreadable", "birth_date")),
        ({"number_raw": "anonymous"}, ("number_unreadable", "number_raw")),
        ({"service": "nowhere"}, ("unknown_service", "service")),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(
    scene: Scene, changed: dict[str, str], refusal: tuple[str, str]
) -> None:
    command = told(scene, **changed)
    settled = scene.run(command)
    assert (settled.refusal, settled.field) == refusal
    assert scene.find(tables.person, id=command.person) is None


def test_who_is_spoken_for_has_no_number_of_theirs(scene: Scene) -> None:
    command = told(scene, number_raw="")
    assert scene.run(command).refusal == ""
    assert scene.find(tables.person_number, person=command.person) is None
