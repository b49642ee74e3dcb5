"""Judges the day that was played: what the journal tells, counted by hand, against what the consoles show."""

import msgspec
import sqlalchemy as sa

from app.demo.recount import Told, retell
from app.demo.shown import Figures, shown_figures
from app.domain.facts import AnyFact
from app.ports import Clock
from app.queries.board import Board, board
from app.queries.tasks import read_tasks
from app.store import journal
from app.store.engine import open_database
from app.store.tables import journal as journal_table
from ui.story.player import Script, Until
from ui.tasks import Desk

_PAGE = 1000


class Verdict(msgspec.Struct, kw_only=True):
    """What `story.json` tells of the day: `board` is what a supervisor sees, `oracle` the recount.

    `forgotten` counts the promises neither kept, nor put off with a word, nor shown late to a supervisor.
    """

    calls: int
    untraced: int
    promises: dict[str, int]
    forgotten: int
    board: Figures
    oracle: Figures

    @property
    def is_true(self) -> bool:
        """Every contact is traced, every promise followed, every figure the same."""
        return self.calls > 0 and not self.untraced and not self.forgotten and self.board == self.oracle


class Judge:
    """Reads the server's journal from the morning on, and what the supervisor's console holds."""

    def __init__(self, database: str, supervisor: Desk, *, services: tuple[str, ...], clock: Clock) -> None:
        self.verdict: Verdict | None = None
        self._database = database
        self._desk = supervisor
        self._services = services
        self._clock = clock
        self._from = 0
        self._seen: tuple[Board, frozenset[str]] | None = None
        self._is_asking = False

    def begin(self) -> None:
        """What is told from here on is of the day."""
        engine = open_database(self._database)
        with engine.connect() as connection:
            self._from = connection.execute(sa.select(sa.func.max(journal_table.c.position))).scalar() or 0
        engine.dispose()

    def look(self) -> Script:
        """Judge, once the supervisor's console has heard all; what it never shows is told in the verdict."""
        told = retell(self._facts())
        yield Until(what="the board equals the recount", holds=lambda: self._is_shown(told))

    def _is_shown(self, told: Told) -> bool:
        if self._seen is not None:
            self._judge(told, *self._seen)
            self._seen = None
        if not self._is_asking:
            self._is_asking = True
            self._desk.ask(self._read, self._keep)
        return self.verdict is not None and self.verdict.board == self.verdict.oracle

    def _judge(self, told: Told, shown: Board, late: frozenset[str]) -> None:
        self.verdict = Verdict(
            calls=sum(call.is_call for call in told.calls.values()),
            untraced=len(told.untraced()),
            promises=told.fates(),
            forgotten=len(told.forgotten(now=self._clock.now(), told_late=late)),
            board=shown_figures(shown),
            oracle=told.figures(),
        )

    def _keep(self, seen: tuple[Board, frozenset[str]]) -> None:
        self._seen, self._is_asking = seen, False

    def _read(self, connection: sa.Connection, establishment: str) -> tuple[Board, frozenset[str]]:
        now = self._clock.now()
        services = frozenset(self._services)
        tasks = read_tasks(connection, establishment, services=services, now=now)
        late = frozenset(task.commitment for task in tasks.promises if task.due_at < now)
        return board(connection, establishment, now=now, services=services), late

    def _facts(self) -> list[AnyFact]:
        engine = open_database(self._database)
        facts: list[AnyFact] = []
        with engine.connect() as connection:
            establishment = connection.execute(sa.select(journal_table.c.establishment).limit(1)).scalar_one()
            after = self._from
            while entries := journal.read_entries(connection, establishment, after=after, most=_PAGE):
                after = entries[-1].position
                facts += [fact for entry in entries for fact in entry.facts]
        engine.dispose()
        return facts
