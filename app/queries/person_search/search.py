"""Asks the indexes what was typed, then what was perhaps meant, and ranks whoever answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.names import LEAST_BEGUN, FormKind, beginnings, corrections
from app.domain.names_sought import Names, PersonQuestion, ways_to_take
from app.domain.words import Channel, IdentityDoubt
from app.queries.person_search.found import FoundPerson, FoundPersons
from app.queries.person_search.reasons import Hit, hit_of, reasons
from app.queries.person_search.statements import (
    FOLLOWING,
    FORMS,
    KEPT,
    LAST_CONTACT,
    MEANT,
    by_birth_date,
    by_file_number,
    by_name,
    by_number,
    by_two_names,
)
from app.store.prepared import Prepared, Row

_FULL_DATE = len("1988-05-12")
_LEAST_LETTERS = 2
_MOST_OF_A_DAY = 2000
_MOST_MEANT = 12
_LEAST_SHARE = 3
_SURNAMES = (FormKind.BIRTH, FormKind.USED)
_GIVEN = (FormKind.GIVEN,)
_KINDS = msgspec.json.encode(_SURNAMES).decode()
_FLAGS = {"date": "birth_date", "scope": "services", "used": "used"}
"""What narrows a statement, and the value it then takes."""

Statement: TypeAlias = Callable[[frozenset[str]], Prepared]


def search_persons(
    connection: sa.Connection,
    establishment: str,
    *questions: PersonQuestion,
    services: Sequence[str] | None = None,
    limit: int = 20,
) -> FoundPersons:
    """Visible persons who answer any of the questions, without mistake first; `limit` at most.

    `services` narrows to whom they hold. Names are compared by their beginnings, in letters alone;
    a birth date may be its year beside a name. Only while there is room are names searched as if
    one letter were wrong.
    """
    search = _Search(connection, establishment, services, limit)
    for question in questions:
        search.ask(question)
    for question in questions:
        search.forgive(question)
    hits = sorted(search.hits.values(), key=_rank)
    shown = hits[:limit]
    last = _last_contacts(connection, establishment, [hit.row.id for hit in shown])
    alike = Counter(hit.strict for hit in shown)
    shown.sort(key=lambda hit: _order(hit, last))
    rows = [_found(hit, last.get(hit.row.id), alike) for hit in shown]
    return FoundPersons(rows=tuple(rows), has_more=search.is_cut or len(hits) > limit)


class _Search:
    """One search under way: whom it found, and whether somebody was left out."""

    def __init__(
        self, connection: sa.Connection, establishment: str, services: Sequence[str] | None, limit: int
    ) -> None:
        self._connection = connection
        self._limit = limit
        self._establishment = establishment
        self._scope: dict[str, str] = {}
        if services is not None:
            self._scope["services"] = msgspec.json.encode(list(services)).decode()
        self._begun: dict[str, list[Row]] = {}
        self.hits: dict[str, Hit] = {}
        self.is_cut = False

    @property
    def has_room(self) -> bool:
        """Whether one more person would be told apart from the limit."""
        return len(self.hits) <= self._limit

    def ask(self, question: PersonQuestion) -> None:
        """Whoever answers to the letter."""
        for names in ways_to_take(question) or (Names(),):
            if self.has_room:
                rows = self._rows(question, names, most=self._limit + 1)
                self._keep(rows, question, names, forgives=False)

    def forgive(self, question: PersonQuestion) -> None:
        """Whoever answers if one letter is wrong, by the first way to take the words that finds one.

        Two things that are true of somebody need no other reading; names only begun so are
        looked at when nobody answers.
        """
        if any(len(hit.matches) > 1 for hit in self.hits.values()):
            return
        is_nobody, before = not self.hits, len(self.hits)
        for names in sorted(ways_to_take(question), key=_is_one_name):
            if not self.has_room or len(self.hits) > before:
                return
            if _is_found_by_name(question):
                self._ask_meant(question, names, takes_begun=is_nobody)
            else:
                rows = self._rows(question, names, most=self._limit + 1)
                self._keep(rows, question, names, forgives=True)

    def _ask_meant(self, question: PersonQuestion, names: Names, *, takes_begun: bool) -> None:
        meant = self._meant(names, takes_begun=takes_begun)
        share = max(_LEAST_SHARE, (self._limit + 1) // max(1, len(meant)))
        for other in meant:
            rows = self._rows(question, other, most=share)
            self.is_cut = self.is_cut or len(rows) == share
            self._keep(rows, question, names, forgives=True)

    def _keep(self, rows: Iterable[Row], question: PersonQuestion, names: Names, *, forgives: bool) -> None:
        for row in rows:
            matches = reasons(row, question, names, forgives=forgives)
            kept = None if matches is None else self._kept(row)
            if matches is not None and kept is not None and kept.id not in self.hits:
                self.hits[kept.id] = hit_of(kept, matches)

    def _kept(self, row: Row) -> Row | None:
        """Whoever answers under a name of a record that was merged is shown as the record kept."""
        if row.same_as is None:
            return row
        return KEPT.first(self._connection, establishment=self._establishment, person=row.same_as)

    def _rows(self, question: PersonQuestion, names: Names, *, most: int) -> list[Row]:
        """Candidates from the index that narrows most."""
        if question.number:
            return self._all(by_number, {"number": question.number}, most)
        if question.ipp:
            return self._all(by_file_number, {"ipp": question.ipp}, most)
        if len(question.birth_date) == _FULL_DATE:
            return self._all(by_birth_date, {"birth_date": question.birth_date}, max(most, _MOST_OF_A_DAY))
        return list(self._named(question, names, most))

    def _named(self, question: PersonQuestion, names: Names, most: int) -> Iterator[Row]:
        form, other = (names.surname, names.given) if names.surname else (names.given, "")
        if len(form) < _LEAST_LETTERS:
            return
        kinds = _SURNAMES if names.surname else _GIVEN
        for kind in kinds[:1] if names.used else kinds:
            asked = {"form": form}
            if other:
                forms = [row.form for row in self._surnames(form) if row.kind == kind]
                if not forms:
                    continue
                asked = {"forms": msgspec.json.encode(forms).decode(), "other": other}
            if question.birth_date:
                asked["birth_date"] = question.birth_date
            if names.used:
                asked["used"] = names.used
            found = self._all(by_two_names if other else by_name, {**asked, "kind": kind}, most)
            yield from found
            if len(found) == most:
                return

    def _surnames(self, form: str) -> list[Row]:
        """The different surnames that begin so: a common one costs no more than a rare one."""
        if form not in self._begun:
            rows = FORMS.all(self._connection, establishment=self._establishment, kinds=_KINDS, form=form)
            self._begun[form] = [row for row in rows if row.form]
        return self._begun[form]

    def _all(self, make: Statement, asked: dict[str, str], most: int) -> list[Row]:
        narrowed = {flag for flag, name in _FLAGS.items() if name in (asked.keys() | self._scope.keys())}
        bound = {**asked, **self._scope, "establishment": self._establishment, "most": most}
        return make(frozenset(narrowed)).all(self._connection, **bound)

    def _meant(self, names: Names, *, takes_begun: bool) -> list[Names]:
        """The same names with one of them corrected, where such names exist here."""
        found: list[Names] = []
        if names.surname and (not names.given or self._existing((names.given,), FormKind.GIVEN)):
            words = self._corrected(names.surname, _SURNAMES, takes_begun=takes_begun)
            found += [msgspec.structs.replace(names, surname=word) for word in words]
        if names.given and (not names.surname or self._is_surname(names.surname)):
            words = self._corrected(names.given, _GIVEN, takes_begun=takes_begun)
            found += [msgspec.structs.replace(names, given=word) for word in words]
        return found[:_MOST_MEANT]

    def _is_surname(self, form: str) -> bool:
        """Whether somebody could be asked for by this surname beside another name."""
        return len(form) >= _LEAST_LETTERS and bool(self._surnames(form))

    def _corrected(self, typed: str, kinds: Iterable[FormKind], *, takes_begun: bool) -> list[str]:
        """Forms that exist here, a letter away from what was typed: whole ones before begun ones."""
        begun: list[str] = []
        for kind in kinds:
            existing = self._existing(corrections(typed, self._following(typed, kind)), kind)
            whole = [row.word for row in existing if row.word == row.form]
            if whole:
                return whole
            begun += [row.word for row in existing]
        is_enough = takes_begun and len(typed) >= LEAST_BEGUN
        return sorted(dict.fromkeys(begun), key=len, reverse=True) if is_enough else []

    def _following(self, typed: str, kind: FormKind) -> dict[str, str]:
        """Which letters come next in the names known here: most mistakes are made of none of them."""
        known: dict[str, str] = {}
        asked = {"kind": kind, "beginnings": msgspec.json.encode(beginnings(typed)).decode()}
        for row in FOLLOWING.all(self._connection, establishment=self._establishment, **asked):
            known[row.beginning] = known.get(row.beginning, "") + row.form[len(row.beginning)]
        return known

    def _existing(self, words: Sequence[str], kind: FormKind) -> list[Row]:
        if not words:
            return []
        asked = msgspec.json.encode(words).decode()
        return MEANT.all(self._connection, establishment=self._establishment, kind=kind, words=asked)


def _is_one_name(names: Names) -> bool:
    return not (names.surname and names.given)


def _is_found_by_name(question: PersonQuestion) -> bool:
    return not (question.number or question.ipp or len(question.birth_date) == _FULL_DATE)


def _last_contacts(connection: sa.Connection, establishment: str, persons: list[str]) -> dict[str, Row]:
    asked = msgspec.json.encode(persons).decode()
    return {
        row.person: row for row in LAST_CONTACT.all(connection, establishment=establishment, persons=asked)
    }


def _found(hit: Hit, last: Row | None, alike: Counter[tuple[str, str, str]]) -> FoundPerson:
    row = hit.row
    return FoundPerson(
        person=row.id,
        birth_name=row.birth_name,
        first_given_name=row.first_given_name,
        used_name=row.used_name,
        birth_date=row.birth_date,
        sex=row.sex,
        birth_place=row.birth_place,
        is_homonym=alike[hit.strict] > 1 or row.doubt == IdentityDoubt.HOMONYM,
        is_protected=bool(row.protection),
        last_at=None if last is None else last.at,
        last_channel=None if last is None else Channel(last.channel),
        matches=hit.matches,
    )


def _rank(hit: Hit) -> tuple[tuple[bool, int], tuple[str, str, str]]:
    return hit.rank, hit.strict


def _order(hit: Hit, last: dict[str, Row]) -> tuple[tuple[bool, int], tuple[str, str, str], float]:
    """By rank and name, and of two homonyms whoever spoke to us last."""
    spoke = last.get(hit.row.id)
    return *_rank(hit), 0 if spoke is None else -spoke.at.timestamp()
