"""What has not left this desk: the bar, the drawer at the bell, and the choice between two versions."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import LogMotive
from app.domain.words import Outcome
from tests.panels import mockup
from tests.panels.outbox_mockup import OVERTAKEN, fill_outbox
from tests.panels.seat import desk_of, seat_of
from tests.panels.still import StillDesk
from ui.places import TASKS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.conflict import Side
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Nobody is on the phone; six commands have not left, two of them refused."""
    theme.apply(qapp)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    fill_outbox(desk_of(here))
    here.sendings.list.look_now()
    return here


def _desk(place: Workplace) -> StillDesk:
    return desk_of(place)


def _saves(place: Workplace) -> list[LogMotive]:
    return [command for command in _desk(place).submitted if isinstance(command, LogMotive)]


def _left(place: Workplace) -> list[str]:
    return [one.command for one in _desk(place).unsent]


def _choose(place: Workplace) -> None:
    place.sendings.drawer.opened.emit(OVERTAKEN)
    assert place.sendings.card.isVisible()


def test_a_short_absence_moves_nothing_and_a_long_one_is_said(place: Workplace, qtbot: QtBot) -> None:
    place.show_link("Hors ligne", is_offline=True)
    assert not place.sendings.bar.isVisible()
    place.show_link("À jour, 10:28", is_offline=False)
    place.show_link("Hors ligne", is_offline=True)
    qtbot.waitUntil(place.sendings.bar.isVisible, timeout=20_000)
    place.show_link("À jour, 10:28", is_offline=False)
    assert not place.sendings.bar.isVisible()


def test_the_bell_counts_what_was_refused_and_opens_the_drawer(place: Workplace) -> None:
    assert "2 envois" in place.top_bar.bell.accessibleName()
    place.top_bar.bell.click()
    keys = [row.key for row in place.sendings.drawer.list.rows]
    assert keys == ["a", "b", "c", "d", "", OVERTAKEN, "f"]
    assert place.window.focusWidget() is place.sendings.drawer.list


def test_echap_and_another_place_close_the_drawer(place: Workplace) -> None:
    place.sendings.toggle()
    QTest.keyClick(place.sendings.drawer, Qt.Key.Key_Escape)
    assert not place.sendings.drawer.isVisible()
    place.sendings.toggle()
    place.pages.go(TASKS)
    assert not place.sendings.drawer.isVisible()


def test_suppr_puts_away_what_was_refused_and_nothing_that_waits(place: Workplace) -> None:
    place.sendings.toggle()
    drawer = place.sendings.drawer
    drawer.list.present(drawer.list.rows, current="b")
    QTest.keyClick(drawer, Qt.Key.Key_Delete)
    assert "b" in _left(place)
    drawer.list.present(drawer.list.rows, current="f")
    QTest.keyClick(drawer, Qt.Key.Key_Delete)
    assert "f" not in _left(place)


def test_a_refused_contact_is_gone_back_to_and_its_refusal_stays(place: Workplace) -> None:
    place.sendings.drawer.opened.emit("f")
    assert place.call.contact == "c-kowalczyk"
    assert "f" in _left(place)


def test_what_an_administrator_is_given_names_nobody(place: Workplace) -> None:
    told: list[str] = []
    place.sendings.drawer.copied.connect(told.append)
    place.sendings.drawer.copy.click()
    assert "LogMotive" in told[0]
    assert not any(name in told[0].upper() for name in ("FONTAINE", "GARNIER", "MARTIN", "KOWALCZYK"))
    assert QApplication.clipboard().text() == told[0]


def test_both_notes_are_kept_and_the_save_says_what_it_replaces(place: Workplace) -> None:
    _choose(place)
    words = place.sendings.card.outcome.text()
    assert "Répondu par Hugo Lambert" in words
    assert "les deux notes sont gardées" in words
    assert "votre rappel de 11:30 n’est pas promis" in words
    QTest.keyClick(place.sendings.card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (save,) = _saves(place)
    assert (save.over, save.outcome, save.commitment) == ("log-hugo", Outcome.DEALT_WITH, None)
    assert save.note.splitlines() == [
        "Bon envoyé par courrier et remis à l’ambulancier.",
        "Ne reçoit pas les e-mails. Fille à prévenir.",
    ]
    assert OVERTAKEN not in _left(place)
    assert not place.sendings.card.isVisible()


def test_ones_own_version_brings_its_promise_under_a_name_of_its_own(place: Workplace) -> None:
    _choose(place)
    place.sendings.card.keep_mine.click()
    (save,) = _saves(place)
    assert (save.outcome, save.note) == (
        Outcome.FOLLOW_UP,
        "Ne reçoit pas les e-mails. Fille à prévenir.",
    )
    assert save.commitment is not None
    assert save.commitment.due_at == mockup.paris(11, 24, 11, 30)
    assert save.commitment.commitment != "p-new"


def test_the_servers_version_needs_no_new_save(place: Workplace) -> None:
    _choose(place)
    place.sendings.card.keep_theirs.click()
    assert _saves(place) == []
    assert OVERTAKEN not in _left(place)


def test_their_promise_stays_to_be_kept_with_ones_own_status(place: Workplace) -> None:
    standing = _desk(place).standing
    assert standing is not None
    due_at = mockup.paris(11, 24, 15, 0)
    _desk(place).standing = msgspec.structs.replace(standing, due_at=due_at)
    _choose(place)
    place.sendings.card.chosen.emit("status", Side.MINE)
    assert "15:00 par Hugo Lambert reste à faire" in place.sendings.card.outcome.text()


def test_a_contact_that_this_desk_no_longer_holds_is_said(place: Workplace) -> None:
    _desk(place).standing = None
    place.sendings.drawer.opened.emit(OVERTAKEN)
    assert not place.sendings.card.isVisible()
    assert "n’est plus sur ce poste" in place.toast.text
    assert OVERTAKEN in _left(place)


def test_tab_goes_round_the_card_and_arrows_choose(place: Workplace) -> None:
    _choose(place)
    card = place.sendings.card
    _, status, note = card.fields
    assert status.radios[Side.THEIRS].hasFocus()
    QTest.keyClick(status.radios[Side.THEIRS], Qt.Key.Key_Tab)
    assert note.radios[Side.BOTH].hasFocus()
    for _ in range(3):
        QTest.keyClick(place.window.focusWidget(), Qt.Key.Key_Tab)
    assert card.apply.hasFocus()
    QTest.keyClick(card.apply, Qt.Key.Key_Tab)
    assert status.radios[Side.THEIRS].hasFocus()
