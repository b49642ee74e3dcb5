"""`POST /hooks/...`: what outside systems post; the secret in the path opens one line and nothing else."""

from typing import Any, Protocol

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, SkipValidation

from sync.server.routes import Here, HookFault, Open, entitled, problems

MAX_MESSAGE_BYTES = 64 * 1024


class HookLine(Protocol):
    """A line whose exchange posts."""

    line: str

    async def take(self, content_type: str, body: bytes) -> HookFault | None:
        """Commit what a request tells; else the fault, the body being kept."""
        ...


class HookLines(Protocol):
    """The lines, by their secrets."""

    def find(self, token: str) -> HookLine | None:
        """The line that a secret opens."""
        ...


CtiHooks = NamedDependency[SkipValidation[HookLines]]


@post(
    "/hooks/cti/{token:str}",
    status_code=200,
    request_max_body_size=MAX_MESSAGE_BYTES,
    opt=entitled(Open.KNOWN_ADDRESS),
    responses=problems(400, 404, 413),
)
async def take_cti(
    request: Request[Any, Any, Any], here: Here, cti_hooks: CtiHooks, token: FromPath[str]
) -> dict[str, str]:
    """A message of the generic CTI contract, form or JSON; committed when this answers `{}`."""
    line = cti_hooks.find(token)
    if line is None:
        raise NotFoundException("`token` opens no line", extra={"field": "token"})
    fault = await line.take(request.headers.get("Content-Type", ""), await request.body())
    here.counts.messages.labels(line.line, "malformed" if fault else "taken").inc()
    if fault is not None:
        raise ClientException(fault.reason, extra={"field": fault.field})
    return {}
