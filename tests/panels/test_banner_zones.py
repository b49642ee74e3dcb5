"""02b: a call rings while somebody writes on another contact; where its zones stand, and what moves not."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.panels import mockup, writing_mockup
from tests.panels.measure import far_off, place_of, words_in
from tests.panels.seat import desk_of, seat_of
from ui.places import CALLS
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.icon import Icon
from ui.workplace import Workplace

TEXTS = (
    *("06 39 98 41 07", "3 patients possibles", "1 rappel en retard", "sonne depuis 6 s"),
    *("Alt 1 DUBREUIL Martine, 14/03/1958", "Alt 2 LEROUX Gérard, 02/09/1955"),
    "Alt 3 LEROUX Ines, 21/06/2017",
    *("Silence", "Voir les lignes", "Répondre", "F3"),
    *("BENSALEM Nadia", "30/11/1984", "Déplacer le rendez-vous du 26/11"),
    *("Jeu. 3 déc. 14:20", "Dr Kaddour", "WhatsApp"),
    *("Question traitement", "Réponse réservée à un soignant. Transmettez.", "À suivre"),
    *("Rappel promis auj. avant 16:30", "Le patient peut lire cette note."),
    *("Console d’accueil", "CH Saint-Aurélien", "Claire Morvan"),
)


@pytest.fixture
def writing(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Claire writes the note of the call that just ended."""
    theme.apply(qapp)
    place = seat_of(writing_mockup.written_on())
    qtbot.addWidget(place.window)
    place.window.resize(1440, 900)
    place.window.show()
    place.rail.place_chosen.emit(CALLS)
    write(place)
    return place


@pytest.fixture
def light_after() -> Iterator[None]:
    yield
    theme.choose("light")


def write(place: Workplace) -> None:
    """A motive, and a note with its caret at the end."""
    place.panel.focus_motive()
    for digit in (4, 3):
        place.form.press_digit(digit)
    place.panel.note.setFocus()
    place.panel.note.insertPlainText(writing_mockup.NOTE)


def ring(place: Workplace) -> None:
    """Martine Dubreuil's number, which three persons share."""
    desk_of(place).page = mockup.shared_number()
    place.call.look()


def test_every_zone_of_the_banner_is_where_the_mock_up_has_it(writing: Workplace, qtbot: QtBot) -> None:
    ring(writing)
    banner = writing.banner
    silence, look, answer = banner.findChildren(Button)
    (disc,) = banner.findChildren(Icon)
    zones = [
        (banner, (200, 0, 1240, 56)),
        (disc, (220, 10, 36, 36)),
        (banner.number, (268, 8, 120, 20)),
        (banner.who, (396, 7, 148, 22)),
        (banner.late, (552, 7, 135, 22)),
        (banner.since, (695, 9, 104, 18)),
        (silence, (1029, 10, 99, 36)),
        (look, (1140, 10, 119, 36)),
        (answer, (1270, 10, 150, 36)),
        (writing.rail, (0, 0, 200, 900)),
    ]
    qtbot.waitUntil(lambda: not [fault for zone, at in zones if (fault := far_off(zone, at))], timeout=20_000)


def test_every_text_of_the_mock_up_that_a_call_has_is_there(writing: Workplace) -> None:
    ring(writing)
    seen = words_in(writing.window)
    assert [words for words in TEXTS if words not in seen] == []


def test_nothing_below_the_banner_moves_and_every_key_stays_with_the_note(writing: Workplace) -> None:
    parts = (writing.strip, writing.screen.band, writing.screen.timeline, writing.panel, writing.panel.note)
    writing.window.lay_out()
    before = [place_of(part) for part in parts]
    ring(writing)
    QTest.keyClicks(writing.window.focusWidget() or writing.window, " Oui")
    assert [place_of(part) for part in parts] == before
    assert writing.panel.note.toPlainText() == f"{writing_mockup.NOTE} Oui"
    assert writing.form.state.entry.motive == "43"


@pytest.mark.usefixtures("light_after")
def test_its_ground_and_its_edge_are_those_of_what_rings(writing: Workplace) -> None:
    ring(writing)
    for look in ("light", "dark"):
        theme.choose(look)
        image = writing.banner.grab().toImage()
        seen = [image.pixelColor(1000, row).name() for row in (2, image.height() - 1)]
        assert seen == [theme.colour(token).name() for token in ("accent.soft", "accent.line")]
