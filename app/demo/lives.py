"""Eighteen months of one person's demands, on every channel, up to the anchor."""

import random

from app.demo.calendar import HOUR, MINUTE, Calendar
from app.demo.episodes import Episode, Step, episodes
from app.demo.house import AUTOMATION, CLINICIANS, DemoAgent, agents_of, queue_of
from app.demo.people import Resident, ident
from app.demo.sheet import Row, Sheet
from app.domain.words import (
    CallerKind,
    CallState,
    CaseState,
    Channel,
    CommitmentState,
    Direction,
    Ending,
    NumberKind,
)
from app.store import tables

_SECOND = MINUTE // 60
_DAY = 24 * HOUR
_SCOPE_CONTACT = 90 * _DAY
_SCOPE_VISIT = 30 * _DAY
_AT_THE_DESK = (Channel.DESK, Channel.PHONE, Channel.VIDEO, Channel.FAX, Channel.LETTER)
_BY_NUMBER = (Channel.PHONE, Channel.SMS, Channel.WHATSAPP, Channel.RCS, Channel.VOICEMAIL)
_SPOKEN = (Channel.PHONE, Channel.DESK, Channel.VIDEO, Channel.LETTER, Channel.FAX, Channel.VOICEMAIL)
_PROOFS = ("birth_date postcode", "birth_date birth_name", "birth_date file_number", "")


class Lives:
    """Writes demands on a sheet; the same seed writes the same ones."""

    def __init__(self, sheet: Sheet, calendar: Calendar, *, tag: int) -> None:
        self._sheet = sheet
        self._calendar = calendar
        self._tag = tag
        self._ranks = {"c1": 0, "d1": 0, "e1": 0, "f1": 0}
        weighed = [(episode, episode.weight) for episode in episodes()]
        self._episodes = [episode for episode, weight in weighed for _ in range(weight)]
        self._agents = {episode.service: agents_of(episode.service) for episode, _ in weighed}
        self._queues = {service: queue_of(service) for service in self._agents}

    def begin(self, chunk: int) -> None:
        """Number what follows from the start of a chunk, so that chunks can be drawn alone."""
        self._ranks = dict.fromkeys(self._ranks, chunk << 24)

    def live(self, rng: random.Random, resident: Resident, *, demands: int) -> None:
        """All the demands of one person, and the services that hold him."""
        held: set[str] = set()
        for _ in range(demands):
            episode = rng.choice(self._episodes)
            if self._demand(rng, resident, episode):
                held.add(episode.service)
        for service in held:
            self._sheet.add(tables.person_scope, person=resident.id, service=service)

    def _demand(self, rng: random.Random, resident: Resident, episode: Episode) -> bool:
        """Write one demand; true when its service must hold the person today (rules R24)."""
        calendar = self._calendar
        day = int(calendar.today * rng.random())
        case = self._next("d1")
        blanks = self._blanks(rng, episode, day)
        promise: Row | None = None
        contact: Row | None = None
        opened = last = 0
        is_whole = True
        for step in episode.steps:
            day = (
                calendar.open_days[day + step.days]
                if step.direction is Direction.OUTBOUND
                else day + step.days
            )
            at = self._moment(rng, step, max(day, 0), after=last)
            if at > calendar.now - HOUR:
                is_whole = False
                break
            contact = self._contact(rng, resident, episode, step, at=at, case=case, blanks=blanks)
            opened = opened or at
            last = at
            promise = self._settle(promise, at) if step.direction is Direction.OUTBOUND else promise
            if step.promised_hours:
                promise = self._promise(rng, contact, step, promise)
        if contact is None:
            return False
        self._close(case, episode, resident, opened=opened, last=last, is_whole=is_whole)
        visit = self._visit(rng, episode, resident, case=case, day=day, blanks=blanks) if is_whole else 0
        is_recent = last > calendar.now - _SCOPE_CONTACT or abs(visit - calendar.now) < _SCOPE_VISIT
        return is_recent or not is_whole

    def _blanks(self, rng: random.Random, episode: Episode, day: int) -> dict[str, str]:
        ahead = sum(step.days for step in episode.steps) + (episode.visit.days if episode.visit else 0)
        calendar = self._calendar
        on = calendar.open_days[min(day + ahead, len(calendar.words) - 1)]
        doctors = CLINICIANS.get(episode.service, CLINICIANS["orthopedie"])
        return {"c": rng.choice(doctors), "d": calendar.words[on]}

    def _moment(self, rng: random.Random, step: Step, day: int, *, after: int) -> int:
        calendar = self._calendar
        if step.channel in _SPOKEN or step.direction is Direction.OUTBOUND:
            day = calendar.open_days[min(day, len(calendar.starts) - 1)]
            at = calendar.starts[day] + 510 * MINUTE + int(rng.random() * 540 * 60) * _SECOND
        else:
            at = calendar.starts[min(day, len(calendar.starts) - 1)] + 420 * MINUTE
            at += int(rng.random() * 960 * 60) * _SECOND
        return at if at > after else after + (5 + int(rng.random() * 50)) * MINUTE

    def _contact(
        self,
        rng: random.Random,
        resident: Resident,
        episode: Episode,
        step: Step,
        *,
        at: int,
        case: str,
        blanks: dict[str, str],
    ) -> Row:
        text = step.text.format_map(blanks) if step.has_blanks else step.text
        contact = self._next("c1")
        agent = rng.choice(self._agents[episode.service])
        is_spoken = step.channel in _SPOKEN
        row = self._sheet.add(
            tables.contact,
            id=contact,
            person=resident.id,
            channel=step.channel,
            direction=step.direction,
            service=episode.service,
            state=CallState.ENDED,
            at=at,
            motive=episode.motive,
            outcome=step.outcome,
            case_id=case,
            caller_kind=CallerKind.RELATIVE if resident.is_minor else CallerKind.PATIENT,
            log=contact,
            logged_at=at + 6 * MINUTE,
            by=AUTOMATION if step.is_automatic else agent.login,
            note=text if is_spoken else "",
            body="" if is_spoken else text,
        )
        if step.channel in _BY_NUMBER:
            self._number(rng, row, resident.number)
        if step.channel is Channel.PHONE:
            self._call(rng, row, agent, queue=self._queues[episode.service])
        self._sheet.add(tables.timeline, person=resident.id, at=at, contact=contact, channel=step.channel)
        return row

    def _number(self, rng: random.Random, row: Row, number: str) -> None:
        is_hidden = not number or (row["channel"] is Channel.PHONE and rng.random() < 0.04)
        row["number"] = "" if is_hidden else number
        row["number_kind"] = NumberKind.HIDDEN if is_hidden else NumberKind.KNOWN_FORMAT
        row["number_raw"] = (
            "anonymous" if is_hidden else "0" + number[3:] if number.startswith("+33") else number
        )

    def _call(self, rng: random.Random, row: Row, agent: DemoAgent, *, queue: str) -> None:
        at: int = row["at"]
        answered = at + int(4 + rng.random() * 50) * _SECOND
        row["queue"] = queue if row["direction"] is Direction.INBOUND else ""
        row["extension"] = agent.extension
        row["agent"] = agent.login
        row["rang_at"] = at + 2 * _SECOND
        row["answered_at"] = answered
        row["ended_at"] = ended = answered + int(35 + rng.random() * 260) * _SECOND
        row["ending"] = Ending.HUNG_UP
        row["logged_at"] = ended + 40 * _SECOND
        row["proofs"] = proofs = rng.choice(_PROOFS)
        row["verified_at"] = answered + 20 * _SECOND if proofs else None

    def _promise(self, rng: random.Random, contact: Row, step: Step, earlier: Row | None) -> Row:
        """A new promise; the one that still stood was not kept."""
        if earlier is not None and earlier["state"] is CommitmentState.OPEN:
            earlier["state"] = CommitmentState.MISSED
            earlier["closed_at"] = contact["at"]
        due = contact["at"] + step.promised_hours * HOUR
        return self._sheet.add(
            tables.commitment,
            id=self._next("e1"),
            person=contact["person"],
            contact=contact["id"],
            case_id=contact["case_id"],
            channel=Channel.PHONE if rng.random() < 0.8 else Channel.EMAIL,
            owner=contact["service"],
            service=contact["service"],
            by=contact["by"],
            due_at=due - due % (30 * MINUTE),
            first_due_at=due - due % (30 * MINUTE),
            state=CommitmentState.OPEN,
            made_at=contact["at"] + 6 * MINUTE,
        )

    def _settle(self, promise: Row | None, at: int) -> Row | None:
        if promise is not None:
            promise["state"] = CommitmentState.KEPT
            promise["closed_at"] = at
        return None

    def _close(
        self, case: str, episode: Episode, resident: Resident, *, opened: int, last: int, is_whole: bool
    ) -> None:
        self._sheet.add(
            tables.case,
            id=case,
            person=resident.id,
            title=episode.title,
            service=episode.service,
            motive=episode.motive,
            state=CaseState.CLOSED if is_whole else CaseState.OPEN,
            opened_at=opened,
            closed_at=last if is_whole else None,
            closing=episode.closing if is_whole else "",
        )

    def _visit(
        self,
        rng: random.Random,
        episode: Episode,
        resident: Resident,
        *,
        case: str,
        day: int,
        blanks: dict[str, str],
    ) -> int:
        """The appointment that ends the demand; its moment, or 0 without one."""
        visit = episode.visit
        if visit is None:
            return 0
        calendar = self._calendar
        on = calendar.open_days[min(day + visit.days, len(calendar.starts) - 1)]
        at = calendar.starts[on] + (480 + 10 * rng.randrange(54)) * MINUTE
        self._sheet.add(
            tables.appointment,
            id=self._next("f1"),
            person=resident.id,
            at=at,
            title=visit.title.replace(", {c}", "").replace(" {c}", ""),
            clinician=blanks["c"],
            place=visit.place,
            service=episode.service,
            case_id=case,
            state="planned" if at > calendar.now else "absent" if rng.random() < 0.04 else "honoured",
        )
        return at

    def _next(self, kind: str) -> str:
        rank = self._ranks[kind]
        self._ranks[kind] = rank + 1
        return ident(kind, self._tag, rank)
