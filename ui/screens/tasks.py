"""Promises to keep and the rest of what there is to do, by mouse and by keys (design 4.6)."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.domain.errors import Refusal
from app.domain.words import Reach
from ui.link_words import nothing_left
from ui.panels.tasks import TaskSide, rows_of
from ui.refusal_words import refusal_words
from ui.task_words import act_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.task_page import Due, Tab, TaskPage, Whose
from ui.viewmodels.tasks import TaskList
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.row_list import RowList
from ui.widgets.segments import Segments
from ui.widgets.tabs import Tabs
from ui.widgets.text import Text
from ui.widgets.toast import Toast
from ui.wording import capital, when

NARROW_BELOW = 1100
"""Of the page, in pixels."""
UNDOABLE = ("kept", "postponed", "assigned", "given_up", "taken", "released")
"""What « Annuler » takes back, here and at the server: what is not here is said without it."""


class TaskScreen(QWidget):
    """Entrée calls, Ctrl+E says how a promise was kept, Ctrl+D postpones it, Espace ticks, F9 promises.

    `messages_asked` when the tab « Merci de rappeler » is chosen: another page shows it.
    `qualify_asked` carries a contact without a motive, at Entrée: it may be called from its side.
    """

    messages_asked = Signal()
    qualify_asked = Signal(str)

    def __init__(self, tasks: TaskList) -> None:
        super().__init__()
        self.setObjectName("page")
        self._tasks = tasks
        self.list = RowList(name=say("Rappels promis et tâches"))
        self.empty = Text("", tone="secondary")
        self.tabs = Tabs(_tabs(), fewer=_fewer())
        self.whose = Segments(_whose(), is_small=True)
        self.due = Button(say("Échéance"), trailing="chevron-down")
        self.new = Button(say("Nouveau rappel"), icon="plus", key="F9", kind="primary")
        self.side = TaskSide()
        self._menu = QMenu(self)
        self._lay_out()
        self.toast = Toast(self, undo=say("Annuler"), beside=self.side)
        self._connect()
        self._present()

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what stands beside the chosen row."""
        super().showEvent(event)
        self._tasks.show(is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing that is not seen."""
        super().hideEvent(event)
        self._tasks.show(is_shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small window the side gives room to the list."""
        super().resizeEvent(event)
        self.side.set_narrow(is_narrow=self.width() < NARROW_BELOW)

    def ask_promise(self) -> None:
        """Ask when to call the chosen person back, and promise it."""
        page = self._tasks.state
        if page.task is None or not page.task.person:
            self.toast.warn(say("Choisissez d’abord une personne dans la liste."))
            return
        self.offer_times()
        self._pop(self.new)

    def offer_times(self) -> list[QAction]:
        """The times that a new promise may have, as the menu offers them."""
        page = self._tasks.state
        self._menu.clear()
        for due_at in page.times():
            action = self._menu.addAction(capital(when(due_at, page.now)))
            action.triggered.connect(lambda _=False, at=due_at: self._tasks.promise(at))
        return self._menu.actions()

    def _ask_due(self) -> None:
        self._menu.clear()
        for due, words in _dues().items():
            action = self._menu.addAction(words)
            action.triggered.connect(lambda _=False, due=due: self._tasks.narrow_due(due))
        self._pop(self.due)

    def _pop(self, button: Button) -> None:
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _connect(self) -> None:
        tasks, side = self._tasks, self.side
        tasks.state_changed.connect(self._present)
        tasks.done.connect(self._tell_done)
        tasks.refused.connect(self._tell_refused)
        self.toast.undone.connect(tasks.undo)
        self.list.moved.connect(tasks.choose)
        self.list.ticked.connect(tasks.tick)
        self.list.opened.connect(self._open)
        self.tabs.chosen.connect(self._open_tab)
        self.whose.chosen.connect(self._narrow)
        self.due.clicked.connect(self._ask_due)
        self.new.clicked.connect(self.ask_promise)
        side.called.connect(tasks.call)
        side.qualify_asked.connect(self._qualify)
        side.kept.connect(self._keep)
        side.postponed.connect(tasks.postpone)
        side.assigned.connect(tasks.assign)
        side.taken.connect(tasks.take)
        side.released.connect(tasks.release)
        side.given_up.connect(tasks.give_up)
        side.reopened.connect(tasks.reopen)
        for keys, act in (("Ctrl+E", side.ask_how), ("Ctrl+D", side.ask_when)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _open(self, key: str) -> None:
        if self._tasks.state.tab is Tab.UNTRACED:
            self.qualify_asked.emit(key)
        else:
            self._tasks.call(key)

    def _qualify(self) -> None:
        self.qualify_asked.emit(self._tasks.state.chosen)

    def _narrow(self, whose: str) -> None:
        self._tasks.narrow(Whose(whose))

    def _keep(self, how: str) -> None:
        self._tasks.keep(Reach(how))

    def _open_tab(self, tab: str) -> None:
        if tab == Tab.MESSAGES:
            self.tabs.choose(self._tasks.state.tab)
            self.messages_asked.emit()
        else:
            self._tasks.open_tab(Tab(tab))

    def _present(self) -> None:
        page = self._tasks.state
        rows = rows_of(page)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(why_empty(page))
        self.list.present(rows, current=page.chosen)
        self.tabs.choose(page.tab)
        is_late = page.board.overdue(page.now) > 0
        for tab, _ in _tabs():
            if tab != Tab.MESSAGES:
                self.tabs.count(tab, page.count(Tab(tab)), is_overdue=tab == Tab.PROMISES and is_late)
        self.whose.choose(page.whose)
        self.whose.setEnabled(page.tab is Tab.PROMISES)
        self.due.setText(say("Échéance") if page.due is None else _dues()[page.due])
        self.due.setEnabled(page.tab is Tab.PROMISES)
        self.side.present(page)

    def _tell_done(self, word: str, count: int) -> None:
        self.toast.say(act_words(word, count), can_undo=word in UNDOABLE)

    def _tell_refused(self, refusal: Refusal) -> None:
        self.toast.warn(refusal_words(refusal.code))

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self.tabs)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.list, 1)
        self.card = card
        across = row(spacing=16)
        across.addWidget(card, 1)
        across.addWidget(self.side)
        page = column(spacing=16, margins=(20, 20, 20, 20))
        page.addLayout(self._head())
        page.addLayout(across, 1)
        self.setLayout(page)

    def _head(self) -> QHBoxLayout:
        head = row(spacing=12)
        head.addWidget(Text(say("Rappels promis et tâches"), Role.TITLE), 1)
        for part in (self.whose, self.due, self.new):
            head.addWidget(part)
        return head


def _tabs() -> list[tuple[str, str]]:
    return [
        (Tab.PROMISES, say("Rappels promis")),
        (Tab.DEMANDS, say("Demandes à suivre")),
        (Tab.UNTRACED, say("À qualifier")),
        (Tab.MESSAGES, say("Merci de rappeler")),
        (Tab.DONE, say("Faites aujourd’hui")),
    ]


def _fewer() -> dict[str, str]:
    """What the tabs say on a small window."""
    return {Tab.PROMISES: say("Rappels"), Tab.DEMANDS: say("Demandes"), Tab.DONE: say("Faites")}


def _whose() -> list[tuple[str, str]]:
    return [
        (Whose.MINE, say("Les miennes")),
        (Whose.SERVICE, say("Mon service")),
        (Whose.ALL, say("Tous")),
    ]


def _dues() -> dict[Due | None, str]:
    return {
        None: say("Toutes les échéances"),
        Due.LATE: say("En retard"),
        Due.TODAY: say("Aujourd’hui"),
        Due.TOMORROW: say("Demain"),
        Due.LATER: say("Plus tard"),
    }


def why_empty(page: TaskPage) -> str:
    """What stands in place of an empty list."""
    if not page.is_read:
        return say("Les fiches de ce poste arrivent.")
    if page.house.is_alone:
        return nothing_left()
    return {
        Tab.PROMISES: say("Tout est à jour : aucun rappel promis."),
        Tab.DEMANDS: say("Tout est à jour : aucune demande ouverte."),
        Tab.UNTRACED: say("Tout est à jour : aucun contact à qualifier."),
        Tab.DONE: say("Rien n’a encore été clos aujourd’hui."),
    }.get(page.tab, "")
