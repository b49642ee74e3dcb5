"""The door before anybody signed in: what it says of itself."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.door import VERSION, WINDOW
from ui.screens.sign_in import SignIn
from ui.theme import theme
from ui.widgets.button import Link
from ui.widgets.card import Notice


@pytest.fixture
def door(qtbot: QtBot) -> SignIn:
    theme.choose("light")
    screen = SignIn(house="CH Saint-Aurélien", version=VERSION)
    qtbot.addWidget(screen)
    screen.resize(*WINDOW)
    screen.suggest("c.morvan")
    screen.show()
    return screen


def test_who_forgot_the_password_is_told_whom_to_ask_and_goes_on_typing(door: SignIn) -> None:
    assert not [one for one in door.findChildren(Notice) if one.isVisible()]
    (link,) = [one for one in door.findChildren(Link) if one.text() == "Oublié\u00a0?"]
    link.click()
    QTest.qWait(50)
    (said,) = [one for one in door.findChildren(Notice) if one.isVisible()]
    assert said.text.text().startswith("L’informatique de l’établissement en donne un autre.")
    assert said.text.fontMetrics().horizontalAdvance(said.text.text()) > said.text.width()
    assert said.text.height() >= said.text.heightForWidth(said.text.width())
    field = door.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
