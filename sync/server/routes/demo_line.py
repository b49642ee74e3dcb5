"""`POST /demo/line`: the demonstration's telephone, there only when the server was started with one."""

from typing import Annotated, Literal, Protocol

import msgspec
from litestar import post
from litestar.exceptions import ValidationException
from litestar.params import Dependency

from app.domain.ids import Id


class DemoAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the script does: a call arrives in a queue, then rings, is answered, ends.

    `arrive` and `ring` make a call; the others name it by `contact`. `ring` with a `contact` rings
    one more extension.
    """

    act: Literal["arrive", "ring", "answer", "hang_up", "let_go"]
    number: str = ""
    queue: str = ""
    extension: str = ""
    contact: Id | None = None


class DemoCall(msgspec.Struct, frozen=True):
    """The call that was acted on."""

    contact: Id


class ScriptedLine(Protocol):
    """The simulated line, as the script sees it."""

    async def arrive(self, number: str, *, queue: str) -> Id:
        """Somebody calls and waits in a queue; the contact's id."""
        ...

    async def ring(self, number: str, *, queue: str, extension: str) -> Id:
        """Somebody calls and an extension rings at once; the contact's id."""
        ...

    async def ring_at(self, contact: Id, extension: str) -> None:
        """An extension rings for the call."""
        ...

    async def answer(self, contact: Id, extension: str) -> None:
        """Somebody answers."""
        ...

    async def hang_up(self, contact: Id) -> None:
        """The caller hangs up."""
        ...

    async def let_go(self, contact: Id) -> None:
        """Nobody answered in time."""
        ...


DemoLine = Annotated[ScriptedLine, Dependency(skip_validation=True)]


@post("/demo/line", status_code=200)
async def play(data: DemoAct, demo_line: DemoLine) -> DemoCall:
    """Do one act on the simulated line; it is committed when this answers."""
    try:
        return DemoCall(await _play(data, demo_line))
    except KeyError as unknown:
        raise ValidationException("no such call", extra={"field": "contact"}) from unknown


async def _play(data: DemoAct, line: ScriptedLine) -> Id:
    contact = data.contact
    if contact is None:
        return await _begin(data, line)
    match data.act:
        case "arrive":
            pass
        case "ring":
            await line.ring_at(contact, data.extension)
        case "answer":
            await line.answer(contact, data.extension)
        case "hang_up":
            await line.hang_up(contact)
        case "let_go":
            await line.let_go(contact)
    return contact


async def _begin(data: DemoAct, line: ScriptedLine) -> Id:
    match data.act:
        case "arrive":
            return await line.arrive(data.number, queue=data.queue)
        case "ring":
            return await line.ring(data.number, queue=data.queue, extension=data.extension)
        case _:
            raise ValidationException("`contact` is missing", extra={"field": "contact"})
