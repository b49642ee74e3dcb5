"""The time to finish a call: when it begins, how long it lasts, and that no call is left in silence."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from app.domain.words import CallState
from app.queries.caller_card import Transfer
from tests.panels import mockup
from tests.support.scene import SteppedClock
from ui.viewmodels.after_call import MORE, USUAL, AfterCall, AfterCallState
from ui.viewmodels.call_page import CallPage

EXTENSION = "4103"
pytestmark = pytest.mark.usefixtures("qapp")


class Finished:
    """A call that ends now, and how often it was told to be kept."""

    def __init__(self) -> None:
        self.clock = SteppedClock()
        self.after = AfterCall(extension=EXTENSION, clock=self.clock)
        self.kept = 0
        self.after.kept.connect(self._note)

    def _note(self) -> None:
        self.kept += 1

    @property
    def state(self) -> AfterCallState:
        return self.after.state

    def end(self, contact: str = "call") -> None:
        """The call of the page is over."""
        self.after.follow(self.page(contact))

    def page(self, contact: str = "call", **call: Any) -> CallPage:
        """The page of a call that was spoken for a minute and is over now, unless said otherwise."""
        shown = mockup.opened_card()
        assert shown.card is not None
        now = self.clock.now()
        over = {"state": CallState.ENDED, "answered_at": now - timedelta(minutes=1), "ended_at": now}
        line = msgspec.structs.replace(shown.card.call, contact=contact, **(over | call))
        return msgspec.structs.replace(shown, card=msgspec.structs.replace(shown.card, call=line))

    def wait(self, span: timedelta) -> None:
        """Time goes by, and the second is counted."""
        self.clock.move(span)
        self.after.count()


@pytest.fixture
def finished() -> Finished:
    return Finished()


def test_a_call_that_ends_without_a_motive_is_to_be_finished(finished: Finished) -> None:
    finished.end()
    assert finished.state.is_running
    assert (finished.state.contact, finished.state.lasted) == ("call", timedelta(minutes=1))
    finished.wait(timedelta(seconds=12))
    assert finished.state.elapsed == timedelta(seconds=12)


@pytest.mark.parametrize(
    "call",
    [
        {"state": CallState.IN_CALL, "ended_at": None},
        {"state": CallState.RINGING, "ended_at": None, "answered_at": None},
        {"answered_at": None},
        {"ended_at": None},
        {"motive": "31"},
        {"is_given": True},
    ],
)
def test_no_other_call_is(finished: Finished, call: dict[str, Any]) -> None:
    finished.after.follow(finished.page(**call))
    assert not finished.state.contact


def test_once_the_time_is_over_the_agent_is_free_and_the_call_is_told_to_be_kept(finished: Finished) -> None:
    finished.end()
    finished.wait(USUAL - timedelta(seconds=1))
    assert (finished.state.is_running, finished.kept) == (True, 0)
    finished.wait(timedelta(seconds=1))
    assert (finished.state.is_running, finished.state.contact, finished.kept) == (False, "call", 1)


def test_a_minute_may_be_added_twice(finished: Finished) -> None:
    finished.end()
    for _ in range(3):
        finished.after.extend()
    assert (finished.state.allowed, finished.state.times_left) == (USUAL + 2 * MORE, 0)
    finished.wait(USUAL + 2 * MORE - timedelta(seconds=1))
    assert finished.state.is_running


def test_no_minute_is_added_once_the_time_is_over(finished: Finished) -> None:
    finished.end()
    finished.wait(USUAL)
    finished.after.extend()
    assert finished.state.allowed == USUAL


def test_a_call_that_is_saved_is_finished_and_nothing_is_told(finished: Finished) -> None:
    finished.end()
    saved = msgspec.structs.replace(finished.page(), is_saved=True)
    finished.after.follow(saved)
    assert (finished.state.contact, finished.kept) == ("", 0)


def test_a_save_taken_back_leaves_the_call_to_be_finished(finished: Finished) -> None:
    finished.end()
    finished.after.follow(msgspec.structs.replace(finished.page(), is_saved=True))
    finished.end()
    assert finished.state.is_running
    finished.after.leave()
    assert finished.kept == 1


def test_a_call_left_for_another_is_told_to_be_kept_once(finished: Finished) -> None:
    finished.end()
    finished.after.follow(finished.page("next", state=CallState.RINGING, answered_at=None, ended_at=None))
    finished.after.leave()
    assert (finished.state.contact, finished.kept) == ("", 1)


def test_a_page_left_and_come_back_to_goes_on_where_it_was(finished: Finished) -> None:
    finished.end()
    finished.wait(timedelta(seconds=20))
    finished.after.leave()
    finished.wait(timedelta(seconds=20))
    finished.end()
    assert (finished.state.elapsed, finished.kept) == (timedelta(seconds=40), 1)


def test_a_call_found_again_long_after_its_end_has_no_time_and_tells_nothing(finished: Finished) -> None:
    finished.after.follow(finished.page(ended_at=finished.clock.now() - USUAL))
    assert (finished.state.contact, finished.state.is_over, finished.kept) == ("call", True, 0)


def test_who_gave_a_call_was_free_when_it_was_given(finished: Finished) -> None:
    given = finished.clock.now() - timedelta(seconds=30)
    transfer = Transfer(by="Claire Morvan", at=given, to="4212")
    finished.after.follow(finished.page(extension="4212", transfer=transfer))
    assert finished.state.elapsed == timedelta(seconds=30)
