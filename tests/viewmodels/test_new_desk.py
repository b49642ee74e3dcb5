"""A desk that opens for the first time claims nothing before its house came."""

import pytest
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from tests.panels.measure import words_in
from tests.panels.phone_book import HOUSE
from tests.panels.still import StillClock, StillDesk
from ui.panels.day import CallBackCard
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.day import DayBoard
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.task_page import Me
from ui.viewmodels.tasks import TaskList

ME = Me(
    login="c.morvan",
    name="Claire Morvan",
    service="orthopedie",
    service_name="Secrétariat orthopédie",
    services=("orthopedie",),
)


@pytest.fixture
def desk() -> StillDesk:
    """Nothing has come to it."""
    desk = StillDesk(CallPage())
    desk.house = "elsewhere"
    return desk


def test_what_there_is_to_do_is_read_once_the_house_is_here(qtbot: QtBot, desk: StillDesk) -> None:
    house = HouseKnown(desk)
    tasks = TaskList(desk, ME, house=house, clock=StillClock(), mint=TimeOrderedMint())
    tasks.begin()
    qtbot.wait(50)
    assert not tasks.state.is_read
    assert tasks.state.owners == ()
    desk.house = HOUSE
    tasks.look()
    house.look()
    qtbot.waitUntil(lambda: tasks.state.is_read)
    assert tasks.state.promises()
    qtbot.waitUntil(lambda: bool(tasks.state.owners))


def test_the_day_has_no_figures_before_the_house_is_here(qtbot: QtBot, desk: StillDesk) -> None:
    day = DayBoard(desk, services=("orthopedie",), agent="c.morvan", clock=StillClock())
    day.show(is_shown=True)
    qtbot.wait(50)
    assert day.state.board is None
    desk.house = HOUSE
    day.look()
    qtbot.waitUntil(lambda: day.state.board is not None)
    day.show(is_shown=False)


def test_the_card_of_promises_says_that_they_are_on_their_way(qtbot: QtBot) -> None:
    card = CallBackCard()
    qtbot.addWidget(card)
    card.show()
    assert "Les fiches de ce poste arrivent." in words_in(card)
