"""A shared number shows who may be calling and nothing else, with a key a row."""

from datetime import datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.calendar import ZONE as PARIS
from app.queries.caller_card import Candidate
from ui.panels.candidates import Candidates
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.late_keys import GRACE_MS
from ui.widgets.tag import Tag
from ui.widgets.text import Text

NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)
MARTINE = Candidate(
    person="p1",
    birth_name="DUBREUIL",
    first_given_name="Martine",
    birth_date="1958-03-14",
    sex="F",
    has_overdue_promise=True,
)
GERARD = Candidate(
    person="p2", birth_name="LEROUX", first_given_name="Gérard", birth_date="1955-09-02", sex="M"
)
INES = Candidate(person="p3", birth_name="LEROUX", first_given_name="Ines", birth_date="2017-06-21", sex="I")
ALL = (MARTINE, GERARD, INES)


@pytest.fixture
def panel(qtbot: QtBot) -> Candidates:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    panel = Candidates()
    qtbot.addWidget(panel)
    panel.resize(848, 711)
    panel.present(ALL, NOW)
    panel.show()
    return panel


def words(panel: QWidget) -> list[str]:
    return [text.text() for text in panel.findChildren(Text) if text.isVisibleTo(panel)]


def row_of(button: Button) -> QWidget:
    row = button.parentWidget()
    assert row is not None
    return row


def opening(panel: Candidates) -> list[Button]:
    return [button for button in panel.list.findChildren(Button) if button.isVisibleTo(panel)]


def test_each_row_says_name_birth_date_and_age(panel: Candidates) -> None:
    said = words(panel)
    assert [name for name in said if name.startswith(("DUBREUIL", "LEROUX"))] == [
        "DUBREUIL Martine",
        "LEROUX Gérard",
        "LEROUX Ines",
    ]
    assert "14/03/1958, 68\u00a0ans" in said
    assert [label for label in said if label.endswith(" le")] == ["Née le", "Né le", "Né(e) le"]


def test_a_row_says_nothing_but_the_traits_and_the_late_call_back(panel: Candidates) -> None:
    of_rows = {text for button in opening(panel) for text in words(row_of(button))}
    captions = {"Nom de naissance, 1<sup>er</sup> prénom de naissance", "Née le", "Né le", "Né(e) le"}
    values = {"DUBREUIL Martine", "LEROUX Gérard", "LEROUX Ines"}
    births = {"14/03/1958, 68\u00a0ans", "02/09/1955, 71\u00a0ans", "21/06/2017, 9\u00a0ans"}
    assert of_rows == captions | values | births
    assert [tag.text for tag in panel.findChildren(Tag)] == ["Rappel en retard"]


@pytest.mark.parametrize(
    ("candidates", "sentence"),
    [
        (ALL, "Les deux autres lignes sont notées «\u00a0proposé\u00a0»."),
        (ALL[:2], "L’autre ligne est notée «\u00a0proposé\u00a0»."),
    ],
)
def test_the_trace_is_said_in_the_right_number(
    panel: Candidates, candidates: tuple[Candidate, ...], sentence: str
) -> None:
    panel.present(candidates, NOW)
    assert panel.foot.text() == f"Ouvrir une fiche est tracé. {sentence}"


def test_opening_a_row_tells_which_person(panel: Candidates) -> None:
    chosen: list[str] = []
    panel.person_chosen.connect(chosen.append)
    opening(panel)[1].click()
    assert chosen == ["p2"]


def test_rows_change_with_the_candidates_and_only_then(panel: Candidates, qtbot: QtBot) -> None:
    before = opening(panel)
    panel.present(tuple(ALL), NOW)
    assert opening(panel) == before
    panel.present((INES,), NOW)
    qtbot.waitUntil(lambda: len(opening(panel)) == 1)


def test_each_way_out_says_what_is_asked(panel: Candidates, qtbot: QtBot) -> None:
    for way, signal in {
        "search": panel.search_asked,
        "provisional": panel.provisional_asked,
        "continue": panel.continue_asked,
    }.items():
        with qtbot.waitSignal(signal):
            panel.ways.buttons[way].click()


def test_nothing_takes_the_keyboard_but_by_tab(panel: Candidates) -> None:
    policies = {button.focusPolicy() for button in panel.findChildren(QPushButton)}
    assert policies == {Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.TabFocus}


def test_space_does_nothing_on_a_button_that_just_appeared(panel: Candidates, qtbot: QtBot) -> None:
    asked: list[bool] = []
    panel.search_asked.connect(lambda: asked.append(True))
    button = panel.ways.buttons["search"]
    panel.hide()
    panel.show()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked == []
    qtbot.wait(GRACE_MS + 50)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked == [True]


def test_zones_stand_where_the_mock_up_has_them(panel: Candidates) -> None:
    rows = [row_of(button) for button in opening(panel)]
    tops = [row.mapTo(panel, QPoint()).y() for row in rows]
    assert [below - above for above, below in pairwise(tops)] == [68, 68]
    box = panel.list
    assert (box.mapTo(panel, QPoint()).x(), box.width()) == (20, 808)
    assert abs(box.mapTo(panel, QPoint()).y() - 146) <= 6
    assert abs(panel.ways.buttons["search"].mapTo(panel, QPoint()).y() - 558) <= 6


def test_a_long_name_is_shown_whole(panel: Candidates) -> None:
    long = Candidate(
        person="p4",
        birth_name="MONTMORENCY DE LA ROCHEFOUCAULD",
        first_given_name="Anne-Charlotte",
        birth_date="1970-00-00",
        sex="F",
    )
    panel.present((long, INES), NOW)
    name = next(text for text in panel.findChildren(Text) if text.text().startswith("MONTMORENCY"))
    QApplication.sendPostedEvents()
    panel.grab()
    assert name.height() >= name.heightForWidth(name.width())


def test_every_button_stays_in_view_on_a_small_window(panel: Candidates) -> None:
    panel.resize(720, 612)
    panel.grab()
    for button in opening(panel):
        assert button.mapTo(panel, QPoint(button.width(), 0)).x() <= 720 - 20
    way = panel.ways.buttons["continue"]
    assert way.mapTo(panel, QPoint(0, way.height())).y() <= 612
