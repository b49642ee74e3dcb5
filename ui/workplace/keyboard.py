"""The keys of the whole window: what each does, the help and the palette that list them."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ui.actions import Keys, do_near
from ui.main_window import MainWindow
from ui.places import SETTINGS, places
from ui.translate import say
from ui.viewmodels.key_map import all_acts, key_map
from ui.viewmodels.palette import Kind, Line, Palette
from ui.workplace.caller import WhoCalls
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.panes import Panes
from ui.workplace.reach import Reach
from ui.workplace.records import Records
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.panels.key_help import KeyHelp
    from ui.panels.palette import PalettePanel


class Keyboard:
    """`help` (F1) and `palette` (Ctrl+K), each built when it is first asked for.

    `complete` binds what no room of the window does.
    """

    def __init__(
        self,
        seat: Seat,
        keys: Keys,
        *,
        window: MainWindow,
        front: CallInFront,
        caller: WhoCalls,
        records: Records,
        reach: Reach,
        notices: Notices,
        pages: Pages,
    ) -> None:
        self._records = records
        self._keys, self._window, self._pages = keys, window, pages
        self._front, self._caller, self._reach, self._notices = front, caller, reach, notices
        self._seat = seat
        self._role = seat.person.role
        self._arriving: dict[str, str] = {}
        self._answering_key = ""
        self._dialogs: dict[str, KeyHelp | PalettePanel] = {}
        self._panes = Panes(window, (window.top_bar, window.rail, front.strip))
        self.ring = self._panes.ring
        keys.acting.connect(self._leave_dialogs)

    @cached_property
    def help(self) -> "KeyHelp":
        """What every key does."""
        from ui.panels.key_help import KeyHelp

        made = self._dialogs["F1"] = KeyHelp(self._window.frame, key_map(self._answering_key))
        return made

    @cached_property
    def palette(self) -> "PalettePanel":
        """One line that finds an act, a person or an entry."""
        from ui.panels.palette import PalettePanel

        lines = Palette(self._seat.desk, all_acts(), clock=self._seat.clock)
        made = self._dialogs["Ctrl+K"] = PalettePanel(self._window.frame, lines)
        made.chosen.connect(self._do)
        return made

    def say_answering_key(self, name: str) -> None:
        """Which key answers from another program, if any: the help is made anew."""
        if name == self._answering_key:
            return
        self._answering_key = name
        made = self._dialogs.pop("F1", None)
        if made is not None:
            del self.help
            made.deleteLater()

    def toggle_help(self) -> None:
        """F1, and the button of the top bar."""
        self.help.toggle()

    def _toggle_palette(self) -> None:
        self.palette.toggle()

    def rest(self) -> None:
        """As when no hand was on the keyboard for a while."""
        self._keys.rest()

    def is_built(self, key: str) -> bool:
        """Whether a key of the map does more than say that it is to come."""
        return self._keys.does(key) and key not in self._arriving

    def complete(self, refresh: Iterable[Callable[[], None]]) -> None:
        """Bind the keys of the frame, and say what is still to come at the others of the map."""
        keys, looks = self._keys, tuple(refresh)
        keys.on("F1", self.toggle_help)
        keys.on("Ctrl+K", self._toggle_palette)
        keys.on("F5", lambda: self._refresh(looks))
        keys.on("F6", lambda: self._panes.step(1))
        keys.on("Shift+F6", lambda: self._panes.step(-1))
        keys.on("Ctrl+,", lambda: self._go(SETTINGS))
        keys.on("Escape", self._back)
        keys.on("Alt+Left", self._back)
        keys.on_ctrl_digit(self._go_to_nth)
        self._arriving = {key: words for key, words in _to_come().items() if not keys.does(key)}
        for key, words in self._arriving.items():
            keys.on(key, lambda words=words: self._notices.warn(words))

    def _leave_dialogs(self, key: str) -> None:
        for own, dialog in self._dialogs.items():
            if own != key:
                dialog.leave()

    def _refresh(self, looks: tuple[Callable[[], None], ...]) -> None:
        for look in looks:
            look()
        self._notices.tell(say("Tout est relu."))

    def _go(self, place: str) -> None:
        self._window.rail.place_chosen.emit(place)

    def _go_to_nth(self, number: int) -> None:
        keys = [place.key for group in places(self._role) for place in group]
        if number <= len(keys):
            self._go(keys[number - 1])

    def _back(self) -> None:
        if self._pages.before:
            self._go(self._pages.before)

    def _do(self, line: Line) -> None:
        match line.kind:
            case Kind.ACT:
                self._act(line.key)
            case Kind.PERSON:
                self._records.take(line.key)
            case Kind.ELSEWHERE:
                # This desk holds no record to read: a contact is what brings it here.
                self._caller.take(line.key)
            case Kind.ENTRY:
                self._reach.find(line.entry.name if line.entry is not None else "")

    def _act(self, key: str) -> None:
        """Where the keyboard was first, then in the whole window."""
        if do_near(self._window.keyboard_place(), key):
            return
        number = key.removeprefix("Ctrl+")
        if self._keys.does(key):
            self._keys.do(key)
        elif number.isdecimal():
            self._go_to_nth(int(number))
        else:
            self._notices.warn(say("Cette touche agit dans la liste ou le panneau où l’on se trouve."))


def _to_come() -> dict[str, str]:
    """What the map has and no room does yet, by its key."""
    written = say("La messagerie écrite arrive\u00a0: cette touche y servira.")
    return {
        "Ctrl+M": written,
        "Ctrl+R": written,
        "Ctrl+Space": written,
        "Ctrl+Shift+C": written,
    }
