"""The motives to choose from: ten families, the motives of one, or those found by words."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QSizePolicy, QWidget

from app.domain.motives import Catalogue, Motive
from ui.panels.motive_form.parts import Inset, key_image, strong
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.motive_form_state import MotiveFormState
from ui.widgets.card import column
from ui.widgets.key_choice import KeyChoice

COLUMNS = 2
MOST = 10


class Families(QWidget):
    """The ten digits, the emergency last and in red, and what the emergency asks."""

    pressed = Signal(int)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        named = dict(catalogue.families()) | _short_families()
        fewer = {"3": say("Résultats, doc.")}
        for place, digit in enumerate("1234567890"):
            cell = KeyChoice("danger" if digit == "0" else "boxed")
            cell.say(digit, named[digit], fewer=fewer.get(digit, ""))
            cell.clicked.connect(lambda _=False, digit=digit: self.pressed.emit(int(digit)))
            grid.addWidget(cell, place // COLUMNS, place % COLUMNS)
        self._note = Inset()
        self._say_emergency()
        # The key's picture has the colours of its theme.
        theme.changed.connect(self._say_emergency)
        lines = column(spacing=8)
        lines.addLayout(grid)
        lines.addWidget(self._note)
        self.setLayout(lines)

    def _say_emergency(self) -> None:
        asked = say("« Où êtes-vous ? Quel numéro pour vous rappeler ? »")
        words = say("{key} affiche aussitôt : {asked} puis le transfert accompagné vers le 15.")
        self._note.say(
            words.format(key=key_image("0", tone="text.secondary"), asked=strong(asked)), is_danger=True
        )


def _short_families() -> dict[str, str]:
    return {
        "0": say("Urgence, vers le 15"),
        "3": say("Résultats, documents"),
        "8": say("Admin., facturation"),
    }


class _Head(QAbstractButton):
    """The chosen family, and the way back."""

    def __init__(self) -> None:
        super().__init__()
        self._digit = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, digit: str, name: str) -> None:
        self._digit = digit
        self.setText(name)
        self.setAccessibleName(say("Famille {name}, revenir aux familles").format(name=name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(9, 8, theme.pixmap("arrow-left", 14, "text.secondary", self.devicePixelRatioF()))
        bold, plain = theme.font(Role.SMALL, 600), theme.font(Role.SMALL)
        left = 31 + QFontMetricsF(bold).horizontalAdvance(self._digit) + 8
        words = QRectF(left, 0, self.width() - left - 9, self.height())
        side = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(theme.colour("text.primary"))
        painter.drawText(QRectF(31, 0, 20, self.height()), side, self._digit)
        painter.setFont(plain)
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(words, side, self.text())
        painter.setPen(theme.colour("text.tertiary"))
        painter.drawText(words, side | Qt.AlignmentFlag.AlignRight, say("Retour arrière"))


class MotiveBox(QFrame):
    """The motives of a family in two columns, or the answers to words in one."""

    left = Signal()
    picked = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._family = ""
        self._families = dict(catalogue.families())
        self._head = _Head()
        self._head.clicked.connect(self.left)
        self._cells = [self._cell() for _ in range(MOST)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setSpacing(0)
        lines = column(margins=(1, 1, 1, 1))
        lines.addWidget(self._head)
        lines.addLayout(self._grid)
        self.setLayout(lines)

    def present(self, state: MotiveFormState) -> None:
        """Show what can be chosen now."""
        self._family = state.family
        self._head.setVisible(bool(state.family))
        if state.family:
            self._head.say(state.family, self._families[state.family])
            self._show_family(state)
        else:
            self._show_answers(state.answers, state.cursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, and the ground of the head within it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self._head.isVisible():
            painter.setClipRect(0, 0, self.width(), 31)
            painter.fillPath(path, theme.colour("bg.sunken"))
            painter.setClipping(False)
        painter.setPen(QPen(theme.colour("border.subtle"), 1))
        painter.drawPath(path)

    def _cell(self) -> KeyChoice:
        cell = KeyChoice("plain", parent=self)
        cell.clicked.connect(lambda _=False: self._press(cell))
        return cell

    def _press(self, cell: KeyChoice) -> None:
        if cell.key == "0" and self._family != "0":
            self.left.emit()
        else:
            self.picked.emit(f"{self._family}{cell.key}")

    def _show_family(self, state: MotiveFormState) -> None:
        chosen = "" if state.motive is None else state.motive.code
        motives = self._catalogue.in_family(state.family)
        shown = [(motive.code[1], motive.short_label, motive.code == chosen) for motive in motives]
        if state.family != "0":
            shown.append(("0", say("Tout chercher"), False))
        self._lay(shown, columns=COLUMNS)

    def _show_answers(self, answers: tuple[Motive, ...], cursor: int) -> None:
        shown = [(one.code, one.label, place == cursor) for place, one in enumerate(answers)]
        self._lay(shown, columns=1)

    def _lay(self, shown: list[tuple[str, str, bool]], *, columns: int) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
        for place, (key, text, is_on) in enumerate(shown):
            cell = self._cells[place]
            cell.say(key, text)
            cell.setChecked(is_on)
            span = 1 if columns == COLUMNS else COLUMNS
            self._grid.addWidget(cell, place // columns, place % columns, 1, span)
            cell.show()
