"""Forgets again whoever came back: from a restored backup, or sent once more by a desk to such a server."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.domain.commands import CommandEnvelope, ErasePerson
from app.ports import Clock, Mint
from app.store.erasure_register import Erased, ErasureRegister, back_again, declared_erasures
from sync.server.feed.intake import Intake

AUTHOR = "job:erasures"


class Erasures:
    """Keeps the register of erasures, and erases whoever of it is here nevertheless."""

    def __init__(
        self,
        engine: sa.Engine,
        establishment: str,
        intake: Intake,
        *,
        register: ErasureRegister,
        clock: Clock,
        mint: Mint,
    ) -> None:
        self._engine = engine
        self._establishment = establishment
        self._intake = intake
        self._register = register
        self._clock = clock
        self._mint = mint

    def __call__(self) -> Iterator[int]:
        """Once each time it is due."""
        with self._engine.connect() as connection:
            self._register.add(declared_erasures(connection, self._establishment))
            back = back_again(connection, self._establishment, self._register)
        if back:
            again = [erase_again(one, clock=self._clock, mint=self._mint) for one in back]
            yield len(self._intake.run_all(again, desk=AUTHOR))


def erase_again(erased: Erased, *, clock: Clock, mint: Mint) -> CommandEnvelope:
    """The command that forgets somebody once more: a fresh one, for who came back may come back again."""
    body = ErasePerson(person=erased.person, ground=erased.ground)
    return CommandEnvelope(id=mint.new_id(), made_at=clock.now(), author=AUTHOR, body=body)
