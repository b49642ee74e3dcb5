"""Words on the screen, in a role of the type scale and a tone of the palette."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.discretion import Personal, discretion
from ui.theme import Role, theme
from ui.widgets.plain_tip import plain_tip

Tone: TypeAlias = Literal[
    "primary", "secondary", "tertiary", "accent", "success", "warning", "danger", "onaccent"
]


class Text(QLabel):
    """One or several lines; a single line is as high as its role says.

    Words of a person are measured as they are and painted as the screen is, so that nothing moves.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: Tone = "primary",
        *,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.told = ""
        self.setText(text)
        self.setFont(theme.font(role, weight))
        self.setProperty("tone", tone)
        self.setMinimumHeight(role.line)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:  # noqa: N802
        """Say other words."""
        was, self.told = self.told, text
        super().setText(text)
        if isinstance(text, Personal):
            discretion.follow(self)
        if isinstance(text, Personal) or isinstance(was, Personal):
            self.dress_discreetly()

    def dress_discreetly(self) -> None:
        """Show the form that holds now, and have that one read aloud."""
        self.setAccessibleName(self.shown if self._is_veiled else "")
        self.update()

    @property
    def shown(self) -> str:
        """Its words as the screen is."""
        return discretion.shown(self.told)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stands in the place of a person's words, where theirs would."""
        if not self._is_veiled:
            super().paintEvent(event)
        elif self.textFormat() is Qt.TextFormat.RichText:
            self._paint_rich()
        else:
            self._paint_plain(self.shown, self.contentsRect())

    @property
    def _is_veiled(self) -> bool:
        return discretion.is_on and isinstance(self.told, Personal)

    def _paint_plain(self, words: str, room: QRect) -> None:
        flags = int(self.alignment()) | (int(Qt.TextFlag.TextWordWrap) if self.wordWrap() else 0)
        ink = self.foregroundRole()
        painter = QPainter(self)
        self.style().drawItemText(painter, room, flags, self.palette(), self.isEnabled(), words, ink)

    def _paint_rich(self) -> None:
        written = QTextDocument()
        written.setDocumentMargin(0)
        written.setDefaultFont(self.font())
        written.setHtml(self.shown)
        painter, how = QPainter(self), QAbstractTextDocumentLayout.PaintContext()
        how.palette = self.palette()
        written.documentLayout().draw(painter, how)

    def set_tone(self, tone: Tone) -> None:
        """Say it in another tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_rich(self, html: str) -> None:
        """Show our own markup (raised letters, bold); never what a person typed."""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(html)

    def wrap(self) -> "Text":
        """Let it take several lines."""
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return self


class Note(Text):
    """The lines that its words take in a width, in pixels; a layout need not ask it how high it becomes.

    One that must ask makes all it holds as high as it would like, where there is less room than that.
    """

    def __init__(self, text: str, role: Role, tone: Tone, *, width: int) -> None:
        super().__init__(text, role, tone, weight=400)
        self.wrap()
        self.setMinimumHeight(self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """It has said so already."""
        return False


class Elided(Text):
    """One line that ends with « … » when there is no room; the tooltip has it whole.

    With `say_or` it says fewer words before it cuts any.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: Tone = "primary",
        *,
        weight: int | None = None,
    ) -> None:
        super().__init__(text, role, tone, weight=weight)
        self._fewer = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say_or(self, words: str, *, fewer: str) -> None:
        """Say these words, or fewer where they have no room."""
        self._fewer = fewer
        self.setText(words)
        self._tell_whole()

    @property
    def said(self) -> str:
        """What is drawn, once cut to its room."""
        words = self._fewer if self._fewer and not self._fits(self.text()) else self.told
        return self.fontMetrics().elidedText(
            discretion.shown(words), Qt.TextElideMode.ElideRight, self.width()
        )

    def minimumSizeHint(self) -> QSize:
        """May shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole in the tooltip when it is cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def dress_discreetly(self) -> None:
        """The tooltip too."""
        super().dress_discreetly()
        self._tell_whole()

    def _tell_whole(self) -> None:
        self.setToolTip("" if self._fits(self.text()) else plain_tip(self.shown))

    def _fits(self, words: str) -> bool:
        return self.fontMetrics().horizontalAdvance(words) <= self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        self._paint_plain(self.said, self.rect())


class TwoLines(QWidget):
    """At most two lines, the second one elided; the tooltip has the whole."""

    def __init__(self, role: Role = Role.SMALL, ink: str = "text.secondary") -> None:
        super().__init__()
        self._role, self._ink, self._text = role, ink, ""
        self.setFixedHeight(2 * role.line)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        if isinstance(text, Personal):
            discretion.follow(self)
        self.dress_discreetly()

    def dress_discreetly(self) -> None:
        """Show the form that holds now."""
        shown = discretion.shown(self._text)
        self.setToolTip(plain_tip(shown))
        self.setAccessibleName(shown)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the words on two lines of the role's height."""
        painter = QPainter(self)
        painter.setPen(theme.colour(self._ink))
        font = theme.font(self._role)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        top = (self._role.line - metrics.height()) / 2 + metrics.ascent()
        for number, line in enumerate(_two_lines(discretion.shown(self._text), font, self.width(), metrics)):
            painter.drawText(QPointF(0, top + number * self._role.line), line)


def _two_lines(text: str, font: QFont, width: int, metrics: QFontMetricsF) -> list[str]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        return []
    line.setLineWidth(width)
    layout.endLayout()
    first, rest = text[: line.textLength()], text[line.textLength() :]
    if not rest:
        return [first]
    return [first.rstrip(), metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
