"""A console that says « done » though its full disk took nothing: the runs must find it out."""

from contextlib import suppress

from app.domain.commands import CommandEnvelope
from sync.client.files import DAMAGE
from sync.client.outbox import Outbox
from tests.faults.console import main

_add = Outbox.add


def _add_if_it_can(self: Outbox, envelope: CommandEnvelope) -> None:
    with suppress(*DAMAGE):
        _add(self, envelope)


if __name__ == "__main__":
    Outbox.add = _add_if_it_can
    main()
