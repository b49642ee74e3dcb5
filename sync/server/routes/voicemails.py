"""`/hooks/voicemail/...` and `/v1/voicemails/...`: what callers said comes in, and is listened to."""

import asyncio
from typing import Any, Protocol

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, HTTPException, NotFoundException
from litestar.params import FromPath, SkipValidation

from app.domain.roles import Action
from app.store.access_log import LISTENED, Reading
from app.store.reading import one_moment
from sync.server.auth.accounts import Account
from sync.server.routes import (
    Caller,
    ContactId,
    Here,
    HookFault,
    Open,
    Premises,
    entitled,
    guarded,
    held_by,
    problems,
)

MAX_BYTES = 16 * 1024 * 1024
"""A quarter of an hour of speech at 8 kHz."""
WAV = "audio/wav"


class VoicemailHook(Protocol):
    """A line whose exchange hands its voicemail over."""

    line: str

    async def take(self, mailbox: str, text_raw: bytes, audio: bytes) -> HookFault | None:
        """Keep what was said and tell of it; else the fault."""
        ...


class Voicemails(Protocol):
    """What callers said."""

    def find(self, token: str) -> VoicemailHook | None:
        """The line that a secret opens."""
        ...

    def open(self, contact: str) -> bytes:
        """What a contact said, as a WAV file; empty when there is nothing."""
        ...


Kept = NamedDependency[SkipValidation[Voicemails]]


@post(
    "/hooks/voicemail/{token:str}",
    status_code=200,
    request_max_body_size=MAX_BYTES,
    opt=entitled(Open.KNOWN_ADDRESS),
    responses=problems(400, 404, 413),
)
async def take_voicemail(
    request: Request[Any, Any, Any], here: Here, voicemails: Kept, token: FromPath[str]
) -> dict[str, str]:
    """A message as Asterisk wrote it: the form parts `mailbox`, `message`, `audio`; `{}` once kept."""
    line = voicemails.find(token)
    if line is None:
        raise NotFoundException("`token` opens no line", extra={"field": "token"})
    fault = await line.take(*await _parts(request))
    here.counts.messages.labels(line.line, "malformed" if fault else "taken").inc()
    if fault is not None:
        raise ClientException(fault.reason, extra={"field": fault.field})
    return {}


@get(
    "/v1/voicemails/{contact:str}", media_type=WAV, opt=entitled(Action.CONTACTS), responses=guarded(400, 404)
)
async def listen(here: Here, caller: Caller, voicemails: Kept, contact: ContactId) -> Response[bytes]:
    """What was said, for who holds the contact; who listened and when is kept in the access log."""
    said = await asyncio.to_thread(_said, here, caller.account, voicemails, contact)
    if not said:
        raise NotFoundException("No such voicemail", extra={"field": "contact"})
    return Response(said, media_type=WAV, headers={"Cache-Control": "no-store"})


async def _parts(request: Request[Any, Any, Any]) -> tuple[str, bytes, bytes]:
    """What is missing is empty; a body that is no form is a message that can't be read."""
    body = await request.body()
    try:
        form = await request.form()
    except HTTPException:
        return "", body, b""
    mailbox = form.get("mailbox", "")
    return (
        mailbox if isinstance(mailbox, str) else "",
        await _part(form, "message"),
        await _part(form, "audio"),
    )


async def _part(form: Any, name: str) -> bytes:
    part = form.get(name)
    if isinstance(part, UploadFile):
        return await part.read()
    return part.encode() if isinstance(part, str) else b""


def _said(here: Premises, who: Account, voicemails: Voicemails, contact: str) -> bytes:
    with one_moment(here.engine) as connection:
        held = held_by(connection, here.establishment, contact, who)
    said = voicemails.open(contact) if held is not None and held.has_voicemail else b""
    if held is not None and said:
        here.traces.keep(
            Reading(
                at=here.clock.now(),
                author=who.login,
                reason="",
                shown=1,
                act=LISTENED,
                person=held.person or "",
                contact=contact,
            )
        )
    return said
