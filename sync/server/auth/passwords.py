"""Passwords: kept as argon2 hashes, and a pause for whoever guesses."""

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

TRIES = 5
PAUSE = timedelta(minutes=5)
TRIES_OF_LOGIN = 25
TRIES_OF_PLACE = 200
"""Many desks may stand behind one address."""
KEYS_WATCHED = 10_000
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


class Counted:
    """Wrong passwords by a key, each with a pause after so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def pause(self, key: str, now: datetime) -> timedelta:
        """How long it still has to wait; zero when it may try."""
        count, last = self._wrong.get(key, (0, now))
        waited = now - last
        return PAUSE - waited if count >= self._most and waited < PAUSE else timedelta(0)

    def count(self, key: str, now: datetime) -> int:
        """Note one more; answers how many are left."""
        count, last = self._wrong.pop(key, (0, now))
        count = 1 if now - last >= PAUSE else count + 1
        self._wrong[key] = (count, now)
        if len(self._wrong) > KEYS_WATCHED:
            del self._wrong[next(iter(self._wrong))]
        return self._most - count

    def forget(self, key: str) -> None:
        """A right password clears the count."""
        self._wrong.pop(key, None)


class Tries:
    """Slows down whoever guesses, in this process, and keeps nobody away from a desk of their own.

    Five wrong passwords of a login from one place pause that login there alone. Many from everywhere
    pause it where it never signed in; many from one place, whatever the logins, pause that place.
    """

    def __init__(self) -> None:
        self._here = Counted(TRIES)
        self._of_login = Counted(TRIES_OF_LOGIN)
        self._of_place = Counted(TRIES_OF_PLACE)
        self._of_codes = Counted(TRIES_OF_LOGIN)
        self._known: dict[str, None] = {}

    def pause_of_codes(self, place: str, now: datetime) -> timedelta:
        """How long a place has to wait before it brings another code of the identity provider."""
        return self._of_codes.pause(place, now)

    def count_code(self, place: str, now: datetime) -> None:
        """Note a code that opened nothing: nobody guesses one, but each makes us ask the provider."""
        self._of_codes.count(place, now)

    def forget_codes(self, place: str) -> None:
        """A code that opened a session clears the count of its place."""
        self._of_codes.forget(place)

    def pause(self, login: str, place: str, now: datetime) -> timedelta:
        """How long this login still has to wait at this place; zero when it may try."""
        both = _key(login, place)
        of_login = timedelta(0) if both in self._known else self._of_login.pause(login, now)
        return max(self._here.pause(both, now), of_login, self._of_place.pause(place, now))

    def count_wrong(self, login: str, place: str, now: datetime) -> int:
        """Note one more wrong password; answers how many tries are left here."""
        self._of_login.count(login, now)
        self._of_place.count(place, now)
        return self._here.count(_key(login, place), now)

    def forget(self, login: str, place: str) -> None:
        """A right password clears the count here, and makes this place one of the login's."""
        both = _key(login, place)
        self._here.forget(both)
        self._known.pop(both, None)
        self._known[both] = None
        if len(self._known) > KEYS_WATCHED:
            del self._known[next(iter(self._known))]


def _key(login: str, place: str) -> str:
    return f"{place} {login}"
