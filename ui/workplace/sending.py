"""What has not left this desk: told under the top bar, listed at the bell, chosen when two people wrote."""

from PySide6.QtCore import QObject

from app.domain.errors import Refusal
from ui.main_window import MainWindow
from ui.panels.sending import ConflictCard, OfflineBar, SendingDrawer
from ui.panels.top_bar import TopBar
from ui.translate import say
from ui.viewmodels.conflict import Conflict, Side
from ui.viewmodels.sending import SendingList, SendingPage
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat


class Sendings(QObject):
    """A refusal stays in the drawer until its author has seen to it (sync rule 9)."""

    def __init__(
        self,
        seat: Seat,
        *,
        front: CallInFront,
        window: MainWindow,
        top_bar: TopBar,
        notices: Notices,
        pages: Pages,
    ) -> None:
        super().__init__(window)
        self._front, self._window, self._top_bar, self._notices = front, window, top_bar, notices
        self.list = SendingList(seat.desk, clock=seat.clock)
        self.list.setParent(self)
        self.conflict = Conflict(seat.desk, seat.mint)
        self.conflict.setParent(self)
        self.bar = OfflineBar()
        window.set_bar(self.bar)
        self.drawer = SendingDrawer(window.pages, now=seat.clock.now)
        self.card = ConflictCard(window.frame, now=seat.clock.now)
        pages.gone.connect(self._leave)
        self._connect()

    def begin(self) -> None:
        """Read what is left of before."""
        self.list.begin()

    def toggle(self) -> None:
        """Open the drawer, or close it."""
        self.drawer.toggle()
        self.list.look_now()

    def _connect(self) -> None:
        self.list.state_changed.connect(self._present)
        self.bar.look_asked.connect(self.toggle)
        self._top_bar.notices_asked.connect(self.toggle)
        for again in (self.bar.again_asked, self.drawer.again_asked):
            again.connect(self.list.try_again)
        self.drawer.opened.connect(self._open)
        self.drawer.dismissed.connect(self.list.dismiss)
        self.drawer.copied.connect(self._copy)
        self.drawer.closed.connect(self._window.rest_focus)
        self.conflict.opened.connect(self._show_conflict)
        self.conflict.state_changed.connect(self._present_conflict)
        self.conflict.settled.connect(self._settle)
        self.conflict.gone.connect(self._tell_gone)
        self.conflict.refused.connect(self._tell_refused)
        self.card.chosen.connect(self.conflict.choose)
        self.card.whole_asked.connect(self._take_whole)
        self.card.applied.connect(self.conflict.apply)

    def _present(self) -> None:
        page = self.list.state
        self.bar.present(page)
        self.drawer.present(page)
        self._top_bar.count_notices(len(page.refused))

    def _leave(self, _place: str) -> None:
        self.drawer.leave()

    def _open(self, command: str) -> None:
        """Choose between two versions, or go back to the contact that the server refused."""
        line = next((one for one in self.list.state.refused if one.sending.command == command), None)
        if line is None:
            return
        if line.sending.overtaken is not None:
            self.conflict.open(line.sending)
            return
        contact = getattr(line.sending.body, "contact", None)
        if contact:
            self._front.take_up(contact)
        else:
            self.list.dismiss(command)

    def _show_conflict(self) -> None:
        self._present_conflict()
        self.card.open_now()

    def _present_conflict(self) -> None:
        if self.conflict.state is not None:
            self.card.present(self.conflict.state)

    def _take_whole(self, side: Side) -> None:
        self.conflict.choose_all(side)
        self.conflict.apply()

    def _settle(self, command: str) -> None:
        """The other saves of the same contact that were refused are answered with it."""
        self.card.leave()
        contact = _contact_of(self.list.state, command)
        answered = [
            line.sending.command
            for line in self.list.state.refused
            if line.sending.overtaken is not None and line.sending.overtaken.contact == contact
        ]
        self.list.dismiss(*(answered or [command]))
        self._notices.tell(say("Choix gardé. Les deux versions restent dans le journal."))

    def _tell_gone(self, _command: str) -> None:
        self._notices.warn(say("Cet appel n’est plus sur ce poste\u00a0: cherchez le patient."))

    def _tell_refused(self, refusal: Refusal) -> None:
        self._notices.refuse(refusal)

    def _copy(self, words: str) -> None:
        self._window.copy(words)
        self._notices.tell(say("Diagnostic copié."))


def _contact_of(page: SendingPage, command: str) -> str:
    found = (line.sending.overtaken for line in page.refused if line.sending.command == command)
    return next((save.contact for save in found if save is not None), "")
