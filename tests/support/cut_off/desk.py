"""The console itself, from its door on: `python -m tests.support.cut_off.desk START`."""

import sys
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.clock import AnchoredClock
from app.domain.hours import suggested
from app.domain.opening import ALWAYS
from app.domain.words import Outcome
from tests.faults.console import GivenKey
from tests.support.cut_off.told import Done, Order, Start, encode, read_order
from ui.bootstrap import DeskConsole
from ui.door import Door, make_application, stop_at_ctrl_c
from ui.places import CALLS
from ui.story.hands import ALT, CONTROL, Hands
from ui.story.player import Player, Until
from ui.story.stage import Seat
from ui.viewmodels.task_page import Tab
from ui.workplace import Workplace

SOON_S = 40.0
READ_MS = 700
Act: TypeAlias = Generator[Until, None, Done]


class Acts:
    """What the person does, by the console's own keys and lists; each ends when the console shows it."""

    def __init__(self, place: Workplace, clock: AnchoredClock) -> None:
        self._place = place
        self._seat = Seat(window=place.window, call=place.call, link_words=lambda: place.rail.link_words)
        self._hands = Hands(self._seat, place, colleague="Haddad", clock=clock)
        self._last_log = ""
        place.call.saved.connect(self._seat.note_sent)

    def pass_time(self, _order: Order) -> Act:
        """Nothing but that."""
        yield from ()
        return Done()

    def handle(self, order: Order) -> Act:
        """A number was asked for by the soft phone: who it is, what they want, what is promised."""
        yield from self._popped(order)
        if order.name:
            yield from self._search(order.name)
        elif order.candidate:
            self._seat.press(Qt.Key(Qt.Key.Key_0 + order.candidate), ALT)
            yield Until(what="the candidate is opened", holds=self._is_linked, within_s=SOON_S)
        return (yield from self._qualify(self._place.call.contact, order))

    def pop(self, order: Order) -> Act:
        """The call is shown, and nothing more is done with it."""
        yield from self._popped(order)
        return Done(contact=self._place.call.contact)

    def take_up(self, order: Order) -> Act:
        """What nobody qualified, from the list."""
        yield from self._hands.choose(Tab.UNTRACED, order.one)
        self._place.tasks.focus_list()
        self._seat.press(Qt.Key.Key_Return)
        return (yield from self._qualify(order.one, order))

    def keep(self, order: Order) -> Act:
        """A promise, spoken with the patient."""
        yield from self._hands.keep(order.one)
        return Done(commitment=order.one)

    def postpone(self, order: Order) -> Act:
        """A promise, with a word."""
        yield from self._hands.postpone(order.one)
        return Done(commitment=order.one)

    def link(self, order: Order) -> Act:
        """What the rail says of the wire, once it begins with these words."""
        rail = self._place.rail
        yield Until(
            what=f"the rail says {order.note}: {rail.link_words}",
            holds=lambda: rail.link_words.startswith(order.note),
            within_s=SOON_S,
        )
        return Done(words=[rail.link_words])

    def settled(self, _order: Order) -> Act:
        """Nothing waits any more; what was refused is told."""
        sendings = self._place.sendings.list

        def holds() -> bool:
            sendings.look()
            return not sendings.state.waiting and not sendings.state.offline_since

        yield Until(what="nothing waits", holds=holds, within_s=SOON_S)
        refused = [line.sending for line in sendings.state.refused]
        return Done(words=[f"{one.command} {one.refusal}" for one in refused])

    def choose_both(self, order: Order) -> Act:
        """« Choisir » on a save that was overtaken: both notes are kept."""
        sendings = self._place.sendings
        sendings.drawer.opened.emit(order.one)
        yield Until(what="the conflict is shown", holds=sendings.card.isVisible, within_s=SOON_S)
        mine, theirs = (radio.text() for radio in list(sendings.card.fields[2].radios.values())[:2])
        QTest.keyClick(sendings.card, Qt.Key.Key_Return, CONTROL)
        yield Until(
            what="the choice is kept",
            holds=lambda: not sendings.card.isVisible() and not self._is_refused(order.one),
            within_s=SOON_S,
        )
        return Done(words=[mine, theirs])

    def _popped(self, order: Order) -> Generator[Until]:
        call = self._place.call
        before = order.one
        yield Until(
            what=f"{order.number} is known here",
            holds=lambda: (
                call.contact != before
                and call.state.card is not None
                and call.state.card.call.contact == call.contact
            ),
            within_s=SOON_S,
        )
        # Whoever writes is told by the banner, and goes to the call.
        self._place.rail.place_chosen.emit(CALLS)
        form = self._place.form
        yield Until(
            what=f"{order.number} is on the page",
            holds=lambda: form.state.entry.contact == call.contact,
            within_s=SOON_S,
        )
        yield from self._hands.sit_down()

    def _search(self, name: str) -> Generator[Until]:
        search = self._place.screen.search
        self._seat.press(Qt.Key.Key_F2)
        yield Until(what="the search has the keyboard", holds=search.born.field.hasFocus, within_s=SOON_S)
        self._seat.type(name)
        yield Until(what=f"{name} is found", holds=lambda: bool(search.listed()), within_s=SOON_S)
        yield from _read_rows()
        self._seat.press(Qt.Key.Key_Down)
        self._seat.press(Qt.Key.Key_Return)
        yield Until(what="the one found is linked", holds=self._is_linked, within_s=SOON_S)

    def _qualify(self, contact: str, order: Order) -> Act:
        form, seat = self._place.form, self._seat
        yield Until(
            what="the form is of the call",
            holds=lambda: form.state.entry.contact == contact,
            within_s=SOON_S,
        )
        seat.press(Qt.Key.Key_F4)
        seat.type(order.motive)
        yield Until(
            what="the motive is read", holds=lambda: form.state.entry.motive == order.motive, within_s=SOON_S
        )
        seat.press(Qt.Key.Key_S if order.promises else Qt.Key.Key_R, ALT)
        wanted = Outcome.FOLLOW_UP if order.promises else Outcome.DEALT_WITH
        yield Until(
            what="the outcome is chosen", holds=lambda: form.state.entry.outcome is wanted, within_s=SOON_S
        )
        if order.promises and order.is_for_today:
            form.choose_due(suggested(order.at, opening=ALWAYS)[-2])
        if order.note:
            self._place.panel.note.setPlainText(order.note)
        sent = len(seat.sent)
        seat.press(Qt.Key.Key_Return, CONTROL)
        yield Until(what="the save is kept", holds=lambda: len(seat.sent) > sent, within_s=SOON_S)
        commitment = yield from self._promised(contact) if order.promises else _nothing()
        if order.leaves_message:
            yield from self._hands.leave_message()
        return Done(contact=contact, log=seat.sent[-1], commitment=commitment)

    def _promised(self, contact: str) -> Generator[Until, None, str]:
        to_do = self._place.to_do
        found = partial(self._hands.commitment_of, contact, self._hands.demand)

        def holds() -> bool:
            to_do.refresh()
            return bool(found())

        yield Until(what="the promise is listed", holds=holds, within_s=SOON_S)
        return found()

    def _is_linked(self) -> bool:
        card = self._place.call.state.card
        return card is not None and card.is_linked

    def _is_refused(self, command: str) -> bool:
        return any(line.sending.command == command for line in self._place.sendings.list.state.refused)


def _read_rows() -> Generator[Until]:
    """Rows that have just come are not attached by a key that was meant for what was there before."""
    since = QElapsedTimer()
    since.start()
    yield Until(what="the rows are read", holds=lambda: since.elapsed() > READ_MS)


def _nothing() -> Generator[Until, None, str]:
    yield from ()
    return ""


class Life(QObject):
    """From the door until the process is told to leave, or is killed."""

    def __init__(self, app: QApplication, start: Start) -> None:
        super().__init__()
        self._app, self._start = app, start
        self._clock = AnchoredClock(start.now)
        self._desks: list[DeskConsole] = []
        self._acts: Acts | None = None
        self.door = Door(lambda: self._make)
        self._player: Player | None = None
        self._hears = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._hears.activated.connect(self._hear)

    def begin(self) -> None:
        """The name and the password are typed at the door."""
        self.door.show()
        fields = self.door.screen.findChildren(QLineEdit)
        for field, text in zip(fields, (self._start.login, self._start.password), strict=True):
            field.setText(text)
        QTest.keyClick(fields[1], Qt.Key.Key_Return)
        self._play(self._sits_down())

    def _make(self) -> DeskConsole:
        start = self._start
        keys = GivenKey(start.key)
        self._desks.append(DeskConsole(start.address, Path(start.folder), keys=keys, clock=self._clock))
        return self._desks[0]

    def _sits_down(self) -> Act:
        yield Until(
            what="the console is open",
            holds=lambda: bool(self._desks) and self._desks[0].place is not None,
            within_s=SOON_S,
        )
        place = self._desks[0].place
        if place is None:
            raise ValueError("nobody sits here")
        yield Until(what="the window is shown", holds=place.window.isVisible, within_s=SOON_S)
        self._acts = Acts(place, self._clock)
        return Done()

    def _hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self.door.close()
            self._app.quit()
            return
        order = read_order(line)
        self._clock.leap_to(order.at)
        act: Callable[[Order], Act] = getattr(self._acts, order.act)
        self._play(act(order))

    def _play(self, act: Act) -> None:
        told = [Done()]

        def script() -> Generator[Until]:
            told[0] = yield from act

        player = self._player = Player(script(), self)
        player.finished.connect(
            lambda: print(encode(msgspec.structs.replace(told[0], fault=player.failure)), flush=True)
        )
        player.start()


def main() -> int:
    """Sit down, then obey until the input ends."""
    app = make_application()
    stop_at_ctrl_c(app)
    life = Life(app, msgspec.json.decode(sys.argv[1], type=Start))
    life.begin()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
