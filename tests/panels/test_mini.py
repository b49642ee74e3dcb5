"""The mini window says what its mock-ups say, takes no keyboard by itself, does what the large one does."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import AnswerCall, LogMotive, OpenPerson
from app.domain.words import CallState
from tests.panels import mockup
from tests.panels.measure import far_off, words_in
from tests.panels.seat import desk_of, seat_of
from tests.panels.test_nothing_is_cut import LONG
from ui.refusal_words import refusal_words
from ui.screens.mini import MiniWindow
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.workplace import Workplace

RING = """Appel entrant, 0:06|06 39 98 41 07|Secrétariat orthopédie|3 patients possibles|Alt 1|
DUBREUIL Martine|née le 14/03/1958|Rappel en retard|Alt 2|LEROUX Gérard|né le 02/09/1955|Alt 3|LEROUX Ines|
née le 21/06/2017|À demander|« Quels sont vos nom de naissance, prénom et date de naissance ? »|Répondre|
Grande fenêtre|Silence"""
TALK = """En communication, 01:24|DUBREUIL Martine|Nom utilisé LEROUX|Née le 14/03/1958|Sexe Féminin|
Appelant vérifié|Recontact|Historique|Motif|F4|31|Imagerie|Biologie, labo|Compte rendu|Répondu|
À suivre|Transféré|Sans suite|Rappel|F9|12:00|17:00|Demain 10:00|Autre|Note, facultatif|
Le patient peut lire cette note.|Enregistrer|Ctrl Entrée|Raccrocher"""

RING_ZONES = {
    "DUBREUIL Martine": (1, 120, 378, 58),
    "LEROUX Gérard": (1, 178, 378, 58),
    "LEROUX Ines": (1, 236, 378, 58),
    "Répondre": (17, 421, 346, 40),
    "Grande fenêtre": (17, 469, 169, 36),
    "Silence": (194, 469, 169, 36),
}
TALK_ZONES = {
    "Motif, chiffre ou mot": (17, 190, 346, 36),
    "1 Imagerie": (17, 232, 173, 28),
    "2 Biologie, labo": (190, 232, 173, 28),
    "3 Anatomopathologie": (17, 260, 173, 28),
    "4 Compte rendu": (190, 260, 173, 28),
    "Statut": (17, 300, 346, 28),
    "12:00": (17, 364, 57, 28),
    "Note": (17, 404, 346, 36),
    "Enregistrer": (17, 472, 250, 40),
    "Attente": (275, 472, 40, 40),
    "Raccrocher": (323, 472, 40, 40),
}


@pytest.fixture(params=["light", "dark"])
def place(
    qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Workplace]:
    """It rings on the number of three persons, the console put away."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.apply(qapp)
    theme.choose(request.param)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.showMinimized()
    _turn(here, mockup.shared_number())
    yield here
    theme.choose("light")


def _turn(place: Workplace, page: CallPage) -> None:
    desk_of(place).page = page
    place.call.look()


def _missing(window: QWidget, words: str) -> list[str]:
    seen = words_in(window)
    return [word for word in words.replace("\n", "").split("|") if word not in seen]


def _misplaced(window: MiniWindow, zones: dict[str, tuple[int, int, int, int]]) -> dict[str, str]:
    """Each zone that is not where the mock-up has it: its name, and what is wrong."""
    parts = [part for part in window.findChildren(QWidget) if part.isVisible()]
    named = {name: [part for part in parts if name in _names_of(part)] for name in zones}
    wrong = {name: far_off(found[-1], zones[name]) for name, found in named.items()}
    return {name: words for name, words in wrong.items() if words}


def _names_of(part: QWidget) -> tuple[str, str]:
    words = part.text().replace("&", "") if isinstance(part, QAbstractButton) else ""
    return part.accessibleName(), words


def _press(
    window: MiniWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)


def _says(button: Button, words: str) -> bool:
    return button.isVisible() and words in (button.text(), button.accessibleName())


def _saved() -> CallPage:
    return msgspec.structs.replace(mockup.finished_call(), is_saved=True)


def test_it_comes_by_itself_says_what_the_mock_up_says_and_refuses_the_keyboard(place: Workplace) -> None:
    mini = place.mini.window
    assert mini.isVisible()
    assert mini.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert _missing(mini, RING) == []
    assert far_off(mini, (0, 0, 380, 520)) == ""
    assert far_off(mini.head, (1, 1, 378, 36)) == ""
    assert _misplaced(mini, RING_ZONES) == {}


def test_first_it_comes_at_the_foot_of_the_screen_on_the_right(place: Workplace) -> None:
    room = place.window.screen().availableGeometry()
    here = place.mini.window.geometry()
    assert (room.right() - here.right(), room.bottom() - here.bottom()) == (24, 24)


def test_a_long_name_is_shown_whole_and_its_late_call_back_too(place: Workplace, qtbot: QtBot) -> None:
    page = mockup.shared_number()
    assert page.card is not None
    birth_name, first = LONG.rsplit(" ", 1)
    long = msgspec.structs.replace(page.card.candidates[0], birth_name=birth_name, first_given_name=first)
    card = msgspec.structs.replace(page.card, candidates=(long, *page.card.candidates[1:]))
    _turn(place, msgspec.structs.replace(page, card=card))
    mini = place.mini.window
    (name,) = [text for text in mini.findChildren(Text) if text.text() == LONG]
    qtbot.waitUntil(lambda: 0 < name.heightForWidth(name.width()) <= name.height())
    assert name.isVisible()
    assert far_off(mini, (0, 0, 380, 520)) == ""
    assert _missing(mini, RING.replace("DUBREUIL Martine", LONG)) == []


def test_it_tells_nothing_of_a_person_but_name_and_birth_date(place: Workplace) -> None:
    seen = words_in(place.mini.window)
    assert [word for word in ("IRM", "Rouen", "00418276", "Féminin", "Recontact") if word in seen] == []


def test_once_answered_it_qualifies_by_keys_and_goes(place: Workplace, qtbot: QtBot) -> None:
    mini = place.mini.window
    _press(mini, Qt.Key.Key_F3)
    _turn(place, mockup.opened_card())
    QTest.mouseClick(mini.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(150, 208))
    assert mini.isActiveWindow()
    QTest.keyClicks(mini.form.motive, "31")
    assert _missing(mini, TALK) == []
    assert far_off(mini, (0, 0, 380, 520)) == ""
    assert far_off(mini.caller, (1, 37, 378, 117)) == ""
    assert _misplaced(mini, TALK_ZONES) == {}
    QTest.keyClicks(mini.form.note, "rappeler")
    assert place.panel.note.toPlainText() == "rappeler"
    QTest.keyClick(mini.form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asked = desk_of(place).submitted
    assert [type(one) for one in asked if isinstance(one, AnswerCall | LogMotive)] == [AnswerCall, LogMotive]
    _turn(place, _saved())
    qtbot.waitUntil(lambda: not mini.isVisible())


def test_a_call_of_an_exchange_that_only_tells_is_neither_answered_nor_held_from_here(
    place: Workplace,
) -> None:
    window = place.mini.window
    for page, words in ((mockup.shared_number(), "Répondre"), (mockup.opened_card(), "Raccrocher")):
        assert page.card is not None
        for line, is_on in (("standard", True), ("", False)):
            call = msgspec.structs.replace(page.card.call, line=line)
            _turn(place, msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call)))
            (button,) = (each for each in window.findChildren(Button) if _says(each, words))
            why = "" if is_on else refusal_words("no_line")
            assert (button.isEnabled(), button.toolTip()) == (is_on, why)


def test_alt_and_a_number_open_a_candidate_and_trace_it(place: Workplace) -> None:
    _press(place.mini.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    (opened,) = (one for one in desk_of(place).submitted if isinstance(one, OpenPerson))
    assert opened.person == mockup.GERARD
    assert set(opened.proposed) == {mockup.MARTINE, mockup.INES}


def test_a_call_given_up_takes_it_away(place: Workplace) -> None:
    page = mockup.shared_number()
    assert page.card is not None
    gone = msgspec.structs.replace(page.card.call, state=CallState.ENDED, ended_at=mockup.NOW)
    _turn(place, msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=gone)))
    assert not place.mini.window.isVisible()


def test_pinned_it_stays_as_a_bar(place: Workplace) -> None:
    mini = place.mini.window
    mini.head.pin.click()
    _turn(place, CallPage())
    assert mini.isVisible()
    assert mini.height() < 60
    _turn(place, mockup.shared_number())
    assert far_off(mini, (0, 0, 380, 520)) == ""


def test_f12_goes_to_the_full_page_with_the_same_draft(place: Workplace) -> None:
    mini = place.mini.window
    _turn(place, mockup.opened_card())
    QTest.keyClicks(mini.form.motive, "31")
    _press(mini, Qt.Key.Key_F12)
    assert not mini.isVisible()
    assert not place.window.isMinimized()
    assert place.screen.isVisible()
    assert place.form.state.entry.motive == "31"


def test_it_comes_back_where_it_was_put(place: Workplace) -> None:
    mini = place.mini.window
    mini.moved.emit(QPoint(40, 30))
    mini.hide()
    place.mini.toggle()
    assert mini.pos() == QPoint(40, 30)


def test_it_goes_with_the_console(place: Workplace) -> None:
    place.window.close()
    assert not place.mini.window.isVisible()
