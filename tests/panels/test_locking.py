"""A locked desk shows how the call stands, and nothing of anybody."""

from collections.abc import Generator
from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.mockup import NOW
from tests.panels.seat import desk_of, seat_of, speaker_of
from ui.idleness import NotTold
from ui.screens.lock import LockScreen
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace
from ui.workplace.locking import Locking

AFTER = timedelta(minutes=5)
OF_MARTINE = ("DUBREUIL", "Dubreuil", "Martine", "12/03", "06")


class Desk:
    """A seat with its lock, and how long nobody was there."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.idle_s = 0.0
        self.screen = LockScreen(house="CH Saint-Aurélien", name="Claire Morvan", now=lambda: NOW)
        self.locking = Locking(
            place,
            lambda: self.screen,
            idle=self._idle,
            after=AFTER,
            spared=lambda: place.supervising.wall,
        )

    def _idle(self) -> float:
        if self.idle_s < 0:
            raise NotTold
        return self.idle_s

    def ring(self, page: CallPage) -> None:
        desk_of(self.place).page = page
        self.place.call.look()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: object) -> Generator[Desk]:
    """Claire speaks with Martine Dubreuil."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.apply(qapp)
    place = seat_of(mockup.opened_card())
    made = Desk(place)
    qtbot.addWidget(place.window)
    place.window.show()
    place.front.qualify()
    yield made
    made.locking.close()


def _shown() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible()]


def _read_aloud(one: QAccessibleInterface) -> Generator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield one.text(kind)
    for number in range(one.childCount()):
        yield from _read_aloud(one.child(number))


def _all_that_is_told(screen: QWidget) -> str:
    root = QAccessible.queryAccessibleInterface(screen)
    widgets = [screen, *screen.findChildren(QWidget)]
    bubbles = [widget.toolTip() for widget in widgets] + [widget.windowTitle() for widget in widgets]
    return "\n".join([*_read_aloud(root), *bubbles])


def test_nothing_of_the_call_but_its_state_and_its_time_is_left(desk: Desk) -> None:
    desk.locking.lock()
    assert _shown() == [desk.screen]
    told = _all_that_is_told(desk.screen)
    assert "En communication" in told
    assert "L’appel continue sur le poste." in told
    assert [word for word in OF_MARTINE if word in told] == []
    assert desk.screen.windowTitle() == "Console d’accueil"


def test_the_same_reading_finds_the_name_while_it_is_open(desk: Desk, qtbot: QtBot) -> None:
    """What finds nothing on the lock finds her on the page."""
    qtbot.waitUntil(lambda: "DUBREUIL" in _all_that_is_told(desk.place.window))


def test_a_call_that_rings_is_told_without_a_name_and_no_other_window_comes(desk: Desk) -> None:
    desk.locking.lock()
    desk.ring(CallPage())
    assert "L’appel continue" not in _all_that_is_told(desk.screen)
    desk.ring(mockup.shared_number())
    told = _all_that_is_told(desk.screen)
    assert "Appel entrant" in told
    assert "06" not in told
    desk.place.mini.toggle()
    assert _shown() == [desk.screen]


def test_what_was_typed_is_there_again_where_it_was(desk: Desk) -> None:
    note = desk.place.panel.note
    note.setFocus()
    note.insertPlainText("Voit son kiné jeudi")
    desk.locking.lock()
    desk.locking.unlock()
    assert _shown() == [desk.place.window]
    assert note.toPlainText() == "Voit son kiné jeudi"
    assert desk.place.window.keyboard_place() is note


def test_it_locks_once_nobody_was_here_for_five_minutes(desk: Desk) -> None:
    for idle_s, is_locked in ((-1.0, False), (299.0, False), (300.0, True)):
        desk.idle_s = idle_s
        desk.locking.look()
        assert desk.locking.is_locked is is_locked


def test_another_delay_holds_at_once(desk: Desk) -> None:
    desk.idle_s = 299.0
    for after, is_locked in ((None, False), (timedelta(minutes=12), False), (timedelta(minutes=4), True)):
        desk.locking.wait(after)
        assert any(one.isActive() for one in desk.locking.findChildren(QTimer)) == (after is not None)
        desk.locking.look()
        assert desk.locking.is_locked is is_locked


def test_a_hand_on_the_phone_is_somebody_here(desk: Desk) -> None:
    desk.idle_s = 1000.0
    desk.ring(mockup.shared_number())
    desk.locking.look()
    assert not desk.locking.is_locked


def test_a_desk_that_is_watched_looks_by_itself(desk: Desk) -> None:
    (watch,) = (one for one in desk.locking.findChildren(QTimer) if one.isActive())
    desk.idle_s = 1000.0
    watch.timeout.emit()
    assert desk.locking.is_locked


def test_menus_go_and_what_is_heard_stops(desk: Desk) -> None:
    menu = QMenu(desk.place.window)
    menu.addAction("DUBREUIL Martine")
    menu.popup(desk.place.window.pos())
    desk.locking.lock()
    assert _shown() == [desk.screen]
    assert speaker_of(desk.place).is_silent


def test_the_tray_leads_to_the_lock_and_to_nothing_else(desk: Desk) -> None:
    desk.locking.lock()
    menu = desk.place.presence.menu
    menu.aboutToShow.emit()
    assert [act.text() for act in menu.actions() if not act.isSeparator()] == ["Ouvrir la console", "Quitter"]
    menu.actions()[0].trigger()
    assert _shown() == [desk.screen]


def test_the_password_is_handed_over_once_and_never_kept_on_the_screen(desk: Desk) -> None:
    asked: list[str] = []
    desk.screen.asked.connect(asked.append)
    desk.locking.lock()
    (field,) = desk.screen.findChildren(QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText("un mot de passe")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked == ["un mot de passe"]
    desk.locking.unlock()
    desk.locking.lock()
    assert field.text() == ""


def test_what_was_wrong_is_said_on_the_lock(desk: Desk) -> None:
    desk.locking.lock()
    desk.screen.fail("Identifiant ou mot de passe incorrect.")
    labels = desk.screen.findChildren(QLabel)
    assert any(label.isVisible() and "incorrect" in label.text() for label in labels)
    assert desk.locking.is_locked


def test_a_window_that_is_closed_before_the_desk_is_given_up_is_over_once(desk: Desk) -> None:
    desk.locking.lock()
    desk.place.window.close()
    assert not desk.screen.isVisible()
    desk.locking.close()
