"""A small hospital laid straight into the tables, and one hand to run commands in it."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.clock import TimeOrderedMint
from app.dispatch import Settled, run_command
from app.domain.commands import AnyCommand, CommandEnvelope, RegisterCall, RegisterEnd, RegisterRing
from app.domain.facts import AnyFact
from app.domain.ids import Id, derived_id
from app.domain.words import Ending, Protection
from app.store import journal, tables
from app.store.engine import writing
from app.store.journal import Entry
from app.store.person_forms import form_rows

MORNING = datetime(2026, 11, 24, 9, 26, tzinfo=UTC)
MARTINE, PAUL, JEANNE, SECRET = (derived_id("test person", name) for name in ("m", "p", "j", "s"))
MARTINES_NUMBER, SHARED_NUMBER, SECRETS_NUMBER = "+33639980001", "+33639980002", "+33639980003"
QUEUE, OTHER_QUEUE = "secretariat-orthopedie", "standard-principal"
_persons = {
    MARTINE: ("DUBREUIL", "Martine", Protection.NONE),
    PAUL: ("DUBREUIL", "Paul", Protection.NONE),
    JEANNE: ("DUBREUIL", "Jeanne", Protection.NONE),
    SECRET: ("KERVELLA", "Anne", Protection.PROTECTED),
}
_numbers = (
    (MARTINES_NUMBER, MARTINE),
    (SHARED_NUMBER, PAUL),
    (SHARED_NUMBER, JEANNE),
    (SECRETS_NUMBER, SECRET),
)
_count = itertools.count(1)


class SteppedClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._now = MORNING
        self._is_shared = False

    def now(self) -> datetime:
        """The moment chosen."""
        return self._now

    def share(self) -> None:
        """Stand still for good: a server beside it has its own time, and other tests count on both."""
        self._is_shared = True

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        assert not self._is_shared, "what is moved ahead of a shared server is of its future, for every test"
        self._now += by


class Scene:
    """One establishment of its own: two services, their lines and desks, four persons."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.establishment = f"etab-{next(_count)}"
        self.clock = SteppedClock()
        self._in_vain = itertools.count()
        self._mint = TimeOrderedMint()
        with engine.begin() as connection:
            _lay_house(connection, self.establishment)

    def new_id(self) -> Id:
        """A fresh identifier."""
        return self._mint.new_id()

    def envelope(self, body: AnyCommand, *, author: str = "c.morvan", command_id: Id = "") -> CommandEnvelope:
        """A command as somebody sends it now."""
        return CommandEnvelope(
            id=command_id or self.new_id(), made_at=self.clock.now(), author=author, body=body
        )

    def run(self, body: AnyCommand, *, author: str = "c.morvan", command_id: Id = "") -> Settled:
        """Run a command through the store."""
        sent = self.envelope(body, author=author, command_id=command_id)
        return run_command(self.engine, self.establishment, sent, desk=author, clock=self.clock)

    def ring(
        self,
        number: str = MARTINES_NUMBER,
        *,
        queue: str = QUEUE,
        extension: str = "4101",
        at: datetime | None = None,
    ) -> Id:
        """A call arrives and rings at a desk, now or at that moment; the contact's id."""
        contact, at = self.new_id(), at or self.clock.now()
        call = RegisterCall(contact=contact, queue=queue, number_raw=number, arrived_at=at)
        self.run(call, author="line:test")
        if extension:
            ring = RegisterRing(contact=contact, extension=extension, at=at)
            self.run(ring, author="line:test")
        return contact

    def ring_in_vain(self, number: str, *, queue: str = QUEUE, extension: str = "4101") -> Id:
        """A call of the hour before, over and not answered; each is a second later than the one before."""
        at = self.clock.now() - timedelta(hours=1) + timedelta(seconds=next(self._in_vain))
        contact = self.ring(number, queue=queue, extension=extension, at=at)
        self.run(RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=at), author="line:test")
        return contact

    def new_person(self, birth_name: str) -> Id:
        """One more person, whom no other test knows."""
        person = self.new_id()
        row = {"establishment": self.establishment, "id": person, "birth_name": birth_name}
        with self.engine.begin() as connection:
            connection.execute(sa.insert(tables.person).values(row))
        return person

    def lift(self, person: Id) -> None:
        """Open a record here for a while, as a desk's replica holds one opened by break-glass."""
        until = {"lifted_until": self.clock.now() + timedelta(minutes=30)}
        with writing(self.engine) as connection:
            chosen = sa.update(tables.person).filter_by(establishment=self.establishment, id=person)
            connection.execute(chosen.values(until))

    def entry(self, settled: Settled) -> Entry:
        """The journal entry that a command left."""
        with self.engine.connect() as connection:
            (found,) = journal.read_entries(
                connection, self.establishment, after=settled.position - 1, most=1
            )
        return found

    def facts(self, settled: Settled) -> tuple[AnyFact, ...]:
        """What a command made known."""
        return self.entry(settled).facts

    def find(self, table: sa.Table, **key: Any) -> sa.Row[Any] | None:
        """One row."""
        with self.engine.connect() as connection:
            chosen = sa.select(table).filter_by(establishment=self.establishment, **key)
            return connection.execute(chosen).one_or_none()

    def get(self, table: sa.Table, **key: Any) -> sa.Row[Any]:
        """One row that must be there."""
        row = self.find(table, **key)
        assert row is not None
        return row

    def rows(self, table: sa.Table) -> list[sa.Row[Any]]:
        """Every row of the establishment."""
        with self.engine.connect() as connection:
            chosen = sa.select(table).filter_by(establishment=self.establishment)
            return list(connection.execute(chosen))

    def count(self, table: sa.Table, **key: Any) -> int:
        """How many rows."""
        with self.engine.connect() as connection:
            chosen = sa.select(sa.func.count()).select_from(table)
            return connection.execute(chosen.filter_by(establishment=self.establishment, **key)).scalar_one()


def _lay_house(connection: sa.Connection, establishment: str) -> None:
    def lay(table: sa.Table, **values: Any) -> None:
        connection.execute(sa.insert(table).values(establishment=establishment, **values))

    for service, name in (("orthopedie", "Orthopédie"), ("standard", "Standard")):
        lay(tables.service, id=service, name=name, short_name=name)
    lay(tables.queue, id=QUEUE, name="Secrétariat orthopédie", service="orthopedie")
    lay(tables.queue, id=OTHER_QUEUE, name="Standard", service="standard")
    lay(tables.agent, id="c.morvan", name="Claire Morvan", service="orthopedie", extension="4101")
    lay(tables.agent, id="h.lambert", name="Hugo Lambert", service="standard", extension="4001")
    for person, (name, given, protection) in _persons.items():
        row = {"id": person, "birth_name": name, "first_given_name": given}
        lay(tables.person, **row, protection=protection.value)
        for form in form_rows(row):
            lay(tables.person_form, **form)
    for number, person in _numbers:
        lay(tables.person_number, number=number, person=person)
    for name, value in (("name", "Centre hospitalier d’essai"), ("short_name", "CH"), ("epoch", "epoch-1")):
        lay(tables.house_fact, name=name, value=value)
