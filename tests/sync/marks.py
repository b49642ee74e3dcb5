"""What is told of whoever was left unanswered, looked up a second time from all the rows."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.domain.motives import emergencies
from app.store import tables
from tests.sync.hospital import pointers


def untrue_marks(server: sa.Connection) -> Iterator[str]:
    """Each contact that nobody answered is marked by what its author did elsewhere, and by nothing else."""
    kept_as = pointers(server)
    hidden = set(server.execute(sa.select(tables.person.c.id).filter_by(protection="protected")).scalars())
    rows = server.execute(sa.select(tables.contact)).all()
    for left in rows:
        if left.answered_at or left.outcome or left.direction != "inbound" or left.state != "ended":
            continue
        others = [
            one
            for one in rows
            if one.id != left.id and one.service != left.service and _is_same(one, left, kept_as, hidden)
        ]
        heard = max((one.at for one in others if one.motive in emergencies()), default=None)
        # By which of several is as may be: the first that was told.
        is_followed = any(_is_over(one) and _saw_to(one, left) for one in others)
        is_said = left.followed_at is not None
        if left.service and (left.emergency_at, is_said) != (heard, is_followed):
            yield f"{left.id} is marked {left.emergency_at, left.followed_at}, not {heard, is_followed}"


def _is_same(one: Any, left: Any, kept_as: dict[str, str], hidden: set[str]) -> bool:
    humans = [kept_as.get(row.person, row.person) for row in (one, left)]
    is_human = humans[0] is not None and humans[0] == humans[1] and not {one.person, left.person} & hidden
    return is_human or (one.number != "" and one.number == left.number)


def _saw_to(one: Any, left: Any) -> bool:
    was_tried = left.channel == "phone" and left.voicemail_at is None and one.direction == "outbound"
    is_reached = was_tried or one.answered_at is not None or one.outcome != ""
    return one.at > left.at and is_reached and one.motive not in emergencies()


def _is_over(one: Any) -> bool:
    return one.state == "ended" or one.outcome != ""
