"""A person who chases an answer is recognised, and only that person."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.domain.repeats import Chase, Exchange, find_chase
from app.domain.words import Channel, Direction, Outcome

PARIS = ZoneInfo("Europe/Paris")
CASE = "irm"


def at(wall: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{wall}").replace(tzinfo=PARIS)


def one(wall: str, channel: Channel, **fields: Any) -> Exchange:
    known: dict[str, Any] = {"case": CASE, "motive": "31", "outcome": Outcome.FOLLOW_UP} | fields
    return Exchange(at=at(wall), channel=channel, **known)


PORTAL = one("20 18:42", Channel.PORTAL, outcome="")
WHATSAPP = one("22 21:58", Channel.WHATSAPP)
YESTERDAY = one("23 09:14", Channel.PHONE)
RINGING = Exchange(at=at("24 10:26"), channel=Channel.PHONE)


def chase(*earlier: Exchange, current: Exchange = RINGING) -> Chase | None:
    return find_chase(current, earlier, open_cases={CASE})


def test_the_mock_ups_call_is_the_fourth_contact_in_four_days_by_three_channels() -> None:
    found = Chase(case=CASE, contacts=4, days=4, channels=3)
    assert chase(PORTAL, WHATSAPP, YESTERDAY) == found
    assert chase(YESTERDAY, PORTAL, WHATSAPP) == found


def test_a_first_contact_repeats_nothing() -> None:
    assert chase() is None


def test_a_closed_demand_is_not_repeated_by_a_call_without_motive() -> None:
    assert find_chase(RINGING, [YESTERDAY], open_cases=()) is None


def test_a_contact_older_than_the_window_is_not_counted() -> None:
    assert chase(one("17 10:25", Channel.PHONE)) is None
    assert chase(one("17 10:26", Channel.PHONE)) == Chase(case=CASE, contacts=2, days=7, channels=1)


def test_the_same_family_is_repeated_where_no_demand_is_linked() -> None:
    current = Exchange(at=RINGING.at, channel=Channel.PHONE, motive="34", outcome=Outcome.DEALT_WITH)
    earlier = one("23 09:14", Channel.PHONE, case=None, motive="31")
    assert chase(earlier, current=current) == Chase(case="", contacts=2, days=2, channels=1)
    assert chase(one("23 09:14", Channel.PHONE, case=None, motive="11"), current=current) is None


def test_what_was_answered_by_a_person_first_is_no_multicontact() -> None:
    answer = one("21 09:00", Channel.PORTAL, direction=Direction.OUTBOUND)
    found = chase(PORTAL, answer, YESTERDAY)
    assert found == Chase(case=CASE, contacts=3, days=4, channels=1)


def test_an_automatic_message_answers_nobody_and_counts_for_nothing() -> None:
    sent = one("20 18:43", Channel.PORTAL, direction=Direction.OUTBOUND, is_automatic=True)
    assert chase(PORTAL, sent, WHATSAPP) == Chase(case=CASE, contacts=3, days=4, channels=3)


def test_what_we_send_or_dial_chases_nobody() -> None:
    dialled = Exchange(at=RINGING.at, channel=Channel.PHONE, direction=Direction.OUTBOUND, case=CASE)
    assert chase(PORTAL, YESTERDAY, current=dialled) is None
    ours = one("23 09:14", Channel.PHONE, direction=Direction.OUTBOUND)
    assert chase(PORTAL, ours) == Chase(case=CASE, contacts=2, days=4, channels=1)


def test_a_reply_to_our_message_is_not_a_recontact() -> None:
    asked = one("22 09:00", Channel.SMS, direction=Direction.OUTBOUND)
    assert chase(asked, one("22 09:10", Channel.SMS)) is None


def test_a_contact_without_effect_or_out_of_the_count_is_not_a_recontact() -> None:
    assert chase(one("23 09:14", Channel.PHONE, outcome=Outcome.NO_ACTION)) is None
    assert chase(one("23 09:14", Channel.PHONE, motive="96")) is None


def test_a_transfer_within_fifteen_minutes_is_the_same_contact() -> None:
    assert chase(YESTERDAY, one("24 10:12", Channel.PHONE, outcome=Outcome.TRANSFERRED)) is None
    late = chase(one("24 10:10", Channel.PHONE, outcome=Outcome.TRANSFERRED))
    assert late == Chase(case=CASE, contacts=2, days=1, channels=1)


@given(st.lists(st.integers(min_value=1, max_value=20 * 24), max_size=12))
def test_the_count_never_skips_a_window(hours: list[int]) -> None:
    earlier = [
        Exchange(at=RINGING.at - timedelta(hours=gap), channel=Channel.PHONE, case=CASE, outcome="follow_up")
        for gap in hours
    ]
    found = chase(*earlier)
    reached, count = 0, 1
    for gap in sorted(hours):
        if gap - reached > 7 * 24:
            break
        reached, count = gap, count + 1
    assert (found.contacts if found else 1) == count
