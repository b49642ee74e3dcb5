"""The mini window at its moments: there while another program is in front, gone once the call is done."""

from PySide6.QtCore import QObject, QPoint, QTimer

from app.domain.words import CallState
from ui.actions import Keys
from ui.main_window import MainWindow
from ui.screens.mini import MiniWindow
from ui.viewmodels.call_page import CallInHand, CallPage
from ui.viewmodels.own_settings import OwnSettings, kept_file
from ui.viewmodels.phone import Phone
from ui.workplace.caller import WhoCalls
from ui.workplace.front import CallInFront
from ui.workplace.seat import Seat
from ui.workplace.telephone import Telephone

AFTER_SAVE_MS = 2000
MARGIN = 24


class Mini(QObject):
    """The same call, the same form as the large window; F12 goes from one to the other."""

    def __init__(
        self,
        seat: Seat,
        call: CallInHand,
        *,
        phone: Phone,
        front: CallInFront,
        caller: WhoCalls,
        telephone: Telephone,
        window: MainWindow,
        own: OwnSettings,
    ) -> None:
        super().__init__()
        self._call, self._phone, self._front, self._window = call, phone, front, window
        self._telephone, self._own = telephone, own
        self.window = MiniWindow(front.form, now=seat.clock.now)
        self._kept = kept_file()
        self._leaving = QTimer(self, interval=AFTER_SAVE_MS, singleShot=True)
        self._leaving.timeout.connect(self._leave)
        mini = self.window
        mini.ring.person_chosen.connect(caller.open)
        mini.ring.answered.connect(telephone.take)
        mini.ring.silenced.connect(front.silence)
        mini.ring.silenced.connect(mini.hide)
        mini.form.hold_asked.connect(phone.hold_or_retrieve)
        mini.form.hang_up_asked.connect(phone.hang_up)
        mini.enlarged.connect(self.enlarge)
        mini.dismissed.connect(mini.hide)
        mini.moved.connect(self._remember)
        window.closed.connect(self._end)
        window.destroyed.connect(mini.deleteLater)
        call.rang.connect(self._on_rang)
        call.state_changed.connect(self._show)
        phone.state_changed.connect(self._show)
        self._map_keys(Keys(mini), caller)

    def toggle(self) -> None:
        """F12 in the large window: the mini one comes, or goes."""
        if self.window.isVisible():
            self.window.hide()
        elif self._call.state.card is not None and self._window.stand_in is None:
            self._open()

    def enlarge(self) -> None:
        """F12 or the arrows: the full page at the same point; a person asked for it."""
        self.window.hide()
        self._window.bring_back()
        self._front.qualify()

    def _map_keys(self, keys: Keys, caller: WhoCalls) -> None:
        keys.on("F3", self._telephone.take)
        keys.on("F4", self.window.qualify)
        keys.on("F7", self._phone.hold_or_retrieve)
        keys.on("F9", self.window.form.promise)
        keys.on("F12", self.enlarge)
        keys.on_alt_digit(caller.open_nth)

    def _end(self) -> None:
        """The console closes: the mini window belongs to nobody else."""
        self._call.rang.disconnect(self._on_rang)
        for told in (self._call.state_changed, self._phone.state_changed):
            told.disconnect(self._show)
        self._leaving.stop()
        self.window.close()
        self.window.deleteLater()

    def _on_rang(self, _contact: str) -> None:
        """Another program is in front, or the console is put away: nothing else would show the call."""
        if self._window.stand_in is not None or not self._own.is_mini_coming:
            return
        if self._window.is_behind() and not (self.window.isVisible() or self._front.is_silent):
            self._open()

    def _open(self) -> None:
        self._leaving.stop()
        self.window.unfold()
        self.window.present(self._call.state, phone=self._phone.state)
        self._place()
        self.window.show()

    def _show(self) -> None:
        """Follow the call; go once it is saved, given up, or no longer here."""
        if not self.window.isVisible():
            return
        page = self._call.state
        if page.card is None or _was_missed(page):
            self._leave()
        elif page.is_saved and not page.is_live:
            self._leaving.start()
        else:
            self._leaving.stop()
            self.window.unfold()
        self.window.present(page, phone=self._phone.state)

    def _leave(self) -> None:
        if self.window.is_pinned:
            self.window.fold()
        else:
            self.window.hide()

    def _place(self) -> None:
        """Where it was put on this screen, else at the bottom right."""
        screen = self._window.screen()
        room = screen.availableGeometry()
        usual = QPoint(
            room.width() - self.window.width() - MARGIN, room.height() - self.window.height() - MARGIN
        )
        kept = self._kept.value(_key(screen.name()))
        put = kept if isinstance(kept, QPoint) else usual
        most_x, most_y = room.width() - self.window.width(), room.height() - self.window.height()
        inside = QPoint(max(0, min(put.x(), most_x)), max(0, min(put.y(), most_y)))
        self.window.move(room.topLeft() + inside)

    def _remember(self, place: QPoint) -> None:
        screen = self.window.screen()
        self._kept.setValue(_key(screen.name()), place - screen.availableGeometry().topLeft())


def _key(screen: str) -> str:
    return f"mini/{screen}"


def _was_missed(page: CallPage) -> bool:
    call = page.card.call if page.card is not None else None
    return (
        call is not None and call.state is CallState.ENDED and call.answered_at is None and not call.is_noted
    )
