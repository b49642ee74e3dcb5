"""F2 without a call: a name is looked for, and the record it opens is a read that is traced."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import NoteContact, OpenPerson
from app.queries.glance import Glance, PreferenceInView
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE, hidden_number
from tests.panels.seat import desk_of, seat_of
from ui.places import CALLS, PATIENTS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Link
from ui.workplace import Workplace

READ = OpenPerson(person=MARTINE, reason="search")


def _seat(qtbot: QtBot, page: CallPage) -> Workplace:
    here = seat_of(page)
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    desk_of(here).submitted.clear()
    return here


@pytest.fixture
def idle(qtbot: QtBot, qapp: QApplication) -> Workplace:
    theme.apply(qapp)
    return _seat(qtbot, CallPage())


def test_f2_without_a_call_looks_for_a_person(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    search = idle.records.screen.search
    assert idle.pages.here == PATIENTS
    assert idle.window.focusWidget() is search.born.field
    assert not search.ways.isVisible()


def test_whoever_is_chosen_is_opened_and_the_read_is_traced_with_its_reason(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    screen = idle.records.screen
    screen.search.person_chosen.emit(MARTINE)
    assert desk_of(idle).submitted == [READ]
    assert screen.head.isVisible()
    said = words_in(screen)
    for words in ("DUBREUIL Martine", "Identité qualifiée", "14/03/1958, 68 ans", "Dernier contact"):
        assert words in said


def test_beside_the_record_stand_its_promises_its_visits_and_its_open_demands(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    screen = idle.records.screen
    screen.search.person_chosen.emit(MARTINE)
    said = words_in(screen.side)
    for words in (
        "Relation",
        "14, dont 4 en 4 j",
        "hier 09:14",
        "À venir",
        "Hier 18:00, en retard",
        "Mer. 2 déc. 08:30",
        "Arthroscopie, Dr Vasseur",
        "Demandes ouvertes",
        "Résultats d’IRM du genou",
        "Ouvert par une recherche. Accès tracé.",
    ):
        assert words in said
    assert "4e contact en 4 jours, par 3 canaux. Rappel promis hier, non tenu." in words_in(screen.warning)


def test_what_nobody_knows_of_a_person_has_no_card(idle: Workplace) -> None:
    record = desk_of(idle).record
    assert record is not None
    glance = Glance(preference=PreferenceInView(channel=None, hours=""))
    desk_of(idle).record = msgspec.structs.replace(record, glance=glance, repeat=None, contacts_total=0)
    idle.top_bar.search_asked.emit()
    screen = idle.records.screen
    screen.search.person_chosen.emit(MARTINE)
    said = words_in(screen.side)
    assert "Aucun" in said
    assert [words for words in ("À venir", "Demandes ouvertes") if words in said] == []
    assert screen.warning.isHidden()


def test_the_recontact_leads_to_its_demand(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    screen = idle.records.screen
    screen.search.person_chosen.emit(MARTINE)
    screen.search.setFocus()
    next(link for link in screen.warning.findChildren(Link) if link.isVisible()).click()
    assert idle.window.focusWidget() is screen.timeline.view
    assert "Résultats d’IRM du genou" in str(
        screen.timeline.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    )


def test_a_record_read_again_is_no_other_read(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    idle.records.screen.search.person_chosen.emit(MARTINE)
    idle.records.opened.look()
    assert desk_of(idle).submitted == [READ]


def test_a_record_that_is_not_here_is_neither_shown_nor_traced(idle: Workplace) -> None:
    desk_of(idle).record = None
    idle.top_bar.search_asked.emit()
    idle.records.screen.search.person_chosen.emit(MARTINE)
    assert desk_of(idle).submitted == []
    assert not idle.records.screen.head.isVisible()
    assert "n’est pas à ce poste" in idle.toast.text


def test_echap_goes_back_to_the_search_and_f2_forgets_the_record(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    screen = idle.records.screen
    screen.search.person_chosen.emit(MARTINE)
    QTest.keyClick(screen.timeline.view, Qt.Key.Key_Escape)
    assert screen.search.isVisible()
    screen.search.person_chosen.emit(MARTINE)
    idle.top_bar.search_asked.emit()
    assert screen.search.isVisible()


def test_a_contact_with_the_person_begins_from_the_record(idle: Workplace) -> None:
    idle.top_bar.search_asked.emit()
    idle.records.screen.search.person_chosen.emit(MARTINE)
    idle.records.screen.head.contact.click()
    (noted,) = (one for one in desk_of(idle).submitted if isinstance(one, NoteContact))
    assert noted.person == MARTINE


def test_f2_during_a_call_still_looks_for_its_caller(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    here = _seat(qtbot, hidden_number())
    here.top_bar.search_asked.emit()
    assert (here.pages.here, here.window.focusWidget()) == (CALLS, here.screen.search.born.field)


def test_f2_after_a_call_that_is_qualified_leaves_that_call_alone(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    page = hidden_number()
    assert page.card is not None
    over = msgspec.structs.replace(page.card.call, state="ended", motive="61", ended_at=page.card.read_at)
    here = _seat(qtbot, CallPage(card=msgspec.structs.replace(page.card, call=over), is_saved=True))
    here.top_bar.search_asked.emit()
    assert here.pages.here == PATIENTS
