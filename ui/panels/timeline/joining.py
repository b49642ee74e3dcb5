"""What a row of the history can be joined to: the person's other open demands."""

from app.domain.commands import JoinCase
from app.queries.timeline import Timeline, TimelineGroup
from ui.panels.timeline.rows import Row
from ui.translate import say


def ways_to_join(timeline: Timeline, row: Row) -> list[tuple[str, JoinCase]]:
    """What is said and what is asked, a line for each open demand; a contact alone, or a whole demand."""
    group = _group_of(timeline, row)
    if group is None or (group.case is not None and not group.is_open):
        return []
    others = [one for one in timeline.groups if one.case is not None and one.is_open and one is not group]
    if group.case is None:
        return [_alone(row, one) for one in others] if row.kind == "entry" else []
    return [_whole(group.case, one) for one in others]


def _group_of(timeline: Timeline, row: Row) -> TimelineGroup | None:
    if row.kind != "entry":
        return next((one for one in timeline.groups if (one.case or "") == row.key), None)
    held = (one for one in timeline.groups if any(entry.contact == row.key for entry in one.entries))
    return next(held, None)


def _alone(row: Row, into: TimelineGroup) -> tuple[str, JoinCase]:
    words = say("Relier à «\u00a0{title}\u00a0»").format(title=into.title)
    return words, JoinCase(case=into.case or "", contacts=(row.key,))


def _whole(case: str, into: TimelineGroup) -> tuple[str, JoinCase]:
    words = say("Relier toute la demande à «\u00a0{title}\u00a0»").format(title=into.title)
    return words, JoinCase(case=into.case or "", joined=case)
