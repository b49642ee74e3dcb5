"""Who may what: one table of roles and actions, which every route, command and place refers to."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.words import Role


class Action(StrEnum):
    """What can be done, in the words of the plan (architecture, « Who may what », and rules R28)."""

    PERSONS = "persons, timeline"
    PROTECTED = "content of protected contacts"
    CONTACTS = "log motive, commit, identify"
    WRITING = "reply on written channels"
    ALERTS = "nurse alerts"
    FIGURES = "queues, reports"
    FILES = "merge, data requests"
    SETTINGS = "users, settings, connectors"
    GLASS = "break-glass"
    ACCESSES = "what was opened by break-glass"
    MOBILES = "colleagues' mobile numbers"


class Extent(StrEnum):
    """How far a role may go."""

    NO = "no"
    YES = "yes"
    SCOPE = "scope"
    MASKED = "masked"
    OWN_SERVICES = "own services"
    OWN_QUEUES = "own queues"
    COUNTS = "counts"
    ALL = "all"
    PROPOSE = "propose"
    DECIDE = "decide"
    OWN_NOTICES = "own services' queues and notices"


def _row(
    receptionist: Extent, secretary: Extent, nurse: Extent, supervisor: Extent, administrator: Extent
) -> Mapping[Role, Extent]:
    extents = (receptionist, secretary, nurse, supervisor, administrator)
    return MappingProxyType(dict(zip(Role, extents, strict=True)))


_NO, _YES = Extent.NO, Extent.YES
ENTITLEMENTS: Mapping[Action, Mapping[Role, Extent]] = MappingProxyType(
    {
        Action.PERSONS: _row(Extent.SCOPE, Extent.SCOPE, Extent.SCOPE, Extent.SCOPE, _NO),
        Action.PROTECTED: _row(Extent.MASKED, Extent.OWN_SERVICES, Extent.OWN_SERVICES, Extent.MASKED, _NO),
        Action.CONTACTS: _row(_YES, _YES, _YES, _YES, _NO),
        Action.WRITING: _row(_NO, _YES, _YES, _NO, _NO),
        Action.ALERTS: _row(_NO, _NO, _YES, Extent.COUNTS, _NO),
        Action.FIGURES: _row(Extent.OWN_QUEUES, Extent.OWN_QUEUES, Extent.OWN_QUEUES, Extent.ALL, _NO),
        Action.FILES: _row(Extent.PROPOSE, Extent.PROPOSE, Extent.PROPOSE, Extent.DECIDE, _NO),
        Action.SETTINGS: _row(_NO, _NO, _NO, Extent.OWN_NOTICES, _YES),
        Action.GLASS: _row(_YES, _YES, _YES, _YES, _NO),
        Action.ACCESSES: _row(_NO, _NO, _NO, _YES, _YES),
        Action.MOBILES: _row(_NO, _NO, _YES, _YES, _NO),
    }
)


def extent(role: Role, action: Action) -> Extent:
    """How far this role may go."""
    return ENTITLEMENTS[action][role]


def may(role: Role, action: Action) -> bool:
    """Whether this role may do anything of it."""
    return extent(role, action) is not Extent.NO


def who_may(action: Action, *extents: Extent) -> frozenset[Role]:
    """The roles that may do it, within one of these extents when some are named."""
    wanted = frozenset(extents or Extent) - {Extent.NO}
    return frozenset(role for role, given in ENTITLEMENTS[action].items() if given in wanted)
