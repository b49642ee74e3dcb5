"""What is open with a person, at a glance: the last contact, what was promised, and what comes."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from app.domain.consent import Choice, Preference, Purpose, of_all
from app.domain.words import Channel
from app.queries import open_matters
from app.queries.person_rows import Person
from app.store.prepared import Row, moment


class LastContact(msgspec.Struct, frozen=True, kw_only=True):
    """First cell of the glance."""

    at: datetime
    channel: Channel
    motive: str
    text: str


class PromiseInView(msgspec.Struct, frozen=True, kw_only=True):
    """Second cell of the glance: the promise that is due first."""

    commitment: str
    what: str
    channel: Channel
    due_at: datetime
    owner: str
    made_at: datetime


class NextAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """Fourth cell of the glance."""

    at: datetime
    title: str
    clinician: str


class OpenCase(msgspec.Struct, frozen=True, kw_only=True):
    """A demand still open, newest contact first."""

    case: str
    title: str
    service_name: str
    motive: str
    opened_at: datetime


class PreferenceInView(msgspec.Struct, frozen=True, kw_only=True):
    """Fifth cell of the glance; `choices` pairs a channel with allowed, refused or opposed."""

    channel: Channel | None
    hours: str
    choices: tuple[tuple[Channel, str], ...] = ()


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """The five cells; `promises` are all that stand, the one due first being the cell's."""

    last: LastContact | None = None
    promise: PromiseInView | None = None
    promises: tuple[PromiseInView, ...] = ()
    open_cases: tuple[OpenCase, ...] = ()
    appointment: NextAppointment | None = None
    preference: PreferenceInView


def glance_of(row: Person, matters: dict[str, list[open_matters.Matter]], others: list[Row]) -> Glance:
    """The five cells, from what is open and the last contacts, newest first."""
    visits = matters[open_matters.VISIT]
    promises = matters[open_matters.PROMISE]
    choices = matters[open_matters.CHOICE]
    return Glance(
        last=_last(others[0]) if others else None,
        promise=_promise(promises[0]) if promises else None,
        promises=tuple(map(_promise, promises)),
        open_cases=_open_cases(matters[open_matters.CASE], others),
        appointment=NextAppointment(
            at=moment(visits[0].at), title=visits[0].title, clinician=visits[0].detail
        )
        if visits
        else None,
        preference=PreferenceInView(
            channel=Channel(row.preferred_channel) if row.preferred_channel else None,
            hours=row.preferred_hours,
            choices=_choices(choices),
        ),
    )


def _choices(rows: list[open_matters.Matter]) -> tuple[tuple[Channel, str], ...]:
    """One a channel: the strictest of what concerns the care itself, surveys being on the record alone."""
    said: dict[str, list[Preference]] = {}
    for row in rows:
        said.setdefault(row.owner, []).append(_preference(row))
    standing = [one for one in of_all(said.values()) if one.purpose in {Purpose.ANSWER, Purpose.STAY}]
    strictest = sorted(standing, key=lambda one: (one.channel, one.choice.strictness))
    return tuple({one.channel: one.choice.value for one in strictest}.items())


def _preference(row: open_matters.Matter) -> Preference:
    return Preference(
        purpose=Purpose(row.detail),
        channel=Channel(row.id),
        choice=Choice(row.title),
        said_at=moment(row.at),
    )


def _last(row: Row) -> LastContact:
    return LastContact(at=row.at, channel=Channel(row.channel), motive=row.motive, text=row.note or row.body)


def _promise(row: open_matters.Matter) -> PromiseInView:
    return PromiseInView(
        commitment=row.id,
        what=row.title,
        channel=Channel(row.detail),
        due_at=moment(row.at),
        owner=row.owner,
        made_at=moment(row.since),
    )


def _open_cases(cases: list[open_matters.Matter], others: Iterable[Row]) -> tuple[OpenCase, ...]:
    """Those that moved last first."""
    moved: dict[str, datetime] = {}
    for row in others:
        moved.setdefault(row.case_id, row.at)

    def last_move(case: open_matters.Matter) -> datetime:
        return moved.get(case.id) or moment(case.at)

    return tuple(
        OpenCase(
            case=case.id,
            title=case.title,
            service_name=case.owner,
            motive=case.detail,
            opened_at=moment(case.at),
        )
        for case in sorted(cases, key=last_move, reverse=True)
    )
