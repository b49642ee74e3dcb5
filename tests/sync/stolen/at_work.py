"""A desk at work until it is killed: signs in, follows, saves, leaves a draft, goes on without a server."""

import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import LeaveMessage, LogMotive, NoteContact, Promise
from app.domain.words import Channel, Outcome
from app.logs import log, set_up_logs
from app.store import tables
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.link import LinkState
from tests.faults.console import GivenKey
from tests.server.serving import PASSWORD
from tests.support.scene import MARTINE, MORNING
from ui.viewmodels.own_settings import OwnSettings

NOTE, MESSAGE = "Redoute la prothèse de hanche", "Pense à la cortisone"
DRAFT = "Sa fille Éléonore : eleonore@courriel.example"
DEMAND, PROMISED = "Infiltration du genou gauche", "Rappelle pour la rééducation"
"""What is typed there, and nowhere else."""
PATIENCE_S = 20


class Given(msgspec.Struct, frozen=True):
    """Where the desk's files go, and what opens them: a keyring's or a phrase's key, never on the disk."""

    address: str
    folder: str
    login: str
    key: str


class Desk:
    """One life of it; `run` never ends by itself."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._mint = TimeOrderedMint()
        self._told = threading.Condition()
        self._link = LinkState()
        self._console = Console(
            given.address,
            Path(given.folder),
            keys=GivenKey(given.key),
            clock=AnchoredClock(MORNING),
            mint=self._mint,
            chance=random.Random(3),
            on_changes=_not_shown,
            on_link=self._hear,
        )

    def run(self) -> None:
        """Says what it came to, a word a line."""
        self._console.sign_in(self._given.login, PASSWORD)
        self._console.start()
        while not self._console.ask(_is_filled).result():
            threading.Event().wait(0.05)
        self._save()
        self._until(lambda: self._link.waiting == 0)
        print("sent", flush=True)
        sys.stdin.readline()
        self._until(lambda: not self._link.is_online)
        self._save()
        print("kept", flush=True)
        while True:
            log("desk").warning("at work")
            self._save()

    def _save(self) -> None:
        contact, unsaved = self._mint.new_id(), self._mint.new_id()
        self._console.save_draft(unsaved, DRAFT.encode()).result()
        for command in self._commands(contact):
            self._console.submit(command).result()

    def _commands(self, contact: str) -> tuple[NoteContact, LogMotive, LeaveMessage]:
        note = NoteContact(
            contact=contact,
            channel=Channel.DESK,
            service="orthopedie",
            text=NOTE,
            happened_at=MORNING,
            person=MARTINE,
        )
        promise = Promise(commitment=self._mint.new_id(), due_at=MORNING, what=PROMISED, owner="c.morvan")
        motive = LogMotive(
            contact=contact,
            motive="11",
            outcome=next(iter(Outcome)),
            service="orthopedie",
            case=self._mint.new_id(),
            case_title=DEMAND,
            commitment=promise,
        )
        message = LeaveMessage(
            message=self._mint.new_id(), recipient="standard", contact=contact, text=MESSAGE, due_at=MORNING
        )
        return note, motive, message

    def _until(self, is_so: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(is_so, PATIENCE_S)

    def _hear(self, link: LinkState) -> None:
        with self._told:
            self._link = link
            self._told.notify_all()


def _is_filled(connection: sa.Connection, _establishment: str) -> bool:
    return connection.execute(sa.select(tables.person.c.id).limit(1)).first() is not None


def _not_shown(_changes: Changes) -> None:
    """There is no window."""


if __name__ == "__main__":
    set_up_logs("INFO")
    # What is chosen at this desk is a file of the same disk.
    OwnSettings().choose_theme("dark")
    Desk(msgspec.json.decode(sys.argv[1], type=Given)).run()
