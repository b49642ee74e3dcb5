"""Two things compared verify a caller, and an age is told as a nurse would."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import Age, AgeUnit, age, is_minor, is_verified, read_birth_date
from app.domain.words import Proof

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("proofs", "verified"),
    [
        ((), False),
        ((Proof.BIRTH_DATE,), False),
        ((Proof.BIRTH_DATE, Proof.BIRTH_DATE), False),
        ((Proof.BIRTH_DATE, Proof.POSTCODE), True),
        ((Proof.FILE_NUMBER, Proof.LAST_APPOINTMENT), True),
        ((Proof.CALL_BACK,), True),
        ((Proof.PAPER_AT_DESK,), True),
    ],
)
def test_two_proofs_or_one_that_suffices_verify_a_caller(
    proofs: tuple[Proof, ...],
    verified: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_verified(proofs) is verified


@pytest.mark.parametrize(
    ("text_raw", "iso"),
    [
        ("14031958", "1958-03-14"),
        ("14/03/1958", "1958-03-14"),
        ("14/03/58", "1958-03-14"),
        ("14.03.58", "1958-03-14"),
        (" 14 03 1958 ", "1958-03-14"),
        ("4/3/1958", "1958-03-04"),
        ("140358", "1958-03-14"),
        ("21/06/17", "2017-06-21"),
        ("25/11/26", "1926-11-25"),
        ("1958-03-14", "1958-03-14"),
        ("00/00/1958", "1958-00-00"),
        ("00/03/1958", "1958-03-00"),
        ("31/02/1958", None),
        ("14/13/1958", None),
        ("25/11/2026", None),
        ("14/03", None),
        ("1958", None),
        ("14/03/1758", None),
        ("DUBREUIL", None),
        ("", None),
    ],
)
def test_a_birth_date_is_read_as_people_type_it(text_raw: str, iso: str | None) -> None:
    assert read_birth_date(text_raw, today=TODAY) == iso


@given(st.text())
def test_any_text_is_a_birth_date_or_none(text_raw: str) -> None:
    iso = read_birth_date(text_raw, today=TODAY)
    assert iso is None or read_birth_date(iso, today=TODAY) == iso


@given(st.dates(min_value=date(1927, 1, 1), max_value=TODAY))
def test_every_day_of_a_century_is_read_back_whatever_the_writing(day: date) -> None:
    for writing in ("%d%m%Y", "%d/%m/%Y", "%d.%m.%y", "%d %m %Y"):
        assert read_birth_date(day.strftime(writing), today=TODAY) == day.isoformat()


@pytest.mark.parametrize(
    ("birth_date", "expected"),
    [
        ("1958-03-14", Age(count=68, unit=AgeUnit.YEARS)),
        ("1958-11-25", Age(count=67, unit=AgeUnit.YEARS)),
        ("2024-11-24", Age(count=2, unit=AgeUnit.YEARS)),
        ("2024-11-25", Age(count=23, unit=AgeUnit.MONTHS)),
        ("2026-10-24", Age(count=1, unit=AgeUnit.MONTHS)),
        ("2026-10-25", Age(count=30, unit=AgeUnit.DAYS)),
        ("2026-11-24", Age(count=0, unit=AgeUnit.DAYS)),
        ("1958-00-00", Age(count=67, unit=AgeUnit.YEARS)),
        ("2026-11-25", None),
        ("", None),
        ("1958-02-31", None),
    ],
)
def test_an_age_is_in_years_then_months_then_days(birth_date: str, expected: Age | None) -> None:
    assert age(birth_date, TODAY) == expected


def test_a_minor_is_no_longer_one_on_the_eighteenth_birthday() -> None:
    assert is_minor("2008-11-25", TODAY)
    assert not is_minor("2008-11-25", TODAY + timedelta(days=1))
    assert is_minor("2008-00-00", TODAY)
    assert not is_minor("", TODAY)
