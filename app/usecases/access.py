"""Break-glass: a record opened for a reason and for a while, and closed when that is over."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.domain.access import OPEN_FOR, is_reason, own_scope
from app.domain.access_facts import GlassBroken, GlassClosed
from app.domain.commands import BreakGlass, CloseGlass
from app.domain.errors import Refusal
from app.domain.facts import PersonLeft
from app.domain.names import compact
from app.store import tables
from app.store.prepared import Prepared, Row, given
from app.store.unit_of_work import UnitOfWork


def break_glass(command: BreakGlass, uow: UnitOfWork) -> None:
    """Let its author alone hold a person for a while; who asks for nobody we know learns no more."""
    if not is_reason(command.reason):
        raise Refusal("reason_required", "reason")
    person = uow.kept(_person_asked(command, uow))
    row = uow.find(tables.person, id=person)
    if row is None:
        raise Refusal("unknown_person", "person")
    uow.record(
        GlassBroken(
            glass=command.glass,
            person=person,
            reason=command.reason.strip(),
            is_protected=bool(row.protection),
            contact=command.contact,
            by=uow.author,
            broken_at=uow.now,
            until=uow.now + OPEN_FOR,
        )
    )
    uow.enter_scope([person], own_scope(uow.author))


def close_glass(command: CloseGlass, uow: UnitOfWork) -> None:
    """End one whose time is over, or as soon as its author needs it no more.

    The person leaves unless the author opened another meanwhile.
    """
    glass = uow.find(tables.glass, id=command.glass)
    if glass is None or glass.closed_at is not None:
        return
    if glass.until > uow.now and glass.by != uow.author:
        return
    uow.record(GlassClosed(glass=glass.id, by=glass.by, closed_at=uow.now))
    if any(glass.id != other.id for other in _still_open(glass, uow)):
        return
    scope = own_scope(glass.by)
    for each in uow.ids_of(glass.person):
        if uow.find(tables.person_scope, person=each, service=scope) is not None:
            uow.record(PersonLeft(person=each, service=scope))


def _still_open(glass: Row, uow: UnitOfWork) -> Iterator[Row]:
    for row in uow.rows_of(_OF_PERSON, person=glass.person):
        if row.by == glass.by and row.closed_at is None:
            yield row


def _person_asked(command: BreakGlass, uow: UnitOfWork) -> str:
    """The person named by id, or else by all the strict traits: a part of them opens nothing."""
    if command.person is not None:
        return command.person
    asked = _names(command)
    if not (all(asked) and command.birth_date):
        raise Refusal("traits_required", "birth_name")
    born = uow.rows_of(_BORN_ON, birth_date=command.birth_date)
    found = {uow.kept(row.id) for row in born if _names(row) == asked}
    if len(found) > 1:
        raise Refusal("several_persons", "birth_name")
    if not found:
        raise Refusal("unknown_person", "person")
    return found.pop()


def _names(said: BreakGlass | Row) -> tuple[str, str]:
    return compact(said.birth_name), compact(said.first_given_name)


_p, _g = tables.person.c, tables.glass.c
_BORN_ON = Prepared(
    sa.select(_p.id, _p.birth_name, _p.first_given_name).where(
        _p.establishment == given("establishment"), _p.birth_date == given("birth_date")
    )
)
_OF_PERSON = Prepared(
    sa.select(_g.id, _g.by, _g.closed_at).where(
        _g.establishment == given("establishment"), _g.person == given("person")
    )
)
STATEMENTS = (_BORN_ON, _OF_PERSON)
"""For the test that keeps them free of scans."""
