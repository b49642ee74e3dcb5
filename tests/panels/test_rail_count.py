"""What the rail counts at « Tâches »: what whoever sits there answers for, whatever the page lists."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.panels.seat import CLAIRE, NATHALIE, seat_of
from ui.places import SUPERVISION
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.task_page import Tab, Whose
from ui.workplace import Person, Workplace


def _sat(qtbot: QtBot, person: Person) -> Workplace:
    place = seat_of(CallPage(), person)
    qtbot.addWidget(place.window)
    place.window.resize(1440, 900)
    place.window.show()
    qtbot.waitUntil(lambda: place.to_do.state.is_read)
    return place


def _shows(picture: QImage, ink: str) -> bool:
    wanted = QColor(theme.colour(ink))
    return any(
        picture.pixelColor(x, y) == wanted for x in range(picture.width()) for y in range(picture.height())
    )


def test_a_supervisor_answers_for_all_and_keeps_none(qtbot: QtBot) -> None:
    page = _sat(qtbot, NATHALIE).to_do.state
    assert page.whose is Whose.ALL
    assert len(page.answered_for()) == page.count(Tab.PROMISES) > 0
    assert not any(page.is_mine(task) for task in page.answered_for())


def test_the_rail_of_a_supervisor_shows_it_in_red(qtbot: QtBot) -> None:
    place = _sat(qtbot, NATHALIE)
    place.rail.place_chosen.emit(SUPERVISION)
    assert _shows(place.rail.grab().toImage(), "danger.soft")
    place.rail.count("tasks", 0, is_overdue=False)
    assert not _shows(place.rail.grab().toImage(), "danger.soft")


@pytest.mark.parametrize("whose", Whose)
def test_what_is_counted_does_not_change_with_what_is_listed(qtbot: QtBot, whose: Whose) -> None:
    to_do = _sat(qtbot, CLAIRE).to_do
    counted = to_do.state.answered_for()
    to_do.narrow(whose)
    assert to_do.state.answered_for() == counted
    assert all(to_do.state.is_mine(task) for task in counted)
