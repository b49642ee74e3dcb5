"""Screen 14 stands as drawn on the demonstration's messages; only a recipient says « Lu » and « Fait »."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import MarkMessageDone, MarkMessageRead
from tests.panels.measure import far_off, words_in
from tests.panels.seat import CLAIRE, desk_of, seat_of
from ui.places import TASKS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.messages import Box
from ui.viewmodels.task_page import Tab
from ui.workplace import Workplace

ZONES = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "list": (220, 140, 1200, 740),
}
WORDS = """Merci de rappeler|Messages à une personne ou à un service, reliés au contact.|Envoyés 5|Reçus 2|Mon service|
Nouveau message|Ctrl Maj M|À suivre|4|Dr KADDOUR Yanis|Orthopédie|Merci de rappeler la patiente avant 17 h|
DUBREUIL Martine|auj. 17:00|dans 6 h 32|Lu|Infirmière de consultation|Orthopédie, fonction|
Question sur un traitement, à rappeler|WhatsApp de|BENSALEM Nadia|par L. Costa, 10:24|Admissions|Service|
Mutuelle à reprendre avec le patient|Guichet de 10:05, MARTIN Jean-Luc|auj. 12:00|dans 1 h 32|Non lu|envoyé 10:07|
Dr MARCHETTI Luc|Chirurgie ambulatoire|Confrère à rappeler, avis demandé|MSSanté d’hier|Guichet de 09:20, ROUSSEL Bernard|par lui, 10:25|auj. 10:00|retard 28 min|
Relancé|au cadre, 10:15|Faits aujourd’hui|1|Brancardage|Fauteuil à prévoir à l’entrée sud|auj. 10:15|tenu|Fait|
par K. Diop, 09:41|« Lu » et « Fait » sont posés par le destinataire.|
À l’échéance, le message passe au suivant, puis au cadre."""  # noqa: E501 - as the mock-up has them
OWN_EXTENSION = "4101"
"""Where the demonstration's directory has Claire Morvan."""


@pytest.fixture
def place(qtbot: QtBot) -> Workplace:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    here = seat_of(CallPage(), msgspec.structs.replace(CLAIRE, extension=OWN_EXTENSION))
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(TASKS)
    here.tasks.tabs.press(Tab.MESSAGES)
    qtbot.waitUntil(here.messages.isVisible)
    return here


def zone(place: Workplace, name: str) -> QWidget:
    return {"rail": place.rail, "top bar": place.top_bar, "list": place.messages.card}[name]


def test_each_zone_is_where_the_mock_up_has_it(place: Workplace) -> None:
    assert {name: far_off(zone(place, name), ZONES[name]) for name in ZONES} == dict.fromkeys(ZONES, "")


def test_a_zone_elsewhere_is_seen(place: Workplace) -> None:
    assert far_off(place.messages.card, (220, 128, 1200, 740))


def test_every_word_of_the_mock_up_is_there(place: Workplace) -> None:
    seen = words_in(place.window)
    assert [word for word in WORDS.replace("\n", "").split("|") if word not in seen] == []


def test_its_author_says_nothing_of_a_message_that_was_sent(place: Workplace) -> None:
    before = list(desk_of(place).submitted)
    QTest.keyClick(place.messages.list, Qt.Key.Key_Return)
    QTest.keyClick(place.messages.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert desk_of(place).submitted == before


def test_its_recipient_says_that_it_was_read_then_done(place: Workplace) -> None:
    place.messages.boxes.press(Box.RECEIVED)
    unread = place.messages.list.key
    QTest.keyClick(place.messages.list, Qt.Key.Key_Return)
    assert desk_of(place).submitted[-1] == MarkMessageRead(message=unread)
    QTest.keyClick(place.messages.list, Qt.Key.Key_Down)
    read = place.messages.list.key
    assert read != unread
    QTest.keyClick(place.messages.list, Qt.Key.Key_Return)
    assert desk_of(place).submitted[-1] == MarkMessageDone(message=read)


def test_the_place_of_tasks_goes_back_to_the_tasks(place: Workplace) -> None:
    place.messages.left.emit()
    assert place.tasks.isVisible()
    place.tasks.tabs.press(Tab.MESSAGES)
    place.rail.place_chosen.emit(TASKS)
    assert place.tasks.isVisible()


def test_a_new_message_begins_with_whom_it_is_for(place: Workplace) -> None:
    place.messages.new.click()
    assert place.directory.isVisible()
