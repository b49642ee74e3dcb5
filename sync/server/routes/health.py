"""`/health/live`, `/health/ready` and `/metrics`, for those who keep the server running."""

import asyncio

from litestar import Response, get
from litestar.exceptions import ServiceUnavailableException
from sqlalchemy.exc import SQLAlchemyError

from app.store.migrations import is_enough
from sync.server.routes import Here, Open, entitled, problems


@get("/health/live", opt=entitled(Open.ANYBODY), responses=problems())
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@get("/health/ready", opt=entitled(Open.ANYBODY), responses=problems())
async def ready(here: Here) -> dict[str, str]:
    """The database answers too, and its tables are those of this version."""
    try:
        current = await asyncio.to_thread(is_enough, here.engine)
    except SQLAlchemyError as error:
        raise ServiceUnavailableException(
            "The database does not answer", extra={"field": "database"}
        ) from error
    if not current:
        raise ServiceUnavailableException("The tables are of another version", extra={"field": "database"})
    return {"status": "ready"}


@get("/metrics", media_type="text/plain; version=0.0.4", opt=entitled(Open.ANYBODY), responses=problems())
async def metrics(here: Here) -> Response[bytes]:
    """What is counted, as Prometheus text."""
    here.counts.position.set(here.tail.head)
    return Response(here.counts.text(), media_type="text/plain; version=0.0.4")
