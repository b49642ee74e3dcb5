"""Who may sit down here while the server is away: whom it let in at this desk, by the same password.

The proof of a password is in the encrypted `desk.db`; a session is kept without its tokens, so that it
opens nothing but these files. Three wrong passwords forget it, and thirty days without the server's word.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.store.engine import writing
from sync.client.desk_tables import known_person
from sync.client.proof import Proof
from sync.client.server import SignInRefused
from sync.protocol.messages import Session

TRIES = 3
KNOWN_FOR = timedelta(days=30)
"""Longer than any cut: whoever left the house since may not sit down where the wire was pulled out."""
_read_session = msgspec.json.Decoder(Session).decode


class KnownPeople:
    """The rows of one desk; written on the store's thread."""

    def __init__(self, engine: sa.Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def remember(self, session: Session, proof: Proof) -> None:
        """The server let this person in by that password."""
        bare = msgspec.structs.replace(session, token="", refresh="", sitting="")
        row = {
            "login": session.login,
            "salt": proof.salt,
            "derived": proof.derived,
            "session": msgspec.json.encode(bare),
            "tries_left": TRIES,
            "let_in_at": self._now(),
        }
        with writing(self._engine) as connection:
            connection.execute(sa.delete(known_person).where(known_person.c.login == session.login))
            connection.execute(sa.insert(known_person), row)

    def forget(self, login: str) -> None:
        """The server would not let this person in any more."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(known_person).where(known_person.c.login == login))

    def recognise(self, login: str, password: str) -> Session | None:
        """The session of who is known here, without tokens. Raises `SignInRefused` for a wrong password."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(known_person).filter_by(login=login)).one_or_none()
        if row is None:
            return None
        if self._now() - row.let_in_at > KNOWN_FOR:
            self.forget(login)
            return None
        is_same = Proof(row.salt, row.derived).is_of(password)
        left = TRIES if is_same else row.tries_left - 1
        if left != row.tries_left:
            self._count(login, left)
        if not is_same:
            raise SignInRefused("", tries_left=left)
        return _read_session(row.session)

    def _count(self, login: str, left: int) -> None:
        if not left:
            self.forget(login)
            return
        with writing(self._engine) as connection:
            counted = sa.update(known_person).where(known_person.c.login == login)
            connection.execute(counted.values(tries_left=left))
