"""One line of typing read as names, a birth date, a number or a file number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names_sought import Names, PersonQuestion, number_begun, read_questions, ways_to_take

TODAY = date(2026, 11, 24)
Ask = PersonQuestion


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("12/05/1988", (Ask(birth_date="1988-05-12"),)),
        ("12051988", (Ask(birth_date="1988-05-12"), Ask(ipp="12051988"))),
        ("dubreuil 12 05 88", (Ask(birth_date="1988-05-12", names="dubreuil"),)),
        ("dubreuil 120588", (Ask(birth_date="1988-05-12", names="dubreuil"),)),
        ("1988 dubreuil martine", (Ask(birth_date="1988", names="dubreuil martine"),)),
        ("dubreuil 31/02/1988", (Ask(birth_date="1988", names="dubreuil 31/02/"),)),
        ("06 39 98 41 07", (Ask(number="+33639984107"), Ask(ipp="0639984107"))),
        ("00418276", (Ask(number="+418276"), Ask(ipp="00418276"))),
        ("HN004182", (Ask(ipp="HN004182"),)),
        ("  d'almeida  ", (Ask(names="d'almeida"),)),
        ("é\0", (Ask(names="é"),)),
        ("%", ()),
        ("", ()),
        ("日本", ()),
    ],
)
def test_a_line_is_read_in_every_way_it_may_be_meant(typed: str, questions: tuple[Ask, ...]) -> None:
    assert read_questions(typed, today=TODAY) == questions


@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        ("0639984107", "+33639984107"),
        ("06 39 98", "+3363998"),
        ("+32 2 55", "+32255"),
        ("0032255", "+32255"),
        ("063998410", "+3363998410"),
        ("63998", ""),
        ("06", ""),
        ("martine", ""),
    ],
)
def test_a_number_is_read_as_far_as_it_is_typed(typed: str, begun: str) -> None:
    assert number_begun(typed) == begun


def test_two_words_are_taken_in_both_orders_and_as_one_name() -> None:
    assert ways_to_take(Ask(names="le gall")) == (
        Names(surname="legall"),
        Names(surname="le", given="gall"),
        Names(surname="gall", given="le"),
        Names(given="legall"),
    )


def test_what_has_its_own_field_is_not_shared_out() -> None:
    assert ways_to_take(Ask(birth_name="Nguyen Van", first_given_name="Thi Lan")) == (
        Names(surname="nguyenvan", given="thilan"),
    )
    assert Names(surname="dupont", given="jean") in ways_to_take(Ask(birth_name="jean dupont"))


def test_a_birth_name_is_what_follows_its_word() -> None:
    assert ways_to_take(Ask(names="Claire Dupont née Martin")) == (
        Names(surname="martin", given="clairedupont"),
        Names(surname="martin", used="clairedupont"),
        Names(surname="martin", given="dupont", used="claire"),
        Names(surname="martin", given="claire", used="dupont"),
    )
    assert ways_to_take(Ask(names="née martin")) == (Names(surname="martin"),)


@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    for question in read_questions(typed, today=TODAY):
        assert len(ways_to_take(question)) <= 12
