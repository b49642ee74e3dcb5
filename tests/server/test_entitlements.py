"""The table of the plan is the table of the product, and no route or command is outside it."""

import inspect
from typing import get_args

import pytest
from litestar import get
from litestar.handlers import HTTPRouteHandler

from app.domain.commands import AnyCommand
from app.domain.roles import ENTITLEMENTS, Action, Extent, extent, may, who_may
from app.domain.words import Role
from sync.server.asgi import ROUTES
from sync.server.auth.judging import MAY_RUN
from sync.server.feed.desk import sight
from sync.server.routes import ENTITLED, Open
from sync.server.routes.demo_line import play

OF_THE_PLAN = """
| | receptionist | secretary | nurse | supervisor | administrator |
|---|---|---|---|---|---|
| persons, timeline | scope | scope | scope | scope | no |
| content of protected contacts | masked | own services | own services | masked | no |
| log motive, commit, identify | yes | yes | yes | yes | no |
| reply on written channels | no | yes | yes | no | no |
| nurse alerts | no | no | yes | counts | no |
| queues, reports | own queues | own queues | own queues | all | no |
| merge, data requests | propose | propose | propose | decide | no |
| users, settings, connectors | no | no | no | own services' queues and notices | yes |
"""
BESIDE_IT = """
| break-glass | yes | yes | yes | yes | no |
| what was opened by break-glass | no | no | no | yes | yes |
| colleagues' mobile numbers | no | no | yes | yes | no |
"""
"""What is said under the plan's table, and by R28 of the rules."""
WITHOUT_AN_ACTION = {
    "/v1/session": Open.ANYBODY,
    "/health/live": Open.ANYBODY,
    "/health/ready": Open.ANYBODY,
    "/metrics": Open.ANYBODY,
    "/v1/commands": Open.SIGNED_IN,
    "/hooks/cti/{token:str}": Open.KNOWN_ADDRESS,
    "/demo/line": Open.DEMONSTRATION,
}
BY_NO_PERSON = """
RegisterCall RegisterRing RegisterAnswer RegisterNoAnswer RegisterHold RegisterRetrieval RegisterTransfer
RegisterOverflow RegisterVoicemail RegisterOutgoingCall RegisterEnd ReportAgentState SettleLineAct
ReleasePerson ReviewScope ImportDirectory ImportDuty PublishServiceSheet EscalateMessage
"""
HANDLERS = [route for route in (*ROUTES, play) if isinstance(route, HTTPRouteHandler)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_is_the_plans() -> None:
    head, _, *lines = (OF_THE_PLAN + BESIDE_IT.lstrip()).strip().splitlines()
    roles = [Role(name) for name in _cells(head)[1:]]
    planned = {
        Action(action): dict(zip(roles, map(Extent, extents), strict=True))
        for action, *extents in map(_cells, lines)
    }
    assert {action: dict(row) for action, row in ENTITLEMENTS.items()} == planned
    assert set(planned) == set(Action)


def _faults(handler: HTTPRouteHandler) -> list[str]:
    """What is wrong with a route's declaration."""
    whom = handler.opt.get(ENTITLED)
    asks_who = bool({"caller", "sender"} & set(inspect.signature(handler.fn).parameters))
    (path,) = handler.paths
    found: list[str] = []
    if not isinstance(whom, Action | Open):
        found.append("declares nothing")
    if isinstance(whom, Open) and WITHOUT_AN_ACTION.get(path) is not whom:
        found.append("is open without being listed here")
    if (isinstance(whom, Action) or whom is Open.SIGNED_IN) != asks_who:
        found.append("does not ask who calls, or asks in vain")
    return found


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: next(iter(handler.paths)))
def test_a_route_declares_who_may_reach_it(handler: HTTPRouteHandler) -> None:
    assert _faults(handler) == []


def test_every_route_is_walked() -> None:
    assert len(HANDLERS) == len(ROUTES) + 1


@get("/v1/forgotten")
async def _forgotten() -> None: ...


@get("/v1/open", opt={ENTITLED: Open.ANYBODY})
async def _left_open() -> None: ...


@get("/v1/blind", opt={ENTITLED: Action.PERSONS})
async def _blind() -> None: ...


@pytest.mark.parametrize("handler", [_forgotten, _left_open, _blind], ids=["forgotten", "open", "blind"])
def test_a_route_that_declares_wrongly_is_found(handler: HTTPRouteHandler) -> None:
    assert len(_faults(handler)) == 1


def test_every_command_is_somebodys_or_nobodys() -> None:
    kinds = {kind.__name__ for kind in get_args(AnyCommand)}
    by_persons = {kind.__name__ for kind in MAY_RUN}
    assert kinds - by_persons == set(BY_NO_PERSON.split())
    assert by_persons <= kinds
    assert all(MAY_RUN.values())


def test_the_roles_of_the_wire_are_those_of_the_table() -> None:
    assert [role for role in Role if sight(role)["is_unaware"]] == [Role.RECEPTIONIST, Role.SUPERVISOR]
    assert [role for role in Role if sight(role)["sees_mobiles"]] == [Role.NURSE, Role.SUPERVISOR]
    assert who_may(Action.PERSONS) == set(Role) - {Role.ADMINISTRATOR}
    assert who_may(Action.FILES, Extent.DECIDE) == {Role.SUPERVISOR}
    assert not may(Role.ADMINISTRATOR, Action.FIGURES)
    assert extent(Role.SUPERVISOR, Action.FIGURES) is Extent.ALL
