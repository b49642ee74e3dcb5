"""Screen 02c stands where its mock-up puts it, in both themes, and says what it says (design 20)."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.measure import far_off, words_in
from tests.panels.pictures import NOTE
from tests.panels.seat import seat_of, sit_in_a_queue
from ui.places import CALLS
from ui.theme import theme
from ui.widgets.button import Button
from ui.workplace import Workplace

ZONES = {
    "rail": (0, 0, 200, 900),
    "top bar": (200, 0, 1240, 56),
    "strip": (200, 56, 1240, 52),
    "band": (200, 108, 848, 119),
    "chooser": (220, 241, 808, 32),
    "warning": (220, 285, 808, 44),
    "glance": (220, 341, 808, 103),
    "history": (220, 456, 808, 424),
    "panel": (1048, 108, 392, 792),
}
WORDS = """Post-appel|12 s|Appel terminé, à qualifier|00:12|sur 00:45 de post-appel|Durée de l’appel 4 min 12|
Rappeler|Ajouter 1 min|Indisponible après|DUBREUIL Martine|Appelant vérifié|Identité qualifiée|La patiente|
Vérifié à 10:26|Numéro partagé|Alt 2|Alt 3|Recontact :|Retard 16 h 28|Mer. 2 déc. 08:30|14 contacts|
Appel entrant, Claire Morvan|10:26, 4 min 12|À qualifier|hier 09:14, 3 min 05|Terminer la qualification|F4|
Brouillon enregistré|Téléphone|Orthopédie|Suite de « Résultats d’IRM du genou »|Nouvelle demande|Motif|31|
Résultats et documents|Imagerie|Biologie, labo|Anatomopathologie|Compte rendu|Copie du dossier|
Certificat, bulletin|Arrêt de travail|Tout chercher|Consigne.|Aucun résultat au téléphone.|Statut|Répondu|
À suivre|Transféré|Sans suite|Suite à donner : rappel|F9|12:00|Auj. 17:00|Demain 10:00|Autre|
suivi par Claire Morvan|Note|facultatif|Le patient peut lire cette note.|Enregistrer|Ctrl Entrée|Et suivant"""
LIVE = ("Muet", "Attente", "Transférer", "Raccrocher", "En communication", "Qualifier l’appel", "Il manque")


@pytest.fixture(params=["light", "dark"])
def place(qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Workplace]:
    """The call ended twelve seconds ago; its motive was chosen and its note written."""
    theme.apply(qapp)
    theme.choose(request.param)
    here = seat_of(mockup.finished_call())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    sit_in_a_queue(here)
    here.rail.place_chosen.emit(CALLS)
    for digit in (3, 1):
        here.form.press_digit(digit)
    here.form.write_note(NOTE)
    qtbot.waitUntil(lambda: "Brouillon enregistré" in words_in(here.panel))
    yield here
    theme.choose("light")


def _zones(place: Workplace) -> dict[str, QWidget]:
    screen = place.screen
    return {
        "rail": place.rail,
        "top bar": place.top_bar,
        "strip": place.after_strip,
        "band": screen.band,
        "chooser": screen.chooser,
        "warning": screen.warning,
        "glance": screen.glance,
        "history": screen.timeline,
        "panel": screen.side,
    }


def test_each_zone_and_each_word_is_where_the_mock_up_has_it(place: Workplace, qtbot: QtBot) -> None:
    zones = _zones(place)
    qtbot.waitUntil(lambda: not any(far_off(zones[name], ZONES[name]) for name in ZONES))
    seen = words_in(place.window)
    assert [word for word in WORDS.replace("\n", "").split("|") if word not in seen] == []
    assert [word for word in LIVE if word in seen] == []
    assert all(one.isEnabled() for one in place.after_strip.findChildren(Button))
