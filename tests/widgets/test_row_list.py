"""A row of a list too narrow for all it holds: the name is what is read, so it is cut last."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.panels.measure import drawn_in
from ui.theme import theme
from ui.widgets.row_list import Cell, ListRow, Mark, RowList

NAME, BORN, REASON = "KOWALCZYK Piotr", "né le 23/04/1979", "Attend le Dr Kaddour"


def _drawn(qtbot: QtBot, app: QApplication, width: int) -> list[str]:
    theme.apply(app)
    view = RowList(name="Rappels")
    qtbot.addWidget(view)
    cell = Cell(words=NAME, aside=BORN, mark=Mark(REASON, "hourglass"), weight=600)
    owner = Cell(words="Moi", width=136, is_right=True)
    view.present((ListRow(key="one", cells=(cell, owner), height=56),), current="one")
    view.resize(width, 200)
    view.show()
    return drawn_in(view.viewport())


def test_everything_is_said_where_there_is_room(qtbot: QtBot, qapp: QApplication) -> None:
    assert {NAME, BORN, REASON, "Moi"} <= set(_drawn(qtbot, qapp, 560))


def test_columns_without_a_gap_keep_the_width_that_parts_them(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    view = RowList(name="Files", gap=0)
    qtbot.addWidget(view)
    words = ("Secrétariat orthopédie", "en attente", "objectif 80 %")
    cells = (Cell(words=words[0]), *(Cell(words=one, width=110, is_right=True) for one in words[1:]))
    view.present((ListRow(key="one", cells=cells, height=48),), current="one")
    view.resize(400, 100)
    view.show()
    assert "Secrétariat orthopédie" in drawn_in(view.viewport())
    view.resize(290, 100)
    assert "Secrétariat orthopédie" not in drawn_in(view.viewport())


def test_a_tag_gives_its_words_before_the_name_does(qtbot: QtBot, qapp: QApplication) -> None:
    drawn = _drawn(qtbot, qapp, 290)
    assert NAME in drawn
    assert REASON not in drawn
    assert any(words.startswith("Att") and words.endswith("…") for words in drawn)


def test_with_less_room_still_the_tag_is_its_icon(qtbot: QtBot, qapp: QApplication) -> None:
    drawn = _drawn(qtbot, qapp, 246)
    assert NAME in drawn
    assert not any(words.startswith("Att") for words in drawn)
