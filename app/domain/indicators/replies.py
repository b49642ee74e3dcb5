"""When somebody first answered what was written to the house (« Première réponse écrite », design 17)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from app.domain.words import Channel

WRITTEN = frozenset(
    {
        Channel.EMAIL,
        Channel.SMS,
        Channel.RCS,
        Channel.WHATSAPP,
        Channel.WEBCHAT,
        Channel.WEB_FORM,
        Channel.SOCIAL,
        Channel.PORTAL,
        Channel.APP,
        Channel.LETTER,
        Channel.FAX,
        Channel.MSSANTE,
        Channel.MON_ESPACE_SANTE,
    }
)
SPOKEN = frozenset({Channel.PHONE, Channel.DESK, Channel.VIDEO})
REPLY_WITHIN = timedelta(days=7)
"""What is answered later was not answered: as long as demands are waited for in design 17."""


class Exchanged(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the figure needs of a contact; `spoken_at` is when somebody spoke with the caller, if anybody did.

    `person`, `number` and `case` are empty where they are not known. An acknowledgement is no contact.
    """

    at: datetime
    channel: Channel
    is_inbound: bool
    service: str = ""
    person: str = ""
    number: str = ""
    case: str = ""
    spoken_at: datetime | None = None

    @property
    def is_message(self) -> bool:
        """Written to us."""
        return self.is_inbound and self.channel in WRITTEN

    @property
    def answers_at(self) -> datetime | None:
        """When it answered what had come before: as we wrote, or as we spoke with the caller."""
        if self.channel in SPOKEN:
            return self.spoken_at
        return None if self.is_inbound or self.channel not in WRITTEN else self.at

    @property
    def names(self) -> tuple[str, ...]:
        """By what its other end is found."""
        return tuple(filter(None, (self.person, self.number)))

    def is_answered_by(self, other: "Exchanged") -> bool:
        """Whether it is of the same human, or else number, and not of two demands."""
        if self.case and other.case and self.case != other.case:
            return False
        if self.person and other.person:
            return self.person == other.person
        return bool(self.number) and self.number == other.number


def first_replies(
    exchanged: Iterable[Exchanged], *, since: datetime, until: datetime
) -> list[tuple[Exchanged, datetime | None]]:
    """The messages that came from `since` on and before `until`, each with its first answer in seven days."""
    known = list(exchanged)
    answers: dict[str, list[Exchanged]] = defaultdict(list)
    for one in known:
        if one.answers_at is not None:
            for name in one.names:
                answers[name].append(one)
    return [
        (one, _first(one, [other for name in one.names for other in answers[name]]))
        for one in known
        if one.is_message and since <= one.at < until
    ]


def _first(message: Exchanged, answers: Iterable[Exchanged]) -> datetime | None:
    moments = [other.answers_at for other in answers if message.is_answered_by(other)]
    return min(
        (at for at in moments if at is not None and message.at < at <= message.at + REPLY_WITHIN),
        default=None,
    )
