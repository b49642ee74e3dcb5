"""What the journal tells of demands and promises must hold together, whoever was heard first."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from msgspec import UNSET

from app.domain.commands import AnyCommand, LogMotive
from app.domain.facts import (
    AnyFact,
    CaseWithdrawn,
    CommitmentCancelled,
    CommitmentKept,
    CommitmentMade,
    CommitmentPostponed,
    CommitmentReopened,
    MotiveLogged,
    MotiveWithdrawn,
    PersonErased,
    Superseded,
)
from app.domain.words import CommitmentState
from app.store import tables
from app.store.journal import Entry


def untrue_stories(
    entries: list[Entry], submitted: Mapping[str, AnyCommand], server: sa.Connection
) -> list[str]:
    """Everything that the entries, the commands and the rows tell differently."""
    return [
        *_forgotten_demands(entries, submitted),
        *_replaced_unseen(entries, submitted),
        *_wrongly_cancelled(entries),
        *_wrong_promises(entries, server),
    ]


def _forgotten_demands(entries: list[Entry], submitted: Mapping[str, AnyCommand]) -> Iterator[str]:
    """A demand that was joined to another is known by its own id too, as long as that one is."""
    stands_for: dict[str, str] = {}
    for entry in entries:
        command = submitted.get(entry.command_id)
        case = command.case if isinstance(command, LogMotive) else None
        if entry.refusal == "unknown_case" and case in stands_for:
            yield f"{case} was joined to {stands_for[case]} and forgotten"
        joined = [fact for fact in entry.facts if isinstance(fact, Superseded)]
        stands_for |= {fact.old: fact.new for fact in joined}
        gone = {fact.case for fact in entry.facts if isinstance(fact, CaseWithdrawn)}
        stands_for = {old: new for old, new in stands_for.items() if new not in gone}
        if any(isinstance(fact, PersonErased) for fact in entry.facts):
            stands_for.clear()


def _replaced_unseen(entries: list[Entry], submitted: Mapping[str, AnyCommand]) -> Iterator[str]:
    """A save replaces its author's own, or the one its author had seen: never somebody else's unseen."""
    stands: dict[str, MotiveLogged] = {}
    for entry in entries:
        command = submitted.get(entry.command_id)
        for fact in entry.facts:
            if isinstance(fact, MotiveWithdrawn):
                stands.pop(fact.contact, None)
            if isinstance(fact, MotiveLogged):
                before = stands.get(fact.contact)
                stands[fact.contact] = fact
                if not isinstance(command, LogMotive) or command.over is UNSET or before is None:
                    continue
                if before.by != fact.by and before.log != command.over:
                    yield f"{fact.log} replaced {before.log}, which its author had not seen"


def _wrongly_cancelled(entries: list[Entry]) -> Iterator[str]:
    """Undoing a save undoes what it made, and nothing else."""
    made_by: dict[str, str] = {}
    for entry in entries:
        made = [fact for fact in entry.facts if isinstance(fact, CommitmentMade)]
        made_by |= {fact.commitment: entry.command_id for fact in made}
        undone = {fact.log for fact in entry.facts if isinstance(fact, MotiveWithdrawn)}
        for fact in entry.facts:
            if isinstance(fact, CommitmentCancelled) and made_by.get(fact.commitment) not in undone:
                yield f"{entry.command_id} cancelled {fact.commitment}, of another save"


def _wrong_promises(entries: list[Entry], server: sa.Connection) -> Iterator[str]:
    """Each promise stands as its own story says, and is kept once."""
    told: dict[str, str] = {}
    for fact in (fact for entry in entries for fact in entry.facts):
        named = _promise_told(fact)
        if named is None:
            continue
        commitment, state = named
        if isinstance(fact, CommitmentKept) and told.get(commitment) == CommitmentState.KEPT:
            yield f"{commitment} was kept twice"
        told[commitment] = state
    held = {row.id: row.state for row in server.execute(sa.select(tables.commitment))}
    if held != told:
        yield f"promises: told {told}, held {held}"


def _promise_told(fact: AnyFact) -> tuple[str, str] | None:
    match fact:
        case CommitmentMade():
            return fact.commitment, CommitmentState.OPEN
        case CommitmentKept():
            return fact.commitment, CommitmentState.KEPT
        case CommitmentPostponed():
            return fact.commitment, CommitmentState.POSTPONED
        case CommitmentReopened():
            return fact.commitment, fact.state
        case CommitmentCancelled():
            return fact.commitment, CommitmentState.CANCELLED
        case _:
            return None
