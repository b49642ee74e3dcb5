"""What the page of tasks shows: tabs, groups of due time, what is chosen and ticked."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from app.domain.hours import suggested_soon
from app.queries.house import House
from app.queries.task_detail import TaskDetail
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, TaskBoard, UntracedTask
from ui.house_time import house_time

Task: TypeAlias = PromiseTask | DemandTask | UntracedTask | DoneTask


class Due(StrEnum):
    """The groups of the list (design 4.6)."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


class Tab(StrEnum):
    """What is listed."""

    PROMISES = "promises"
    DEMANDS = "demands"
    UNTRACED = "untraced"
    MESSAGES = "messages"
    DONE = "done"


class Whose(StrEnum):
    """Whose promises are listed."""

    MINE = "mine"
    SERVICE = "service"
    ALL = "all"


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who works here: the login, the name shown, one's own service, and all the services held.

    `answers_for` says whose promises are listed first and counted in the rail.
    """

    login: str
    name: str
    service: str
    service_name: str
    services: tuple[str, ...] = ()
    answers_for: Whose = Whose.MINE


class TaskPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows; `ticked` are the keys of the rows that an act is for, beside the chosen one."""

    me: Me
    now: datetime
    board: TaskBoard = TaskBoard()
    is_read: bool = False
    """Whether the board was read: an empty list says nothing before that."""
    tab: Tab = Tab.PROMISES
    whose: Whose = Whose.MINE
    due: Due | None = None
    ticked: frozenset[str] = frozenset()
    chosen: str = ""
    detail: TaskDetail | None = None
    house: House = House()

    @property
    def owners(self) -> tuple[tuple[str, str], ...]:
        """Who a promise may be handed to, by login and name."""
        return self.house.colleagues(self.me.services or (self.me.service,))

    def promises(self) -> tuple[PromiseTask, ...]:
        """Those that are asked for, soonest due first."""
        return self._promises_of(self.whose)

    def answered_for(self) -> tuple[PromiseTask, ...]:
        """Those that whoever works here answers for and that fall due by tonight, whatever is listed."""
        return tuple(
            task for task in self._promises_of(self.me.answers_for) if is_due_by_tonight(task, self.now)
        )

    def groups(self) -> tuple[tuple[Due, tuple[PromiseTask, ...]], ...]:
        """The promises by group, in order, empty groups left out."""
        held: dict[Due, list[PromiseTask]] = {group: [] for group in Due}
        for task in self.promises():
            held[due_of(task.due_at, self.now)].append(task)
        wanted = held if self.due is None else {self.due: held[self.due]}
        return tuple((group, tuple(tasks)) for group, tasks in wanted.items() if tasks)

    def listed(self) -> tuple[Task, ...]:
        """The rows of the tab, in order."""
        match self.tab:
            case Tab.PROMISES:
                return tuple(task for _, tasks in self.groups() for task in tasks)
            case Tab.DEMANDS:
                return self.board.demands
            case Tab.UNTRACED:
                return self.board.untraced
            case _:
                return self.board.done

    @property
    def task(self) -> Task | None:
        """The chosen row."""
        return next((task for task in self.listed() if key_of(task) == self.chosen), None)

    def acted_on(self) -> tuple[PromiseTask, ...]:
        """The ticked promises, else the chosen one."""
        listed = [task for task in self.listed() if isinstance(task, PromiseTask)]
        ticked = [task for task in listed if task.commitment in self.ticked]
        return tuple(ticked or (task for task in listed if task.commitment == self.chosen))

    def count(self, tab: Tab) -> int:
        """How many wait in a tab; promises up to tonight."""
        match tab:
            case Tab.PROMISES:
                return due_by_tonight(self.promises(), self.now)
            case Tab.DEMANDS:
                return len(self.board.demands)
            case Tab.UNTRACED:
                return len(self.board.untraced)
            case _:
                return len(self.board.done)

    def times(self) -> tuple[datetime, ...]:
        """The times offered for a new promise: one's own service keeps it."""
        return self._times_of(self.me.service)

    def later_times(self) -> tuple[datetime, ...]:
        """The times to which the chosen promise may be put off, while whoever keeps it is there."""
        task = self.task
        return self._times_of(task.service if isinstance(task, PromiseTask) else self.me.service)

    def _times_of(self, service: str) -> tuple[datetime, ...]:
        return suggested_soon(self.now, opening=self.house.opening_of(service))

    def is_mine(self, task: PromiseTask) -> bool:
        """Somebody counts on me: I keep it, I promised it, or nobody of my service is named."""
        if self.me.login in (task.owner, task.by):
            return True
        return not task.has_named_owner and task.service == self.me.service

    def _promises_of(self, whose: Whose) -> tuple[PromiseTask, ...]:
        return tuple(task for task in self.board.promises if self._is_of(whose, task))

    def _is_of(self, whose: Whose, task: PromiseTask) -> bool:
        match whose:
            case Whose.MINE:
                return self.is_mine(task)
            case Whose.SERVICE:
                return task.service == self.me.service
            case Whose.ALL:
                return True


def key_of(task: Task) -> str:
    """What a row is known by."""
    match task:
        case PromiseTask() | DoneTask():
            return task.commitment
        case DemandTask():
            return task.case
        case UntracedTask():
            return task.contact


def due_of(due_at: datetime, now: datetime) -> Due:
    """The group that a due time belongs to."""
    if due_at < now:
        return Due.LATE
    days = (house_time.day(due_at) - house_time.day(now)).days
    return (Due.TODAY, Due.TOMORROW)[days] if days < 2 else Due.LATER


def due_by_tonight(promises: Iterable[PromiseTask], now: datetime) -> int:
    """How many are late or fall due today."""
    return sum(is_due_by_tonight(task, now) for task in promises)


def is_due_by_tonight(task: PromiseTask, now: datetime) -> bool:
    """Late, or due today."""
    return due_of(task.due_at, now) in (Due.LATE, Due.TODAY)
