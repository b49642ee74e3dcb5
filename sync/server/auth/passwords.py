"""Passwords: kept as argon2 hashes, and five tries before a pause."""

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

TRIES = 5
PAUSE = timedelta(minutes=5)
LOGINS_WATCHED = 10_000
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What is stored instead of the password."""
    return _hasher.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the one; an unknown login takes the same time as a known one."""
    try:
        return _hasher.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody's password")


class Tries:
    """Counts the wrong passwords of each login, known or not, in this process."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def pause(self, login: str, now: datetime) -> timedelta:
        """How long this login still has to wait; zero when it may try."""
        count, last = self._wrong.get(login, (0, now))
        waited = now - last
        return PAUSE - waited if count >= TRIES and waited < PAUSE else timedelta(0)

    def count_wrong(self, login: str, now: datetime) -> int:
        """Note one more wrong password; answers how many tries are left."""
        count, last = self._wrong.pop(login, (0, now))
        count = 1 if now - last >= PAUSE else count + 1
        self._wrong[login] = (count, now)
        if len(self._wrong) > LOGINS_WATCHED:
            del self._wrong[next(iter(self._wrong))]
        return TRIES - count

    def forget(self, login: str) -> None:
        """A right password clears the count."""
        self._wrong.pop(login, None)
