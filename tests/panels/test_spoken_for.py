"""Whoever speaks for somebody calls from a number that is not the patient's (rules R4, R9)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.commands import RegisterProvisionalPerson
from app.domain.words import CallerKind
from tests.panels import mockup
from tests.panels.seat import desk_of, seat_of
from ui.workplace import Workplace

pytestmark = pytest.mark.usefixtures("qapp")


def provisional(qtbot: QtBot, kind: CallerKind) -> Workplace:
    """A call from a number, who speaks, and the form of who has no file."""
    place = seat_of(mockup.shared_number())
    qtbot.addWidget(place.window)
    place.window.show()
    place.screen.band.caller_kind_chosen.emit(kind)
    QTest.keyClick(
        place.window.windowHandle(),
        Qt.Key.Key_N,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    return place


def fill(place: Workplace) -> None:
    form = place.screen.search.form
    for field, text in ((form.name, "Goaziou"), (form.first, "Anne"), (form.born, "12051988")):
        field.field.setText(text)
    form.sex.press("F")
    form.submit()


@pytest.mark.parametrize("kind", [CallerKind.PATIENT, CallerKind.UNKNOWN])
def test_the_number_of_who_calls_is_proposed_and_asked(qtbot: QtBot, kind: CallerKind) -> None:
    place = provisional(qtbot, kind)
    form = place.screen.search.form
    assert "".join(form.number.text().split()).startswith("06")
    assert form.number.below.text() == ""
    form.number.field.clear()
    fill(place)
    assert form.number.below.text() == "Un numéro à rappeler."
    assert desk_of(place).submitted == []


@pytest.mark.parametrize("kind", [CallerKind.RELAY, CallerKind.RELATIVE, CallerKind.PROFESSIONAL])
def test_the_number_of_who_speaks_for_somebody_is_not_theirs(qtbot: QtBot, kind: CallerKind) -> None:
    place = provisional(qtbot, kind)
    number = place.screen.search.form.number
    assert (number.text(), number.below.text()) == ("", "Le sien, s’il est connu")
    fill(place)
    told = [one for one in desk_of(place).submitted if isinstance(one, RegisterProvisionalPerson)]
    assert [one.number_raw for one in told] == [""]


def test_the_call_is_said_from_which_somebody_is_written_down(qtbot: QtBot) -> None:
    place = provisional(qtbot, CallerKind.UNKNOWN)
    fill(place)
    told = [one for one in desk_of(place).submitted if isinstance(one, RegisterProvisionalPerson)]
    card = mockup.shared_number().card
    assert card is not None
    assert [one.contact for one in told] == [card.call.contact]
