"""« Comparer un proche » during a call: beside who calls, over the page, never over what is typed."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.relative_commands import SayRelative
from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import CallerKind
from tests.panels import mockup
from tests.panels.measure import words_in
from tests.panels.seat import desk_of, seat_of
from ui.panels.relative_card import RelativeCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier
COMPARE = "Comparer un proche"


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Martine Dubreuil's card is open, and a relative of hers may be speaking."""
    theme.apply(qapp)
    here = seat_of(mockup.opened_card())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.window.activateWindow()
    desk_of(here).submitted.clear()
    return here


def _card(place: Workplace) -> RelativeCard:
    return place.caller.relating.card


def _press(place: Workplace, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(place.window.windowHandle(), key, held)


def _ask(place: Workplace) -> None:
    place.panel.focus_motive()
    place.screen.band.relative_asked.emit()
    QTest.keyClicks(_card(place).name, "Yann Le Gall")


def _say_who_speaks(place: Workplace, kind: CallerKind) -> None:
    page = desk_of(place).page
    assert page.card is not None
    card = msgspec.structs.replace(page.card, caller_kind=kind)
    desk_of(place).page = msgspec.structs.replace(page, card=card)
    place.call.look()


def _ring_next(place: Workplace) -> None:
    page = mockup.shared_number()
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, contact="next")
    desk_of(place).page = msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))
    place.call.look()


def test_it_is_offered_to_who_says_to_be_close_and_to_nobody_else(place: Workplace) -> None:
    assert COMPARE not in words_in(place.screen.band)
    _say_who_speaks(place, CallerKind.RELATIVE)
    assert place.screen.band.relative.isVisible()
    _say_who_speaks(place, CallerKind.PROFESSIONAL)
    assert not place.screen.band.relative.isVisible()


def test_a_click_on_who_calls_offers_it_at_once(place: Workplace) -> None:
    segments = place.screen.band.kinds
    segments.press(CallerKind.RELATIVE)
    assert place.screen.band.relative.isVisible()
    assert _card(place).isHidden()


def test_the_name_is_asked_of_the_person_whose_card_is_open(place: Workplace) -> None:
    desk_of(place).close = Compared(likeness=Likeness.MATCHES, relative="r1")
    _ask(place)
    _press(place, Qt.Key.Key_Return)
    told = (mockup.MARTINE, "Yann Le Gall", RelativeRole.TRUSTED)
    assert desk_of(place).related == [(told, "relative")]
    assert desk_of(place).submitted == []


def test_who_is_not_known_is_written_down_without_saving_the_call(place: Workplace) -> None:
    _ask(place)
    _press(place, Qt.Key.Key_Return)
    _press(place, Qt.Key.Key_S)
    (said,) = desk_of(place).submitted
    assert isinstance(said, SayRelative)
    assert said.person == mockup.MARTINE
    assert place.window.focusWidget() is place.panel.motive


def test_it_covers_nothing_of_the_qualification(place: Workplace) -> None:
    _ask(place)
    side, card = place.screen.side, _card(place)
    right = card.mapTo(place.screen, card.rect().topRight()).x()
    assert right < side.x()
    assert card.mapTo(place.screen, card.rect().bottomRight()).y() <= place.screen.height()


def test_escape_gives_the_keyboard_back_to_the_motive(place: Workplace) -> None:
    _ask(place)
    _press(place, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert _card(place).isHidden()
    assert place.window.focusWidget() is place.panel.motive


def test_a_call_that_waits_behind_takes_nothing_of_what_is_typed(place: Workplace) -> None:
    _ask(place)
    _ring_next(place)
    assert place.front.is_behind
    assert _card(place).isVisible()
    assert _card(place).name.text() == "Yann Le Gall"


def test_with_the_call_gone_it_goes(place: Workplace) -> None:
    _ask(place)
    desk_of(place).page = CallPage()
    place.call.look()
    assert _card(place).isHidden()


def test_where_nobody_s_card_is_open_the_key_asks_nothing(place: Workplace) -> None:
    desk_of(place).page = mockup.shared_number()
    place.call.look()
    place.screen.band.relative_asked.emit()
    assert _card(place).isHidden()
