"""Finding a person: what this desk holds at once, then whom the server alone knows, below."""

from collections import Counter
from enum import StrEnum
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Refusal
from app.domain.motives import plain
from app.queries.person_search import FoundPerson, FoundPersons, PersonQuestion, search_persons
from ui.tasks import Desk
from ui.viewmodels.pace import SERVER_PAUSE_MS


class Reach(StrEnum):
    """How far the answer looks: in this desk alone, the services' files, the whole house, or no further."""

    DESK = "desk"
    SERVICES = "services"
    HOUSE = "house"
    CUT = "cut"


class SearchState(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever answers the question so far; None until this desk has answered."""

    found: FoundPersons | None = None
    reach: Reach = Reach.DESK
    elsewhere: frozenset[str] = frozenset()
    """Those of them whom only the server holds."""


class PersonSearch(QObject):
    """One question at a time; an answer to an earlier one is dropped."""

    state_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.state = SearchState()
        self._desk = desk
        self._question = PersonQuestion()
        self._here = FoundPersons()
        self._pause = QTimer(self, singleShot=True, interval=SERVER_PAUSE_MS)
        self._pause.timeout.connect(self._ask_services)

    def ask(self, question: PersonQuestion) -> None:
        """Ask this desk now, and the server a moment after."""
        self._question = question
        self._pause.stop()
        self._desk.ask(partial(_found, question=question), partial(self._show_here, question))

    def widen(self, reason: str) -> None:
        """Ask in all the house; the reason is kept with the trace (rules R24)."""
        self._pause.stop()
        self._ask_server(Reach.HOUSE, reason)

    def _show_here(self, question: PersonQuestion, found: FoundPersons) -> None:
        if question != self._question:
            return
        self._here = found
        self._set(SearchState(found=found))
        if not found.has_more:
            self._pause.start()

    def _ask_services(self) -> None:
        self._ask_server(Reach.SERVICES, "")

    def _ask_server(self, reach: Reach, reason: str) -> None:
        question = self._question
        self._desk.look_beyond(
            _line_of(question), reason, partial(self._add, question, reach), partial(self._say_cut, question)
        )

    def _add(self, question: PersonQuestion, reach: Reach, found: FoundPersons) -> None:
        if question == self._question and self.state.found is not None:
            known = {row.person for row in self._here.rows}
            more = tuple(row for row in found.rows if row.person not in known)
            rows = _with_homonyms(self._here.rows + more)
            both = FoundPersons(rows=rows, has_more=self._here.has_more or found.has_more)
            self._set(SearchState(found=both, reach=reach, elsewhere=frozenset(row.person for row in more)))

    def _say_cut(self, question: PersonQuestion, _refusal: Refusal) -> None:
        if question == self._question and self.state.found is not None:
            self._set(msgspec.structs.replace(self.state, reach=Reach.CUT))

    def _set(self, state: SearchState) -> None:
        self.state = state
        self.state_changed.emit()


def _line_of(question: PersonQuestion) -> str:
    """The question as one line of typing, which the server reads again."""
    parts = (question.birth_name, question.first_given_name, question.names, question.birth_date)
    return " ".join(filter(None, (*parts, question.number, question.ipp)))


def _with_homonyms(rows: tuple[FoundPerson, ...]) -> tuple[FoundPerson, ...]:
    """Two who look alike are told apart wherever each of them was found."""
    alike = Counter(_strict(row) for row in rows)
    return tuple(
        msgspec.structs.replace(row, is_homonym=row.is_homonym or alike[_strict(row)] > 1) for row in rows
    )


def _strict(row: FoundPerson) -> tuple[str, str, str]:
    return row.birth_name, plain(row.first_given_name), row.birth_date


def _found(connection: sa.Connection, establishment: str, *, question: PersonQuestion) -> FoundPersons:
    return search_persons(connection, establishment, question)
