"""Buttons, chips and links: an icon, words, and the key that does the same."""

from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.discretion import Personal, altered, discretion, joined
from ui.theme import Role, theme
from ui.widgets.key_cap import HEIGHT as KEY_HEIGHT
from ui.widgets.key_cap import draw_key, key_width

Kind: TypeAlias = Literal["plain", "primary", "danger", "ghost", "chip"]
Size: TypeAlias = Literal["small", "tall", "call", "medium", "square", "large", "huge"]


class _Measure(NamedTuple):
    height: int
    padding: int
    gap: int
    role: Role
    icon: int


_MEASURES: dict[str, _Measure] = {
    "small": _Measure(28, 8, 6, Role.SMALL, 14),
    "tall": _Measure(32, 8, 6, Role.SMALL, 14),
    "call": _Measure(32, 10, 6, Role.SMALL, 15),
    "medium": _Measure(36, 12, 8, Role.BODY, 16),
    "square": _Measure(36, 8, 0, Role.BODY, 18),
    "large": _Measure(40, 16, 8, Role.BODY, 16),
    "huge": _Measure(44, 16, 8, Role.BODY, 18),
}


class _Ink(NamedTuple):
    text: str
    edge: str
    fill: str
    hover: str
    pressed: str


_INKS: dict[str, _Ink] = {
    "plain": _Ink("text.primary", "border.control", "bg.surface", "bg.hover", "bg.sunken"),
    "primary": _Ink("text.onaccent", "accent.base", "accent.base", "accent.hover", "accent.pressed"),
    "danger": _Ink("danger.text", "danger.base", "bg.surface", "danger.soft", "danger.soft"),
    "ghost": _Ink("text.secondary", "", "", "bg.hover", "bg.sunken"),
    "chip": _Ink("text.secondary", "border.control", "bg.surface", "bg.hover", "bg.sunken"),
}
_CHECKED = _Ink("accent.text", "accent.line", "bg.selected", "bg.selected", "bg.selected")
_ON_ACCENT = 0.45
"""How much of its white the edge of a key keeps on the accent's ground."""
_DISABLED = _Ink("text.disabled", "border.subtle", "bg.surface", "bg.surface", "bg.surface")


class Button(QPushButton):
    """A button that prints its key; without words it is a square."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        key: str = "",
        hint: str = "",
        trailing: str = "",
        kind: Kind = "plain",
        size: Size = "medium",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._measure = _MEASURES[size]
        self._icon, self._trailing, self._key, self._hint = icon, trailing, key, hint
        self._told = ""
        self.setText(text)
        self._name()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    @property
    def key(self) -> str:
        """The key printed on it, or nothing."""
        return self._key

    def setText(self, text: str) -> None:  # noqa: N802
        """Say other words."""
        self._told = text
        super().setText(text)
        if isinstance(text, Personal):
            discretion.follow(self)

    def dress_discreetly(self) -> None:
        """Show the form that holds now."""
        self.update()

    def set_hint(self, hint: str) -> None:
        """Words of less weight after the label."""
        self._hint = hint
        self._name()
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key does the same from now on."""
        self._key = key
        self.updateGeometry()
        self.update()

    def say(self, text: str, *, icon: str) -> None:
        """Other words and another icon: it does something else now."""
        self.setText(text)
        discretion.name(self, altered(text, _bare))
        self.set_icon(icon)

    def set_icon(self, name: str) -> None:
        """Another icon before the words."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        height = self._measure.height
        if not (self.text() or self._key or self._trailing):
            return QSize(height, height)
        return QSize(round(self._content() + 2 * self._measure.padding + 2), height)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, then the parts one after the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink()
        self._draw_frame(painter, ink)
        self._draw_parts(painter, ink)

    def _name(self) -> None:
        discretion.name(self, joined(" ", (altered(self._told, _bare), self._hint)))

    def _parts(self) -> list[tuple[str, float]]:
        parts = [
            ("icon", self._icon_width() if self._icon else 0.0),
            ("text", _width(self._font(), self._words()) if self.text() else 0.0),
            ("hint", _width(self._hint_font(), self._hint) if self._hint else 0.0),
            ("key", key_width(self._key) if self._key else 0.0),
            ("trailing", float(self._measure.icon) if self._trailing else 0.0),
        ]
        return [part for part in parts if part[1]]

    def _icon_width(self) -> float:
        return float(self._measure.icon)

    def _content(self) -> float:
        parts = self._parts()
        return sum(width for _, width in parts) + self._measure.gap * max(0, len(parts) - 1)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def _font(self) -> QFont:
        strong = self._kind == "primary" or self.isChecked()
        return theme.font(self._measure.role, 600 if strong else 500)

    def _hint_font(self) -> QFont:
        return theme.font(self._measure.role, 400)

    def _ink(self) -> _Ink:
        if not self.isEnabled():
            return _DISABLED
        ink = _CHECKED if self.isChecked() else _INKS[self._kind]
        if self.isDown():
            return ink._replace(fill=ink.pressed)
        return ink._replace(fill=ink.hover) if self.underMouse() else ink

    def _draw_frame(self, painter: QPainter, ink: _Ink) -> None:
        has_focus = self.hasFocus()
        width = 2 if has_focus else 1
        edge = "focus.ring" if has_focus else ink.edge
        painter.setPen(QPen(theme.colour(edge), width) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ink.fill) if ink.fill else Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _draw_parts(self, painter: QPainter, ink: _Ink) -> None:
        left = (self.width() - self._content()) / 2
        for part, width in self._parts():
            box = QRectF(left, 0, width, self.height())
            self._draw_part(painter, part, box, ink)
            left += width + self._measure.gap

    def _draw_part(self, painter: QPainter, part: str, box: QRectF, ink: _Ink) -> None:
        match part:
            case "icon":
                self._draw_icon(painter, box, self._icon, ink.text)
            case "trailing":
                self._draw_icon(painter, box, self._trailing, "text.tertiary")
            case "key":
                self._draw_key(painter, box)
            case "hint":
                _draw_words(painter, box, discretion.shown(self._hint), self._hint_font(), "text.tertiary")
            case _:
                self._draw_text(painter, box, ink.text)

    def _draw_text(self, painter: QPainter, box: QRectF, token: str) -> None:
        _draw_words(painter, box, discretion.shown(self._told), self._font(), token)

    def _draw_icon(self, painter: QPainter, box: QRectF, name: str, token: str) -> None:
        size = self._measure.icon
        pixmap = theme.pixmap(name, size, token, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left(), (self.height() - size) / 2), pixmap)

    def _draw_key(self, painter: QPainter, box: QRectF) -> None:
        top = (self.height() - KEY_HEIGHT) / 2
        rect = QRectF(box.left(), top, box.width(), KEY_HEIGHT)
        if self._kind == "primary" and self.isEnabled():
            ink = edge = "text.onaccent"
            draw_key(painter, rect, self._key, ink=ink, edge=edge, fill="", edge_share=_ON_ACCENT)
        else:
            draw_key(painter, rect, self._key, ink="text.secondary", edge="border.subtle", fill="bg.surface")


def _bare(words: str) -> str:
    return words.replace("&", "")


def _width(font: QFont, words: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(words)


def _draw_words(painter: QPainter, box: QRectF, words: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
    painter.drawText(box.adjusted(0, 0, 1, 0), int(flags), words)


def chip(text: str, *, hint: str = "", key: str = "", icon: str = "", trailing: str = "") -> Button:
    """A small choice that stays checked."""
    button = Button(text, hint=hint, key=key, icon=icon, trailing=trailing, kind="chip", size="small")
    button.setCheckable(True)
    return button


class Link(QPushButton):
    """Words that lead somewhere."""

    def __init__(self, text: str, *, tone: str = "accent.text", is_underlined: bool = False) -> None:
        super().__init__(text)
        self._tone = tone
        font = theme.font(Role.SMALL, 500)
        font.setUnderline(is_underlined)
        self.setFont(font)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(round(_width(self.font(), self.text())) + 2, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and a ring when focused."""
        painter = QPainter(self)
        _draw_words(painter, QRectF(self.rect()), self.text(), self.font(), self._tone)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
