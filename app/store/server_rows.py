"""What the server alone keeps of facts, in the order it must be kept; most facts leave nothing there."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.domain.access_facts import GlassBroken
from app.domain.consent_facts import StopLifted, StopRecorded
from app.domain.double_facts import (
    DoubleRejected,
    DoubleSignalled,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.facts import (
    AnyFact,
    CallForgotten,
    PersonEntered,
    PersonErased,
    PersonExported,
    PersonLeft,
    PersonOpened,
    ReadsForgotten,
    VoicemailDeleted,
)
from app.domain.relative_facts import RelativeNamed
from app.store import access_log
from app.store.doubles import keep_doubles
from app.store.erasure import forget_erased
from app.store.refusals import keep_refusals
from app.store.relatives import keep_relative_names
from app.store.rows import Rows
from app.store.scopes import keep_scopes

KEPT: frozenset[type] = frozenset(
    (
        *(PersonEntered, PersonLeft, PersonErased, PersonExported, PersonOpened),
        *(DoubleSignalled, DoubleRejected, RejectionWithdrawn, PersonsMerged, PersonsUnmerged, TriageSettled),
        *(StopRecorded, StopLifted, GlassBroken, VoicemailDeleted, CallForgotten, ReadsForgotten),
        RelativeNamed,
    )
)
"""The kinds that leave something; asked once for each command, which is most of what they cost."""


def keep_for_server(
    rows: Rows, connection: sa.Connection, establishment: str, facts: Sequence[AnyFact]
) -> None:
    """Scopes, names, decisions on doubles, refusals, then what is forgotten, and the trace of reads."""
    if not KEPT.isdisjoint(map(type, facts)):
        keep_each(rows, connection, establishment, facts)


def keep_each(rows: Rows, connection: sa.Connection, establishment: str, facts: Sequence[AnyFact]) -> None:
    """The same, whatever the facts."""
    keep_scopes(rows, facts)
    keep_relative_names(rows, facts)
    keep_doubles(rows, connection, establishment, facts)
    keep_refusals(connection, establishment, facts)
    forget_erased(connection, establishment, facts)
    access_log.append(connection, establishment, facts)
