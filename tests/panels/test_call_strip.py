"""The strip says how the call stands, in a word and an icon."""

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.words import CallState
from tests.panels import mockup
from tests.panels.measure import words_in
from ui.panels.call_strip import CallStrip
from ui.theme import theme


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CallState.IN_CALL, "En communication"),
        (CallState.HELD, "En attente"),
        (CallState.DIALLING, "Appel sortant"),
        (CallState.RINGING, "Appel entrant"),
    ],
)
def test_the_strip_says_how_the_call_stands(
    qtbot: QtBot, qapp: QApplication, state: CallState, words: str
) -> None:
    theme.apply(qapp)
    page = mockup.opened_card()
    assert page.card is not None
    strip = CallStrip(now=lambda: mockup.NOW)
    qtbot.addWidget(strip)
    call = msgspec.structs.replace(page.card.call, state=state)
    strip.present(msgspec.structs.replace(page.card, call=call))
    strip.show()
    assert words in words_in(strip)
