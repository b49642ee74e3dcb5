"""The demonstration: a fictitious hospital, its simulated line, and the story played without a screen."""

import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.clock import AnchoredClock
from app.demo.day import working_day
from app.demo.house import DEMO_AGENTS, queue_of
from app.domain.words import AgentState
from app.ports import Clock
from ui.background import in_background
from ui.bootstrap import DeskConsole, fresh_desk
from ui.door import make_application, stop_at_ctrl_c
from ui.story.cable import Cable
from ui.story.first_call import EXTENSION, QUEUE, SHARED_NUMBER, first_call
from ui.story.hands import Hands
from ui.story.hospital import Hospital, NotStarted
from ui.story.judge import Judge, Verdict
from ui.story.player import Player, Script
from ui.story.stage import Notebook, Seat, Stage
from ui.story.working_day import WorkingDay, opening_of
from ui.translate import Language
from ui.workplace import Workplace

DEMO_PASSWORD = "filrouge-demo"  # noqa: S105 - the demonstration's, printed in the README
DEMO_LOGIN = "c.morvan"
SECOND_LOGIN = "s.haddad"
SUPERVISOR_LOGIN = "n.bourdin"
FIRST_RING_MS = 3000


def run_demonstration(
    *, anchor: datetime, seed: int, port: int, database: str, out: Path, language: Language = "fr"
) -> int:
    """The fictitious hospital and its simulated line; without a screen, the story is played.

    0 when every step happened, 1 otherwise.
    """
    app = make_application(language)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filrouge-")))
        hospital = Hospital(folder, anchor=anchor, seed=seed, port=port, database=database)
        try:
            stack.enter_context(hospital)
        except NotStarted as fault:
            return _complain(str(fault), 1)
        _open_queues(hospital)
        clock = AnchoredClock(anchor)
        if QGuiApplication.platformName() == "offscreen":
            return _play(app, stack, hospital, folder, clock=clock, seed=seed, out=out)
        return _show(app, stack, hospital, folder, clock=clock)


def _open_queues(hospital: Hospital) -> None:
    """Who answers in each queue is there: until it is told, nobody's phone is known, and none can dial."""
    for agent in DEMO_AGENTS:
        queue = queue_of(agent.service)
        hospital.play("agent", queue=queue, extension=agent.extension, state=AgentState.AVAILABLE)


def demonstration_desk(
    stack: ExitStack, hospital: Hospital, folder: Path, *, anchor: datetime, address: str = ""
) -> DeskConsole:
    """The receptionist's console of a demonstration, signed in; closed with the stack.

    `address` is another way to the hospital's server, such as a cable.
    """
    clock = AnchoredClock(anchor)
    return _seat(stack, DEMO_LOGIN, address or hospital.address, folder / "desk", clock=clock)


def _play(
    app: QApplication,
    stack: ExitStack,
    hospital: Hospital,
    folder: Path,
    *,
    clock: AnchoredClock,
    seed: int,
    out: Path,
) -> int:
    cable = Cable(host="127.0.0.1", port=hospital.port)
    stack.callback(cable.close)
    second = _seat(stack, SECOND_LOGIN, hospital.address, folder / "desk-2", clock=clock)
    third = _seat(stack, SUPERVISOR_LOGIN, hospital.address, folder / "desk-3", clock=clock)
    first = _seat(stack, DEMO_LOGIN, cable.address, folder / "desk-1", clock=clock)
    notebook = Notebook(out)
    stage = Stage(
        hospital=hospital,
        cable=cable,
        first=_story_seat(first),
        second=_story_seat(second),
        third=_story_seat(third),
        peek=second.desk,
        notebook=notebook,
    )
    stack.callback(stage.close)
    judge = Judge(hospital.database, third.desk, services=third.console.session.services, clock=clock)
    desks = (_hands(stage.first, first, "Haddad", clock), _hands(stage.second, second, "Morvan", clock))
    day = working_day(seed)
    whole = WorkingDay(
        stage, desks, _place(third), day=day, opens_at=opening_of(clock.now()), clock=clock, judge=judge
    )
    player = Player(_both(first_call(stage), whole.script()))
    player.finished.connect(app.quit)
    QTimer.singleShot(0, player.start)
    app.exec()
    notebook.day = judge.verdict
    if player.failure:
        notebook.fail(player.failure, stage.first, stage.second, stage.third)
    return _tell(notebook)


def _both(first: Script, then: Script) -> Script:
    yield from first
    yield from then


def _hands(seat: Seat, desk: DeskConsole, colleague: str, clock: Clock) -> Hands:
    return Hands(seat, _place(desk), colleague=colleague, clock=clock)


def _show(app: QApplication, stack: ExitStack, hospital: Hospital, folder: Path, *, clock: Clock) -> int:
    desk = _seat(stack, DEMO_LOGIN, hospital.address, folder / "desk-1", clock=clock)
    ring = {"number": SHARED_NUMBER, "queue": QUEUE, "extension": EXTENSION}
    QTimer.singleShot(
        FIRST_RING_MS, lambda: in_background(lambda: hospital.play("ring", **ring), owner=desk.changes)
    )
    stop_at_ctrl_c(app)
    return app.exec()


def _seat(stack: ExitStack, login: str, address: str, folder: Path, *, clock: Clock) -> DeskConsole:
    desk = fresh_desk(address, folder, clock=clock)
    stack.callback(desk.close)
    desk.open(desk.console.sign_in(login, DEMO_PASSWORD))
    return desk


def _place(desk: DeskConsole) -> Workplace:
    if desk.place is None:
        raise ValueError("nobody is signed in at this desk")
    return desk.place


def _story_seat(desk: DeskConsole) -> Seat:
    place = _place(desk)
    rail = place.rail
    seat = Seat(window=place.window, call=place.call, link_words=lambda: rail.link_words)
    place.call.saved.connect(seat.note_sent)
    return seat


def _complain(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _tell(notebook: Notebook) -> int:
    path = notebook.save()
    for step in notebook.steps:
        times = ", ".join(f"{name} {value} ms" for name, value in step.measured.items())
        told = ": ".join(filter(None, [step.step, times or step.fault]))
        print(f"{'ok ' if step.is_done else 'NON'} {told}")
    print(path)
    if notebook.day is not None:
        print(f"{'ok ' if notebook.day.is_true else 'NON'} {_day_words(notebook.day)}")
    return 0 if notebook.is_whole else 1


def _day_words(day: Verdict) -> str:
    same = "égal" if day.board == day.oracle else "différent"
    return (
        f"journée : {day.calls} appels, sans trace {day.untraced}, promesses {sum(day.promises.values())}, "
        f"oubliées {day.forgotten}, tableau {same} au décompte"
    )
