"""Two records as they are laid side by side: what differs, what may be taken, what a refusal decides."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from app.domain.consent import Choice, Preference, Purpose, of_both
from app.domain.doubles import COMPARED, Likeness, Match, likeness, matches
from app.domain.rights_commands import Correction, Rectified
from app.domain.words import Channel, IdentityStatus
from app.queries.doubles import Doubles, Side

Saying: TypeAlias = tuple[Purpose, Channel]


class Compared(StrEnum):
    """How one line compares."""

    SAME = "same"
    MISSING = "missing"
    DIFFERENT = "different"
    REFUSED = "refused"
    """One of both refuses: that is what holds (rules R16)."""


class Detail(StrEnum):
    """What may be taken of the one or of the other."""

    PREFERRED = "preferred"
    POSTCODE = "postcode"


FIELDS: dict[Detail, tuple[Rectified, ...]] = {
    Detail.PREFERRED: (Rectified.PREFERRED_CHANNEL, Rectified.PREFERRED_HOURS),
    Detail.POSTCODE: (Rectified.POSTCODE,),
}


_FROM_MATCH = {
    Match.SAME: Compared.SAME,
    Match.MISSING: Compared.MISSING,
    Match.DIFFERENT: Compared.DIFFERENT,
}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What both say of one purpose by one channel."""

    purpose: Purpose
    channel: Channel
    kept: Preference | None
    other: Preference | None
    compared: Compared


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """When a number said STOP, on which side."""

    number: str
    channel: Channel
    kept: datetime | None
    other: datetime | None
    compared: Compared


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two records side by side, the surer identity first; `other` is merged into `kept` or may be."""

    kept: Side
    other: Side
    likeness: Likeness | None = None
    is_signalled: bool = False
    is_compared: bool = False
    """Whether whoever signalled it had compared the traits."""
    taken: frozenset[Detail] = frozenset()
    """What is taken of the other."""
    is_ticked: bool = False

    @property
    def is_merged(self) -> bool:
        """Whether somebody decided already that they are one."""
        return self.other.is_merged

    @property
    def traits(self) -> tuple[tuple[str, str, str, Compared], ...]:
        """Each trait: its name, both values, how they compare."""
        found = matches(self.kept.traits, self.other.traits)
        values = (self.kept.traits, self.other.traits)
        return tuple(
            (name, getattr(values[0], name), getattr(values[1], name), _FROM_MATCH[found[name]])
            for name in COMPARED
        )

    @property
    def status(self) -> Compared:
        """How the identities' statuses compare."""
        return _compared([self.kept.identity_status], [self.other.identity_status])

    @property
    def numbers(self) -> Compared:
        """How the telephone numbers compare."""
        return _compared(sorted(self.kept.numbers), sorted(self.other.numbers))

    def detail(self, detail: Detail) -> Compared:
        """How what may be chosen compares."""
        return _compared(_values(self.kept, detail), _values(self.other, detail))

    @property
    def said(self) -> tuple[Said, ...]:
        """What either lets us send; nothing here is chosen, the strictest holds."""
        kept, other = _spoken(self.kept.preferences), _spoken(self.other.preferences)
        holds = _spoken(of_both(self.kept.preferences, self.other.preferences))
        return tuple(
            Said(
                purpose=purpose,
                channel=channel,
                kept=kept.get((purpose, channel)),
                other=other.get((purpose, channel)),
                compared=_said(kept.get((purpose, channel)), other.get((purpose, channel)), standing),
            )
            for (purpose, channel), standing in sorted(holds.items())
        )

    @property
    def stopped(self) -> tuple[Stopped, ...]:
        """The numbers that said STOP: one of both is enough."""
        kept, other = _stops(self.kept), _stops(self.other)
        both = kept.keys() & other.keys()
        return tuple(
            Stopped(
                number=number,
                channel=channel,
                kept=kept.get((number, channel)),
                other=other.get((number, channel)),
                compared=Compared.SAME if (number, channel) in both else Compared.REFUSED,
            )
            for number, channel in sorted(kept | other)
        )

    def corrections(self, source: Side) -> tuple[Correction, ...]:
        """What is taken of the other, as `source` has it."""
        fields = [field for detail in Detail if detail in self.taken for field in FIELDS[detail]]
        return tuple(Correction(field=field, value=_value(source, field)) for field in fields)


def pairs_of(found: Doubles, *, can_decide: bool) -> tuple[Pair, ...]:
    """Every pair to look at: those that may be one, then for who decides those that are merged."""
    pairs = [
        _ordered(
            found,
            Pair(
                kept=found.kept,
                other=one.side,
                likeness=one.likeness,
                is_signalled=one.is_signalled,
                is_compared=one.is_compared,
            ),
        )
        for one in found.doubles
    ]
    merged = [_merged(found.kept, side) for side in found.merged] if can_decide else []
    return (*map(_with_lacking, pairs), *merged)


def _ordered(found: Doubles, pair: Pair) -> Pair:
    """The surer identity is kept; a record that others point to stays the one kept."""
    ranks = [status.value for status in IdentityStatus]
    kept, other = (_rank(side, ranks) for side in (pair.kept, pair.other))
    if other > kept and not found.merged:
        return msgspec.structs.replace(pair, kept=pair.other, other=pair.kept)
    return pair


def _rank(side: Side, ranks: list[str]) -> int:
    return ranks.index(side.identity_status) if side.identity_status in ranks else -1


def _merged(kept: Side, other: Side) -> Pair:
    """Two that are one by now, whose likeness nobody is told any more."""
    shared = set(kept.numbers).intersection(other.numbers)
    return Pair(kept=kept, other=other, likeness=likeness(kept.traits, other.traits, shared_numbers=shared))


def _with_lacking(pair: Pair) -> Pair:
    """What the kept record lacks is taken of the other, at first."""
    lacking = (
        each for each in Detail if not any(_values(pair.kept, each)) and any(_values(pair.other, each))
    )
    return msgspec.structs.replace(pair, taken=frozenset(lacking))


def _values(side: Side, detail: Detail) -> tuple[str, ...]:
    return tuple(_value(side, field) for field in FIELDS[detail])


def _value(side: Side, field: Rectified) -> str:
    return {
        Rectified.PREFERRED_CHANNEL: side.preferred_channel,
        Rectified.PREFERRED_HOURS: side.preferred_hours,
        Rectified.POSTCODE: side.postcode,
    }[field]


def _compared(one: Iterable[str], other: Iterable[str]) -> Compared:
    """Two lots of values; empty is unknown."""
    first, second = [each for each in one if each], [each for each in other if each]
    if first == second:
        return Compared.SAME
    return Compared.DIFFERENT if first and second else Compared.MISSING


def _spoken(said: Iterable[Preference]) -> dict[Saying, Preference]:
    return {(one.purpose, one.channel): one for one in said}


def _said(kept: Preference | None, other: Preference | None, holds: Preference) -> Compared:
    if kept is not None and other is not None and kept.choice is other.choice:
        return Compared.SAME
    return Compared.MISSING if holds.choice is Choice.ALLOWED else Compared.REFUSED


def _stops(side: Side) -> dict[tuple[str, Channel], datetime]:
    return {(number, channel): at for number, channel, at in side.stops}
