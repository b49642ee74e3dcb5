"""What each key of the map does, as the window shows it."""

from collections.abc import Callable
from itertools import chain

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.commands import LogMotive
from app.domain.line_commands import HoldCall
from app.domain.words import Outcome, Role
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE, left_by_several
from tests.panels.seat import desk_of
from ui.places import DIRECTORY, HOME, PATIENTS, TASKS, places
from ui.workplace import Workplace

AZERTY = "&é\"'(-è_ç"
FIRST_OF_THE_ROW = 10
"""The X11 code of the key under « 1 »."""
HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}
NAMES = {",": "Comma"}
Check = Callable[[Workplace], object]


def press(place: Workplace, sequence: str) -> None:
    *held, name = sequence.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= HELD[one]
    QTest.keyClick(place.window.windowHandle(), Qt.Key[f"Key_{NAMES.get(name, name)}"], modifiers)


def press_azerty(place: Workplace, number: int, modifiers: Qt.KeyboardModifier) -> None:
    """The key of the row as X11 tells it: a symbol and a place, no digit."""
    code = FIRST_OF_THE_ROW + number - 1
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(AZERTY[number - 1].upper()), modifiers, code, 0, 0, "")
        QCoreApplication.sendEvent(place.window.windowHandle(), event)


def asked(command: type) -> Check:
    return lambda place: any(isinstance(one, command) for one in desk_of(place).submitted)


def holds(pane: QWidget) -> bool:
    """The keyboard is inside."""
    here = QApplication.focusWidget()
    return here is not None and pane.isAncestorOf(here)


def pops_up() -> bool:
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()
    return menu is not None


def on_tasks(place: Workplace) -> None:
    place.rail.place_chosen.emit(TASKS)
    place.tasks.focus_list()


def on_a_record(place: Workplace) -> None:
    place.rail.place_chosen.emit(PATIENTS)
    place.records.opened.close()
    place.records.opened.open(MARTINE)


def on_a_voice(place: Workplace) -> None:
    """The morning list is open, on the caller who left a message."""
    desk_of(place).left = left_by_several()
    place.rail.place_chosen.emit(HOME)
    press(place, "F5")
    QTest.mouseClick(place.home.morning, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(place.morning.list, key)


def in_the_form(place: Workplace) -> None:
    place.front.qualify()
    place.panel.motive.setFocus()
    place.form.leave_family()
    place.form.press_digit(1)
    place.form.press_digit(4)


def elsewhere(place: Workplace) -> None:
    place.rail.place_chosen.emit(TASKS)


def not_dealt_with(place: Workplace) -> None:
    in_the_form(place)
    place.form.choose_outcome(Outcome.TRANSFERRED)


def at_the_bottom_of_a_search(place: Workplace) -> None:
    place.rail.place_chosen.emit(DIRECTORY)


def settle(_place: Workplace) -> None:
    """Nothing to prepare."""


def says(words: str) -> Check:
    return lambda place: place.toast.isVisible() and words in place.toast.text


def a_thing_done(place: Workplace) -> None:
    """Told with its « Annuler »."""
    place.notices.tell("Fait.", lambda: place.notices.tell("Annulé."))


def in_the_form_with(outcome: Outcome) -> Check:
    return lambda place: place.form.state.entry.outcome is outcome


def at_the_motive(place: Workplace) -> bool:
    return place.screen.isVisible() and place.panel.motive.hasFocus()


def in_the_directory(place: Workplace) -> bool:
    return place.directory.results.field.hasFocus()


def opens(key: str) -> Check:
    return lambda place: place.pages.here == key


def _sections() -> dict[str, tuple[Check, Check]]:
    keys = [one.key for one in chain.from_iterable(places(Role.RECEPTIONIST))]
    return {f"Ctrl+{at}": (elsewhere if at == 1 else settle, opens(key)) for at, key in enumerate(keys, 1)}


_locks: list[bool] = []


def watch_for_the_lock(place: Workplace) -> None:
    _locks.clear()
    place.locking_asked.connect(lambda: _locks.append(True))


DOES: dict[str, tuple[Check, Check]] = {
    "F1": (settle, lambda place: place.keyboard.help.isVisible()),
    "F2": (settle, lambda place: place.screen.search.born.field.hasFocus()),
    "F3": (settle, at_the_motive),
    "F4": (settle, at_the_motive),
    "F5": (settle, says("Tout est relu.")),
    "F6": (settle, lambda place: holds(place.top_bar)),
    "Shift+F6": (settle, lambda place: holds(place.home)),
    "F7": (settle, asked(HoldCall)),
    "F8": (settle, in_the_directory),
    "Shift+F8": (settle, in_the_directory),
    "Ctrl+F8": (settle, in_the_directory),
    "F9": (settle, in_the_form_with(Outcome.FOLLOW_UP)),
    "F11": (settle, lambda place: place.window.isFullScreen()),
    "Ctrl+K": (settle, lambda place: place.keyboard.palette.field.hasFocus()),
    "Ctrl+Z": (a_thing_done, says("Annulé.")),
    "Ctrl+N": (settle, says("Un appel est en cours")),
    "Ctrl+G": (settle, says("Un appel est en cours")),
    "Ctrl+Shift+N": (settle, lambda place: place.screen.search.form.isVisible()),
    "Ctrl+,": (settle, lambda place: "Réglages" in words_in(place.window.pages)),
    "Ctrl+P": (on_a_record, lambda place: holds(place.records.preferring.card)),
    "Ctrl+Shift+P": (on_a_record, lambda place: holds(place.records.relating.card)),
    "Ctrl+Shift+D": (on_a_record, lambda place: holds(place.records.comparing.card)),
    "Ctrl+Shift+T": (settle, says("Votre rôle ne permet pas")),
    "Ctrl+Shift+R": (settle, says("Aucun appel sans patient de ce numéro")),
    "Ctrl+Shift+L": (watch_for_the_lock, lambda _: _locks == [True]),
    "Ctrl+I": (settle, lambda place: place.screen.verify.isVisible()),
    "Ctrl+Shift+M": (settle, in_the_directory),
    "Alt+R": (not_dealt_with, in_the_form_with(Outcome.DEALT_WITH)),
    "Alt+S": (in_the_form, in_the_form_with(Outcome.FOLLOW_UP)),
    "Alt+T": (in_the_form, in_the_form_with(Outcome.TRANSFERRED)),
    "Alt+U": (in_the_form, in_the_form_with(Outcome.NO_ACTION)),
    "Ctrl+Return": (in_the_form, asked(LogMotive)),
    "Ctrl+Shift+Return": (in_the_form, asked(LogMotive)),
    "Space": (on_a_voice, lambda place: bool(desk_of(place).listened)),
    "Ctrl+E": (on_tasks, lambda _: pops_up()),
    "Ctrl+D": (on_tasks, lambda _: pops_up()),
    "Ctrl+F": (on_tasks, lambda place: place.tasks.list.finder.hasFocus()),
    "Escape": (at_the_bottom_of_a_search, lambda place: place.home.isVisible()),
    "Alt+Left": (at_the_bottom_of_a_search, lambda place: place.home.isVisible()),
    **_sections(),
}
ARRIVES = ("F12", "Ctrl+Shift+H", "Ctrl+M", "Ctrl+R", "Ctrl+Space", "Ctrl+Shift+C")
"""Of other rooms, which bind them when they are there."""
ELSEWHERE = {
    "Alt 1": "tests/panels/test_candidates.py",
    "poste ou casque": "tests/panels/test_telephone.py",
    "3": "tests/panels/test_motive_form.py",
    "Retour arrière": "tests/panels/test_motive_form.py",
    "lettres": "tests/panels/test_motive_form.py",
    "↑": "tests/panels/test_tasks_zones.py",
    "Entrée": "tests/panels/test_tasks_zones.py",
    "Espace": "tests/panels/test_tasks_zones.py",
    "Ctrl Entrée": "tests/panels/test_message_composer.py",
}
"""What no single key of the window does, and where it is held."""
