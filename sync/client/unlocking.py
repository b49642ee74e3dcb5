"""Whoever sits here proves it again: by the password of this sitting, also while the server is away."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from app.ports import Clock

TRIES = 5
PAUSE = timedelta(minutes=5)
"""As the server's: who takes the network cable out guesses no faster."""


class Opener:
    """A salted, slow digest of a password, in memory only, as long as its sitting; empty knows none."""

    def __init__(self, password: str, clock: Clock) -> None:
        self._salt = secrets.token_bytes(16)
        self._digest = self._of(password) if password else b""
        self._clock = clock
        self._wrong = 0
        self._last_at = clock.now()

    @property
    def knows(self) -> bool:
        """Whether a password was given here at all."""
        return bool(self._digest)

    def is_right(self, password: str) -> bool:
        """Whether it is the one; a wrong one counts, and none is while it has to wait."""
        if not self._digest or self.pause():
            return False
        if hmac.compare_digest(self._of(password), self._digest):
            self._wrong = 0
            return True
        self._count(self._clock.now())
        return False

    def pause(self) -> timedelta:
        """How long one has to wait before the next try here; zero when one may."""
        waited = self._clock.now() - self._last_at
        return PAUSE - waited if self._wrong >= TRIES and waited < PAUSE else timedelta(0)

    @property
    def tries_left(self) -> int:
        """How many wrong ones are still heard here before the pause."""
        return max(0, TRIES - self._wrong)

    def _count(self, now: datetime) -> None:
        self._wrong = 1 if now - self._last_at >= PAUSE else self._wrong + 1
        self._last_at = now

    def _of(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode(), salt=self._salt, n=2**14, r=8, p=1, dklen=32)
