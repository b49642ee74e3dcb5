"""A save undone gives a contact back to the service it was taken from, at desks that hold it no more too."""

from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.commands import LogMotive, NoteContact, WithdrawMotive
from app.domain.words import Channel, Outcome
from tests.sync.test_promises_moved import BRUNOS, Town

THEIRS = "pediatrie"


@pytest.fixture
def town(tmp_path: Path) -> Generator[Town]:
    made = Town(tmp_path)
    yield made
    made.close()


def test_a_desk_that_began_since_is_given_back_what_a_save_had_taken(town: Town) -> None:
    chloe, contact = town.seats[2], town.mint.new_id()
    happened_at = town.hospital.clock.now()
    chloe.submit(NoteContact(contact=contact, channel=Channel.DESK, service=THEIRS, happened_at=happened_at))
    town.sync()
    log = LogMotive(contact=contact, motive="14", outcome=Outcome.DEALT_WITH, service=BRUNOS)
    act = chloe.submit(log)
    town.sync()
    chloe.rebuild()
    assert chloe.contact(contact) is None
    assert not town.hospital.tell(WithdrawMotive(contact=contact, log=act), town.mint.new_id()).refusal
    town.sync()
    held = chloe.contact(contact)
    assert held is not None
    assert (held.service, held.motive) == (THEIRS, "")
