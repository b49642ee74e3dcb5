"""« Préférences et oppositions » beside a record: read at a glance, set by keyboard, taken back."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.consent import Basis, Choice, Informed, LiftedStop, Preference, Purpose
from app.domain.consent_commands import LiftStop, SetPreference, WithdrawPreference
from app.domain.words import Channel, Role
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE, NOW, STOPS
from tests.panels.seat import CLAIRE, desk_of, seat_of
from ui.panels.preference_card import PreferenceCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

REMINDERS = Preference(
    purpose=Purpose.STAY,
    channel=Channel.SMS,
    choice=Choice.REFUSED,
    said_at=NOW - timedelta(days=22),
    basis=Basis.CARE,
    source=Channel.DESK,
    informed=Informed.LEAFLET,
)
SURVEYS = msgspec.structs.replace(REMINDERS, purpose=Purpose.SATISFACTION, choice=Choice.OPPOSED)


@pytest.fixture
def role() -> Role:
    return Role.SECRETARY


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, role: Role) -> Workplace:
    theme.apply(qapp)
    here = seat_of(CallPage(), msgspec.structs.replace(CLAIRE, role=role))
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    desk = desk_of(here)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, preferences=(REMINDERS, SURVEYS), stops=STOPS)
    here.top_bar.search_asked.emit()
    here.records.screen.search.person_chosen.emit(MARTINE)
    desk.submitted.clear()
    return here


def _card(place: Workplace) -> PreferenceCard:
    return place.records.preferring.card


def _press(place: Workplace, *keys: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(place.window.windowHandle(), key, held)


def test_what_a_person_says_stands_beside_the_record_with_the_numbers_that_said_stop(
    place: Workplace,
) -> None:
    said = words_in(place.records.screen.side)
    for words in ("Rappels et suivi", "SMS non", "Votre avis", "SMS : opposition", "STOP reçu"):
        assert words in said
    assert "06 39 98 41 07, RCS, 20 nov." in said


def test_of_whom_nothing_is_said_the_card_says_so_and_still_asks(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, preferences=(), stops=())
    place.records.opened.close()
    place.records.screen.search.person_chosen.emit(MARTINE)
    assert "Rien n’a été dit." in words_in(place.records.screen.side)
    place.records.screen.side.change.click()
    assert _card(place).isVisible()


def test_an_opposition_is_set_by_the_keyboard_alone_and_taken_back(place: Workplace) -> None:
    before = place.window.focusWidget()
    _press(place, Qt.Key.Key_P, ctrl=True)
    # Votre avis, by e-mail: Tab from a line to the next, arrows within, the choice last.
    _press(place, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Tab)
    _press(place, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right)
    _press(place, Qt.Key.Key_Return, ctrl=True)
    assert desk_of(place).submitted == [
        SetPreference(
            person=MARTINE,
            purposes=(Purpose.SATISFACTION,),
            channels=(Channel.EMAIL,),
            choice=Choice.OPPOSED,
        )
    ]
    assert "Votre avis, e-mail\u00a0: opposition." in place.toast.text
    assert place.window.focusWidget() is before
    place.notices.take_back()
    assert desk_of(place).submitted[-1] == WithdrawPreference(person=MARTINE, act="1")


def test_what_stands_is_said_with_its_law_and_nothing_is_chosen_for_the_person(place: Workplace) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    said = card.standing.text().replace("\u00a0", " ")
    assert said == "En vigueur : refusé, guichet, 2 nov. Base légale : soins. Information : livret."
    assert (card.choice.value, card.save.isEnabled()) == ("", False)
    _press(place, Qt.Key.Key_Return, ctrl=True)
    assert desk_of(place).submitted == []
    assert card.isVisible()


@pytest.mark.parametrize(
    ("purpose", "channel", "words"),
    [
        (Purpose.SATISFACTION, Channel.LETTER, "aucun envoi sans accord"),
        (Purpose.STAY, Channel.WHATSAPP, "aucun envoi sans accord"),
        (Purpose.STAY, Channel.EMAIL, "l’envoi est possible"),
    ],
)
def test_where_nothing_is_said_the_card_says_what_silence_means(
    place: Workplace, purpose: Purpose, channel: Channel, words: str
) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    card.purpose.press(purpose)
    card.channel.press(channel)
    assert words in card.standing.text()


def test_how_the_person_was_told_goes_with_what_they_say(place: Workplace) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    card.choice.press(Choice.ALLOWED)
    card.source.press(Channel.DESK)
    card.informed.press(Informed.LEAFLET)
    card.save.click()
    (asked,) = desk_of(place).submitted
    assert isinstance(asked, SetPreference)
    assert (asked.source, asked.informed, asked.choice) == (Channel.DESK, Informed.LEAFLET, Choice.ALLOWED)


def test_echap_leaves_the_card_then_the_record_and_another_record_is_no_place_for_it(
    place: Workplace,
) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    _press(place, Qt.Key.Key_Escape)
    assert not _card(place).isVisible()
    assert place.records.screen.head.isVisible()
    _press(place, Qt.Key.Key_P, ctrl=True)
    place.records.opened.close()
    assert not _card(place).isVisible()
    assert desk_of(place).submitted == []


def test_a_stop_is_lifted_by_the_keyboard_as_the_person_says_by_which_way_and_on_which_day(
    place: Workplace,
) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    assert not card.lift.isVisible()
    card.channel.press(Channel.RCS)
    assert "STOP reçu du 06 39 98 41 07 le 20 nov" in card.stopped.text().replace("\u00a0", " ")
    assert (card.day.height(), card.day_line.height() >= card.day.geometry().bottom()) == (36, True)
    card.source.press(Channel.LETTER)
    card.day.setText("22/11/2026")
    card.day.textEdited.emit(card.day.text())
    _press(place, Qt.Key.Key_L, ctrl=True)
    assert desk_of(place).submitted == [
        LiftStop(
            person=MARTINE,
            number="+33639984107",
            channel=Channel.RCS,
            source=Channel.LETTER,
            said_on="2026-11-22",
        )
    ]
    assert "STOP levé" in place.toast.text
    assert not card.isVisible()


@pytest.mark.parametrize("day", ["25/11/2026", "hier", ""])
def test_no_stop_is_lifted_for_a_day_that_cannot_be(place: Workplace, day: str) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    card.channel.press(Channel.RCS)
    assert card.lift.isEnabled()
    card.day.setText(day)
    card.day.textEdited.emit(day)
    _press(place, Qt.Key.Key_L, ctrl=True)
    assert (card.lift.isEnabled(), desk_of(place).submitted) == (False, [])


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.SUPERVISOR])
def test_who_may_not_lift_a_stop_reads_who_does(place: Workplace) -> None:
    _press(place, Qt.Key.Key_P, ctrl=True)
    card = _card(place)
    card.channel.press(Channel.RCS)
    assert "Un secrétariat ou un soignant le lève" in card.stopped.text()
    assert not card.lift.isVisible()
    _press(place, Qt.Key.Key_L, ctrl=True)
    assert desk_of(place).submitted == []


def test_a_stop_that_was_lifted_stays_on_the_record_with_who_asked(place: Workplace) -> None:
    lifted = LiftedStop(
        number="+33639984107",
        channel=Channel.RCS,
        stopped_at=NOW - timedelta(days=4),
        source=Channel.LETTER,
        said_on="2026-11-22",
        by="c.morvan",
        lifted_at=NOW,
    )
    desk = desk_of(place)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, stops=(), lifted_stops=(lifted,))
    place.records.opened.close()
    place.records.screen.search.person_chosen.emit(MARTINE)
    said = words_in(place.records.screen.side).replace("\u00a0", " ")
    assert "STOP levé" in said
    assert "06 39 98 41 07, RCS, 24 nov., demandé : courrier" in said
