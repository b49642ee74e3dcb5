"""What numbers refused, kept as keyed hashes so that forgetting a person makes nobody write to them again."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.domain.consent import Choice, Purpose
from app.domain.consent_facts import StopLifted, StopRecorded
from app.domain.facts import AnyFact, PersonErased
from app.domain.words import Channel, ErasureGround
from app.store import tables
from app.store.bundles import rows_of_person
from app.store.consents import read_preferences
from app.store.prepared import Prepared, given
from app.store.rows import Rows

_BY_NUMBER = (Channel.PHONE, Channel.VOICEMAIL, Channel.SMS, Channel.RCS, Channel.WHATSAPP)
_KEY = "refusal_key"


def keep_refusals(connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> None:
    """Before anything is forgotten: keep the marks of what was stopped and, at a request, refused.

    Whom time alone let go is nobody's any more, and so are the marks of their numbers (rules R22).
    """
    told = [fact for fact in facts if isinstance(fact, StopRecorded | StopLifted | PersonErased)]
    erased = {fact.person for fact in told if isinstance(fact, PersonErased)}
    for fact in told:
        match fact:
            case StopRecorded():
                _keep(connection, establishment, fact.number, fact.channel, "", at=fact.stopped_at)
            case StopLifted():
                _take_back(connection, establishment, fact)
            case PersonErased(ground=ErasureGround.REQUEST):
                _keep_of(connection, establishment, fact, erased)
            case PersonErased(ground=ErasureGround.RETENTION):
                for number in _own_numbers(connection, establishment, fact.person, erased):
                    bound = {"establishment": establishment, "mark": _mark(connection, establishment, number)}
                    _FORGET.run(connection, bound)
            case PersonErased():
                """Noted by mistake: nobody refused anything."""


def read_refusals(
    connection: sa.Connection, establishment: str, number: str
) -> frozenset[tuple[Channel, Purpose | None]]:
    """What a number refused, by channel; without a purpose, whatever leaves by itself."""
    if (mark := _known_mark(connection, establishment, number)) is None:
        return frozenset()
    rows = _MARKED.all(connection, establishment=establishment, mark=mark)
    return frozenset((Channel(row.channel), Purpose(row.purpose) if row.purpose else None) for row in rows)


def read_stop_marks(
    connection: sa.Connection, establishment: str, number: str
) -> list[tuple[Channel, datetime]]:
    """The channels on which a number said STOP and still says it, whosever it is, and when it last did."""
    if (mark := _known_mark(connection, establishment, number)) is None:
        return []
    rows = _MARKED.all(connection, establishment=establishment, mark=mark)
    return sorted((Channel(row.channel), row.kept_at) for row in rows if not row.purpose)


def _keep_of(connection: sa.Connection, establishment: str, fact: PersonErased, erased: set[str]) -> None:
    refused = [
        said
        for said in read_preferences(connection, establishment, fact.person)
        if said.choice is not Choice.ALLOWED and said.channel in _BY_NUMBER
    ]
    for number in _own_numbers(connection, establishment, fact.person, erased):
        for said in refused:
            _keep(connection, establishment, number, said.channel, said.purpose, at=fact.erased_at)


def _own_numbers(connection: sa.Connection, establishment: str, person: str, erased: set[str]) -> list[str]:
    """The numbers that only those erased have, or who is close to them: another's refusals are not theirs."""
    rows = rows_of_person(connection, establishment, tables.person_number, person)
    return [
        row.number
        for row in rows
        if {one.person for one in _HOLDERS.all(connection, establishment=establishment, number=row.number)}
        <= erased
    ]


def _keep(
    connection: sa.Connection, establishment: str, number: str, channel: str, purpose: str, *, at: datetime
) -> None:
    mark = _mark(connection, establishment, number)
    rows = Rows(connection, establishment, position=None)
    rows.put(tables.refusal_mark, mark=mark, channel=channel, purpose=purpose, kept_at=at)


def _take_back(connection: sa.Connection, establishment: str, fact: StopLifted) -> None:
    mark = _mark(connection, establishment, fact.number)
    rows = Rows(connection, establishment, position=None)
    rows.remove(tables.refusal_mark, mark=mark, channel=fact.channel, purpose="")


def _mark(connection: sa.Connection, establishment: str, number: str) -> str:
    known = _known_mark(connection, establishment, number)
    if known is not None:
        return known
    rows = Rows(connection, establishment, position=None)
    rows.put(tables.house_fact, name=_KEY, value=secrets.token_hex(32))
    return _mark(connection, establishment, number)


def _known_mark(connection: sa.Connection, establishment: str, number: str) -> str | None:
    row = _SECRET.first(connection, establishment=establishment, name=_KEY)
    return None if row is None else hmac.digest(bytes.fromhex(row.value), number.encode(), "sha256").hex()


_r, _n, _h = tables.refusal_mark.c, tables.person_number.c, tables.house_fact.c
_c = tables.relative.c
_MARKED = Prepared(
    sa.select(_r.channel, _r.purpose, _r.kept_at).where(
        _r.establishment == given("establishment"), _r.mark == given("mark")
    )
)
_FORGET = Prepared(
    sa.delete(tables.refusal_mark).where(_r.establishment == given("establishment"), _r.mark == given("mark"))
)
_HOLDERS = Prepared(
    sa.union_all(
        sa.select(_n.person).where(_n.establishment == given("establishment"), _n.number == given("number")),
        sa.select(_c.person).where(_c.establishment == given("establishment"), _c.number == given("number")),
    )
)
_SECRET = Prepared(
    sa.select(_h.value).where(_h.establishment == given("establishment"), _h.name == given("name"))
)
STATEMENTS = (_MARKED, _FORGET, _HOLDERS, _SECRET)
"""For the test that keeps them free of scans."""
