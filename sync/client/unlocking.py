"""Whoever sits here proves it again: by the password of this sitting, also while the server is away."""

from datetime import datetime, timedelta

from app.ports import Clock
from sync.client.proof import Proof

TRIES = 5
PAUSE = timedelta(minutes=5)
"""As the server's: who takes the network cable out guesses no faster."""


class Opener:
    """The proof of this sitting's password, as long as the sitting; none of who signed in elsewhere."""

    def __init__(self, proof: Proof | None, clock: Clock) -> None:
        self._proof = proof
        self._clock = clock
        self._wrong = 0
        self._last_at = clock.now()

    @property
    def knows(self) -> bool:
        """Whether a password was given here at all."""
        return self._proof is not None

    def is_right(self, password: str) -> bool:
        """Whether it is the one; a wrong one counts, and none is while it has to wait."""
        if self._proof is None or self.pause():
            return False
        if self._proof.is_of(password):
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
