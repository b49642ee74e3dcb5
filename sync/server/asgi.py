"""The web application: every route, who may reach it, and one shape for every error."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Protocol

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import (
    ClientException,
    HTTPException,
    NotAuthorizedException,
    PermissionDeniedException,
)
from litestar.openapi import OpenAPIConfig
from litestar.types import ControllerRouterHandler

from app.domain.roles import Action, who_may
from app.logs import fault, log
from app.store.engine import is_of_database
from sync.protocol import PROTOCOL_VERSION, VERSION_HEADER, is_apart
from sync.protocol.messages import VERSION_APART
from sync.server.auth.desks import EnrolledDesk, Revoked, find_desk
from sync.server.auth.providers import Provider
from sync.server.auth.tokens import SignedIn, find_signed_in
from sync.server.routes import ENTITLED, EXTENTS, PROBLEM, Here, Open, Premises
from sync.server.routes.accesses import read_accesses
from sync.server.routes.commands import take_commands
from sync.server.routes.contacts import read_earlier_calls
from sync.server.routes.demo_line import ScriptedLine, play
from sync.server.routes.described import Described
from sync.server.routes.desks import enrol_desk
from sync.server.routes.feed import feed, snapshot
from sync.server.routes.health import live, metrics, ready
from sync.server.routes.hooks import HookLines, take_cti
from sync.server.routes.persons import (
    read_compared,
    read_doubles,
    read_person,
    read_timeline,
    read_to_decide,
    search,
)
from sync.server.routes.reports import queues, read_report
from sync.server.routes.session import open_session, ways_in
from sync.server.routes.voicemails import Voicemails, listen, take_voicemail

ROUTES: tuple[ControllerRouterHandler, ...] = (
    ways_in,
    open_session,
    enrol_desk,
    take_commands,
    feed,
    snapshot,
    search,
    read_person,
    read_timeline,
    queues,
    read_report,
    read_accesses,
    read_compared,
    read_doubles,
    read_earlier_calls,
    read_to_decide,
    take_cti,
    take_voicemail,
    listen,
    live,
    ready,
    metrics,
)
DESCRIPTION = "/openapi.json"
"""What the routes take and answer: it says nothing of anybody, and is open to all."""
MOST_BYTES = 16 * 1024
"""Of a body, read before anybody is known; the routes that take more say so."""
LONGEST_VERSION = 6
AnyRequest = Request[Any, Any, Any]


class LongWork(Protocol):
    """What goes on beside the requests: an outside line, what is done when it is due."""

    async def run(self) -> None:
        """Until cancelled."""
        ...


def make_app(
    premises: Premises,
    *,
    works: Sequence[LongWork] = (),
    cti_hooks: HookLines,
    voicemails: Voicemails,
    demo_line: ScriptedLine | None = None,
    provider: Provider | None = None,
) -> Litestar:
    """The application that serves these premises; it keeps `works` running while it does."""

    @asynccontextmanager
    async def keep_up(_app: Litestar) -> AsyncGenerator[None]:
        following = asyncio.create_task(premises.tail.follow())
        running = [asyncio.create_task(work.run()) for work in works]
        yield
        for work in running:
            work.cancel()
        premises.tail.stop()
        await asyncio.gather(following, *running, return_exceptions=True)

    return Litestar(
        ROUTES if demo_line is None else (*ROUTES, play),
        dependencies={
            "here": Provide(lambda: premises, use_cache=True, sync_to_thread=False),
            "caller": Provide(find_caller),
            "cti_hooks": Provide(lambda: cti_hooks, use_cache=True, sync_to_thread=False),
            "voicemails": Provide(lambda: voicemails, use_cache=True, sync_to_thread=False),
            "sender": Provide(find_sender),
            "provider": Provide(lambda: provider, use_cache=True, sync_to_thread=False),
            "demo_line": Provide(lambda: demo_line, use_cache=True, sync_to_thread=False),
        },
        lifespan=[keep_up],
        before_request=check_version,
        exception_handlers={Exception: _problem_of(premises)},
        openapi_config=OpenAPIConfig(
            title="Filrouge",
            version=str(PROTOCOL_VERSION),
            path=DESCRIPTION,
            render_plugins=[Described(path="/")],
        ),
        request_max_body_size=MOST_BYTES,
        response_headers={VERSION_HEADER: str(PROTOCOL_VERSION)},
        logging_config=None,
    )


async def check_version(request: AnyRequest) -> None:
    """A console that this server can't understand, or that can't understand it, is told so (426)."""
    said = request.headers.get(VERSION_HEADER)
    if said is None:
        return
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_VERSION):
        raise ClientException("The version is not a number", extra={"field": VERSION_HEADER})
    if is_apart(int(said)):
        raise HTTPException(
            f"This server speaks version {PROTOCOL_VERSION}, and those beside it",
            status_code=426,
            extra={"field": VERSION_HEADER, "code": VERSION_APART, "protocol": PROTOCOL_VERSION},
        )


async def find_caller(request: AnyRequest, here: Here) -> SignedIn:
    """Whom the bearer token stands for; 401 when nobody, 403 when the role may not do what the route does."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    signed_in = await asyncio.to_thread(_look_up, here, value) if scheme.lower() == "bearer" else None
    if signed_in is None:
        raise _nobody()
    action = request.route_handler.opt.get(ENTITLED)
    if action is not Open.SIGNED_IN and not (
        isinstance(action, Action)
        and signed_in.account.role in who_may(action, *request.route_handler.opt.get(EXTENTS, ()))
    ):
        raise PermissionDeniedException(f"This role may not: {action}", extra={"field": "role"})
    return signed_in


async def find_sender(request: AnyRequest, here: Here) -> SignedIn | EnrolledDesk:
    """Who hands commands over: somebody signed in, or a desk by its credential; 401 when neither.

    A desk that was revoked is told so (403), and stays so until an administrator says otherwise.
    """
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "desk":
        return await find_caller(request, here)
    try:
        desk = await asyncio.to_thread(_look_up_desk, here, value)
    except Revoked as revoked:
        raise PermissionDeniedException(
            "This desk was revoked", extra={"field": "Authorization", "code": "desk_revoked"}
        ) from revoked
    if desk is None:
        raise _nobody()
    return desk


def _nobody() -> NotAuthorizedException:
    return NotAuthorizedException(
        "A valid token is needed", headers={"WWW-Authenticate": "Bearer"}, extra={"field": "Authorization"}
    )


def _look_up_desk(here: Premises, value: str) -> EnrolledDesk | None:
    with here.engine.connect() as connection:
        return find_desk(connection, here.establishment, value)


def _look_up(here: Premises, value: str) -> SignedIn | None:
    with here.engine.connect() as connection:
        return find_signed_in(connection, here.establishment, value, now=here.clock.now())


def _problem_of(premises: Premises) -> Callable[[AnyRequest, Exception], Response[dict[str, Any]]]:
    def answer(request: AnyRequest, error: Exception) -> Response[dict[str, Any]]:
        problem = _problem(
            request, error, is_database_at_fault=is_of_database(premises.engine.dialect, error)
        )
        premises.counts.problems.labels(str(problem["status"])).inc()
        return Response(
            problem,
            status_code=problem["status"],
            headers=getattr(error, "headers", None) or {},
            media_type=PROBLEM,
        )

    return answer


def _problem(request: AnyRequest, error: Exception, *, is_database_at_fault: bool) -> dict[str, Any]:
    """RFC 9457: a fault of ours says nothing of its cause, which is in the log."""
    if isinstance(error, RecursionError) and "deserializing" in str(error):
        return _shape(400, "The body is too deep", {"field": "body"})
    if not isinstance(error, HTTPException):
        log("server").error("a request failed", method=request.method, **fault(error))
        if is_database_at_fault:
            return _shape(503, "The database does not answer as it should; send the request again", {})
        return _shape(500, "The server failed; the request may be sent again", {})
    if named := _named(error.extra):
        return _shape(error.status_code, named.pop("reason", error.detail), named)
    missing = _MISSING.search(error.detail)
    field = missing.group(1) if missing else _AT_FAULT.get(error.status_code)
    return _shape(error.status_code, error.detail, {"field": field} if field else {})


_MISSING = re.compile(r"^Missing required \w+ parameter '([^']+)'")
_AT_FAULT = {400: "body", 413: "body", 404: "path", 405: "method"}
"""What the framework refuses without naming it."""


def _shape(status: int, detail: str, extra: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **extra,
    }


def _named(extra: Any) -> dict[str, Any]:
    """The field at fault, whether a route or the framework found it."""
    match extra:
        case [{"key": str(field), "message": str(reason)}, *_]:
            return {"field": "body" if field == "data" else field, "reason": reason}
        case {"field": str()}:
            return dict(extra)
        case _:
            return {}
