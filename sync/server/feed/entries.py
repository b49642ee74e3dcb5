"""One journal entry, ready to be cut for any desk, and encoded once for each view of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias, TypeGuard

import msgspec

from app.domain.access import is_own_scope, own_scope
from app.domain.access_facts import GlassBroken, GlassClosed
from app.domain.consent_facts import StopLifted, StopRecorded
from app.domain.directory import MASKED
from app.domain.double_facts import TriageSettled
from app.domain.facts import (
    AnyFact,
    CallAnswered,
    CallArrived,
    CallerFollowed,
    CallerIdentified,
    CallForgotten,
    CallOverflowed,
    CallPlaced,
    CallRang,
    CallTransferred,
    CaseWithdrawn,
    CommitmentAssigned,
    CommitmentMade,
    CommitmentReopened,
    ContactNoted,
    DirectoryEntryListed,
    EmergencyHeard,
    IdentificationWithdrawn,
    LineActAsked,
    MessageEscalated,
    MotiveLogged,
    MotiveWithdrawn,
    PersonEntered,
    PersonErased,
    PersonLeft,
    person_of,
)
from app.store.bundles import Bundle, Row
from app.store.journal import Entry
from app.store.lifted import FOR_GOOD, lift
from sync.protocol.messages import EntryMessage
from sync.server.feed.desk import Desk, View
from sync.server.feed.told import Told, is_told_as_fact, told_of

_encode = msgspec.json.Encoder().encode
_Bringing: TypeAlias = (
    CallRang
    | CallAnswered
    | CallOverflowed
    | IdentificationWithdrawn
    | MotiveLogged
    | MotiveWithdrawn
    | MessageEscalated
    | CommitmentAssigned
)


class FeedEntry:
    """An entry with what was true when it was read: who holds its persons, who is protected.

    `holders` gives the services of each person, `bundles` the whole persons that may be needed,
    `lifted` until when some are open to one author alone, `alone` the contacts, messages and
    promises without a person that a desk of another service may need, `numbers` the keyed hashes of what is
    new to the house, which every desk keeps, `dropped` of what it lets go.
    """

    def __init__(
        self,
        entry: Entry,
        *,
        holders: Mapping[str, frozenset[str]],
        protected: frozenset[str],
        bundles: Mapping[str, Bundle],
        alone: Mapping[str, Bundle],
        numbers: bytes = b"",
        dropped: bytes = b"",
        lifted: Mapping[tuple[str, str], datetime] | None = None,
    ) -> None:
        self.position = entry.position
        self._entry = entry
        self._holders = holders
        self._protected = protected
        self._bundles = bundles
        self._alone = alone
        self._numbers = numbers
        self._dropped = dropped
        self._lifted = lifted or {}
        self._own_scopes = frozenset(self._named_scopes())
        self._encoded: dict[View, bytes | None] = {}

    def asked_of(self, line: str) -> list[LineActAsked]:
        """What a desk asks of this line."""
        return [fact for fact in self._entry.facts if isinstance(fact, LineActAsked) and fact.line == line]

    def encode_for(self, desk: Desk) -> bytes | None:
        """The entry as this desk may see it; None when it does not concern it."""
        view = self._view_of(desk)
        if view not in self._encoded:
            message = self._cut(view)
            self._encoded[view] = None if message is None else _encode(message)
        return self._encoded[view]

    def _view_of(self, desk: Desk) -> View:
        return View(
            services=desk.services,
            is_called=bool(desk.extension) and desk.extension in self._entry.scope.extensions,
            is_author=desk.login in (self._entry.author, self._entry.desk),
            is_unaware=desk.is_unaware,
            sees_mobiles=desk.sees_mobiles,
            is_told=desk.is_told,
            own=desk.own if desk.own in self._own_scopes else "",
        )

    def _named_scopes(self) -> Iterable[str]:
        """The authors' own scopes that this entry is about: few entries are about any."""
        for fact in self._entry.facts:
            if isinstance(fact, GlassBroken | GlassClosed):
                yield own_scope(fact.by)
            elif isinstance(fact, PersonEntered | PersonLeft) and is_own_scope(fact.service):
                yield fact.service
        for holders in self._holders.values():
            yield from filter(is_own_scope, holders)

    def _cut(self, view: View) -> EntryMessage | None:
        concerned = self._concerns(view)
        facts = [
            *(self._facts(view) if concerned else []),
            *self._left(view),
            *self._erasures(),
            *self._accesses(view),
        ]
        bundles = self._entering(view)
        gone = self._leaving(view)
        if not (facts or bundles or gone or self._numbers or self._dropped or view.is_author):
            return None
        return EntryMessage(
            position=self.position,
            command_id=self._entry.command_id,
            facts=facts,
            bundles=bundles,
            gone=gone,
            numbers=self._numbers,
            dropped=self._dropped,
            refusal=self._entry.refusal if view.is_author else "",
            field=self._entry.field if view.is_author else "",
        )

    def _concerns(self, view: View) -> bool:
        scope = self._entry.scope
        return (
            view.is_called
            or scope.is_for_all
            or view.is_author
            or not view.services.isdisjoint(scope.services)
            or any(self._is_held(person, view) for person in scope.persons)
        )

    def _is_held(self, person: str, view: View) -> bool:
        return any(map(view.has, self._holders.get(person, ())))

    def _facts(self, view: View) -> list[msgspec.Raw]:
        facts = [
            fact for fact in self._entry.facts if is_told_as_fact(fact) and not self._is_stranger(fact, view)
        ]
        if hidden := self._hidden(view):
            seen = (self._hide(fact, hidden) for fact in facts)
            facts = [fact for fact in seen if fact is not None]
        if not view.sees_mobiles:
            facts = list(map(_without_mobile, facts))
        raw = [msgspec.Raw(_encode(fact)) for fact in facts]
        return raw if self._is_secret(hidden) else [*raw, *self._entry.unknown_facts]

    def _hidden(self, view: View) -> frozenset[str]:
        """Who does not exist for this view (rules R5), unless its author broke the glass."""
        if not view.is_unaware:
            return frozenset()
        opened = (person for person in self._protected if view.own in self._holders.get(person, ()))
        return self._protected.difference(opened) if view.own else self._protected

    def _is_secret(self, hidden: frozenset[str]) -> bool:
        return not hidden.isdisjoint(self._entry.scope.persons)

    def _hide(self, fact: AnyFact, hidden: frozenset[str]) -> AnyFact | None:
        """What an unaware desk sees: the call, as it would be from an unknown name (rules R5)."""
        if isinstance(fact, CallArrived | CallPlaced | ContactNoted):
            seen = tuple(person for person in fact.candidates if person not in hidden)
            fact = msgspec.structs.replace(fact, candidates=seen)
        if isinstance(fact, CallTransferred) and self._is_secret(hidden):
            return msgspec.structs.replace(fact, note="")
        if isinstance(fact, StopRecorded | StopLifted | CommitmentMade) and self._is_stop():
            return None if person_of(fact) in hidden else fact
        if isinstance(fact, CaseWithdrawn | CommitmentReopened) and fact.person and fact.person not in hidden:
            # The save's contact is of whoever is hidden since; this stayed with somebody whom the desk holds.
            return fact
        return fact if told_of(fact) is Told.CALL or not self._is_secret(hidden) else None

    def _is_stop(self) -> bool:
        """A STOP is the number's: each of its facts is of one who uses it, and tells of no other."""
        return any(isinstance(fact, StopRecorded | StopLifted) for fact in self._entry.facts)

    def _entering(self, view: View) -> list[Bundle]:
        persons = {person for fact in self._entry.facts for person in self._to_bring(fact, view)}
        held = [self._bundles[person] for person in sorted(persons) if person in self._bundles]
        every = [*(self._lift(bundle, view) for bundle in held), *self._alone_to_bring(view)]
        hidden = self._hidden(view)
        return [without_candidates(bundle, hidden) for bundle in every if bundle.person not in hidden]

    def _lift(self, bundle: Bundle, view: View) -> Bundle:
        """Say that it may be read, where the role or the services alone would not show it."""
        services = self._holders.get(bundle.person, frozenset())
        is_secret = bundle.person in self._protected
        if not view.services.isdisjoint(services) and not (is_secret and view.is_unaware):
            return lift(bundle, FOR_GOOD) if is_secret else bundle
        until = self._lifted.get((view.own, bundle.person))
        return bundle if until is None else lift(bundle, until)

    def _to_bring(self, fact: AnyFact, view: View) -> Iterable[str]:
        """Whoever enters, and both persons between whom a contact moved."""
        match fact:
            case PersonEntered():
                return (fact.person,) if view.has(fact.service) else ()
            case CallerIdentified() | IdentificationWithdrawn() | TriageSettled():
                return (person for person in self._entry.scope.persons if self._is_held(person, view))
            case _:
                return ()

    def _alone_to_bring(self, view: View) -> list[Bundle]:
        """What concerns nobody known and is at this desk now, or logged for or handed on to its services."""
        brought = {_subject(fact) for fact in self._entry.facts if self._is_brought(fact, view)}
        return [self._alone[identifier] for identifier in sorted(brought) if identifier in self._alone]

    def _is_brought(self, fact: AnyFact, view: View) -> TypeGuard[_Bringing]:
        match fact:
            case CallRang() | CallAnswered():
                # A desk of the call's own services holds it since it arrived.
                return view.is_called and view.services.isdisjoint(self._entry.scope.services)
            case IdentificationWithdrawn():
                # A desk that may not know who it was said to be lacks what was said of the call meanwhile.
                return fact.person is None and self._is_at_home(view)
            case CallOverflowed() | MotiveLogged() | MotiveWithdrawn():
                return fact.service in view.services
            case MessageEscalated():
                return fact.to_service in view.services
            case CommitmentAssigned():
                return fact.person is None and fact.service in view.services
            case _:
                return False

    def _is_stranger(self, fact: AnyFact, view: View) -> bool:
        """What concerns a person this desk doesn't hold.

        A contact of its own services follows its person, until the goodbye takes both away;
        another one leaves with the bundle of whoever had it.
        """
        person = person_of(fact)
        if isinstance(fact, IdentificationWithdrawn) and person is None:
            return not self._is_at_home(view)
        if person is None or self._is_held(person, view):
            return False
        is_own = not view.services.isdisjoint(self._entry.scope.services)
        return not (isinstance(fact, CallerIdentified | IdentificationWithdrawn) and is_own)

    def _is_at_home(self, view: View) -> bool:
        """Whether the contact is of this desk's services, or at this desk now."""
        return view.is_called or not view.services.isdisjoint(self._entry.scope.services)

    def _left(self, view: View) -> list[msgspec.Raw]:
        """Told whatever else the entry is about, which stays with the service that wrote it."""
        heard = (fact for fact in self._entry.facts if isinstance(fact, EmergencyHeard | CallerFollowed))
        held = (fact for fact in heard if fact.service in view.services or self._is_seen(fact.person, view))
        return [msgspec.Raw(_encode(msgspec.structs.replace(fact, person=None))) for fact in held]

    def _is_seen(self, person: str | None, view: View) -> bool:
        """Whether this desk holds what is of that person, the call that waits elsewhere included."""
        return person is not None and person not in self._hidden(view) and self._is_held(person, view)

    def _erasures(self) -> list[msgspec.Raw]:
        """Told to every desk, whatever it holds; what they prove is the server's."""
        erased = (fact for fact in self._entry.facts if isinstance(fact, PersonErased | CallForgotten))
        return [msgspec.Raw(_encode(msgspec.structs.replace(fact, bodies=()))) for fact in erased]

    def _leaving(self, view: View) -> list[str]:
        left = {
            fact.person
            for fact in self._entry.facts
            if isinstance(fact, PersonLeft) and self._is_over(fact, view)
        }
        return sorted(left | {fact.person for fact in self._entry.facts if isinstance(fact, PersonErased)})

    def _is_over(self, fact: PersonLeft, view: View) -> bool:
        """Whether this desk held the person until now, and no longer does."""
        is_hidden, is_own = fact.person in self._hidden(view), fact.service == view.own
        if is_own and is_hidden:
            return True
        return view.has(fact.service) and not is_hidden and not self._is_held(fact.person, view)

    def _accesses(self, view: View) -> list[msgspec.Raw]:
        """Told to whoever broke the glass, and to those who answer for it."""
        told = (fact for fact in self._entry.facts if isinstance(fact, GlassBroken | GlassClosed))
        return [msgspec.Raw(_encode(fact)) for fact in told if view.is_told or own_scope(fact.by) == view.own]


def _subject(fact: _Bringing) -> str:
    match fact:
        case MessageEscalated():
            return fact.message
        case CommitmentAssigned():
            return fact.commitment
        case _:
            return fact.contact


def _without_mobile(fact: AnyFact) -> AnyFact:
    """A colleague's mobile, known to be there and no more."""
    if not isinstance(fact, DirectoryEntryListed) or not fact.entry.mobile:
        return fact
    return msgspec.structs.replace(fact, entry=msgspec.structs.replace(fact.entry, mobile=MASKED))


def without_candidates(bundle: Bundle, hidden: frozenset[str]) -> Bundle:
    """The bundle, its contacts no longer naming these persons as possible callers."""
    if hidden.isdisjoint(candidates_in(bundle)):
        return bundle
    rows = bundle.rows | {"contact": [without_hidden(row, hidden) for row in bundle.rows["contact"]]}
    return msgspec.structs.replace(bundle, rows=rows)


def without_hidden(row: Row, hidden: frozenset[str]) -> Row:
    """A contact's row, no longer naming these persons as possible callers."""
    named: Any = row.get("candidates", "")
    return row | {"candidates": " ".join(person for person in named.split() if person not in hidden)}


def candidates_in(bundle: Bundle) -> set[str]:
    """Every person named as a possible caller in a bundle's contacts."""
    return {person for row in bundle.rows["contact"] for person in row.get("candidates", "").split()}
