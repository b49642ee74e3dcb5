"""`GET /v1/contacts...`: what else may be of a contact's person; each read is traced."""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException

from app.domain.roles import Action
from app.queries.earlier_calls import EarlierCalls, earlier_calls_of
from app.store.access_log import EARLIER_CALLS, Reading
from app.store.reading import one_moment
from sync.server.auth.accounts import Account
from sync.server.routes import Caller, ContactId, Here, Premises, entitled, guarded, held_by


@get("/v1/contacts/{contact:str}/earlier-calls", opt=entitled(Action.CONTACTS), responses=guarded(400, 404))
async def read_earlier_calls(here: Here, caller: Caller, contact: ContactId) -> EarlierCalls:
    """The calls of nobody that may be of this contact's person, among those of the caller's services.

    For who holds the contact. None when the number is doubtful anywhere in the house, which is not
    told from there being none; 404 of a contact that is nobody's yet, unknown or not theirs.
    """
    return await asyncio.to_thread(_read, here, caller.account, contact)


def _read(here: Premises, who: Account, contact: str) -> EarlierCalls:
    now = here.clock.now()
    with one_moment(here.engine) as connection:
        held = held_by(connection, here.establishment, contact, who)
        if held is None or held.person is None:
            raise NotFoundException("No such contact", extra={"field": "contact"})
        found = earlier_calls_of(connection, here.establishment, contact, now=now, services=who.services)
    here.traces.keep(
        Reading(
            at=now,
            author=who.login,
            reason="",
            shown=len(found.calls),
            act=EARLIER_CALLS,
            person=held.person,
            contact=contact,
        )
    )
    # A doubt and none are told alike.
    return found if found.calls else EarlierCalls()
