"""`POST /v1/desks`: the desk somebody sits at becomes one of the establishment's."""

import asyncio

from litestar import post

from app.domain.roles import Action
from app.logs import log
from app.store.engine import writing
from sync.protocol.messages import Enrolled
from sync.server.auth import desks
from sync.server.auth.tokens import SignedIn
from sync.server.routes import Caller, Here, Premises, entitled, guarded


@post("/v1/desks", status_code=200, opt=entitled(Action.PERSONS), responses=guarded())
async def enrol_desk(here: Here, caller: Caller) -> Enrolled:
    """A credential of its own for the desk of whoever is signed in, told once."""
    return await asyncio.to_thread(_enrol, here, caller)


def _enrol(here: Premises, caller: SignedIn) -> Enrolled:
    with writing(here.engine) as connection:
        login, now = caller.account.login, here.clock.now()
        credential = desks.enrol(connection, here.establishment, login, now=now)
    log("auth").info("a desk is enrolled")
    return Enrolled(credential=credential)
