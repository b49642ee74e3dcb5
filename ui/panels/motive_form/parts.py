"""The small pieces that the qualification panel is made of."""

from html import escape

from PySide6.QtCore import QBuffer, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import Role, theme
from ui.widgets.card import column, row
from ui.widgets.icon import Icon
from ui.widgets.key_cap import HEIGHT, KeyCap, draw_key, key_width
from ui.widgets.text import Text

LABEL_GAP = 6


class Section(QWidget):
    """A label of 18, then what it names; the hint stands at the right."""

    def __init__(self, title: str, *, key: str = "", hint: str = "") -> None:
        super().__init__()
        self.hint = Text(hint, Role.SMALL, "tertiary")
        self.body = column()
        lines = column(spacing=LABEL_GAP)
        head = row(spacing=6)
        head.addWidget(Text(title, Role.SMALL, weight=600))
        if key:
            head.addWidget(KeyCap(key))
        head.addStretch(1)
        head.addWidget(self.hint)
        lines.addLayout(head)
        lines.addLayout(self.body)
        self.setLayout(lines)
        self._head = head

    def stand_beside(self, widget: QWidget) -> None:
        """Put something at the right of the label."""
        self._head.addWidget(widget)


class Refused(Text):
    """Why a save was refused, under its field; hidden when all is well."""

    def __init__(self) -> None:
        super().__init__("", Role.SMALL, "danger")
        self.wrap()
        self.hide()

    def say(self, words: str) -> None:
        """Show a reason, or nothing."""
        self.setText(words)
        self.setVisible(bool(words))


class Inset(QFrame):
    """A tinted note with an icon: guidance, or what an emergency asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("info", 16, "accent.text")
        self._text = Text("", Role.SMALL, "accent").wrap()
        line = row(spacing=8, margins=(10, 8, 10, 8))
        beside = column(margins=(0, 1, 0, 0))
        beside.addWidget(self._icon)
        beside.addStretch(1)
        line.addLayout(beside)
        line.addWidget(self._text, 1)
        self.setLayout(line)

    def say(self, html: str, *, is_danger: bool = False) -> None:
        """Show our own markup, as a danger or as guidance."""
        tone = "danger" if is_danger else "accent"
        self._icon.show_icon("siren" if is_danger else "info", f"{tone}.text")
        self._text.set_tone(tone)
        self._text.set_rich(lines_of(html))
        if self.property("inset") != tone:
            self.setProperty("inset", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def lines_of(html: str) -> str:
    """Our own markup with lines of 18 pixels."""
    return f'<p style="line-height:18px">{html}</p>'


def strong(words: str, *, ink: str = "") -> str:
    """Words in bold, whoever wrote them, in a token's colour."""
    colour = f";color:{theme.colour(ink).name()}" if ink else ""
    return f'<span style="font-weight:600{colour}">{escape(words)}</span>'


def key_image(label: str, *, tone: str) -> str:
    """A key cap as an image of our own markup."""
    size = QSize(round(key_width(label)), HEIGHT)
    ratio = 2
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_key(painter, QRectF(QPointF(), size), label, ink=tone, edge="border.subtle", fill="bg.surface")
    painter.end()
    png = QBuffer()
    pixmap.save(png, "PNG")
    coded = png.data().toBase64().toStdString()
    place = f'width="{size.width()}" height="{size.height()}" style="vertical-align:middle"'
    return f'<img src="data:image/png;base64,{coded}" {place}>'
