"""What the call page tells the form beside it, as the call goes on."""

import msgspec
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.seat import desk_of, seat_of
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace


def _unverified() -> CallPage:
    page = mockup.opened_card()
    assert page.card is not None
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, verified_at=None))


@pytest.fixture
def place(qtbot: QtBot) -> Workplace:
    place = seat_of(_unverified())
    qtbot.addWidget(place.window)
    place.window.show()
    return place


def test_a_caller_once_verified_is_asked_for_no_more_and_what_was_typed_stays(place: Workplace) -> None:
    for digit in (3, 1):
        place.form.press_digit(digit)
    QTest.keyClicks(place.panel.note, "rappeler")
    assert "Vérifiez l’appelant" in place.form.state.guidance
    desk_of(place).page = mockup.opened_card()
    place.call.look()
    assert "Vérifiez l’appelant" not in place.form.state.guidance
    assert (place.form.state.entry.motive, place.panel.note.toPlainText()) == ("31", "rappeler")
