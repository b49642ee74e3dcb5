"""`/v1/session`: a password, the identity provider's word or a refresh token becomes a session."""

import asyncio
import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NoReturn, TypeAlias, TypeVar

import msgspec
import sqlalchemy as sa
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from litestar.params import JSONBody, SkipValidation

from app.logs import log
from app.store import tables
from app.store.engine import writing
from app.store.reading import read_house_words
from sync.protocol.messages import ACCESS_WITHDRAWN, Credentials, Granted, OpenIdWay, Session, WaysIn
from sync.protocol.signing import is_public_key
from sync.server.auth import desks, tokens
from sync.server.auth.accounts import ACTIVE, Account, find_account, to_account
from sync.server.auth.id_tokens import NotBelieved
from sync.server.auth.passwords import is_password
from sync.server.auth.provider_wire import Away
from sync.server.auth.providers import Provider, Vouched
from sync.server.auth.tokens import Pair
from sync.server.auth.vouched import NotAdmitted, admit
from sync.server.feed import origin
from sync.server.routes import Here, Open, Premises, entitled, problems

WRONG = "Identifiant ou mot de passe incorrect."
LONGEST_LOGIN = 200
STALE = "La session a expiré. Identifiez-vous de nouveau."
NOT_VOUCHED = "La connexion n’a pas abouti. Recommencez."
PROVIDER_AWAY = "Le service de connexion de l’établissement ne répond pas. Réessayez dans un instant."
NOT_ADMITTED = {
    "unknown_account": "Aucun compte ouvert ici n’a votre identifiant. Voyez votre administrateur.",
    "other_person": "Cet identifiant était celui d’une autre personne. Voyez votre administrateur.",
    "no_role": "Vos groupes ne donnent aucun rôle ici. Voyez votre administrateur.",
    "several_roles": "Vos groupes donnent plusieurs rôles ici. Voyez votre administrateur.",
}
REDIRECT = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}/")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
LONGEST_CODE = 4096
T = TypeVar("T")
_REFUSED = problems(400, 401, 413, 429, 502)
WhoVouches: TypeAlias = NamedDependency[SkipValidation[Provider | None]]


@get("/v1/session", opt=entitled(Open.ANYBODY), responses=problems())
async def ways_in(provider: WhoVouches) -> WaysIn:
    """How one may sign in here; without the identity provider's way while it is away."""
    return WaysIn(openid=await _apart(provider, _way_by, provider) if provider else None)


@post("/v1/session", status_code=200, opt=entitled(Open.ANYBODY), responses=_REFUSED)
async def open_session(data: JSONBody[Credentials], here: Here, provider: WhoVouches) -> Session:
    """Sign in with login and password or what the provider `granted`, or renew with `refresh`."""
    if data.refresh:
        return await asyncio.to_thread(_renew, here, data.refresh)
    _check_sitting_key(data)
    place = origin.address()
    if data.granted is not None:
        by = _check_granted(data.granted, provider)
        return await _apart(by, _sign_in_by, here, by, data.granted, data.sitting_key, place)
    for field, value in (("login", data.login), ("password", data.password)):
        if not value:
            raise ValidationException(f"`{field}` is missing", extra={"field": field})
    if len(data.login) > LONGEST_LOGIN or "\0" in data.login:
        raise ValidationException("`login` is nobody's", extra={"field": "login"})
    return await asyncio.to_thread(_sign_in, here, data, place)


async def _apart(provider: Provider, work: Callable[..., T], *given: Any) -> T:
    """On the provider's own threads: it may hang, and nobody else waits for it."""
    return await asyncio.get_running_loop().run_in_executor(provider.threads, partial(work, *given))


def _check_sitting_key(data: Credentials) -> None:
    if (data.sitting_key or data.granted) and not is_public_key(data.sitting_key):
        said = "`sitting_key` is not an Ed25519 public key in hexadecimal"
        raise ValidationException(said, extra={"field": "sitting_key"})


def _check_granted(granted: Granted, provider: Provider | None) -> Provider:
    is_good = {
        "granted.code": 0 < len(granted.code) <= LONGEST_CODE,
        "granted.verifier": VERIFIER.fullmatch(granted.verifier),
        "granted.redirect": REDIRECT.fullmatch(granted.redirect),
    }
    for field, good in is_good.items():
        if not good:
            raise ValidationException(f"`{field}` is not what a console sends", extra={"field": field})
    if provider is None:
        raise ValidationException("no identity provider is set here", extra={"field": "granted"})
    return provider


def _way_by(provider: Provider) -> OpenIdWay | None:
    chosen = provider.chosen
    try:
        return OpenIdWay(
            name=chosen.name,
            issuer=chosen.issuer,
            authorize=provider.authorize(),
            client_id=chosen.client_id,
            scope=" ".join(chosen.scopes),
            acr=chosen.acr,
        )
    except Away:
        return None


def _sign_in_by(
    here: Premises, provider: Provider, granted: Granted, sitting_key: str, place: str
) -> Session:
    now = here.clock.now()
    if pause := here.tries.pause_of_codes(place, now):
        raise _too_many(math.ceil(pause.total_seconds()), said=NOT_VOUCHED, field="granted")
    try:
        vouched = provider.vouch(granted, sitting_key=sitting_key)
        session = _seat_vouched(here, provider, vouched, sitting_key, now)
    except Away as away:
        raise HTTPException(
            PROVIDER_AWAY, status_code=502, extra={"field": "granted", "code": "provider_away"}
        ) from away
    except NotBelieved as lie:
        here.tries.count_code(place, now)
        log("auth").warning("a sign-in at the identity provider proves nothing", reason=lie.reason)
        raise NotAuthorizedException(NOT_VOUCHED, extra={"field": "granted", "code": "not_vouched"}) from lie
    except NotAdmitted as no:
        here.tries.count_code(place, now)
        log("auth").warning("whom the identity provider knows has no place here", reason=no.code)
        raise NotAuthorizedException(
            NOT_ADMITTED[no.code], extra={"field": "granted", "code": no.code}
        ) from no
    here.tries.forget_codes(place)
    return session


def _seat_vouched(
    here: Premises, provider: Provider, vouched: Vouched, sitting_key: str, now: datetime
) -> Session:
    with writing(here.engine) as connection:
        issuer = provider.chosen.issuer
        who = admit(connection, here.establishment, vouched, issuer=issuer, now=now)
        return _seated(connection, here.establishment, who, sitting_key=sitting_key, now=now)


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
        return _seated(connection, here.establishment, to_account(row), sitting_key=data.sitting_key, now=now)


def _seated(
    connection: sa.Connection, establishment: str, who: Account, *, sitting_key: str, now: datetime
) -> Session:
    """A session, with the sitting of whoever brought a key to sign with."""
    pair = tokens.issue_pair(connection, establishment, who.login, now=now)
    session = _session(connection, establishment, who, pair)
    if not sitting_key:
        return session
    sitting = desks.begin_sitting(connection, establishment, who.login, public_key=sitting_key, now=now)
    return msgspec.structs.replace(session, sitting=sitting.id)


def _check_pause(here: Premises, login: str, place: str, now: datetime) -> None:
    if pause := here.tries.pause(login, place, now):
        raise _too_many(math.ceil(pause.total_seconds()), said=WRONG, field="password")


def _refuse(here: Premises, login: str, place: str, now: datetime) -> NoReturn:
    left = here.tries.count_wrong(login, place, now)
    if left <= 0:
        pause = here.tries.pause(login, place, now)
        raise _too_many(math.ceil(pause.total_seconds()), said=WRONG, field="password")
    trials = f"{left}\u00a0essais" if left > 1 else "1\u00a0essai"
    raise NotAuthorizedException(f"{WRONG} Encore {trials}.", extra={"field": "password", "tries_left": left})


def _too_many(seconds: int, *, said: str, field: str) -> HTTPException:
    minutes = math.ceil(seconds / 60)
    return HTTPException(
        f"{said} Réessayez dans {minutes}\u00a0minute{'s' if minutes > 1 else ''}.",
        status_code=429,
        headers={"Retry-After": str(seconds)},
        extra={"field": field, "tries_left": 0},
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
