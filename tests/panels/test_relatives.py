"""« Comparer un proche » beside a record: yes or no by the keyboard, and never who else is close (R4)."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import Refusal
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import Channel
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE
from tests.panels.seat import desk_of, seat_of
from ui.panels.relative_card import RelativeCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

TOLD = ((MARTINE, "Yann Le Gall", RelativeRole.TRUSTED), "relative")


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    theme.apply(qapp)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    desk = desk_of(here)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, relatives=2)
    here.top_bar.search_asked.emit()
    here.records.screen.search.person_chosen.emit(MARTINE)
    desk.submitted.clear()
    return here


def _card(place: Workplace) -> RelativeCard:
    return place.records.relating.card


def _press(place: Workplace, key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    held = held | Qt.KeyboardModifier.ShiftModifier if shift else held
    QTest.keyClick(place.window.windowHandle(), key, held)


def _ask(place: Workplace, name: str = "Yann Le Gall") -> None:
    _press(place, Qt.Key.Key_P, shift=True)
    _card(place).name.clear()
    QTest.keyClicks(_card(place).name, name)
    _press(place, Qt.Key.Key_Return)


def _said(place: Workplace) -> str:
    return _card(place).answer.text().replace("\u00a0", " ")


def test_a_count_stands_beside_the_record_and_nobody_is_named(place: Workplace) -> None:
    said = words_in(place.records.screen.side)
    assert "2 proches sont connus." in said
    assert "Comparer un proche" in said


def test_who_matches_is_said_to_and_may_be_withdrawn(place: Workplace) -> None:
    desk_of(place).close = Compared(likeness=Likeness.MATCHES, relative="r1")
    before = place.window.focusWidget()
    _ask(place)
    assert desk_of(place).related == [TOLD]
    assert _said(place) == "Correspond. À l’accueil, ce rôle n’ouvre aucune information médicale."
    assert _card(place).save.isHidden()
    _press(place, Qt.Key.Key_L)
    assert desk_of(place).submitted == [WithdrawRelative(person=MARTINE, relative="r1")]
    assert place.toast.text == "Proche retiré."
    assert place.window.focusWidget() is before


def test_who_does_not_match_is_told_nothing_and_may_be_written_down(place: Workplace) -> None:
    _ask(place)
    assert _said(place) == "Ne correspond pas. Dites : « Je n’ai aucune information à vous donner. »"
    QTest.keyClicks(_card(place).number, "06 39 98 00 42")
    _press(place, Qt.Key.Key_S)
    assert desk_of(place).submitted == [
        SayRelative(
            person=MARTINE,
            full_name="Yann Le Gall",
            role=RelativeRole.TRUSTED,
            number_raw="06 39 98 00 42",
            source=Channel.PHONE,
        )
    ]
    assert "Gall" not in place.toast.text
    place.notices.take_back()
    assert desk_of(place).submitted[-1] == WithdrawRelative(person=MARTINE, relative="1")


def test_do_not_inform_is_said_in_red_and_saves_nothing(place: Workplace) -> None:
    desk_of(place).close = Compared(likeness=Likeness.NOT_INFORMED)
    _ask(place)
    assert _said(place) == "Ne pas informer. Dites : « Je n’ai aucune information à vous donner. »"
    assert _card(place).answer.property("tone") == "danger"
    _press(place, Qt.Key.Key_S)
    _press(place, Qt.Key.Key_L)
    assert desk_of(place).submitted == []


def test_an_answer_is_of_what_was_told_and_goes_with_it(place: Workplace) -> None:
    desk_of(place).close = Compared(likeness=Likeness.MATCHES, relative="r1")
    _ask(place)
    QTest.keyClicks(_card(place).name, "o")
    assert _card(place).answer.isHidden()
    assert _card(place).withdraw.isHidden()
    _card(place).role.chosen.emit(RelativeRole.GUARDIAN)
    _press(place, Qt.Key.Key_Return)
    assert desk_of(place).related[-1] == ((MARTINE, "Yann Le Gallo", RelativeRole.GUARDIAN), "relative")


def test_without_the_server_it_is_said_and_asked_again(place: Workplace) -> None:
    desk_of(place).is_cut = True
    _ask(place)
    assert _card(place).answer.isHidden()
    assert _card(place).isVisible()
    assert place.toast.text
    desk_of(place).is_cut = False
    _press(place, Qt.Key.Key_Return)
    assert _card(place).answer.isVisible()


def test_what_the_server_refuses_stays_in_the_card_to_be_put_right(place: Workplace) -> None:
    _ask(place)
    desk_of(place).no = Refusal("number_unreadable", "number_raw")
    QTest.keyClicks(_card(place).number, "12")
    _press(place, Qt.Key.Key_S)
    assert _card(place).isVisible()
    assert _card(place).number.text() == "12"


def test_another_persons_record_is_no_place_for_it(place: Workplace) -> None:
    _ask(place)
    place.records.opened.close()
    assert _card(place).isHidden()
