"""At a desk, the service or who works there keeps a promise, and the motives of the line are offered."""

from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.domain.words import Outcome
from tests.panels import mockup
from tests.panels.seat import desk_of, seat_of
from ui.theme import theme
from ui.workplace import Workplace


def _seated(qtbot: QtBot, qapp: QApplication) -> Workplace:
    theme.apply(qapp)
    place = seat_of(mockup.opened_card())
    qtbot.addWidget(place.window)
    place.window.show()
    return place


def test_changing_who_keeps_a_promise_offers_the_service_and_who_works_there(
    qtbot: QtBot, qapp: QApplication
) -> None:
    place = _seated(qtbot, qapp)
    place.form.choose_outcome(Outcome.FOLLOW_UP)
    follow_up = place.panel.follow_up
    assert follow_up.change.isVisibleTo(follow_up)
    follow_up.change.click()
    menu = follow_up.findChild(QMenu)
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert list(offered) == ["Orthopédie", "Adeline Petit", "Claire Morvan"]
    offered["Adeline Petit"].trigger()
    menu.close()
    assert place.form.state.owner_name == "Adeline Petit"


def test_the_motives_offered_are_those_of_the_line_that_rang(qtbot: QtBot, qapp: QApplication) -> None:
    place = _seated(qtbot, qapp)
    assert [motive.code for motive in place.form.state.frequent] == ["61", "71"]
    desk_of(place).known = type(desk_of(place).known)(frequent={mockup.QUEUE: ("31",), "standard": ("84",)})
    with qtbot.waitSignal(place.house.state_changed):
        place.house.look()
    assert [motive.code for motive in place.form.state.frequent] == ["31"]
