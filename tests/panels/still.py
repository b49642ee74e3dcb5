"""A clock that stands still, and a desk that answers at once."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from threading import Event
from typing import Any, TypeVar

import sqlalchemy as sa

from app.domain.commands import AnyCommand, BreakGlass
from app.domain.double_commands import MergePersons, UnmergePersons
from app.domain.errors import Refusal
from app.domain.relative_commands import SayRelative
from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.sending import Sending
from app.queries.accesses import Access, OpenRecord, opened_by
from app.queries.agent_states import OwnState
from app.queries.doubles import Doubles, ToDecide
from app.queries.earlier_calls import EarlierCalls
from app.queries.house import House, read_house
from app.queries.linkable_calls import Links
from app.queries.morning import LeftCaller
from app.queries.person_record import PersonRecord
from app.queries.person_search import FoundPersons
from app.queries.phone_acts import PhoneAct
from app.queries.reports import QueueReport
from app.queries.subjects import StandingSave, Subject
from app.usecases.desk import ON_PHONE
from tests.panels import mockup
from tests.panels.doubles_mockup import doubles_of_martine
from tests.panels.linked_calls import links_of_the_morning
from tests.panels.mockup import NOW, found_nguyen
from tests.panels.phone_book import HOUSE, ask_hospital
from tests.panels.supervision_mockup import reports, supervision
from ui.sound import NoSound
from ui.viewmodels import day, directory, messages, palette, tasks
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.earlier_calls import EarlierHere
from ui.viewmodels.own_state import OwnStates
from ui.viewmodels.phone import Phone
from ui.viewmodels.supervision import LiveBoard

T = TypeVar("T")


_OF_THE_HOSPITAL = {one.__name__ for one in (day, directory, messages, palette, tasks)}
"""View-models whose questions are answered by the demonstration's hospital."""


_OF_THE_SERVER = (BreakGlass, MergePersons, UnmergePersons, SayRelative)


class StillClock:
    """The moment of the mock-ups."""

    def now(self) -> datetime:
        """24 November 2026, 10:28 in Paris."""
        return NOW


class StillSpeaker:
    """Plays until it is stopped, or until `end`, and is heard by nobody."""

    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.is_deaf = False
        self._over = Event()

    def play(self, wav: bytes) -> None:
        """Wait as long as a sound would last."""
        if self.is_deaf:
            raise NoSound("no device")
        self._over.clear()
        self.played.append(wav)
        self._over.wait(20)

    @property
    def is_silent(self) -> bool:
        """Whether what was played, if anything, was ended."""
        return self._over.is_set()

    def stop(self) -> None:
        """End it."""
        self._over.set()

    end = stop


class StillDesk:
    """Answers at once with the page it was given, and keeps what is submitted."""

    def __init__(self, page: CallPage) -> None:
        self.page = page
        self.soon: list[CallPage] = []
        """Answered first, one each time the page is asked."""
        self.house = HOUSE
        self.known = House(
            services=(("orthopedie", "Orthopédie"), ("standard", "Standard")),
            agents={
                "orthopedie": (("a.petit", "Adeline Petit"), ("c.morvan", "Claire Morvan")),
                "standard": (("h.lambert", "Hugo Lambert"),),
            },
            frequent={mockup.QUEUE: ("61", "71")},
        )
        self.asked_of_the_board = 0
        self.names_agents = True
        self.found = found_nguyen()
        self.submitted: list[AnyCommand] = []
        self.told: list[object] = []
        """All it answered."""
        self.looked: list[tuple[str, str]] = []
        self.beyond: FoundPersons | None = None
        self.unanswered: list[Callable[[FoundPersons], None]] = []
        self.is_cut = False
        self.weeks: list[tuple[date, date]] = []
        """The days whose figures were asked of the server."""
        self.reports = reports()
        self.listened: list[str] = []
        self.acts: tuple[PhoneAct, ...] = ()
        self.states: tuple[OwnState, ...] = ()
        self.is_only_told = False
        self.no: Refusal | None = None
        self.left: tuple[LeftCaller, ...] = mockup.left_overnight()
        self.drafts: dict[str, bytes] = {}
        self.accesses: tuple[Access, ...] = ()
        self.links: Links = links_of_the_morning()
        self.earlier = EarlierCalls()
        self.earlier_elsewhere: EarlierCalls | None = None
        """What the server says of it, once it has the contact."""
        self.earlier_held: frozenset[str] = frozenset()
        self.asked_earlier: list[str] = []
        self.record: PersonRecord | None = mockup.record_of_martine()
        self.opened: tuple[OpenRecord, ...] = ()
        self.unsent: tuple[Sending, ...] = ()
        self.subjects: dict[str, Subject] = {}
        self.standing: StandingSave | None = None
        self.hurried = 0
        self.compared: list[tuple[str, str]] = []
        self.alike: Doubles | None = doubles_of_martine()
        self.waiting = ToDecide(signalled=(), to_sort=())
        self.related: list[tuple[tuple[str, str, RelativeRole], str]] = []
        self.close: Compared | None = Compared(likeness=Likeness.DIFFERS)
        self.is_slow = False
        self.withheld: list[Callable[[], None]] = []
        """Answers that wait until a test lets them out."""

    def ask(self, query: Callable[[sa.Connection, str], T], then: Callable[[T], None]) -> None:
        """The house, which never closes, who was found, or the page."""
        answer: Any
        if query is read_house:
            answer = self.known
        elif isinstance(query, partial) and query.func.__module__ in _OF_THE_HOSPITAL:
            answer = ask_hospital(query, self.house)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(query, partial):
            answer = self._told_by(query.func.__module__)
        elif isinstance(getattr(query, "__self__", None), OwnStates):
            answer = self.states
        elif isinstance(getattr(query, "__self__", None), Phone):
            answer = self.acts
        elif isinstance(live := getattr(query, "__self__", None), LiveBoard):
            self.asked_of_the_board += 1
            answer = supervision(live.chosen, is_named=self.names_agents)
        else:
            answer = self.soon.pop(0) if self.soon else self.page
        self.told.append(answer)
        then(answer)

    def _told_by(self, module: str) -> object:
        """What the module that asks gets: who was found, unless it has an answer of its own."""
        own: dict[str, object] = {
            "ui.viewmodels.morning": self.left,
            "ui.workplace.glass": self.accesses,
            opened_by.__module__: self.opened,
            "ui.viewmodels.same_caller": self.links,
            "ui.viewmodels.earlier_calls": EarlierHere(found=self.earlier, held=self.earlier_held),
            "app.queries.call_rows": self.is_only_told,
            "ui.viewmodels.person_record": self.record,
            "ui.viewmodels.sending": self.subjects,
            "ui.viewmodels.conflict": self.standing,
        }
        return own.get(module, self.found)

    def look_beyond(
        self,
        typed: str,
        reason: str,
        then: Callable[[FoundPersons], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """The server says nothing until a test gives it an answer, or cuts it."""
        self.looked.append((typed, reason))
        if self.beyond is not None:
            then(self.beyond)
        elif self.is_cut:
            refused(Refusal("needs_server"))
        else:
            self.unanswered.append(then)

    def figures(
        self,
        first: date,
        last: date,
        then: Callable[[tuple[QueueReport, ...]], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """The week of the mock-up, unless the server is away."""
        self.weeks.append((first, last))
        if self.is_cut:
            refused(Refusal("needs_server"))
        else:
            then(self.reports)

    def sendings(self, then: Callable[[list[Sending]], None]) -> None:
        """What a test says is not taken yet."""
        self.told.append(self.unsent)
        then(list(self.unsent))

    def dismiss(self, command_id: str, then: Callable[[None], None]) -> None:
        """It is forgotten at once."""
        self.unsent = tuple(one for one in self.unsent if one.command != command_id)
        then(None)

    def hurry(self) -> None:
        """Counted."""
        self.hurried += 1

    def voicemail(
        self, contact: str, then: Callable[[bytes], None], refused: Callable[[Refusal], None]
    ) -> None:
        """A moment of sound, unless the server is away."""
        self.listened.append(contact)
        if self.is_cut:
            refused(Refusal("needs_server"))
        else:
            then(b"a sound")

    def doubles(
        self,
        person: str,
        reason: str,
        then: Callable[[Doubles | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Those of the mock-up, unless the server is away, or says nothing until a test lets it."""
        self.compared.append((person, reason))
        answer = partial(refused, Refusal("needs_server")) if self.is_cut else partial(then, self.alike)
        self.told.append(self.alike)
        if self.is_slow:
            self.withheld.append(answer)
        else:
            answer()

    def compare_relative(
        self,
        told: tuple[str, str, RelativeRole],
        reason: str,
        then: Callable[[Compared | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """What the test says, unless the server is away."""
        self.related.append((told, reason))
        if self.is_cut:
            refused(Refusal("needs_server"))
        else:
            then(self.close)

    def earlier_calls(
        self, contact: str, then: Callable[[EarlierCalls | None], None], refused: Callable[[Refusal], None]
    ) -> None:
        """What the test says, unless the server is away."""
        self.asked_earlier.append(contact)
        if self.is_cut:
            refused(Refusal("needs_server"))
        else:
            then(self.earlier_elsewhere)

    def to_decide(self, then: Callable[[ToDecide], None], refused: Callable[[Refusal], None]) -> None:
        """What the test says, unless the server is away."""
        if self.is_cut:
            refused(Refusal("needs_server"))
        else:
            self.told.append(self.waiting)
            then(self.waiting)

    def keep_draft(self, contact: str, body: bytes, then: Callable[[None], None]) -> None:
        """It is on the disk at once."""
        self.drafts[contact] = body
        then(None)

    def draft_of(self, contact: str, then: Callable[[bytes | None], None]) -> None:
        """The draft kept for this contact, if any."""
        then(self.drafts.get(contact))

    def submit(
        self,
        command: AnyCommand,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Keep it, unless `no` was said to what the phone is asked."""
        self.submitted.append(command)
        if self.no is not None and isinstance(
            command, (*ON_PHONE, BreakGlass, MergePersons, UnmergePersons, SayRelative)
        ):
            assert refused is not None
            refused(self.no)
        elif then is not None:
            then(str(len(self.submitted)))
