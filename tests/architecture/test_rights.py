"""The table of the plan is the table of the product, and nothing that can be reached is outside it."""

import inspect
import json
import re
from argparse import Namespace
from typing import Any, get_args

import pytest
import sqlalchemy as sa
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from app.clock import MachineClock
from app.domain.commands import AnyCommand
from app.domain.facts import AnyFact
from app.domain.roles import ENTITLEMENTS, Action, Extent, extent, may, who_may
from app.domain.words import Role
from sync.server.asgi import make_app
from sync.server.auth.judging import MAY_RUN
from sync.server.auth.tokens import BySecret
from sync.server.bootstrap.lines import simulated_line
from sync.server.bootstrap.matrix import print_rights, rights
from sync.server.bootstrap.serving import make_premises
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.bootstrap.voicemails import Voicemails
from sync.server.feed.desk import sight
from sync.server.feed.told import TOLD, is_told_as_fact, told_of
from sync.server.routes import ENTITLED, EXTENTS, Open, Premises
from sync.server.routes.reports import REPORTS
from tests.architecture.files import ROOT
from tests.support import plan
from tests.support.scene import Scene
from tests.support.stores import quick_engine

__all__ = ["quick_engine"]

_OPEN = {
    "anybody": Open.ANYBODY,
    "whoever is signed in": Open.SIGNED_IN,
    "whoever was given this address": Open.KNOWN_ADDRESS,
    "anybody, on a demonstration alone": Open.DEMONSTRATION,
}


@pytest.fixture(scope="module")
def app(quick_engine: sa.Engine) -> Litestar:
    """The application as it is served, with its demonstration's line."""
    premises = make_premises(quick_engine, Scene(quick_engine).establishment, MachineClock())
    return make_app(premises, **_hooks(premises), demo_line=simulated_line(premises, leap=None))


def _hooks(premises: Premises) -> dict[str, Any]:
    """Nothing posts here."""
    return {
        "cti_hooks": BySecret({}),
        "voicemails": Voicemails(premises, VoicemailKeys(ROOT / "nowhere"), []),
    }


_FRAMEWORKS_OWN = {f"GET /openapi.json{below}" for below in ("", "/{path}", "/openapi.json")}
"""What the routes take and answer."""
Routes = dict[str, HTTPRouteHandler]


def _routes(app: Litestar) -> Routes:
    """Every handler that the application has, by its verb and path."""
    return {
        f"{verb} {re.sub(r':[a-z]+}', '}', route.path)}": handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for verb in handler.http_methods - {"OPTIONS"}
    }


def _faults(name: str, handler: HTTPRouteHandler) -> list[str]:
    """What is wrong with a route's declaration."""
    whom: Any = handler.opt.get(ENTITLED)
    planned = plan.ROUTES.get(name, "")
    asks_who = bool({"caller", "sender"} & set(inspect.signature(handler.fn).parameters))
    found: list[str] = []
    if not isinstance(whom, Action | Open):
        found.append("declares nothing")
    elif ": ".join((whom, *handler.opt.get(EXTENTS, ()))) != _OPEN.get(planned, planned):
        found.append("is opened otherwise than by the plan")
    if (isinstance(whom, Action) or whom is Open.SIGNED_IN) != asks_who:
        found.append("does not ask who calls, or asks in vain")
    return found


def test_the_table_is_the_plans() -> None:
    assert [role.value for role in Role] == list(plan.ROLES)
    ours = {action.value: {role.value: how.value for role, how in row.items()} for action, row in _rows()}
    assert ours == plan.TABLE
    assert set(ENTITLEMENTS) == set(Action)


def _rows() -> Any:
    return ENTITLEMENTS.items()


def test_every_route_is_in_the_plan_and_declares_what_opens_it(app: Litestar) -> None:
    declared = {name: _faults(name, handler) for name, handler in _routes(app).items()}
    assert all(declared.pop(name) == ["declares nothing"] for name in _FRAMEWORKS_OWN)
    assert declared == {name: [] for name in plan.ROUTES if name not in _FRAMEWORKS_OWN}


def test_the_demonstrations_line_is_there_on_a_demonstration_alone(quick_engine: sa.Engine) -> None:
    premises = make_premises(quick_engine, Scene(quick_engine).establishment, MachineClock())
    served = set(_routes(make_app(premises, **_hooks(premises))))
    assert served - _FRAMEWORKS_OWN == set(plan.ROUTES) - _FRAMEWORKS_OWN - {"POST /demo/line"}


@get("/v1/forgotten")
async def _forgotten() -> None: ...


@get("/v1/queues", opt={ENTITLED: Open.ANYBODY})
async def _left_open() -> None: ...


@get("/v1/queues", opt={ENTITLED: Action.FIGURES})
async def _blind() -> None: ...


@pytest.mark.parametrize("handler", [_forgotten, _left_open, _blind], ids=["forgotten", "open", "blind"])
def test_a_route_that_declares_wrongly_is_found(handler: HTTPRouteHandler) -> None:
    (path,) = handler.paths
    assert len(_faults(f"GET {path}", handler)) == 1


def test_every_command_is_asked_by_whom_the_plan_says() -> None:
    kinds = {kind.__name__: MAY_RUN.get(kind, frozenset()) for kind in get_args(AnyCommand)}
    assert set(kinds) == set(plan.COMMANDS), "name it in tests/support/plan.py"
    assert {name: set(roles) for name, roles in kinds.items()} == {
        name: {role for role in plan.ROLES if plan.reaches(role, rule)}
        for name, rule in plan.COMMANDS.items()
    }
    assert {kind.__name__ for kind in MAY_RUN} <= set(kinds)


def test_every_fact_is_told_to_somebody_or_to_nobody_on_purpose() -> None:
    kinds = {kind.__name__ for kind in get_args(AnyFact)}
    assert kinds == set(plan.FACTS), "name it in tests/support/plan.py"
    assert kinds == {kind.__name__ for kind in TOLD}, "name it in sync/server/feed/told.py"


def test_a_fact_that_the_table_forgot_is_told_to_nobody() -> None:
    assert told_of("a fact of another day").name == "NOBODY"
    assert not is_told_as_fact("a fact of another day")


def test_every_report_is_in_the_plan() -> None:
    assert set(REPORTS) == set(plan.REPORTS)


def test_the_matrix_that_is_printed_names_every_place(capsys: pytest.CaptureFixture[str]) -> None:
    print_rights(Namespace(json=True))
    printed = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in printed] == [one.name for one in rights()]
    names = {place: {one.name for one in rights() if one.place == place} for place in _places(printed)}
    assert {re.sub(r":[a-z]+}", "}", name) for name in names["route"]} == set(plan.ROUTES)
    assert names["command"] == set(plan.COMMANDS)
    assert names["fact"] == set(plan.FACTS)
    assert names["report"] == set(plan.REPORTS)
    assert names["action"] == set(plan.TABLE)


def _places(printed: list[dict[str, Any]]) -> set[str]:
    return {one["place"] for one in printed}


def test_the_matrix_says_of_each_command_what_the_plan_says() -> None:
    for one in rights():
        if one.place == "command":
            rule = plan.COMMANDS[one.name].partition(": ")[0]
            said = {role: how for role, how in one.roles.items() if how != "no"}
            may_ask = [role for role in plan.ROLES if plan.reaches(role, plan.COMMANDS[one.name])]
            assert said == {role: plan.TABLE[rule][role] for role in may_ask}, one.name


def test_the_matrix_is_also_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    print_rights(Namespace(json=False))
    head, dashes, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == [*plan.ROLES, "rule"]
    assert set(dashes) == {"-"}
    assert len(lines) == len(rights())


def test_the_roles_of_the_wire_are_those_of_the_table() -> None:
    assert [role for role in Role if sight(role)["is_unaware"]] == [Role.RECEPTIONIST, Role.SUPERVISOR]
    assert [role for role in Role if sight(role)["sees_mobiles"]] == [Role.NURSE, Role.SUPERVISOR]
    assert who_may(Action.PERSONS) == set(Role) - {Role.ADMINISTRATOR}
    assert who_may(Action.FILES, Extent.DECIDE) == {Role.SUPERVISOR}
    assert not may(Role.ADMINISTRATOR, Action.FIGURES)
    assert extent(Role.SUPERVISOR, Action.FIGURES) is Extent.ALL
