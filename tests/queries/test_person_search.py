"""Finding a person by what the caller says."""

import random

import pytest
import sqlalchemy as sa
from rapidfuzz.distance import OSA

from app.domain.names import compact
from app.domain.names_sought import read_questions
from app.domain.words import Channel
from app.queries.person_search import FoundPersons, Match, PersonQuestion, Trait, search_persons
from app.store import tables
from app.store.person_forms import form_rows
from tests.queries.conftest import HOUSE, NOW


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
        PersonQuestion(names="aubert jeanne"),
        PersonQuestion(names="aubers jeanne"),
        PersonQuestion(birth_name="D"),
    ],
)
def test_who_is_protected_and_what_is_not_asked_are_never_found(
    reading: sa.Connection, question: PersonQuestion
) -> None:
    assert names(reading, question) == []


def test_a_search_cut_at_its_limit_says_so(reading: sa.Connection) -> None:
    visible = sa.select(sa.func.count()).where(
        tables.person.c.birth_name.startswith("MA"), tables.person.c.protection == ""
    )
    wanted = reading.execute(visible).scalar_one()
    cut = search_persons(reading, HOUSE, PersonQuestion(birth_name="MA"), limit=3)
    assert (len(cut.rows), cut.has_more) == (3, True)
    whole = search_persons(reading, HOUSE, PersonQuestion(birth_name="MA"), limit=wanted)
    assert (len(whole.rows), whole.has_more) == (wanted, False)


def typed(connection: sa.Connection, line: str, *, limit: int = 20) -> FoundPersons:
    questions = read_questions(line, today=NOW.date())
    return search_persons(connection, HOUSE, *questions, limit=limit)


MARTINE = "DUBREUIL Martine"


@pytest.mark.parametrize(
    "line",
    [
        "dubreuil mart",
        "mart dubreuil",
        "Dübreuil  MARTINE",
        "dubreuil 1958",
        "dubreuil 14/03/1958",
        "14 03 1958 martine",
        "14031958 dub",
        "14/03/58",
        "00418276",
        "0041827",
        "martine née dubreuil",
        "dubreul martine",
        "dubreuil matrine",
        "udbreuil martine 14/03/1958",
        "dubrueil",
        "debreuil mar",
    ],
)
def test_one_line_of_any_form_finds_martine(reading: sa.Connection, line: str) -> None:
    found = typed(reading, line)
    assert MARTINE in [f"{row.birth_name} {row.first_given_name}" for row in found.rows]
    assert not found.has_more


def test_a_number_is_found_as_it_is_typed(reading: sa.Connection) -> None:
    whole = typed(reading, "06 39 98 41 07").rows
    assert {row.birth_name for row in whole} == {"DUBREUIL", "LEROUX"}
    assert {row.person for row in whole} <= {
        row.person for row in typed(reading, "063998410", limit=200).rows
    }


def lay(connection: sa.Connection, person: str, **names: str) -> None:
    """One more person, with what finds it."""
    row = {"establishment": HOUSE, "id": person, "birth_date": "1970-01-02", **names}
    connection.execute(sa.insert(tables.person), row)
    for form in form_rows(row):
        connection.execute(sa.insert(tables.person_form), {"establishment": HOUSE, **form})


@pytest.fixture
def particular(reading: sa.Connection) -> sa.Connection:
    """Names of several words, with accents, particles, apostrophes."""
    lay(reading, "q1", birth_name="LE GOAZIOU", first_given_name="Anne-Lise")
    lay(reading, "q2", birth_name="D’ALMEIDA PINTO", first_given_name="Zoé", used_name="QUEMENEUR")
    lay(reading, "q3", birth_name="SAINT-JORE", first_given_name="Œdipe", used_first_name="Edgar")
    return reading


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("le goaziou", "q1"),
        ("legoaz", "q1"),
        ("goaziou anne", "q1"),
        ("lise le goaziou", "q1"),
        ("anne lise goaziou", "q1"),
        ("le gaoziou anne lise", "q1"),
        ("dalmeida", "q2"),
        ("d'almeida", "q2"),
        ("pinto zoe", "q2"),
        ("almeida pinto", "q2"),
        ("quemeneur zoé", "q2"),
        ("quemeneur née d'almeida", "q2"),
        ("zoé quemeneur née almeida", "q2"),
        ("st jore", "q3"),
        ("oedipe saint jore", "q3"),
        ("saint-jore edgar", "q3"),
        ("jore", "q3"),
    ],
)
def test_words_are_taken_in_any_order_and_writing(particular: sa.Connection, line: str, person: str) -> None:
    assert [row.person for row in typed(particular, line).rows] == [person]


def test_a_row_says_which_letters_answered(particular: sa.Connection) -> None:
    (goaziou,) = typed(particular, "goaz anne 1970").rows
    assert goaziou.matches == (
        Match(trait=Trait.BIRTH_NAME, start=3, end=7),
        Match(trait=Trait.FIRST_GIVEN_NAME, start=0, end=4),
        Match(trait=Trait.BIRTH_DATE, end=4),
    )
    (used,) = typed(particular, "quemeneur").rows
    assert used.matches == (Match(trait=Trait.USED_NAME, start=0, end=9),)
    (mistaken,) = typed(particular, "goasiou").rows
    assert mistaken.matches == (Match(trait=Trait.BIRTH_NAME, start=0, end=10, is_near=True),)
    assert (goaziou.is_near, mistaken.is_near) == (False, True)


def test_whoever_answers_to_the_letter_comes_first(particular: sa.Connection) -> None:
    lay(particular, "q4", birth_name="QUEMENER", first_given_name="Abel")
    lay(particular, "q5", birth_name="QUEMENEUR", first_given_name="Abel")
    found = typed(particular, "quemeneur").rows
    assert [(row.person, row.is_near) for row in found] == [("q5", False), ("q2", False), ("q4", True)]


def test_a_person_merged_into_another_is_not_found(particular: sa.Connection) -> None:
    lay(particular, "q6", birth_name="GOAZIOU", first_given_name="Anne", same_as="q1")
    assert [row.person for row in typed(particular, "goaziou anne").rows] == ["q1"]


def test_a_search_narrowed_to_services_finds_only_whom_they_hold(particular: sa.Connection) -> None:
    lines = ("goaziou", "goaziou anne", "goasiou", "02/01/1970 goaziou")

    def found(service: str) -> list[int]:
        questions = [read_questions(line, today=NOW.date()) for line in lines]
        return [len(search_persons(particular, HOUSE, *some, services=[service]).rows) for some in questions]

    assert found("orthopedie") == [0, 0, 0, 0]
    held = {"establishment": HOUSE, "person": "q1", "service": "orthopedie"}
    particular.execute(sa.insert(tables.person_scope), held)
    assert found("orthopedie") == [1, 1, 1, 1]
    assert found("urgences") == [0, 0, 0, 0]


def mistaken(rng: random.Random, word: str) -> str:
    """The word with one letter changed, added, lost or swapped."""
    at = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    changed = (word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:])
    return rng.choice((*changed, word[:at] + word[at + 1 :], swapped))


def recall(connection: sa.Connection, *, mistakes: int) -> float:
    """Of the birth names one letter away from what is typed, how many are among the rows."""
    rng = random.Random(9)
    visible = sa.select(tables.person.c.birth_name).distinct().where(tables.person.c.protection == "")
    known = {compact(name) for name in connection.execute(visible).scalars()}
    wanted = found = 0
    for word in rng.sample(sorted(known), 150):
        line = word
        for _ in range(mistakes):
            line = mistaken(rng, line)
        if len(line) < 3:
            continue
        rows = typed(connection, line, limit=100).rows
        near = {name for name in known if OSA.distance(line, name) <= 1} if mistakes == 1 else {word}
        wanted += len(near)
        found += len(near & {compact(row.birth_name) for row in rows})
    return found / wanted


def test_a_name_typed_with_one_mistake_is_found_as_an_oracle_finds_it(reading: sa.Connection) -> None:
    assert recall(reading, mistakes=1) >= 0.99


def test_two_mistakes_are_mostly_not_forgiven(reading: sa.Connection) -> None:
    assert recall(reading, mistakes=2) < 0.5
