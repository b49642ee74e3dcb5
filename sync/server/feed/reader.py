"""Reads what follows a position, with all that is needed to cut it, at one moment of the database."""

from typing import TypeAlias

import sqlalchemy as sa

from app.domain.double_facts import TriageSettled
from app.domain.facts import (
    CallAnswered,
    CallArrived,
    CallerIdentified,
    CallOverflowed,
    CallPlaced,
    CallRang,
    CommitmentAssigned,
    IdentificationWithdrawn,
    MessageEscalated,
    MotiveLogged,
    MotiveWithdrawn,
    NumberGivenBack,
    NumberSetAside,
    PersonEntered,
    ProvisionalPersonRegistered,
    person_of,
)
from app.domain.marks import as_of_relative
from app.domain.relative_facts import RelativeSaid, RelativeWithdrawn
from app.store import journal
from app.store.bundles import Bundle, read_bundle, read_call, read_note, read_promise
from app.store.journal import Entry
from app.store.known_numbers import Pair, marks_of
from app.store.lifted import read_lifted
from app.store.reading import one_moment, read_holders, read_protected
from sync.protocol.messages import PAGE_ENTRIES
from sync.server.feed.entries import FeedEntry, candidates_in


def read_feed_entries(
    engine: sa.Engine, establishment: str, *, after: int, most: int = PAGE_ENTRIES
) -> list[FeedEntry]:
    """The entries after a position, in order, at most `most`."""
    with one_moment(engine) as connection:
        entries = journal.read_entries(connection, establishment, after=after, most=most)
        if not entries:
            return []
        head = entries[-1].position
        if len(entries) == most:
            head = journal.head(connection, establishment).position
        bundles = {
            person: read_bundle(connection, establishment, person, as_of=head)
            for person in _who_may_enter(entries)
        }
        lacking = [
            *((contact, read_call) for contact in _what_may_be_lacking(entries)),
            *((message, read_note) for message in _handed_on(entries)),
            *((commitment, read_promise) for commitment in _handed_over(entries)),
        ]
        alone = {
            identifier: bundle
            for identifier, read in lacking
            if (bundle := read(connection, establishment, identifier, as_of=head)) is not None
        }
        named = _named(entries, [*bundles.values(), *alone.values()])
        holders = read_holders(connection, establishment, named)
        protected = read_protected(connection, establishment, named)
        lifted = read_lifted(connection, establishment, bundles)
        numbers, dropped = (
            {
                entry.position: marks_of(connection, establishment, pairs)
                for entry in entries
                if (pairs := _numbers_of(entry, kinds, protected))
            }
            for kinds in (_NEW, _DROPPED)
        )
    return [
        FeedEntry(
            entry,
            holders=holders,
            protected=protected,
            bundles=bundles,
            alone=alone,
            numbers=numbers.get(entry.position, b""),
            dropped=dropped.get(entry.position, b""),
            lifted=lifted,
        )
        for entry in entries
    ]


_RelativeFact: TypeAlias = RelativeSaid | RelativeWithdrawn
_NumberFact: TypeAlias = ProvisionalPersonRegistered | NumberSetAside | NumberGivenBack | _RelativeFact
_NEW: tuple[type[_NumberFact], ...] = (ProvisionalPersonRegistered, NumberGivenBack, RelativeSaid)
_DROPPED: tuple[type[_NumberFact], ...] = (NumberSetAside, RelativeWithdrawn)


def _numbers_of(entry: Entry, kinds: tuple[type[_NumberFact], ...], protected: frozenset[str]) -> list[Pair]:
    return [
        (as_of_relative(fact.number) if isinstance(fact, _RelativeFact) else fact.number, fact.person)
        for fact in entry.facts
        if isinstance(fact, kinds) and fact.number and fact.person not in protected
    ]


def _who_may_enter(entries: list[Entry]) -> set[str]:
    entering: set[str] = set()
    for entry in entries:
        for fact in entry.facts:
            if isinstance(fact, PersonEntered):
                entering.add(fact.person)
            elif isinstance(fact, CallerIdentified | IdentificationWithdrawn | TriageSettled):
                entering.update(entry.scope.persons)
    return entering


_LACKING = (CallRang, CallAnswered, CallOverflowed, IdentificationWithdrawn, MotiveLogged, MotiveWithdrawn)


def _what_may_be_lacking(entries: list[Entry]) -> set[str]:
    return {fact.contact for entry in entries for fact in entry.facts if isinstance(fact, _LACKING)}


def _handed_on(entries: list[Entry]) -> set[str]:
    return {fact.message for entry in entries for fact in entry.facts if isinstance(fact, MessageEscalated)}


def _handed_over(entries: list[Entry]) -> set[str]:
    return {
        fact.commitment for entry in entries for fact in entry.facts if isinstance(fact, CommitmentAssigned)
    }


def _named(entries: list[Entry], bundles: list[Bundle]) -> set[str]:
    persons = {person for entry in entries for person in entry.scope.persons}
    persons |= {person for entry in entries for fact in entry.facts if (person := person_of(fact))}
    persons |= {
        person
        for entry in entries
        for fact in entry.facts
        if isinstance(fact, CallArrived | CallPlaced)
        for person in fact.candidates
    }
    return persons.union(*(candidates_in(bundle) for bundle in bundles))
