"""The persons a search found, with all their strict traits and none chosen beforehand (design 03)."""

from datetime import datetime

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.words import Channel
from app.queries.person_search import FoundPerson
from ui import wording
from ui.discretion import by_initials, called, discretion, filled, hidden, joined
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.late_keys import LateKeys
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

HEAD_HEIGHT = 36
ROW_HEIGHT = 50
BORN, SEX, ATTACH = 96, 46, 80
NAME, PLACE, LAST = 279, 123, 150
_ALL_OF_IT = 1000


class FoundRow(QFrame):
    """One person; a click chooses the row, only its button or Enter attaches."""

    chosen = Signal(str)
    attached = Signal(str)

    def __init__(self, found: FoundPerson, now: datetime, *, act: str) -> None:
        super().__init__()
        self.found = found
        self.person = found.person
        self.is_chosen = False
        self.setFixedHeight(ROW_HEIGHT)
        name = called(found.birth_name, found.first_given_name)
        discretion.name(self, name)
        place = hidden(found.birth_place) or say("Non renseigné")
        self.setLayout(
            laid(
                _name_cell(found, name),
                Text(wording.birth(found.birth_date), Role.SMALL, weight=500),
                _sex(found.sex),
                Elided(place, Role.SMALL, weight=500 if found.birth_place else 400),
                Elided(last_words(found, now), Role.SMALL, "secondary"),
                self._button(name, act),
            )
        )

    def choose(self, *, is_chosen: bool) -> None:
        """Show whether Enter would attach this one."""
        self.is_chosen = is_chosen
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        super().mousePressEvent(event)
        self.chosen.emit(self.person)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of a chosen row, and the line under each."""
        painter = QPainter(self)
        if self.is_chosen:
            painter.fillRect(self.rect(), theme.colour("bg.selected"))
            painter.fillRect(QRect(0, 0, 3, self.height()), theme.colour("accent.line"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("border.subtle"))

    def _button(self, name: str, act: str) -> Button:
        button = Button(act, size="small")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        discretion.describe(button, name)
        button.clicked.connect(lambda: self.attached.emit(self.person))
        LateKeys(button)
        return button


def head() -> QWidget:
    """The captions of the columns."""
    names = Text("", Role.CAPTION, "tertiary")
    names.set_rich(say("Nom de naissance, 1<sup>er</sup> prénom de naissance"))
    titles = (say("Né(e) le"), say("Sexe"), say("Lieu de naissance"), say("Dernier contact"))
    captions = [names, *(Text(title, Role.CAPTION, "tertiary") for title in titles)]
    for caption in captions:
        caption.setWordWrap(True)
    line = QWidget()
    line.setFixedHeight(HEAD_HEIGHT)
    line.setLayout(laid(*captions, QWidget()))
    return line


def laid(*cells: QWidget) -> QHBoxLayout:
    """Six cells in the columns of the table; name, place and last contact give or take room."""
    line = row(spacing=0, margins=(16, 0, 16, 0))
    for cell, width in zip(cells, (NAME, BORN, SEX, PLACE, LAST, ATTACH), strict=True):
        if width in (NAME, PLACE, LAST):
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            line.addWidget(cell, width)
        elif isinstance(cell, Button):
            line.addWidget(_at_right(cell))
        else:
            cell.setFixedWidth(width)
            line.addWidget(cell)
    return line


def last_words(found: FoundPerson, now: datetime) -> str:
    """« Auj., e-mail », « 14/03/2025, guichet »."""
    if found.last_at is None or found.last_channel is None:
        return say("Jamais contacté")
    last = wording.local(found.last_at).date()
    ago = (wording.local(now).date() - last).days
    day = {0: say("Auj."), 1: say("Hier")}.get(ago) or last.strftime("%d/%m/%Y")
    return f"{day}, {_in_a_sentence(found.last_channel)}"


def _in_a_sentence(channel: Channel) -> str:
    word = wording.channel_word(channel)
    is_name = channel is Channel.MON_ESPACE_SANTE or word[1:] != word[1:].lower()
    return word if is_name else word.lower()


def _sex(sex: str) -> Text:
    word = Text(sex if sex in ("F", "M") else say("Indét."), Role.SMALL)
    word.setToolTip(wording.sex_word(sex))
    return word


def _name_cell(found: FoundPerson, name: str) -> QWidget:
    whole = Elided(name, weight=600)
    metrics = QFontMetrics(whole.font())
    whole.setMinimumWidth(metrics.horizontalAdvance(f"{found.birth_name} …") + 2)
    whole.setMaximumWidth(metrics.horizontalAdvance(name) + 2)
    first = row(spacing=8)
    first.addWidget(whole, _ALL_OF_IT)
    if found.is_homonym:
        first.addWidget(Tag(say("Homonyme"), icon="users-round", kind="warning", height=20))
    if found.is_protected:
        first.addWidget(Tag(say("Dossier protégé"), icon="lock", kind="danger", height=20))
    first.addStretch(1)
    used = by_initials(found.used_name) or say("non renseigné")
    words = filled(say("Nom utilisé : {name}"), name=used)
    if found.is_near:
        words = joined(" · ", (say("Orthographe proche"), words))
    second = Text(words, Role.CAPTION, "tertiary")
    second.setFont(theme.font(Role.CAPTION, 400))
    return _stacked(first, second)


def _stacked(first: QHBoxLayout, second: Text) -> QWidget:
    cell = QWidget()
    lines: QVBoxLayout = column()
    lines.addStretch(1)
    lines.addLayout(first)
    lines.addWidget(second)
    lines.addStretch(1)
    cell.setLayout(lines)
    return cell


def _at_right(button: Button) -> QWidget:
    cell = QWidget()
    cell.setFixedWidth(ATTACH)
    line = row()
    line.addStretch(1)
    line.addWidget(button)
    cell.setLayout(line)
    return cell
