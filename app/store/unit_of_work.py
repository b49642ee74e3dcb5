"""What a use case sees: the rows it may read by their ids, and where it records facts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.domain.erasure_facts import ErasedBody
from app.domain.errors import Refusal
from app.domain.facts import AnyFact, PersonEntered
from app.domain.opening import Place
from app.domain.words import Channel
from app.store import journal, tables
from app.store.horizon import has_business
from app.store.leases import DUE_WORK
from app.store.opening import place_of
from app.store.prepared import Prepared
from app.store.refusals import read_stop_marks
from app.store.rows import Rows


class UnitOfWork:
    """One command's work on one establishment's rows.

    `is_authority` is true on the server alone: there a missing row is a refusal and searching
    is allowed; a desk runs the commands of ON_DESK on what it holds (sync rule 1).
    """

    def __init__(
        self,
        rows: Rows,
        connection: sa.Connection,
        establishment: str,
        *,
        command_id: str,
        author: str,
        now: datetime,
        is_authority: bool,
        clock_error: timedelta = timedelta(0),
    ) -> None:
        self._rows = rows
        self._connection = connection
        self.establishment = establishment
        self.command_id = command_id
        self.author = author
        self.now = now
        self.is_authority = is_authority
        self.clock_error = clock_error
        self.facts: list[AnyFact] = []
        self.persons: set[str] = set()
        self.services: set[str] = set()
        self.extensions: set[str] = set()
        self.is_for_all = False
        self.left_out: Refusal | None = None

    def leave_out(self, part: Refusal) -> None:
        """Say which part of the command a rule refuses; the rest is done all the same."""
        self.left_out = self.left_out or part

    def record(self, fact: AnyFact) -> None:
        """Say what happened."""
        self.facts.append(fact)

    def find(self, table: sa.Table, **key: Any) -> Any | None:
        """One row by its key."""
        return self._rows.get(table, **key)

    @property
    def place(self) -> Place:
        """Where the establishment stands: its days and hours are those of its own clock."""
        return place_of(self.find(tables.place))

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.place.clock).date()

    def resolve(self, identifier: str) -> str:
        """The thing an id stands for now (sync rule 2): what was joined may be joined again."""
        for _ in range(_MOST_JOINS):
            row = self.find(tables.superseded, old=identifier)
            if row is None:
                break
            identifier = row.new
        return identifier

    def concerns(self, contact: Any | None = None, *, service: str = "", extension: str = "") -> None:
        """Say whose desks must see the entry: a contact's person, service and extension."""
        self.services.update(filter(None, [service]))
        self.extensions.update(filter(None, [extension]))
        if contact is not None:
            self.persons.update(filter(None, [contact.person]))
            self.services.update(filter(None, [contact.service, self._service_of_queue(contact.queue)]))
            self.extensions.update(filter(None, [contact.extension]))

    def concerns_all(self) -> None:
        """Say that every desk of the establishment must see the entry: nothing in it is of a person."""
        self.is_for_all = True

    def rows_of(self, statement: Prepared, **bound: Any) -> list[Any]:
        """What a statement of the use case's own finds in this establishment."""
        return statement.all(self._connection, establishment=self.establishment, **bound)

    def services_of(self, contact: Any) -> set[str]:
        """Whose desks hold a contact: its service, its queue's, and that of the seat where it is."""
        of_seat = self.service_at(contact.extension)
        return set(filter(None, [contact.service, self._service_of_queue(contact.queue), of_seat]))

    def _service_of_queue(self, queue: str) -> str:
        """A call stays its queue's whatever service it is logged for."""
        row = self.find(tables.queue, id=queue) if queue else None
        return "" if row is None else row.service

    def enter_scope(self, persons: Iterable[str], service: str) -> None:
        """These persons are now the service's; nothing to do where they already are."""
        if not (self.is_authority and service):
            return
        for person in persons:
            if self.find(tables.person_scope, person=person, service=service) is None:
                for each in self.ids_of(person):
                    self.record(PersonEntered(person=each, service=service))

    def has_business(self, person: str, service: str, *, besides: str = "") -> bool:
        """Whether the horizon says that the service's desks hold this person now (rules R24)."""
        return has_business(
            self._connection, self.establishment, person, service, now=self.now, besides=besides
        )

    def kept(self, person: str) -> str:
        """The person whom this one was merged into, or the same."""
        row = self.find(tables.person, id=person)
        return person if row is None or row.same_as is None else row.same_as

    def ids_of(self, person: str) -> tuple[str, ...]:
        """Every id of one human: the one kept, then those merged into it."""
        kept = self.kept(person)
        bound = {"establishment": self.establishment, "person": kept}
        return kept, *(row.id for row in _MERGED.all(self._connection, **bound))

    def persons_of_number(self, number: str) -> tuple[str, ...]:
        """Who may be calling from an E.164 number, on the server."""
        if not (self.is_authority and number):
            return ()
        bound = {"establishment": self.establishment, "number": number}
        return tuple(row.person for row in _PERSONS_OF_NUMBER.all(self._connection, **bound))

    def stops_of_number(self, number: str) -> list[tuple[Channel, datetime]]:
        """The channels on which a number said STOP and when, also while it was nobody's, on the server."""
        is_known = self.is_authority and number != ""
        return read_stop_marks(self._connection, self.establishment, number) if is_known else []

    def agent_at(self, extension: str) -> Any | None:
        """Who sits at an extension."""
        bound = {"establishment": self.establishment, "extension": extension}
        return _AGENT_AT.first(self._connection, **bound)

    def line_of(self, extension: str) -> str:
        """The line that an extension's phone is on: that of its queues, else the only one there is."""
        bound = {"establishment": self.establishment, "extension": extension}
        row = _LINE_OF.first(self._connection, **bound)
        lines = [row] if row is not None else _LINES.all(self._connection, establishment=self.establishment)
        return lines[0].line if len(lines) == 1 else ""

    def service_at(self, extension: str) -> str:
        """The service of whoever sits at an extension; empty when nobody does."""
        seat = self.agent_at(extension) if self.is_authority and extension else None
        return "" if seat is None else seat.service

    def service_of(self, agent: str) -> str:
        """The service in which somebody sits, by login; empty of whoever is no agent."""
        seat = self.find(tables.agent, id=agent)
        return "" if seat is None else seat.service

    def contacts_of(self, person: str) -> list[str]:
        """Every contact of a person."""
        bound = {"establishment": self.establishment, "person": person}
        return [row.contact for row in _CONTACTS_OF.all(self._connection, **bound)]

    def promises_at(self, contact: str) -> list[str]:
        """Every promise made at a contact, whatever became of it."""
        bound = {"establishment": self.establishment, "contact": contact}
        return [row.id for row in _PROMISES_AT.all(self._connection, **bound)]

    def messages_at(self, contacts: Iterable[str]) -> list[str]:
        """Every message to call back that was left at these contacts, also before anybody was identified."""
        return self._at(_MESSAGES_AT, contacts)

    def line_acts_at(self, contacts: Iterable[str]) -> list[str]:
        """Whatever was asked of an exchange about these contacts: a number may be in it."""
        return self._at(_LINE_ACTS_AT, contacts)

    def _at(self, statement: Prepared, contacts: Iterable[str]) -> list[str]:
        bound = [{"establishment": self.establishment, "contact": contact} for contact in contacts]
        return [row.id for each in bound for row in statement.all(self._connection, **each)]

    def bodies_about(self, subjects: Iterable[str]) -> list[ErasedBody]:
        """The bodies of the journal that are about these persons and contacts."""
        return journal.find_bodies(self._connection, self.establishment, subjects)

    def commitments_of(self, contact: str, *, log: str) -> list[Any]:
        """The promises that one save of a contact made and that still stand."""
        bound = {"establishment": self.establishment, "contact": contact, "log": log}
        return _COMMITMENTS_OF.all(self._connection, **bound)

    def open_commitment_of(self, person: str | None, *, case: str | None, channel: str) -> Any | None:
        """The promise that already stands for this human's demand on this channel, on the server."""
        if not self.is_authority or person is None or case is None:
            return None
        bound = {"establishment": self.establishment, "case": case, "channel": channel}
        rows = (_OPEN_COMMITMENT.first(self._connection, person=one, **bound) for one in self.ids_of(person))
        return next(filter(None, rows), None)

    def commitments_kept_by(self, act: str) -> list[Any]:
        """The promises whose last act is this command."""
        acts = _ACTS_OF.all(self._connection, establishment=self.establishment, act=act)
        found = (self.find(tables.commitment, id=row.commitment) for row in acts)
        return [row for row in found if row is not None and row.last_act == act]

    def attempts_of(self, commitment: str) -> list[datetime]:
        """When a promise was tried in vain."""
        rows = _ATTEMPTS.all(self._connection, establishment=self.establishment, commitment=commitment)
        return [row.at for row in rows]

    def is_joined(self, case: str, *, besides: str) -> bool:
        """Whether a demand holds a contact besides that one."""
        bound = {"establishment": self.establishment, "case": case, "contact": besides}
        return _JOINED.first(self._connection, **bound) is not None

    def open_case_of(self, person: str, motive: str) -> Any | None:
        """The demand already open for this human and motive, on the server."""
        if not self.is_authority:
            return None
        bound = {"establishment": self.establishment, "motive": motive}
        known = [
            row
            for each in self.ids_of(person)
            for row in _KNOWN_CASES.all(self._connection, person=each, **bound)
        ]
        stand_for = (
            row if row.state == "open" else self.find(tables.case, id=self.resolve(row.id)) for row in known
        )
        return next((row for row in stand_for if row is not None and row.state == "open"), None)


def _ids_at(table: sa.Table) -> Prepared:
    """What of a table was made at a contact."""
    at = (table.c.establishment == sa.bindparam("establishment"), table.c.contact == sa.bindparam("contact"))
    return Prepared(sa.select(table.c.id).where(*at))


_PERSONS_OF_NUMBER = Prepared(
    sa.select(tables.person_number.c.person)
    .where(
        tables.person_number.c.establishment == sa.bindparam("establishment"),
        tables.person_number.c.number == sa.bindparam("number"),
        tables.person_number.c.until == "",
    )
    .order_by(tables.person_number.c.person)
    .limit(20)
)
_AGENT_AT = Prepared(
    sa.select(tables.agent).where(
        tables.agent.c.establishment == sa.bindparam("establishment"),
        tables.agent.c.extension == sa.bindparam("extension"),
    )
)
_LINE_OF = Prepared(
    sa.select(tables.agent_state.c.line).where(
        tables.agent_state.c.establishment == sa.bindparam("establishment"),
        tables.agent_state.c.extension == sa.bindparam("extension"),
        tables.agent_state.c.line != "",
    )
)
_LINES = Prepared(
    sa.select(tables.lease.c.name.label("line")).where(
        tables.lease.c.establishment == sa.bindparam("establishment"), tables.lease.c.name != DUE_WORK
    )
)
_COMMITMENTS_OF = Prepared(
    sa.select(tables.commitment).where(
        tables.commitment.c.establishment == sa.bindparam("establishment"),
        tables.commitment.c.contact == sa.bindparam("contact"),
        tables.commitment.c.log == sa.bindparam("log"),
        tables.commitment.c.state.in_([sa.literal_column("'open'"), sa.literal_column("'postponed'")]),
    )
)
_PROMISES_AT, _MESSAGES_AT, _LINE_ACTS_AT = map(
    _ids_at, (tables.commitment, tables.call_back_note, tables.line_act)
)
_CONTACTS_OF = Prepared(
    sa.select(tables.timeline.c.contact).where(
        tables.timeline.c.establishment == sa.bindparam("establishment"),
        tables.timeline.c.person == sa.bindparam("person"),
    )
)
_MERGED = Prepared(
    sa.select(tables.person.c.id).where(
        tables.person.c.establishment == sa.bindparam("establishment"),
        tables.person.c.same_as == sa.bindparam("person"),
    )
)
_OPEN_COMMITMENT = Prepared(
    sa.select(tables.commitment)
    .where(
        tables.commitment.c.establishment == sa.bindparam("establishment"),
        tables.commitment.c.person == sa.bindparam("person"),
        tables.commitment.c.case_id == sa.bindparam("case"),
        tables.commitment.c.channel == sa.bindparam("channel"),
        tables.commitment.c.state.in_([sa.literal_column("'open'"), sa.literal_column("'postponed'")]),
    )
    .order_by(tables.commitment.c.made_at, tables.commitment.c.id)
)
_ACTS_OF = Prepared(
    sa.select(tables.commitment_act.c.commitment).where(
        tables.commitment_act.c.establishment == sa.bindparam("establishment"),
        tables.commitment_act.c.id == sa.bindparam("act"),
    )
)
_ATTEMPTS = Prepared(
    sa.select(tables.commitment_act.c.at).where(
        tables.commitment_act.c.establishment == sa.bindparam("establishment"),
        tables.commitment_act.c.commitment == sa.bindparam("commitment"),
        tables.commitment_act.c.act == sa.literal_column("'tried'"),
        tables.commitment_act.c.withdrawn_at.is_(None),
    )
)
_JOINED = Prepared(
    sa.select(tables.contact.c.id)
    .where(
        tables.contact.c.establishment == sa.bindparam("establishment"),
        tables.contact.c.case_id == sa.bindparam("case"),
        tables.contact.c.id != sa.bindparam("contact"),
    )
    .limit(1)
)
_MOST_JOINS = 20
_KNOWN_CASES = Prepared(
    sa.select(tables.case)
    .where(
        tables.case.c.establishment == sa.bindparam("establishment"),
        tables.case.c.person == sa.bindparam("person"),
        tables.case.c.motive == sa.bindparam("motive"),
        tables.case.c.state.in_([sa.literal_column("'open'"), sa.literal_column("'joined'")]),
    )
    .order_by(tables.case.c.state.desc(), tables.case.c.opened_at, tables.case.c.id)
)
