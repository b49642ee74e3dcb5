"""What a person lets us send, and by what law: the one rule that a sending asks (rules R4-R7, R16, R18)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

import msgspec

from app.domain.identity import is_minor
from app.domain.words import Channel, Protection


class Purpose(StrEnum):
    """Why something is sent: only an answer is written by somebody, the others leave by themselves."""

    ANSWER = "answer"
    STAY = "stay"
    SATISFACTION = "satisfaction"
    INFORMATION = "information"

    @property
    def is_automatic(self) -> bool:
        """Whether it leaves without anybody writing it."""
        return self is not Purpose.ANSWER


class Choice(StrEnum):
    """What was said of one purpose by one channel, the mildest first (« Autorisé, Refusé, Opposition »)."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    OPPOSED = "opposed"

    @property
    def strictness(self) -> int:
        """The greater wins over the smaller."""
        return list(Choice).index(self)


class LegalForm(StrEnum):
    """What an establishment is in law, by which its legal bases follow."""

    PUBLIC = "public"
    PRIVATE = "private"


class Basis(StrEnum):
    """By what law something may be sent (rules R16)."""

    PUBLIC_INTEREST = "public_interest"
    CARE = "care"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CONSENT = "consent"


class Informed(StrEnum):
    """How a person was told what is done with their data, and how to oppose."""

    SPOKEN = "spoken"
    LEAFLET = "leaflet"
    LETTER = "letter"
    MESSAGE = "message"


BASES: Mapping[LegalForm, Mapping[Purpose, Basis]] = MappingProxyType(
    {
        LegalForm.PUBLIC: {
            Purpose.ANSWER: Basis.PUBLIC_INTEREST,
            Purpose.STAY: Basis.CARE,
            Purpose.SATISFACTION: Basis.CONSENT,
            Purpose.INFORMATION: Basis.PUBLIC_INTEREST,
        },
        LegalForm.PRIVATE: {
            Purpose.ANSWER: Basis.CONTRACT,
            Purpose.STAY: Basis.CONTRACT,
            Purpose.SATISFACTION: Basis.CONSENT,
            Purpose.INFORMATION: Basis.LEGITIMATE_INTEREST,
        },
    }
)


class Preference(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of one purpose by one channel, by the command `act`; `source` is where it was said."""

    purpose: Purpose
    channel: Channel
    choice: Choice
    said_at: datetime
    act: str = ""
    basis: Basis | None = None
    source: Channel | None = None
    informed: Informed | None = None
    informed_on: str = ""
    reason: str = ""
    by: str = ""


class LiftedStop(msgspec.Struct, frozen=True):
    """A STOP that its person took back: said where, on which day (ISO), written down by whom and when."""

    number: str
    channel: Channel
    stopped_at: datetime
    source: Channel
    said_on: str
    by: str
    lifted_at: datetime


class Holder(StrEnum):
    """Whose number or address it is."""

    OWN = "own"
    PARENT = "parent"
    RELATIVE = "relative"


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Where something would be sent. `is_not_informed`: « Ne pas informer »; `is_restricted`: by a court."""

    address: str
    holder: Holder = Holder.OWN
    is_not_informed: bool = False
    is_restricted: bool = False


class Addressee(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person concerned; `stops` are the numbers that said STOP, by channel."""

    birth_date: str = ""
    deceased_on: str = ""
    protection: Protection = Protection.NONE
    preferences: tuple[Preference, ...] = ()
    stops: frozenset[tuple[str, Channel]] = frozenset()


class Verdict(StrEnum):
    """Yes, or why not."""

    YES = "yes"
    NOT_INFORMED = "not_informed"
    DECEASED = "deceased"
    PROTECTED = "protected"
    CONFIDENTIAL_CARE = "confidential_care"
    RESTRICTED_BY_COURT = "restricted_by_court"
    OF_AGE = "of_age"
    NOT_RECIPIENT = "not_recipient"
    OPPOSED = "opposed"
    REFUSED = "refused"
    STOPPED = "stopped"
    NO_AGREEMENT = "no_agreement"


def may_send(
    purpose: Purpose,
    channel: Channel,
    point: Point,
    person: Addressee,
    *,
    on: date,
    is_confidential_care: bool = False,
) -> Verdict:
    """Whether this may be sent to that point about that person, on a day of the house; else the first reason.

    Asked in the transaction that sends: whatever was said or happened a second before counts (rules R18).
    """
    return (
        _by_person(purpose, point, person)
        or _by_age(point, person, on, is_confidential_care=is_confidential_care)
        or _by_choice(purpose, channel, point, person)
        or Verdict.YES
    )


def needs_agreement(purpose: Purpose, channel: Channel) -> bool:
    """Whether silence is not enough."""
    return channel is Channel.WHATSAPP or purpose is Purpose.SATISFACTION


def current(said: Iterable[Preference]) -> tuple[Preference, ...]:
    """What one person says now: the last word for each purpose and channel."""
    last: dict[tuple[Purpose, Channel], Preference] = {}
    for each in sorted(said, key=lambda one: (one.said_at, one.act)):
        last[each.purpose, each.channel] = each
    return tuple(last.values())


def of_both(one: Iterable[Preference], other: Iterable[Preference]) -> tuple[Preference, ...]:
    """What two records of one human say together: a refusal wins, and the later of two alike (rules R16)."""
    return of_all((one, other))


def of_all(records: Iterable[Iterable[Preference]]) -> tuple[Preference, ...]:
    """The same, of all the records of one human."""
    strictest: dict[tuple[Purpose, Channel], Preference] = {}
    for each in sorted((said for record in records for said in current(record)), key=_strictness):
        strictest[each.purpose, each.channel] = each
    return tuple(strictest.values())


def _strictness(preference: Preference) -> tuple[int, datetime, str]:
    return preference.choice.strictness, preference.said_at, preference.act


def _by_person(purpose: Purpose, point: Point, person: Addressee) -> Verdict | None:
    if point.is_not_informed:
        return Verdict.NOT_INFORMED
    if person.deceased_on:
        return Verdict.DECEASED
    is_protected = person.protection is Protection.PROTECTED and purpose.is_automatic
    return Verdict.PROTECTED if is_protected else None


def _by_age(point: Point, person: Addressee, on: date, *, is_confidential_care: bool) -> Verdict | None:
    """A parent hears of a child only, and not of everything; another relative of nothing (rules R6)."""
    if point.holder is Holder.OWN:
        return None
    if point.holder is Holder.RELATIVE:
        return Verdict.NOT_RECIPIENT
    if not is_minor(person.birth_date, on):
        return Verdict.OF_AGE
    if point.is_restricted:
        return Verdict.RESTRICTED_BY_COURT
    return Verdict.CONFIDENTIAL_CARE if is_confidential_care else None


def _by_choice(purpose: Purpose, channel: Channel, point: Point, person: Addressee) -> Verdict | None:
    said = {(each.purpose, each.channel): each.choice for each in person.preferences}.get((purpose, channel))
    if said is Choice.OPPOSED:
        return Verdict.OPPOSED
    if said is Choice.REFUSED:
        return Verdict.REFUSED
    can_be_stopped = purpose.is_automatic and channel is not Channel.LETTER
    if can_be_stopped and (point.address, channel) in person.stops:
        return Verdict.STOPPED
    return Verdict.NO_AGREEMENT if said is None and needs_agreement(purpose, channel) else None
