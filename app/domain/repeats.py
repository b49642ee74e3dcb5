"""Recognises the person who chases an answer: recontact and multicontact (design 7)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec

from app.domain.motives import Flag, shipped_catalogue
from app.domain.words import Channel, Direction, Outcome

RULE_VERSION = "2026-11"
WINDOW = timedelta(days=7)
TRANSFER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_SPOKEN = frozenset((Channel.PHONE, Channel.DESK, Channel.VIDEO))


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What the rule needs of a contact; `outcome` and `motive` are empty until it is qualified."""

    at: datetime
    channel: Channel
    direction: Direction = Direction.INBOUND
    case: str | None = None
    motive: str = ""
    outcome: str = ""
    is_automatic: bool = False


class Chase(msgspec.Struct, frozen=True, kw_only=True):
    """« 4e contact en 4 jours, par 3 canaux »; `channels` is 1 without multicontact.

    `case` is empty when the contacts share a family of motives and no demand.
    """

    case: str
    contacts: int
    days: int
    channels: int


def find_chase(
    current: Exchange, earlier: Iterable[Exchange], *, open_cases: Collection[str]
) -> Chase | None:
    """What the current incoming contact repeats, or None; `earlier` are the same person's.

    Before it is qualified it is compared with the open demand that moved last.
    """
    past = sorted((one for one in earlier if one.at < current.at), key=_at)
    if current.direction is not Direction.INBOUND or _is_transfer(current, past):
        return None
    subject = _subject(current, past, open_cases)
    if subject is None:
        return None
    same = [one for one in past if _subject_of(one) == subject]
    chain = _chain(current, [one for one in same if _counts(one, same)])
    if len(chain) < 2:
        return None
    channels = len({one.channel for one in chain}) if _is_multicontact(chain, same) else 1
    days = -((chain[0].at - current.at) // _DAY)
    return Chase(
        case=subject if len(subject) > 1 else "", contacts=len(chain), days=max(1, days), channels=channels
    )


def _at(exchange: Exchange) -> datetime:
    return exchange.at


def _subject_of(exchange: Exchange) -> str | None:
    """The demand, or the motive's family (one digit) where there is none."""
    return exchange.case or exchange.motive[:1] or None


def _subject(current: Exchange, past: list[Exchange], open_cases: Collection[str]) -> str | None:
    known = _subject_of(current)
    if known is not None:
        return known
    moved = (one.case for one in reversed(past) if one.case in open_cases and _is_incoming(one))
    return next(moved, None)


def _is_incoming(exchange: Exchange) -> bool:
    return exchange.direction is Direction.INBOUND and not exchange.is_automatic


def _is_transfer(current: Exchange, past: list[Exchange]) -> bool:
    last = past[-1] if past else None
    return (
        last is not None
        and last.outcome == Outcome.TRANSFERRED
        and current.channel is last.channel is Channel.PHONE
        and current.at - last.at <= TRANSFER
    )


def _counts(one: Exchange, same: list[Exchange]) -> bool:
    if not _is_incoming(one) or one.outcome == Outcome.NO_ACTION or _is_left_out(one.motive):
        return False
    before = [other for other in same if other.at < one.at]
    return not _is_reply(one, before) and not _is_transfer(one, before)


def _is_left_out(code: str) -> bool:
    motive = shipped_catalogue().find(code) if code.startswith("9") else None
    return motive is not None and Flag.NOT_COUNTED in motive.flags


def _is_reply(one: Exchange, before: list[Exchange]) -> bool:
    """Written on the channel where we wrote last, within the window."""
    if one.channel in _SPOKEN:
        return False
    last = next((other for other in reversed(before) if other.channel is one.channel), None)
    return last is not None and last.direction is Direction.OUTBOUND and one.at - last.at <= WINDOW


def _chain(current: Exchange, counted: list[Exchange]) -> list[Exchange]:
    """The current contact and those that lead to it, oldest first, never a window apart."""
    chain = [current]
    for one in reversed(counted):
        if chain[0].at - one.at > WINDOW:
            break
        chain.insert(0, one)
    return chain


def _is_multicontact(chain: list[Exchange], same: list[Exchange]) -> bool:
    answered = (one.at for one in same if one.at >= chain[0].at and _is_human_answer(one))
    first = next(answered, chain[-1].at)
    return len({one.channel for one in chain if one.at <= first}) >= 2


def _is_human_answer(one: Exchange) -> bool:
    if one.is_automatic:
        return False
    return one.direction is Direction.OUTBOUND or (one.channel in _SPOKEN and bool(one.outcome))


def counted(same: Iterable[Exchange]) -> list[Exchange]:
    """Of one person's exchanges about one thing, the incoming ones that count, oldest first (design 7)."""
    ordered = sorted(same, key=_at)
    return [one for one in ordered if _counts(one, ordered)]


def is_followed(one: Exchange, same: Iterable[Exchange], *, within: timedelta) -> bool:
    """Whether another of these contacts came after it within a time: « recontact »."""
    return any(one.at < other.at <= one.at + within for other in same)


def subject_of(exchange: Exchange) -> str | None:
    """What a contact is about: its demand, or its motive's family; None when nobody said."""
    return _subject_of(exchange)


def is_multicontact(same: Iterable[Exchange]) -> bool:
    """Whether two channels were tried on one demand before the first human answer."""
    ordered = sorted(same, key=_at)
    chain = [one for one in ordered if _counts(one, ordered)]
    return bool(chain) and _is_multicontact(chain, ordered)
