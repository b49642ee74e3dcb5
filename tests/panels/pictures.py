"""Draws the screens of the mock-ups with their own content.

`python -m tests.panels.pictures DIR [en] [NAME ...]`: those whose names begin so, or all.
"""

import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import AgentState, CallerKind, Channel, Role
from app.queries.accesses import OpenRecord
from app.queries.agent_states import OwnState
from app.queries.person_search import FoundPersons
from tests.panels import mockup, writing_mockup
from tests.panels.another_program import above_another_program
from tests.panels.doubles_mockup import waiting_to_be_decided
from tests.panels.linked_calls import earlier_calls_of_martine
from tests.panels.outbox_mockup import OVERTAKEN, fill_outbox
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, search_for_nguyen, seat_of, sit_in_a_queue
from ui.discretion import by_initials, joined
from ui.door import make_application
from ui.link_words import offline_words
from ui.places import CALLS, DIRECTORY, HOME, SETTINGS, SUPERVISION, TASKS
from ui.system_keys import HeardKey, KeyNotTaken
from ui.system_keys.named import FunctionKey
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.own_settings import OwnSettings
from ui.viewmodels.task_page import Tab
from ui.workplace import Workplace
from ui.workplace.answering_key import USUAL, AnsweringKey
from ui.workplace.mini import MARGIN

SETTLE_MS = 400
AT_THE_DESK = msgspec.structs.replace(CLAIRE, extension="4101")
"""Where the demonstration's directory has her, so that what she received is hers."""
SECRETARY = msgspec.structs.replace(AT_THE_DESK, role=Role.SECRETARY)
ON_DUTY = msgspec.structs.replace(KADDOUR, on_duty_until=mockup.paris(11, 24, 18, 30))
NOTE = "Voit son kiné jeudi, souhaite la réponse avant."


def _qualify(place: Workplace) -> None:
    place.panel.focus_motive()
    place.form.press_digit(3)
    place.form.press_digit(1)
    place.form.write_note(NOTE)


def _hide_the_day(place: Workplace) -> None:
    _begin_the_day(place)
    place.discreet.hide()


def _hide_the_call(place: Workplace) -> None:
    _qualify(place)
    place.discreet.hide()


def _finish(place: Workplace) -> None:
    sit_in_a_queue(place)
    _qualify(place)


def _ring_while_writing(place: Workplace) -> None:
    place.panel.focus_motive()
    place.form.press_digit(4)
    place.form.press_digit(3)
    place.panel.note.setFocus()
    place.panel.note.insertPlainText(writing_mockup.NOTE)
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
    _free_for_six_minutes(place)
    place.rail.place_chosen.emit(TASKS)


def _free_for_six_minutes(place: Workplace) -> None:
    since = mockup.NOW - timedelta(minutes=6)
    own = OwnState(queue="ortho", queue_name="Orthopédie", state=AgentState.AVAILABLE, since=since)
    desk_of(place).states = (own,)
    place.own_states.look()


def _list_messages(place: Workplace) -> None:
    _list_tasks(place)
    place.tasks.tabs.press(Tab.MESSAGES)
    place.composer.open_for(ON_DUTY, about=joined(", ", ("Appel de 10:26", by_initials("DUBREUIL Martine"))))
    place.composer.text.show_text("Merci de rappeler la patiente avant 17 h.")


def _read_a_record(place: Workplace) -> None:
    place.top_bar.search_asked.emit()
    place.records.screen.search.person_chosen.emit(mockup.MARTINE)


def _ask_what_may_be_sent(place: Workplace) -> None:
    _read_a_record(place)
    place.records.screen.side.change.click()


def _lift_a_stop(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, stops=mockup.STOPS)
    _ask_what_may_be_sent(place)
    place.records.preferring.card.channel.press(Channel.RCS)


def _compare_a_relative(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.record is not None
    desk.record = msgspec.structs.replace(desk.record, relatives=2)
    _read_a_record(place)
    place.records.screen.side.relative.click()
    card = place.records.relating.card
    QTest.keyClicks(card.name, "Yann Le Gall")
    card.role.chosen.emit(RelativeRole.CARER)
    card.confirm()


def _compare_at_a_call(place: Workplace) -> None:
    card = place.call.state.card
    assert card is not None
    place.screen.band.present(msgspec.structs.replace(card, caller_kind=CallerKind.RELATIVE))
    place.screen.band.relative_asked.emit()
    QTest.keyClicks(place.caller.relating.card.name, "Yann Le Gall")
    place.caller.relating.card.confirm()


def _match_a_relative(place: Workplace) -> None:
    scope = "rendez-vous, transports"
    desk_of(place).close = Compared(likeness=Likeness.MATCHES, relative="1", scope=scope)
    _compare_a_relative(place)


def _compare(place: Workplace) -> None:
    _read_a_record(place)
    place.records.screen.side.compare.click()
    place.records.comparing.card.tick.click()


def _sort_identities(place: Workplace) -> None:
    _begin_the_day(place)
    desk_of(place).waiting = waiting_to_be_decided()
    place.records.comparing.open_triage()


def _known_alone() -> CallPage:
    """Martine's card, on a number that nobody shares."""
    page = mockup.opened_card()
    assert page.card is not None
    return msgspec.structs.replace(
        page, card=msgspec.structs.replace(page.card, candidates=mockup.CANDIDATES[:1])
    )


def _may_have_called_before(place: Workplace) -> None:
    desk_of(place).earlier = earlier_calls_of_martine()
    place.call.look()
    _qualify(place)


def _begin_the_day(place: Workplace) -> None:
    _free_for_six_minutes(place)
    place.rail.place_chosen.emit(HOME)


def _fill_wall(place: Workplace) -> None:
    place.supervising.open_wall(place.window.screen())


def _ring_elsewhere(place: Workplace) -> None:
    place.say_answering_key(USUAL)
    if not place.mini.window.isVisible():
        place.mini.toggle()


def _qualify_elsewhere(place: Workplace) -> None:
    _ring_elsewhere(place)
    place.mini.window.take_keyboard()
    place.mini.window.qualify()
    place.form.press_digit(3)
    place.form.press_digit(1)


def _shown(place: Workplace, size: tuple[int, int]) -> QWidget:
    """The console's window, or the wall or the mini window in front of it, as large as its mock-up."""
    mini, wall = place.mini.window, place.supervising.wall
    if wall is None:
        return mini if mini.isVisible() else place.window
    wall.showNormal()
    wall.resize(*size)
    return wall


def _list_keys(place: Workplace) -> None:
    _qualify(place)
    place.keyboard.help.toggle()


def _list_acts(place: Workplace) -> None:
    _qualify(place)
    place.keyboard.palette.toggle()
    QTest.keyClicks(place.keyboard.palette.field, "tra")


def _break_glass(place: Workplace) -> None:
    until = mockup.NOW + timedelta(minutes=12)
    open_now = OpenRecord(glass="g", birth_name="ROUDAUT", first_given_name="Loïc", until=until)
    desk_of(place).opened = (open_now,)
    _find_nobody(place)
    search = place.front.screen.search
    QTest.keyClicks(search.born.field, "12051988")
    QTest.keyClicks(search.first.field, "Anne")
    search.results.glass.clicked.emit()
    place.glass.card.reason.insertPlainText("Le bloc demande son heure de convocation.")


def _cut_the_wire(place: Workplace) -> None:
    _begin_the_day(place)
    fill_outbox(desk_of(place))
    place.show_link(offline_words(waiting=4), is_offline=True)
    place.sendings.list.tell_offline_since(mockup.paris(11, 24, 10, 12))
    place.sendings.toggle()


def _write_twice(place: Workplace) -> None:
    _begin_the_day(place)
    fill_outbox(desk_of(place))
    place.sendings.list.look_now()
    place.sendings.drawer.opened.emit(OVERTAKEN)


def _nothing_heard(_key: FunctionKey, _pressed: Callable[[], None]) -> HeardKey:
    """Stands for a desktop that lets keys be heard; none is listened to for a picture."""
    raise KeyNotTaken(is_taken=False)


def _settle_in(place: Workplace) -> None:
    _free_for_six_minutes(place)
    place.rail.place_chosen.emit(SETTINGS)
    screen = place.settling.screen
    assert screen is not None
    for number in range(1, 10):
        QTest.keyClick(screen.key_test.caps, Qt.Key(Qt.Key.Key_0 + number))
    for number in range(2, 9):
        QTest.keyClick(screen.key_test.caps, Qt.Key(Qt.Key.Key_F1 + number - 1))
    place.window.rest_focus()


PICTURES: tuple[
    tuple[str, Callable[[], CallPage], tuple[int, int], Callable[[Workplace], None] | None], ...
] = (
    ("01-accueil", CallPage, (1440, 900), _begin_the_day),
    ("01-accueil-sombre", CallPage, (1440, 900), _begin_the_day),
    ("02-appel", mockup.opened_card, (1440, 900), _qualify),
    ("02-appel-sombre", mockup.opened_card, (1440, 900), _qualify),
    ("01-ecran-discret", CallPage, (1440, 900), _hide_the_day),
    ("01-ecran-discret-sombre", CallPage, (1440, 900), _hide_the_day),
    ("02-ecran-discret", mockup.opened_card, (1440, 900), _hide_the_call),
    ("02-ecran-discret-sombre", mockup.opened_card, (1440, 900), _hide_the_call),
    ("02-appel-1280", mockup.opened_card, (1280, 720), _qualify),
    ("02-appels-a-rattacher", _known_alone, (1440, 900), _may_have_called_before),
    ("02-appels-a-rattacher-sombre", _known_alone, (1440, 900), _may_have_called_before),
    ("02-appels-a-rattacher-1280", _known_alone, (1280, 720), _may_have_called_before),
    ("02b-appel-bandeau", writing_mockup.written_on, (1440, 900), _ring_while_writing),
    ("02b-appel-bandeau-sombre", writing_mockup.written_on, (1440, 900), _ring_while_writing),
    ("02c-post-appel", mockup.finished_call, (1440, 900), _finish),
    ("02c-post-appel-sombre", mockup.finished_call, (1440, 900), _finish),
    ("02d-appel-partage", mockup.shared_number, (1440, 900), None),
    ("04-supervision", CallPage, (1440, 900), None),
    ("04-supervision-sombre", CallPage, (1440, 900), None),
    ("04b-affichage-mural", CallPage, (1440, 900), _fill_wall),
    ("04b-affichage-mural-sombre", CallPage, (1440, 900), _fill_wall),
    ("04b-affichage-mural-1080", CallPage, (1920, 1080), _fill_wall),
    ("03-appel-inconnu", mockup.hidden_number, (1440, 900), search_for_nguyen),
    ("03-appel-inconnu-sombre", mockup.hidden_number, (1440, 900), search_for_nguyen),
    ("05a-taches", CallPage, (1440, 900), _list_tasks),
    ("05a-taches-sombre", CallPage, (1440, 900), _list_tasks),
    ("07a-dossier-sans-appel", CallPage, (1440, 900), _read_a_record),
    ("07a-dossier-sans-appel-sombre", CallPage, (1440, 900), _read_a_record),
    ("07a-preferences", CallPage, (1440, 900), _ask_what_may_be_sent),
    ("07a-preferences-sombre", CallPage, (1440, 900), _ask_what_may_be_sent),
    ("07a-stop", CallPage, (1440, 900), _lift_a_stop),
    ("07a-stop-sombre", CallPage, (1440, 900), _lift_a_stop),
    ("07a-proche", CallPage, (1440, 900), _compare_a_relative),
    ("07a-proche-sombre", CallPage, (1440, 900), _match_a_relative),
    ("07b-doublons", CallPage, (1440, 900), _compare),
    ("07b-doublons-sombre", CallPage, (1440, 900), _compare),
    ("07b-doublons-1024", CallPage, (1024, 640), _compare),
    ("07b-identites", CallPage, (1440, 900), _sort_identities),
    ("07b-identites-sombre", CallPage, (1440, 900), _sort_identities),
    ("13-annuaire", mockup.opened_card, (1440, 900), _look_up_imaging),
    ("13-annuaire-sombre", mockup.opened_card, (1440, 900), _look_up_imaging),
    ("02e-appel-comparer-un-proche", mockup.opened_card, (1440, 900), _compare_at_a_call),
    ("02e-appel-comparer-un-proche-1280", mockup.opened_card, (1280, 720), _compare_at_a_call),
    ("02d-appel-proche", mockup.number_of_a_relative, (1440, 900), None),
    ("02d-appel-proche-sombre", mockup.number_of_a_relative, (1440, 900), None),
    ("10a-mini-proche", mockup.number_of_a_relative, (1440, 900), _ring_elsewhere),
    ("03-connu-ailleurs", mockup.known_elsewhere, (1440, 900), None),
    ("03-fiches-effacees", mockup.erased_desk, (1440, 900), None),
    ("03-fiches-effacees-1280", mockup.erased_desk, (1280, 720), None),
    ("14-merci-de-rappeler", CallPage, (1440, 900), _list_messages),
    ("14-merci-de-rappeler-sombre", CallPage, (1440, 900), _list_messages),
    ("15-reglages", CallPage, (1440, 900), _settle_in),
    ("15-reglages-sombre", CallPage, (1440, 900), _settle_in),
    ("11-aide-clavier", mockup.opened_card, (1440, 900), _list_keys),
    ("11-palette", mockup.opened_card, (1440, 900), _list_acts),
    ("03-orthographe-proche", mockup.hidden_number, (1440, 900), _find_near),
    ("03-aucun-dossier", mockup.hidden_number, (1440, 900), _find_nobody),
    ("03-dossier-protege", mockup.hidden_number, (1440, 900), _break_glass),
    ("03-dossier-protege-sombre", mockup.hidden_number, (1440, 900), _break_glass),
    ("03-contact-provisoire", mockup.hidden_number, (1440, 900), _ask_provisional),
    ("09b-hors-ligne", CallPage, (1440, 900), _cut_the_wire),
    ("09b-hors-ligne-sombre", CallPage, (1440, 900), _cut_the_wire),
    ("09c-conflit", CallPage, (1440, 900), _write_twice),
    ("09c-conflit-sombre", CallPage, (1440, 900), _write_twice),
    ("10a-mini-sonnerie", mockup.shared_number, (1440, 900), _ring_elsewhere),
    ("10a-mini-sonnerie-sombre", mockup.shared_number, (1440, 900), _ring_elsewhere),
    ("10b-mini-qualifier", mockup.opened_card, (1440, 900), _qualify_elsewhere),
    ("10b-mini-qualifier-sombre", mockup.opened_card, (1440, 900), _qualify_elsewhere),
    ("10c-mini-en-contexte", mockup.shared_number, (1440, 900), _ring_elsewhere),
    ("10c-mini-en-contexte-sombre", mockup.shared_number, (1440, 900), _ring_elsewhere),
)


def main() -> int:
    """Save each screen as NAME.png in the folder."""
    folder, *words = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    app = make_application("en" if "en" in words else "fr")
    names = tuple(word for word in words if word != "en")
    for name, page, size, prepare in PICTURES:
        if not names or name.startswith(names):
            _draw(app, name, page(), size, prepare).save(str(Path(folder) / f"{name}.png"))
    return 0


def _draw(
    app: QApplication,
    name: str,
    page: CallPage,
    size: tuple[int, int],
    prepare: Callable[[Workplace], None] | None,
) -> QPixmap:
    theme.choose("dark" if "-sombre" in name else "light")
    is_board = name.startswith("04")
    is_supervisor = is_board or name.startswith("07b")
    own = OwnSettings(shipped_theme="dark" if "-sombre" in name else "light", lock_after=timedelta(minutes=5))
    key = AnsweringKey(_nothing_heard, pressed=app.beep, warn=print)
    sitting = NATHALIE if is_supervisor else SECRETARY if name.startswith("07a-stop") else AT_THE_DESK
    place = seat_of(page, sitting, own=own, answering_key=key)
    place.window.resize(*size)
    place.window.show()
    place.rail.place_chosen.emit(SUPERVISION if is_board else CALLS)
    if prepare is not None:
        QTimer.singleShot(SETTLE_MS // 2, partial(prepare, place))
    QTimer.singleShot(2 * SETTLE_MS, app.exit)
    app.exec()
    drawn = _shown(place, size).grab()
    place.window.close()
    return above_another_program(drawn, MARGIN) if name.startswith("10c") else drawn


if __name__ == "__main__":
    raise SystemExit(main())
