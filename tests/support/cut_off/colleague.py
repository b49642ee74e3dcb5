"""Whoever has the server all day: a console without a window, which qualifies and takes calls."""

import random
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.domain.commands import LogMotive
from app.domain.facts import AnyFact
from app.domain.words import Outcome
from app.store import journal, tables
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.credentials import Throwaway
from sync.client.link import LinkState
from ui.demonstration import DEMO_PASSWORD
from ui.story.hospital import Hospital

SOON_S = 40.0
EXTENSION, QUEUE, SERVICE = "4102", "secretariat-orthopedie", "orthopedie"
CALLER = "0639984129"


class Colleague:
    """Signed in and up to date; each act returns when the server has it."""

    def __init__(self, address: str, folder: Path, login: str, *, now: datetime) -> None:
        self.clock = AnchoredClock(now)
        self.keys = Throwaway()
        self._heard = threading.Condition()
        self._is_online = False
        self._settled: set[str] = set()
        self.console = Console(
            address,
            folder,
            keys=self.keys,
            clock=self.clock,
            mint=TimeOrderedMint(),
            chance=random.SystemRandom(),
            on_changes=self._hear,
            on_link=self._hear_link,
        )
        self.console.sign_in(login, DEMO_PASSWORD)
        self.console.start()

    def until_whole(self) -> None:
        """The whole scope is here."""
        with self._heard:
            assert self._heard.wait_for(lambda: self._is_online, SOON_S), "never online"

    def until_known(self, contacts: Iterable[str]) -> None:
        """These contacts are here too."""
        wanted = set(contacts)
        with self._heard:
            assert self._heard.wait_for(lambda: wanted <= self._contacts(), SOON_S), "never heard of"

    def qualify(self, contact: str, *, motive: str, note: str = "") -> None:
        """As one who has seen no save there."""
        sent = self.console.submit(
            LogMotive(
                contact=contact,
                motive=motive,
                outcome=Outcome.DEALT_WITH,
                service=SERVICE,
                note=note,
                over=None,
            )
        ).result(SOON_S)
        with self._heard:
            assert self._heard.wait_for(lambda: sent in self._settled, SOON_S), "never settled"

    def take_a_call(self, hospital: Hospital) -> None:
        """One that the exchange tells: answered, qualified, over."""
        contact = hospital.play("ring", number=CALLER, queue=QUEUE, extension=EXTENSION)
        hospital.play("answer", contact=contact, extension=EXTENSION)
        hospital.play("hang_up", contact=contact)
        self.qualify(contact, motive="54")

    def _contacts(self) -> set[str]:
        return self.console.ask(_contacts).result(SOON_S)

    def _hear(self, changes: Changes) -> None:
        with self._heard:
            self._settled.update(changes.settled)
            self._heard.notify_all()

    def _hear_link(self, state: LinkState) -> None:
        with self._heard:
            self._is_online = state.is_online
            self._heard.notify_all()


def _contacts(connection: sa.Connection, establishment: str) -> set[str]:
    chosen = sa.select(tables.contact.c.id).filter_by(establishment=establishment)
    return set(connection.execute(chosen).scalars())


def facts_of(engine: sa.Engine, establishment: str) -> list[AnyFact]:
    """What the journal tells: a day's, as the house was laid without it."""
    with engine.connect() as connection:
        entries = journal.read_entries(connection, establishment, after=0, most=100_000)
        return [fact for entry in entries for fact in entry.facts]
