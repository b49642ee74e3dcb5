"""Who is signed in, as the wire's threads share it, and how long to wait before trying again."""

import random
import threading

import msgspec

from sync.client.server import ServerLine, SignInRefused
from sync.protocol.messages import CommandMessage, Credentials, Session
from sync.protocol.signing import SittingKey

FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 5.0


class Access:
    """The session in use, renewed once whoever finds it expired first.

    Whoever was let in by this desk alone gives the `password` that the server is told once it is back.
    """

    def __init__(self, session: Session, key: SittingKey, *, password: str = "") -> None:
        self._session = session
        self._sitting: tuple[str, SittingKey] = (session.sitting, key)
        self._password = password
        self._lock = threading.Lock()

    @property
    def is_proved(self) -> bool:
        """Whether the server let this person in: before, nothing done here bears a proof."""
        return bool(self._session.token)

    @property
    def session(self) -> Session:
        """The newest session."""
        return self._session

    def renew(self, line: ServerLine, stale: str) -> None:
        """Replace a token that expired. Raises `SignInRefused`, `Unreachable`."""
        with self._lock:
            if self._session.token != stale:
                return
            if self._password:
                self._sign_in(line)
            else:
                # The sitting lasts as long as the person stays, whatever token is in use.
                self._session = line.sign_in(Credentials(refresh=self._session.refresh))

    def _sign_in(self, line: ServerLine) -> None:
        """Once: a password that is refused would soon close the account's door."""
        _, key = self._sitting
        try:
            self._session = line.sign_in(
                Credentials(login=self._session.login, password=self._password, sitting_key=key.public)
            )
        except SignInRefused:
            self._password = ""
            raise
        self._sitting, self._password = (self._session.sitting, key), ""

    def replace(self, session: Session, key: SittingKey) -> None:
        """Go on with a session that a password opened, and with its own key."""
        with self._lock:
            self._session, self._sitting = session, (session.sitting, key)
            self._password = ""

    def sign(self, message: CommandMessage) -> CommandMessage:
        """A command with this sitting, and the tag that only its key makes."""
        sitting, key = self._sitting
        mine = msgspec.structs.replace(message, sitting=sitting)
        return msgspec.structs.replace(mine, tag=key.tag_of(mine))


class Patience:
    """Waits twice as long each time, with jitter, so that consoles don't come back all at once."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._next = FIRST_WAIT_S

    def grow(self) -> float:
        """Seconds to wait now."""
        now, self._next = self._next, min(2 * self._next, LONGEST_WAIT_S)
        return now * (0.5 + self._chance.random() / 2)

    def reset(self) -> None:
        """It worked: begin again."""
        self._next = FIRST_WAIT_S
