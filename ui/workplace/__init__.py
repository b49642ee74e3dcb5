"""One signed-in person's console: the window, its rooms, and the keys that lead to each."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.words import Channel
from app.ports import Clock, Mint
from ui.actions import Keys
from ui.changes import ChangeFeed
from ui.main_window import MainWindow
from ui.panels.top_bar import TopBar
from ui.places import DIRECTORY, HOME, places
from ui.sound import Loudspeaker, Speaker
from ui.tasks import Desk
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.own_settings import OwnSettings
from ui.viewmodels.own_state import OwnStates
from ui.viewmodels.phone import Phone
from ui.widgets.rail import Rail
from ui.wording import since_words
from ui.workplace.answering_key import AnsweringKey
from ui.workplace.attaching import Attaching
from ui.workplace.caller import WhoCalls
from ui.workplace.day import Day
from ui.workplace.discreet import Discreet
from ui.workplace.finishing import Finishing
from ui.workplace.front import CallInFront
from ui.workplace.glass import Glass
from ui.workplace.joining import Joining
from ui.workplace.keyboard import Keyboard
from ui.workplace.linking import Linking
from ui.workplace.mini import Mini
from ui.workplace.notice_writing import NoticeWriting
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.presence import Presence
from ui.workplace.reach import Reach
from ui.workplace.records import Records
from ui.workplace.seat import Person, Seat
from ui.workplace.sending import Sendings
from ui.workplace.settling import Settling
from ui.workplace.supervising import Supervising
from ui.workplace.telephone import Telephone

AGENT_MS = 20_000
"""How often the time since when one is available is told again."""


class Workplace(QObject):
    """Builds the window and its rooms; what a room is about is in its own module.

    `front` shows the call, `caller` says who it is, `telephone` acts on it, `reach` finds somebody of
    the house, `notices` tells what was done, `day` lists what there is to do, `supervising` shows the
    queues, `pages` knows what each place of the rail opens.
    """

    locking_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        changes: ChangeFeed,
        person: Person,
        *,
        clock: Clock,
        mint: Mint,
        speaker: Speaker | None = None,
        own: OwnSettings | None = None,
        answering_key: AnsweringKey | None = None,
    ) -> None:
        super().__init__()
        own = own or OwnSettings()
        self.house = HouseKnown(desk)
        seat = Seat(person, desk, clock, mint, self.house, speaker or Loudspeaker())
        self._seat, self.person = seat, person
        self.call = CallInHand(
            desk, extension=person.extension, service=person.service, clock=clock, mint=mint
        )
        self.phone = Phone(desk, self.call, clock=seat.clock)
        self.top_bar = TopBar()
        self.rail = Rail(places(person.role), product=say("Console d’accueil"))
        self.window = MainWindow(title=say("Console d’accueil"), rail=self.rail, top_bar=self.top_bar)
        self._keys = Keys(self.window)
        self.pages = Pages(self.window, self.rail)
        self.front = CallInFront(seat, self.call, window=self.window, keys=self._keys, pages=self.pages)
        self.notices = Notices(self.window.pages, beside=self.front.panel)
        self._joining = Joining(desk, front=self.front, notices=self.notices)
        self.caller = WhoCalls(seat, self.call, front=self.front, notices=self.notices)
        self.linking = Linking(seat, self.call, front=self.front, notices=self.notices)
        self.attaching = Attaching(seat, self.call, front=self.front, notices=self.notices)
        self.records = Records(
            seat,
            self.call,
            front=self.front,
            caller=self.caller,
            notices=self.notices,
            pages=self.pages,
            host=self.window.frame,
        )
        self.glass = Glass(
            seat, self.call, search=self.front.screen.search, notices=self.notices, host=self.window.pages
        )
        self._reach = Reach(
            seat,
            self.call,
            phone=self.phone,
            front=self.front,
            notices=self.notices,
            host=self.window.pages,
        )
        self.own_states = OwnStates(desk, extension=person.extension)
        for reader in (self.house, self.call, self.phone, self.own_states, self.front.form):
            reader.setParent(self.window)
        self._telephone = Telephone(
            self.phone,
            self.own_states,
            front=self.front,
            reach=self._reach,
            notices=self.notices,
            top_bar=self.top_bar,
        )
        self.keyboard = Keyboard(
            seat,
            self._keys,
            window=self.window,
            front=self.front,
            caller=self.caller,
            records=self.records,
            reach=self._reach,
            notices=self.notices,
            pages=self.pages,
        )
        self._finishing = Finishing(
            self.call,
            phone=self.phone,
            states=self.own_states,
            front=self.front,
            pages=self.pages,
            window=self.window,
            notices=self.notices,
            show_agent=self._show_agent,
        )
        self.mini = Mini(
            seat,
            self.call,
            phone=self.phone,
            front=self.front,
            caller=self.caller,
            telephone=self._telephone,
            window=self.window,
            own=own,
        )
        self.settling = Settling(
            seat,
            own,
            answering_key,
            call=self.call,
            states=self.own_states,
            notices=self.notices,
            pages=self.pages,
            window=self.window,
        )
        self.discreet = Discreet(
            top_bar=self.top_bar, window=self.window, is_busy=lambda: self.call.state.is_live
        )
        self.presence = Presence(self.call, telephone=self._telephone, mini=self.mini, window=self.window)
        self._day = Day(seat, front=self.front, rail=self.rail, pages=self.pages)
        self.supervising = Supervising(seat, window=self.window, pages=self.pages)
        self._day.home.follow_wire(self.supervising.live)
        self.sendings = Sendings(
            seat,
            front=self.front,
            window=self.window,
            top_bar=self.top_bar,
            notices=self.notices,
            pages=self.pages,
        )
        self._name_parts()
        self.notice_writing = NoticeWriting(
            seat, card=self.home.notices, notices=self.notices, host=self.window.pages
        )
        self._furnish()
        self._connect(changes)
        self._map_keys()

    def begin(self) -> None:
        """Read what is here now."""
        self.window.rest_focus()
        self.house.look()
        self.front.begin()
        self.own_states.look()
        self._day.begin()
        self.supervising.begin()
        self.sendings.begin()

    def shut(self) -> None:
        """Close the window for whoever sits here next, and let go of all that it knew of anybody."""
        self.window.close()
        self.window.deleteLater()

    def answer_from_elsewhere(self) -> None:
        """The key that every program hears: as F3, and a call already taken comes to the front."""
        is_taken = self.phone.has_call
        self._keys.do("F3")
        if is_taken:
            self.window.bring_back()

    def say_answering_key(self, name: str) -> None:
        """Which key answers from another program: printed where one works elsewhere, and in the help."""
        self.keyboard.say_answering_key(name)
        self.mini.window.ring.say_key(name)

    def silence(self) -> None:
        """Say nothing of anybody aloud, and show no menu or bubble: whoever sat here is away."""
        self._day.listening.stop()

    def show_link(self, words: str, *, is_offline: bool) -> None:
        """Say in the rail how the wire is; without it the phone can't be asked."""
        self.rail.say_link(words, is_offline=is_offline)
        self.phone.hear_link(is_offline=is_offline)
        self.supervising.live.hear_link(is_offline=is_offline)
        self.sendings.list.hear_link(is_offline=is_offline)

    def _name_parts(self) -> None:
        """What the demonstration, the story and the tests look at."""
        self.form, self.panel = self.front.form, self.front.panel
        self.strip, self.banner = self.front.strip, self.front.banner
        self.after_strip = self.front.after_strip
        self.screen = self.front.screen
        self.toast = self.notices.toast
        self.home, self.tasks = self._day.home, self._day.tasks
        self.messages, self.to_do, self.morning = self._day.messages, self._day.to_do, self._day.morning
        self.directory, self.composer = self._reach.directory, self._reach.composer

    def _furnish(self) -> None:
        person = self.person
        self.pages.put(DIRECTORY, self.directory)
        self.rail.say_house(person.house)
        self.rail.say_user(person.name, person.service_name)
        self.pages.go(HOME)

    def _connect(self, changes: ChangeFeed) -> None:
        for look in (self.call.look, self.phone.look):
            changes.changed.connect(look)
        for look in (
            self.house.look,
            self.own_states.look,
            self.supervising.live.look,
            self.directory.refresh,
            self._day.look,
            self.glass.look,
            self.records.opened.look,
            self.sendings.list.look,
        ):
            changes.painted.connect(look)
        self.rail.place_chosen.connect(self._day.leave_lists)
        self.rail.place_chosen.connect(self.front.visit)
        self.rail.place_chosen.connect(self._day.take_keyboard)
        self.rail.place_chosen.connect(self.settling.take_keyboard)
        self.front.ticked.connect(self._show_agent)
        self.own_states.state_changed.connect(self._show_agent)
        self.sendings.list.state_changed.connect(self._show_agent)
        again = QTimer(self.window, interval=AGENT_MS)
        again.timeout.connect(self._show_agent)
        again.start()
        self.messages.new_asked.connect(self._reach.write)
        self.home.received.connect(partial(self.caller.note, Channel.DESK))
        self.call.saved.connect(self._tell_saved)
        self.call.refused.connect(self.notices.refuse)
        self.notices.undo_asked.connect(self.call.withdraw)

    def _map_keys(self) -> None:
        keys = self._keys
        keys.on("F2", self.records.search)
        keys.on("Ctrl+Shift+N", self.caller.ask_provisional)
        keys.on("F3", self._telephone.answer)
        keys.on("F4", self.front.qualify)
        keys.on("F7", self.phone.hold_or_retrieve)
        keys.on("F8", self._reach.look_up)
        keys.on("Shift+F8", self._reach.announce)
        keys.on("Ctrl+Shift+M", self._reach.write)
        keys.on("Ctrl+F8", self._reach.visit)
        keys.on("F9", self._day.promise)
        can_watch = self.supervising.is_for_all
        keys.on("F11", self.supervising.toggle_wall if can_watch else self.window.toggle_full_screen)
        keys.on("F12", self.mini.toggle)
        keys.on("Ctrl+I", self.front.verify)
        keys.on("Ctrl+Shift+H", self.discreet.toggle)
        keys.on("Ctrl+Shift+R", self.attaching.attach)
        keys.on("Ctrl+Shift+L", self.locking_asked.emit)
        keys.on("Ctrl+Shift+T", self.records.comparing.open_triage)
        keys.on("Ctrl+Z", self.notices.take_back)
        keys.on("Ctrl+N", partial(self.caller.note, Channel.PHONE))
        keys.on("Ctrl+G", partial(self.caller.note, Channel.DESK))
        keys.on_alt_digit(self.caller.open_nth)
        looks = (
            self.call.look,
            self.phone.look,
            self.supervising.live.look,
            self.directory.refresh,
            self._day.look,
        )
        self.keyboard.complete(looks)
        self.top_bar.search_asked.connect(self.records.search)
        self.top_bar.contact_asked.connect(partial(self.caller.note, Channel.PHONE))
        self.top_bar.keys_asked.connect(self.keyboard.toggle_help)

    def _show_agent(self) -> None:
        card = self.call.state.card
        call = card.call if card else None
        if self.front.after.state.is_running:
            self.top_bar.show_after_call(self.front.after.state.elapsed)
            return
        cut = self.sendings.list.state.offline_since
        if cut is not None and not self.call.state.is_live:
            self.top_bar.show_agent("offline", say("Hors ligne"), since_words(cut, self._seat.clock.now()))
            return
        self.top_bar.present(
            call,
            self._seat.clock.now(),
            is_supervisor=self.supervising.is_for_all,
            own=self.own_states.state,
        )

    def _tell_saved(self, motive: str, log: str) -> None:
        self.notices.tell_saved(motive, log)
        self._keys.rest()
        self.window.rest_focus()
        self._finishing.note_saved(self.call.last_saved)
