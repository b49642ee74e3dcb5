"""`POST /v1/session`: a password, or a refresh token, becomes a session."""

import asyncio
import math
from datetime import datetime
from typing import Any, NoReturn

import msgspec
import sqlalchemy as sa
from litestar import Request, post
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from litestar.params import JSONBody

from app.store import tables
from app.store.engine import writing
from app.store.reading import read_house_words
from sync.protocol.messages import ACCESS_WITHDRAWN, Credentials, Session
from sync.protocol.signing import is_public_key
from sync.server.auth import desks, tokens
from sync.server.auth.accounts import ACTIVE, Account, find_account, to_account
from sync.server.auth.passwords import is_password
from sync.server.auth.tokens import Pair
from sync.server.routes import Here, Open, Premises, entitled

WRONG = "Identifiant ou mot de passe incorrect."
STALE = "La session a expiré. Identifiez-vous de nouveau."


@post("/v1/session", status_code=200, opt=entitled(Open.ANYBODY))
async def open_session(request: Request[Any, Any, Any], data: JSONBody[Credentials], here: Here) -> Session:
    """Sign in with login and password, or renew with `refresh`."""
    if data.refresh:
        return await asyncio.to_thread(_renew, here, data.refresh)
    for field, value in (("login", data.login), ("password", data.password)):
        if not value:
            raise ValidationException(f"`{field}` is missing", extra={"field": field})
    if data.sitting_key and not is_public_key(data.sitting_key):
        said = "`sitting_key` is not an Ed25519 public key in hexadecimal"
        raise ValidationException(said, extra={"field": "sitting_key"})
    place = request.client.host if request.client else ""
    return await asyncio.to_thread(_sign_in, here, data, place)


def _renew(here: Premises, refresh: str) -> Session:
    with writing(here.engine) as connection:
        renewed = tokens.renew(connection, here.establishment, refresh, now=here.clock.now())
        if renewed is not None:
            return _session(connection, here.establishment, *renewed)
        is_withdrawn = tokens.is_withdrawn(connection, here.establishment, refresh)
    # Once it is committed: a replayed token closed what came of it.
    why = {"code": ACCESS_WITHDRAWN} if is_withdrawn else {}
    raise NotAuthorizedException(STALE, extra={"field": "refresh"} | why)


def _sign_in(here: Premises, data: Credentials, place: str) -> Session:
    now = here.clock.now()
    _check_pause(here, data.login, place, now)
    with here.engine.connect() as connection:
        row = find_account(connection, here.establishment, data.login)
    stored = row.password_hash if row is not None and row.state == ACTIVE else None
    if not is_password(stored, data.password) or row is None:
        _refuse(here, data.login, place, now)
    here.tries.forget(data.login, place)
    with writing(here.engine) as connection:
        pair = tokens.issue_pair(connection, here.establishment, row.login, now=now)
        session = _session(connection, here.establishment, to_account(row), pair)
        if not data.sitting_key:
            return session
        sitting = desks.begin_sitting(
            connection, here.establishment, row.login, public_key=data.sitting_key, now=now
        )
    return msgspec.structs.replace(session, sitting=sitting.id)


def _check_pause(here: Premises, login: str, place: str, now: datetime) -> None:
    if pause := here.tries.pause(login, place, now):
        raise _too_many(math.ceil(pause.total_seconds()))


def _refuse(here: Premises, login: str, place: str, now: datetime) -> NoReturn:
    left = here.tries.count_wrong(login, place, now)
    if left <= 0:
        raise _too_many(math.ceil(here.tries.pause(login, place, now).total_seconds()))
    trials = f"{left}\u00a0essais" if left > 1 else "1\u00a0essai"
    raise NotAuthorizedException(f"{WRONG} Encore {trials}.", extra={"field": "password", "tries_left": left})


def _too_many(seconds: int) -> HTTPException:
    minutes = math.ceil(seconds / 60)
    return HTTPException(
        f"{WRONG} Réessayez dans {minutes}\u00a0minute{'s' if minutes > 1 else ''}.",
        status_code=429,
        headers={"Retry-After": str(seconds)},
        extra={"field": "password", "tries_left": 0},
    )


def _session(connection: sa.Connection, establishment: str, who: Account, pair: Pair) -> Session:
    words = read_house_words(connection, establishment)
    return Session(
        token=pair.access,
        refresh=pair.refresh,
        expires_at=pair.expires_at,
        establishment=establishment,
        establishment_name=words.get("name", ""),
        establishment_short_name=words.get("short_name", ""),
        login=who.login,
        name=who.name,
        role=who.role,
        services=who.services,
        service_name=_service_name(connection, establishment, who.services),
        extension=who.extension,
    )


def _service_name(connection: sa.Connection, establishment: str, services: tuple[str, ...]) -> str:
    first = services[0] if services else ""
    found = sa.select(tables.service.c.name).filter_by(establishment=establishment, id=first)
    return connection.execute(found).scalar_one_or_none() or ""
