"""Thin routes: each reads a request, asks the rooms below, and shapes the answer."""

from enum import StrEnum
from typing import Annotated, Protocol, TypeAlias

import msgspec
import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import PathParameter, SkipValidation

from app.domain.ids import UUID_PATTERN
from app.domain.roles import Action, Extent
from app.ports import Clock
from app.queries.held_contacts import HeldContact, find_held
from sync.server.auth.accounts import Account
from sync.server.auth.desks import EnrolledDesk
from sync.server.auth.passwords import Tries
from sync.server.auth.tokens import SignedIn
from sync.server.feed.counts import Counts
from sync.server.feed.desk import sight
from sync.server.feed.intake import Intake
from sync.server.feed.tail import Tail
from sync.server.feed.traces import Traces


class Premises(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes of one running server share; `epoch` names this journal's life."""

    engine: sa.Engine
    establishment: str
    epoch: str
    clock: Clock
    tail: Tail
    intake: Intake
    tries: Tries
    counts: Counts
    traces: Traces


class Open(StrEnum):
    """Who may reach a route that answers to no action of the table."""

    ANYBODY = "anybody"
    SIGNED_IN = "whoever is signed in; each command has its own action"
    KNOWN_ADDRESS = "whoever was given this address"
    DEMONSTRATION = "anybody, on a demonstration alone"


class HookFault(Protocol):
    """Why a message is not taken: the field at fault and a sentence that names it."""

    @property
    def field(self) -> str:
        """As the vendor calls it."""
        ...

    @property
    def reason(self) -> str:
        """For whoever set the exchange up."""
        ...


ContactId = Annotated[str, PathParameter(pattern=UUID_PATTERN)]
ENTITLED, EXTENTS = "entitled", "extents"


def entitled(whom: Action | Open, *extents: Extent) -> dict[str, Action | Open | tuple[Extent, ...]]:
    """What each route declares: who may reach it, by the table of `app.domain.roles`.

    When extents are named, only who may go so far.
    """
    return {ENTITLED: whom, EXTENTS: extents}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every refusal looks like (RFC 9457): `field` is at fault, `code` a rule that said no."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    code: str = ""


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The refusals that a route describes, beside those that every one may give."""
    spec = ResponseSpec(Problem, generate_examples=False, media_type=PROBLEM)
    return dict.fromkeys((*statuses, *_OF_EVERY_ROUTE), spec)


def guarded(*statuses: int) -> dict[int, ResponseSpec]:
    """Those of a route that asks who calls."""
    return problems(401, 403, *statuses)


PROBLEM = "application/problem+json"
_OF_EVERY_ROUTE = (400, 426, 500, 503)


Here: TypeAlias = NamedDependency[SkipValidation[Premises]]
Caller: TypeAlias = NamedDependency[SkipValidation[SignedIn]]
Sender: TypeAlias = NamedDependency[SkipValidation[SignedIn | EnrolledDesk]]


def held_by(connection: sa.Connection, establishment: str, contact: str, who: Account) -> HeldContact | None:
    """A contact, if whoever is signed in holds it."""
    return find_held(
        connection,
        establishment,
        contact,
        login=who.login,
        services=who.services,
        is_unaware=sight(who.role)["is_unaware"],
    )
