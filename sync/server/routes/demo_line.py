"""`POST /demo/line`: the demonstration's telephone, there only when the server was started with one."""

from datetime import datetime
from typing import Literal, Protocol

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import JSONBody, SkipValidation

from app.domain.command import At, is_dated
from app.domain.ids import Id
from app.domain.words import AgentState
from sync.server.routes import Open, entitled, problems

_NEW_CALL = ("arrive", "ring", "dial")
_OF_NO_CALL = ("agent", "pass_time")
_AT_EXTENSION = ("no_answer", "hold", "retrieve", "transfer", "transfer_announced", "dial", "agent")


class DemoAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the script does: a call arrives in a queue, then rings, is answered, ends.

    `arrive`, `ring` and `dial` make a call; the others name it by `contact`. `ring` with a `contact`
    rings one more extension. `overflow` goes to `queue`; a transfer goes from `extension` to `to`.
    `agent` puts whoever is at `extension` in a `state` in `queue`. `pass_time` leaps the clock to `until`.
    """

    act: Literal[
        "arrive",
        "ring",
        "no_answer",
        "overflow",
        "answer",
        "hold",
        "retrieve",
        "transfer",
        "transfer_announced",
        "leave_message",
        "dial",
        "hang_up",
        "let_go",
        "agent",
        "pass_time",
    ]
    number: str = ""
    queue: str = ""
    extension: str = ""
    to: str = ""
    contact: Id | None = None
    state: AgentState | None = None
    until: At | None = None


class DemoCall(msgspec.Struct, frozen=True):
    """The call that was acted on, if one was."""

    contact: Id | None


class ScriptedLine(Protocol):
    """The simulated line, as the script sees it."""

    async def arrive(self, number: str, *, queue: str) -> Id:
        """Somebody calls and waits in a queue; the contact's id."""
        ...

    async def ring(self, number: str, *, queue: str, extension: str) -> Id:
        """Somebody calls and an extension rings at once; the contact's id."""
        ...

    async def dial(self, number: str, extension: str) -> Id:
        """An extension calls a number; the contact's id."""
        ...

    async def ring_at(self, contact: Id, extension: str) -> None:
        """An extension rings for the call."""
        ...

    async def no_answer(self, contact: Id, extension: str) -> None:
        """The extension rang in vain."""
        ...

    async def overflow(self, contact: Id, queue: str) -> None:
        """The call goes to another queue."""
        ...

    async def answer(self, contact: Id, extension: str) -> None:
        """Somebody answers."""
        ...

    async def hold(self, contact: Id, extension: str) -> None:
        """The caller waits on the line."""
        ...

    async def retrieve(self, contact: Id, extension: str) -> None:
        """The extension comes back to the caller."""
        ...

    async def transfer(self, contact: Id, extension: str, to: str) -> None:
        """The caller is sent on at once."""
        ...

    async def transfer_announced(self, contact: Id, extension: str, to: str) -> None:
        """The caller is given to somebody who was told."""
        ...

    async def leave_message(self, contact: Id) -> None:
        """The caller speaks to the voicemail."""
        ...

    async def change_agent(self, queue: str, extension: str, state: AgentState) -> None:
        """The agent at an extension does something else in a queue."""
        ...

    async def pass_time(self, until: datetime) -> None:
        """Nothing happens until that moment."""
        ...

    async def hang_up(self, contact: Id) -> None:
        """The caller hangs up."""
        ...

    async def let_go(self, contact: Id) -> None:
        """Nobody answered in time."""
        ...


DemoLine = NamedDependency[SkipValidation[ScriptedLine]]


@post("/demo/line", status_code=200, opt=entitled(Open.DEMONSTRATION), responses=problems(400, 413))
async def play(data: JSONBody[DemoAct], demo_line: DemoLine) -> DemoCall:
    """Do one act on the simulated line; it is committed when this answers."""
    try:
        return DemoCall(await _play(data, demo_line))
    except KeyError as unknown:
        raise ValidationException("no such call", extra={"field": "contact"}) from unknown


async def _play(data: DemoAct, line: ScriptedLine) -> Id | None:
    if data.act in _AT_EXTENSION and not data.extension:
        raise _missing("extension")
    if data.act.startswith("transfer") and not data.to:
        raise _missing("to")
    if data.act in _OF_NO_CALL:
        await _play_beside(data, line)
        return None
    if data.contact is not None:
        await _move(data, data.contact, line)
        return data.contact
    if data.act not in _NEW_CALL:
        raise _missing("contact")
    if data.act == "dial":
        return await line.dial(data.number, data.extension)
    if data.act == "ring":
        return await line.ring(data.number, queue=data.queue, extension=data.extension)
    return await line.arrive(data.number, queue=data.queue)


async def _play_beside(data: DemoAct, line: ScriptedLine) -> None:
    if data.act == "pass_time":
        if data.until is None:
            raise _missing("until")
        if not is_dated(data.until):
            raise ValidationException("`until` is of another age", extra={"field": "until"})
        await line.pass_time(data.until)
    elif data.state is None:
        raise _missing("state")
    else:
        await line.change_agent(data.queue, data.extension, data.state)


async def _move(data: DemoAct, contact: Id, line: ScriptedLine) -> None:
    at_extension = {
        "ring": line.ring_at,
        "no_answer": line.no_answer,
        "answer": line.answer,
        "hold": line.hold,
        "retrieve": line.retrieve,
    }
    given = {"transfer": line.transfer, "transfer_announced": line.transfer_announced}
    alone = {"leave_message": line.leave_message, "hang_up": line.hang_up, "let_go": line.let_go}
    if data.act in at_extension:
        await at_extension[data.act](contact, data.extension)
    elif data.act in given:
        await given[data.act](contact, data.extension, data.to)
    elif data.act == "overflow":
        await line.overflow(contact, data.queue)
    elif data.act in alone:
        await alone[data.act](contact)


def _missing(field: str) -> ValidationException:
    return ValidationException(f"`{field}` is missing", extra={"field": field})
