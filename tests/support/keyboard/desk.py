"""A real console on a real server, whose telephone rings as often as it is told.

`python -m tests.support.keyboard.desk POPS`: what `ring` makes it ring.
"""

import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.store import tables
from app.store.engine import open_database
from sync.client.link import LinkState
from tests.support.keyboard.orders import Answer, obey
from ui.demonstration import demonstration_desk
from ui.door import WINDOW, make_application
from ui.places import CALLS
from ui.story.first_call import EXTENSION, QUEUE, SHARED_NUMBER
from ui.story.hospital import Hospital
from ui.workplace import Workplace
from ui.workplace.answering_key import USUAL

ANCHOR = datetime(2026, 11, 24, 10, 26, tzinfo=ZoneInfo("Europe/Paris"))
PERSONS = 200
SHOWN_S = 20.0
SIGNED_OUT = LinkState(is_online=False, is_signed_out=True)
BY_HAND = ("LogMotive", "IdentifyCaller", "OpenPerson", "WithdrawMotive", "NoteContact", "LeaveMessage")
"""What only a key or a click gives rise to while a telephone rings and stops."""


class Telephone:
    """Rings the desk, waits until the call is shown, and gives up: again and again, on its own thread."""

    def __init__(self, hospital: Hospital, place: Workplace) -> None:
        self._hospital = hospital
        self._shown: set[str] = set()
        self._changed = threading.Condition()
        self._mini = place.mini.window
        self.minis = 0
        self.is_ringing = False
        self.fault = ""
        self._waiting = ""
        place.call.rang.connect(self._note)

    def ring(self, pops: int) -> None:
        """Begin; `is_ringing` until the last pop was shown."""
        self._shown.clear()
        self.minis = 0
        self.is_ringing = True
        threading.Thread(target=self._run, args=(pops,), name="telephone", daemon=True).start()

    @property
    def shown(self) -> int:
        """How many calls came on the screen."""
        return len(self._shown)

    def ring_on(self) -> None:
        """One call that waits until it is taken."""
        act = {"number": SHARED_NUMBER, "queue": QUEUE, "extension": EXTENSION}
        self._waiting = self._hospital.play("ring", **act)

    def let_go(self) -> None:
        """That call ends."""
        self._hospital.play("hang_up", contact=self._waiting)

    def _note(self, contact: str) -> None:
        self.minis += self._mini.isVisible()
        with self._changed:
            self._shown.add(contact)
            self._changed.notify_all()

    def _run(self, pops: int) -> None:
        try:
            for _ in range(pops):
                self._pop()
        except Exception as fault:  # noqa: BLE001 - told to the test, which fails on it
            self.fault = repr(fault)
        self.is_ringing = False

    def _pop(self) -> None:
        act = {"number": SHARED_NUMBER, "queue": QUEUE, "extension": EXTENSION}
        contact = self._hospital.play("ring", **act)
        with self._changed:
            if not self._changed.wait_for(lambda: contact in self._shown, SHOWN_S):
                raise TimeoutError("a call was never shown")
        self._hospital.play("let_go", contact=contact)


def main() -> int:
    """Orders: `calls`, `note`, `ring`, `ring_once`, `sign_out`, `is_asked`, `how_far`, `is_active`, ..."""
    app = make_application()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="filrouge-keys-")))
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
        hospital = stack.enter_context(Hospital(folder, anchor=ANCHOR, seed=1, persons=PERSONS))
        desk = demonstration_desk(stack, hospital, folder, anchor=ANCHOR)
        place = desk.place
        if place is None:
            return 1
        place.window.resize(*WINDOW)
        place.window.show()
        telephone = Telephone(hospital, place)
        pops = int(sys.argv[1])
        orders: dict[str, Callable[[Answer], None]] = {
            "calls": lambda answer: answer(place.rail.place_chosen.emit(CALLS)),
            "note": lambda answer: answer(_enter_note(place)),
            "ring": lambda answer: answer(telephone.ring(pops)),
            "ring_once": lambda answer: answer(telephone.ring(1)),
            "sign_out": lambda answer: answer(desk.changes.hear_link(SIGNED_OUT)),
            "is_asked": lambda answer: answer(desk.door is not None and desk.door.isVisible()),
            "how_far": lambda answer: answer([telephone.is_ringing, telephone.shown, telephone.fault]),
            "is_active": lambda answer: answer(app.activeWindow() is not None),
            "minis": lambda answer: answer(telephone.minis),
            "focus": lambda answer: answer(type(app.focusWidget()).__name__),
            "text": lambda answer: answer(_text(app)),
            "by_hand": lambda answer: _count(hospital.database, answer),
            "ring_on": lambda answer: answer(telephone.ring_on()),
            "let_go": lambda answer: answer(telephone.let_go()),
            "call": lambda answer: answer(_call(place)),
            "keep_no_key": lambda answer: answer(desk.answering_key.choose("")),
            "keep_usual_key": lambda answer: answer(desk.answering_key.choose(USUAL)),
            "key": lambda answer: answer(desk.answering_key.name),
            "told": lambda answer: answer(place.toast.text),
        }
        return obey(app, orders, window=place.window.winId())


def _call(place: Workplace) -> str:
    """The state of the call in hand; empty when there is none."""
    card = place.call.state.card
    return card.call.state.value if card is not None else ""


def _enter_note(place: Workplace) -> None:
    note = place.panel.findChild(QPlainTextEdit)
    assert note is not None
    note.setFocus()


def _text(app: QApplication) -> str:
    match app.focusWidget():
        case QLineEdit() as line:
            return line.text()
        case QPlainTextEdit() as page:
            return page.toPlainText()
        case _:
            return ""


def _count(database: str, answer: Answer) -> None:
    """How many commands in the journal came of a hand."""
    engine = open_database(database)
    kinds = sa.select(sa.func.count()).where(tables.journal.c.command_kind.in_(BY_HAND))
    with engine.connect() as connection:
        answer(connection.execute(kinds).scalar_one())
    engine.dispose()


if __name__ == "__main__":
    raise SystemExit(main())
