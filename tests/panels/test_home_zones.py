"""Screen 01 stands as drawn in both themes, on the demonstration's own day, and leads where it says."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import NoteContact, TakeCommitment
from app.domain.line_commands import DialNumber
from app.domain.words import Channel
from app.queries.day import read_day
from tests.panels.measure import far_off, words_in
from tests.panels.mockup import NOW, opened_card
from tests.panels.phone_book import ask_hospital
from tests.panels.seat import desk_of, seat_of
from ui.places import HOME
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

ZONES = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "figures": (220, 140, 1200, 76),
    "call backs": (220, 232, 816, 330),
    "contacts": (220, 578, 816, 302),
    "queues": (1052, 232, 368, 194),
    "notices": (1052, 442, 368, 220),
    "arrivals": (1052, 678, 368, 202),
}
WORDS = """Mardi 24 novembre|Secrétariat orthopédie|Liste du matin|3 appelants, 1 message vocal|Accueil guichet|Ctrl G|Appels pris aujourd’hui|reçus|
Rappels promis|5|2 en retard|À qualifier|depuis|Messages sans réponse|le plus ancien : ven. 18:42|Post-appel moyen|
41 s|objectif 45 s|À rappeler|2 en retard|Toutes les tâches|hier 18:00|retard 16 h 28|DUBREUIL Martine|
née le 14/03/1958|Résultats d’IRM du genou. Promis par H. Lambert (standard)|Téléphone|aucun essai|Rappeler|Entrée|
auj. 09:30|retard 58 min|FONTAINE Maurice|né le 05/02/1938|Bon de transport pour la consultation du 27/11|
1 essai, répondeur|auj. 11:00|dans 32 min|DIALLO Aissatou|Heure d’arrivée pour l’intervention du 26/11|auj. 14:00|
dans 3 h 32|KOWALCZYK Piotr|Copie du compte rendu opératoire|auj. 16:30|dans 6 h 02|BENSALEM Nadia|
Confirmer le nouveau créneau du 03/12|WhatsApp|Écrire|Derniers contacts|Tous|Appels|Messages|Guichet|10:21|
GARNIER Sylvie|1 min 48|10:14|12 Déplacer un rendez-vous|Créneau du 03/12|Répondu|10:05|MARTIN Jean-Luc|
22 Pièces à fournir|Carte de mutuelle reçue|09:52|06 39 98 12 60|Raccroché après 34 s d’attente|09:47|DA COSTA Manuel|
61 Joindre un médecin|Vers Dr Kaddour, poste 4212|Transféré|09:31|NGUYEN Thi Lan|37 Arrêt de travail|
Transmis au Dr Kaddour|À suivre|Files en direct|il y a|plus longue attente 0:00|en attente|objectif 80 %|
Consignes du jour|Attendus au guichet|3 à venir|10:30|ROUSSEL Bernard|Consultation Dr Kaddour|Attendu|10:45|
Cadre : N. Bourdin|Dr Vasseur absent jusqu’au 27/11|Avis urgents : Dr Kaddour, poste 4212.|IRM : retard de validation|
Annoncer un délai de 24 h de plus.|Parking nord fermé ce matin|Indiquer l’entrée rue des Tanneurs.|
PETIT Lucas|avec un parent|11:15|Anesthésie|Pièce manquante|37 Arrêt de travail"""  # noqa: E501 - as the mock-up has them


@pytest.fixture(params=["light", "dark"])
def place(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Workplace]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    theme.choose(request.param)
    here = seat_of(CallPage())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(HOME)
    qtbot.waitUntil(lambda: bool(here.home.contacts.list.rows))
    yield here
    theme.choose("light")


def zone(place: Workplace, name: str) -> QWidget:
    home = place.home
    return {
        "rail": place.rail,
        "top bar": place.top_bar,
        "figures": home.figures,
        "call backs": home.call_backs,
        "contacts": home.contacts,
        "queues": home.queues,
        "notices": home.notices,
        "arrivals": home.arrivals,
    }[name]


def test_each_zone_is_where_the_mock_up_has_it(place: Workplace) -> None:
    assert {name: far_off(zone(place, name), ZONES[name]) for name in ZONES} == dict.fromkeys(ZONES, "")


def test_a_zone_elsewhere_is_seen(place: Workplace) -> None:
    assert far_off(place.home.arrivals, (1052, 640, 368, 202))


def test_every_word_of_the_mock_up_is_there(place: Workplace) -> None:
    seen = words_in(place.window)
    assert [word for word in WORDS.replace("\n", "").split("|") if word not in seen] == []


def test_only_the_first_row_is_ready_and_enter_calls_it(place: Workplace) -> None:
    first = place.home.call_backs.list.key
    assert place.home.contacts.list.key == ""
    QTest.keyClick(place.home.call_backs.list, Qt.Key.Key_Return)
    assert desk_of(place).submitted[-2:] == [
        TakeCommitment(commitment=first),
        DialNumber(number_raw="+33639984107"),
    ]


def test_a_promise_to_write_opens_on_the_page_of_tasks(place: Workplace) -> None:
    last = place.home.call_backs.list.rows[-1].key
    place.home.call_backs.list.opened.emit(last)
    assert place.tasks.isVisible()
    assert place.tasks.list.key == last
    assert not [one for one in desk_of(place).submitted if isinstance(one, DialNumber)]


def test_a_contact_to_qualify_opens_its_qualification_and_another_does_not(place: Workplace) -> None:
    desk_of(place).page = opened_card()
    garnier, bensalem = (row.key for row in place.home.contacts.list.rows[:2])
    place.home.contacts.list.opened.emit(bensalem)
    assert place.home.isVisible()
    place.home.contacts.list.opened.emit(garnier)
    assert place.screen.isVisible()


def _noted(place: Workplace) -> list[tuple[Channel, str | None]]:
    submitted = desk_of(place).submitted
    return [(one.channel, one.person) for one in submitted if isinstance(one, NoteContact)]


def test_enter_on_who_is_expected_notes_that_person_at_the_desk(place: Workplace) -> None:
    question = partial(read_day, services=("orthopedie",), agent="c.morvan", now=NOW)
    expected = ask_hospital(question).arrivals
    assert _noted(place) == []
    rows = place.home.arrivals.list
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    chosen = next(one for one in expected if one.appointment == rows.key)
    desk_of(place).page = opened_card()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert _noted(place) == [(Channel.DESK, chosen.person)]
    assert place.screen.isVisible()


def test_the_button_of_the_desk_is_its_key_by_the_mouse(place: Workplace) -> None:
    desk_of(place).page = opened_card()
    QTest.mouseClick(place.home.desk, Qt.MouseButton.LeftButton)
    assert _noted(place) == [(Channel.DESK, None)]
    assert place.screen.isVisible()


def test_the_channels_part_the_last_contacts(place: Workplace) -> None:
    every = len(place.home.contacts.list.rows)
    counts: list[int] = []
    for kind in ("calls", "messages", "desk"):
        place.home.contacts.kinds.press(kind)
        counts.append(len(place.home.contacts.list.rows))
    assert min(counts) > 0
    assert sum(counts) == every


def test_without_the_server_the_queues_are_of_the_time_it_left(place: Workplace) -> None:
    assert "il y a" in words_in(place.home.queues)
    place.show_link("Hors ligne", is_offline=True)
    assert "Données de 10:28" in words_in(place.home.queues)
    place.show_link("À jour, 10:28", is_offline=False)
    assert "Données" not in words_in(place.home.queues)
