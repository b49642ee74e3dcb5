"""What there is to do: the page of tasks, its count in the rail, and its keys."""

from ui.places import TASKS
from ui.screens.tasks import TaskScreen
from ui.viewmodels.tasks import Me, Tab, TaskList
from ui.widgets.rail import Rail
from ui.workplace.front import CallInFront
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat


class Day:
    """Reads what changed whether its page is seen or not: the rail counts what is late."""

    def __init__(self, seat: Seat, *, front: CallInFront, rail: Rail, pages: Pages) -> None:
        person = seat.person
        me = Me(
            name=person.name,
            service=person.service,
            service_name=person.service_name,
            services=person.services,
        )
        self._front, self._rail = front, rail
        self._list = TaskList(seat.desk, me, clock=seat.clock, mint=seat.mint)
        self.tasks = TaskScreen(self._list)
        pages.put(TASKS, self.tasks)
        self._list.state_changed.connect(self._count)

    def begin(self) -> None:
        """Read what there is to do."""
        self._list.begin()

    def look(self) -> None:
        """What is known changed."""
        self._list.look()

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

    def _count(self) -> None:
        page = self._list.state
        late = page.board.overdue(page.now)
        self._rail.count(TASKS, page.count(Tab.PROMISES), is_overdue=late > 0)
