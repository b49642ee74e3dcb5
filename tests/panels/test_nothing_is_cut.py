"""Who is on the screen is never cut, however long the names and however many share a number."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels import mockup
from tests.panels.seat import seat_of
from ui.places import CALLS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.widgets.key_choice import KeyChoice
from ui.widgets.text import Elided, Text
from ui.workplace import Workplace

LONG = "DE LA ROCHEFOUCAULD-MONTMORENCY Marie-Antoinette"
SIZES = [(1440, 900), (1280, 720), (1024, 640)]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Callable[[CallPage, tuple[int, int]], Workplace]:
    """Shows a call at a size of window, on its page."""
    theme.apply(qapp)

    def show(page: CallPage, size: tuple[int, int]) -> Workplace:
        seat = seat_of(page)
        qtbot.addWidget(seat.window)
        seat.window.resize(*size)
        seat.window.show()
        seat.rail.place_chosen.emit(CALLS)
        qtbot.waitUntil(lambda: seat.screen.isVisible() and seat.screen.timeline.width() > 0)
        qtbot.waitUntil(lambda: bool(seat.screen.band.findChildren(Text)))
        qtbot.wait(300)
        return seat

    return show


def _long_page() -> CallPage:
    page = mockup.opened_card()
    assert page.card is not None
    assert page.card.opened is not None
    birth_name, first = LONG.rsplit(" ", 1)
    opened = msgspec.structs.replace(
        page.card.opened,
        birth_name=birth_name,
        first_given_name=first,
        used_name="MARTIN-DUPONT DE LA TOUR",
        birth_place="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson (51)",
        doubt="homonym",
    )
    sharing = tuple(
        msgspec.structs.replace(page.card.candidates[0], person=f"p{number}", birth_name=f"LEROUX-{number}")
        for number in range(6)
    )
    card = msgspec.structs.replace(page.card, opened=opened, candidates=sharing, verified_at=None)
    return msgspec.structs.replace(page, card=card)


def _inside(part: QWidget, whole: QWidget) -> bool:
    corner = part.mapTo(whole, part.rect().bottomRight())
    return part.isVisible() and corner.x() <= whole.width() and corner.y() <= whole.height()


@pytest.mark.parametrize("size", SIZES)
def test_a_long_name_is_shown_whole(
    shown: Callable[[CallPage, tuple[int, int]], Workplace], size: tuple[int, int]
) -> None:
    band = shown(_long_page(), size).screen.band
    (name,) = [text for text in band.findChildren(Text) if text.text() == LONG]
    lines = name.height() // QFontMetricsF(name.font()).height()
    assert name.heightForWidth(name.width()) <= name.height()
    assert QFontMetricsF(name.font()).horizontalAdvance(LONG) <= name.width() * max(1, lines)
    assert _inside(name, band)


@pytest.mark.parametrize("size", SIZES)
def test_every_trait_of_a_homonym_is_shown_whole(
    shown: Callable[[CallPage, tuple[int, int]], Workplace], size: tuple[int, int]
) -> None:
    band = shown(_long_page(), size).screen.band
    for said in ("MARTIN-DUPONT DE LA TOUR", "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson (51)"):
        (trait,) = [text for text in band.findChildren(Text) if text.text() == said]
        assert QFontMetricsF(trait.font()).horizontalAdvance(said) <= trait.width() + 1
        assert _inside(trait, band)


@pytest.mark.parametrize("size", SIZES)
def test_six_who_share_a_number_are_all_told_apart(
    shown: Callable[[CallPage, tuple[int, int]], Workplace], size: tuple[int, int]
) -> None:
    chooser = shown(_long_page(), size).screen.chooser
    chips = chooser.findChildren(Button)
    assert len(chips) == 6
    for made in chips:
        assert made.width() >= made.sizeHint().width()
        assert _inside(made, chooser)


@pytest.mark.parametrize("page", [mockup.known_elsewhere, mockup.erased_desk])
@pytest.mark.parametrize("size", SIZES[:2])
def test_why_nobody_is_found_is_said_whole(
    shown: Callable[[CallPage, tuple[int, int]], Workplace],
    page: Callable[[], CallPage],
    size: tuple[int, int],
) -> None:
    band = shown(page(), size).screen.band
    (words,) = [one for one in band.findChildren(Elided) if one.isVisible()]
    assert words.said == words.text()


@pytest.mark.parametrize("size", SIZES[:2])
def test_no_family_of_motives_is_cut(
    shown: Callable[[CallPage, tuple[int, int]], Workplace], size: tuple[int, int]
) -> None:
    cells = [
        one for one in shown(mockup.shared_number(), size).panel.findChildren(KeyChoice) if one.isVisible()
    ]
    assert len(cells) >= 10
    assert [one.said for one in cells if "…" in one.said] == []
