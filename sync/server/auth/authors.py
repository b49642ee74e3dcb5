"""Who may answer for a command that a desk hands over, and by which role it is judged (sync rule 8)."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.moments import acted_at, age_of
from app.domain.words import Role
from sync.protocol.messages import CommandMessage
from sync.protocol.signing import is_tagged
from sync.server.auth.accounts import ACTIVE, Account, find_account, role_at, to_account
from sync.server.auth.desks import Sitting, find_sitting


class Unanswered(Exception):  # noqa: N818 - the command is kept, not refused
    """Nobody may answer for a command now; the reason is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Known(msgspec.Struct, frozen=True):
    account: Account
    is_active: bool


class Authors:
    """The authors and sittings met in one batch, each read once."""

    def __init__(self, connection: sa.Connection, establishment: str, *, received_at: datetime) -> None:
        self._connection = connection
        self._establishment = establishment
        self._received_at = received_at
        self._accounts: dict[str, _Known | None] = {}
        self._sittings: dict[str, Sitting | None] = {}

    def role_of(self, message: CommandMessage) -> Role:
        """The role its author had when it was made, never before the sitting began. Raises `Unanswered`."""
        known = self._account(message.author)
        if known is None:
            raise Unanswered("unknown_author")
        if not known.is_active:
            raise Unanswered("author_disabled")
        sitting = self._sitting(message.sitting)
        if sitting is None or sitting.login != message.author or not is_tagged(sitting.public_key, message):
            raise Unanswered("author_not_proved")
        at = max(self.made_at(message), sitting.began_at)
        return role_at(self._connection, self._establishment, known.account, at)

    def role_when_made(self, message: CommandMessage) -> Role:
        """That role for a command whose author an administrator answers for. Raises `Unanswered`."""
        known = self._account(message.author)
        if known is None:
            raise Unanswered("unknown_author")
        return role_at(self._connection, self._establishment, known.account, self.made_at(message))

    def made_at(self, message: CommandMessage) -> datetime:
        """When it was made, by our clock."""
        age = age_of(message.made_at, sent_at=message.sent_at, received_at=self._received_at)
        return acted_at(age, received_at=self._received_at)

    def _account(self, login: str) -> _Known | None:
        if login not in self._accounts:
            row = find_account(self._connection, self._establishment, login)
            self._accounts[login] = None if row is None else _Known(to_account(row), row.state == ACTIVE)
        return self._accounts[login]

    def _sitting(self, sitting_id: str) -> Sitting | None:
        if sitting_id not in self._sittings:
            self._sittings[sitting_id] = find_sitting(self._connection, self._establishment, sitting_id)
        return self._sittings[sitting_id]
