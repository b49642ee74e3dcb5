"""Draws the screens of the mock-ups with their own content: `python -m tests.panels.pictures DIR [en]`."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from app.queries.person_search import FoundPersons
from tests.panels import mockup
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, search_for_nguyen, seat_of
from ui.door import make_application
from ui.places import CALLS, DIRECTORY, HOME, SUPERVISION, TASKS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.task_page import Tab
from ui.workplace import Workplace

SETTLE_MS = 400
NOTE = "Voit son kiné jeudi, souhaite la réponse avant."


def _qualify(place: Workplace) -> None:
    place.panel.focus_motive()
    place.form.press_digit(3)
    place.form.press_digit(1)
    place.form.write_note(NOTE)


def _ring_while_writing(place: Workplace) -> None:
    place.panel.note.setFocus()
    place.panel.note.insertPlainText(NOTE)
    desk_of(place).page = mockup.shared_number()
    place.call.look()


def _find_near(place: Workplace) -> None:
    desk_of(place).found = mockup.found_near()
    place.screen.show_search()
    QTest.keyClicks(place.screen.search.name.field, "NGUIEN")


def _find_nobody(place: Workplace) -> None:
    desk_of(place).found = FoundPersons()
    place.screen.show_search()
    QTest.keyClicks(place.screen.search.name.field, "GOAZIOU")


def _ask_provisional(place: Workplace) -> None:
    _find_nobody(place)
    QTest.qWait(SETTLE_MS // 2)
    place.screen.search.provisional_asked.emit()
    form = place.screen.search.form
    QTest.keyClicks(form.first.field, "Anne-Lise")
    form.sex.press("F")
    form.submit()


def _look_up_imaging(place: Workplace) -> None:
    place.window.activateWindow()
    place.rail.place_chosen.emit(DIRECTORY)
    place.directory.focus_search()
    QTest.keyClicks(place.directory.results.field, "imag")


def _list_tasks(place: Workplace) -> None:
    place.rail.place_chosen.emit(TASKS)


def _list_messages(place: Workplace) -> None:
    _list_tasks(place)
    place.tasks.tabs.press(Tab.MESSAGES)
    place.composer.open_for(KADDOUR, about="Appel de 10:26, DUBREUIL Martine")
    place.composer.text.setPlainText("Merci de rappeler la patiente avant 17 h.")


def _begin_the_day(place: Workplace) -> None:
    place.rail.place_chosen.emit(HOME)


PICTURES: tuple[
    tuple[str, Callable[[], CallPage], tuple[int, int], Callable[[Workplace], None] | None], ...
] = (
    ("01-accueil", CallPage, (1440, 900), _begin_the_day),
    ("01-accueil-sombre", CallPage, (1440, 900), _begin_the_day),
    ("02-appel", mockup.opened_card, (1440, 900), _qualify),
    ("02-appel-sombre", mockup.opened_card, (1440, 900), _qualify),
    ("02-appel-1280", mockup.opened_card, (1280, 720), _qualify),
    ("02b-appel-bandeau", mockup.opened_card, (1440, 900), _ring_while_writing),
    ("02d-appel-partage", mockup.shared_number, (1440, 900), None),
    ("04-supervision", CallPage, (1440, 900), None),
    ("03-appel-inconnu", mockup.hidden_number, (1440, 900), search_for_nguyen),
    ("05a-taches", CallPage, (1440, 900), _list_tasks),
    ("05a-taches-sombre", CallPage, (1440, 900), _list_tasks),
    ("13-annuaire", mockup.opened_card, (1440, 900), _look_up_imaging),
    ("03-connu-ailleurs", mockup.known_elsewhere, (1440, 900), None),
    ("14-merci-de-rappeler", CallPage, (1440, 900), _list_messages),
    ("03-orthographe-proche", mockup.hidden_number, (1440, 900), _find_near),
    ("03-aucun-dossier", mockup.hidden_number, (1440, 900), _find_nobody),
    ("03-contact-provisoire", mockup.hidden_number, (1440, 900), _ask_provisional),
)


def main() -> int:
    """Save each screen as NAME.png in the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application("en" if "en" in sys.argv[2:] else "fr")
    for name, page, size, prepare in PICTURES:
        theme.choose("dark" if name.endswith("-sombre") else "light")
        is_board = name.startswith("04")
        place = seat_of(page(), NATHALIE if is_board else CLAIRE)
        place.window.resize(*size)
        place.window.show()
        place.rail.place_chosen.emit(SUPERVISION if is_board else CALLS)
        if prepare is not None:
            QTimer.singleShot(SETTLE_MS // 2, partial(prepare, place))
        QTimer.singleShot(2 * SETTLE_MS, app.quit)
        app.exec()
        place.window.grab().save(str(folder / f"{name}.png"))
        place.window.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
