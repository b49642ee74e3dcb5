"""Whoever types a password at the lock, or a phrase, is warned as at the door, and reads it whole."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.panels.phrase_form import PhraseForm
from ui.screens.lock import LockScreen
from ui.theme import theme
from ui.widgets.button import Link
from ui.widgets.card import Notice

NOW = datetime(2026, 11, 24, 9, 26, tzinfo=UTC)
CAPITALS = "Les majuscules sont verrouillées."


@pytest.fixture
def lock(qtbot: QtBot, qapp: QApplication) -> LockScreen:
    theme.apply(qapp)
    made = LockScreen(house="CH Saint-Aurélien", name="Claire Morvan", now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    return made


@pytest.fixture
def phrase(qtbot: QtBot, qapp: QApplication) -> PhraseForm:
    theme.apply(qapp)
    made = PhraseForm(shortest=15, is_new=True)
    qtbot.addWidget(made)
    made.show()
    return made


def _said(screen: QWidget) -> list[str]:
    return [one.text.text() for one in screen.findChildren(Notice) if one.isVisible()]


def _type_a_capital(field: QLineEdit) -> None:
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(field, pressed)


def test_who_forgot_the_password_of_a_locked_desk_reads_whom_to_ask_whole(lock: LockScreen) -> None:
    (link,) = [one for one in lock.findChildren(Link) if one.text() == "Oublié\u00a0?"]
    link.click()
    QTest.qWait(50)
    (said,) = [one for one in lock.findChildren(Notice) if one.isVisible()]
    assert said.text.text().endswith("Ce qui est enregistré sur ce poste y reste.")
    assert said.text.height() >= said.text.heightForWidth(said.text.width())
    assert isinstance(lock.focusWidget(), QLineEdit)


def test_a_long_refusal_is_read_whole_at_the_lock(lock: LockScreen) -> None:
    lock.fail("Le serveur ne répond pas, et ce poste ne peut plus vérifier ce mot de passe sans lui. " * 2)
    QTest.qWait(50)
    (said,) = [one for one in lock.findChildren(Notice) if one.isVisible()]
    assert (
        said.text.height() >= said.text.heightForWidth(said.text.width()) > said.text.fontMetrics().height()
    )


def test_capitals_that_are_locked_are_said_at_the_lock(lock: LockScreen) -> None:
    (field,) = lock.findChildren(QLineEdit)
    _type_a_capital(field)
    assert _said(lock) == [CAPITALS]


@pytest.mark.parametrize("which", [0, 1])
def test_capitals_that_are_locked_are_said_of_both_fields_of_a_new_phrase(
    phrase: PhraseForm, which: int
) -> None:
    _type_a_capital(phrase.findChildren(QLineEdit)[which])
    assert _said(phrase) == [CAPITALS]
