"""Screen 13 stands as drawn: every zone within six pixels, every word there, F8 twice transfers."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.measure import far_off, place_of, words_in
from tests.panels.seat import seat_of
from ui.places import DIRECTORY
from ui.theme import theme
from ui.widgets.tag import Tag
from ui.workplace import Workplace

ZONES = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "strip": (200, 56, 1240, 52),
    "directory list": (220, 166, 808, 389),
    "duty list": (220, 569, 808, 311),
    "service sheet": (1048, 108, 392, 792),
}
WORDS = """Annuaire|Importé ce matin à 06:00, 1 284 postes|5 résultats|Tout|Services|Personnes|Fonctions|
Personne, service|Poste|DECT|Mobile|Imagerie, IRM|Service, rez-de-chaussée, bâtiment B|4312|64312|Transférer|
Imagerie, scanner et radio|4310|64310|Dr SALVI Anne|De garde|Radiologue, imagerie|4318|64318|masqué|PERRIN Élodie|
Secrétariat, imagerie|4301|Astreinte technique, imagerie|Fonction, 24 h sur 24|4390|64390|choisir|transférer|
lire la fiche|Sans réponse en 20 s, l’appel revient avec le nom de l’appelant|Qui est de garde ?|
maintenant, mardi 10:28|1 trou|Aujourd’hui|Pédiatrie|Personne jusqu’à 13:00|Directeur de garde, 4000|Anesthésie|
Dr AUBRY Claire|64120|jusqu’à mer. 08:00|Cardiologie|Dr LENOIR Samuel|64230|jusqu’à 18:30|Orthopédie|
Dr KADDOUR Yanis|64212|Urgences|Dr BASTIEN Hélène|64015|jusqu’à 20:00|M. TESSIER Alain|64000|
jusqu’à lun. 08:00|Fiche service|Ouvert jusqu’à 18:00|Poste 4312|Horaires et accès|lun. à ven., 8 h à 12 h, 13 h à 18 h|Accès|
bâtiment B, rez-de-chaussée, porte 3|Parking|nord fermé ce matin, entrée rue des Tanneurs|Qui appeler, quand|
Rendez-vous, 8 h à 18 h|Avis médical, 8 h à 18 h 30|DECT 64318|Soir et nuit|Urgences, 4015|Ce que nous disons|
« Le compte rendu part au médecin qui a demandé l’examen. Il vous l’explique. »|Ce que nous ne disons jamais|
Un résultat, un délai ferme, la présence d’un patient.|Chaîne de secours|Standard|20 s chacun|
É. Perrin, 02/11/2026. Valable jusqu’au 31/01/2027.|Message"""  # noqa: E501 - as the mock-up has them


@pytest.fixture
def place(qtbot: QtBot) -> Workplace:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    here = seat_of(mockup.opened_card())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(DIRECTORY)
    here.directory.focus_search()
    QTest.keyClicks(here.directory.results.field, "imag")
    qtbot.waitUntil(lambda: missing(here) == [])
    return here


def missing(place: Workplace) -> list[str]:
    """The words of the mock-up that are not on the screen."""
    seen = words_in(place.window)
    return [word for word in WORDS.replace("\n", "").split("|") if word not in seen]


def zone(place: Workplace, name: str) -> QWidget:
    return {
        "rail": place.rail,
        "top bar": place.top_bar,
        "strip": place.strip,
        "directory list": place.directory.results,
        "duty list": place.directory.duty,
        "service sheet": place.directory.sheet,
    }[name]


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_is_where_the_mock_up_has_it(place: Workplace, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: far_off(zone(place, name), ZONES[name]) == "")


def test_a_zone_elsewhere_is_seen(place: Workplace) -> None:
    assert far_off(place.directory.sheet, (1030, 108, 392, 792))


def test_every_word_of_the_mock_up_is_there(place: Workplace) -> None:
    assert missing(place) == []


def test_every_tag_stands_whole_in_its_zone(place: Workplace) -> None:
    tags = [tag for tag in place.directory.findChildren(Tag) if tag.isVisible()]
    window = QRect(0, 0, 1440, 900)
    assert tags
    assert all(window.contains(place_of(tag)) for tag in tags)
