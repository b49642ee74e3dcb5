"""The teams’ week is asked of the server once, by who manages alone: a desk does not hold every call."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject

from app.domain.indicators import Indicator, Mean, count_figure, mean_figure
from app.queries.reports import QueueReport
from tests.panels.still import StillClock, StillDesk
from tests.panels.supervision_mockup import QUEUES
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.supervision import LiveBoard
from ui.viewmodels.team_week import TeamWeek, WeekReader

WEEK = (date(2026, 11, 16), date(2026, 11, 22))
S = timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> StillDesk:
    return StillDesk(CallPage())


def board_of(desk: StillDesk, *, is_manager: bool) -> LiveBoard:
    return LiveBoard(desk, services=(), clock=StillClock(), is_manager=is_manager)


def test_a_manager_has_the_last_whole_week_and_asks_for_it_once(desk: StillDesk) -> None:
    live, who = board_of(desk, is_manager=True), QObject()
    assert desk.weeks == []
    for _ in range(3):
        live.follow(who)
        live.leave(who)
    assert desk.weeks == [WEEK]
    week = live.state.week
    assert week is not None
    assert (week.mean_talk(()).value, week.mean_talk([QUEUES[0][0]]).value) == (185 * S, 185 * S)
    assert week.mean_talk([QUEUES[1][0]]).value is None


def test_whoever_does_not_manage_asks_for_no_team(desk: StillDesk) -> None:
    live, who = board_of(desk, is_manager=False), QObject()
    live.follow(who)
    live.leave(who)
    assert (desk.weeks, live.state.week) == ([], None)


def test_without_the_server_nothing_is_told_and_it_is_asked_again_once_it_is_back(desk: StillDesk) -> None:
    desk.is_cut = True
    live, who = board_of(desk, is_manager=True), QObject()
    live.follow(who)
    live.hear_link(is_offline=True)
    assert (desk.weeks, live.state.week) == ([WEEK], None)
    desk.is_cut = False
    live.hear_link(is_offline=False)
    assert (len(desk.weeks), live.state.week is None) == (2, False)
    live.leave(who)


def test_the_queues_shown_are_weighed_by_their_calls_and_what_is_withheld_counts_for_nothing(
    desk: StillDesk,
) -> None:
    told: list[TeamWeek] = []
    reports = tuple(
        QueueReport(queue=name, name=name, figures=figures)
        for name, figures in (
            ("a", (mean_figure(Indicator.MEAN_TALK, Mean(100 * S, 1)),)),
            ("b", (mean_figure(Indicator.MEAN_TALK, Mean(600 * S, 3)),)),
            ("c", (mean_figure(Indicator.MEAN_TALK, Mean(timedelta(), 0)),)),
            ("", (count_figure(Indicator.TURNED_AWAY, 4),)),
        )
    )
    desk.reports = reports
    WeekReader(desk, told=told.append).ask(date(2026, 11, 24))
    assert told[0].mean_talk(()) == Mean(700 * S, 4)
    assert told[0].mean_talk(["b", "c"]) == Mean(600 * S, 3)
