"""A save that was refused leaves « Envois en attente » once its author made it again, and not before."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import TimeOrderedMint
from app.domain.commands import CommandEnvelope, LogMotive
from app.domain.words import Outcome
from sync.client.credentials import Throwaway
from sync.client.files import DeskFiles
from sync.client.outbox import Outbox, Settlement
from tests.support.scene import SteppedClock

CLAIRE, AMINA = "c.morvan", "a.kone"
ONE, OTHER = (TimeOrderedMint().new_id() for _ in range(2))


class Desk:
    """An outbox whose clock is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.clock = SteppedClock()
        self._engine = DeskFiles(folder, Throwaway().key_of("desk"), self.clock).open_desk()
        self.outbox = Outbox(self._engine, self.clock)

    def save(self, contact: str, *, by: str = CLAIRE) -> str:
        self.clock.move(timedelta(seconds=10))
        body = LogMotive(contact=contact, motive="41", outcome=Outcome.DEALT_WITH, service="imagerie")
        made = CommandEnvelope(id=TimeOrderedMint().new_id(), made_at=self.clock.now(), author=by, body=body)
        self.outbox.add(made)
        return made.id

    def settle(self, command: str, refusal: str = "") -> None:
        self.clock.move(timedelta(seconds=10))
        self.outbox.settle([Settlement(id=command, epoch="e", position=1, refusal=refusal)])

    def refused(self) -> list[str]:
        return [one.command for one in self.outbox.sendings(CLAIRE) if one.refusal]

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def refused(desk: Desk) -> str:
    """Claire's save, which the server refused and she could read so."""
    command = desk.save(ONE)
    desk.settle(command, "promise_past")
    assert desk.refused() == [command]
    return command


def test_a_refused_save_made_again_is_no_more_to_be_read_once_that_is_settled(
    desk: Desk, refused: str
) -> None:
    again = desk.save(ONE)
    assert desk.refused() == [refused]
    desk.settle(again)
    assert desk.refused() == []


@pytest.mark.usefixtures("refused")
def test_one_refused_again_is_read_and_the_first_too(desk: Desk, refused: str) -> None:
    again = desk.save(ONE)
    desk.settle(again, "promise_past")
    assert desk.refused() == [refused, again]


@pytest.mark.parametrize(("contact", "author"), [(OTHER, CLAIRE), (ONE, AMINA)])
def test_another_contact_or_another_author_answers_for_nothing(
    desk: Desk, refused: str, contact: str, author: str
) -> None:
    desk.settle(desk.save(contact, by=author))
    assert desk.refused() == [refused]


def test_what_was_saved_before_the_refusal_was_known_is_no_answer_to_it(desk: Desk) -> None:
    first, second = desk.save(ONE), desk.save(ONE)
    desk.settle(first, "promise_past")
    desk.settle(second)
    assert desk.refused() == [first]
