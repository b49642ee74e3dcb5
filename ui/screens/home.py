"""The day view: five figures, who to call back, what came last, the queues, who is expected (design 4.1)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.panels.day import ArrivalCard, CallBackCard, ContactCard, DayFiguresStrip, NoticeCard, QueueCard
from ui.panels.day.aside import WIDTH
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.day import DayBoard
from ui.viewmodels.supervision import LiveBoard
from ui.viewmodels.tasks import TaskList
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.scrolled import fold, scrolled
from ui.widgets.text import Text
from ui.wording import capital, long_day

LEAST = 150
"""Of a list that takes what is left, in pixels: its head and two rows; on a small screen the page scrolls."""


class HomeScreen(QWidget):
    """`qualify_asked` carries a contact, `write_asked` a promise to be kept in writing.

    `received` when somebody stands at the desk: it carries who was expected, or nothing.
    """

    qualify_asked = Signal(str)
    write_asked = Signal(str)
    tasks_asked = Signal()
    received = Signal(str)
    morning_asked = Signal()

    def __init__(self, day: DayBoard, tasks: TaskList, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._day, self._tasks, self._now = day, tasks, now
        self._dated_at: Callable[[], datetime | None] = lambda: None
        self._title = Text("", Role.TITLE)
        self._place = Text(tasks.state.me.service_name, tone="secondary")
        self.figures, self.call_backs, self.contacts = DayFiguresStrip(), CallBackCard(), ContactCard()
        self.queues, self.notices, self.arrivals = QueueCard(), NoticeCard(), ArrivalCard()
        self.desk = Button(say("Accueil guichet"), icon="concierge-bell", key="Ctrl G")
        self.morning = Button(say("Liste du matin"), icon="sunrise")
        self.morning.hide()
        self._below = row(spacing=16)
        self._lay_out()
        day.state_changed.connect(self._present)
        tasks.state_changed.connect(self._present)
        self.call_backs.opened.connect(self._open)
        self.call_backs.all_asked.connect(self.tasks_asked)
        self.contacts.opened.connect(self.qualify_asked)
        self.arrivals.opened.connect(self.received)
        self.desk.clicked.connect(lambda: self.received.emit(""))
        self.morning.clicked.connect(self.morning_asked)

    def follow_wire(self, live: LiveBoard) -> None:
        """Without the server the queues are of the time it left."""
        self._dated_at = lambda: live.dated_at
        live.ticked.connect(self._present)

    def tell_morning(self, left: str) -> None:
        """How many callers the night left; nothing once each was seen to."""
        self.morning.set_hint(left)
        self.morning.setVisible(bool(left))

    def focus_list(self) -> None:
        """Put the keyboard on who to call back."""
        self.call_backs.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the queues stand under the lists."""
        super().resizeEvent(event)
        fold(self._below, width=self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the day."""
        super().showEvent(event)
        self._day.show(is_shown=True)
        self._present()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._day.show(is_shown=False)

    def _open(self, commitment: str) -> None:
        """Call at once, or show where it is written from."""
        if self._tasks.is_call(commitment):
            self._tasks.call(commitment)
        else:
            self.write_asked.emit(commitment)

    def _present(self) -> None:
        if not self.isVisible():
            return
        now, day, tasks = self._now(), self._day.state, self._tasks.state
        is_known = not tasks.house.is_alone
        self._title.setText(capital(long_day(now)))
        if day.board is None or not tasks.is_read:
            return
        self.figures.present(day, tasks)
        self.call_backs.present(tasks)
        self.contacts.present(day.view.contacts, now, is_known=is_known)
        self.notices.present(day.notices, now)
        self.arrivals.present(day.view.arrivals, now, is_known=is_known)
        # Where nothing of persons is left, nobody is known to wait, and not that nobody does.
        self.queues.setVisible(is_known)
        self.queues.present(day.board.tiles, day.board.read_at, now, dated_at=self._dated_at())

    def _lay_out(self) -> None:
        page = column(spacing=16, margins=(20, 20, 20, 20))
        page.addLayout(self._head())
        page.addWidget(self.figures)
        left = column(spacing=16)
        left.addWidget(self.call_backs)
        left.addWidget(self.contacts, 1)
        below = self._below
        below.addLayout(left, 1)
        below.addWidget(self._aside())
        self.contacts.setMinimumHeight(LEAST)
        self.arrivals.setMinimumHeight(LEAST)
        page.addWidget(scrolled(below), 1)
        self.setLayout(page)

    def _head(self) -> QHBoxLayout:
        words = column()
        words.addWidget(self._title)
        words.addWidget(self._place)
        head = row(spacing=12)
        head.addLayout(words, 1)
        head.addWidget(self.morning)
        head.addWidget(self.desk)
        return head

    def _aside(self) -> QWidget:
        lines: QVBoxLayout = column(spacing=16)
        lines.addWidget(self.queues)
        lines.addWidget(self.notices)
        lines.addWidget(self.arrivals, 1)
        aside = QWidget()
        aside.setFixedWidth(WIDTH)
        aside.setLayout(lines)
        return aside
