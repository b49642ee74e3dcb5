"""Rule R16 line by line, with R4-R7 and R18: what may be sent, and what wins of two records."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import (
    BASES,
    Addressee,
    Basis,
    Choice,
    Holder,
    LegalForm,
    Point,
    Preference,
    Purpose,
    Verdict,
    current,
    may_send,
    needs_agreement,
    of_both,
)
from app.domain.words import Channel, Protection

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
NUMBER, OTHER = "+33639980001", "+33639980002"
OWN = Point(address=NUMBER)
purposes, channels, choices = st.sampled_from(Purpose), st.sampled_from(Channel), st.sampled_from(Choice)
said = st.builds(
    Preference,
    purpose=purposes,
    channel=channels,
    choice=choices,
    said_at=st.integers(0, 20).map(lambda days: NOON - timedelta(days=days)),
    act=st.uuids().map(str),
)
records = st.lists(said, max_size=8)
stops = st.frozensets(st.tuples(st.sampled_from([NUMBER, OTHER]), channels), max_size=4)
anybody = st.builds(
    Addressee,
    birth_date=st.sampled_from(["1958-03-14", "2017-06-21", "2008-11-24", "2008-11-25", ""]),
    deceased_on=st.sampled_from(["", "2026-11-24"]),
    protection=st.sampled_from(Protection),
    preferences=records.map(current),
    stops=stops,
)
points = st.builds(
    Point,
    address=st.sampled_from([NUMBER, OTHER]),
    holder=st.sampled_from(Holder),
    is_not_informed=st.booleans(),
    is_restricted=st.booleans(),
)


def _says(choice: Choice, purpose: Purpose, channel: Channel, *, age: int = 0) -> Preference:
    return Preference(
        purpose=purpose, channel=channel, choice=choice, said_at=NOON - timedelta(days=age), act=f"{age:03}"
    )


def _choice_of(preferences: tuple[Preference, ...], purpose: Purpose, channel: Channel) -> Choice | None:
    found = [one.choice for one in preferences if (one.purpose, one.channel) == (purpose, channel)]
    assert len(found) <= 1
    return found[0] if found else None


@given(purposes, channels, points, anybody)
def test_do_not_inform_outranks_all(
    purpose: Purpose, channel: Channel, point: Point, person: Addressee
) -> None:
    answer = may_send(purpose, channel, point, person, on=TODAY)
    assert (answer is Verdict.NOT_INFORMED) == point.is_not_informed


@given(purposes, channels, points, anybody)
def test_nothing_is_sent_about_the_dead(
    purpose: Purpose, channel: Channel, point: Point, person: Addressee
) -> None:
    answer = may_send(purpose, channel, point, person, on=TODAY)
    assert not (person.deceased_on and answer is Verdict.YES)


@given(purposes, channels, points, anybody)
def test_a_protected_identity_gets_nothing_that_leaves_by_itself(
    purpose: Purpose, channel: Channel, point: Point, person: Addressee
) -> None:
    answer = may_send(purpose, channel, point, person, on=TODAY)
    is_protected = person.protection is Protection.PROTECTED
    assert not (is_protected and purpose.is_automatic and answer is Verdict.YES)
    assert not (answer is Verdict.PROTECTED and purpose is Purpose.ANSWER)


@given(purposes, channels, points, anybody)
def test_a_parent_hears_of_a_child_alone_and_never_of_confidential_care(
    purpose: Purpose, channel: Channel, point: Point, person: Addressee
) -> None:
    answer = may_send(purpose, channel, point, person, on=TODAY)
    in_confidence = may_send(purpose, channel, point, person, on=TODAY, is_confidential_care=True)
    is_child = person.birth_date in ("2017-06-21", "2008-11-25")
    if answer is Verdict.YES and point.holder is not Holder.OWN:
        assert point.holder is Holder.PARENT
        assert is_child
        assert not point.is_restricted
        assert in_confidence is Verdict.CONFIDENTIAL_CARE


def test_on_the_day_of_eighteen_a_parents_number_is_no_recipient_any_more() -> None:
    parent = Point(address=OTHER, holder=Holder.PARENT)
    child = Addressee(birth_date="2008-11-24")
    day_before = TODAY - timedelta(days=1)
    assert may_send(Purpose.STAY, Channel.SMS, parent, child, on=day_before) is Verdict.YES
    assert may_send(Purpose.STAY, Channel.SMS, parent, child, on=TODAY) is Verdict.OF_AGE
    assert may_send(Purpose.STAY, Channel.SMS, OWN, child, on=TODAY) is Verdict.YES


@given(purposes, channels, points, anybody)
def test_what_a_person_refuses_or_opposes_is_not_sent(
    purpose: Purpose, channel: Channel, point: Point, person: Addressee
) -> None:
    answer = may_send(purpose, channel, point, person, on=TODAY)
    choice = _choice_of(person.preferences, purpose, channel)
    assert not (answer is Verdict.YES and choice in (Choice.REFUSED, Choice.OPPOSED))
    if answer in (Verdict.REFUSED, Verdict.OPPOSED):
        assert choice is not None
        assert answer.value == choice.value


@given(purposes, channels, purposes, channels, choices)
def test_a_choice_says_nothing_of_another_purpose_or_channel(
    purpose: Purpose, channel: Channel, other_purpose: Purpose, other_channel: Channel, choice: Choice
) -> None:
    elsewhere = Addressee(preferences=(_says(choice, other_purpose, other_channel),))
    if (purpose, channel) != (other_purpose, other_channel):
        silent = may_send(purpose, channel, OWN, Addressee(), on=TODAY)
        assert may_send(purpose, channel, OWN, elsewhere, on=TODAY) is silent


@given(purposes, channels, anybody)
def test_stop_ends_that_numbers_automatic_messages_on_that_channel_alone(
    purpose: Purpose, channel: Channel, person: Addressee
) -> None:
    answer = may_send(purpose, channel, OWN, person, on=TODAY)
    has_stopped = (NUMBER, channel) in person.stops
    if answer is Verdict.STOPPED:
        assert has_stopped
        assert purpose is not Purpose.ANSWER
        assert channel is not Channel.LETTER
    if has_stopped and purpose.is_automatic and channel is not Channel.LETTER:
        assert answer is not Verdict.YES


@given(channels)
def test_no_stop_ever_stops_a_human_answer_or_the_letter(channel: Channel) -> None:
    silenced = Addressee(stops=frozenset((NUMBER, each) for each in Channel))
    without = Addressee()
    answer = may_send(Purpose.ANSWER, channel, OWN, silenced, on=TODAY)
    assert answer is may_send(Purpose.ANSWER, channel, OWN, without, on=TODAY)
    for purpose in Purpose:
        by_letter = may_send(purpose, Channel.LETTER, OWN, silenced, on=TODAY)
        assert by_letter is may_send(purpose, Channel.LETTER, OWN, without, on=TODAY)


@given(purposes, channels)
def test_whatsapp_and_satisfaction_need_agreement_first_and_nothing_else_does(
    purpose: Purpose, channel: Channel
) -> None:
    silent = may_send(purpose, channel, OWN, Addressee(), on=TODAY)
    wants = channel is Channel.WHATSAPP or purpose is Purpose.SATISFACTION
    assert needs_agreement(purpose, channel) is wants
    assert silent is (Verdict.NO_AGREEMENT if wants else Verdict.YES)
    agreed = Addressee(preferences=(_says(Choice.ALLOWED, purpose, channel),))
    assert may_send(purpose, channel, OWN, agreed, on=TODAY) is Verdict.YES


@given(records)
def test_the_last_word_is_the_one_that_counts(spoken: list[Preference]) -> None:
    for each in current(spoken):
        alike = [one for one in spoken if (one.purpose, one.channel) == (each.purpose, each.channel)]
        assert each == max(alike, key=lambda one: (one.said_at, one.act))
    assert current(reversed(spoken)) == current(spoken)


@given(records, records)
def test_in_a_merge_a_refusal_wins_whoever_is_kept(mine: list[Preference], theirs: list[Preference]) -> None:
    merged = of_both(mine, theirs)
    assert set(merged) == set(of_both(theirs, mine))
    for purpose in Purpose:
        for channel in Channel:
            said_by = [_choice_of(current(one), purpose, channel) for one in (mine, theirs)]
            strictest = max(filter(None, said_by), key=lambda one: one.strictness, default=None)
            assert _choice_of(merged, purpose, channel) is strictest


@given(records, records)
def test_what_may_be_sent_after_a_merge_could_be_sent_before_it(
    mine: list[Preference], theirs: list[Preference]
) -> None:
    together = Addressee(preferences=of_both(mine, theirs))
    apart = [Addressee(preferences=current(one)) for one in (mine, theirs)]
    for purpose in Purpose:
        for channel in (Channel.SMS, Channel.WHATSAPP):
            if may_send(purpose, channel, OWN, together, on=TODAY) is Verdict.YES:
                answers = [may_send(purpose, channel, OWN, one, on=TODAY) for one in apart]
                assert Verdict.YES in answers
                assert {Verdict.REFUSED, Verdict.OPPOSED}.isdisjoint(answers)


@pytest.mark.parametrize("form", LegalForm)
def test_every_purpose_has_its_legal_basis_in_every_form_of_establishment(form: LegalForm) -> None:
    bases = BASES[form]
    assert set(bases) == set(Purpose)
    assert bases[Purpose.SATISFACTION] is Basis.CONSENT
    theirs = {Basis.PUBLIC_INTEREST, Basis.CARE}
    ours = {Basis.CONTRACT, Basis.LEGITIMATE_INTEREST}
    wrong = ours if form is LegalForm.PUBLIC else theirs
    assert wrong.isdisjoint(bases.values())


def test_a_preference_travels_as_it_was_said() -> None:
    one = _says(Choice.OPPOSED, Purpose.STAY, Channel.SMS)
    assert msgspec.json.decode(msgspec.json.encode(one), type=Preference) == one
