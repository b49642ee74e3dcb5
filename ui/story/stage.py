"""What the story plays with: two seats, a cable, a hospital, and a notebook of what happened."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.store.engine import open_database
from app.store.tables import contact as contacts
from app.store.tables import journal
from ui.story.cable import Cable
from ui.story.hospital import Hospital
from ui.story.judge import Verdict
from ui.story.player import Step
from ui.tasks import Desk
from ui.viewmodels.call_page import CallInHand


class Seat(QObject):
    """One console: its window, the call in hand and what its rail says of the wire."""

    def __init__(self, *, window: QWidget, call: CallInHand, link_words: Callable[[], str]) -> None:
        super().__init__()
        self.window = window
        self.call = call
        self.link_words = link_words
        self.sent: list[str] = []

    def note_sent(self, _motive: str, command: str) -> None:
        """Remember the command that a save became."""
        self.sent.append(command)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is, as a person would."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def type(self, text: str) -> None:
        """Type plain letters and digits where the keyboard is."""
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), Qt.Key(ord(letter.upper())))


class PaintWatch(QObject):
    """Tells when the window was next painted, after a given moment."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted_at: float | None = None
        self._is_armed = False
        window.installEventFilter(self)

    def arm(self) -> None:
        """From now on the next painting counts."""
        self.painted_at = None
        self._is_armed = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stamp the time once the window's update is done."""
        if self._is_armed and event.type() == QEvent.Type.UpdateRequest:
            self._is_armed = False
            QTimer.singleShot(0, self._stamp)
        return False

    def _stamp(self) -> None:
        self.painted_at = time.perf_counter()


class Notebook:
    """Every step with its measured times and its picture."""

    def __init__(self, folder: Path) -> None:
        self.steps: list[Step] = []
        self.day: Verdict | None = None
        self._folder = folder
        self._since = time.perf_counter()
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, step: str, seat: Seat | None = None, **measured: float) -> None:
        """Note that a step happened, with the window's picture when a seat is given."""
        now = time.perf_counter()
        picture = self._picture(step, seat) if seat is not None else ""
        took = round((now - self._since) * 1000, 1)
        noted = {name: round(value, 1) for name, value in measured.items()}
        self.steps.append(Step(step=step, is_done=True, took_ms=took, measured=noted, picture=picture))
        self._since = time.perf_counter()

    def fail(self, fault: str, *seats: Seat) -> None:
        """Note that the story stopped here, and why, with what each seat shows: any may be the one."""
        for number, seat in enumerate(seats, start=1):
            self._picture(f"stopped-{number}", seat)
        self.steps.append(Step(step="stopped", is_done=False, took_ms=0.0, fault=fault))

    @property
    def is_whole(self) -> bool:
        """Every step happened, and the day was as it must be."""
        return all(step.is_done for step in self.steps) and self.day is not None and self.day.is_true

    def save(self) -> Path:
        """Write `story.json`."""
        path = self._folder / "story.json"
        told: dict[str, object] = {"is_whole": self.is_whole, "steps": self.steps}
        if self.day is not None:
            told["day"] = self.day
        path.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))
        return path

    def _picture(self, step: str, seat: Seat) -> str:
        name = f"{len(self.steps) + 1:02}-{step.replace(' ', '-')}.png"
        seat.window.grab().save(str(self._folder / name))
        return name


_QUALIFIED = sa.select(contacts.c.id).where(contacts.c.id == sa.bindparam("contact"), contacts.c.motive != "")


class Stage:
    """The hospital, two seats and a supervisor's, and the cable of the first."""

    def __init__(
        self,
        *,
        hospital: Hospital,
        cable: Cable,
        first: Seat,
        second: Seat,
        third: Seat,
        peek: Desk,
        notebook: Notebook,
    ) -> None:
        self.hospital = hospital
        self.cable = cable
        self.first = first
        self.second = second
        self.third = third
        self.notebook = notebook
        self._peek = peek
        self._seen: set[str] = set()
        self._line = ThreadPoolExecutor(1, thread_name_prefix="line")

    def line(self, act: str, **values: str) -> "Future[tuple[str, float]]":
        """Act on the telephone line; gives the contact and when the act was asked."""
        return self._line.submit(self._act, act, values)

    def second_has(self, contact: str) -> bool:
        """Whether the second console's replica holds the contact, qualified."""
        if contact not in self._seen:
            self._peek.ask(lambda at, _: at.execute(_QUALIFIED, {"contact": contact}).scalar(), self._see)
        return contact in self._seen

    def _see(self, found: str | None) -> None:
        self._seen.update(filter(None, [found]))

    def entries_of(self, commands: list[str]) -> list[int]:
        """How many journal entries each command left."""
        engine = open_database(self.hospital.database)
        counted = sa.select(sa.func.count()).where(
            journal.c.command_id == sa.bindparam("command"), journal.c.refusal == ""
        )
        with engine.connect() as connection:
            found = [connection.execute(counted, {"command": one}).scalar_one() for one in commands]
        engine.dispose()
        return found

    def close(self) -> None:
        """Let the line's thread go."""
        self._line.shutdown(wait=True)

    def _act(self, act: str, values: dict[str, str]) -> tuple[str, float]:
        asked_at = time.perf_counter()
        return self.hospital.play(act, **values), asked_at
