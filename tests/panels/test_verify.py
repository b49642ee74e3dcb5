"""A caller is trusted on what was compared and ticked, by keyboard or mouse, and on nothing less."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.words import Proof
from ui.theme import theme
from ui.widgets.late_keys import GRACE_MS
from ui.widgets.verify_card import VerifyCard

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


class Desk:
    """A page with a field, a card over it, and a window that also wants Ctrl+Entrée."""

    def __init__(self) -> None:
        self.page = QWidget()
        self.page.resize(848, 711)
        self.field = QLineEdit(self.page)
        self.card = VerifyCard(self.page)
        self.verified: list[tuple[Proof, ...]] = []
        self.cancelled: list[bool] = []
        self.saved: list[bool] = []
        self.card.verified.connect(self.verified.append)
        self.card.cancelled.connect(lambda: self.cancelled.append(True))
        save = QShortcut(QKeySequence("Ctrl+Return"), self.page)
        save.activated.connect(lambda: self.saved.append(True))

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.page.focusWidget(), key)

    def enter(self) -> None:
        QTest.keyClick(self.page.focusWidget(), Key.Key_Return, CTRL)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """The card open, long enough for Enter to count."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    desk = Desk()
    qtbot.addWidget(desk.page)
    desk.page.show()
    desk.page.activateWindow()
    desk.field.setFocus()
    desk.card.open()
    qtbot.wait(GRACE_MS + 50)
    return desk


def test_two_digits_and_ctrl_enter_verify_the_caller(desk: Desk) -> None:
    desk.press(Key.Key_2, Key.Key_1)
    desk.enter()
    assert desk.verified == [(Proof.BIRTH_DATE, Proof.BIRTH_NAME)]
    assert desk.saved == []
    assert desk.card.isHidden()


@pytest.mark.parametrize(("key", "proof"), [(Key.Key_6, Proof.CALL_BACK), (Key.Key_7, Proof.PAPER_AT_DESK)])
def test_a_call_back_or_a_paper_suffices_alone(desk: Desk, key: Qt.Key, proof: Proof) -> None:
    desk.press(key)
    desk.enter()
    assert desk.verified == [(proof,)]


def test_one_thing_compared_is_not_enough_and_it_is_said(desk: Desk) -> None:
    assert (desk.card.reason.text(), desk.card.confirm_button.isEnabled()) == (
        "Cochez ce qui concorde.",
        False,
    )
    desk.press(Key.Key_3)
    assert (desk.card.reason.text(), desk.card.confirm_button.isEnabled()) == (
        "Encore un élément à comparer.",
        False,
    )
    desk.enter()
    assert (desk.verified, desk.saved) == ([], [])
    assert not desk.card.isHidden()


def test_a_digit_pressed_again_takes_its_tick_back(desk: Desk) -> None:
    desk.press(Key.Key_1, Key.Key_2, Key.Key_2)
    assert [proof for proof, tick in desk.card.ticks.items() if tick.isChecked()] == [Proof.BIRTH_DATE]


def test_escape_closes_and_the_keyboard_goes_back(desk: Desk) -> None:
    desk.press(Key.Key_1, Key.Key_Escape)
    assert (desk.cancelled, desk.verified) == ([True], [])
    assert desk.card.isHidden()
    assert desk.page.focusWidget() is desk.field


def test_nothing_is_ticked_when_it_opens_again(desk: Desk) -> None:
    desk.press(Key.Key_1, Key.Key_2, Key.Key_Escape)
    desk.card.open()
    assert not any(tick.isChecked() for tick in desk.card.ticks.values())
    assert not desk.card.confirm_button.isEnabled()


def test_ctrl_enter_does_nothing_on_a_card_that_just_appeared(desk: Desk) -> None:
    desk.press(Key.Key_Escape)
    desk.card.open()
    desk.press(Key.Key_6)
    desk.enter()
    assert (desk.verified, desk.saved) == ([], [])


def test_tab_stays_in_the_card(desk: Desk) -> None:
    seen: list[QWidget] = []
    for _ in range(9):
        desk.press(Key.Key_Tab)
        seen.append(desk.page.focusWidget())
    assert seen[:7] == list(desk.card.ticks.values())
    assert seen[7:] == [desk.card.cancel_button, seen[0]]


def test_digits_tick_wherever_tab_went(desk: Desk) -> None:
    desk.press(Key.Key_Tab, Key.Key_Tab, Key.Key_5)
    assert desk.card.ticks[Proof.LAST_APPOINTMENT].isChecked()


def test_a_click_ticks_and_confirms(desk: Desk) -> None:
    for proof in (Proof.POSTCODE, Proof.FILE_NUMBER):
        QTest.mouseClick(desk.card.ticks[proof], Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.card.confirm_button, Qt.MouseButton.LeftButton)
    assert desk.verified == [(Proof.POSTCODE, Proof.FILE_NUMBER)]


def test_it_fits_a_small_page(desk: Desk) -> None:
    desk.page.setMinimumSize(0, 0)
    desk.page.resize(600, 500)
    desk.card.open()
    assert desk.card.geometry().right() <= 600 - 20
    assert desk.card.minimumSizeHint().width() <= desk.card.width()
