"""Writes one named person's life by hand, in the moments and words of the mock-ups."""

from typing import Any

import msgspec

from app.demo.calendar import HOUR, MINUTE, Calendar
from app.demo.episodes import typographic
from app.demo.house import DEMO_AGENTS, queue_of
from app.demo.numbers import MOBILE
from app.demo.people import SAID_DAYS_AGO, ident, say_preference
from app.demo.sheet import Sheet
from app.domain.relatives import RelativeRole
from app.domain.words import (
    ActKind,
    CallerKind,
    CallState,
    CaseState,
    Channel,
    CommitmentState,
    Direction,
    Ending,
    IdentityStatus,
    NumberKind,
    Outcome,
    Reach,
)
from app.store import tables

_SECOND = MINUTE // 60
_WAIT = 12 * _SECOND
_POST_CALL = 41
"""Seconds from a call's end to its motive."""
_NAMED = 0xFFFFFF
_ORTHO = "orthopedie"


class Call(msgspec.Struct, frozen=True):
    """A call with a known person: when, how long, by whom."""

    person: str
    at: str
    seconds: int
    by: str
    direction: Direction = Direction.INBOUND


class Pen:
    """Every moment is the mock-ups' wall clock; every number is the end of 06 39 98."""

    def __init__(self, sheet: Sheet, calendar: Calendar) -> None:
        self._sheet = sheet
        self._calendar = calendar
        self._ranks: dict[str, int] = {}
        self._numbers: dict[str, str] = {}
        self._cases: dict[tuple[str, str], str] = {}

    def person(
        self,
        birth_name: str,
        first: str,
        born: str,
        sex: str,
        *,
        place: str,
        number: str,
        used: str = "",
        **traits: Any,
    ) -> str:
        """A person known under one number; the id."""
        person = self._next("a1")
        rank = self._ranks["a1"]
        self._sheet.add(
            tables.person,
            **{
                "id": person,
                "birth_name": birth_name,
                "first_given_name": first,
                "used_name": used,
                "birth_date": born,
                "sex": sex,
                "birth_place": place,
                "ipp": f"{418_200 + rank:08}",
                "postcode": "76000",
                "identity_status": IdentityStatus.QUALIFIED,
            }
            | traits,
        )
        self._numbers[person] = f"{MOBILE}{number}"
        self.number(person, number, role="mobile")
        self._sheet.add(tables.person_scope, person=person, service=_ORTHO)
        return person

    def number(
        self, person: str, number: str, *, role: str, since: str = "2024-02-12", until: str = ""
    ) -> None:
        """One more number of a person."""
        self._sheet.add(
            tables.person_number,
            number=f"{MOBILE}{number}",
            person=person,
            role=role,
            since=since,
            until=until,
        )

    def prefers(self, person: str, channel: Channel, *, hours: str, **choices: str) -> None:
        """The preferred channel, its hours, and what is allowed on the others."""
        row = next(row for row in self._sheet.rows[tables.person] if row["id"] == person)
        row["preferred_channel"] = channel
        row["preferred_hours"] = hours
        for name, choice in choices.items():
            say_preference(self._sheet, self._calendar, person, Channel(name), choice)

    def relative(self, person: str, full_name: str, role: RelativeRole, *, number: str = "") -> None:
        """Somebody close to a person, as the person said at the desk."""
        key = {"person": person, "id": self._next("ae")}
        day = self._calendar.today - SAID_DAYS_AGO
        self._sheet.add(
            tables.relative,
            **key,
            role=role,
            number=f"{MOBILE}{number}" if number else "",
            source=Channel.DESK,
            since=self._calendar.dates[day],
            by="c.morvan",
            said_at=self._calendar.starts[day] + 9 * HOUR,
        )
        self._sheet.add(tables.relative_name, **key, full_name=full_name)

    def case(
        self,
        person: str,
        title: str,
        *,
        motive: str,
        opened: str,
        service: str = _ORTHO,
        state: CaseState = CaseState.OPEN,
        closed: str = "",
        closing: str = "",
    ) -> str:
        """A demand; `closing` is its end, or what comes next while it is open."""
        case = self._cases[person, title] = self._next("d1")
        if service != _ORTHO:
            self._sheet.add(tables.person_scope, person=person, service=service)
        self._sheet.add(
            tables.case,
            id=case,
            person=person,
            title=self._text(title),
            service=service,
            motive=motive,
            state=state,
            opened_at=self._calendar.at(opened),
            closed_at=self._calendar.at(closed) if closed else None,
            closing=self._text(closing),
        )
        return case

    def case_id(self, person: str, title: str) -> str:
        """A demand written before."""
        return self._cases[person, title]

    def call(self, call: Call, *, outcome: str = "", **values: Any) -> str:
        """A call that was answered; without a motive it is still to qualify."""
        agent = next(agent for agent in DEMO_AGENTS if agent.login == call.by)
        service = values.get("service", _ORTHO)
        at = self._calendar.at(call.at)
        answered = at if call.direction is Direction.OUTBOUND else at + _WAIT
        return self._contact(
            call.person,
            at=at,
            channel=Channel.PHONE,
            direction=call.direction,
            queue=queue_of(agent.service) if call.direction is Direction.INBOUND else "",
            extension=agent.extension,
            agent=agent.login,
            rang_at=at + 2 * _SECOND,
            answered_at=answered,
            ended_at=answered + call.seconds * _SECOND,
            ending=Ending.HUNG_UP,
            outcome=outcome,
            by=call.by,
            post_call_us=_POST_CALL * _SECOND if values.get("motive") else None,
            logged_at=answered + (call.seconds + _POST_CALL) * _SECOND if values.get("motive") else None,
            **self._by_number(call.person),
            **({"service": service} | values | {"note": self._text(values.get("note", ""))}),
        )

    def message(
        self, person: str, *, at: str, channel: Channel, body: str, outcome: str = "", **values: Any
    ) -> str:
        """A written exchange; received and without an outcome it has had no answer."""
        number = {} if channel in (Channel.EMAIL, Channel.PORTAL) else self._by_number(person)
        return self._contact(
            person,
            **{
                "at": self._calendar.at(at),
                "channel": channel,
                "direction": Direction.INBOUND,
                "body": self._text(body),
                "outcome": outcome,
                "service": _ORTHO,
            }
            | number
            | values,
        )

    def note(
        self, person: str, *, at: str, channel: Channel, note: str, by: str = "c.morvan", **values: Any
    ) -> str:
        """An exchange written down by hand."""
        return self._contact(
            person,
            **{
                "at": self._calendar.at(at),
                "channel": channel,
                "direction": Direction.INBOUND,
                "note": self._text(note),
                "by": by,
                "service": _ORTHO,
            }
            | values,
        )

    def lost_call(
        self,
        *,
        at: str,
        number: str,
        seconds: int,
        ending: Ending,
        kind: NumberKind = NumberKind.KNOWN_FORMAT,
    ) -> None:
        """A call that nobody is linked to."""
        began = self._calendar.at(at)
        is_answered = ending is Ending.HUNG_UP
        self._sheet.add(
            tables.contact,
            id=self._next("c1"),
            channel=Channel.PHONE,
            direction=Direction.INBOUND,
            service="standard" if is_answered else _ORTHO,
            queue="standard" if is_answered else "secretariat-orthopedie",
            number=f"{MOBILE}{number}" if number else "",
            number_kind=kind,
            number_raw=f"063998{number}" if number else "anonymous",
            state=CallState.ENDED,
            extension="4001" if is_answered else "",
            agent="h.lambert" if is_answered else "",
            at=began,
            answered_at=began + _WAIT if is_answered else None,
            ended_at=began + seconds * _SECOND,
            ending=ending,
            motive="92" if is_answered else "",
            outcome=Outcome.DEALT_WITH if is_answered else "",
            by="h.lambert" if is_answered else "",
        )

    def promise(
        self,
        person: str,
        *,
        contact: str,
        case_id: str,
        made: str,
        due: str,
        by: str,
        what: str,
        owner: str = "c.morvan",
        channel: Channel = Channel.PHONE,
        state: CommitmentState = CommitmentState.OPEN,
        closed: str = "",
    ) -> str:
        """Something promised at a contact; the id."""
        due_at = self._calendar.at(due)
        promise = self._next("e1")
        self._sheet.add(
            tables.commitment,
            id=promise,
            person=person,
            contact=contact,
            case_id=case_id,
            what=self._text(what),
            channel=channel,
            owner=owner,
            service=_ORTHO,
            by=by,
            due_at=due_at,
            first_due_at=due_at,
            state=state,
            made_at=self._calendar.at(made),
            closed_at=self._calendar.at(closed) if closed else None,
        )
        if closed:
            self.act(promise, ActKind.KEPT, at=closed, how=Reach.MESSAGE, by=by)
        return promise

    def act(self, promise: str, kind: ActKind, *, at: str, by: str = "c.morvan", **values: Any) -> None:
        """What was done about a promise; a postponed one is given the due time to come."""
        row = next(row for row in self._sheet.rows[tables.commitment] if row["id"] == promise)
        act = row["last_act"] = self._next("b1")
        if kind is ActKind.POSTPONED:
            values["due_before"] = row["due_at"]
            row["due_at"] = self._calendar.at(values.pop("until"))
            row["state"] = CommitmentState.POSTPONED
        self._sheet.add(
            tables.commitment_act,
            id=act,
            commitment=promise,
            person=row["person"],
            act=kind,
            by=by,
            at=self._calendar.at(at),
            **values,
        )

    def visit(
        self,
        person: str,
        *,
        at: str,
        title: str,
        clinician: str,
        case_id: str | None = None,
        state: str = "planned",
        missing: str = "",
        place: str = "Consultations, bâtiment A",
    ) -> None:
        """An appointment."""
        self._sheet.add(
            tables.appointment,
            id=self._next("f1"),
            person=person,
            at=self._calendar.at(at),
            title=title,
            clinician=clinician,
            place=place,
            service=_ORTHO,
            case_id=case_id,
            state=state,
            missing=missing,
        )

    def _by_number(self, person: str) -> dict[str, Any]:
        number = self._numbers[person]
        return {"number": number, "number_kind": NumberKind.KNOWN_FORMAT, "number_raw": f"0{number[3:]}"}

    def _text(self, text: str) -> str:
        """French spaces, and each « 27/11 » moved with the anchor."""
        return typographic(self._calendar.moved(text))

    def _contact(self, person: str, *, at: Any, **values: Any) -> str:
        contact = self._next("c1")
        is_qualified = bool(values.get("motive"))
        self._sheet.add(
            tables.contact,
            **{
                "id": contact,
                "person": person,
                "state": CallState.ENDED,
                "at": at,
                "caller_kind": CallerKind.PATIENT,
                "log": contact if is_qualified else None,
                "logged_at": at + 6 * MINUTE if is_qualified else None,
            }
            | values,
        )
        self._sheet.add(tables.timeline, person=person, at=at, contact=contact, channel=values["channel"])
        return contact

    def _next(self, kind: str) -> str:
        rank = self._ranks[kind] = self._ranks.get(kind, -1) + 1
        return ident(kind, _NAMED, rank)
