"""A desk in a session with a keyring: saves, changes the key of its files if asked, prints what it has."""

import sys
from pathlib import Path

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from sync.client.credentials import NoKeyring, SystemKeyring
from sync.client.files import DeskFiles
from sync.client.outbox import Outbox
from tests.sync.hospital import OPENING

DESK = "chsa"


def main(folder: Path, act: str) -> None:
    """Print the key in use, then the id of everything unsent."""
    keys = SystemKeyring()
    try:
        files = DeskFiles(folder, keys.key_of(DESK), AnchoredClock(OPENING), ring=keys.ring_of(DESK))
    except NoKeyring:
        print("no keyring")
        return
    engine = files.open_desk()
    outbox = Outbox(engine, AnchoredClock(OPENING))
    note = NoteContact(
        contact=TimeOrderedMint().new_id(), channel=Channel.DESK, service="imagerie", happened_at=OPENING
    )
    outbox.add(CommandEnvelope(id=TimeOrderedMint().new_id(), made_at=OPENING, author="amina", body=note))
    if act == "rekey":
        files.rekey(OPENING, asked_at=OPENING)
    print(keys.key_of(DESK).hex(), *(message.id for message in outbox.to_send()), sep="\n")
    engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
