"""The composition root: makes the parts of a console and gives each what it needs."""

import random
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.clock import AnchoredClock, MachineClock, TimeOrderedMint
from app.ports import Clock
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.credentials import KeyStore, NoKeyring, SystemKeyring, Throwaway
from sync.client.link import LinkState
from sync.client.server import SignInRefused, Unreachable
from sync.protocol.messages import Session
from ui.background import in_background
from ui.changes import ChangeFeed
from ui.door import WINDOW, make_application, stop_at_ctrl_c
from ui.instance import INSTANCE, Instance
from ui.screens.sign_in import SignIn
from ui.story.cable import Cable
from ui.story.first_call import EXTENSION, QUEUE, SHARED_NUMBER, first_call
from ui.story.hospital import Hospital, NotStarted
from ui.story.player import Player
from ui.story.stage import Notebook, Seat, Stage
from ui.tasks import Tasks
from ui.translate import say
from ui.wording import NBSP
from ui.wording import clock as clock_words
from ui.workplace import Person, Workplace

DEMO_PASSWORD = "filrouge-demo"  # noqa: S105 - the demonstration's, printed in the README
DEMO_LOGIN = "c.morvan"
SECOND_LOGIN = "s.haddad"
FIRST_RING_MS = 3000


class DeskConsole:
    """One console of this desk: its wire, and once somebody is signed in, its window."""

    def __init__(self, address: str, folder: Path, *, keys: KeyStore, clock: Clock) -> None:
        self._clock = clock
        self._mint = TimeOrderedMint()
        self._extension = ""
        self.changes = ChangeFeed()
        self.console = Console(
            address,
            folder,
            keys=keys,
            clock=clock,
            mint=self._mint,
            chance=random.SystemRandom(),
            on_changes=self._hear,
            on_link=self.changes.hear_link,
        )
        self.desk = Tasks(self.console)
        self.changes.linked.connect(self._show_link)
        self.place: Workplace | None = None

    def open(self, session: Session) -> Workplace:
        """Show the window of who signed in, and follow the server. Raises `NoKeyring`."""
        self._extension = session.extension
        self.console.start()
        person = _person(session)
        place = Workplace(self.desk, self.changes, person, clock=self._clock, mint=self._mint)
        self.place = place
        place.window.resize(*WINDOW)
        place.window.show()
        place.begin()
        return place

    def close(self) -> None:
        """Close the window, then the wire; nothing that was saved is lost."""
        if self.place is not None:
            self.place.window.close()
        self.desk.close()
        self.console.stop()

    def _hear(self, changes: Changes) -> None:
        is_own = self._extension in changes.extensions or changes.is_whole
        self.changes.hear(concerns_this_extension=is_own)

    def _show_link(self, state: LinkState) -> None:
        if self.place is None:
            return
        if state.is_online:
            words = say("À jour, {at}").format(at=clock_words(self._clock.now()))
        else:
            words = _offline_words(state.waiting)
        self.place.show_link(words, is_offline=not state.is_online)


def desk_of(address: str, folder: Path) -> DeskConsole:
    """This desk's console, its key in the system's keyring."""
    return DeskConsole(address, folder, keys=SystemKeyring(), clock=MachineClock())


def enter(desk: DeskConsole, door: SignIn, login: str, password: str) -> None:
    """Sign in without blocking; the door says what was wrong, or gives way to the console."""

    def open_place(session: Session) -> None:
        try:
            place = desk.open(session)
        except NoKeyring:
            door.fail(say("Le trousseau de ce poste ne répond pas : rien ne peut être gardé chiffré ici."))
            return
        instance = Instance(INSTANCE, place)
        instance.number_asked.connect(place.call.note_number)
        door.close()

    def refuse(fault: BaseException) -> None:
        if isinstance(fault, SignInRefused):
            door.fail(fault.sentence)
        elif isinstance(fault, Unreachable):
            door.fail(say("Le serveur ne répond pas. Vérifiez le réseau, puis réessayez."))
        else:
            raise fault

    in_background(lambda: desk.console.sign_in(login, password), open_place, refuse, owner=door)


def leave(desk: DeskConsole) -> None:
    """Close what was opened at this desk."""
    desk.close()


def run_demonstration(*, anchor: datetime, seed: int, port: int, database: str, out: Path) -> int:
    """The fictitious hospital and its simulated line; without a screen, the story is played.

    0 when every step happened, 1 otherwise.
    """
    app = make_application()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filrouge-")))
        hospital = Hospital(folder, anchor=anchor, seed=seed, port=port, database=database)
        try:
            stack.enter_context(hospital)
        except NotStarted as fault:
            return _complain(str(fault), 1)
        clock = AnchoredClock(anchor)
        if QGuiApplication.platformName() == "offscreen":
            return _play(app, stack, hospital, folder, clock=clock, out=out)
        return _show(app, stack, hospital, folder, clock=clock)


def demonstration_desk(
    stack: ExitStack, hospital: Hospital, folder: Path, *, anchor: datetime, address: str = ""
) -> DeskConsole:
    """The receptionist's console of a demonstration, signed in; closed with the stack.

    `address` is another way to the hospital's server, such as a cable.
    """
    clock = AnchoredClock(anchor)
    return _seat(stack, DEMO_LOGIN, address or hospital.address, folder / "desk", clock=clock)


def _play(
    app: QApplication, stack: ExitStack, hospital: Hospital, folder: Path, *, clock: Clock, out: Path
) -> int:
    cable = Cable(host="127.0.0.1", port=hospital.port)
    stack.callback(cable.close)
    second = _seat(stack, SECOND_LOGIN, hospital.address, folder / "desk-2", clock=clock)
    first = _seat(stack, DEMO_LOGIN, cable.address, folder / "desk-1", clock=clock)
    notebook = Notebook(out)
    stage = Stage(
        hospital=hospital,
        cable=cable,
        first=_story_seat(first),
        second=_story_seat(second),
        peek=second.desk,
        notebook=notebook,
    )
    stack.callback(stage.close)
    player = Player(first_call(stage))
    player.finished.connect(app.quit)
    QTimer.singleShot(0, player.start)
    app.exec()
    if player.failure:
        notebook.fail(player.failure, stage.first)
    return _tell(notebook)


def _show(app: QApplication, stack: ExitStack, hospital: Hospital, folder: Path, *, clock: Clock) -> int:
    desk = _seat(stack, DEMO_LOGIN, hospital.address, folder / "desk-1", clock=clock)
    if desk.place is not None:
        desk.place.window.closed.connect(app.quit)
    ring = {"number": SHARED_NUMBER, "queue": QUEUE, "extension": EXTENSION}
    QTimer.singleShot(
        FIRST_RING_MS, lambda: in_background(lambda: hospital.play("ring", **ring), owner=desk.changes)
    )
    stop_at_ctrl_c(app)
    return app.exec()


def _seat(stack: ExitStack, login: str, address: str, folder: Path, *, clock: Clock) -> DeskConsole:
    desk = DeskConsole(address, folder, keys=Throwaway(), clock=clock)
    stack.callback(desk.close)
    desk.open(desk.console.sign_in(login, DEMO_PASSWORD))
    return desk


def _story_seat(desk: DeskConsole) -> Seat:
    place = desk.place
    if place is None:
        raise ValueError("nobody is signed in at this desk")
    rail = place.rail
    seat = Seat(window=place.window, call=place.call, link_words=lambda: rail.link_words)
    place.call.saved.connect(seat.note_sent)
    return seat


def _person(session: Session) -> Person:
    return Person(
        name=session.name,
        service=next(iter(session.services), ""),
        service_name=session.service_name,
        extension=session.extension,
        house=session.establishment_short_name,
    )


def _offline_words(waiting: int) -> str:
    if not waiting:
        return say("Hors ligne")
    words = say("Hors ligne, {count} envois") if waiting > 1 else say("Hors ligne, {count} envoi")
    return words.format(count=waiting).replace(" envoi", f"{NBSP}envoi")


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
    return 0 if all(step.is_done for step in notebook.steps) else 1
