"""What is promised in a save falls due while the service that keeps it is open."""

from datetime import datetime

import msgspec

from app.domain.hours import PARIS
from app.domain.opening import Opening
from tests.viewmodels.test_motive_form import form, press, subject


def test_what_is_due_waits_until_the_service_that_keeps_it_is_open() -> None:
    closing = {"orthopedie": Opening(hours="1-5 08:00-11:30 14:00-16:00")}
    made = form(msgspec.structs.replace(subject(), openings=closing))
    press(made, "24")
    hours = [due.astimezone(PARIS).strftime("%d %H:%M") for due in made.state.due_choices]
    assert hours == ["24 11:30", "24 14:58", "25 10:00"]
    assert made.state.entry.due_at == datetime(2026, 11, 24, 14, 58, tzinfo=PARIS)
