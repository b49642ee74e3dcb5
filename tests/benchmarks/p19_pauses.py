"""P19: how long the window makes anybody wait while calls come and pages turn, against an empty window's."""

import http.client
import itertools
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer

from tests.benchmarks.hospital import ANCHOR, SEED
from tests.benchmarks.p1_pop import WAIT_MS, application, numbers_of_one, wait
from tests.benchmarks.p19_bare import longest_pause
from tests.benchmarks.paired import Figure, Goal, measure
from ui.demonstration import demonstration_desk
from ui.places import CALLS, DIRECTORY, HOME, TASKS
from ui.story.first_call import EXTENSION, QUEUE
from ui.story.hospital import Hospital
from ui.workplace import Workplace

FRAME_MS = 1000 / 60
WATCHED_MS = 10_000
TURN_EVERY_MS = 400
PAUSE_S = 0.05
ELSEWHERE = "4177"
ONE_HERE_IN = 5


def figures(sizes: list[int]) -> list[Figure]:
    """Milliseconds between two beats of the GUI thread, those that one beat in a thousand passes."""
    application()
    return [_figure(persons) for persons in sizes]


def _figure(persons: int) -> Figure:
    goal = Goal(
        id="P19",
        what="pause of the window, p99.9, at ten calls a second",
        unit="ms",
        goal=2.0,
        aim=2.0,
        size=f"{persons} persons, sqlite, simulated line",
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filrouge-bench-")))
        hospital = stack.enter_context(Hospital(folder, anchor=ANCHOR, seed=SEED, persons=persons))
        place = demonstration_desk(stack, hospital, folder, anchor=ANCHOR).place
        if place is None:
            raise ValueError("nobody is signed in")
        wait(lambda: place.rail.link_words.startswith("À jour"), WAIT_MS)
        stack.enter_context(_calls_come(hospital))
        return measure(goal, _bare, lambda: _longest_pause(place))


def _longest_pause(place: Workplace) -> float:
    """Pages turn meanwhile."""
    pages = itertools.cycle((HOME, CALLS, TASKS, DIRECTORY))
    turn = QTimer(interval=TURN_EVERY_MS)
    turn.timeout.connect(lambda: place.rail.place_chosen.emit(next(pages)))
    turn.start()
    pause = longest_pause(WATCHED_MS)
    turn.stop()
    return pause


def _bare() -> float:
    """An empty window's, beside the same server at work; never less than a frame, which nobody sees."""
    asked = [sys.executable, "-m", "tests.benchmarks.p19_bare", str(WATCHED_MS)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=WAIT_MS / 1000)
    return max(FRAME_MS, float(said.stdout))


@contextmanager
def _calls_come(hospital: Hospital) -> Generator[None]:
    """Calls ring, are answered and end, one in five at this desk, until told to stop."""
    is_over = threading.Event()
    caller = threading.Thread(target=_call, args=(hospital, is_over))
    caller.start()
    try:
        yield
    finally:
        is_over.set()
        caller.join(WAIT_MS / 1000)


def _call(hospital: Hospital, is_over: threading.Event) -> None:
    line = http.client.HTTPConnection("127.0.0.1", hospital.port)
    for count, number in enumerate(itertools.cycle(numbers_of_one(hospital.database))):
        extension = ELSEWHERE if count % ONE_HERE_IN else EXTENSION
        contact = _ask(line, act="ring", number=number, queue=QUEUE, extension=extension)
        _ask(line, act="answer", contact=contact, extension=extension)
        if is_over.wait(PAUSE_S):
            return
        _ask(line, act="hang_up", contact=contact)
        if is_over.wait(PAUSE_S):
            return


def _ask(line: http.client.HTTPConnection, **act: str) -> str:
    line.request("POST", "/demo/line", json.dumps(act), {"Content-Type": "application/json"})
    answered: dict[str, str] = json.loads(line.getresponse().read())
    return answered.get("contact", "")
