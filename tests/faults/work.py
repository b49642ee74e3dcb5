"""What somebody does all day at a console without a window, drawn from a seed, and told before and after."""

import os
import random
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    Commit,
    KeepCommitment,
    LeaveMessage,
    LogMotive,
    NoteContact,
    OpenPerson,
    Promise,
    TakeCommitment,
    WithdrawMotive,
)
from app.domain.errors import Refusal
from app.domain.words import Channel, Outcome, Reach
from app.ports import Clock, Mint
from app.store import tables
from sync.client.console import Console
from sync.client.files import DAMAGE
from tests.faults.told import Acknowledged, Failed, Invoked, Refused, Told, Wrong, encode
from tests.sync.hospital import NUMBERS, PERSONS
from tests.sync.schedules import STATES
from tests.sync.schedules.stage import undone_by

RECIPIENT = "poste-essai"
"""For whom messages are left."""
PROMISED = "Rappel promis demain"
"""What a save says that comes with a promise: one entry tells both."""
ANSWER_S = 30.0
T = TypeVar("T")


def tell(what: Told) -> None:
    """In the pipe, which outlives this process, before anything else is done."""
    os.write(1, encode(what) + b"\n")


class Work:
    """One life of a console: each `act` saves something, and looks at what is shown."""

    def __init__(self, console: Console, chance: random.Random, clock: Clock, mint: Mint) -> None:
        self._console = console
        self._chance = chance
        self._clock = clock
        self._mint = mint
        self._count = 0
        self._last_log: tuple[str, str] | None = None
        self._promised: list[str] = []
        self._seen: dict[str, str] = {}

    def act(self) -> None:
        """One save, and what is shown of it."""
        make = self._chance.choices(*zip(*_ACTS.items(), strict=True))[0]
        command = make(self)
        if command is not None:
            self._save(command)
        self._look_at_calls()
        self._look_for_halves()
        self._look_for_a_caller()

    def _save(self, command: AnyCommand) -> None:
        self._count += 1
        own = _own(command)
        kind, undoes = type(command).__name__, undone_by(command)
        tell(Invoked(n=self._count, kind=kind, own=own, undoes=undoes))
        try:
            command_id = self._console.submit(command).result(ANSWER_S)
        except Refusal as no:
            # The server may have run what it could not be heard answering.
            unknown = no.code == "needs_server"
            tell(Failed(n=self._count, why=no.code) if unknown else Refused(n=self._count, code=no.code))
            return
        except (*DAMAGE, TooLate) as error:
            tell(Failed(n=self._count, why=repr(error)))
            return
        tell(Acknowledged(n=self._count, id=command_id))
        self._keep_in_mind(command, command_id)

    def _keep_in_mind(self, command: AnyCommand, command_id: str) -> None:
        match command:
            case LogMotive():
                self._last_log = (command.contact, command_id)
                self._promised += [command.commitment.commitment] if command.commitment else []
            case Commit():
                self._promised.append(command.promise.commitment)
            case NoteContact() if self._ask(_contact(command.contact)) == []:
                tell(Wrong(what="unseen", detail=command.contact))
            case _:
                pass

    def _look_at_calls(self) -> None:
        for contact, state in self._ask(_states) or []:
            seen = self._seen.get(contact, "")
            if STATES.index(state) < STATES.index(seen):
                tell(Wrong(what="back", detail=f"{contact} from {seen} to {state}"))
            self._seen[contact] = state

    def _look_for_halves(self) -> None:
        for contact in self._ask(half_told) or []:
            tell(Wrong(what="half", detail=contact))

    def _look_for_a_caller(self) -> None:
        """The pop asks this of what is here, whatever the wire does."""
        try:
            self._console.persons_of_number(self._chance.choice(NUMBERS)).result(ANSWER_S)
        except DAMAGE:
            """It is built again; until then there is nothing to show."""
        except TooLate:
            tell(Wrong(what="answer", detail="nothing in time"))

    def _ask(self, query: Callable[[sa.Connection, str], T]) -> T | None:
        try:
            return self._console.ask(query).result(ANSWER_S)
        except DAMAGE:
            return None

    def note(self) -> AnyCommand | None:
        """Somebody came to the desk."""
        return NoteContact(
            contact=self._mint.new_id(),
            channel=Channel.DESK,
            service=self._chance.choice(self._console.session.services),
            person=self._chance.choice((*PERSONS[:4], None)),
            text="Passage à l’accueil",
            happened_at=self._clock.now(),
        )

    def log(self) -> AnyCommand | None:
        """One of the last contacts is qualified, with a promise or without."""
        contacts = self._ask(_last_contacts)
        if not contacts:
            return None
        promise = self._promise() if self._chance.random() < 0.5 else None
        return LogMotive(
            contact=self._chance.choice(contacts),
            motive="11",
            outcome=self._chance.choice(list(Outcome)),
            service=self._chance.choice(self._console.session.services),
            note="Rappeler demain" if promise is None else PROMISED,
            commitment=promise,
        )

    def commit(self) -> AnyCommand | None:
        """A promise."""
        service = self._chance.choice(self._console.session.services)
        return Commit(promise=self._promise(), service=service, person=self._chance.choice(PERSONS[:4]))

    def keep(self) -> AnyCommand | None:
        """A promise is kept."""
        if not self._promised:
            return None
        return KeepCommitment(commitment=self._promised.pop(), how=self._chance.choice(list(Reach)))

    def take(self) -> AnyCommand | None:
        """A promise is taken, which only the server allows."""
        return TakeCommitment(commitment=self._promised[-1]) if self._promised else None

    def withdraw(self) -> AnyCommand | None:
        """« Annuler »."""
        if self._last_log is None:
            return None
        contact, log = self._last_log
        self._last_log = None
        return WithdrawMotive(contact=contact, log=log)

    def read(self) -> AnyCommand | None:
        """A record is opened."""
        return OpenPerson(person=self._chance.choice(PERSONS[:4]), reason="rappel")

    def leave_message(self) -> AnyCommand | None:
        """« Merci de rappeler »."""
        later = self._clock.now() + timedelta(hours=4)
        return LeaveMessage(
            message=self._mint.new_id(), recipient=RECIPIENT, text="Merci de rappeler", due_at=later
        )

    def _promise(self) -> Promise:
        due_at = self._clock.now() + timedelta(days=1)
        return Promise(commitment=self._mint.new_id(), due_at=due_at, owner="x")


_ACTS: dict[Callable[[Work], AnyCommand | None], int] = {
    Work.note: 8,
    Work.log: 6,
    Work.commit: 2,
    Work.keep: 3,
    Work.take: 1,
    Work.withdraw: 2,
    Work.read: 1,
    Work.leave_message: 3,
}


def _own(command: AnyCommand) -> str:
    """The id of what a command makes."""
    match command:
        case NoteContact():
            return command.contact
        case Commit():
            return command.promise.commitment
        case LeaveMessage():
            return command.message
        case _:
            return ""


def _contact(contact: str) -> Callable[[sa.Connection, str], list[Any]]:
    def read(connection: sa.Connection, establishment: str) -> list[Any]:
        chosen = sa.select(tables.contact.c.id).filter_by(establishment=establishment, id=contact)
        return list(connection.execute(chosen).scalars())

    return read


def half_told(connection: sa.Connection, establishment: str) -> list[str]:
    """The persons' contacts whose save is here without the promise that the same entry tells.

    What concerns nobody yet is told by services, and a promise may be another one's.
    """
    contact, made = tables.contact.c, tables.commitment.c
    promise = sa.exists().where(made.establishment == contact.establishment, made.contact == contact.id)
    told = sa.select(contact.id).where(
        contact.establishment == establishment, contact.note == PROMISED, contact.person.is_not(None)
    )
    return list(connection.execute(told.where(~promise)).scalars())


def _last_contacts(connection: sa.Connection, establishment: str) -> list[str]:
    row = tables.contact.c
    chosen = sa.select(row.id).where(row.establishment == establishment).order_by(row.at.desc()).limit(8)
    return list(connection.execute(chosen).scalars())


def _states(connection: sa.Connection, establishment: str) -> list[tuple[str, str]]:
    row = tables.contact.c
    calls = sa.select(row.id, row.state).where(
        row.establishment == establishment, row.channel == Channel.PHONE.value
    )
    return [(one.id, one.state) for one in connection.execute(calls.order_by(row.at.desc()).limit(20))]
