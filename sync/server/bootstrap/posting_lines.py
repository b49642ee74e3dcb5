"""Gives the exchanges that post their calls what they ask of the house."""

from collections.abc import Mapping

import msgspec

from app.domain.ids import Id
from app.queries.told_calls import KnownCall, known_call, seats_by_name, stale_calls
from app.settings import WrongSetting
from app.store.kept_messages import keep_message
from sync.server.auth.tokens import BySecret
from sync.server.bootstrap.keys import line_token
from sync.server.connectors.generic_cti.calls import Arrangement
from sync.server.connectors.generic_cti.line import CtiLine, CtiStore, CtiWatch
from sync.server.routes import Premises


class CtiSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exchange that posts, in `connectors.toml`; without `token`, the system keyring holds it.

    `queues` and `numbers` (dialled) lead to queues of the hospital, `users` to extensions.
    """

    line: str
    token: str = ""
    queues: dict[str, str] = {}
    numbers: dict[str, str] = {}
    users: dict[str, str] = {}


def cti_lines(sections: list[CtiSection], premises: Premises) -> BySecret[CtiLine]:
    """The lines by their secrets, or `WrongSetting`."""
    tokens = tokens_of(sections)
    return BySecret(
        {token: _line(section, premises) for token, section in zip(tokens, sections, strict=True)}
    )


def tokens_of(sections: list[CtiSection]) -> list[str]:
    """The secret of each line, or `WrongSetting`."""
    tokens = [line_token(section.line, section.token, kind="cti") for section in sections]
    if len(set(tokens)) < len(tokens):
        raise WrongSetting("connectors.toml: two lines have the same token.")
    return tokens


def cti_watch(section: CtiSection, premises: Premises) -> CtiWatch:
    """What one process among several does for the line."""
    return CtiWatch(
        section.line,
        find_stale=lambda: _stale(premises, section.line),
        clock=premises.clock,
        emit=premises.intake.emit,
    )


def _line(section: CtiSection, premises: Premises) -> CtiLine:
    store = CtiStore(
        find_call=lambda contact: _find_call(premises, contact),
        arrangement=lambda: _arrangement(section, premises),
        keep=lambda field, body: keep_message(
            premises.engine,
            premises.establishment,
            body,
            line=section.line,
            field=field,
            at=premises.clock.now(),
        ),
    )
    return CtiLine(section.line, store=store, clock=premises.clock, emit=premises.intake.emit)


def _find_call(premises: Premises, contact: Id) -> KnownCall | None:
    with premises.engine.connect() as connection:
        return known_call(connection, premises.establishment, contact)


def _arrangement(section: CtiSection, premises: Premises) -> Arrangement:
    """The exchange's own words go before the house's."""
    with premises.engine.connect() as connection:
        seats = dict(seats_by_name(connection, premises.establishment))
    return Arrangement(queues=section.queues, numbers=section.numbers, seats=seats | section.users)


def _stale(premises: Premises, line: str) -> Mapping[Id, bool]:
    with premises.engine.connect() as connection:
        return stale_calls(connection, premises.establishment, line, now=premises.clock.now())
