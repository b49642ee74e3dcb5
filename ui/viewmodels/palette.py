"""The palette: acts, persons of the hospital and patients in one list, as one types (design 10.1)."""

from difflib import get_close_matches
from enum import StrEnum
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Refusal
from app.domain.motives import plain
from app.domain.names_sought import read_questions
from app.ports import Clock
from app.queries.directory import EntryFound, search_directory
from app.queries.person_search import FoundPerson, FoundPersons, search_persons
from ui.house_time import house_time
from ui.tasks import Desk
from ui.viewmodels.key_map import Act
from ui.viewmodels.pace import SERVER_PAUSE_MS

LEAST_LETTERS = 2
MOST_OF_A_KIND = 5
_LIKE = 0.75
"""How near a word must be to one typed with a mistake, from 0 to 1."""
_LONG_ENOUGH = 4


class Kind(StrEnum):
    """What a line leads to."""

    ACT = "act"
    PERSON = "person"
    ENTRY = "entry"
    ELSEWHERE = "elsewhere"
    """A person whom the server alone knows."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line; `key` names an act's key, a person or an entry of the directory."""

    kind: Kind
    key: str
    act: Act | None = None
    person: FoundPerson | None = None
    entry: EntryFound | None = None


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    persons: tuple[FoundPerson, ...] = ()
    entries: tuple[EntryFound, ...] = ()


class Palette(QObject):
    """Acts answer at once; who is found is added when the replica answers, if it is still asked.

    When no act was meant, the server is asked a moment after: `grown` tells that its persons came
    below, or that it is away (`is_cut`).
    """

    state_changed = Signal()
    grown = Signal()

    def __init__(self, desk: Desk, acts: tuple[Act, ...], *, clock: Clock) -> None:
        super().__init__()
        self._desk, self._acts, self._clock = desk, acts, clock
        self._text = ""
        self.lines: tuple[Line, ...] = ()
        self.is_cut = False
        self._pause = QTimer(self, singleShot=True, interval=SERVER_PAUSE_MS)
        self._pause.timeout.connect(self._ask_server)

    def type(self, text: str) -> None:
        """What is typed so far; nothing lists every act."""
        self._text, self.is_cut = text, False
        self._pause.stop()
        self._show(_Answer())
        if len(text.replace(" ", "")) >= LEAST_LETTERS:
            question = partial(_read, text=text, clock=self._clock)
            self._desk.ask(question, partial(self._keep, text))

    def _keep(self, text: str, answer: _Answer) -> None:
        if text != self._text:
            return
        self._show(answer)
        if not any(line.kind is Kind.ACT for line in self.lines):
            self._pause.start()

    def _ask_server(self) -> None:
        text = self._text
        self._desk.look_beyond(text, "", partial(self._add, text), partial(self._say_cut, text))

    def _add(self, text: str, found: FoundPersons) -> None:
        if text != self._text:
            return
        known = {line.key for line in self.lines}
        more = [one for one in found.rows if one.person not in known][:MOST_OF_A_KIND]
        self.lines += tuple(Line(kind=Kind.ELSEWHERE, key=one.person, person=one) for one in more)
        self.grown.emit()

    def _say_cut(self, text: str, _refusal: Refusal) -> None:
        if text == self._text:
            self.is_cut = True
            self.grown.emit()

    def _show(self, answer: _Answer) -> None:
        acts = (Line(kind=Kind.ACT, key=act.key, act=act) for act in found_acts(self._acts, self._text))
        persons = (Line(kind=Kind.PERSON, key=one.person, person=one) for one in answer.persons)
        entries = (Line(kind=Kind.ENTRY, key=one.entry, entry=one) for one in answer.entries)
        self.lines = (*acts, *persons, *entries)
        self.state_changed.emit()


def found_acts(acts: tuple[Act, ...], text: str) -> list[Act]:
    """Acts whose name, French or English, or key holds what is typed, the surest first.

    A word may be a beginning, letters in their order (`mrap` for « Merci de rappeler »), or
    have a mistake.
    """
    wanted = plain(text).split()
    ranked = [(rank, act) for act in acts if (rank := _rank(act, wanted)) is not None]
    return [act for _, act in sorted(ranked, key=lambda pair: pair[0])]


def _rank(act: Act, wanted: list[str]) -> int | None:
    """-1 for the whole name, 0 for beginnings of its words, more the less sure it is, else None."""
    names = [plain(name) for name in (act.name.shown, act.name.french, act.name.english, act.cap)]
    ranks = [rank for name in names if (rank := _rank_in(name, wanted)) is not None]
    return min(ranks, default=None)


def _rank_in(name: str, wanted: list[str]) -> int | None:
    if name == " ".join(wanted):
        return -1
    words = name.replace("'", " ").replace(",", " ").replace("(", " ").split()
    if all(any(word.startswith(start) for word in words) for start in wanted):
        return 0
    if all(_is_near(one, words) for one in wanted):
        return 1
    return 2 if _is_in_order("".join(wanted), name) else None


def _is_near(typed: str, words: list[str]) -> bool:
    if any(word.startswith(typed) for word in words):
        return True
    if len(typed) < _LONG_ENOUGH:
        return False
    beginnings = [word[: max(len(typed), _LONG_ENOUGH)] for word in words]
    return bool(get_close_matches(typed, [*words, *beginnings], n=1, cutoff=_LIKE))


def _is_in_order(letters: str, name: str) -> bool:
    """Whether the letters follow one another in the name, the first beginning it."""
    rest = iter(name)
    return name.startswith(letters[:1]) and all(letter in rest for letter in letters)


def _read(connection: sa.Connection, establishment: str, *, text: str, clock: Clock) -> _Answer:
    now = clock.now()
    persons = search_persons(connection, establishment, *read_questions(text, today=house_time.day(now)))
    entries = search_directory(connection, establishment, text, kind="", now=now)
    return _Answer(persons=persons.rows[:MOST_OF_A_KIND], entries=entries.rows[:MOST_OF_A_KIND])
