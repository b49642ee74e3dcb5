"""What is promised in a save falls due while the service that keeps it is open."""

from datetime import datetime

import msgspec

from app.demo.calendar import ZONE as PARIS
from app.domain.opening import Opening
from app.domain.words import Outcome
from app.queries.house import House
from tests.viewmodels.test_motive_form import SERVICES, form, press, subject


def test_what_is_due_waits_until_the_service_that_keeps_it_is_open() -> None:
    closing = {"orthopedie": Opening(hours="1-5 08:00-11:30 14:00-16:00")}
    made = form(msgspec.structs.replace(subject(), house=House(openings=closing)))
    press(made, "24")
    hours = [due.astimezone(PARIS).strftime("%d %H:%M") for due in made.state.due_choices]
    assert hours == ["24 11:30", "24 14:58", "25 10:00"]
    assert made.state.entry.due_at == datetime(2026, 11, 24, 14, 58, tzinfo=PARIS)


CLOSING = House(
    services=SERVICES,
    openings={
        "orthopedie": Opening(hours="1-5 08:00-12:00 13:00-18:00"),
        "archives": Opening(hours="1-5 08:00-11:30 14:00-16:00"),
    },
)


def test_another_service_has_another_due_time() -> None:
    made = form(msgspec.structs.replace(subject(), house=CLOSING))
    press(made, "14")
    made.choose_outcome(Outcome.FOLLOW_UP)
    made.choose_service("archives")
    assert made.state.entry.due_at == datetime(2026, 11, 24, 16, tzinfo=PARIS)
    made.choose_service("orthopedie")
    assert made.state.entry.due_at == datetime(2026, 11, 24, 17, tzinfo=PARIS)


def test_what_is_not_to_follow_has_no_due_time_in_any_service() -> None:
    made = form(msgspec.structs.replace(subject(), house=CLOSING))
    press(made, "14")
    made.choose_service("archives")
    assert made.state.entry.due_at is None


def test_a_due_time_that_a_person_chose_stays_until_another_motive_is() -> None:
    made = form(msgspec.structs.replace(subject(), house=CLOSING))
    press(made, "24")
    chosen = datetime(2026, 11, 24, 17, 30, tzinfo=PARIS)
    made.choose_due(chosen)
    made.choose_service("archives")
    assert made.state.entry.due_at == chosen
    made.pick("24")
    made.choose_service("archives")
    assert made.state.entry.due_at == datetime(2026, 11, 24, 14, 58, tzinfo=PARIS)


def _with_hours(hours: str) -> House:
    return msgspec.structs.replace(CLOSING, openings={"orthopedie": Opening(hours=hours)})


def test_a_due_time_that_nobody_chose_follows_the_hours_that_change_meanwhile() -> None:
    asked = msgspec.structs.replace(subject(), house=CLOSING)
    made = form(asked)
    press(made, "24")
    before = made.state.entry.due_at
    made.start(msgspec.structs.replace(asked, is_verified=True))
    assert made.state.entry.due_at == before
    made.start(msgspec.structs.replace(asked, house=_with_hours("1-5 08:00-11:30 14:00-16:00")))
    assert made.state.entry.due_at == datetime(2026, 11, 24, 14, 58, tzinfo=PARIS) != before
    assert made.state.entry.due_at in made.state.due_choices


def test_a_due_time_that_a_person_chose_stays_whatever_the_hours_become() -> None:
    asked = msgspec.structs.replace(subject(), house=CLOSING)
    made = form(asked)
    press(made, "24")
    chosen = datetime(2026, 11, 24, 17, 30, tzinfo=PARIS)
    made.choose_due(chosen)
    made.start(msgspec.structs.replace(asked, house=_with_hours("1-5 08:00-11:30 14:00-16:00")))
    assert made.state.entry.due_at == chosen
