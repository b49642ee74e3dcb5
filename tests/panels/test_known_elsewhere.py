"""A number that only the server can name says so, where an unknown one says that nobody uses it."""

import msgspec
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.queries.caller_card import CallerCard
from tests.panels import mockup
from ui.panels.identity_band import IdentityBand

KNOWN = "Numéro connu, détail sur le serveur"


def _card() -> CallerCard:
    card = mockup.known_elsewhere().card
    assert card is not None
    return card


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_the_band_says_that_the_server_knows(qtbot: QtBot) -> None:
    band = IdentityBand()
    qtbot.addWidget(band)
    band.present(_card())
    assert KNOWN in _words(band)
    assert "Aucun dossier pour ce numéro" not in _words(band)


def test_a_number_that_nobody_uses_says_so(qtbot: QtBot) -> None:
    band = IdentityBand()
    qtbot.addWidget(band)
    band.present(msgspec.structs.replace(_card(), is_known_elsewhere=False))
    assert KNOWN not in _words(band)
    assert "Aucun dossier pour ce numéro" in _words(band)


def test_where_nobody_is_known_any_more_it_is_not_said_that_nobody_uses_it(qtbot: QtBot) -> None:
    band = IdentityBand()
    qtbot.addWidget(band)
    page = mockup.erased_desk()
    assert page.card is not None
    band.present(page.card)
    assert "Fiches effacées à ce poste" in _words(band)
    assert "Aucun dossier pour ce numéro" not in _words(band)
