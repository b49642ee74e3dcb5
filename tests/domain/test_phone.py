"""However a number is written, the same caller has the same number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phone import display, normalise
from app.domain.words import NumberKind

MARTINE = "+33639984107"


@pytest.mark.parametrize(
    "number_raw",
    [
        "0639984107",
        "06 39 98 41 07",
        "06.39.98.41.07",
        "06-39-98-41-07",
        "06/39/98/41/07",
        "(06) 39 98 41 07",
        "06\u00a039\u202f98\u00a041\u00a007",
        "+33639984107",
        "+33 6 39 98 41 07",
        "+33(0)6 39 98 41 07",
        "+33 (0) 639984107",
        "0033639984107",
        "0033 (0)6 39 98 41 07",
        "33639984107",
        "639984107",
        "sip:+33639984107@192.0.2.1",
        "tel:+33-6-39-98-41-07",
        "TEL:0639984107",
        "tel://0639984107",
        "tel:%2B33639984107",
        "tel:+33%206%2039%2098%2041%2007;ext=12;phone-context=pbx.example",
        "callto:0639984107",
        "sips:+33639984107@pbx.example;user=phone",
        "<sip:0639984107;phone-context=fr@pbx.example>",
        "<0639984107>",
        "０６３９９８４１０７",
    ],
)
def test_every_french_writing_is_the_same_number(number_raw: str) -> None:
    number = normalise(number_raw)
    assert (number.e164, number.kind, number.raw) == (
        MARTINE,
        NumberKind.KNOWN_FORMAT,
        number_raw,
    )


@pytest.mark.parametrize(
    ("number_raw", "e164"),
    [
        ("01 99 00 12 34", "+33199001234"),
        ("02 61 91 12 34", "+33261911234"),
        ("03 53 01 12 34", "+33353011234"),
        ("04 65 71 12 34", "+33465711234"),
        ("05 36 49 12 34", "+33536491234"),
        ("06 39 98 00 00", "+33639980000"),
        ("06 39 98 99 99", "+33639989999"),
    ],
)
def test_numbers_reserved_for_fiction_are_read(number_raw: str, e164: str) -> None:
    assert normalise(number_raw).e164 == e164


@pytest.mark.parametrize(
    ("number_raw", "e164"),
    [
        ("0692 12 34 56", "+262692123456"),
        ("+262 692 12 34 56", "+262692123456"),
        ("00262692123456", "+262692123456"),
        ("0590 12 34 56", "+590590123456"),
        ("+590 (0)690 12 34 56", "+590690123456"),
        ("0694 12 34 56", "+594694123456"),
        ("0696 12 34 56", "+596696123456"),
        ("+687 12 34 56", "+687123456"),
        ("+689 40 12 34 56", "+68940123456"),
        ("+508 41 12 34", "+508411234"),
        ("0639 01 98 12", "+262639019812"),
    ],
)
def test_overseas_numbers_are_read(number_raw: str, e164: str) -> None:
    assert normalise(number_raw).e164 == e164


@pytest.mark.parametrize(
    ("number_raw", "prefix", "e164"),
    [
        ("00639984107", "0", MARTINE),
        ("90639984107", "9", MARTINE),
        ("0639984107", "0", MARTINE),
        ("0033639984107", "0", MARTINE),
        ("00033639984107", "0", MARTINE),
        ("0+33639984107", "0", MARTINE),
        ("9003222345678", "9", "+3222345678"),
    ],
)
def test_the_prefix_of_the_exchange_is_removed(number_raw: str, prefix: str, e164: str) -> None:
    assert normalise(number_raw, prefix=prefix).e164 == e164


@pytest.mark.parametrize(
    ("number_raw", "e164"),
    [
        ("+32 2 234 56 78", "+3222345678"),
        ("0032 2 234 56 78", "+3222345678"),
        ("442079460123", "+442079460123"),
    ],
)
def test_foreign_numbers_are_read(number_raw: str, e164: str) -> None:
    assert normalise(number_raw).e164 == e164


@pytest.mark.parametrize("extension", ["12", "112", "4101", "36310"])
def test_two_to_five_digits_are_an_extension(extension: str) -> None:
    number = normalise(extension, prefix="0")
    assert (number.kind, number.e164) == (NumberKind.INTERNAL, extension)


@pytest.mark.parametrize(
    "number_raw",
    [
        "",
        "   ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "<unknown>",
        "unknown",
        "restricted",
        "unavailable",
        "Private",
        "withheld",
        "prohibited",
        "Numéro masqué",
        "0000000000",
    ],
)
def test_a_hidden_number_is_hidden(number_raw: str) -> None:
    number = normalise(number_raw)
    assert (number.kind, number.e164, number.raw) == (
        NumberKind.HIDDEN,
        "",
        number_raw,
    )


@pytest.mark.parametrize(
    "number_raw",
    ["7", "abc", "06 39 98 41", "*72", "+", "+33", "+999999999999", "06399841070639984107"],
)
def test_what_is_no_number_is_unreadable_and_kept(number_raw: str) -> None:
    number = normalise(number_raw)
    assert (number.kind, number.e164, number.raw) == (
        NumberKind.UNREADABLE,
        "",
        number_raw,
    )


ODD_TEXT = st.text() | st.text(alphabet="0123456789+()-./ <>*#", max_size=24)


@given(ODD_TEXT, st.sampled_from(["", "0", "9"]))
def test_any_text_gives_a_number_and_reading_it_again_changes_nothing(number_raw: str, prefix: str) -> None:
    number = normalise(number_raw, prefix=prefix)
    assert number.raw == number_raw
    has_number = number.kind in (NumberKind.KNOWN_FORMAT, NumberKind.INTERNAL)
    assert bool(number.e164) is has_number
    if number.e164:
        assert normalise(number.e164).e164 == number.e164


@given(st.from_regex(r"\+(33|262|32|44|1|39|52|54)[1-9][0-9]{7,9}", fullmatch=True))
def test_what_is_displayed_reads_back_as_the_same_number(e164_raw: str) -> None:
    e164 = normalise(e164_raw).e164
    if e164 and not e164.startswith(("+262", "+590", "+594", "+596")):
        assert normalise(display(e164)).e164 == e164


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        (MARTINE, "06 39 98 41 07"),
        ("+262692123456", "06 92 12 34 56"),
        ("+3222345678", "+32 2 234 56 78"),
        ("+687123456", "+687 123456"),
        ("4101", "4101"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_people_write_them(e164: str, shown: str) -> None:
    assert display(e164) == shown
