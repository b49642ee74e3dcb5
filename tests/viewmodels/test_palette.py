"""The palette asks the server for a name this desk does not hold; what comes moves nothing."""

import pytest
from pytestqt.qtbot import QtBot

from app.queries.person_search import FoundPerson, FoundPersons
from tests.panels.still import StillClock, StillDesk
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.key_map import all_acts
from ui.viewmodels.pace import SERVER_PAUSE_MS
from ui.viewmodels.palette import Kind, Palette

pytestmark = pytest.mark.usefixtures("qapp")
STRANGER = FoundPerson(
    person="stranger",
    birth_name="DUBREUIL",
    first_given_name="Solange",
    used_name="",
    birth_date="1951-02-03",
    sex="F",
    birth_place="",
)


def _palette() -> tuple[Palette, StillDesk]:
    desk = StillDesk(CallPage())
    return Palette(desk, all_acts(), clock=StillClock()), desk


def test_whom_only_the_server_knows_comes_after_all_that_was_there(qtbot: QtBot) -> None:
    palette, desk = _palette()
    palette.type("dubreuil")
    here = palette.lines
    assert {line.kind for line in here} >= {Kind.PERSON}
    desk.beyond = FoundPersons(rows=(*(line.person for line in here if line.person), STRANGER))
    with qtbot.waitSignal(palette.grown):
        pass
    assert palette.lines[: len(here)] == here
    assert [line.key for line in palette.lines[len(here) :]] == ["stranger"]
    assert desk.looked == [("dubreuil", "")]


def test_an_act_is_no_name_and_is_not_asked_of_the_server(qtbot: QtBot) -> None:
    palette, desk = _palette()
    palette.type("annuaire")
    qtbot.wait(2 * SERVER_PAUSE_MS)
    assert desk.looked == []


def test_what_comes_late_is_dropped_and_a_cut_wire_is_said(qtbot: QtBot) -> None:
    palette, desk = _palette()
    palette.type("dubreuil")
    qtbot.waitUntil(lambda: bool(desk.unanswered))
    desk.is_cut = True
    palette.type("dubreuil m")
    here = palette.lines
    desk.unanswered[0](FoundPersons(rows=(STRANGER,)))
    assert palette.lines == here
    with qtbot.waitSignal(palette.grown):
        pass
    assert palette.is_cut
