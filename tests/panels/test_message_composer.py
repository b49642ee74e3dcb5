"""« Merci de rappeler » is written over the page, linked to the contact, and kept when it is sent."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import LeaveMessage, WithdrawMessage
from app.domain.hours import suggested
from app.domain.opening import ALWAYS
from tests.panels import mockup
from tests.panels.measure import far_off, place_of, words_in
from tests.panels.pictures import ON_DUTY
from tests.panels.seat import desk_of, seat_of
from ui.places import DIRECTORY
from ui.theme import theme
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot) -> Workplace:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    here = seat_of(mockup.opened_card())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(DIRECTORY)
    here.directory.focus_search()
    QTest.keyClicks(here.directory.results.field, "kaddour")
    return here


def write(place: Workplace, text: str) -> list[LeaveMessage]:
    place.directory.sheet.message_asked.emit()
    place.composer.text.insertPlainText(text)
    place.composer.send.click()
    return [each for each in desk_of(place).submitted if isinstance(each, LeaveMessage)]


def test_a_message_names_its_recipient_its_contact_and_its_due_time(place: Workplace) -> None:
    (message,) = write(place, "Merci de rappeler la patiente avant 17 h.")
    assert message.recipient_name == "Dr KADDOUR Yanis"
    assert message.contact == "call-2"
    assert message.text == "Merci de rappeler la patiente avant 17 h."
    assert message.due_at == suggested(mockup.NOW, opening=ALWAYS)[-2]
    assert place.composer.isHidden()


def test_an_empty_message_is_not_sent(place: Workplace) -> None:
    assert write(place, "  ") == []
    assert place.composer.isVisible()


def test_it_says_what_it_is_about_and_that_no_name_leaves(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    seen = words_in(place.composer)
    for word in ("Dr KADDOUR Yanis", "DUBREUIL Martine", "Le patient peut lire ce message.", "Avant"):
        assert word in seen
    assert "Aucun nom de patient ne part par DECT ni par e-mail." in seen


def test_it_stands_at_the_bottom_right_440_wide(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    here = place_of(place.composer)
    assert here.width() == 440
    assert here.bottomRight() == QPoint(1419, 883)


def test_closed_it_keeps_what_was_typed_for_the_same_recipient(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    place.composer.text.insertPlainText("Brouillon")
    place.composer.leave.click()
    place.directory.sheet.message_asked.emit()
    assert place.composer.text.toPlainText() == "Brouillon"


def test_it_stands_as_drawn_with_every_word(place: Workplace) -> None:
    place.composer.open_for(ON_DUTY, about="Appel de 10:26, DUBREUIL Martine")
    assert far_off(place.composer, (980, 498, 440, 386)) == ""
    seen = words_in(place.composer)
    words = (
        "Merci de rappeler|Ctrl Maj M|Pour|Dr KADDOUR Yanis|de garde jusqu’à 18:30|Au sujet de|Message|"
        "Appel de 10:26, DUBREUIL Martine|Le patient peut lire ce message.|Avant|Auj. 17:00|Demain 10:00|"
        "Autre|Son DECT affiche « 1 message à lire ».|Envoyer|Ctrl Entrée|Annuler"
    )
    assert [word for word in words.split("|") if word not in seen] == []


def test_its_contact_can_be_left_out(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    place.composer.unlink.click()
    place.composer.text.insertPlainText("Merci de rappeler.")
    place.composer.send.click()
    (message,) = [each for each in desk_of(place).submitted if isinstance(each, LeaveMessage)]
    assert message.contact is None


def test_any_other_time_can_be_chosen(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    place.composer.due.other.click()
    asked = mockup.paris(11, 26, 9, 15)
    place.composer.due.picker.show_moment(asked)
    place.composer.text.insertPlainText("Merci de rappeler.")
    place.composer.send.click()
    (message,) = [each for each in desk_of(place).submitted if isinstance(each, LeaveMessage)]
    assert message.due_at == asked


def test_closed_it_keeps_the_time_chosen_for_the_same_recipient_alone(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    first = place.composer.due.moment()
    place.composer.due.chips[1].click()
    chosen = place.composer.due.moment()
    assert chosen not in (None, first)
    place.composer.text.insertPlainText("Brouillon")
    place.composer.leave.click()
    place.directory.sheet.message_asked.emit()
    assert place.composer.due.moment() == chosen
    place.composer.open_for(msgspec.structs.replace(ON_DUTY, entry="another"), about="")
    assert place.composer.due.moment() == first


def test_a_time_chosen_that_is_past_is_chosen_again(place: Workplace) -> None:
    past = mockup.NOW - timedelta(minutes=1)
    place.composer.hold(ON_DUTY, "Brouillon", past)
    place.composer.open_for(ON_DUTY, about="")
    assert place.composer.due.moment() == suggested(mockup.NOW, opening=ALWAYS)[-2]


def test_escape_puts_it_away_and_keeps_what_is_typed(place: Workplace) -> None:
    place.directory.sheet.message_asked.emit()
    place.composer.text.insertPlainText("Brouillon")
    QTest.keyClick(place.composer.text, Qt.Key.Key_Escape)
    assert place.composer.isHidden()
    assert place.directory.isVisible()
    assert place.composer.text.toPlainText() == "Brouillon"


def test_a_message_sent_is_taken_back_and_its_words_are_there_to_be_mended(place: Workplace) -> None:
    (message,) = write(place, "Merci de rappeler.")
    assert place.composer.text.toPlainText() == ""
    place.notices.toast.undone.emit()
    act = str(len(desk_of(place).submitted) - 1)
    assert desk_of(place).submitted[-1] == WithdrawMessage(message=message.message, act=act)
    assert place.composer.isHidden()
    place.directory.sheet.message_asked.emit()
    assert place.composer.text.toPlainText() == "Merci de rappeler."


def test_a_message_begun_since_is_not_lost_to_one_taken_back(place: Workplace) -> None:
    write(place, "Merci de rappeler.")
    place.directory.sheet.message_asked.emit()
    place.composer.text.insertPlainText("Autre chose")
    place.notices.toast.undone.emit()
    assert place.composer.text.toPlainText() == "Autre chose"
