"""When whoever left something was seen to since, by whichever service (rules R30)."""

from typing import Any

from app.domain.words import Direction


def is_reached(since: Any, *, was_only_abandoned: bool) -> bool:
    """Spoken with or qualified; called back once, answered or not, is enough where nothing was said."""
    was_tried = was_only_abandoned and since.direction == Direction.OUTBOUND
    return was_tried or since.answered_at is not None or bool(since.outcome)
