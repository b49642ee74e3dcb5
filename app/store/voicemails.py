"""Keeps what callers said, sealed, on the server alone (rules R15); whoever seals it has the key."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.domain.ids import Id
from app.store.engine import writing
from app.store.prepared import Prepared, given, given_number
from app.store.tables import contact, house_fact, voicemail

UNREAD_FOR = timedelta(days=30)
"""What was posted and belongs to no contact is kept so long."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it is kept: `message` names it for ever, `field` is at fault in what can't be played."""

    contact: Id
    line: str
    message: Id
    field: str = ""
    at: datetime
    sealed: bytes


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to open it."""

    message: Id
    sealed: bytes


class Stored(Kept, frozen=True, kw_only=True):
    """One message by the row that holds it."""

    contact: Id


def keep(
    engine: sa.Engine, establishment: str, given_over: Sealed, *, seal: Callable[[sa.Connection], bytes]
) -> Id:
    """Keep a message once; the contact it is kept under, empty when that one already has another.

    `seal` gives what is stored, in the transaction that stores it.
    """
    row = msgspec.structs.asdict(given_over) | {"establishment": establishment}
    with writing(engine) as connection:
        row["sealed"] = seal(connection)
        insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
        connection.execute(insert(voicemail).values(row).on_conflict_do_nothing())
        return contact_of(connection, establishment, given_over.message)


def contact_of(connection: sa.Connection, establishment: str, message: Id) -> Id:
    """The contact under which a message is kept; empty when it is not."""
    row = _OF_MESSAGE.first(connection, establishment=establishment, message=message)
    return "" if row is None else row.contact


def read(connection: sa.Connection, establishment: str, kept_under: Id) -> Kept | None:
    """What is kept under a contact and can be played; None when there is nothing."""
    row = _SEALED.first(connection, establishment=establishment, contact=kept_under)
    return None if row is None else Kept(message=row.message, sealed=bytes(row.sealed))


def read_key_name(connection: sa.Connection, establishment: str, word: str) -> str:
    """Which key seals; it is not another one until this transaction ends."""
    row = _KEY_NAME.first(connection, establishment=establishment, name=word)
    return "" if row is None else row.value


def change_key_name(engine: sa.Engine, establishment: str, word: str, *, key: str) -> None:
    """Another key seals from now on; whoever was sealing with the one before has ended."""
    with writing(engine) as connection:
        _SET_KEY_NAME.run(connection, {"establishment": establishment, "name": word, "key": key})


def read_sealed(connection: sa.Connection, establishment: str, *, after: Id, most: int) -> list[Stored]:
    """The next messages, whether or not they can be played."""
    bound = {"establishment": establishment, "after": after, "most": most}
    rows = _SEALED_AFTER.all(connection, **bound)
    return [Stored(contact=row.contact, message=row.message, sealed=bytes(row.sealed)) for row in rows]


def reseal(connection: sa.Connection, establishment: str, stored: Stored) -> None:
    """Keep the same message sealed otherwise, if it is still there."""
    bound = {"establishment": establishment, "contact": stored.contact, "message": stored.message}
    _RESEAL.run(connection, bound | {"now_sealed": stored.sealed})


def drop_unclaimed(engine: sa.Engine, establishment: str, kept_under: Id) -> None:
    """Let go of what came again after its contact was erased, or after it was deleted in time."""
    with writing(engine) as connection:
        _UNCLAIMED.run(connection, {"establishment": establishment, "contact": kept_under})


def forget(connection: sa.Connection, establishment: str, contacts: Iterable[Id]) -> None:
    """Delete what these contacts left."""
    for each in contacts:
        _FORGET.run(connection, {"establishment": establishment, "contact": each})


def sweep(engine: sa.Engine, establishment: str, *, now: datetime) -> int:
    """Delete what could not be read and is nobody's, a month after it came; how many."""
    with writing(engine) as connection:
        swept = _SWEEP.run(connection, {"establishment": establishment, "before": now - UNREAD_FOR})
        return int(swept.rowcount)


def count_unread(connection: sa.Connection, establishment: str, line: str) -> dict[str, int]:
    """How many messages of a line can't be played, by the field at fault."""
    counted = (
        sa.select(voicemail.c.field, sa.func.count())
        .where(voicemail.c.establishment == establishment, voicemail.c.line == line, voicemail.c.field != "")
        .group_by(voicemail.c.field)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


_v = voicemail.c
_OF_MESSAGE = Prepared(
    sa.select(_v.contact).where(_v.establishment == given("establishment"), _v.message == given("message"))
)
_SEALED = Prepared(
    sa.select(_v.message, _v.sealed).where(
        _v.establishment == given("establishment"),
        _v.contact == given("contact"),
        _v.field == sa.literal_column("''"),
    )
)
_FORGET = Prepared(
    sa.delete(voicemail).where(
        _v.establishment == sa.bindparam("establishment"), _v.contact == sa.bindparam("contact")
    )
)
_UNCLAIMED = Prepared(
    sa.delete(voicemail).where(
        _v.establishment == sa.bindparam("establishment"),
        _v.contact == sa.bindparam("contact"),
        ~sa.exists().where(
            contact.c.establishment == _v.establishment,
            contact.c.id == _v.contact,
            sa.or_(contact.c.voicemail_us.is_not(None), _v.field != sa.literal_column("''")),
        ),
    )
)
_SWEEP = Prepared(
    sa.delete(voicemail).where(
        _v.establishment == sa.bindparam("establishment"),
        sa.type_coerce(_v.at, sa.BigInteger) <= given_number("before"),
        ~sa.exists().where(contact.c.establishment == _v.establishment, contact.c.id == _v.contact),
    )
)
_h = house_fact.c
_KEY_NAME = Prepared(
    sa.select(_h.value)
    .where(_h.establishment == given("establishment"), _h.name == given("name"))
    .with_for_update(read=True)
)
_SET_KEY_NAME = Prepared(
    sa.update(house_fact)
    .where(_h.establishment == sa.bindparam("establishment"), _h.name == sa.bindparam("name"))
    .values(value=sa.bindparam("key"))
)
_SEALED_AFTER = Prepared(
    sa.select(_v.contact, _v.message, _v.sealed)
    .where(_v.establishment == given("establishment"), _v.contact > given("after"))
    .order_by(_v.contact)
    .limit(given_number("most"))
)
_RESEAL = Prepared(
    sa.update(voicemail)
    .where(
        _v.establishment == sa.bindparam("establishment"),
        _v.contact == sa.bindparam("contact"),
        _v.message == sa.bindparam("message"),
    )
    .values(sealed=sa.bindparam("now_sealed"))
)
STATEMENTS = (
    _OF_MESSAGE,
    _SEALED,
    _FORGET,
    _UNCLAIMED,
    _SWEEP,
    _KEY_NAME,
    _SET_KEY_NAME,
    _SEALED_AFTER,
    _RESEAL,
)
"""For the test that keeps them free of scans."""
