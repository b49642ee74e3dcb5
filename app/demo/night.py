"""What the evening before left the orthopaedic desk: its « Liste du matin », with voices to listen to."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

import msgspec
import sqlalchemy as sa

from app.demo.calendar import ZONE
from app.demo.numbers import MOBILE
from app.demo.people import ident
from app.demo.sound import voicemail_sound
from app.domain.ids import Id, derived_id
from app.domain.words import CallState, Channel, Direction, Ending, NumberKind, Outcome
from app.store import tables
from app.store.columns import MICROSECOND
from app.store.engine import writing
from app.store.voicemails import Sealed, keep

LINE = "simulated"
_NIGHT = 0xFFFFFE
_SECONDS = timedelta(seconds=1)

Close = Callable[[bytes, Id], bytes]
"""Seals what was said, under the name of its message."""


class _Left(msgspec.Struct, frozen=True, kw_only=True):
    """One call of that evening: no `number` is hidden; `says` is how long the voicemail lasts.

    `motive` is what somebody who was still there qualified it with, having answered it.
    """

    at: time
    number: str = ""
    says: timedelta = timedelta()
    motive: str = ""


_EVENING = (
    _Left(at=time(18, 7), number="1263", motive="00"),
    _Left(at=time(19, 2), number="1261"),
    _Left(at=time(19, 5), number="1261"),
    _Left(at=time(19, 24), number="4127", says=17 * _SECONDS),
    _Left(at=time(19, 40)),
    _Left(at=time(20, 36), number="1263"),
    _Left(at=time(21, 15), number="1261"),
    _Left(at=time(22, 48), number="1262", says=9 * _SECONDS),
)
"""Told in the order of time; the list puts the emergency first, whoever gave up thrice on one line."""


def lay_night(engine: sa.Engine, establishment: str, *, anchor: datetime, close: Close) -> int:
    """Write the evening of the day before the anchor's, past every closing hour; how many calls."""
    evening = anchor.astimezone(ZONE).date() - timedelta(days=1)
    with writing(engine) as connection:
        for rank, left in enumerate(_EVENING):
            row = _row(left, datetime.combine(evening, left.at, ZONE))
            named = {"establishment": establishment, "id": _id(rank)}
            connection.execute(sa.insert(tables.contact).values(named | row))
    for rank, left in enumerate(_EVENING):
        if left.says:
            said_at = datetime.combine(evening, left.at, ZONE) + left.says
            message = derived_id("voicemail", LINE, _id(rank))
            said = voicemail_sound(left.says)
            spoken = Sealed(contact=_id(rank), line=LINE, message=message, at=said_at, sealed=said)
            keep(engine, establishment, spoken, seal=partial(_closed, close, spoken))
    return len(_EVENING)


def _closed(close: Close, spoken: Sealed, _connection: sa.Connection) -> bytes:
    return close(spoken.sealed, spoken.message)


def _id(rank: int) -> Id:
    return ident("c1", _NIGHT, rank)


def _row(left: _Left, at: datetime) -> dict[str, object]:
    """The contact as the line would have told it."""
    ended = at + 40 * _SECONDS + left.says
    told: dict[str, object] = {
        "channel": Channel.PHONE,
        "direction": Direction.INBOUND,
        "service": "orthopedie",
        "queue": "secretariat-orthopedie",
        "number": f"{MOBILE}{left.number}" if left.number else "",
        "number_kind": NumberKind.KNOWN_FORMAT if left.number else NumberKind.HIDDEN,
        "number_raw": f"0{MOBILE[3:]}{left.number}" if left.number else "anonymous",
        "state": CallState.ENDED,
        "at": at,
        "queued_at": at,
        "ended_at": ended,
        "ending": Ending.ABANDONED,
    }
    if left.says:
        told |= {
            "ending": Ending.MISSED,
            "voicemail_at": ended,
            "voicemail_us": left.says // MICROSECOND,
        }
    return told | (_answered(left.motive, at) if left.motive else {})


def _answered(motive: str, at: datetime) -> dict[str, object]:
    """A secretary who was leaving took the call, and gave it to the 15."""
    return {
        "extension": "4102",
        "agent": "s.haddad",
        "answered_at": at + 12 * _SECONDS,
        "ending": Ending.HUNG_UP,
        "motive": motive,
        "outcome": Outcome.TRANSFERRED,
        "by": "s.haddad",
        "logged_at": at + 60 * _SECONDS,
    }
