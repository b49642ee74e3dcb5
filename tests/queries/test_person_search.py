"""Finding a person by what the caller says."""

import pytest
import sqlalchemy as sa

from app.domain.words import Channel
from app.queries.person_search import PersonQuestion, search_persons
from app.store import tables
from tests.queries.conftest import HOUSE


def names(connection: sa.Connection, question: PersonQuestion) -> list[str]:
    rows = search_persons(connection, HOUSE, question).rows
    return [f"{row.birth_name} {row.first_given_name}" for row in rows]


def test_the_mock_ups_search_shows_two_homonyms_and_a_third(reading: sa.Connection) -> None:
    found = search_persons(reading, HOUSE, PersonQuestion(birth_date="1988-05-12", birth_name="ngu"))
    assert [(row.birth_name, row.is_homonym, row.birth_place) for row in found.rows] == [
        ("NGUYEN", True, "Lyon 3ᵉ (69)"),
        ("NGUYEN", True, "Hué, Viêt Nam"),
        ("NGUYEN VAN", False, "Créteil (94)"),
    ]
    assert [row.last_channel for row in found.rows] == [Channel.EMAIL, Channel.DESK, Channel.SMS]
    assert not found.has_more


@pytest.mark.parametrize(
    "question",
    [
        PersonQuestion(birth_name="dubre", birth_date="1958"),
        PersonQuestion(birth_name="Dübreuil", first_given_name="mart"),
        PersonQuestion(birth_date="1958-03-14", birth_name="DUB"),
        PersonQuestion(ipp="00418276"),
    ],
)
def test_martine_is_found_by_what_she_says(reading: sa.Connection, question: PersonQuestion) -> None:
    assert names(reading, question) == ["DUBREUIL Martine"]


def test_a_number_finds_all_who_share_it(reading: sa.Connection) -> None:
    found = names(reading, PersonQuestion(number="+33639984107"))
    assert found == ["DUBREUIL Martine", "LEROUX Gérard", "LEROUX Ines"]


@pytest.mark.parametrize(
    "question",
    [
        PersonQuestion(birth_name="AUBERT", first_given_name="Jeanne"),
        PersonQuestion(birth_date="1991-02-17", birth_name="AUBERT"),
        PersonQuestion(number="+33639984132"),
        PersonQuestion(),
        PersonQuestion(birth_name="%"),
        PersonQuestion(first_given_name="Martine"),
    ],
)
def test_who_is_protected_and_what_is_not_asked_are_never_found(
    reading: sa.Connection, question: PersonQuestion
) -> None:
    assert names(reading, question) == []


def test_a_search_cut_at_its_limit_says_so(reading: sa.Connection) -> None:
    visible = sa.select(sa.func.count()).where(
        tables.person.c.birth_name.startswith("M"), tables.person.c.protection == ""
    )
    wanted = reading.execute(visible).scalar_one()
    cut = search_persons(reading, HOUSE, PersonQuestion(birth_name="M"), limit=3)
    assert (len(cut.rows), cut.has_more) == (3, True)
    whole = search_persons(reading, HOUSE, PersonQuestion(birth_name="M"), limit=wanted)
    assert (len(whole.rows), whole.has_more) == (wanted, False)
