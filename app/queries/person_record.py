"""A person's record without a call: who it is, what is open, what was said (design 4.8)."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.consent import LiftedStop, Preference, of_all
from app.domain.words import Channel
from app.queries import call_rows, open_matters
from app.queries.caller_card import Repeat, Traits, repeat_of, traits_of
from app.queries.glance import Glance, glance_of
from app.queries.person_rows import read_persons
from app.queries.timeline import Timeline, timeline
from app.store.consents import read_lifted_stops, read_preferences, read_stops
from app.store.relatives import count_relatives


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of one person shows."""

    traits: Traits
    glance: Glance
    timeline: Timeline
    repeat: Repeat | None = None
    """Whether the last contact was one more about the same thing."""
    contacts_total: int = 0
    preferences: tuple[Preference, ...] = ()
    """What is said now, a refusal first where two records of one human differ."""
    stops: tuple[tuple[str, Channel, datetime], ...] = ()
    """The numbers that said STOP, the channel and when."""
    lifted_stops: tuple[LiftedStop, ...] = ()
    """Those that the person took back since, which count no more."""
    relatives: int = 0
    """How many are close to the person: who they are is not told here (rules R4)."""
    read_at: datetime


def person_record(
    connection: sa.Connection, establishment: str, person: str, *, now: datetime
) -> PersonRecord | None:
    """The record of a person held here, under the id kept; None of anybody else."""
    found = read_persons(connection, establishment, [person], now=now)
    if not found:
        return None
    matters = open_matters.read_matters(connection, establishment, found[0].id, now=now)
    recent = call_rows.recent_contacts(connection, establishment, matters.ids)
    open_cases = matters.found[open_matters.CASE]
    return PersonRecord(
        traits=traits_of(found[0]),
        glance=glance_of(found[0], matters.found, recent),
        timeline=timeline(connection, establishment, found[0].id, now=now),
        repeat=repeat_of(recent[0], recent[1:], {case.id for case in open_cases}) if recent else None,
        contacts_total=matters.contacts_total,
        preferences=of_all(read_preferences(connection, establishment, each) for each in matters.ids),
        stops=tuple(stop for each in matters.ids for stop in read_stops(connection, establishment, each)),
        lifted_stops=tuple(
            stop for each in matters.ids for stop in read_lifted_stops(connection, establishment, each)
        ),
        relatives=count_relatives(connection, establishment, matters.ids),
        read_at=now,
    )
