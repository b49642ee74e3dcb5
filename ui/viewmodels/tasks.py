"""What a desk has to do, read as it changes, and what a person does about it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

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
from app.domain.line_commands import DialNumber
from app.domain.words import Channel, Reach
from app.ports import Clock, Mint
from app.queries.house import has_house
from app.queries.task_detail import TaskDetail, task_detail
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, TaskBoard, UntracedTask, read_tasks
from ui.tasks import Desk
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.pace import Pace
from ui.viewmodels.task_page import Due, Me, Tab, Task, TaskPage, Whose, key_of

REFRESH_MS = 30_000


class TaskList(QObject):
    """`done` tells how many promises an act was done to; `undo` takes the last act back."""

    state_changed = Signal()
    done = Signal(str, int)
    refused = Signal(object)

    def __init__(self, desk: Desk, me: Me, *, house: HouseKnown, clock: Clock, mint: Mint) -> None:
        super().__init__()
        self._desk, self._clock, self._mint = desk, clock, mint
        self.state = TaskPage(me=me, now=clock.now(), whose=me.answers_for)
        self._back: list[AnyCommand] = []
        self._read_persons: set[tuple[str, str]] = set()
        self._is_shown = False
        self._place = 0
        self._word, self._left, self._count = "", 0, 0
        self._pace = Pace(self, self._read, beat_ms=REFRESH_MS)
        self._house = house
        house.state_changed.connect(self._tell_house)

    def begin(self) -> None:
        """Read what there is to do, and who it may be handed to; then keep it true."""
        self._pace.start()

    def look(self) -> None:
        """Read what there is to do, now or when the second is over."""
        self._pace.ask()

    def refresh(self) -> None:
        """Read without waiting: a person acted."""
        self._pace.ask_now()

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

    def call(self, key: str = "") -> None:
        """Take a promise, the chosen one unless it is named, then let one's own phone ring and dial."""
        named = (task for task in self.state.board.promises if task.commitment == key)
        task = next(named, self.state.task)
        if task is not None:
            question = partial(_detail, task=task, clock=self._clock)
            self._desk.ask(question, partial(self._call, task))

    def is_call(self, key: str) -> bool:
        """Whether that promise is kept by telephone."""
        named = (task for task in self.state.board.promises if task.commitment == key)
        return any(task.channel is Channel.PHONE for task in named)

    def go_to(self, tab: Tab, key: str) -> None:
        """List a tab with the bar on a row."""
        self._set(tab=tab, ticked=frozenset[str](), due=None, chosen=key, detail=None)
        self._settle()

    def _call(self, task: Task, detail: TaskDetail) -> None:
        if not detail.number:
            self.refused.emit(Refusal("number_unreadable", "number"))
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
            self._desk.submit(command, lambda _: self.refresh(), self._tell_refused)

    def _dial(self, dial: DialNumber) -> None:
        self._desk.submit(dial, lambda _: self.refresh(), self._tell_refused)

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
                self.refresh()

    def _tell(self, word: str, count: int) -> None:
        self.refresh()
        self.done.emit(word, count)

    def _tell_reopened(self, _sent: str) -> None:
        self._tell("reopened", 1)

    def _tell_refused(self, refusal: Refusal) -> None:
        self.refresh()
        self.refused.emit(refusal)

    def _read(self) -> None:
        me = self.state.me
        wanted = me.services or (me.service,)
        self._desk.ask(partial(_board, services=wanted, login=me.login, clock=self._clock), self._keep_board)

    def _tell_house(self) -> None:
        self._set(house=self._house.state)

    def _keep_board(self, board: TaskBoard | None) -> None:
        if board is None:
            return
        self._set(board=board, is_read=True, now=self._clock.now())
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
    connection: sa.Connection, establishment: str, *, services: tuple[str, ...], login: str, clock: Clock
) -> TaskBoard | None:
    if not has_house(connection, establishment):
        return None
    return read_tasks(connection, establishment, services=services, login=login, now=clock.now())


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
