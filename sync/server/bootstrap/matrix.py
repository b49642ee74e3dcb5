"""Prints who may what, from what the routes, the commands, the feed and the reports declare themselves."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

import msgspec
from litestar.handlers import HTTPRouteHandler

from app.domain.commands import AnyCommand
from app.domain.facts import AnyFact
from app.domain.roles import ENTITLEMENTS, Action, Extent, may
from app.domain.words import Role
from sync.server.asgi import DESCRIPTION, ROUTES
from sync.server.auth.judging import RULES, Rule
from sync.server.bootstrap.telling import print_data
from sync.server.feed.desk import sight
from sync.server.feed.told import TOLD, Told
from sync.server.routes import ENTITLED, EXTENTS, Open
from sync.server.routes.demo_line import play
from sync.server.routes.reports import REPORTS

_NO, _YES = Extent.NO.value, Extent.YES.value
_OF_THE_HOUSE = "a line, a job or the server's own command"
_IS_OPEN = frozenset({Open.ANYBODY, Open.SIGNED_IN})


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the product, the rule it declares, and how far each role goes there."""

    place: str
    name: str
    rule: str
    roles: dict[Role, str]


def rights() -> list[Right]:
    """Every action of the table, then every route, report, command and fact."""
    actions = [
        _right("action", action.value, action.value, {role: extent.value for role, extent in row.items()})
        for action, row in ENTITLEMENTS.items()
    ]
    return [*actions, *_routes(), *_reports(), *_commands(), *_facts()]


def print_rights(options: argparse.Namespace) -> None:
    """The matrix as a table, or as JSON."""
    found = rights()
    print_data(options, found, "\n".join(_lines(found)))


def _right(place: str, name: str, rule: str, roles: Mapping[Role, str]) -> Right:
    return Right(place=place, name=name, rule=rule, roles=dict(roles))


def _by_action(action: Action) -> dict[Role, str]:
    return {role: extent.value for role, extent in ENTITLEMENTS[action].items()}


def _routes() -> Iterator[Right]:
    for handler in (*ROUTES, play):
        if isinstance(handler, HTTPRouteHandler):
            whom: Action | Open = handler.opt[ENTITLED]
            for path in sorted(handler.paths):
                reached = _reaches(whom, *handler.opt.get(EXTENTS, ()))
                yield _right("route", f"{_verb(handler)} {path}", whom.value, reached)
    yield _right("route", f"GET {DESCRIPTION}", Open.ANYBODY.value, _reaches(Open.ANYBODY))


def _verb(handler: HTTPRouteHandler) -> str:
    return "|".join(sorted(map(str, handler.http_methods)))


def _reaches(whom: Action | Open, *extents: Extent) -> dict[Role, str]:
    if isinstance(whom, Action):
        return _asks(Rule(whom, extents))
    return dict.fromkeys(Role, _YES if whom in _IS_OPEN else _NO)


def _reports() -> Iterator[Right]:
    for name in REPORTS:
        yield _right("report", name, Action.FIGURES.value, _by_action(Action.FIGURES))


def _commands() -> Iterator[Right]:
    for kind in get_args(AnyCommand):
        rule = RULES.get(kind)
        yield _right(
            "command", kind.__name__, _OF_THE_HOUSE if rule is None else rule.action.value, _asks(rule)
        )


def _asks(rule: Rule | None) -> dict[Role, str]:
    if rule is None:
        return dict.fromkeys(Role, _NO)
    return {role: how if role in rule.roles else _NO for role, how in _by_action(rule.action).items()}


def _facts() -> Iterator[Right]:
    for kind in get_args(AnyFact):
        told = TOLD.get(kind, Told.NOBODY)
        yield _right("fact", kind.__name__, told.value, {role: _hears(role, told) for role in Role})


def _hears(role: Role, told: Told) -> str:
    """What a desk of this role hears, if the role has a feed at all."""
    seen = sight(role)
    if told is Told.NOBODY or not may(role, Action.PERSONS):
        return _NO
    if told is Told.GLASS:
        return Extent.ALL.value if seen["is_told"] else "own"
    if told is Told.DIRECTORY:
        return Extent.ALL.value if seen["sees_mobiles"] else f"{Extent.ALL}, {Extent.MASKED}"
    if told in (Told.HOUSE, Told.EVERYBODY):
        return Extent.ALL.value
    return f"{Extent.SCOPE}, {Extent.MASKED}" if seen["is_unaware"] else Extent.SCOPE.value


def _lines(found: Iterable[Right]) -> Iterator[str]:
    """Columns as wide as what they hold; a line of dashes under the head."""
    rows = [("", "", *Role, "rule")]
    rows += [(one.place, one.name, *(one.roles[role] for role in Role), one.rule) for one in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shown = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    yield shown[0]
    yield "-" * max(map(len, shown))
    yield from shown[1:]
