"""What was promised before is kept, put off or left open by the call that is qualified."""

from datetime import datetime, timedelta

import pytest

from app.domain.commands import LogMotive, PostponeCommitment, ReopenCommitment, WithdrawMotive
from app.domain.words import Channel, Outcome
from app.queries.glance import PromiseInView
from tests.panels.mockup import NOW, opened_card
from tests.panels.seat import desk_of, seat_of
from tests.panels.still import StillClock
from tests.viewmodels.test_motive_form import Counter, press
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Following, Subject

pytestmark = pytest.mark.usefixtures("qapp")


def _promise(name: str, due_at: datetime) -> PromiseInView:
    return PromiseInView(
        commitment=name, what="Rappel", channel=Channel.PHONE, due_at=due_at, owner="x", made_at=NOW
    )


FIRST, SECOND = _promise("first", NOW - timedelta(hours=16)), _promise("second", NOW + timedelta(hours=2))


def _form(*promises: PromiseInView) -> tuple[MotiveForm, list[LogMotive | PostponeCommitment]]:
    made = MotiveForm(clock=StillClock(), mint=Counter())
    made.start(
        Subject(
            contact="c1", service="orthopedie", service_name="Orthopédie", has_person=True, promises=promises
        )
    )
    said: list[LogMotive | PostponeCommitment] = []
    made.postponed.connect(said.append)
    made.saved.connect(said.append)
    return made, said


def _standing(made: MotiveForm) -> list[Following]:
    return [following for _, following in made.state.promises]


def test_nothing_is_kept_unless_a_person_says_so() -> None:
    made, said = _form(FIRST)
    press(made, "14")
    made.save()
    (log,) = said
    assert isinstance(log, LogMotive)
    assert log.keeps == ()


def test_a_promise_that_the_call_keeps_travels_with_the_save() -> None:
    made, said = _form(FIRST, SECOND)
    press(made, "14")
    made.turn_promise()
    assert _standing(made) == [Following.KEPT, Following.OPEN]
    made.turn_promise("second")
    made.save()
    (log,) = said
    assert isinstance(log, LogMotive)
    assert log.keeps == ("first", "second")


def test_a_promise_put_off_takes_the_new_time_and_no_second_one_is_made() -> None:
    made, said = _form(FIRST)
    press(made, "31")
    made.write_note("Le médecin valide demain")
    made.turn_promise()
    made.turn_promise()
    assert _standing(made) == [Following.POSTPONED]
    due = made.state.entry.due_at
    assert due is not None
    made.save()
    postponed, log = said
    assert postponed == PostponeCommitment(commitment="first", due_at=due, reason="Le médecin valide demain")
    assert isinstance(log, LogMotive)
    assert (log.commitment, log.keeps, log.outcome) == (None, (), Outcome.FOLLOW_UP)


def test_without_a_new_time_nothing_is_put_off() -> None:
    made, said = _form(FIRST)
    press(made, "31")
    made.turn_promise()
    made.turn_promise()
    made.choose_outcome(Outcome.DEALT_WITH)
    assert _standing(made) == [Following.OPEN]
    made.turn_promise()
    made.turn_promise()
    assert _standing(made) == [Following.OPEN]
    made.save()
    assert [type(command) for command in said] == [LogMotive]


def test_what_was_said_of_a_promise_is_in_the_draft() -> None:
    made, _ = _form(FIRST)
    made.turn_promise()
    again, _ = _form(FIRST)
    again.restore(made.draft())
    assert _standing(again) == [Following.KEPT]


def test_a_promise_closed_meanwhile_is_not_named() -> None:
    made, said = _form(FIRST)
    press(made, "14")
    made.turn_promise()
    made.start(Subject(contact="c1", service="orthopedie", service_name="Orthopédie", has_person=True))
    made.save()
    (log,) = said
    assert isinstance(log, LogMotive)
    assert log.keeps == ()


def test_annuler_takes_back_the_save_and_what_was_put_off_with_it() -> None:
    place = seat_of(opened_card())
    desk = desk_of(place)
    press(place.form, "31")
    for _ in range(2):
        place.form.turn_promise()
    desk.submitted.clear()
    place.form.save()
    postponed, log = desk.submitted
    assert isinstance(postponed, PostponeCommitment)
    assert isinstance(log, LogMotive)
    place.toast.undone.emit()
    assert desk.submitted[2:] == [
        ReopenCommitment(commitment="promise", act="1"),
        WithdrawMotive(contact=log.contact, log="2"),
    ]
    place.window.close()
