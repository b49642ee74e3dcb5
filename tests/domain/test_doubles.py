"""How far two records look like one human, by traits and contact points (rules R3, R5)."""

import msgspec
import pytest

from app.domain.doubles import Match, Record, Strength, likeness

MARTINE = Record(
    birth_name="DUBREUIL",
    used_name="LEROUX",
    first_given_name="Martine",
    birth_date="1958-03-14",
    sex="F",
    birth_place="Rouen (76540)",
    ipp="00418276",
)
DOUBLE = Record(birth_name="DUBREUIL", first_given_name="Martine", birth_date="1958-03-14", sex="F")


def _with(record: Record, **changed: str) -> Record:
    return msgspec.structs.replace(record, **changed)


def test_the_double_of_the_mock_up_is_alike_in_four_traits_of_five() -> None:
    found = likeness(MARTINE, DOUBLE)
    assert found is not None
    assert (found.strength, found.same, found.compared) == (Strength.STRONG, 4, 5)
    assert found.traits["birth_place"] is Match.MISSING
    assert found.reasons == ("birth_name", "first_given_name", "birth_date", "sex")


def test_it_is_the_same_whichever_comes_first() -> None:
    assert likeness(MARTINE, DOUBLE) == likeness(DOUBLE, MARTINE)


@pytest.mark.parametrize(
    ("changed", "strength"),
    [
        ({"birth_name": "LEROUX"}, Strength.STRONG),
        ({"birth_name": "Dubreüil", "first_given_name": "MARTINE"}, Strength.STRONG),
        ({"birth_date": "1958-03-00"}, Strength.POSSIBLE),
        ({"birth_date": "1958-04-14"}, Strength.WEAK),
        ({"sex": "M"}, Strength.WEAK),
        ({"ipp": "00902114"}, Strength.WEAK),
        ({"doubt": "homonym"}, Strength.WEAK),
        ({"doubt": "fictitious"}, Strength.WEAK),
        ({"first_given_name": "Monique"}, Strength.WEAK),
    ],
)
def test_a_difference_says_how_much_it_weighs(changed: dict[str, str], strength: Strength) -> None:
    found = likeness(MARTINE, _with(DOUBLE, **changed))
    assert found is not None
    assert found.strength is strength


def test_twins_and_another_file_number_are_named() -> None:
    twins = likeness(MARTINE, _with(DOUBLE, first_given_name="Monique", ipp="00902114"))
    assert twins is not None
    assert twins.warnings == ("another_file_number", "twins")


@pytest.mark.parametrize(
    "stranger",
    [
        Record(birth_name="DUBREUIL", sex="F"),
        Record(first_given_name="Martine", birth_name="PETIT", sex="F"),
        Record(birth_date="1958-03-14", sex="F", birth_place="Rouen (76540)"),
        Record(),
    ],
)
def test_one_trait_alone_is_no_double(stranger: Record) -> None:
    assert likeness(MARTINE, stranger) is None


def test_two_who_share_a_number_alone_are_a_family_and_no_double() -> None:
    son = Record(birth_name="LEROUX", first_given_name="Hugo", birth_date="1990-01-02", sex="M")
    assert likeness(_with(MARTINE, used_name=""), son, shared_numbers=["+33639980001"]) is None
    namesake = _with(DOUBLE, first_given_name="", birth_date="", sex="")
    assert likeness(MARTINE, namesake) is None
    shared = likeness(MARTINE, namesake, shared_numbers=["+33639980001"])
    assert shared is not None
    assert "number" in shared.reasons
