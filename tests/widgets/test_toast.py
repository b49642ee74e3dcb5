"""What was answered to somebody's act is read before what nobody asked for."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.toast import SHOWN_MS, Toast

REFUSED, KEPT = "Ce numéro ne se compose pas.", "Appel gardé dans À qualifier."


@pytest.fixture
def toast(qtbot: QtBot) -> Toast:
    host, beside = QWidget(), QWidget()
    qtbot.addWidget(host)
    qtbot.addWidget(beside)
    host.resize(800, 400)
    host.show()
    return Toast(host, undo="Annuler", beside=beside)


def _let_pass(toast: Toast, qtbot: QtBot) -> None:
    """Its six seconds, at once; what comes after has its own."""
    timer = toast.findChild(QTimer)
    assert timer is not None
    with qtbot.waitSignal(timer.timeout):
        timer.start(1)
    timer.start(SHOWN_MS)


def test_with_nothing_on_the_screen_it_is_told_at_once(toast: Toast) -> None:
    toast.remark(KEPT)
    assert (toast.isVisible(), toast.text) == (True, KEPT)


def test_it_waits_until_what_was_answered_is_read(toast: Toast, qtbot: QtBot) -> None:
    toast.warn(REFUSED)
    toast.remark(KEPT)
    assert toast.text == REFUSED
    _let_pass(toast, qtbot)
    assert (toast.isVisible(), toast.text) == (True, KEPT)


def test_a_save_can_be_taken_back_for_its_six_seconds_and_then_it_is_told(toast: Toast) -> None:
    toast.say("Appel qualifié", can_undo=True)
    toast.remark(KEPT)
    assert toast.take_back()
    assert (toast.isVisible(), toast.text) == (True, KEPT)
    assert not toast.take_back()


def test_an_answer_comes_at_once_and_what_waited_is_told_after_it(toast: Toast, qtbot: QtBot) -> None:
    toast.say("Appel qualifié", can_undo=True)
    toast.remark(KEPT)
    toast.warn(REFUSED)
    assert toast.text == REFUSED
    _let_pass(toast, qtbot)
    assert toast.text == KEPT


def test_the_same_words_are_told_once(toast: Toast, qtbot: QtBot) -> None:
    toast.warn(REFUSED)
    toast.remark(KEPT)
    toast.remark(KEPT)
    _let_pass(toast, qtbot)
    assert toast.text == KEPT
    _let_pass(toast, qtbot)
    assert toast.isHidden()


def test_an_answer_that_covers_it_puts_it_off(toast: Toast, qtbot: QtBot) -> None:
    toast.remark(KEPT)
    toast.warn(REFUSED)
    assert toast.text == REFUSED
    _let_pass(toast, qtbot)
    assert (toast.isVisible(), toast.text) == (True, KEPT)
    _let_pass(toast, qtbot)
    assert toast.isHidden()


def test_what_an_annuler_answers_does_not_cover_it_for_good(toast: Toast, qtbot: QtBot) -> None:
    toast.undone.connect(lambda: toast.say("Annulé.", can_undo=False))
    toast.say("Appel qualifié", can_undo=True)
    toast.remark(KEPT)
    assert toast.take_back()
    assert toast.text == "Annulé."
    _let_pass(toast, qtbot)
    assert toast.text == KEPT
