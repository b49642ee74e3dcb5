"""« Aide clavier » (F1): the whole map on one card, narrowed as one types (mock-up 11)."""

from itertools import chain

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.motives import plain
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.key_map import Columns, KeyRow, Section
from ui.widgets.button import Button
from ui.widgets.card import band, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.overlay import Overlay
from ui.widgets.text import Elided, Text

SIZE = QSize(1180, 632)
_HEAD, _FOOT, _LINE = 60, 48, 30


class KeyHelp(Overlay):
    """Drawn from the map that the palette and the keys share."""

    def __init__(self, host: QWidget, sections: Columns) -> None:
        super().__init__(host, size=SIZE)
        self.field = QLineEdit()
        self.field.setPlaceholderText(say("Chercher une action"))
        self.field.setAccessibleName(say("Chercher une action"))
        self.field.setTextMargins(22, 0, 0, 0)
        self.field.setFixedWidth(280)
        Icon("search", 15, "text.tertiary", parent=self.field).move(10, 10)
        self.field.textChanged.connect(self._narrow)
        self.sections = [[_Part(section) for section in column_of] for column_of in sections]
        lines = column(margins=(1, 1, 1, 1))
        lines.addWidget(self._head())
        lines.addWidget(rule())
        lines.addWidget(self._body(), 1)
        lines.addWidget(rule())
        lines.addWidget(_foot())
        self.card.setLayout(lines)
        # Once they are in the window: shown before, each part would be a window for a moment.
        self._narrow("")

    def toggle(self) -> None:
        """F1 opens it, and closes it."""
        if self.isVisible():
            self.leave()
        else:
            self.field.clear()
            self.open_over(self.field)

    def _narrow(self, words_raw: str) -> None:
        wanted = plain(words_raw).split()
        for part in chain.from_iterable(self.sections):
            part.narrow(wanted)

    def _head(self) -> QWidget:
        line = row(spacing=12, margins=(24, 0, 24, 0))
        line.addWidget(Icon("keyboard", 20, "text.secondary"))
        title = Text(say("Aide clavier"), Role.HEADING)
        line.addWidget(title)
        line.addSpacing(16)
        line.addWidget(self.field)
        line.addStretch(1)
        azerty = say("Clavier AZERTY\u00a0: les chiffres marchent avec ou sans Maj.")
        line.addWidget(Text(azerty, Role.SMALL, "secondary"))
        away = Button(icon="x", kind="ghost", size="small")
        away.setAccessibleName(say("Fermer"))
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.clicked.connect(self.leave)
        line.addWidget(away)
        return band(line, _HEAD - 1)

    def _body(self) -> QScrollArea:
        across = row(spacing=36, margins=(24, 20, 24, 0))
        for parts in self.sections:
            lines: QVBoxLayout = column(spacing=16)
            for part in parts:
                lines.addWidget(part)
            lines.addStretch(1)
            across.addLayout(lines, 1)
        inner = QWidget()
        inner.setProperty("plain", "true")
        inner.setLayout(across)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area


class _Part(QWidget):
    """One heading and its rows."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._lines = [(one, _line(one)) for one in section.rows]
        lines = column()
        lines.addWidget(Text(section.title, Role.BODY, weight=600))
        lines.addSpacing(6)
        for _, line in self._lines:
            lines.addWidget(line)
        self.setLayout(lines)

    def narrow(self, wanted: list[str]) -> None:
        """Show the rows that hold every word; those of less use only when they are looked for."""
        found = [self._show(one, line, wanted) for one, line in self._lines]
        self.setVisible(any(found))

    def _show(self, one: KeyRow, line: QWidget, wanted: list[str]) -> bool:
        told = plain(" ".join((one.words, *_names(one), *one.printed)))
        is_found = all(word in told for word in wanted) and (bool(wanted) or one.is_listed)
        line.setVisible(is_found)
        return is_found


def _names(one: KeyRow) -> list[str]:
    return [name for act in one.acts for name in act.name]


def _line(one: KeyRow) -> QWidget:
    line = row(spacing=4)
    line.addWidget(Elided(one.words, Role.SMALL), 1)
    for number, words in enumerate(one.printed):
        if number and one.between:
            line.addWidget(Text(one.between, Role.SMALL, "tertiary"))
        line.addWidget(KeyCap(words))
    lines = column()
    lines.addLayout(line, 1)
    lines.addWidget(rule())
    around = QWidget()
    around.setFixedHeight(_LINE)
    around.setLayout(lines)
    return around


def _foot() -> QWidget:
    line = row(spacing=8, margins=(24, 0, 24, 0))
    line.addWidget(Icon("info", 15, "text.tertiary"))
    words = say(
        "Aucune lettre seule ne déclenche d’action\u00a0: taper au mauvais endroit ne fait jamais rien "
        "d’irréversible."
    )
    line.addWidget(Text(words, Role.SMALL, "secondary"), 1)
    return band(line, _FOOT - 1)
