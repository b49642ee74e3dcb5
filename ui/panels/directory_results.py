"""The directory's search: one field, what answers at each key, the first row ready to be called."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from app.domain.directory import MASKED
from app.domain.motives import plain
from app.domain.words import EntryKind
from app.queries.directory import LEAST_LETTERS, EntryFound, Found
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.viewmodels.directory import DirectoryPage
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.plain_tip import plain_tip
from ui.widgets.scrolled import scrolled
from ui.widgets.segments import Segments
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import reach_words

ROW_HEIGHT = 50
SHOWN_ROWS, LEAST_ROWS = 5, 2
_MOBILE = 96
_NUMBER, _NUMBER_NARROW = 72, 66
_ACT, _ACT_NARROW = 136, 76
_EDGE, _SLACK = 16, 2
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ICONS = {EntryKind.SERVICE: "building-2", EntryKind.PERSON: "user-round", EntryKind.FUNCTION: "wrench"}


class DirectoryResults(Card):
    """Typing asks, the arrows choose, Entrée opens the sheet, F8 or the button transfers."""

    typed = Signal(str)
    narrowed = Signal(str)
    moved = Signal(int)
    row_chosen = Signal(int)
    sheet_asked = Signal()
    transfer_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setProperty("size", "large")
        self.field.setAccessibleName(say("Chercher dans l’annuaire"))
        self.field.setPlaceholderText(say("Nom, service, fonction, spécialité"))
        self.field.setTextMargins(24, 0, 90, 0)
        self.field.textEdited.connect(self.typed)
        self.field.installEventFilter(self)
        self.count = Text("", Role.SMALL, "tertiary", parent=self.field)
        self._glass = Icon("search", 16, "text.tertiary", parent=self.field)
        self.kinds = _kinds()
        self.kinds.chosen.connect(self._narrow)
        self._list = column()
        self._place = scrolled(self._list)
        self._place.verticalScrollBar().rangeChanged.connect(self._align)
        self._shown: tuple[Found, int] | None = None
        self._rows: list[_Row] = []
        self._has_call = True
        self._room, self._is_narrow = SHOWN_ROWS * ROW_HEIGHT, False
        self._captions = _Captions()
        self._act = Text(say("transférer"), Role.SMALL, "tertiary")
        self._lay_out()

    def focus_search(self) -> None:
        """Put the keyboard in the field, its text ready to be replaced."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def present(self, page: DirectoryPage) -> None:
        """Show what was found, and which row is chosen."""
        if self._shown is None or self._shown[0] != page.found:
            self._fill(page.found)
        self._shown = (page.found, page.chosen)
        for at, one in enumerate(self._rows):
            one.choose(is_chosen=at == page.chosen)
        if page.chosen < len(self._rows):
            self._place.ensureWidgetVisible(self._rows[page.chosen], 0, 0)

    def fit(self, height: int, *, is_narrow: bool) -> None:
        """Be no higher than this, in pixels, and leave a narrow list to the names."""
        around = self.sizeHint().height() - self._place.maximumHeight()
        self._room = max(LEAST_ROWS * ROW_HEIGHT, height - around)
        self._is_narrow = is_narrow
        for line in (self._captions, *self._rows):
            line.set_narrow(is_narrow=is_narrow)
        self._fit_rows()

    def offer(self, *, has_call: bool) -> None:
        """With a call in hand F8 transfers it; without one it calls."""
        self._has_call = has_call
        self._act.setText(say("transférer") if has_call else say("appeler"))
        for one in self._rows:
            one.offer(has_call=has_call)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose a row without leaving the field."""
        if event.type() is QEvent.Type.Resize:
            self._place_inside()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sheet_asked.emit()
        else:
            return False
        return True

    def _narrow(self, kind: str) -> None:
        self.narrowed.emit("" if kind == "all" else kind)

    def _fill(self, found: Found) -> None:
        for old in self._rows:
            self._list.removeWidget(old)
            old.deleteLater()
        self._rows = [_Row(entry, at, found.text) for at, entry in enumerate(found.rows)]
        for at, one in enumerate(self._rows):
            one.pressed.connect(self.row_chosen)
            one.transfer.clicked.connect(self.transfer_asked)
            one.offer(has_call=self._has_call)
            one.set_narrow(is_narrow=self._is_narrow)
            self._list.insertWidget(at, one)
        self._fit_rows()
        self._empty.setVisible(not self._rows)
        self._empty.setText(_why_empty(found))
        words = counted(found.count, one=say("{count} résultat"), many=say("{count} résultats"))
        self.count.setText(words if found.text.strip() else "")
        self._place_inside()

    def _fit_rows(self) -> None:
        shown = min(max(len(self._rows), 1), SHOWN_ROWS)
        self._place.setFixedHeight(min(shown * ROW_HEIGHT, self._room))

    def _align(self, _least: int, most: int) -> None:
        """The bar to scroll with takes of the rows, and so of what stands over them."""
        self._captions.leave(self._place.verticalScrollBar().sizeHint().width() if most else 0)

    def _place_inside(self) -> None:
        self._glass.move(11, (self.field.height() - 16) // 2)
        size = self.count.sizeHint()
        self.count.setGeometry(
            self.field.width() - size.width() - 10, (self.field.height() - 18) // 2, size.width(), 18
        )

    def _lay_out(self) -> None:
        head = row(spacing=12, margins=(16, 12, 16, 12))
        head.addWidget(self.field, 1)
        head.addWidget(self.kinds)
        self._empty = Text("", Role.SMALL, "tertiary")
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        self.body.addLayout(head)
        for part in (rule(), self._captions, self._place, _keys(self._act)):
            self.body.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fill(Found(text=""))


class _Row(QFrame):
    """One entry; its button shows on the chosen row alone."""

    pressed = Signal(int)

    def __init__(self, entry: EntryFound, at: int, text: str) -> None:
        super().__init__()
        self._at = at
        self._is_chosen = False
        self.setFixedHeight(ROW_HEIGHT)
        self.setAccessibleName(f"{entry.name}, {entry.extension}")
        self.transfer = Button(
            say("Transférer"), icon="phone-forwarded", key="F8", kind="primary", size="small"
        )
        self.transfer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.transfer.hide()
        line = row(spacing=0, margins=(16, 0, 16, 0))
        line.addWidget(Icon(_ICONS[entry.kind], 15, "text.secondary", disc=28))
        line.addSpacing(12)
        line.addWidget(_name_cell(entry, text), 1)
        mobile = say("masqué") if entry.mobile == MASKED else entry.mobile
        numbers = [Text(words or "–", Role.SMALL, weight=500) for words in (entry.extension, entry.dect)]
        self._cells = (*numbers, Text(mobile or "–", Role.SMALL, "tertiary", weight=400))
        self._act = QWidget()
        inside = row(spacing=0)
        inside.addStretch(1)
        inside.addWidget(self.transfer)
        self._act.setLayout(inside)
        for cell in (*self._cells, self._act):
            line.addWidget(cell)
        self._words, self._icon = "", ""
        self._is_narrow = False
        self.set_narrow(is_narrow=False)
        self.setLayout(line)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Leave room to the name: the button keeps its icon and its key."""
        self._is_narrow = is_narrow
        _widen(self._cells, self._act, is_narrow=is_narrow)
        self._say_act()

    def offer(self, *, has_call: bool) -> None:
        """Say what the button does."""
        self._words, self._icon = reach_words(has_call=has_call)
        self._say_act()

    def _say_act(self) -> None:
        self.transfer.say("" if self._is_narrow else self._words, icon=self._icon)
        self.transfer.setAccessibleName(self._words)
        self.transfer.setToolTip(plain_tip(self._words) if self._is_narrow else "")

    def choose(self, *, is_chosen: bool) -> None:
        """Show whether a transfer would go here."""
        self._is_chosen = is_chosen
        self.transfer.setVisible(is_chosen)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        super().mousePressEvent(event)
        self.pressed.emit(self._at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the chosen row, and the line above each but the first."""
        painter = QPainter(self)
        if self._is_chosen:
            painter.fillRect(self.rect(), theme.colour("bg.selected"))
            painter.fillRect(QRect(0, 0, 3, self.height()), theme.colour("accent.line"))
        if self._at:
            painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("border.subtle"))


def marked(text: str, typed: str) -> str:
    """Our markup of a text with the beginnings that were typed marked; what is not ours is escaped."""
    bare = plain(text)
    starts = [at for at in range(len(bare)) if bare[at].isalnum() and not (at and bare[at - 1].isalnum())]
    wanted = sorted(plain(typed).split(), key=len, reverse=True)
    hits = {at: len(word) for word in wanted for at in starts if bare.startswith(word, at)}
    if len(bare) != len(text) or not hits:
        return escape(text)
    fill, ink = theme.colour("warning.soft").name(), theme.colour("warning.text").name()
    parts, last = list[str](), 0
    for at, length in sorted(hits.items()):
        parts.append(escape(text[last:at]))
        mark = f'<span style="background-color:{fill};color:{ink}">{escape(text[at : at + length])}</span>'
        parts.append(mark)
        last = at + length
    return "".join((*parts, escape(text[last:])))


class _Marked(Text):
    """One line with the beginnings that were typed marked, cut to its room; the tooltip has it whole."""

    def __init__(self, text: str, typed: str, role: Role, weight: int) -> None:
        super().__init__("", role, weight=weight)
        self._whole, self._typed, self._cut = text, typed, text
        theme.changed.connect(self._mark)
        self._mark()

    def _mark(self) -> None:
        self.set_rich(marked(self._cut, self._typed))

    def sizeHint(self) -> QSize:
        """All of it."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + _SLACK, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """May shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut it to its room."""
        super().resizeEvent(event)
        self._cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self._mark()
        self.setToolTip("" if self._cut == self._whole else plain_tip(self._whole))


def _name_cell(entry: EntryFound, typed: str) -> QWidget:
    name = _Marked(entry.name, typed, Role.BODY, 600)
    first = row(spacing=8)
    first.addWidget(name)
    if entry.on_duty_until is not None:
        first.addWidget(Tag(say("De garde"), icon="badge-check", kind="success", height=20))
    first.addStretch(1)
    kind = {EntryKind.SERVICE: say("Service"), EntryKind.FUNCTION: say("Fonction")}.get(entry.kind, "")
    detail = _Marked(", ".join(filter(None, (kind, entry.detail))), typed, Role.CAPTION, 400)
    detail.set_tone("tertiary")
    cell = QWidget()
    lines = column()
    lines.addStretch(1)
    lines.addLayout(first)
    lines.addWidget(detail)
    lines.addStretch(1)
    cell.setLayout(lines)
    cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return cell


def _why_empty(found: Found) -> str:
    letters = sum(map(str.isalnum, found.text))
    if letters < LEAST_LETTERS:
        return say("Deux lettres suffisent : un nom, un service, une fonction, une spécialité.")
    return say("Rien dans l’annuaire pour « {text} ».").format(text=found.text.strip())


def _kinds() -> Segments:
    kinds = Segments(
        [
            ("all", say("Tout")),
            (EntryKind.SERVICE, say("Services")),
            (EntryKind.PERSON, say("Personnes")),
            (EntryKind.FUNCTION, say("Fonctions")),
        ],
        is_small=True,
        height=38,
    )
    kinds.choose("all")
    return kinds


class _Captions(QFrame):
    """What stands in each column."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cardHeader")
        self.setFixedHeight(36)
        line = self._line = row(spacing=0, margins=(_EDGE, 0, _EDGE, 0))
        line.addWidget(Text(say("Personne, service"), Role.CAPTION, "tertiary"), 1)
        words = (say("Poste"), say("DECT"), say("Mobile"))
        self._cells = tuple(Text(word, Role.CAPTION, "tertiary") for word in words)
        self._act = QWidget()
        for part in (*self._cells, self._act):
            line.addWidget(part)
        self.set_narrow(is_narrow=False)
        self.setLayout(line)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """As the rows are."""
        _widen(self._cells, self._act, is_narrow=is_narrow)

    def leave(self, room: int) -> None:
        """Leave so much at the right, in pixels."""
        self._line.setContentsMargins(_EDGE, 0, _EDGE + room, 0)


def _widen(cells: Iterable[QWidget], act: QWidget, *, is_narrow: bool) -> None:
    number = _NUMBER_NARROW if is_narrow else _NUMBER
    for cell, width in zip(cells, (number, number, _MOBILE), strict=True):
        cell.setContentsMargins(8, 0, 0, 0)
        cell.setFixedWidth(width)
    act.setFixedWidth(_ACT_NARROW if is_narrow else _ACT)


def _keys(act: Text) -> QWidget:
    line = row(spacing=6, margins=(16, 0, 16, 0))
    for keys, words in ((("↑", "↓"), Text(say("choisir"), Role.SMALL, "tertiary")), (("F8",), act)):
        for key in keys:
            line.addWidget(KeyCap(key))
        line.addWidget(words)
        line.addSpacing(10)
    line.addWidget(KeyCap(say("Entrée")))
    line.addWidget(Text(say("lire la fiche"), Role.SMALL, "tertiary"))
    promise = Elided(
        say("Sans réponse en 20 s, l’appel revient avec le nom de l’appelant"), Role.SMALL, "tertiary"
    )
    promise.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(promise, 1)
    foot = QFrame()
    foot.setProperty("surface", "sunken")
    foot.setFixedHeight(36)
    foot.setLayout(line)
    return foot
