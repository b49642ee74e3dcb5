"""The head of what was found keeps every word whole, however narrow the page."""

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.demo.calendar import ZONE as PARIS
from app.queries.person_search import FoundPerson, FoundPersons, Match, Trait
from ui.panels.caller_search.found_card import FoundCard
from ui.theme import theme
from ui.viewmodels.person_search import Reach
from ui.widgets.text import Text

NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)
NEAR = FoundPersons(
    rows=(
        FoundPerson(
            person="p1",
            birth_name="NGUYEN",
            first_given_name="Thi Lan",
            used_name="",
            birth_date="1988-05-12",
            sex="F",
            birth_place="Lyon 3e (69)",
            matches=(Match(trait=Trait.BIRTH_NAME, end=6, is_near=True),),
        ),
    )
)
NARROWEST, USUAL = 660, 808
"""Of the card, in a window of 1280 and of 1440."""


@pytest.mark.parametrize("reach", [Reach.SERVICES, Reach.CUT])
@pytest.mark.parametrize("width", [NARROWEST, USUAL, 1100])
def test_no_word_of_the_head_is_cut(qtbot: QtBot, width: int, reach: Reach) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(width, 300)
    card = FoundCard("Rattacher")
    card.setParent(page)
    page.show()
    card.add_found(NEAR, NOW, reach)
    card.setGeometry(0, 0, width, 300)
    QApplication.processEvents()
    head: list[QWidget] = [each for each in card.findChildren(Text) if each.mapTo(card, QPoint()).y() < 44]
    shown = [part for part in (*head, card.widen, card.glass) if part.isVisible()]
    assert [part for part in shown if part.width() < part.sizeHint().width()] == []
    assert max(part.mapTo(card, part.rect().topRight()).x() for part in shown) < width
    assert {card.title, card.glass} < set(shown)
