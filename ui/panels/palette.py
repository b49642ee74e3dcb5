"""« Palette de commandes » (Ctrl+K): one field, every act with its key, persons and services too."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.words import EntryKind
from app.queries.directory import EntryFound
from app.queries.person_search import FoundPerson
from ui.discretion import called, joined
from ui.translate import say
from ui.viewmodels.key_map import Act
from ui.viewmodels.palette import Kind, Line, Palette
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.overlay import Overlay
from ui.widgets.row_list import Cell, ListRow, RowList
from ui.widgets.text import Text
from ui.wording import birth, born

SIZE, TOP = QSize(640, 484), 96
_FIELD, _FOOT, _LINE, _HEAD = 56, 40, 42, 32
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ICONS = {EntryKind.SERVICE: "building-2", EntryKind.PERSON: "user-round", EntryKind.FUNCTION: "wrench"}


class PalettePanel(Overlay):
    """The keyboard stays in the field; the arrows choose, Entrée does. `chosen` carries the line."""

    chosen = Signal(object)

    def __init__(self, host: QWidget, palette: Palette) -> None:
        super().__init__(host, size=SIZE, top=TOP)
        self._palette = palette
        self.field = QLineEdit()
        self.field.setProperty("bare", "true")
        self.field.setPlaceholderText(say("Une action, un patient, une personne ou un service"))
        self.field.setAccessibleName(say("Palette de commandes"))
        self.field.installEventFilter(self)
        self.list = RowList(name=say("Palette de commandes"), gap=10)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._do)
        self._empty = Text(say("Rien ne porte ce nom."), tone="secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reach = Text(say("Hors ligne\u00a0: dossiers de ce poste seulement"), tone="tertiary")
        self.field.textChanged.connect(palette.type)
        palette.state_changed.connect(self._present)
        palette.grown.connect(self._grow)
        self._lay_out()

    def toggle(self) -> None:
        """Ctrl+K opens it, and closes it."""
        if self.isVisible():
            self.leave()
        else:
            self.field.clear()
            self._palette.type("")
            self.open_over(self.field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose without leaving the field; Entrée does what is chosen."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        model, at = self.list.model(), self.list.currentIndex().row() + step
        while 0 <= at < model.rowCount() and not self.list.rows[at].key:
            at += step
        if 0 <= at < model.rowCount():
            self.list.setCurrentIndex(model.index(at, 0))

    def _do(self) -> None:
        line = next((one for one in self._palette.lines if _key(one) == self.list.key), None)
        if line is not None:
            self.leave()
            self.chosen.emit(line)

    def _present(self) -> None:
        rows = _rows(self._palette.lines)
        first = next((one.key for one in rows if one.key), "")
        self.list.present(rows, current=first)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.reach.hide()

    def _grow(self) -> None:
        """What came below moves nothing, not even what is chosen."""
        rows, chosen = _rows(self._palette.lines), self.list.key
        first = next((one.key for one in rows if one.key), "")
        self.list.present(rows, current=chosen or first)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.reach.setVisible(self._palette.is_cut)

    def _lay_out(self) -> None:
        head = row(spacing=10, margins=(16, 0, 16, 0))
        head.addWidget(Icon("search", 18, "text.tertiary"))
        head.addWidget(self.field, 1)
        head.addWidget(KeyCap("Ctrl K"))
        foot = row(spacing=6, margins=(16, 0, 16, 0))
        for caps, words in _helps():
            foot.addWidget(KeyCap(caps))
            foot.addWidget(Text(words, tone="tertiary"))
            foot.addSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.reach)
        lines = column(margins=(1, 1, 1, 1))
        for part, height in ((head, _FIELD), (foot, _FOOT)):
            band = QWidget()
            band.setFixedHeight(height)
            band.setLayout(part)
            lines.addWidget(band)
        lines.insertWidget(1, rule())
        lines.insertWidget(2, self.list, 1)
        lines.insertWidget(3, self._empty, 1)
        lines.insertWidget(4, rule())
        self._empty.hide()
        self.card.setLayout(lines)


def _helps() -> tuple[tuple[str, str], ...]:
    return ("↑ ↓", say("choisir")), (say("Entrée"), say("faire")), (say("Échap"), say("fermer"))


def _key(line: Line) -> str:
    return f"{line.kind} {line.key}"


def _rows(lines: tuple[Line, ...]) -> tuple[ListRow, ...]:
    heads = {
        Kind.ACT: say("Actions"),
        Kind.PERSON: say("Patients"),
        Kind.ENTRY: say("Annuaire"),
        Kind.ELSEWHERE: say("Patients, connus du serveur"),
    }
    rows: list[ListRow] = []
    for kind, words in heads.items():
        of_kind = [_row(line) for line in lines if line.kind is kind]
        if of_kind:
            rows += [ListRow(height=_HEAD, cells=(Cell(words=words, ink="text.tertiary"),)), *of_kind]
    return tuple(rows)


def _row(line: Line) -> ListRow:
    cells: tuple[Cell, ...] = ()
    if line.act is not None:
        cells = _act(line.act)
    elif line.person is not None:
        cells = _person(line.person)
    elif line.entry is not None:
        cells = _entry(line.entry)
    return ListRow(key=_key(line), height=_LINE, cells=cells)


def _act(act: Act) -> tuple[Cell, ...]:
    return Cell(words=act.name.shown, weight=500), Cell(cap=act.cap, width=-1)


def _person(one: FoundPerson) -> tuple[Cell, ...]:
    words = Cell(words=called(one.birth_name, one.first_given_name), words_icon="user", weight=500)
    return words, Cell(
        words=joined(" ", (born(one.sex), birth(one.birth_date))), width=-1, ink="text.secondary"
    )


def _entry(one: EntryFound) -> tuple[Cell, ...]:
    words = Cell(words=one.name, aside=one.detail, words_icon=_ICONS[one.kind], weight=500)
    return words, Cell(words=one.extension or one.dect, width=-1, ink="text.secondary")
