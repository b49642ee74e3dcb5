"""Break-glass at the desk: always offered alike, never without a reason, and told to who supervises."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import BreakGlass, CloseGlass
from app.domain.errors import Refusal
from app.queries.accesses import Access, OpenRecord
from app.queries.person_search import FoundPersons
from tests.panels.mockup import NOW
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, seat_of
from ui.panels.glass_card import GlassCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Link
from ui.widgets.text import Text
from ui.wording import clock
from ui.workplace import Workplace

WHY = "Convocation demandée par le service"


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication) -> Workplace:
    theme.apply(qapp)
    place = seat_of(CallPage(), CLAIRE)
    qtbot.addWidget(place.window)
    place.window.resize(1440, 900)
    place.window.show()
    return place


def _search(place: Workplace, *, born: str = "12051988", found: FoundPersons | None = None) -> None:
    desk_of(place).found = found or FoundPersons()
    search = place.front.screen.search
    place.front.screen.show_search()
    QTest.keyClicks(search.born.field, born)
    QTest.keyClicks(search.name.field, "Kervella")
    QTest.keyClicks(search.first.field, "Anne")


def _card(place: Workplace) -> GlassCard:
    place.front.screen.search.results.glass.clicked.emit()
    return place.glass.card


def test_a_reason_is_asked_before_anything_is(seat: Workplace) -> None:
    _search(seat)
    card = _card(seat)
    assert card.isVisible()
    assert card.who.text() == "Kervella Anne, 12/05/1988"
    QTest.keyClicks(card.reason, "urgent")
    assert not card.open_button.isEnabled()
    card.confirm()
    assert not [one for one in desk_of(seat).submitted if isinstance(one, BreakGlass)]


def test_with_a_reason_it_is_asked_of_the_server_once_and_the_search_looks_again(seat: Workplace) -> None:
    _search(seat)
    card = _card(seat)
    asked: list[object] = []
    seat.front.screen.search.question_changed.connect(asked.append)
    card.reason.setPlainText(WHY)
    QTest.keyClick(card.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (said,) = (one for one in desk_of(seat).submitted if isinstance(one, BreakGlass))
    assert (said.birth_name, said.first_given_name, said.birth_date) == ("Kervella", "Anne", "1988-05-12")
    assert (said.reason, said.person) == (WHY, None)
    assert not card.isVisible()
    assert asked == []
    desk_of(seat).accesses = (_access(said.glass, by=CLAIRE.login),)
    seat.front.screen.search.results.show()
    seat.glass.look()
    seat.glass.look()
    assert len(asked) <= 1


def test_without_the_server_it_says_so_and_keeps_the_reason(seat: Workplace) -> None:
    _search(seat)
    card = _card(seat)
    desk_of(seat).no = Refusal("needs_server")
    card.reason.setPlainText(WHY)
    card.confirm()
    assert card.fault.text() == "Hors ligne\u00a0: un dossier protégé ne s’ouvre qu’avec le serveur."
    assert card.reason.toPlainText() == WHY
    assert card.open_button.isEnabled()


def test_a_part_of_the_traits_asks_for_the_rest_and_goes_no_further(seat: Workplace) -> None:
    _search(seat, born="1988")
    card = _card(seat)
    assert not card.reason.isEnabled()
    assert not card.open_button.isEnabled()
    assert "date de naissance" in card.fault.text()


def test_what_is_open_is_listed_and_its_reader_may_close_it_early(seat: Workplace) -> None:
    until = NOW + timedelta(minutes=12)
    mine = OpenRecord(glass="g1", birth_name="KERVELLA", first_given_name="Anne", until=until)
    desk_of(seat).opened = (mine,)
    _search(seat)
    card = _card(seat)
    assert f"KERVELLA Anne, jusqu’à {clock(until)}" in [text.text() for text in card.findChildren(Text)]
    (close,) = (link for link in card.findChildren(Link) if link.text() == "Refermer")
    close.click()
    assert desk_of(seat).submitted[-1] == CloseGlass(glass="g1")
    desk_of(seat).opened = ()
    seat.glass.look()
    assert [link for link in card.findChildren(Link) if link.isVisible()] == []


def _access(glass: str, *, by: str) -> Access:
    return Access(
        glass=glass,
        person="p",
        by=by,
        by_name="Claire Morvan",
        reason=WHY,
        is_protected=True,
        broken_at=NOW,
        until=NOW + timedelta(minutes=30),
    )


def test_who_supervises_is_told_once_by_whom_and_why_and_not_of_whom(qtbot: QtBot) -> None:
    place = seat_of(CallPage(), NATHALIE)
    qtbot.addWidget(place.window)
    desk_of(place).accesses = (_access("g1", by="c.morvan"),)
    place.glass.look()
    assert place.toast.text == f"Claire Morvan a ouvert un dossier protégé\u00a0: {WHY}"
    place.notices.warn("Autre chose")
    place.glass.look()
    assert place.toast.text == "Autre chose"
