"""Compares what consoles and exchanges were told with what is there, whatever faults were made."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from tests.faults.told import Acknowledged, Failed, Invoked, Refused, Told, Wrong


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the journal; `facts` are their kinds, each with the id of what it made or moved."""

    command_id: str
    kind: str
    author: str
    refusal: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known once everything is quiet."""

    lives: dict[str, tuple[tuple[Told, ...], ...]]
    """By author: what each life of their console told."""
    journal: tuple[Written, ...]
    rows: dict[str, frozenset[str]]
    """By kind of command: the ids that the server's rows hold of what such commands make."""
    posted: frozenset[str]
    """The numbers of the calls that the server surely took."""
    calls: tuple[tuple[str, str], ...]
    """Number and state of each call that the server holds."""
    over: frozenset[str] = frozenset()
    """The numbers of the calls that ended at their exchange, whoever heard of it."""
    lingering: tuple[str, ...] = ()
    """Those of them that went on here for longer than may be."""
    differences: tuple[str, ...] = ()
    """Of each replica with what a direct question to the server answers."""
    waiting: dict[str, int] = {}
    """How much each outbox still holds."""
    chain: str = ""
    """What `journal verify` says against the journal."""
    dates: tuple[tuple[str, datetime, datetime], ...] = ()
    """Of each contact that was noted: its id, when it was by its author, and when the server heard."""
    fell: tuple[str, ...] = ()
    """Processes that ended though nobody killed them, or that never came to rest."""
    garbage_taken: int = 0
    """How many posts that no exchange would make were answered as if they were calls."""
    is_damaged: bool = False
    """Whether replicas were damaged or disks full: a save may be unseen until they are built again."""


class Verdict(msgspec.Struct, kw_only=True):
    """What is wrong, one sentence each."""

    lost: list[str] = []
    doubled: list[str] = []
    divergent: list[str] = []
    sent_twice: list[str] = []
    waiting: list[str] = []
    altered: list[str] = []
    ghosts: list[str] = []
    unseen: list[str] = []
    misdated: list[str] = []
    fell: list[str] = []

    def sentences(self) -> list[str]:
        """All of it, each with its kind."""
        return [f"{kind}: {one}" for kind, found in msgspec.structs.asdict(self).items() for one in found]


def check(evidence: Evidence) -> Verdict:
    """What is wrong with it."""
    verdict = Verdict(
        divergent=list(evidence.differences),
        altered=[evidence.chain] if evidence.chain else [],
        waiting=[f"{who}: {size} still wait" for who, size in evidence.waiting.items() if size],
        fell=list(evidence.fell),
        misdated=[f"{what} is of {at}, heard at {heard}" for what, at, heard in evidence.dates if at > heard],
        sent_twice=list(_repeated(evidence, ("MessageLeft", "MessageEscalated"))),
    )
    verdict.doubled += _repeated(evidence, ("ContactNoted", "CommitmentMade", "CallArrived"))
    for author, lives in evidence.lives.items():
        _check_author(evidence, author, lives, verdict)
    _check_calls(evidence, verdict)
    if evidence.garbage_taken:
        verdict.fell.append(f"{evidence.garbage_taken} posts of garbage were taken")
    return verdict


def acknowledged(evidence: Evidence) -> int:
    """How many saves were said to be done."""
    return sum(isinstance(one, Acknowledged) for one in _all_told(evidence))


def done(evidence: Evidence) -> int:
    """How many of the journal's entries of people were not refused."""
    return sum(one.author in evidence.lives and not one.refusal for one in evidence.journal)


def _all_told(evidence: Evidence) -> Iterator[Told]:
    for lives in evidence.lives.values():
        for life in lives:
            yield from life


def _repeated(evidence: Evidence, kinds: Sequence[str]) -> Iterator[str]:
    seen = Counter(fact for entry in evidence.journal for fact in entry.facts if fact[0] in kinds)
    return (f"{kind} of {what}: {times} times" for (kind, what), times in seen.items() if times > 1)


def _check_author(evidence: Evidence, author: str, lives: Sequence[Sequence[Told]], verdict: Verdict) -> None:
    mine = [entry for entry in evidence.journal if entry.author == author]
    times = Counter(entry.command_id for entry in mine)
    refused = {entry.command_id for entry in mine if entry.refusal}
    expected: set[str] = set()
    withdrawn: set[str] = set()
    unknown: Counter[str] = Counter()
    for life in lives:
        withdrawn |= _withdrawn(life)
        for told, end in _endings(life):
            if isinstance(end, Acknowledged) and end.id != told.undoes:
                expected.add(end.id)
                if told.own and end.id not in refused and told.own not in evidence.rows[told.kind]:
                    verdict.lost.append(f"{author}: {told.kind} {told.own} has no row")
            elif end is None or isinstance(end, Failed):
                unknown[told.kind] += 1
        _check_seen(evidence, author, life, verdict)
    verdict.lost += [
        f"{author}: {one} is not in the journal" for one in sorted(expected - withdrawn) if not times[one]
    ]
    verdict.doubled += [f"{author}: {one} is {n} times in the journal" for one, n in times.items() if n > 1]
    # What the server refused when it was asked directly left its refusal there.
    ran = [entry for entry in mine if not entry.refusal]
    extra = Counter(entry.kind for entry in ran if entry.command_id not in expected)
    verdict.doubled += [
        f"{author}: {n} entries of {kind}, of which {unknown[kind]} may be"
        for kind, n in (extra - unknown).items()
    ]


def _endings(life: Sequence[Told]) -> Iterator[tuple[Invoked, Acknowledged | Refused | Failed | None]]:
    """Each save with what was said of it, nothing for what was under way when the console was killed."""
    ends = {one.n: one for one in life if isinstance(one, Acknowledged | Refused | Failed)}
    return ((one, ends.get(one.n)) for one in life if isinstance(one, Invoked))


def _withdrawn(life: Sequence[Told]) -> set[str]:
    """What was taken back: before it was sent, when the answer is its own id; unheard, nobody knows."""
    return {
        told.undoes
        for told, end in _endings(life)
        if told.undoes and (end is None or isinstance(end, Failed) or getattr(end, "id", "") == told.undoes)
    }


def _check_seen(evidence: Evidence, author: str, life: Sequence[Told], verdict: Verdict) -> None:
    for one in life:
        if isinstance(one, Wrong) and not (one.what == "unseen" and evidence.is_damaged):
            verdict.unseen.append(f"{author}: {one.what} {one.detail}")


def _check_calls(evidence: Evidence, verdict: Verdict) -> None:
    times = Counter(number for number, _ in evidence.calls)
    verdict.lost += [f"the call of {number} is not there" for number in evidence.posted if not times[number]]
    verdict.doubled += [f"the call of {number} is {n} calls" for number, n in times.items() if n > 1]
    verdict.ghosts += [
        f"the call of {number} is still {state}"
        for number, state in evidence.calls
        if number in evidence.posted | evidence.over and state != "ended"
    ]
    verdict.ghosts += [f"the call of {number} went on for too long" for number in evidence.lingering]
