"""The look: colours, type, icons and the one style sheet, all from the tokens."""

import json
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import resources

Choice: TypeAlias = Literal["system", "light", "dark"]
FAMILY = "Inter"
ROOT = Path(resources.__path__[0])
STROKE = b'stroke-width="1.75"'


class Role(Enum):
    """A size of type: pixels, line height, weight, letter spacing in em (design 11.3)."""

    DISPLAY = (28, 32, 600, -0.02)
    NAME = (22, 28, 600, -0.015)
    TITLE = (20, 28, 600, -0.012)
    FIGURE = (17, 24, 600, -0.008)
    HEADING = (15, 24, 600, -0.006)
    BODY = (14, 20, 400, -0.003)
    SMALL = (13, 18, 400, -0.003)
    CAPTION = (12, 16, 500, -0.003)

    @property
    def line(self) -> int:
        """Height of one line, in pixels."""
        return self.value[1]


class Theme(QObject):
    """The tokens of one theme, and what is made of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._themes: dict[str, Any] = json.loads(_room("themes/tokens.json").read_text("utf-8"))
        self._name = "light"
        self._app: QApplication | None = None
        self._choice: Choice = "system"
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}

    def colour(self, token: str) -> QColor:
        """The colour of a token, such as `text.primary`."""
        return QColor(self._themes[self._name][token])

    @property
    def tokens(self) -> frozenset[str]:
        """The names of its colours."""
        return frozenset(self._themes[self._name])

    def blend(self, token: str, *, share: float) -> QColor:
        """A token's colour at a share of its opacity."""
        colour = self.colour(token)
        colour.setAlphaF(share)
        return colour

    def scrim(self) -> QColor:
        """What stands between a dialog and the window: the dark ground at 45 %, in both themes."""
        colour = QColor(self._themes["dark"]["bg.app"])
        colour.setAlphaF(0.45)
        return colour

    def heat(self, share: float) -> tuple[QColor, QColor]:
        """Ground and ink of a cell at this share of the peak, in five classes (design 11.2)."""
        ranks: list[str] = self._themes["heat"][self._name]
        rank = min(len(ranks) - 1, int(share * len(ranks)))
        is_dark_ground = (rank == len(ranks) - 1) == (self._name == "light")
        ink = (
            self.colour("text.onaccent") if is_dark_ground else QColor(self._themes["light"]["text.primary"])
        )
        return QColor(ranks[rank]), ink

    def font(self, role: Role, weight: int | None = None) -> QFont:
        """Inter in a role, with figures of one width."""
        return QFont(_font(role, weight or role.value[2]))

    def pixmap(self, name: str, size: int, token: str, ratio: float) -> QPixmap:
        """An icon in a token's colour, sharp at the screen's ratio."""
        key = (name, size, self._name + token, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _drawn(name, size, self.colour(token), ratio)
        return self._pixmaps[key]

    def apply(self, app: QApplication) -> None:
        """Dress the application as the desk is, and go on following it."""
        _load_fonts()
        app.setStyle("Fusion")
        app.setFont(self.font(Role.BODY))
        if self._app is None:
            app.styleHints().colorSchemeChanged.connect(self._dress)
        self._app = app
        self._dress()

    def choose(self, choice: Choice) -> None:
        """Always light, always dark, or as the desk is."""
        self._choice = choice
        if self._app is not None:
            self._app.styleHints().setColorScheme(_SCHEMES[choice])
            self._dress()

    def _dress(self) -> None:
        if self._app is None:
            return
        is_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self._name = ("dark" if is_dark else "light") if self._choice == "system" else self._choice
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _sheet(self) -> str:
        sheet = _room("themes/filrouge.qss").read_text("utf-8")
        for token, colour in sorted(self._themes[self._name].items(), reverse=True):
            sheet = sheet.replace(f"@{token};", f"{colour};").replace(f"@{token} ", f"{colour} ")
        return sheet

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        return palette


_SCHEMES: dict[Choice, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_PALETTE = {
    QPalette.ColorRole.Window: "bg.app",
    QPalette.ColorRole.Base: "bg.surface",
    QPalette.ColorRole.AlternateBase: "bg.sunken",
    QPalette.ColorRole.Button: "bg.surface",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Highlight: "accent.base",
    QPalette.ColorRole.HighlightedText: "text.onaccent",
    QPalette.ColorRole.Link: "accent.text",
    QPalette.ColorRole.Accent: "accent.base",
    QPalette.ColorRole.ToolTipBase: "bg.surface",
    QPalette.ColorRole.ToolTipText: "text.primary",
}


def _room(path: str) -> Path:
    # importlib.resources would add its own reading to the first paint.
    return ROOT.joinpath(path)


@cache
def _load_fonts() -> tuple[int, ...]:
    weights = ("Regular", "Medium", "SemiBold")
    blobs = [_room(f"fonts/Inter-{weight}.ttf").read_bytes() for weight in weights]
    return tuple(QFontDatabase.addApplicationFontFromData(QByteArray(blob)) for blob in blobs)


@cache
def _font(role: Role, weight: int) -> QFont:
    size, _, _, spacing = role.value
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * size)
    return font


@cache
def _svg(name: str) -> bytes:
    return _room(f"icons/{name}.svg").read_bytes().replace(b'stroke-width="2"', STROKE)


def _drawn(name: str, size: int, colour: QColor, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    text = _svg(name).replace(b"currentColor", colour.name().encode())
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


theme = Theme()
"""The one look of this process, as the palette is Qt's."""
