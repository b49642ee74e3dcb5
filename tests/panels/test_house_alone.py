"""Where nothing of persons is left, no list says that nothing waits: it says that it can't know."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.queries.board import Board
from app.queries.house import House
from tests.panels.mockup import NOW
from tests.panels.still import StillClock, StillDesk
from ui.panels.day.aside import ArrivalCard
from ui.panels.day.figures import DayFiguresStrip
from ui.panels.day.lists import CallBackCard, ContactCard
from ui.screens.messages import MessageScreen
from ui.screens.tasks import why_empty
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.day import DayPage
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.messages import MessageList
from ui.viewmodels.task_page import Me, Tab, TaskPage

ME = Me(login="c.morvan", name="Claire Morvan", service="orthopedie", service_name="Orthopédie")
NOTHING_LEFT = "Fiches effacées\u00a0: la liste reviendra avec le serveur."


def _page(*, is_alone: bool, tab: Tab = Tab.PROMISES) -> TaskPage:
    return TaskPage(me=ME, now=NOW, is_read=True, tab=tab, house=House(is_alone=is_alone))


def _words(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if not label.isHidden()}


@pytest.mark.parametrize("is_alone", [True, False])
def test_an_empty_list_of_the_home_says_what_it_knows(qtbot: QtBot, *, is_alone: bool) -> None:
    promises, arrivals, contacts = CallBackCard(), ArrivalCard(), ContactCard()
    for card in (promises, arrivals, contacts):
        qtbot.addWidget(card)
    promises.present(_page(is_alone=is_alone))
    arrivals.present((), NOW, is_known=not is_alone)
    contacts.present((), NOW, is_known=not is_alone)
    for card in (promises, arrivals, contacts):
        assert (NOTHING_LEFT in _words(card)) is is_alone


def test_no_figure_is_told_and_it_is_once_the_server_is_back(qtbot: QtBot) -> None:
    figures = DayFiguresStrip()
    qtbot.addWidget(figures)
    day = DayPage(board=Board(read_at=NOW))
    figures.present(day, _page(is_alone=True))
    assert "0" not in _words(figures)
    figures.present(day, _page(is_alone=False))
    assert "0" in _words(figures)


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.MESSAGES])
def test_no_tab_of_the_tasks_says_that_all_is_done(tab: Tab) -> None:
    assert why_empty(_page(is_alone=True, tab=tab)) == NOTHING_LEFT
    assert why_empty(_page(is_alone=False, tab=tab)) != NOTHING_LEFT


@pytest.mark.parametrize("is_alone", [True, False])
def test_an_empty_box_of_messages_says_what_it_knows(qtbot: QtBot, *, is_alone: bool) -> None:
    desk = StillDesk(CallPage())
    house = HouseKnown(desk)
    left = MessageList(
        desk, author="c.morvan", extension="4103", services=("orthopedie",), clock=StillClock()
    )
    screen = MessageScreen(left, house=house, now=lambda: NOW)
    qtbot.addWidget(screen)
    house.state = House(is_alone=is_alone)
    house.state_changed.emit()
    assert (NOTHING_LEFT in _words(screen)) is is_alone
