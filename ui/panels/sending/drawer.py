"""« Envois en attente »: one line per command that has not left, and those that ask for a look (09b)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.panels.sending.words import detail, icon, mark, title
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.sending import SendingPage, SendLine
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.row_list import Action, Cell, ListRow, RowList
from ui.widgets.text import Text
from ui.wording import clock, day_of

WIDTH = 392
_HEAD, _LINE, _HEADING = 56, 60, 36


class SendingDrawer(QFrame):
    """At the right of the page, over it: nothing moves below. Échap closes, Entrée opens what was refused."""

    opened = Signal(str)
    dismissed = Signal(str)
    again_asked = Signal()
    copied = Signal(str)
    closed = Signal()

    def __init__(self, host: QWidget, *, now: Callable[[], datetime]) -> None:
        super().__init__(host)
        self._host, self._now = host, now
        self._page = SendingPage()
        self.setProperty("surface", "side")
        self.setFixedWidth(WIDTH)
        self.list = RowList(name=say("Envois en attente"), is_preselected=False)
        self.empty = Text(say("Tout est parti\u00a0: rien n’attend sur ce poste."), tone="secondary").wrap()
        self._server = Text("", Role.SMALL, "secondary").wrap()
        self.again = Button(say("Réessayer"), icon="refresh-cw")
        self.copy = Button(say("Copier le diagnostic"))
        for button in (self.again, self.copy):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.why = Text("", Role.SMALL, "warning").wrap()
        self.why.setContentsMargins(16, 10, 16, 10)
        self.why.hide()
        self.empty.setContentsMargins(16, 24, 16, 24)
        self._lay_out()
        self.list.opened.connect(self._open)
        self.list.moved.connect(self._say_why)
        self.again.clicked.connect(self.again_asked)
        self.copy.clicked.connect(lambda: self.copied.emit(self._diagnosis()))
        host.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open it with the keyboard in its list, or close it."""
        if self.isVisible():
            self.leave()
            return
        self._place()
        self.show()
        self.raise_()
        # Laid out while it was hidden, its buttons would stay so.
        self.list.doItemsLayout()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def present(self, page: SendingPage) -> None:
        """Show what has not left, then what asks for a look."""
        self._page = page
        now = self._now()
        rows = [_row(line, now) for line in page.waiting]
        if page.refused:
            words = Cell(
                words=say("À vérifier par vous"), aside=say("Suppr retire"), role=Role.SMALL, weight=600
            )
            rows.append(ListRow(height=_HEADING, cells=(words,)))
            rows += [_row(line, now) for line in page.refused]
        self.list.present(tuple(rows))
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._say_why(self.list.key)
        self._server.setText(_server_words(page))
        self.again.setEnabled(page.offline_since is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes, Suppr puts away what was seen."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Delete and self._refused(self.list.key):
            self.dismissed.emit(self.list.key)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """As high as the page, at its right."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(self._host.width() - WIDTH, 0, WIDTH, self._host.height())

    def _say_why(self, key: str) -> None:
        """The whole sentence of the row that is current, where it was refused."""
        line = next((one for one in self._page.refused if one.sending.command == key), None)
        self.why.setText("" if line is None else detail(line, self._now()))
        self.why.setVisible(line is not None)

    def _open(self, key: str) -> None:
        if self._refused(key):
            self.opened.emit(key)

    def _refused(self, key: str) -> bool:
        return any(line.sending.command == key for line in self._page.refused)

    def _diagnosis(self) -> str:
        """What an administrator asks first; nobody is named in it."""
        page = self._page
        state = _server_words(page)
        every = [line.sending for line in page.lines]
        told = ((one.state, type(one.body).__name__, one.refusal) for one in every)
        kinds = [" ".join(filter(None, parts)) for parts in told]
        return "\n".join((f"{self._now():%Y-%m-%d %H:%M %Z}", state, *kinds))

    def _lay_out(self) -> None:
        head = row(spacing=8, margins=(16, 0, 12, 0))
        head.addWidget(Text(say("Envois en attente"), Role.HEADING), 1)
        away = Button(icon="x", kind="ghost", size="small")
        away.setAccessibleName(say("Fermer"))
        away.clicked.connect(self.leave)
        head.addWidget(away)
        top = QWidget()
        top.setFixedHeight(_HEAD)
        top.setLayout(head)
        words = say(
            "Rien n’est perdu si vous fermez la console. L’envoi reprend tout seul, dans l’ordre de saisie."
        )
        promise = Text(words, Role.SMALL, "secondary").wrap()
        said = column(margins=(16, 10, 16, 10))
        said.addWidget(promise)
        lines = column(margins=(1, 0, 0, 0))
        for part in (top, rule(), said, rule(), self.empty):
            lines.addWidget(part) if isinstance(part, QWidget) else lines.addLayout(part)
        lines.addWidget(self.list, 1)
        lines.addStretch(0)
        lines.addWidget(self.why)
        lines.addWidget(rule())
        lines.addLayout(self._foot())
        self.setLayout(lines)

    def _foot(self) -> QVBoxLayout:
        state = row(spacing=8)
        state.addWidget(Icon("server", 15, "text.tertiary"), 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._server, 1)
        buttons = row(spacing=8)
        buttons.addWidget(self.again, 1)
        buttons.addWidget(self.copy, 1)
        foot = column(spacing=8, margins=(16, 14, 16, 14))
        foot.addLayout(state)
        foot.addLayout(buttons)
        return foot


def _server_words(page: SendingPage) -> str:
    if page.offline_since is None:
        return say("Serveur joint.")
    moment = f"{day_of(page.offline_since)}, {clock(page.offline_since)}"
    return say("Serveur injoignable. Base locale\u00a0: {at}.").format(at=moment)


def _row(line: SendLine, now: datetime) -> ListRow:
    action = None
    if line.is_refused:
        is_to_open = line.sending.overtaken is None and getattr(line.sending.body, "contact", None)
        word = say("Ouvrir") if is_to_open else say("Vu")
        action = Action(say("Choisir") if line.sending.overtaken is not None else word, "eye", say("Entrée"))
    return ListRow(
        key=line.sending.command,
        height=_LINE,
        action=action,
        hint=detail(line, now) if line.is_refused else "",
        cells=(
            Cell(icon=icon(line), width=28),
            Cell(words=title(line), below=detail(line, now), weight=500),
            *(() if action else (Cell(mark=mark(line), is_right=True, width=-1),)),
        ),
    )
