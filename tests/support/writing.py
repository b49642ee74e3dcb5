"""Consoles killed while somebody writes: `python -m tests.support.writing FOLDER KILLS [late]`.

Each console is a process of its own, forked before Qt is begun; it first tells what it finds of what was
typed in the last one, then types until it is killed. Prints, as JSON, what was lost and how many were killed.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.clock import TimeOrderedMint
from sync.client.credentials import Throwaway
from sync.client.drafts import Drafts
from sync.client.files import DeskFiles
from sync.client.shared_desk import SharedDesk
from tests.panels import mockup
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE
from tests.panels.still import StillClock, StillDesk
from ui.changes import ChangeFeed
from ui.door import make_application
from ui.places import CALLS
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

SAFE_AFTER_S = 1.0
"""A key older than this when the console is killed is there when it opens again."""
LETTERS = "le patient rappelle pour son compte rendu "
SHORTEST_S, LONGEST_S = 1.2, 1.6
SEED = 30
Field = QPlainTextEdit | QLineEdit


class KeptDesk(StillDesk):
    """Its drafts are in a real, encrypted `desk.db`."""

    def __init__(self, page: CallPage, shared: SharedDesk) -> None:
        super().__init__(page)
        self._shared = shared
        self._rows = Drafts(shared.engine, author=CLAIRE.login, clock=StillClock())

    def keep_draft(self, contact: str, body: bytes, then: Callable[[None], None]) -> None:
        """On the store's thread, as the console does."""
        self._shared.write(lambda: self._rows.save(contact, body))

    def draft_of(self, contact: str, then: Callable[[bytes | None], None]) -> None:
        """What the file holds."""
        then(self._shared.write(lambda: self._rows.read(contact)).result())


class LateDesk(KeptDesk):
    """Says that it keeps, and waits: what the check must find out."""

    def keep_draft(self, contact: str, body: bytes, then: Callable[[None], None]) -> None:
        """It is only in memory."""
        self.drafts[contact] = body


class Killed(NamedTuple):
    """What one console found, what it went on from, and what it typed; a key with its time."""

    found: str
    begun: str
    keys: list[tuple[str, float]]
    killed_at: float

    def faults(self, after: str) -> str:
        """What is missing when the next one opens with `after`."""
        safe = "".join(key for key, at in self.keys if at < self.killed_at - SAFE_AFTER_S)
        whole = self.begun + "".join(key for key, _ in self.keys)
        is_there = after.startswith(self.begun + safe) and (not safe or whole.startswith(after))
        return "" if is_there else f"{len(self.begun + safe)} letters were safe, {len(after)} are there"


def main() -> int:
    """Kill a console that many times in each of three fields, by turns."""
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    desk = LateDesk if "late" in sys.argv[3:] else KeptDesk
    key = Throwaway().key_of("house")
    chance = random.Random(SEED)
    faults: list[str] = []
    killed = 0
    for name, place in _PLACES.items():
        last: Killed | None = None
        for turn in range(kills // len(_PLACES) + 1):
            span = chance.uniform(SHORTEST_S, LONGEST_S)
            work = partial(_write, folder / name, key, desk, place)
            now = _kill_after(span, work)
            fault = last.faults(now.found) if last is not None else ""
            if fault:
                faults.append(f"{name}, {turn}: {fault}")
            killed += last is not None
            last = now
    print(json.dumps([faults, killed]))
    return 0


def _kill_after(span: float, act: Callable[[int], None]) -> Killed:
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            act(said)
        finally:
            os._exit(1)
    os.close(said)
    with os.fdopen(heard) as lines:
        first, begun = lines.readline(), lines.readline()
        time.sleep(span)
        killed_at = time.monotonic()
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told = [json.loads(line) for line in lines if line.endswith("\n")]
    if not begun or os.WTERMSIG(status) != signal.SIGKILL:
        raise SystemExit("the console ended by itself")
    return Killed(json.loads(first), json.loads(begun), [(key, at) for key, at in told], killed_at)


def _write(
    folder: Path, key: bytes, desk: type[KeptDesk], show: Callable[[Workplace], Field], heard: int
) -> None:
    make_application()
    files = DeskFiles(folder, key, StillClock())
    files.take()
    page = mockup.hidden_number() if show is _search else mockup.opened_card()
    kept = desk(page, SharedDesk(files, StillClock()))
    place = Workplace(kept, ChangeFeed(), CLAIRE, clock=StillClock(), mint=TimeOrderedMint())
    place.window.show()
    place.begin()
    place.rail.place_chosen.emit(CALLS)
    field = show(place)
    _say(heard, _text(field))
    _say(heard, _go_on_in(field))
    chance = random.Random()
    while True:
        for letter in LETTERS:
            QTest.keyClicks(field, letter)
            _say(heard, (letter, time.monotonic()))
            QTest.qWait(chance.randrange(20, 70))


def _say(heard: int, what: object) -> None:
    os.write(heard, (json.dumps(what) + "\n").encode())


def _go_on_in(field: Field) -> str:
    """At the end of a text; instead of what was searched for, which has no room for more."""
    if isinstance(field, QLineEdit):
        field.selectAll()
        return ""
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    return field.toPlainText()


def _text(field: Field) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _note(place: Workplace) -> Field:
    return place.panel.note


def _message(place: Workplace) -> Field:
    place.directory.message_asked.emit(KADDOUR)
    return place.composer.text


def _search(place: Workplace) -> Field:
    place.screen.show_search()
    return place.screen.search.name.field


_PLACES: dict[str, Callable[[Workplace], Field]] = {"note": _note, "message": _message, "search": _search}


if __name__ == "__main__":
    raise SystemExit(main())
