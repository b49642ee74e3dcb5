"""What a desk has to do, in tabs and groups of due time, and what a person does about the chosen ones."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TypeAlias

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.commands import (
    AnyCommand,
    AssignCommitment,
    Commit,
    GiveUpCommitment,
    KeepCommitment,
    OpenPerson,
    PostponeCommitment,
    Promise,
    ReleaseCommitment,
    ReopenCommitment,
    TakeCommitment,
)
from app.domain.errors import Refusal
from app.domain.hours import PARIS, suggested
from app.domain.indicators import day_start
from app.domain.line_commands import DialNumber
from app.domain.words import Reach
from app.ports import Clock, Mint
from app.queries.house import colleagues
from app.queries.task_detail import TaskDetail, task_detail
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, TaskBoard, UntracedTask, read_tasks
from ui.tasks import Desk

ONCE_MS = 1000
REFRESH_MS = 30_000

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
    """Who works here: the name shown, one's own service, and all the services held."""

    name: str
    service: str
    service_name: str
    services: tuple[str, ...] = ()


class TaskPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows; `ticked` are the keys of the rows that an act is for, beside the chosen one."""

    me: Me
    now: datetime
    board: TaskBoard = TaskBoard()
    tab: Tab = Tab.PROMISES
    whose: Whose = Whose.MINE
    due: Due | None = None
    ticked: frozenset[str] = frozenset()
    chosen: str = ""
    detail: TaskDetail | None = None
    owners: tuple[tuple[str, str], ...] = ()

    def promises(self) -> tuple[PromiseTask, ...]:
        """Those that are asked for, soonest due first."""
        return tuple(task for task in self.board.promises if self._is_wanted(task))

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
        """The times offered for a promise."""
        return (self.now + timedelta(hours=1), *suggested(self.now))

    def is_mine(self, task: PromiseTask) -> bool:
        """Somebody counts on me: I keep it, I promised it, or nobody of my service is named."""
        if not task.has_named_owner:
            return task.service == self.me.service
        return self.me.name in (task.owner_name, task.by_name)

    def _is_wanted(self, task: PromiseTask) -> bool:
        match self.whose:
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
    days = (due_at.astimezone(PARIS).date() - now.astimezone(PARIS).date()).days
    return (Due.TODAY, Due.TOMORROW)[days] if days < 2 else Due.LATER


def due_by_tonight(promises: Iterable[PromiseTask], now: datetime) -> int:
    """How many are late or fall due today."""
    return sum(due_of(task.due_at, now) in (Due.LATE, Due.TODAY) for task in promises)


class TaskList(QObject):
    """`done` tells how many promises an act was done to; `undo` takes the last act back."""

    state_changed = Signal()
    done = Signal(str, int)
    refused = Signal(object)

    def __init__(self, desk: Desk, me: Me, *, clock: Clock, mint: Mint) -> None:
        super().__init__()
        self._desk, self._clock, self._mint = desk, clock, mint
        self.state = TaskPage(me=me, now=clock.now())
        self._back: list[AnyCommand] = []
        self._read_persons: set[tuple[str, str]] = set()
        self._is_shown = self._is_stale = False
        self._place = 0
        self._word, self._left, self._count = "", 0, 0
        self._rest = QTimer(self, interval=ONCE_MS, singleShot=True)
        self._rest.timeout.connect(self._after_rest)
        self._tick = QTimer(self, interval=REFRESH_MS)
        self._tick.timeout.connect(self.look)

    def begin(self) -> None:
        """Read who promises may be handed to, and what there is to do; then keep it true."""
        wanted = self.state.me.services or (self.state.me.service,)
        self._desk.ask(partial(_owners, services=wanted), self._keep_owners)
        self.look()
        self._tick.start()

    def look(self) -> None:
        """Read what there is to do, now or when the second is over."""
        if self._rest.isActive():
            self._is_stale = True
            return
        self._rest.start()
        me = self.state.me
        wanted = me.services or (me.service,)
        self._desk.ask(partial(_board, services=wanted, clock=self._clock), self._keep_board)

    def show(self, *, is_shown: bool) -> None:
        """Beside what is chosen stands what is needed to call, while it is seen."""
        self._is_shown = is_shown
        if is_shown:
            self._read_detail()

    def open_tab(self, tab: Tab) -> None:
        """List something else, its first row chosen."""
        self._set(tab=tab, ticked=frozenset[str](), chosen="")
        self._settle()

    def narrow(self, whose: Whose) -> None:
        """Only my promises, my service's, or all."""
        self._set(whose=whose, ticked=frozenset[str]())
        self._settle()

    def narrow_due(self, due: Due | None) -> None:
        """Only those of a group, or all."""
        self._set(due=due, ticked=frozenset[str]())
        self._settle()

    def choose(self, key: str) -> None:
        """Put the bar on a row."""
        if key != self.state.chosen:
            self._set(chosen=key, detail=None)
            self._read_detail()
            self.state_changed.emit()

    def tick(self, key: str) -> None:
        """Tick a row, or no longer."""
        self._set(ticked=self.state.ticked ^ {key})
        self.state_changed.emit()

    def keep(self, how: Reach) -> None:
        """Say how the promises were followed up."""
        self._reopenable("kept", lambda task: KeepCommitment(commitment=task.commitment, how=how))

    def postpone(self, due_at: datetime, reason: str) -> None:
        """Give the promises another time."""
        self._reopenable(
            "postponed",
            lambda task: PostponeCommitment(commitment=task.commitment, due_at=due_at, reason=reason),
        )

    def give_up(self) -> None:
        """Nobody can be reached (« Injoignable »)."""
        self._reopenable("given_up", lambda task: GiveUpCommitment(commitment=task.commitment))

    def assign(self, owner: str) -> None:
        """Hand the promises over."""
        for task in self._begin_act("assigned"):
            back = AssignCommitment(commitment=task.commitment, owner=task.owner)
            self._submit(AssignCommitment(commitment=task.commitment, owner=owner), lambda _, b=back: b)

    def take(self) -> None:
        """Say that I see to it, so that nobody dials twice."""
        for task in self._begin_act("taken"):
            back = ReleaseCommitment(commitment=task.commitment)
            self._submit(TakeCommitment(commitment=task.commitment), lambda _, b=back: b)

    def release(self) -> None:
        """Let the promises go again."""
        for task in self._begin_act("released"):
            back = TakeCommitment(commitment=task.commitment)
            self._submit(ReleaseCommitment(commitment=task.commitment), lambda _, b=back: b)

    def reopen(self) -> None:
        """A promise closed today stands again."""
        task = self.state.task
        if isinstance(task, DoneTask):
            self._back = []
            command = ReopenCommitment(commitment=task.commitment, act=task.act)
            self._desk.submit(command, self._tell_reopened, self._tell_refused)

    def call(self, _key: str = "") -> None:
        """Take the chosen promise, then let one's own phone ring and dial."""
        task, detail = self.state.task, self.state.detail
        if task is None or detail is None or not detail.number:
            return
        dial = DialNumber(number_raw=detail.number)
        if isinstance(task, PromiseTask):
            take = TakeCommitment(commitment=task.commitment)
            self._desk.submit(take, lambda _: self._dial(dial), self._tell_refused)
        else:
            self._dial(dial)

    def promise(self, due_at: datetime) -> None:
        """Promise to call the chosen person back (« Nouveau rappel »)."""
        task, me = self.state.task, self.state.me
        if task is None or not task.person:
            return
        made = Promise(commitment=self._mint.new_id(), due_at=due_at, owner=me.service)
        case = task.case if isinstance(task, PromiseTask | DemandTask) else ""
        command = Commit(promise=made, service=me.service, person=task.person, case=case or None)
        self._back = []
        self._desk.submit(command, lambda _: self._tell("promised", 1), self._tell_refused)

    def undo(self) -> None:
        """Take back what was done last."""
        back, self._back = self._back, []
        for command in back:
            self._desk.submit(command, lambda _: self._look_now(), self._tell_refused)

    def _dial(self, dial: DialNumber) -> None:
        self._desk.submit(dial, lambda _: self._look_now(), self._tell_refused)

    def _reopenable(self, word: str, make: Callable[[PromiseTask], AnyCommand]) -> None:
        for task in self._begin_act(word):
            name = task.commitment
            self._submit(make(task), lambda act, c=name: ReopenCommitment(commitment=c, act=act))

    def _begin_act(self, word: str) -> tuple[PromiseTask, ...]:
        tasks = self.state.acted_on()
        self._back, self._word, self._left, self._count = [], word, len(tasks), 0
        return tasks

    def _submit(self, command: AnyCommand, back: Callable[[str], AnyCommand]) -> None:
        def tell(sent: str) -> None:
            self._back.append(back(sent))
            self._count += 1
            self._finish()

        def refuse(refusal: Refusal) -> None:
            self.refused.emit(refusal)
            self._finish()

        self._desk.submit(command, tell, refuse)

    def _finish(self) -> None:
        """The last of an act: tell it once for all the promises that it was done to."""
        self._left -= 1
        if self._left == 0:
            self._set(ticked=frozenset[str]())
            if self._count:
                self._tell(self._word, self._count)
            else:
                self._look_now()

    def _tell(self, word: str, count: int) -> None:
        self._look_now()
        self.done.emit(word, count)

    def _tell_reopened(self, _sent: str) -> None:
        self._tell("reopened", 1)

    def _tell_refused(self, refusal: Refusal) -> None:
        self._look_now()
        self.refused.emit(refusal)

    def _look_now(self) -> None:
        self._rest.stop()
        self.look()

    def _after_rest(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.look()

    def _keep_owners(self, owners: tuple[tuple[str, str], ...]) -> None:
        self._set(owners=owners)

    def _keep_board(self, board: TaskBoard) -> None:
        self._set(board=board, now=self._clock.now())
        self._settle()

    def _settle(self) -> None:
        """The bar stays on its row, or goes to the next one when that left the list."""
        keys = [key_of(task) for task in self.state.listed()]
        if self.state.chosen not in keys:
            self._set(chosen=keys[min(self._place, len(keys) - 1)] if keys else "", detail=None)
        self._place = keys.index(self.state.chosen) if keys else 0
        self._read_detail()
        self.state_changed.emit()

    def _read_detail(self) -> None:
        task = self.state.task
        if self._is_shown and task is not None:
            question = partial(_detail, task=task, clock=self._clock)
            self._desk.ask(question, partial(self._keep_detail, key_of(task)))
            self._trace(task)

    def _keep_detail(self, key: str, detail: TaskDetail) -> None:
        if key == self.state.chosen:
            self._set(detail=detail)
            self.state_changed.emit()

    def _trace(self, task: Task) -> None:
        """What stands beside a task is a person's record: seeing it is told once (sync rule 10)."""
        seen = (key_of(task), task.person)
        if task.person and seen not in self._read_persons:
            self._read_persons.add(seen)
            self._desk.submit(OpenPerson(person=task.person, reason="task"))

    def _set(self, **values: object) -> None:
        self.state = msgspec.structs.replace(self.state, **values)


def _board(
    connection: sa.Connection, establishment: str, *, services: tuple[str, ...], clock: Clock
) -> TaskBoard:
    now = clock.now()
    return read_tasks(connection, establishment, services=services, now=now, since_midnight=day_start(now))


def _owners(
    connection: sa.Connection, establishment: str, *, services: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    return colleagues(connection, establishment, of=services)


def _detail(connection: sa.Connection, establishment: str, *, task: Task, clock: Clock) -> TaskDetail:
    now = clock.now()
    match task:
        case PromiseTask():
            return task_detail(
                connection,
                establishment,
                person=task.person,
                case=task.case,
                contact=task.contact,
                since=task.made_at,
                now=now,
            )
        case DemandTask():
            return task_detail(connection, establishment, person=task.person, case=task.case, now=now)
        case UntracedTask():
            return task_detail(connection, establishment, person=task.person, contact=task.contact, now=now)
        case DoneTask():
            return task_detail(connection, establishment, person=task.person, now=now)
