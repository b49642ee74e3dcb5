"""`GET /v1/persons...`: searching beyond what a desk holds, and reading; each read leaves a trace."""

import asyncio
from typing import Annotated

import sqlalchemy as sa
from litestar import get
from litestar.exceptions import (
    HTTPException,
    NotFoundException,
    ValidationException,
)
from litestar.params import PathParameter, QueryParameter

from app.clock import TimeOrderedMint
from app.dispatch import FAILED
from app.domain.commands import CommandEnvelope, OpenPerson
from app.domain.ids import UUID_PATTERN
from app.domain.names_sought import read_questions
from app.domain.relatives import Compared, RelativeRole
from app.domain.roles import Action, Extent
from app.queries.caller_card import Candidate, candidate_of
from app.queries.doubles import Doubles, ToDecide, doubles_of, to_decide
from app.queries.person_rows import read_persons
from app.queries.person_search import FoundPersons, search_persons
from app.queries.relatives import compare_relative
from app.queries.timeline import Timeline, timeline
from app.store.access_log import Reading
from app.store.opening import read_midnight
from app.store.reading import one_moment
from sync.server.auth.accounts import Account
from sync.server.routes import Caller, Here, Premises, entitled, guarded

LONGEST_QUESTION = 200
SHORTEST_QUESTION = 2
MOST_CONTACTS = 200
PersonId = Annotated[str, PathParameter(pattern=UUID_PATTERN)]
Reason = Annotated[str, QueryParameter(min_length=1, max_length=LONGEST_QUESTION)]
WhyBeyond = Annotated[str, QueryParameter(max_length=LONGEST_QUESTION)]
Question = Annotated[str, QueryParameter(min_length=SHORTEST_QUESTION, max_length=LONGEST_QUESTION)]
AsWhat = Annotated[RelativeRole, QueryParameter()]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST_CONTACTS)]


@get("/v1/persons", opt=entitled(Action.PERSONS), responses=guarded(400, 404))
async def search(here: Here, caller: Caller, q: Question, reason: WhyBeyond = "") -> FoundPersons:
    """Persons by one line of names, a birth date, a number or a file number.

    Among those whom the caller's services hold; with a `reason`, kept in the access log, among all.
    """
    return await asyncio.to_thread(_search, here, caller.account, q, reason)


@get("/v1/persons/{person:str}", opt=entitled(Action.PERSONS), responses=guarded(400, 404))
async def read_person(here: Here, caller: Caller, person: PersonId, reason: Reason) -> Candidate:
    """The strict traits of one person; `reason` is kept in the access log."""
    return await asyncio.to_thread(_read, here, caller.account, person, reason)


@get("/v1/persons/{person:str}/timeline", opt=entitled(Action.PERSONS), responses=guarded(400, 404))
async def read_timeline(
    here: Here, caller: Caller, person: PersonId, reason: Reason, limit: Limit = 50
) -> Timeline:
    """The last contacts of one person, by demand; `reason` is kept in the access log."""
    return await asyncio.to_thread(_timeline, here, caller.account, person, reason, limit)


@get("/v1/persons/{person:str}/doubles", opt=entitled(Action.FILES), responses=guarded(400, 404))
async def read_doubles(here: Here, caller: Caller, person: PersonId, reason: Reason) -> Doubles:
    """One record beside those that may be of the same human, with what would be regrouped.

    `reason` is kept in the access log; those proposed are counted there.
    """
    return await asyncio.to_thread(_read_doubles, here, caller.account, person, reason)


@get("/v1/persons/{person:str}/relatives", opt=entitled(Action.PERSONS), responses=guarded(400, 404))
async def read_compared(
    here: Here, caller: Caller, person: PersonId, name: Question, role: AsWhat, reason: Reason
) -> Compared:
    """Whether somebody of this name is close to one person, in this role: yes or no, and never who else is.

    `reason` is kept in the access log.
    """
    return await asyncio.to_thread(_compare, here, caller.account, person, reason, (name, role))


@get("/v1/doubles", opt=entitled(Action.FILES, Extent.DECIDE), responses=guarded())
async def read_to_decide(here: Here, caller: Caller) -> ToDecide:
    """The pairs that somebody signalled, and what came to two records while they were one."""
    return await asyncio.to_thread(_read_to_decide, here, caller.account)


def _search(here: Premises, who: Account, typed: str, reason: str) -> FoundPersons:
    _check_reason(reason)
    now = here.clock.now()
    services = None if reason else who.services
    with one_moment(here.engine) as connection:
        today = read_midnight(connection, here.establishment, now).date()
        questions = read_questions(typed, today=today)
        found = search_persons(connection, here.establishment, *questions, services=services)
    here.traces.keep(Reading(at=now, author=who.login, reason=reason, shown=len(found.rows)))
    return found


def _read(here: Premises, who: Account, person: str, reason: str) -> Candidate:
    _trace(here, who, person, reason)
    with one_moment(here.engine) as connection:
        return _visible(connection, here, person)


def _timeline(here: Premises, who: Account, person: str, reason: str, limit: int) -> Timeline:
    _trace(here, who, person, reason)
    with one_moment(here.engine) as connection:
        kept = _visible(connection, here, person).person
        return timeline(connection, here.establishment, kept, now=here.clock.now(), limit=limit)


def _read_doubles(here: Premises, who: Account, person: str, reason: str) -> Doubles:
    with one_moment(here.engine) as connection:
        found = doubles_of(connection, here.establishment, person)
    if found is None:
        raise NotFoundException("No such person", extra={"field": "person"})
    _trace(here, who, person, reason, proposed=tuple(each.side.person for each in found.doubles))
    return found


def _compare(
    here: Premises, who: Account, person: str, reason: str, told: tuple[str, RelativeRole]
) -> Compared:
    _trace(here, who, person, reason)
    with one_moment(here.engine) as connection:
        kept = _visible(connection, here, person).person
        return compare_relative(connection, here.establishment, kept, *told)


def _read_to_decide(here: Premises, who: Account) -> ToDecide:
    with one_moment(here.engine) as connection:
        found = to_decide(connection, here.establishment)
    shown = len(found.signalled) + len(found.to_sort)
    here.traces.keep(Reading(at=here.clock.now(), author=who.login, reason="doubles", shown=shown))
    return found


def _visible(connection: sa.Connection, here: Premises, person: str) -> Candidate:
    """One person, who is nobody when protected (rules R5)."""
    found = read_persons(connection, here.establishment, [person], now=here.clock.now())
    if not found:
        raise NotFoundException("No such person", extra={"field": "person"})
    return candidate_of(found[0])


def _trace(here: Premises, who: Account, person: str, reason: str, *, proposed: tuple[str, ...] = ()) -> None:
    """The read itself is the command that a console would send (sync rule 10)."""
    _check_reason(reason)
    command = CommandEnvelope(
        id=TimeOrderedMint().new_id(),
        made_at=here.clock.now(),
        author=who.login,
        body=OpenPerson(person=person, reason=reason, proposed=proposed),
    )
    if here.intake.run(command, desk=who.login).refusal == FAILED:
        raise HTTPException("The read can't be traced", status_code=500, extra={"field": "person"})


def _check_reason(reason: str) -> None:
    if "\0" in reason:
        raise ValidationException("`reason` can't be kept", extra={"field": "reason"})
