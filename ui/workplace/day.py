"""The day and what there is to do: both pages, the count in the rail, and their keys."""

from functools import partial

from app.domain.words import Role
from ui.places import HOME, TASKS
from ui.screens.home import HomeScreen
from ui.screens.messages import MessageScreen
from ui.screens.morning import MorningScreen, count_words
from ui.screens.tasks import TaskScreen
from ui.viewmodels.day import DayBoard
from ui.viewmodels.listening import Listening
from ui.viewmodels.messages import MessageList
from ui.viewmodels.morning import MorningList
from ui.viewmodels.task_page import Me, Tab, Whose
from ui.viewmodels.tasks import TaskList
from ui.widgets.rail import Rail
from ui.workplace.front import CallInFront
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat


class Day:
    """Reads what changed whether its page is seen or not: the rail counts what is late."""

    def __init__(self, seat: Seat, *, front: CallInFront, rail: Rail, pages: Pages) -> None:
        person = seat.person
        me = Me(
            login=person.login,
            name=person.name,
            service=person.service,
            service_name=person.service_name,
            services=person.services,
            answers_for=Whose.ALL if person.role == Role.SUPERVISOR else Whose.MINE,
        )
        self._front, self._rail = front, rail
        self.to_do = TaskList(seat.desk, me, house=seat.house, clock=seat.clock, mint=seat.mint)
        self.tasks = TaskScreen(self.to_do)
        self._board = DayBoard(
            seat.desk,
            services=person.services or (person.service,),
            agent=person.login,
            clock=seat.clock,
        )
        self.home = HomeScreen(self._board, self.to_do, now=seat.clock.now)
        self._left = MessageList(
            seat.desk,
            author=person.login,
            extension=person.extension,
            services=person.services or (person.service,),
            clock=seat.clock,
        )
        self.messages = MessageScreen(self._left, house=seat.house, now=seat.clock.now)
        self._morning = MorningList(
            seat.desk, services=person.services or (person.service,), clock=seat.clock
        )
        self.listening = Listening(seat.desk, seat.speaker)
        self.morning = MorningScreen(self._morning, self.listening, now=seat.clock.now)
        self._has_messages = self._has_morning = False
        pages.put(TASKS, self.tasks)
        pages.put_over(TASKS, self.messages, when=lambda: self._has_messages)
        pages.put(HOME, self.home)
        pages.put_over(HOME, self.morning, when=lambda: self._has_morning)
        # They read by themselves at times, and draw in this window: they end with it.
        for reader in (self.to_do, self._board, self._left, self._morning, self.listening):
            reader.setParent(rail)
        self.to_do.state_changed.connect(self._count)
        self._left.state_changed.connect(self._count_messages)
        self.tasks.messages_asked.connect(self._visit_messages)
        self.messages.left.connect(self._visit_tasks)
        self._morning.state_changed.connect(self._count_morning)
        self.home.morning_asked.connect(self._visit_morning)
        self.morning.left.connect(self._visit_home)
        self.home.tasks_asked.connect(self._visit_tasks)
        self.home.write_asked.connect(partial(self._go_to, Tab.PROMISES))
        for page in (self.home, self.tasks, self.morning):
            page.qualify_asked.connect(front.take_up)

    def begin(self) -> None:
        """Read what there is to do."""
        self.to_do.begin()
        self._left.begin()
        self._morning.begin()

    def look(self) -> None:
        """What is known changed."""
        self.to_do.look()
        self._board.look()
        self._left.look()
        self._morning.look()

    def promise(self) -> None:
        """F9: on the page of tasks to the chosen person, else to the caller."""
        if self.tasks.isVisible():
            self.tasks.ask_promise()
        else:
            self._front.promise()

    def take_keyboard(self, place: str) -> None:
        """A person went to the page: the arrows move in its list."""
        if place == TASKS:
            self.tasks.focus_list()
        elif place == HOME:
            self.home.focus_list()

    def leave_lists(self, _place: str = "") -> None:
        """A person went to a place of the rail: it shows its own page, not the list opened over it."""
        self._has_messages = self._has_morning = False

    def _visit_messages(self) -> None:
        self._has_messages = True
        self._front.visit(TASKS)
        self.messages.focus_list()

    def _visit_morning(self) -> None:
        self._has_morning = True
        self._front.visit(HOME)
        self.morning.focus_list()

    def _visit_home(self) -> None:
        self._has_morning = False
        self._front.visit(HOME)
        self.home.focus_list()

    def _visit_tasks(self) -> None:
        self._has_messages = False
        self._front.visit(TASKS)
        self.tasks.focus_list()

    def _go_to(self, tab: Tab, key: str) -> None:
        self.to_do.go_to(tab, key)
        self._visit_tasks()

    def _count_messages(self) -> None:
        self.tasks.tabs.count(Tab.MESSAGES, self._left.state.waiting())

    def _count_morning(self) -> None:
        callers = self._morning.callers
        self.home.tell_morning(count_words(callers) if callers else "")

    def _count(self) -> None:
        page = self.to_do.state
        waiting = page.answered_for()
        is_late = any(task.due_at < page.now for task in waiting)
        self._rail.count(TASKS, len(waiting), is_overdue=is_late)
