"""The look is readable, whole, and nowhere written by hand."""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.theme import Role, theme

ROOT = Path(__file__).parents[2]
TEXT, CONTROL = 4.5, 3.0
GROUNDS = ("bg.surface", "bg.app", "bg.sunken", "bg.selected")
READ_ON = [
    *((ink, ground, TEXT) for ink, ground in product(("text.primary", "text.secondary"), GROUNDS)),
    *(("text.tertiary", ground, TEXT) for ground in (*GROUNDS, "bg.hover")),
    *(("accent.text", ground, TEXT) for ground in ("bg.surface", "bg.app", "accent.soft")),
    *(("text.onaccent", ground, TEXT) for ground in ("accent.base", "accent.hover", "accent.pressed")),
    *((f"{kind}.text", f"{kind}.soft", TEXT) for kind in ("success", "warning", "danger")),
    *((f"{kind}.text", "bg.surface", TEXT) for kind in ("success", "warning", "danger")),
    *((f"{kind}.base", "bg.surface", CONTROL) for kind in ("success", "warning", "danger")),
    *((f"{kind}.base", f"{kind}.soft", CONTROL) for kind in ("success", "warning", "danger")),
    *(("border.strong", ground, CONTROL) for ground in GROUNDS),
    *(("focus.ring", ground, CONTROL) for ground in ("bg.surface", "bg.app", "bg.selected")),
    *(("accent.line", ground, CONTROL) for ground in ("bg.surface", "bg.selected", "bg.sunken")),
]
"""Design 11.2, the light theme."""


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "ui").rglob("*.py")):
        yield path.relative_to(ROOT), path.read_text("utf-8")


@pytest.mark.parametrize(("ink", "ground", "least"), READ_ON)
def test_every_pair_can_be_read(ink: str, ground: str, least: float) -> None:
    assert _contrast(theme.colour(ink), theme.colour(ground)) >= least


def test_no_colour_is_written_outside_the_tokens() -> None:
    written = [
        f"{path}: {found.group()}"
        for path, text in _sources()
        for found in re.finditer(r"#[0-9a-fA-F]{6}\b|GlobalColor\.(?!transparent)\w+", text)
    ]
    assert written == []


def test_the_style_sheet_names_only_tokens_that_exist(qapp: QApplication) -> None:
    theme.apply(qapp)
    assert "@" not in qapp.styleSheet()
    sheet = (ROOT / "resources/themes/filrouge.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", sheet)


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    calls = [
        str(path)
        for path, text in _sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet" and path.name != "theme.py"
    ]
    assert calls == []


def test_every_icon_that_is_named_is_there() -> None:
    icons = {path.stem for path in (ROOT / "resources/icons").glob("*.svg")}
    named = {
        (str(path), node.value.value)
        for path, text in _sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.keyword)
        and node.arg == "icon"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.value.value
    }
    assert named
    assert [name for name in sorted(named) if name[1] not in icons] == []


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_type_is_the_one_we_ship(qapp: QApplication, weight: int) -> None:
    theme.apply(qapp)
    shown = QFontInfo(theme.font(Role.BODY, weight))
    assert (shown.family(), shown.weight(), shown.pixelSize()) == ("Inter", weight, 14)


def test_figures_are_all_of_one_width(qapp: QApplication) -> None:
    theme.apply(qapp)
    metrics = QFontMetricsF(theme.font(Role.BODY))
    assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1


def test_an_icon_takes_the_colour_it_is_given(qapp: QApplication) -> None:
    theme.apply(qapp)
    image = theme.pixmap("check", 64, "danger.text", 1.0).toImage()
    inks = {
        QColor(image.pixelColor(x, y)).name()
        for x in range(64)
        for y in range(64)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.colour("danger.text").name()}


@pytest.mark.usefixtures("qapp")
def test_painting_keeps_the_references_of_none() -> None:
    """PySide6 6.12 loses one at each call on this Python (design 13)."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(200):
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 50
