"""`GET /v1/accesses`: who opened which record by break-glass, for those who answer for it."""

import asyncio
from datetime import timedelta

from litestar import get

from app.domain.roles import Action
from app.queries.accesses import Access, accesses_since
from app.store.reading import one_moment
from sync.server.routes import Caller, Here, Premises, entitled, guarded

TOLD = timedelta(days=30)


@get("/v1/accesses", opt=entitled(Action.ACCESSES), responses=guarded())
async def read_accesses(here: Here, caller: Caller) -> tuple[Access, ...]:  # noqa: ARG001 - who calls is checked by asking
    """The records opened by break-glass in the last thirty days, newest first."""
    return await asyncio.to_thread(_read, here)


def _read(here: Premises) -> tuple[Access, ...]:
    with one_moment(here.engine) as connection:
        return accesses_since(connection, here.establishment, since=here.clock.now() - TOLD)
