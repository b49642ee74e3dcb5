"""One console of a desk: its parts are made here and each is given what it needs."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer

from app.clock import MachineClock, TimeOrderedMint
from app.domain.errors import Refusal
from app.domain.sending import Sending
from app.ports import Clock
from sync.client.changes import Changes
from sync.client.console import Console
from sync.client.credentials import KeyStore, NoKeyring, SystemKeyring, Throwaway
from sync.client.files import DeskFull, DeskTaken
from sync.client.link import LinkState
from sync.client.phrase import DeskKeys, PhraseNeeded
from sync.protocol.messages import Session
from ui.background import in_background
from ui.bootstrap.ways_in import OtherWays, ask_phrase, tell_at
from ui.changes import ChangeFeed
from ui.door import VERSION, WINDOW
from ui.idleness import Idle, idleness
from ui.instance import ERASED, INSTANCE, SHOWN, WITHDRAWN, Instance
from ui.link_words import erased_words, offline_words, withdrawn_words
from ui.panels.user_menu import UserMenu
from ui.screens.lock import LockScreen
from ui.screens.sign_in import SignIn
from ui.system_keys import hearing
from ui.tasks import Tasks
from ui.translate import say
from ui.viewmodels.own_settings import OwnSettings
from ui.wording import clock as clock_words
from ui.workplace import Person, Workplace
from ui.workplace.answering_key import AnsweringKey
from ui.workplace.locking import Locking

FRESH_MS = 20_000
DOOR = (960, 720)
"""The size at which a session that ended asks the password again."""


class DeskConsole:
    """One console of this desk: its wire, and once somebody is signed in, its window."""

    def __init__(
        self,
        address: str,
        folder: Path,
        *,
        keys: KeyStore,
        clock: Clock,
        own: OwnSettings | None = None,
    ) -> None:
        self.address = address
        self._keys = DeskKeys(folder, keys)
        self._own = own or OwnSettings()
        self.locking: Locking | None = None
        self._clock = clock
        self._mint = TimeOrderedMint()
        self._extension = ""
        self.changes = ChangeFeed()
        self.console = Console(
            address,
            folder,
            keys=self._keys,
            clock=clock,
            mint=self._mint,
            chance=random.SystemRandom(),
            on_changes=self._hear,
            on_link=self.changes.hear_link,
        )
        self.other_ways = OtherWays(self.console)
        self.desk = Tasks(self.console)
        self._link = LinkState()
        minute = QTimer(self.changes, interval=FRESH_MS)
        minute.timeout.connect(self._say_still_fresh)
        minute.start()
        self.changes.linked.connect(self._show_link)
        self.changes.refused.connect(self._ask_why)
        self.place: Workplace | None = None
        self._instance: Instance | None = None
        self._is_erased = False
        self._idle: Idle | None = None
        self._answer = SHOWN
        self.door: SignIn | None = None
        self.answering_key = AnsweringKey(hearing(), pressed=self._answer_from_elsewhere, warn=self._warn)
        self.answering_key.changed.connect(self._name_answering_key)
        self._own.changed.connect(self._obey)

    def open(self, session: Session) -> Workplace:
        """Show the window of who signed in, and follow the server. Raises `NoKeyring`, `DeskTaken`."""
        self.console.start()
        place = self._seat(session)
        if self._link != LinkState():
            # The wire tells only what changes, and this desk was already followed when this person sat down.
            self._say_link(place)
        return place

    def _seat(self, session: Session, *, is_locked: bool = False) -> Workplace:
        """A window for who sits here now; its way to the desk ends with it. A locked one is not shown."""
        self._extension = session.extension
        self.desk = Tasks(self.console)
        place = Workplace(
            self.desk,
            self.changes,
            _person(session),
            clock=self._clock,
            mint=self._mint,
            own=self._own,
            answering_key=self.answering_key,
        )
        place.rail.user_pressed.connect(self._offer_leaving)
        place.house.moved.connect(self._seat_again)
        self.place = place
        place.window.resize(*WINDOW)
        self._guard(place)
        if is_locked:
            self.lock()
        else:
            place.window.show()
        place.begin()
        if not is_locked:
            self.answering_key.listen()
        self._name_answering_key(self.answering_key.name)
        return place

    def _guard(self, place: Workplace) -> None:
        """Its lock and its discreet screen, which come by themselves once nobody is here."""
        self._idle = idleness(place.window)
        self.locking = Locking(
            place,
            partial(self._lock_screen, place.person),
            idle=self._idle,
            after=self._own.lock_after,
            spared=lambda: place.supervising.wall,
        )
        # A key heard from every program would answer, and show, for whoever is there.
        self.locking.locked.connect(self.answering_key.stop)
        self.locking.unlocked.connect(self.answering_key.listen)
        self.locking.unlocked.connect(place.discreet.restore)
        place.locking_asked.connect(self.lock)
        place.discreet.protect(self.lock if self.console.is_desk_shared else None)
        self._watch_names(place)

    def _obey(self) -> None:
        """What was chosen for when nobody is here."""
        if self.locking is not None:
            self.locking.wait(self._own.lock_after)
        if self.place is not None:
            self._watch_names(self.place)

    def _watch_names(self, place: Workplace) -> None:
        is_wanted = self._own.hides_names_alone(is_front_desk=place.person.is_at_front_desk)
        place.discreet.wait(self._idle if is_wanted else None)

    def _lock_screen(self, who: Person) -> LockScreen:
        """Made at the first lock: most sittings begin long before theirs."""
        screen = LockScreen(house=who.house, name=who.name, now=self._clock.now)
        screen.asked.connect(partial(self._unlock, screen))
        screen.leaving.connect(self.leave)
        self.other_ways.offer(screen, self.console.sign_in_again_by, lambda _: self._open_lock())
        return screen

    def lock(self) -> None:
        """Nothing of anybody is shown here until who sits here says so."""
        if self.locking is not None:
            self.locking.lock()

    def _unlock(self, screen: LockScreen, password: str) -> None:
        in_background(
            lambda: self.console.unlock(password),
            lambda _: self._open_lock(),
            partial(tell_at, screen),
            owner=screen,
        )

    def _open_lock(self) -> None:
        if self.locking is not None:
            self.locking.unlock()

    def _answer_from_elsewhere(self) -> None:
        if self.place is not None:
            self.place.answer_from_elsewhere()

    def _name_answering_key(self, name: str) -> None:
        if self.place is not None:
            self.place.say_answering_key(name)

    def _warn(self, words: str) -> None:
        if self.place is not None:
            self.place.notices.warn(words)

    def _silence(self) -> Workplace | None:
        """Who sits here hears and asks nothing more; the window, to be shut once another one is open."""
        before, self.place = self.place, None
        if self.locking is not None:
            self.locking.close()
            self.locking = None
        if before is not None:
            self.desk.close()
            self.changes.forget()
        return before

    def _offer_leaving(self) -> None:
        if self.place is not None:
            rail = self.place.rail
            choice = self.answering_key.menu(rail)
            menu = UserMenu(rail, waiting=self._link.waiting, choices=[choice] if choice else [])
            menu.leaving.connect(self.leave)
            menu.locking.connect(self.lock)
            menu.popup_above(self.place.rail.user)

    def leave(self) -> None:
        """Give the desk up to whoever comes next; what waits is still sent, under its author's name."""
        self._stop_listening()
        self.answering_key.stop()
        self._leave_door(None)
        self._link, self._is_erased = msgspec.structs.replace(self._link, is_erased=False), False
        door = SignIn(house=self.console.session.establishment_short_name, version=VERSION)
        door.resize(*WINDOW)
        door.say_server(self.address)
        door.setEnabled(False)
        door.asked.connect(partial(self.enter, door))
        self.offer(door)
        door.show()
        if (before := self._silence()) is not None:
            before.shut()
        self.door = door
        in_background(self.console.sign_out, lambda _: door.let_in(), owner=door)

    def enter(self, door: SignIn, login: str, password: str) -> None:
        """Sign in without blocking; the door says what was wrong, or gives way to the console."""
        in_background(
            lambda: self.console.sign_in(login, password),
            partial(self._open_behind, door),
            partial(self._tell_or_ask, door, partial(self.enter, door, login, password)),
            owner=door,
        )

    def _tell_or_ask(self, door: SignIn, again: Callable[[], None], fault: BaseException) -> None:
        """A desk without a keyring is opened with its phrase, and what was begun goes on; else say it."""
        if isinstance(fault, PhraseNeeded):
            ask_phrase(door, fault, give=self._keys.give, then=again)
        else:
            tell_at(door, fault)

    def offer(self, door: SignIn) -> None:
        """Show the identity provider's way in, once the server says that there is one."""
        self.other_ways.offer(door, self.console.sign_in_by, partial(self._open_behind, door))

    def _open_behind(self, door: SignIn, session: Session) -> None:
        try:
            self.open(session)
        except (NoKeyring, PhraseNeeded, DeskTaken, DeskFull) as fault:
            self._tell_or_ask(door, partial(self._open_behind, door, session), fault)
            return
        self._instance = Instance(INSTANCE, self.changes)
        self._instance.answer = self._answer
        self._instance.number_asked.connect(self._note_number)
        door.close()
        if door is self.door:
            self._leave_door(None)

    def _stop_listening(self) -> None:
        """A soft phone is then told that no console is open here."""
        if self._instance is not None:
            self._instance.close()
            self._instance = None

    def _note_number(self, number_raw: str) -> None:
        if self.place is not None:
            self.place.call.note_number(number_raw)

    def _ask_again(self) -> None:
        """The session ended for good: the password is asked beside the window, and nothing else stops."""
        if self.door is None:
            self.door = SignIn(house=self.console.session.establishment_short_name, version=VERSION)
            self.door.resize(*DOOR)
            self.door.say_server(self.address)
            self.door.asked.connect(self._enter_again)
            self.other_ways.offer(self.door, self.console.sign_in_again_by, self._leave_door)
        if not self.door.isVisible():
            self.door.ask_again(
                self.console.session.login, say("La session a expiré. Identifiez-vous de nouveau.")
            )
            self.door.show()

    def _enter_again(self, _login: str, password: str) -> None:
        if self.door is not None:
            in_background(
                lambda: self.console.sign_in_again(password),
                self._leave_door,
                partial(tell_at, self.door),
                owner=self.door,
            )

    def _leave_door(self, _done: None) -> None:
        if self.door is not None:
            self.door.close()
            self.door.deleteLater()
            self.door = None

    def close(self) -> None:
        """Close the window, then the wire; nothing that was saved is lost."""
        self._stop_listening()
        self.answering_key.stop()
        self._leave_door(None)
        before = self._silence()
        if before is not None:
            before.window.close()
        self.desk.close()
        self.console.stop()

    def _hear(self, changes: Changes) -> None:
        is_own = self._extension in changes.extensions or changes.is_whole
        self.changes.hear(concerns_this_extension=is_own)

        if changes.refused:
            self.changes.hear_refused(changes.refused)

    def _ask_why(self, commands: tuple[str, ...]) -> None:
        in_background(self.console.sendings().result, partial(self._tell_why, commands), owner=self.changes)

    def _tell_why(self, commands: tuple[str, ...], sendings: list[Sending]) -> None:
        """What was saved and is not, or not all of it, is said to whoever still sits here (sync rule 9)."""
        for one in sendings:
            if self.place is not None and one.refusal and one.command in commands:
                self.place.notices.refuse(Refusal(one.refusal, one.field))

    def _show_link(self, state: LinkState) -> None:
        self._link = state
        if self.place is None:
            return
        if state.is_online and self.place.person != _person(self.console.session):
            self._seat_again()
        self._say_link(self.place)
        if state.is_signed_out:
            self._ask_again()

    def _say_link(self, place: Workplace) -> None:
        self._tell_erased(place, self._link)
        place.show_link(self._link_words(self._link), is_offline=not self._link.is_online)

    def _link_words(self, state: LinkState) -> str:
        if state.is_erased:
            return say("Fiches effacées")
        if state.is_online:
            return self._fresh_words()
        if state.is_apart:
            return say("Mise à jour requise")
        return say("Session expirée") if state.is_signed_out else offline_words(state.waiting)

    def _fresh_words(self) -> str:
        return say("À jour, {at}").format(at=clock_words(self._clock.now()))

    def _say_still_fresh(self) -> None:
        """The server is heard every few seconds: an hour that stood still would say the contrary."""
        if self.place is not None and self._link.is_online and not self._link.is_erased:
            self.place.rail.say_link(self._fresh_words(), is_offline=False)

    def _seat_again(self) -> None:
        """The account's role or services, or the house's clock, are others now: so is its window.

        What was typed is kept.
        """
        is_locked = self._is_withheld()
        before = self._silence()
        self._say_link(self._seat(self.console.session, is_locked=is_locked))
        if before is not None:
            before.shut()

    def _is_withheld(self) -> bool:
        """Whether who wants to read here says first who they are: the lock stands, or names are hidden."""
        is_locked = self.locking is not None and self.locking.is_locked
        return is_locked or (self.place is not None and self.place.discreet.is_guarded)

    def _tell_erased(self, place: Workplace, state: LinkState) -> None:
        """Say it once when it happens, and from then on to whoever asks for a number."""
        if state.is_erased and not self._is_erased:
            place.toast.warn(withdrawn_words() if state.is_withdrawn else erased_words())
        self._is_erased = state.is_erased
        self._answer = _answer_of(state)
        if self._instance is not None:
            self._instance.answer = self._answer


def desk_of(address: str, folder: Path, *, own: OwnSettings | None = None) -> DeskConsole:
    """This desk's console, its key in the system's keyring, or under a phrase where there is none."""
    return DeskConsole(address, folder, keys=SystemKeyring(), clock=MachineClock(), own=own)


def fresh_desk(address: str, folder: Path, *, clock: Clock) -> DeskConsole:
    """A desk whose key is kept nowhere: the demonstration's."""
    return DeskConsole(address, folder, keys=Throwaway(), clock=clock)


def _person(session: Session) -> Person:
    return Person(
        name=session.name,
        service=next(iter(session.services), ""),
        service_name=session.service_name,
        extension=session.extension,
        role=session.role,
        services=session.services,
        house=session.establishment_short_name,
        login=session.login,
    )


def _answer_of(state: LinkState) -> bytes:
    """What `filrouge pop` is told."""
    if not state.is_erased:
        return SHOWN
    return WITHDRAWN if state.is_withdrawn else ERASED
