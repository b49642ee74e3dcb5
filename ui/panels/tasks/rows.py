"""The rows of each tab."""

from datetime import datetime

from app.domain.words import Direction
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, UntracedTask
from ui.task_words import (
    attempts_words,
    born_of,
    done_words,
    group_words,
    lasted_words,
    name_of,
    owner_of,
    since_words,
    what_of,
)
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.task_page import Due, Tab, TaskPage, due_of, key_of
from ui.widgets.row_list import Cell, ListRow, Mark
from ui.wording import (
    channel_icon,
    clock,
    day_of,
    delay,
    motive_label,
    short_name,
    short_when,
    small,
    weekday_of,
)

HEAD, LINE = 36, 56
_TIME, _ASIDE = 104, 136


def rows_of(page: TaskPage) -> tuple[ListRow, ...]:
    """What the tab lists."""
    match page.tab:
        case Tab.DEMANDS:
            return tuple(_demand(task, page.now) for task in page.board.demands)
        case Tab.UNTRACED:
            return tuple(_untraced(task, page.now) for task in page.board.untraced)
        case Tab.DONE:
            return tuple(_done(task) for task in page.board.done)
        case _:
            return _promises(page)


def _promises(page: TaskPage) -> tuple[ListRow, ...]:
    rows: list[ListRow] = []
    for group, tasks in page.groups():
        rows.append(_head(group, tasks))
        rows += [_promise(task, page) for task in tasks]
    return tuple(rows)


def _head(group: Due, tasks: tuple[PromiseTask, ...]) -> ListRow:
    words = group_words(group, tasks[0].due_at)
    is_late = group is Due.LATE
    cell = Cell(
        words=words,
        words_icon="alarm-clock" if is_late else "",
        aside=str(len(tasks)),
        role=Role.SMALL,
        weight=600,
        ink="danger.text" if is_late else "text.primary",
    )
    return ListRow(cells=(cell,), height=HEAD)


def _promise(task: PromiseTask, page: TaskPage) -> ListRow:
    group = due_of(task.due_at, page.now)
    is_late = group is Due.LATE
    has_span = group in (Due.LATE, Due.TODAY)
    return ListRow(
        key=key_of(task),
        height=LINE,
        is_ticked=task.commitment in page.ticked,
        cells=(
            Cell(
                words=_time(task.due_at, group, page.now),
                below=small(delay(task.due_at, page.now)) if has_span else "",
                width=_TIME,
                weight=500,
                ink="danger.text" if is_late else "text.primary",
                below_role=Role.CAPTION,
                below_ink="danger.text" if is_late else "text.tertiary",
            ),
            Cell(
                words=name_of(task),
                aside=born_of(task),
                mark=_mark(task),
                below=what_of(task),
                weight=600,
            ),
            Cell(
                words=owner_of(task, page),
                below=attempts_words(task) if has_span or task.attempts else "",
                width=_ASIDE,
                role=Role.SMALL,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
                is_right=True,
            ),
        ),
    )


def _time(at: datetime, group: Due, now: datetime) -> str:
    if group is Due.LATE:
        return short_when(at, now)
    return clock(at) if group is not Due.LATER else f"{weekday_of(at)} {day_of(at)}"


def _mark(task: PromiseTask) -> Mark | None:
    if task.taken_by:
        words = say("{name} s’en occupe").format(name=short_name(task.taker_name or task.taken_by))
        return Mark(words, "lock", "accent")
    if task.has_repeat:
        return Mark(say("Recontact"), "repeat", "warning")
    return Mark(task.reason, "hourglass") if task.reason else None


def _demand(task: DemandTask, now: datetime) -> ListRow:
    return ListRow(
        key=key_of(task),
        height=LINE,
        cells=(
            Cell(
                words=short_when(task.opened_at, now),
                below=since_words(task.opened_at, now),
                width=_TIME + 28,
                weight=500,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
            ),
            Cell(words=name_of(task), aside=born_of(task), below=task.title, weight=600),
            Cell(
                words=task.service_name,
                below=motive_label(task.motive),
                width=_ASIDE + 64,
                role=Role.SMALL,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
                is_right=True,
            ),
        ),
    )


def _untraced(task: UntracedTask, now: datetime) -> ListRow:
    return ListRow(
        key=key_of(task),
        height=LINE,
        cells=(
            Cell(icon=channel_icon(task.channel, Direction.INBOUND, task.ending), width=28),
            Cell(words=short_when(task.at, now), width=_TIME, weight=500),
            Cell(words=name_of(task), aside=born_of(task), below=lasted_words(task), weight=600),
            Cell(mark=Mark(say("À qualifier"), "pencil", "warning"), width=-1),
        ),
    )


def _done(task: DoneTask) -> ListRow:
    return ListRow(
        key=key_of(task),
        height=LINE,
        cells=(
            Cell(words=clock(task.closed_at), width=_TIME, weight=500),
            Cell(words=name_of(task), aside=born_of(task), below=what_of(task), weight=600),
            Cell(
                words=done_words(task),
                below=short_name(task.by_name),
                width=_ASIDE,
                role=Role.SMALL,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
                is_right=True,
            ),
        ),
    )
