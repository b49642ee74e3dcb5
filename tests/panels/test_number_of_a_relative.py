"""« Numéro d’un proche »: said wherever a call is, with the role; nobody is opened by it (design 6.6)."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.domain.relatives import Calling, RelativeRole
from app.queries.caller_card import CallerCard
from tests.panels import mockup
from tests.panels.measure import words_in
from ui.panels.banner import Banner
from ui.panels.identity_band import IdentityBand
from ui.panels.mini_caller import MiniRing

WORDS = "Numéro d’un proche"
ROLES = "Personne de confiance, personne à prévenir"
UNWELCOME = Calling(role=RelativeRole.TO_NOTIFY, is_not_informed=True)


@pytest.fixture
def card() -> CallerCard:
    card = mockup.number_of_a_relative().card
    assert card is not None
    return card


def test_the_band_says_whose_number_it_is_as_what_and_opens_nobody(qtbot: QtBot, card: CallerCard) -> None:
    band = IdentityBand()
    qtbot.addWidget(band)
    band.show()
    band.present(card)
    said = words_in(band)
    assert (WORDS in said, ROLES in said) == (True, True)
    assert "patient possible" not in said
    assert "DUBREUIL" not in said


def test_once_somebody_opened_the_record_the_band_still_says_it(qtbot: QtBot, card: CallerCard) -> None:
    opened = mockup.opened_card().card
    assert opened is not None
    band = IdentityBand()
    qtbot.addWidget(band)
    band.show()
    band.present(msgspec.structs.replace(opened, relatives=card.relatives[:1]))
    said = words_in(band)
    assert f"{WORDS}, personne de confiance" in said
    band.present(msgspec.structs.replace(opened, relatives=(*card.relatives, UNWELCOME)))
    assert "Proche à ne pas informer" in words_in(band)
    band.present(opened)
    assert WORDS not in words_in(band)


def test_the_mini_window_says_it_over_the_line_to_open(qtbot: QtBot, card: CallerCard) -> None:
    mini = MiniRing()
    qtbot.addWidget(mini)
    mini.show()
    mini.present(card, is_ringing=True)
    said = words_in(mini)
    assert WORDS in said
    assert "DUBREUIL Martine" in said
    assert "Alt 1" in said
    assert "À vérifier" not in said


def test_the_banner_over_what_is_written_says_it_and_leads_to_the_line(
    qtbot: QtBot, card: CallerCard
) -> None:
    banner = Banner(now=lambda: mockup.NOW)
    qtbot.addWidget(banner)
    banner.show()
    banner.present(card)
    assert WORDS in words_in(banner)
    assert banner.look.text() == "Voir les lignes"


def test_that_nothing_may_be_told_is_said_wherever_the_number_is(qtbot: QtBot, card: CallerCard) -> None:
    card = msgspec.structs.replace(card, relatives=(*card.relatives, UNWELCOME))
    band, mini, banner = IdentityBand(), MiniRing(), Banner(now=lambda: mockup.NOW)
    for part in (band, mini, banner):
        qtbot.addWidget(part)
        part.show()
    band.present(card)
    mini.present(card, is_ringing=True)
    banner.present(card)
    assert "Ne pas informer. Personne de confiance" in words_in(band)
    assert "Proche à ne pas informer" in words_in(mini)
    assert "Proche à ne pas informer" in words_in(banner)
