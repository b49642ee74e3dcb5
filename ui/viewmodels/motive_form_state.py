"""What the qualification panel shows, and what it needs to know of the contact at hand."""

from datetime import datetime
from enum import StrEnum

import msgspec

from app.domain.motives import Motive
from app.domain.words import CallerKind, Channel, Outcome
from app.queries.glance import OpenCase, PromiseInView
from app.queries.house import House


class Following(StrEnum):
    """What this contact makes of a promise that stands."""

    OPEN = "open"
    KEPT = "kept"
    POSTPONED = "postponed"


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The contact to qualify.

    `frequent` holds the codes of the line's most frequent motives; `repeated_case` the demand
    that this contact repeats (recontact). `promises` stand with this person,
    the soonest first. `house` knows the services, their hours and who works there.
    """

    contact: str
    channel: Channel = Channel.PHONE
    service: str
    service_name: str
    has_person: bool = False
    is_verified: bool = False
    open_cases: tuple[OpenCase, ...] = ()
    repeated_case: str = ""
    promises: tuple[PromiseInView, ...] = ()
    followed_by: str = ""
    frequent: tuple[str, ...] = ()
    house: House = House()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a person typed and chose: the draft of one contact.

    `digits` and `words` are the motive field, one of both empty. `case` is the demand chosen by
    a person, empty for a new one, None while nobody chose. `due_at` is aware,
    `is_due_chosen` when a person chose it. `kept` and `postponed` are promises made before, by their ids.
    """

    contact: str = ""
    digits: str = ""
    words: str = ""
    motive: str = ""
    outcome: Outcome = Outcome.DEALT_WITH
    service: str = ""
    service_name: str = ""
    case: str | None = None
    due_at: datetime | None = None
    is_due_chosen: bool = False
    owner: str = ""
    note: str = ""
    kept: tuple[str, ...] = ()
    postponed: tuple[str, ...] = ()

    @property
    def is_touched(self) -> bool:
        """Whether a person typed anything."""
        return bool(self.digits or self.words or self.note)


class MotiveFormState(msgspec.Struct, frozen=True, kw_only=True):
    """The panel as it stands.

    `at` is when it was made, which due times are said against. `family` is the digit whose
    motives are listed, empty for the list of families. `case` is the offered demand, None when
    none is open; `is_follow_on` says that it is chosen. `owners` may keep the promise, by id and name:
    the service, then who works there. `answers` are the motives found by
    words, `cursor` the one Enter takes.
    """

    subject: Subject | None = None
    at: datetime | None = None
    entry: Entry = Entry()
    caller_kind: CallerKind = CallerKind.UNKNOWN
    family: str = ""
    motive: Motive | None = None
    answers: tuple[Motive, ...] = ()
    cursor: int = 0
    guidance: str = ""
    is_emergency: bool = False
    case: OpenCase | None = None
    is_follow_on: bool = False
    due_choices: tuple[datetime, ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    owner_name: str = ""
    frequent: tuple[Motive, ...] = ()
    is_note_required: bool = False
    motive_refusal: str = ""
    note_refusal: str = ""
    is_kept: bool = False
    promises: tuple[tuple[PromiseInView, Following], ...] = ()

    @property
    def has_promise(self) -> bool:
        """Whether a due time is asked for."""
        return self.entry.outcome is Outcome.FOLLOW_UP
