"""Whether somebody holds a contact: by its service or by its person, and never of whom they may not know."""

from collections.abc import Collection, Sequence

import msgspec
import sqlalchemy as sa

from app.domain.access import own_scope
from app.domain.ids import Id
from app.queries.kept_persons import IS_PROTECTED, person_of, with_person
from app.store import tables
from app.store.prepared import Prepared, given, in_slots, slots


class HeldContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that somebody holds, and whose it is as far as is known."""

    contact: Id
    person: Id | None = None
    has_voicemail: bool = False


def find_held(
    connection: sa.Connection,
    establishment: str,
    contact: Id,
    *,
    login: str,
    services: Collection[str],
    is_unaware: bool,
) -> HeldContact | None:
    """A contact, for who holds it (rules R5)."""
    row = _CONTACT.first(connection, establishment=establishment, contact=contact)
    if row is None:
        return None
    of = {row.recorded or "", row.person or ""}
    holders = _holders(connection, establishment, of, [own_scope(login), *services])
    is_opened = own_scope(login) in holders
    is_held = bool(holders) or not {row.service, row.queue_service}.isdisjoint(services)
    if not is_held or (row.is_protected and is_unaware and not is_opened):
        return None
    return HeldContact(contact=row.id, person=row.recorded, has_voicemail=row.voicemail_us is not None)


def _holders(
    connection: sa.Connection, establishment: str, persons: Collection[str], scopes: Sequence[str]
) -> set[str]:
    """Which of these scopes hold one of these records."""
    return {
        row.service
        for person in filter(None, persons)
        for part in in_slots(scopes)
        for row in _HOLDERS.all(connection, establishment=establishment, person=person, **part)
    }


_c = tables.contact.c
_CONTACT_AND_QUEUE = tables.contact.outerjoin(
    tables.queue, sa.and_(tables.queue.c.establishment == _c.establishment, tables.queue.c.id == _c.queue)
)
_CONTACT = Prepared(
    sa.select(
        _c.id,
        _c.person.label("recorded"),
        _c.service,
        _c.voicemail_us,
        tables.queue.c.service.label("queue_service"),
        person_of(_c.person),
        IS_PROTECTED.label("is_protected"),
    )
    .select_from(with_person(_CONTACT_AND_QUEUE, _c.person))
    .where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_HOLDERS = Prepared(
    sa.select(tables.person_scope.c.service).where(
        tables.person_scope.c.establishment == given("establishment"),
        tables.person_scope.c.person == given("person"),
        tables.person_scope.c.service.in_(slots()),
    )
)
STATEMENTS = (_CONTACT, _HOLDERS)
"""For the test that keeps them free of scans."""
