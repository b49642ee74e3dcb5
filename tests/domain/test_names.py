"""Names compared letter by letter, and one mistake told from two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from app.domain.names import (
    LAST,
    beginnings,
    compact,
    corrections,
    forms_of,
    is_near,
    letters_left,
    shown_part,
)

NAMES = st.text("abcdez", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("LE GALL", "legall"),
        ("Le-Gall", "legall"),
        ("D’ALMEIDA", "dalmeida"),
        ("d'almeida", "dalmeida"),
        ("Éloïse", "eloise"),
        ("Cœur Straße Łódź", "coeurstrasselodz"),
        ("ST MARTIN", "saintmartin"),
        ("Ste-Rose", "sainterose"),
        ("st", "st"),
        ("", ""),
        ("42 %", ""),
    ],
)
def test_a_name_is_compared_in_its_letters_alone(name: str, letters: str) -> None:
    assert compact(name) == letters


def test_a_name_of_several_words_is_sought_from_each_of_them() -> None:
    assert forms_of("DE LA TOUR") == ("delatour", "latour", "tour")
    assert forms_of("BA BA") == ("baba", "ba")
    assert forms_of("–") == ()


@pytest.mark.parametrize(
    ("name", "typed", "part"),
    [
        ("NGUYEN VAN", "nguyenv", "NGUYEN V"),
        ("NGUYEN VAN", "van", "VAN"),
        ("D’ALMEIDA", "almei", "ALMEI"),
        ("Éloïse", "eloi", "Éloï"),
        ("Cœur", "coe", "Cœ"),
        ("Cœur", "co", "Cœ"),
        ("DUBREUIL", "breuil", None),
        ("DUBREUIL", "", None),
    ],
)
def test_the_part_of_a_name_that_was_typed_is_shown(name: str, typed: str, part: str | None) -> None:
    span = shown_part(name, typed)
    assert (name[span[0] : span[1]] if span else None) == part


@settings(max_examples=400)
@given(NAMES, NAMES)
def test_one_mistake_is_what_an_oracle_calls_one(typed: str, form: str) -> None:
    beginnings = [left for left in range(len(form) + 1) if OSA.distance(typed, form[: len(form) - left]) <= 1]
    least = letters_left(typed, form)
    assert (least is not None) == bool(beginnings)
    if beginnings:
        assert least in {min(beginnings), max(0, len(form) - len(typed) - 1)}


@settings(max_examples=200, deadline=None)
@given(st.text("abcdez", min_size=3, max_size=7), NAMES)
def test_a_near_name_begins_with_one_of_the_corrections(typed: str, form: str) -> None:
    meant = corrections(typed)
    if OSA.distance(typed, form) == 1:
        assert form in meant
    if is_near(typed, form) and not form.startswith(typed):
        assert any(form.startswith(word) for word in meant)


@settings(max_examples=200, deadline=None)
@given(st.text("abcdez", min_size=3, max_size=7), st.lists(NAMES, max_size=6))
def test_letters_that_follow_in_no_known_name_lose_no_correction(typed: str, known: list[str]) -> None:
    following = {
        before: "".join({form[len(before)] for form in known if form.startswith(before) and form != before})
        for before in beginnings(typed)
    }
    kept = corrections(typed, following)
    assert set(kept) <= set(corrections(typed))
    for word in corrections(typed):
        if any(form.startswith(word) for form in known):
            assert word in kept


def test_too_few_letters_are_not_corrected() -> None:
    assert corrections("ba") == ()
    assert not is_near("ba", "bac")
    assert (is_near("roi", "roy"), is_near("roi", "royer")) == (True, False)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=10))
def test_what_begins_alike_lies_between_two_bounds(rest: str) -> None:
    assert "du" <= "du" + rest <= "du" + LAST
