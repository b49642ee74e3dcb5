"""« Identités à trancher »: what waits since two records were parted, and the pairs that were signalled."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.double_commands import SettleTriage
from app.queries.doubles import ToDecide
from tests.panels.doubles_mockup import PROMISE, TWIN, waiting_to_be_decided
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, seat_of
from ui.panels.triage import TriageCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Person, Workplace

Sit = Callable[[Person], Workplace]


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication) -> Sit:
    theme.apply(qapp)

    def sit_down(person: Person) -> Workplace:
        here = seat_of(CallPage(), person)
        qtbot.addWidget(here.window)
        here.window.resize(1440, 900)
        here.window.show()
        desk_of(here).waiting = waiting_to_be_decided()
        return here

    return sit_down


@pytest.fixture
def place(sit: Sit) -> Workplace:
    return sit(NATHALIE)


def _press(place: Workplace, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(place.window.windowHandle(), key, held)


def _open(place: Workplace) -> TriageCard:
    _press(place, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return place.records.comparing.triage_card


def test_what_waits_is_told_apart_by_what_it_is_when_it_came_and_who_has_it(place: Workplace) -> None:
    said = words_in(_open(place))
    for words in (
        "Téléphone, hier",
        "Promesse, Rappel",
        "Noté chez DUBREUIL Martine",
        "Donner à LEROUX Martine",
        "Laisser à DUBREUIL Martine",
        "DUBREUIL Martine, LEROUX Martine",
    ):
        assert words in said


def test_each_is_given_to_one_of_the_two_by_the_keyboard_alone(place: Workplace) -> None:
    card = _open(place)
    _press(place, Qt.Key.Key_Tab)
    desk_of(place).waiting = ToDecide(signalled=(), to_sort=(PROMISE,))
    _press(place, Qt.Key.Key_Return)
    assert desk_of(place).submitted[-1:] == [SettleTriage(item="call", person=TWIN)]
    assert "Rattaché au dossier choisi." in place.toast.text
    assert "LEROUX" not in place.toast.text
    assert card.buttons[0].hasFocus()
    _press(place, Qt.Key.Key_Down)
    desk_of(place).waiting = ToDecide(signalled=(), to_sort=())
    _press(place, Qt.Key.Key_Return)
    assert desk_of(place).submitted[-1:] == [SettleTriage(item="promise", person=MARTINE)]
    assert "Rien n’attend." in words_in(card)


def test_a_signalled_pair_is_compared_from_the_list_and_decided(place: Workplace) -> None:
    card = _open(place)
    card.buttons[-1].click()
    assert not card.isVisible()
    comparison = place.records.comparing.card
    assert "Dossier conservé" in words_in(comparison)
    _press(place, Qt.Key.Key_Escape)
    assert not comparison.isVisible()


def test_who_does_not_decide_is_told_so_and_nothing_is_read(sit: Sit) -> None:
    place = sit(CLAIRE)
    _press(place, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "Votre rôle ne permet pas" in place.toast.text
    assert place.records.comparing.triage.state is None


def test_without_the_server_it_says_so(place: Workplace) -> None:
    desk_of(place).is_cut = True
    assert "demande le serveur" in words_in(_open(place))


def test_two_records_of_one_name_are_told_apart(place: Workplace) -> None:
    alike = msgspec.structs.replace(PROMISE, names=("LEROUX Martine", "LEROUX Martine"))
    desk_of(place).waiting = ToDecide(signalled=(), to_sort=(alike,))
    kept, other = _open(place).buttons
    assert (kept.text(), other.text()) == (
        "Laisser à LEROUX Martine (séparé)",
        "Donner à LEROUX Martine (conservé)",
    )
