"""What a person did at a desk and the server has not taken yet, or has refused (sync rule 9)."""

from datetime import datetime
from enum import StrEnum

import msgspec

from app.domain.commands import AnyCommand, LogMotive
from app.domain.errors import CHANGED_MEANWHILE


class SendState(StrEnum):
    """Where a command is: here, kept by the administrator, or refused until its author has read why."""

    WAITING = "waiting"
    HELD = "held"
    REFUSED = "refused"


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """One command of the outbox; `body` is None when another version made it."""

    command: str
    body: AnyCommand | None
    made_at: datetime
    state: SendState
    refusal: str = ""
    field: str = ""

    @property
    def overtaken(self) -> LogMotive | None:
        """The save that somebody else's came before, for its author to choose."""
        is_overtaken = self.refusal == CHANGED_MEANWHILE and isinstance(self.body, LogMotive)
        return self.body if is_overtaken and isinstance(self.body, LogMotive) else None
