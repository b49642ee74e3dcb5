"""What a receptionist does at a desk in the demonstration's day, by the console's keys and pages."""

from PySide6.QtCore import Qt

from app.demo.day import DayCall
from app.domain.hours import suggested
from app.domain.opening import ALWAYS
from app.domain.words import CallState, Channel, Outcome, Reach
from app.ports import Clock
from app.queries.caller_card import CallLine
from ui.places import TASKS
from ui.story.player import Script, Until
from ui.story.stage import Seat
from ui.viewmodels.caller_search import ToldPerson
from ui.viewmodels.task_page import Tab, Whose, key_of
from ui.workplace import Workplace

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """One person at one console; each act ends when the console shows that it is done."""

    def __init__(self, seat: Seat, place: Workplace, *, colleague: str, clock: Clock) -> None:
        self.seat = seat
        self.place = place
        self.extension = place.call.extension
        self._colleague = colleague
        self._clock = clock
        self.is_offline = False
        place.to_do.narrow(Whose.ALL)

    def sit_down(self) -> Script:
        """The keyboard is at this window."""
        window = self.seat.window
        window.activateWindow()
        yield Until(what="the window has the keyboard", holds=window.isActiveWindow)

    def sees(self, contact: str, *states: CallState) -> Until:
        """The call is here and so far."""
        return Until(
            what=f"{self.extension} sees the call {'/'.join(states)}",
            holds=lambda: (call := self._call()) is not None and _is_so(call, contact, states),
        )

    def answer(self, contact: str) -> Script:
        """F3: the exchange is asked, and tells."""
        yield self.sees(contact, CallState.RINGING)
        yield from self.sit_down()
        self.seat.press(Qt.Key.Key_F3)
        yield self.sees(contact, CallState.IN_CALL)

    def hold_or_retrieve(self, contact: str, then: CallState) -> Script:
        """F7."""
        yield from self.sit_down()
        self.seat.press(Qt.Key.Key_F7)
        yield self.sees(contact, then)

    def give(self) -> Script:
        """F8, a name, F8."""
        yield from self._find_colleague()
        self.seat.press(Qt.Key.Key_F8)

    def announce(self) -> Script:
        """F8, a name, Maj F8: the colleague is spoken to."""
        yield from self._find_colleague()
        self.seat.press(Qt.Key.Key_F8, SHIFT)
        phone = self.place.phone
        yield Until(what="the call is announced", holds=lambda: bool(phone.state.announced))

    def complete(self) -> Script:
        """F8: the colleague has the caller."""
        yield from self.sit_down()
        self.seat.press(Qt.Key.Key_F8)

    def hang_up(self, contact: str) -> Script:
        """The button of the strip."""
        self.place.strip.hang_up_asked.emit()
        yield self.sees(contact, CallState.ENDED)

    def identify(self, call: DayCall) -> Script:
        """Alt and a digit among those who share a number; who has no file is written down."""
        hand = self.seat.call
        if call.is_registered:
            self.place.screen.search.person_told.emit(_told(call))
        elif call.candidate:
            self.seat.press(Qt.Key(Qt.Key.Key_0 + call.candidate), ALT)
        else:
            return
        yield Until(
            what="the person is linked",
            holds=lambda: (card := hand.state.card) is not None and card.is_linked,
        )

    def qualify(self, contact: str, call: DayCall, *, outcome: Outcome | None = None) -> Script:
        """F4, two digits, Ctrl and Entrée: one save."""
        form, sent = self.place.form, len(self.seat.sent)
        yield from self.sit_down()
        yield Until(what="the form is of the call", holds=lambda: form.state.entry.contact == contact)
        self.seat.press(Qt.Key.Key_F4)
        if not form.state.entry.motive:
            self.seat.type(call.motive)
        yield Until(what="the motive is read", holds=lambda: form.state.entry.motive == call.motive)
        if outcome is not None:
            self.seat.press(_OUTCOME_KEYS[outcome], ALT)
        if call.is_for_today:
            form.choose_due(suggested(self._clock.now(), opening=ALWAYS)[-2])
        self.seat.press(Qt.Key.Key_Return, CONTROL)
        yield Until(what="the save is kept", holds=lambda: len(self.seat.sent) > sent)

    def call_back(self, key: str, *, tab: Tab) -> Script:
        """From the list of what there is to do: one's own phone rings, and dials."""
        before = self.seat.call.contact
        yield from self.choose(tab, key)
        self.place.tasks.side.called.emit()
        yield Until(
            what="the call back is dialled",
            holds=lambda: (
                (call := self._call()) is not None
                and call.contact != before
                and call.state is CallState.DIALLING
            ),
        )

    def keep(self, commitment: str) -> Script:
        """Ctrl and E, spoken with the patient."""
        yield from self.choose(Tab.PROMISES, commitment)
        self.place.tasks.side.kept.emit(Reach.SPOKEN.value)
        yield self._gone(commitment)

    def postpone(self, commitment: str) -> Script:
        """Ctrl and D: another time, with a word."""
        yield from self.choose(Tab.PROMISES, commitment)
        tomorrow = suggested(self._clock.now(), opening=ALWAYS)[-1]
        self.place.tasks.side.postponed.emit(tomorrow, "Attend le médecin")
        to_do = self.place.to_do
        yield Until(
            what="the promise is put off",
            holds=lambda: any(
                task.commitment == commitment and task.due_at == tomorrow
                for task in to_do.state.board.promises
            ),
        )

    def leave_message(self) -> Script:
        """Ctrl and F8, a name, Ctrl Maj M, a sentence, Ctrl and Entrée."""
        composer = self.place.composer
        yield from self._find_colleague()
        self.seat.press(Qt.Key.Key_M, CONTROL | SHIFT)
        yield Until(what="the message is open", holds=composer.isVisible)
        composer.text.setPlainText("Merci de rappeler ce patient avant ce soir.")
        composer.send.click()
        yield Until(what="the message is left", holds=lambda: not composer.isVisible())

    @property
    def demand(self) -> str:
        """The demand that the call on the page goes on with; empty for a new one."""
        state = self.place.form.state
        return state.case.case if state.is_follow_on and state.case is not None else ""

    def commitment_of(self, contact: str, demand: str) -> str:
        """What a call promised, as the list has it: one promise for one demand, whoever made it first."""
        promises = self.place.to_do.state.board.promises
        made = [task.commitment for task in promises if task.contact == contact]
        joined = (task for task in promises if demand and task.case == demand)
        made += [task.commitment for task in joined if task.channel is Channel.PHONE]
        return next(iter(made), "")

    def take_up(self, contact: str, call: DayCall) -> Script:
        """Entrée on what nobody qualified, and what it was."""
        hand = self.seat.call
        yield Until(what="no call is here", holds=lambda: not hand.state.is_live)
        yield from self.choose(Tab.UNTRACED, contact)
        self.place.tasks.focus_list()
        self.seat.press(Qt.Key.Key_Return)
        form = self.place.form
        yield Until(what="what waited is open", holds=lambda: form.state.entry.contact == contact)
        yield from self.qualify(contact, call, outcome=Outcome.NO_ACTION)

    def _find_colleague(self) -> Script:
        directory = self.place.directory
        yield from self.sit_down()
        self.seat.press(Qt.Key.Key_F8, CONTROL)
        yield Until(what="the directory is open", holds=directory.isVisible)
        self.seat.type(self._colleague)
        wanted = self._colleague.upper()
        yield Until(
            what="the colleague is found",
            holds=lambda: (entry := directory.entry) is not None and wanted in entry.name.upper(),
        )

    def choose(self, tab: Tab, key: str) -> Script:
        """A row of what there is to do, with what stands beside it."""
        yield from self._open(tab)
        to_do = self.place.to_do
        yield Until(
            what="the row is listed", holds=lambda: key in [key_of(task) for task in to_do.state.listed()]
        )
        to_do.choose(key)
        yield Until(
            what="the row is chosen, and what stands beside it is read",
            holds=lambda: (
                to_do.state.task is not None and to_do.state.chosen == key and to_do.state.detail is not None
            ),
        )

    def _open(self, tab: Tab) -> Script:
        """Go to the list, as it is after another reading."""
        to_do = self.place.to_do
        before = to_do.state.board
        yield from self.sit_down()
        self.place.rail.place_chosen.emit(TASKS)
        to_do.open_tab(tab)
        to_do.refresh()
        yield Until(what="the list is read", holds=lambda: to_do.state.board is not before)

    def _gone(self, commitment: str) -> Until:
        to_do = self.place.to_do
        return Until(
            what="the promise is closed",
            holds=lambda: all(task.commitment != commitment for task in to_do.state.board.promises),
        )

    def _call(self) -> CallLine | None:
        card = self.seat.call.state.card
        return None if card is None else card.call


_OUTCOME_KEYS = {Outcome.DEALT_WITH: Qt.Key.Key_R, Outcome.NO_ACTION: Qt.Key.Key_U}


def _is_so(call: CallLine, contact: str, states: tuple[CallState, ...]) -> bool:
    return call.contact == contact and call.state in states


def _told(call: DayCall) -> ToldPerson:
    return ToldPerson(
        birth_name_raw=("Vasquez", "Delorme")[int(call.number[-1]) % 2],
        first_given_name_raw="Irène",
        birth_date_raw="12051988",
        sex="F",
        number_raw=call.number,
    )
