"""What a person lets us send, as rows: written from facts, read as the rule takes it (rules R16)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, assert_never

import sqlalchemy as sa

from app.domain.consent import Basis, Choice, Informed, LiftedStop, Preference, Purpose, current
from app.domain.consent_facts import (
    LegalFormSet,
    PreferenceSet,
    PreferenceWithdrawn,
    StopLifted,
    StopRecorded,
)
from app.domain.words import Channel
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.rows import Rows


def follow_consent(
    rows: Rows, fact: PreferenceSet | PreferenceWithdrawn | StopRecorded | StopLifted | LegalFormSet
) -> None:
    """Set the rows of one thing said."""
    match fact:
        case PreferenceSet():
            _said(rows, fact)
        case PreferenceWithdrawn():
            for key in _keys(fact):
                rows.change(tables.preference, key, withdrawn_at=fact.withdrawn_at)
        case StopRecorded():
            _stopped(rows, fact)
        case StopLifted():
            _lifted(rows, fact)
        case LegalFormSet():
            rows.put(tables.place, legal_form=fact.form)
        case _:
            assert_never(fact)


def _said(rows: Rows, fact: PreferenceSet) -> None:
    bases = dict(zip(fact.purposes, fact.bases, strict=False))
    for key in _keys(fact):
        rows.put(
            tables.preference,
            **key,
            choice=fact.choice,
            basis=bases.get(key["purpose"], ""),
            source=fact.source,
            informed=fact.informed or "",
            informed_on=fact.informed_on,
            reason=fact.reason,
            by=fact.by,
            said_at=fact.said_at,
        )


def _keys(fact: PreferenceSet | PreferenceWithdrawn) -> Iterable[dict[str, Any]]:
    for purpose in fact.purposes:
        for channel in fact.channels:
            yield {"person": fact.person, "purpose": purpose, "channel": channel, "act": fact.act}


def _stopped(rows: Rows, fact: StopRecorded) -> None:
    """A number of nobody known is kept as a mark alone, by the server."""
    if fact.person is not None:
        rows.put(
            tables.stop,
            number=fact.number,
            channel=fact.channel,
            person=fact.person,
            act=fact.act,
            contact=fact.contact,
            stopped_at=fact.stopped_at,
        )


def _lifted(rows: Rows, fact: StopLifted) -> None:
    rows.change(
        tables.stop,
        {"number": fact.number, "channel": fact.channel, "person": fact.person, "act": fact.act},
        lifted_at=fact.lifted_at,
        lifted_by=fact.by,
        lifted_source=fact.source,
        lifted_on=fact.said_on,
        lifted_basis=fact.basis,
    )


def read_preferences(connection: sa.Connection, establishment: str, person: str) -> tuple[Preference, ...]:
    """What is said now under one id."""
    rows = _SAID.all(connection, establishment=establishment, person=person)
    return current(map(preference_of, rows))


def read_stops(
    connection: sa.Connection, establishment: str, person: str
) -> tuple[tuple[str, Channel, datetime], ...]:
    """The numbers of one person that said STOP and still say it: number, channel, when it was last said."""
    rows = _STOPS.all(connection, establishment=establishment, person=person)
    last = {
        (row.number, Channel(row.channel)): row.stopped_at
        for row in sorted(rows, key=lambda row: row.stopped_at)
        if row.lifted_at is None
    }
    return tuple((number, channel, at) for (number, channel), at in last.items())


def read_lifted_stops(connection: sa.Connection, establishment: str, person: str) -> tuple[LiftedStop, ...]:
    """Those of one person that were lifted, the last first."""
    rows = _STOPS.all(connection, establishment=establishment, person=person)
    lifted = (
        LiftedStop(
            number=row.number,
            channel=Channel(row.channel),
            stopped_at=row.stopped_at,
            source=Channel(row.lifted_source),
            said_on=row.lifted_on,
            by=row.lifted_by,
            lifted_at=row.lifted_at,
        )
        for row in rows
        if row.lifted_at is not None
    )
    return tuple(sorted(lifted, key=lambda one: one.lifted_at, reverse=True))


def preference_of(row: Any) -> Preference:
    """A row as the rule takes it."""
    return Preference(
        purpose=Purpose(row.purpose),
        channel=Channel(row.channel),
        choice=Choice(row.choice),
        said_at=row.said_at or tables.EPOCH,
        act=row.act,
        basis=Basis(row.basis) if row.basis else None,
        source=Channel(row.source) if row.source else None,
        informed=Informed(row.informed) if row.informed else None,
        informed_on=row.informed_on,
        reason=row.reason,
        by=row.by,
    )


_p, _s = tables.preference.c, tables.stop.c
_SAID = Prepared(
    sa.select(tables.preference).where(
        _p.establishment == given("establishment"),
        _p.person == given("person"),
        _p.withdrawn_at.is_(None),
    )
)
BY_ACT = Prepared(
    sa.select(tables.preference).where(
        _p.establishment == given("establishment"),
        _p.person == given("person"),
        _p.act == given("act"),
        _p.withdrawn_at.is_(None),
    )
)
_STOPS = Prepared(
    sa.select(tables.stop).where(_s.establishment == given("establishment"), _s.person == given("person"))
)
STANDING = Prepared(
    sa.select(tables.stop).where(
        _s.establishment == given("establishment"),
        _s.number == given("number"),
        _s.channel == given("channel"),
        _s.lifted_at.is_(None),
    )
)
STATEMENTS = (_SAID, BY_ACT, _STOPS, STANDING)
"""For the test that keeps them free of scans."""
