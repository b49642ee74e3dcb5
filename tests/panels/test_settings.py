"""« Réglages »: what is chosen holds at once and after a restart; a key that is tried does nothing else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.measure import far_off, words_in
from tests.panels.seat import desk_of, seat_of, sit_in_a_queue
from ui.panels.own_settings.key_test import KEYS
from ui.places import CALLS, DIRECTORY, HOME, SETTINGS, TASKS
from ui.screens.settings import SettingsScreen
from ui.system_keys.named import FunctionKey
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.own_settings import OwnSettings, kept_language
from ui.workplace import Workplace
from ui.workplace.answering_key import USUAL, AnsweringKey

FIVE = timedelta(minutes=5)
ZONES = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "list": (220, 140, 280, 740),
    "first column": (516, 140, 444, 154),
    "second column": (976, 140, 444, 154),
}
WORDS = """Réglages|Enregistrés au fur et à mesure|Rétablir|Ce poste|Clavier|Notifications|
Confidentialité|Langue|Poste téléphonique|Files|Posées par le cadre|Établissement|Essai du clavier|0 sur 17|
Appuyez sur chaque touche : elle devient verte.|Les chiffres sont lus avec ou sans Maj.|Thème|Clair|Sombre|
Système|Autre logiciel au premier plan|Mini fenêtre|Rien|Répondre depuis partout|Ctrl Maj F3|Écran discret|
Noms masqués sans activité|après 60 s|Verrouillage|
1 à 15 min, l’appel continue|après 5 min|Langue de la console|Français|English"""


class _Held:
    def close(self) -> None:
        """Nothing is held here."""


def _hear(_key: FunctionKey, _pressed: Callable[[], None]) -> _Held:
    return _Held()


@pytest.fixture(autouse=True)
def kept(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.apply(qapp)
    yield
    # What is kept here would hold in the tests that come after.
    QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Filrouge", "console").clear()
    theme.choose("system")


@pytest.fixture
def own() -> OwnSettings:
    return OwnSettings(shipped_theme="light", lock_after=FIVE)


@pytest.fixture
def key(qapp: QApplication) -> AnsweringKey:
    return AnsweringKey(_hear, pressed=qapp.beep, warn=print)


@pytest.fixture
def place(qtbot: QtBot, own: OwnSettings, key: AnsweringKey) -> Workplace:
    theme.choose(own.theme)
    return _seated(qtbot, own, key)


def _seated(
    qtbot: QtBot, own: OwnSettings, key: AnsweringKey | None = None, *, card: CallPage | None = None
) -> Workplace:
    here = seat_of(card or CallPage(), own=own, answering_key=key)
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.window.activateWindow()
    return here


def settle_in(place: Workplace) -> SettingsScreen:
    place.rail.place_chosen.emit(SETTINGS)
    screen = place.settling.screen
    assert screen is not None
    return screen


def test_it_is_made_at_its_first_visit(place: Workplace) -> None:
    assert place.settling.screen is None
    screen = settle_in(place)
    place.rail.place_chosen.emit(HOME)
    assert settle_in(place) is screen


def test_each_zone_is_where_the_mock_up_has_it(place: Workplace) -> None:
    screen = settle_in(place)
    zones: dict[str, QWidget] = {
        "rail": place.rail,
        "top bar": place.top_bar,
        "list": screen.sections,
        "first column": screen.cards["desk"],
        "second column": screen.cards["notices"],
    }
    assert {name: far_off(zones[name], ZONES[name]) for name in ZONES} == dict.fromkeys(ZONES, "")
    assert far_off(screen.sections, (230, 140, 280, 740))


def test_every_word_of_what_can_be_set_is_there(place: Workplace) -> None:
    settle_in(place)
    seen = words_in(place.window)
    assert [word for word in WORDS.replace("\n", "").split("|") if word not in seen] == []


@pytest.mark.parametrize("page", [SETTINGS, HOME, CALLS, TASKS, DIRECTORY])
def test_a_theme_dresses_the_open_window_as_a_new_one(qtbot: QtBot, page: str) -> None:
    theme.choose("light")
    card = mockup.opened_card()
    open_one = _seated(qtbot, OwnSettings(shipped_theme="light"), card=card)
    screen = settle_in(open_one)
    light = _picture(open_one, page)
    screen.theme.press("dark")
    changed = _picture(open_one, page)
    new_one = _seated(qtbot, OwnSettings(shipped_theme="light"), card=card)
    settle_in(new_one)
    assert changed == _picture(new_one, page) != light


def test_what_is_chosen_holds_after_a_restart(place: Workplace, key: AnsweringKey) -> None:
    screen = settle_in(place)
    screen.theme.press("dark")
    screen.mini.press("no")
    assert screen.lock is not None
    screen.lock.chosen.emit("12")
    screen.language.press("en")
    screen.answer_chosen.emit("Ctrl+Shift+F9")
    again = OwnSettings(shipped_theme="light", lock_after=FIVE)
    assert (again.theme, again.is_mini_coming, again.lock_after) == ("dark", False, timedelta(minutes=12))
    assert kept_language() == again.language == "en"
    assert key.chosen == "Ctrl+Shift+F9"
    assert "Ctrl Maj F9" in words_in(place.window)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_ring_behind_another_program_shows_what_was_chosen(place: Workplace, value: str) -> None:
    settle_in(place).mini.press(value)
    place.window.showMinimized()
    desk_of(place).page = mockup.shared_number()
    place.call.look()
    assert place.mini.window.isVisible() == (value == "yes")


def test_what_was_shipped_is_put_back(place: Workplace, own: OwnSettings, key: AnsweringKey) -> None:
    screen = settle_in(place)
    screen.theme.press("dark")
    screen.mini.press("no")
    assert screen.lock is not None
    screen.lock.chosen.emit("12")
    screen.language.press("en")
    screen.answer_chosen.emit("")
    screen.restore.click()
    assert (own.theme, own.is_mini_coming, own.lock_after, own.language) == ("light", True, FIVE, None)
    assert key.chosen == USUAL
    assert (screen.theme.value, screen.mini.value, screen.lock.value) == ("light", "yes", "5")
    assert screen.language.value == "fr"


def test_a_lock_set_by_the_establishment_is_shown_and_not_chosen(qtbot: QtBot) -> None:
    OwnSettings(lock_after=FIVE).choose_lock("12")
    own = OwnSettings(lock_after=timedelta(minutes=2), is_lock_set=True)
    assert own.lock_after == timedelta(minutes=2)
    screen = settle_in(_seated(qtbot, own))
    assert screen.lock is None
    assert "après 2 min" in words_in(screen)


def test_a_desk_that_hears_no_key_and_never_locks_offers_neither(qtbot: QtBot) -> None:
    screen = settle_in(_seated(qtbot, OwnSettings()))
    seen = words_in(screen)
    assert "Répondre depuis partout" not in seen
    assert "Verrouillage" not in seen
    assert "Noms masqués sans activité" in seen


@pytest.mark.parametrize("written", ["0", "16", "0150", "-3", "2\u0663", "9" * 5000, "", "mauve"])
def test_what_is_kept_and_is_no_choice_counts_for_nothing(written: str) -> None:
    kept = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Filrouge", "console")
    for name in (
        "look/theme",
        "mini/comes",
        "lock/minutes",
        "look/language",
        "keys/answer",
        "privacy/discreet",
    ):
        kept.setValue(name, written)
    kept.sync()
    own = OwnSettings(shipped_theme="light", lock_after=FIVE)
    assert (own.theme, own.is_mini_coming, own.lock_after, own.language) == ("light", True, FIVE, None)
    assert [own.hides_names_alone(is_front_desk=here) for here in (True, False)] == [True, False]


def test_names_go_by_themselves_at_a_front_desk_unless_it_was_chosen(place: Workplace) -> None:
    screen = settle_in(place)
    assert screen.discreet.value == ("yes" if place.person.is_at_front_desk else "no")
    screen.discreet.chosen.emit("no")
    assert not OwnSettings().hides_names_alone(is_front_desk=True)
    screen.discreet.chosen.emit("yes")
    assert OwnSettings().hides_names_alone(is_front_desk=False)
    screen.restore.click()
    assert OwnSettings().hides_names_alone(is_front_desk=True)


def _press_all(on: QWidget) -> None:
    for number in range(1, 10):
        QTest.keyClick(on, Qt.Key(Qt.Key.Key_0 + number))
    for number in range(2, 10):
        QTest.keyClick(on, Qt.Key(Qt.Key.Key_F1 + number - 1))


def test_a_key_that_is_tried_acts_on_nothing_else(place: Workplace) -> None:
    screen = settle_in(place)
    screen.key_test.caps.setFocus()
    before = len(desk_of(place).submitted)
    _press_all(screen.key_test.caps)
    assert screen.key_test.caps.missing == []
    assert screen.key_test.caps.read == {*KEYS}
    assert place.pages.here == SETTINGS
    assert screen.isVisible()
    assert len(desk_of(place).submitted) == before
    assert "Toutes les touches sont lues." in words_in(screen)
    screen.theme.chosen_one.setFocus()
    QTest.keyClick(screen.theme.chosen_one, Qt.Key.Key_F2)
    assert not screen.isVisible()


def test_the_digits_of_azerty_are_read_by_their_place(place: Workplace) -> None:
    caps = settle_in(place).key_test.caps
    QTest.keyClick(caps, Qt.Key.Key_Ampersand)
    QTest.keyClick(caps, Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(caps, Qt.Key.Key_F3, Qt.KeyboardModifier.ControlModifier)
    assert caps.read == {"1", "2"}


def test_a_ring_takes_the_keys_back_from_who_tries_them(place: Workplace) -> None:
    screen = settle_in(place)
    screen.key_test.caps.setFocus()
    assert screen.key_test.caps.hasFocus()
    place.call.rang.emit("")
    assert not screen.key_test.caps.hasFocus()


def test_the_list_leads_to_its_cards_and_the_tab_key_goes_on(place: Workplace) -> None:
    screen = settle_in(place)
    assert screen.sections.first.hasFocus()
    QTest.keyClick(screen.sections.first, Qt.Key.Key_Down)
    assert screen.sections.first.text() == "Clavier"
    QTest.keyClick(screen.sections.first, Qt.Key.Key_Return)
    order: list[str] = []
    for _ in range(7):
        stop = place.window.keyboard_place()
        assert stop is not None
        order.append(_group(screen, stop))
        QTest.keyClick(stop, Qt.Key.Key_Tab)
    assert order == ["keys", "theme", "mini", "answer", "discreet", "lock", "language"]
    assert place.window.keyboard_place() is screen.restore


def test_the_queues_are_those_that_the_exchange_tells(place: Workplace) -> None:
    screen = settle_in(place)
    sit_in_a_queue(place)
    place.own_states.look()
    assert "Standard" in words_in(screen)


def _group(screen: SettingsScreen, stop: QWidget) -> str:
    groups: dict[str, QWidget | None] = {
        "keys": screen.key_test,
        "theme": screen.theme,
        "mini": screen.mini,
        "answer": screen.answer,
        "discreet": screen.discreet,
        "lock": screen.lock,
        "language": screen.language,
    }
    return next((n for n, one in groups.items() if one is stop or (one and one.isAncestorOf(stop))), "?")


def _picture(place: Workplace, page: str) -> QImage:
    place.pages.go(page)
    place.window.rest_focus()
    place.window.lay_out()
    return place.window.grab().toImage()
