"""The call page stands where its mock-ups put it, and says what they say (design 20)."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.measure import far_off, place_of, words_in
from tests.panels.seat import search_for_nguyen, seat_of
from ui.places import CALLS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

Zone: TypeAlias = tuple[int, int, int, int]
Shown: TypeAlias = Callable[[CallPage, tuple[int, int]], Workplace]

FULL, SMALL, SMALLEST = (1440, 900), (1280, 720), (1024, 640)


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    """Shows a call at a size of window, on its page."""
    theme.apply(qapp)
    seats: list[Workplace] = []

    def show(page: CallPage, size: tuple[int, int]) -> Workplace:
        seat = seat_of(page)
        seats.append(seat)
        seat.window.resize(*size)
        seat.window.show()
        seat.rail.place_chosen.emit(CALLS)
        qtbot.waitUntil(lambda: place_of(seat.screen.side).right() + 1 == size[0])
        return seat

    yield show
    for seat in seats:
        seat.window.close()
        seat.window.deleteLater()
    qtbot.wait(1)


def _zones(seat: Workplace) -> dict[str, QWidget]:
    screen = seat.screen
    return {
        "rail": seat.rail,
        "top bar": seat.top_bar,
        "strip": seat.strip,
        "band": screen.band,
        "chooser": screen.chooser,
        "warning": screen.warning,
        "glance": screen.glance,
        "history": screen.timeline,
        "panel": screen.side,
        "prompt": screen.candidates.prompt,
        "lines": screen.candidates.list,
        "ways out of the lines": screen.candidates.ways,
        "search": screen.search.born.parentWidget() or screen,
        "results": screen.search.results,
        "ways out of the search": screen.search.ways,
    }


def _misplaced(seat: Workplace, expected: dict[str, Zone]) -> list[str]:
    """What is off once the layouts had half a second to settle."""
    for _ in range(10):
        if not _faults(seat, expected):
            break
        QTest.qWait(50)
    return _faults(seat, expected)


def _faults(seat: Workplace, expected: dict[str, Zone]) -> list[str]:
    zones = _zones(seat)
    faults = {name: far_off(zones[name], zone) for name, zone in expected.items()}
    return [f"{name}: {fault}" for name, fault in faults.items() if fault]


def _missing(seat: Workplace, expected: tuple[str, ...]) -> list[str]:
    seen = words_in(seat.window)
    return [words for words in expected if words not in seen]


FRAME: dict[str, Zone] = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "strip": (200, 56, 1240, 52),
    "panel": (1048, 108, 392, 792),
}
FRAME_WORDS = (
    "Console d’accueil",
    "CH Saint-Aurélien",
    "Accueil",
    "Appels",
    "Tâches",
    "Patients",
    "Annuaire",
    "Messages",
    "Supervision",
    "Automatisations",
    "Réglages",
    "À jour, 10:28",
    "Claire Morvan",
    "Secrétariat orthopédie",
    "Rechercher un patient, un numéro, une demande",
    "F2",
    "Nouveau contact",
    "Ctrl N",
    "Qualifier l’appel",
    "F4",
    "Téléphone",
    "Motif",
    "Statut",
    "Répondu",
    "À suivre",
    "Transféré",
    "Sans suite",
    "Note",
    "facultatif",
    "Le patient peut lire cette note.",
    "Enregistrer",
    "Ctrl Entrée",
    "Et suivant",
    "Qui appelle ?",
    "Un proche",
    "Un professionnel",
)


def test_an_open_card_stands_where_the_mock_up_puts_it(shown: Shown) -> None:
    """02."""
    seat = shown(mockup.opened_card(), FULL)
    assert not _misplaced(
        seat,
        FRAME
        | {
            "band": (200, 108, 848, 119),
            "chooser": (220, 241, 808, 32),
            "warning": (220, 285, 808, 44),
            "glance": (220, 341, 808, 103),
            "history": (220, 456, 808, 424),
        },
    )


def test_an_open_card_stands_where_the_mock_up_puts_it_on_a_small_screen(shown: Shown) -> None:
    """02 at 1280 x 720."""
    seat = shown(mockup.opened_card(), SMALL)
    assert not _misplaced(
        seat,
        {
            "rail": (0, 0, 64, 720),
            "top bar": (64, 0, 1216, 56),
            "strip": (64, 56, 1216, 52),
            "band": (64, 108, 856, 113),
            "chooser": (80, 233, 824, 32),
            "warning": (80, 275, 824, 44),
            "glance": (80, 329, 824, 103),
            "history": (80, 442, 824, 266),
            "panel": (920, 108, 360, 612),
        },
    )


def test_a_shared_number_stands_where_the_mock_up_puts_it(shown: Shown) -> None:
    """02d."""
    seat = shown(mockup.shared_number(), FULL)
    assert not _misplaced(
        seat,
        FRAME
        | {
            "band": (200, 108, 848, 81),
            "prompt": (220, 209, 808, 110),
            "lines": (220, 335, 808, 250),
            "ways out of the lines": (220, 601, 808, 200),
        },
    )


def test_a_hidden_number_stands_where_the_mock_up_puts_it(shown: Shown, qtbot: QtBot) -> None:
    """03, with its three results."""
    seat = shown(mockup.hidden_number(), FULL)
    search_for_nguyen(seat)
    qtbot.waitUntil(seat.screen.search.results.isVisible)
    assert not _misplaced(
        seat,
        FRAME
        | {
            "band": (200, 108, 848, 81),
            "search": (220, 205, 808, 148),
            "results": (220, 369, 808, 272),
            "ways out of the search": (220, 657, 808, 218),
        },
    )


def test_an_open_card_says_all_that_the_mock_up_says(shown: Shown) -> None:
    """02, texts."""
    seat = shown(mockup.opened_card(), FULL)
    assert not _missing(
        seat,
        (
            *FRAME_WORDS,
            "En appel",
            "En communication",
            "01:24",
            "06 39 98 41 07",
            "sur Secrétariat orthopédie, attente 0:12",
            "Muet",
            "Attente",
            "F7",
            "Transférer",
            "F8",
            "Raccrocher",
            "Nom de naissance, 1er prénom de naissance",
            "DUBREUIL Martine",
            "Appelant vérifié",
            "Identité qualifiée",
            "La patiente",
            "Nom utilisé",
            "LEROUX",
            "Née le",
            "14/03/1958, 68 ans",
            "Sexe",
            "Féminin",
            "Lieu de naissance",
            "Rouen (76)",
            "N° patient (IPP)",
            "00418276",
            "Vérifié à 10:26",
            "naissance et code postal",
            "Numéro partagé",
            "LEROUX Gérard",
            "02/09/1955",
            "Alt 2",
            "LEROUX Ines",
            "21/06/2017",
            "Alt 3",
            "Recontact :",
            "4e contact en 4 jours, par 3 canaux. Rappel promis hier, non tenu.",
            "Voir la demande",
            "Dernier contact",
            "Hier 09:14, appel",
            "Résultats d’IRM, pas encore validés",
            "Promesse en cours",
            "Retard 16 h 28",
            "Rappel promis hier avant 18:00",
            "Demandes",
            "2 ouvertes",
            "Rendez-vous",
            "Mer. 2 déc. 08:30",
            "Arthroscopie, Dr Vasseur",
            "Canal préféré",
            "Le matin. SMS oui, e-mail non",
            "Historique",
            "14 contacts",
            "Tous les canaux",
            "12 mois",
            "Résultats d’IRM du genou",
            "Ouverte, 4 j",
            "Orthopédie, 4 contacts, 3 canaux",
            "Appel entrant, Claire Morvan",
            "en cours",
            "À qualifier",
            "Appel entrant, Hugo Lambert (standard)",
            "hier 09:14, 3 min 05",
            "Compte rendu pas encore validé par la radiologie.",
            "Non tenu",
            "Rappel promis avant hier 18:00 par le secrétariat",
            "WhatsApp reçu",
            "dim. 22 nov. 21:58",
            "« Toujours pas de nouvelles de mon IRM, je vois mon kiné jeudi. »",
            "Message du portail",
            "ven. 20 nov. 18:42",
            "« Je ne vois pas les résultats de mon IRM de mardi. »",
            "Sans réponse",
            "Accusé de réception automatique envoyé à 18:42",
            "Arthroscopie du genou droit",
            "Parcours ambulatoire",
            "SMS J-7 prévu demain à 09:00",
            "2 déc.",
            "Bon de transport",
            "Clôturée",
            "Remis au guichet",
            "12 nov.",
            "Suite de « Résultats d’IRM du genou »",
            "Nouvelle demande",
            "Orthopédie",
        ),
    )


def test_a_shared_number_says_all_that_the_mock_up_says(shown: Shown) -> None:
    """02d, texts."""
    seat = shown(mockup.shared_number(), FULL)
    assert not _missing(
        seat,
        (
            *FRAME_WORDS,
            "Sonne",
            "Appel entrant",
            "00:06",
            "Silence",
            "Répondre",
            "F3",
            "3 patients possibles",
            "Aucune fiche n’est ouverte",
            "Le patient",
            "Un relais",
            "Ne sait pas",
            "À demander",
            "« Quels sont vos nom de naissance, prénom et date de naissance ? »",
            "L’appelant dit, vous comparez. Ne lisez rien de la liste à voix haute.",
            "Alt 1",
            "DUBREUIL Martine",
            "14/03/1958, 68 ans",
            "Rappel en retard",
            "Alt 2",
            "LEROUX Gérard",
            "Né le",
            "02/09/1955, 71 ans",
            "Alt 3",
            "LEROUX Ines",
            "21/06/2017, 9 ans",
            "Ouvrir",
            "Ouvrir une fiche est tracé. Les deux autres lignes sont notées « proposé ».",
            "Personne de cette liste ?",
            "Chercher un patient",
            "Date de naissance, puis nom de naissance, tels que dits.",
            "Contact provisoire",
            "Traits tels que dits au téléphone. Statut provisoire, à vérifier au guichet.",
            "Continuer sans identifier",
            "Renseignement général, relais, professionnel. L’appel reste qualifiable.",
            "Chercher",
            "Créer",
            "Ctrl Maj N",
            "Continuer",
            "chiffre ou mot",
            "Ex. 31, ou « bon de transport »",
            "Urgence, vers le 15",
            "Les plus fréquents sur cette ligne",
            "61 Joindre un médecin",
            "71 Nouvelles d’un patient",
        ),
    )


def test_a_shared_number_tells_nothing_of_a_person_but_name_and_birth_date(shown: Shown) -> None:
    """R2: no motive, no history, no trait of a candidate who is not opened."""
    seen = words_in(shown(mockup.shared_number(), FULL).window)
    assert [word for word in ("IRM", "Rouen", "00418276", "Féminin", "Résultats d’IRM") if word in seen] == []


def test_a_hidden_number_says_all_that_the_mock_up_says(shown: Shown, qtbot: QtBot) -> None:
    """03, texts."""
    seat = shown(mockup.hidden_number(), FULL)
    search_for_nguyen(seat)
    qtbot.waitUntil(seat.screen.search.results.isVisible)
    assert not _missing(
        seat,
        (
            *FRAME_WORDS,
            "Numéro masqué",
            "sur Standard, attente 0:31",
            "Appelant à identifier",
            "2 autres appels masqués ce matin",
            "Rechercher le patient",
            "« Quels sont vos nom de naissance, prénom et date de naissance ? »",
            "Date de naissance",
            "12/05/1988",
            "jjmmaaaa suffit",
            "Nom de naissance",
            "NGU",
            "3 lettres suffisent",
            "1er prénom de naissance",
            "ou téléphone, IPP",
            "Effacer",
            "3 dossiers possibles",
            "choisir, aucun choix par défaut",
            "Deux dossiers ont le même nom et la même date.",
            "Demandez le lieu de naissance avant de rattacher.",
            "Né(e) le",
            "Sexe",
            "Lieu de naissance",
            "Dernier contact",
            "NGUYEN Thi Lan",
            "Homonyme",
            "Nom utilisé : non renseigné",
            "Hué, Viêt Nam",
            "14/03/2025, guichet",
            "Nom utilisé : ROBERT",
            "NGUYEN VAN Tuan",
            "Créteil (94)",
            "02/09/2026, SMS",
            "Rattacher",
            "Aucun dossier ne correspond ?",
            "Créer un contact provisoire",
            "Continuer sans identifier",
            "Relier à un autre appel",
            "Comparer",
        ),
    )


def test_the_smallest_window_keeps_the_qualification_behind_f4(shown: Shown) -> None:
    """1024 x 640: the page has the whole width until the panel is asked for; Échap puts it back."""
    seat = shown(mockup.opened_card(), SMALLEST)
    assert not _misplaced(seat, {"band": (64, 108, 960, 113), "glance": (80, 329, 928, 103)})
    assert not seat.screen.side.isVisible()
    seat.screen.open_side()
    assert not _misplaced(seat, {"panel": (664, 108, 360, 532)})
    seat.panel.focus_motive()
    QTest.keyClick(seat.panel.motive, Qt.Key.Key_Escape)
    assert not seat.screen.side.isVisible()


def test_a_search_stays_while_the_same_call_is_read_again(shown: Shown) -> None:
    seat = shown(mockup.shared_number(), FULL)
    search_for_nguyen(seat)
    seat.call.look()
    assert seat.screen.search.isVisible()
    QTest.keyClick(seat.screen.search.name.field, Qt.Key.Key_Escape)
    assert seat.screen.candidates.isVisible()


def test_nothing_of_the_panel_is_cut_on_a_small_screen(shown: Shown) -> None:
    """02d at 1280 x 720, where the panel scrolls."""
    seat = shown(mockup.shared_number(), SMALL)
    area = seat.panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    QTest.qWait(100)
    inner = area.widget()
    assert inner is not None
    assert inner.width() == area.viewport().width()
