"""P1: from the telephone's word to the last pixel of the call page, in another process."""

import http.client
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSocketNotifier, QStringListModel, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from app.store import tables
from app.store.engine import open_database
from tests.benchmarks.hospital import ANCHOR, SEED
from tests.benchmarks.paired import Figure, Goal, measure
from ui.bootstrap import DeskConsole
from ui.demonstration import demonstration_desk
from ui.door import WINDOW, make_application
from ui.story.first_call import EXTENSION, QUEUE
from ui.story.hospital import Hospital

POPS = 12
WAIT_MS = 90_000
ROWS = 50
NUMBERS = 400
SERVICE = "orthopedie"


@cache
def application() -> QApplication:
    """The one that all the rows with a window share: a process has no second one."""
    return make_application()


def figures(sizes: list[int]) -> list[Figure]:
    """Median milliseconds of a pop, at each size of hospital."""
    application()
    return [_figure(persons) for persons in sizes]


def _figure(persons: int) -> Figure:
    goal = Goal(
        id="P1",
        what="the telephone's word to the painted call page",
        unit="ms",
        goal=1.5,
        aim=1.3,
        size=f"{persons} persons, sqlite, simulated line",
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filrouge-bench-")))
        hospital = stack.enter_context(Hospital(folder, anchor=ANCHOR, seed=SEED, persons=persons))
        desk = demonstration_desk(stack, hospital, folder, anchor=ANCHOR)
        product = _Product(hospital, desk)
        bare = stack.enter_context(_Bare())
        return measure(goal, bare.median, product.median)


class _Product:
    """A real server, a real console, one call after the other from numbers of one person."""

    def __init__(self, hospital: Hospital, desk: DeskConsole) -> None:
        if desk.place is None:
            raise ValueError("nobody is signed in")
        self._place = desk.place
        self._line = http.client.HTTPConnection("127.0.0.1", hospital.port)
        self._numbers = iter(numbers_of_one(hospital.database))
        wait(lambda: self._place.rail.link_words.startswith("À jour"), WAIT_MS)

    def median(self) -> float:
        """Milliseconds, median of some pops."""
        return statistics.median(self._pop(next(self._numbers)) for _ in range(POPS))

    def _pop(self, number: str) -> float:
        before = self._place.call.contact
        watch = _Painted(self._place.window, lambda: self._place.call.contact != before)
        asked_at = time.perf_counter()
        self._ask(act="ring", number=number, queue=QUEUE, extension=EXTENSION)
        wait(lambda: watch.at is not None, WAIT_MS)
        watch.leave()
        contact = self._answer()
        self._ask(act="let_go", contact=contact)
        self._answer()
        wait(lambda: not self._place.call.state.is_live, WAIT_MS)
        return ((watch.at or asked_at) - asked_at) * 1000

    def _ask(self, **act: str) -> None:
        headers = {"Content-Type": "application/json"}
        self._line.request("POST", "/demo/line", json.dumps(act), headers)

    def _answer(self) -> str:
        contact: str = json.loads(self._line.getresponse().read())["contact"]
        return contact


class _Painted(QObject):
    """When the window's first update after something was shown is done."""

    def __init__(self, window: QWidget, is_shown: Callable[[], bool]) -> None:
        super().__init__()
        self.at: float | None = None
        self._window, self._is_shown = window, is_shown
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """An update asked once the call is in hand paints it."""
        if event.type() == QEvent.Type.UpdateRequest and self.at is None and self._is_shown():
            QTimer.singleShot(0, self._stamp)
        return False

    def leave(self) -> None:
        """Watch no more."""
        self._window.removeEventFilter(self)

    def _stamp(self) -> None:
        self.at = self.at or time.perf_counter()


class _Page(QListView):
    """Fifty lines of text in a window as large as the product's, by Qt's own list."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at: float | None = None
        self._is_told = False
        self._lines = QStringListModel()
        self.setModel(self._lines)
        self.resize(*WINDOW)
        self.show()

    def say(self, rows: list[list[object]]) -> None:
        """Show what was pushed; a painting from now on is its own."""
        self._is_told = True
        lines = ["   ".join(str(word) for word in row) for row in rows]
        self._lines.setStringList((lines * ROWS)[:ROWS])

    def forget(self) -> None:
        """Only a painting of the next answer counts, not one that the window asks for by itself."""
        self._is_told, self.painted_at = False, None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_told:
            QTimer.singleShot(0, self._stamp)

    def _stamp(self) -> None:
        self.painted_at = self.painted_at or time.perf_counter()


class _Bare:
    """The bare limit: `p1_bare` in its own process, and a page that paints what it pushes."""

    def __enter__(self) -> "_Bare":
        door = socket.create_server(("127.0.0.1", 0))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.p1_bare", str(door.getsockname()[1])],
            stdout=subprocess.PIPE,
            text=True,
        )
        self._pushed, _ = door.accept()
        door.close()
        port = int(self._process.stdout.readline()) if self._process.stdout else 0
        self._line = socket.create_connection(("127.0.0.1", port))
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._page = _Page()
        self._notifier = QSocketNotifier(self._pushed.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        self._number = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        self._line.close()
        self._pushed.close()
        self._page.close()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()

    def median(self) -> float:
        """Milliseconds, median of some pops."""
        return statistics.median(self._pop() for _ in range(POPS))

    def _pop(self) -> float:
        self._number += 37
        self._page.forget()
        asked_at = time.perf_counter()
        self._line.sendall(f"{self._number % 10_000}\n".encode())
        wait(lambda: self._page.painted_at is not None, WAIT_MS)
        return ((self._page.painted_at or asked_at) - asked_at) * 1000

    def _read(self) -> None:
        self._page.say(json.loads(self._pushed.recv(65536)))


def numbers_of_one(database: str) -> list[str]:
    """Numbers of exactly one person, whom the desk holds and whose presence is no secret."""
    numbers, scope, person = tables.person_number.c, tables.person_scope.c, tables.person.c
    holder = sa.func.min(numbers.person)
    alone = (
        sa.select(numbers.number)
        .where(numbers.until == "")
        .group_by(numbers.number)
        .having(
            sa.func.count() == 1,
            holder.in_(sa.select(scope.person).where(scope.service == SERVICE)),
            holder.in_(sa.select(person.id).where(person.protection == "")),
        )
        .limit(NUMBERS)
    )
    engine = open_database(database)
    with engine.connect() as connection:
        found = list(connection.execute(alone).scalars())
    engine.dispose()
    return found


def wait(holds: Callable[[], bool], within_ms: int) -> None:
    loop = QEventLoop()
    look = QTimer(interval=2)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    QTimer.singleShot(within_ms, loop.quit)
    loop.exec()
    look.stop()
    if not holds():
        raise TimeoutError("the benchmark waited in vain")
