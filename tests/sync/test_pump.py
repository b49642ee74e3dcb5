"""The pump goes on by itself, whatever stopped it but a person's leave."""

import random
import threading
from collections.abc import Iterable

from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from sync.client.outbox_pump import OutboxPump
from sync.client.server import ServerLine
from sync.protocol.messages import CommandMessage, CommandState, to_message
from tests.sync.hospital import OPENING

NOTE = NoteContact(contact="n1", channel=Channel.DESK, service="imagerie", happened_at=OPENING)
SAVED = to_message(CommandEnvelope(id="c1", made_at=OPENING, author="amina", body=NOTE))


class TakingLine(ServerLine):
    """A wire whose other end takes whatever comes."""

    def send(self, commands: Iterable[CommandMessage], credential: str) -> list[CommandState]:
        return [CommandState(id=one.id, state="done", position=1, refusal="", field="") for one in commands]


class FullDesk:
    """A desk whose disk is full when the first answer comes."""

    def __init__(self) -> None:
        self.answers = 0
        self.kept = threading.Event()

    def take(self) -> list[CommandMessage]:
        return [] if self.kept.is_set() else [SAVED]

    def answered(self, states: list[CommandState]) -> None:
        self.answers += 1
        if self.answers == 1:
            raise OSError("disk full")
        self.kept.set()

    def credential(self) -> str:
        return "a desk's"

    def keep_credential(self, credential: str) -> None:
        raise AssertionError


def test_what_could_not_be_kept_for_want_of_room_is_sent_again_without_being_asked() -> None:
    desk = FullDesk()
    pump = OutboxPump(lambda: TakingLine("http://127.0.0.1:9"), desk, random.Random(1))
    thread = threading.Thread(target=pump.run)
    thread.start()
    pump.wake()
    is_kept = desk.kept.wait(20)
    pump.stop()
    thread.join(20)
    assert (is_kept, desk.answers, thread.is_alive()) == (True, 2, False)
