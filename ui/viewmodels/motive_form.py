"""Qualifying a contact in a few keys: what is typed becomes one command (design 8)."""

from datetime import datetime

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.commands import LogMotive, PostponeCommitment, Promise
from app.domain.hours import due_at, suggested
from app.domain.motives import Catalogue, Flag, Motive, shipped_catalogue
from app.domain.opening import Opening
from app.domain.words import CallerKind, Outcome
from app.ports import Clock, Mint
from app.queries.glance import OpenCase, PromiseInView
from ui.translate import tongue
from ui.viewmodels.motive_form_guidance import guidance, no_motive, no_note, wants_motive, wants_note
from ui.viewmodels.motive_form_state import Entry, Following, MotiveFormState, Subject

EMERGENCY = "00"
OTHER = "99"
"""« Autre, à préciser »: what is said in words that name no motive, and then is its note."""
SEARCH_FROM = 2
USUAL_DUE = "17:00"
_REASON = 200
_CALLED_AGAIN = "La personne a rappelé"
"""Why a promise is put off when nothing was noted, in the words of the house."""


class MotiveForm(QObject):
    """One contact being qualified; `state` is what to show, `saved` carries a `LogMotive`.

    `postponed` comes before it, with a `PostponeCommitment` for each promise put off.
    `leaving` comes just before another contact takes its place, while `state` is still its own.
    """

    state_changed = Signal()
    entry_changed = Signal()
    leaving = Signal()
    saved = Signal(object)
    postponed = Signal(object)
    next_wanted = Signal()

    def __init__(self, *, clock: Clock, mint: Mint, catalogue: Catalogue | None = None) -> None:
        super().__init__()
        self.state = MotiveFormState()
        self.catalogue = catalogue or shipped_catalogue(tongue.language)
        self._clock, self._mint = clock, mint

    def start(self, subject: Subject) -> None:
        """Take a contact; the same contact again keeps what was typed (design 4.2)."""
        entry = self.state.entry
        if subject == self.state.subject:
            return
        if entry.contact != subject.contact:
            self.leaving.emit()
            entry = Entry(contact=subject.contact, service=subject.service, service_name=subject.service_name)
        elif entry.case is not None and all(case.case != entry.case for case in subject.open_cases):
            entry = msgspec.structs.replace(entry, case=None)
        self._show(self._proposed_again(entry, subject), subject=subject)

    def draft(self) -> bytes:
        """What was typed, as JSON."""
        return msgspec.json.encode(self.state.entry)

    def restore(self, draft: bytes) -> None:
        """Bring back a draft of the contact at hand.

        A draft of another contact, an unreadable one, or one that comes after the first key is
        left alone.
        """
        try:
            entry = msgspec.json.decode(draft, type=Entry)
        except msgspec.DecodeError:
            return
        if entry.contact == self.state.entry.contact and not self.state.entry.is_touched:
            self._show(entry)
            self.mark_kept()

    def write_again(self, refused: LogMotive) -> None:
        """A save that the server refused is typed again, unless something else is typed already."""
        entry = self.state.entry
        if entry.contact != refused.contact or entry.is_touched:
            return
        promise = refused.commitment
        self._change(
            digits=refused.motive,
            motive=refused.motive,
            outcome=refused.outcome,
            service=refused.service,
            service_name=dict(self._subject.house.services).get(refused.service, refused.service),
            due_at=None if promise is None else promise.due_at,
            is_due_chosen=promise is not None,
            owner="" if promise is None else promise.owner,
            note=refused.note,
            kept=refused.keeps,
        )

    def mark_kept(self) -> None:
        """The draft is on the disk."""
        self._set(msgspec.structs.replace(self.state, is_kept=True))

    def set_caller_kind(self, kind: CallerKind) -> None:
        """Who speaks, as chosen in the identity band."""
        if kind is self.state.caller_kind:
            return
        self._set(msgspec.structs.replace(self.state, caller_kind=kind))

    def press_digit(self, digit: int) -> None:
        """First the family, then the motive; `0` shows the emergency at once."""
        entry = self.state.entry
        if entry.words or len(entry.digits) >= 2:
            return
        code = f"{entry.digits}{digit}"
        if code == "0":
            self._pick(EMERGENCY, digits=code)
        elif len(code) == 1:
            self._clear(digits=code)
        elif self.catalogue.find(code):
            self._pick(code, digits=code)
        elif digit == 0:
            self._clear()

    def pick(self, code: str) -> None:
        """Take a motive by its code."""
        self._pick(code, digits=code)

    def go_back(self) -> None:
        """One level up: from the motive to its family, then to the families."""
        digits = self.state.entry.digits[:-1]
        if digits == "0":
            self._pick(EMERGENCY, digits=digits)
        else:
            self._clear(digits=digits)

    def leave_family(self) -> None:
        """Back to all families."""
        self.type_words("")

    def type_words(self, words: str) -> None:
        """Look motives up by their words."""
        self._clear(words=words)

    def move(self, step: int) -> None:
        """Move among the answers."""
        last = max(0, len(self.state.answers) - 1)
        cursor = min(max(self.state.cursor + step, 0), last)
        self._set(msgspec.structs.replace(self.state, cursor=cursor))

    def take_answer(self) -> None:
        """Take the motive under the cursor."""
        if self.state.answers:
            self.pick(self.state.answers[self.state.cursor].code)

    def choose_outcome(self, outcome: Outcome) -> None:
        """Say what became of the contact; what is to follow has a due time."""
        if outcome is not self.state.entry.outcome:
            self._change(
                outcome=outcome,
                due_at=self._due(self.state.motive, outcome, self._opening_of(self.state.entry.service)),
                is_due_chosen=False,
            )

    def choose_due(self, due: datetime) -> None:
        """Promise for a time (aware)."""
        self._change(outcome=Outcome.FOLLOW_UP, due_at=due, is_due_chosen=True)

    def choose_service(self, service: str) -> None:
        """Hand it to a service, by its id, whose hours the due time follows unless a person chose one."""
        entry = self.state.entry
        name = dict(self._subject.house.services).get(service, service)
        proposed = self._due(self.state.motive, entry.outcome, self._opening_of(service))
        due = entry.due_at if entry.is_due_chosen else proposed
        self._change(service=service, service_name=name, due_at=due, owner="")

    def choose_owner(self, owner: str) -> None:
        """Who keeps the promise, by id."""
        self._change(owner=owner)

    def follow_on(self) -> None:
        """It belongs to the demand that is offered."""
        if self.state.case is not None:
            self._change(case=self.state.case.case)

    def open_new_case(self) -> None:
        """It is a new demand."""
        self._change(case="")

    def turn_promise(self, commitment: str = "") -> None:
        """Say of a promise, the first one by default, that it is kept, put off, then open again."""
        known = {promise.commitment: following for promise, following in self.state.promises}
        commitment = commitment or next(iter(known), "")
        if commitment not in known:
            return
        entry = self.state.entry
        turn = _next_of(known[commitment], can_postpone=_new_due(entry) is not None)
        self._change(
            kept=_with(entry.kept, commitment, is_in=turn is Following.KEPT),
            postponed=_with(entry.postponed, commitment, is_in=turn is Following.POSTPONED),
        )

    def write_note(self, note: str) -> None:
        """What the person asks, in a sentence."""
        if note != self.state.entry.note:
            self._change(note=note)

    @property
    def missing(self) -> str:
        """What a save still wants, in a sentence, or nothing."""
        state = self.state
        if state.motive is None:
            return wants_motive()
        return wants_note() if state.is_note_required and not state.entry.note.strip() else ""

    def save(self) -> bool:
        """Hand the command over; False when something is missing, said under its field."""
        state = self.state
        if state.motive is None:
            self._set(msgspec.structs.replace(state, motive_refusal=no_motive()))
            return False
        if state.is_note_required and not state.entry.note.strip():
            self._set(msgspec.structs.replace(state, note_refusal=no_note()))
            return False
        for command in self._postponements():
            self.postponed.emit(command)
        self.saved.emit(self._command(state.motive))
        return True

    def save_and_next(self) -> bool:
        """Save, then ask to be available again."""
        is_saved = self.save()
        if is_saved:
            self.next_wanted.emit()
        return is_saved

    @property
    def _subject(self) -> Subject:
        return self.state.subject or Subject(contact="", service="", service_name="")

    def _pick(self, code: str, *, digits: str) -> None:
        motive = self.catalogue.find(code)
        if motive is None:
            return
        service, service_name = self._service_of(motive)
        self._change(
            digits=digits,
            words="",
            note=self._note_with_words(code),
            motive=code,
            outcome=motive.outcome,
            due_at=self._due(motive, motive.outcome, self._opening_of(service)),
            is_due_chosen=False,
            service=service,
            service_name=service_name,
        )

    def _note_with_words(self, code: str) -> str:
        """Words that name no motive are what the person asks: they are not typed twice."""
        entry = self.state.entry
        is_said = code == OTHER and entry.words and not self.catalogue.search(entry.words)
        return f"{entry.note} {entry.words}".strip() if is_said else entry.note

    def _clear(self, *, digits: str = "", words: str = "") -> None:
        """No motive: what it had set goes with it."""
        subject = self._subject
        had_motive = self.state.motive is not None
        reset = {
            "outcome": Outcome.DEALT_WITH,
            "due_at": None,
            "is_due_chosen": False,
            "service": subject.service,
            "service_name": subject.service_name,
        }
        self._change(digits=digits, words=words, motive="", **(reset if had_motive else {}))

    def _service_of(self, motive: Motive) -> tuple[str, str]:
        own = self._subject.service, self._subject.service_name
        return next((pair for pair in self._subject.house.services if pair[1] == motive.service), own)

    def _due(self, motive: Motive | None, outcome: Outcome, opening: Opening) -> datetime | None:
        if outcome is not Outcome.FOLLOW_UP:
            return None
        return due_at(
            (motive.due if motive else "") or USUAL_DUE,
            self._clock.now(),
            opening=opening,
        )

    def _opening_of(self, service: str) -> Opening:
        return _opening(self._subject, service)

    def _proposed_again(self, entry: Entry, subject: Subject) -> Entry:
        """The hours that a due time was proposed by have changed, and nobody chose another."""
        is_open = _opening(subject, entry.service)
        if entry.due_at is None or entry.is_due_chosen or is_open == _opening(self._subject, entry.service):
            return entry
        due = self._due(self.catalogue.find(entry.motive), entry.outcome, is_open)
        return msgspec.structs.replace(entry, due_at=due)

    def _change(self, **changes: object) -> None:
        self._show(msgspec.structs.replace(self.state.entry, **changes))
        self.entry_changed.emit()

    def _set(self, state: MotiveFormState) -> None:
        self.state = state
        self.state_changed.emit()

    def _show(self, entry: Entry, *, subject: Subject | None = None) -> None:
        subject = subject or self._subject
        motive = self.catalogue.find(entry.motive)
        case, is_follow_on = _offered(subject, entry, motive)
        owners = _owners(subject, entry)
        self._set(
            MotiveFormState(
                subject=subject,
                at=self._clock.now(),
                entry=entry,
                caller_kind=self.state.caller_kind,
                family=entry.digits[:1],
                motive=motive,
                answers=self._answers(entry.words),
                guidance=guidance(motive, is_verified=subject.is_verified) if motive else "",
                is_emergency=motive is not None and Flag.EMERGENCY in motive.flags,
                case=case,
                is_follow_on=is_follow_on,
                due_choices=_choices(
                    suggested(self._clock.now(), opening=_opening(subject, entry.service)), entry.due_at
                ),
                owners=owners,
                owner_name=dict(owners)[_owner(owners, entry)],
                frequent=tuple(filter(None, map(self.catalogue.find, subject.frequent))),
                is_note_required=motive is not None and Flag.NOTE in motive.flags,
                promises=tuple((promise, _following(promise, entry)) for promise in subject.promises),
            )
        )

    def _answers(self, words: str) -> tuple[Motive, ...]:
        if len(words.strip()) < SEARCH_FROM:
            return ()
        return self.catalogue.search(words) or tuple(filter(None, [self.catalogue.find(OTHER)]))

    def _command(self, motive: Motive) -> LogMotive:
        entry = self.state.entry
        case, title = self._case(motive)
        return LogMotive(
            contact=entry.contact,
            motive=motive.code,
            outcome=entry.outcome,
            service=entry.service,
            case=case,
            case_title=title,
            caller_kind=self.state.caller_kind,
            note=entry.note.strip(),
            commitment=self._promise(entry),
            keeps=self._promises_that_are(Following.KEPT),
        )

    def _promises_that_are(self, wanted: Following) -> tuple[str, ...]:
        return tuple(promise.commitment for promise, found in self.state.promises if found is wanted)

    def _postponements(self) -> list[PostponeCommitment]:
        """The promise put off is the one that is followed: no second one is made beside it (B4)."""
        due, note = _new_due(self.state.entry), self.state.entry.note.strip()
        return [
            PostponeCommitment(commitment=one, due_at=due, reason=note[:_REASON] or _CALLED_AGAIN)
            for one in self._promises_that_are(Following.POSTPONED)
            if due is not None
        ]

    def _case(self, motive: Motive) -> tuple[str | None, str]:
        if self.state.is_follow_on and self.state.case is not None:
            # The save that opened it may be refused, being overtaken: this one then opens it.
            return self.state.case.case, self.state.case.title
        if not self._subject.has_person or self.state.entry.outcome is Outcome.NO_ACTION:
            return None, ""
        # What is kept is in the words of the house, whatever this desk speaks.
        kept = shipped_catalogue().find(motive.code) or motive
        return self._mint.new_id(), kept.label

    def _promise(self, entry: Entry) -> Promise | None:
        if _new_due(entry) is None or entry.due_at is None or self._promises_that_are(Following.POSTPONED):
            return None
        owner = _owner(self.state.owners, entry)
        return Promise(commitment=self._mint.new_id(), due_at=entry.due_at, owner=owner)


def _new_due(entry: Entry) -> datetime | None:
    """When something is promised for, if anything is."""
    return entry.due_at if entry.outcome is Outcome.FOLLOW_UP else None


def _following(promise: PromiseInView, entry: Entry) -> Following:
    if promise.commitment in entry.kept:
        return Following.KEPT
    is_postponed = promise.commitment in entry.postponed and _new_due(entry) is not None
    return Following.POSTPONED if is_postponed else Following.OPEN


def _next_of(following: Following, *, can_postpone: bool) -> Following:
    if following is Following.OPEN:
        return Following.KEPT
    return Following.POSTPONED if following is Following.KEPT and can_postpone else Following.OPEN


def _with(ids: tuple[str, ...], one: str, *, is_in: bool) -> tuple[str, ...]:
    others = tuple(known for known in ids if known != one)
    return (*others, one) if is_in else others


def _offered(subject: Subject, entry: Entry, motive: Motive | None) -> tuple[OpenCase | None, bool]:
    """The demand to offer, and whether it is chosen: by a person, else by its motive's family."""
    if entry.case:
        chosen = next((case for case in subject.open_cases if case.case == entry.case), None)
        return chosen, chosen is not None
    repeated = next((case for case in subject.open_cases if case.case == subject.repeated_case), None)
    fitting = repeated if motive is None else _same_family(subject, motive)
    shown = fitting or repeated or next(iter(subject.open_cases), None)
    return shown, fitting is not None and entry.case is None


def _same_family(subject: Subject, motive: Motive) -> OpenCase | None:
    family = [case for case in subject.open_cases if case.motive[:1] == motive.code[0]]
    ranked = sorted(family, key=lambda case: (case.motive != motive.code, case.case != subject.repeated_case))
    return next(iter(ranked), None)


def _choices(usual: tuple[datetime, ...], due: datetime | None) -> tuple[datetime, ...]:
    """The usual times, the nearest one giving its place to the due time when it is another."""
    if due is None or due in usual:
        return usual
    nearest = min(usual, key=lambda moment: abs(moment - due))
    return tuple(sorted((due, *(moment for moment in usual if moment != nearest))))


def _owners(subject: Subject, entry: Entry) -> tuple[tuple[str, str], ...]:
    return (entry.service, entry.service_name), *subject.house.colleagues([entry.service])


def _owner(owners: tuple[tuple[str, str], ...], entry: Entry) -> str:
    """Who was chosen, as long as they work there."""
    return entry.owner if entry.owner in dict(owners) else entry.service


def _opening(subject: Subject, service: str) -> Opening:
    return subject.house.opening_of(service)
