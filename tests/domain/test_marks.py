"""A keyed hash tells a known number from another, only to who has the key."""

from app.domain.marks import mark_of_number, mark_of_person, pack, unpack

KEY, OTHER = bytes(range(32)), bytes(32)
NUMBER, PERSON = "+33639980001", "0192f0aa-0000-7000-8000-000000000001"


def test_a_mark_is_the_same_for_the_same_key_and_no_other() -> None:
    assert mark_of_number(KEY, NUMBER) == mark_of_number(KEY, NUMBER)
    assert mark_of_number(KEY, NUMBER) != mark_of_number(OTHER, NUMBER)
    assert mark_of_number(KEY, NUMBER) != mark_of_number(KEY, "+33639980002")
    assert mark_of_person(KEY, PERSON) != mark_of_person(OTHER, PERSON)


def test_marks_are_whole_numbers_that_a_database_keeps() -> None:
    numbers = [mark_of_number(KEY, f"+3363998{rank:04}") for rank in range(500)]
    assert all(0 <= mark < 2**63 for mark in numbers)
    assert max(numbers) > 2**62
    assert len(set(numbers)) == 500


def test_what_is_packed_is_twelve_bytes_and_read_back_and_a_cut_piece_is_left_out() -> None:
    packed = pack(KEY, [(NUMBER, PERSON), ("+33639980002", PERSON)])
    assert len(packed) == 24
    both = [(mark_of_number(KEY, e164), mark_of_person(KEY, PERSON)) for e164 in (NUMBER, "+33639980002")]
    assert list(unpack(packed)) == both
    assert list(unpack(packed[:-1])) == both[:1]
    assert NUMBER.encode() not in packed
