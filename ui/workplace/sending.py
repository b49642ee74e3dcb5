"""What has not left this desk: told under the top bar, listed at the bell, chosen when two people wrote."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.commands import LogMotive
from app.domain.errors import Refusal
from ui.main_window import MainWindow
from ui.panels.sending.bar import OfflineBar
from ui.panels.top_bar import TopBar
from ui.translate import say
from ui.viewmodels.conflict import Conflict, Side
from ui.viewmodels.sending import SendingList, SendingPage
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.panels.sending.conflict import ConflictCard
    from ui.panels.sending.drawer import SendingDrawer


class Sendings(QObject):
    """A refusal stays in the drawer until its author has seen to it (sync rule 9).

    `drawer` and `card` are each built when it is first asked for.
    """

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
        self._now = seat.clock.now
        self._drawer: SendingDrawer | None = None
        pages.gone.connect(self._leave)
        self._connect()

    @cached_property
    def drawer(self) -> "SendingDrawer":
        """What has not left, and what asks for a look."""
        from ui.panels.sending.drawer import SendingDrawer

        made = SendingDrawer(self._window.pages, now=self._now)
        made.again_asked.connect(self.list.try_again)
        made.opened.connect(self._open)
        made.dismissed.connect(self.list.dismiss)
        made.copied.connect(self._copy)
        made.closed.connect(self._window.rest_focus)
        made.present(self.list.state)
        self._drawer = made
        return made

    @cached_property
    def card(self) -> "ConflictCard":
        """Both versions of a save, and the choice."""
        from ui.panels.sending.conflict import ConflictCard

        made = ConflictCard(self._window.frame, now=self._now)
        made.chosen.connect(self.conflict.choose)
        made.whole_asked.connect(self._take_whole)
        made.applied.connect(self.conflict.apply)
        return made

    def begin(self) -> None:
        """Read what is left of before."""
        self.list.begin()

    def toggle(self) -> None:
        """Open the drawer, or close it."""
        self.drawer.present(self.list.state)
        self.drawer.toggle()
        self.list.look_now()

    def _connect(self) -> None:
        self.list.state_changed.connect(self._present)
        self.bar.look_asked.connect(self.toggle)
        self._top_bar.notices_asked.connect(self.toggle)
        self.bar.again_asked.connect(self.list.try_again)
        self.conflict.opened.connect(self._show_conflict)
        self.conflict.state_changed.connect(self._present_conflict)
        self.conflict.settled.connect(self._settle)
        self.conflict.gone.connect(self._tell_gone)
        self.conflict.refused.connect(self._tell_refused)

    def _present(self) -> None:
        page = self.list.state
        self.bar.present(page)
        if self._drawer is not None and self._drawer.isVisible():
            self._drawer.present(page)
        self._top_bar.count_notices(len(page.refused))

    def _leave(self, _place: str) -> None:
        if self._drawer is not None:
            self._drawer.leave()

    def _open(self, command: str) -> None:
        """Choose between two versions, or go back to the contact that the server refused."""
        line = next((one for one in self.list.state.refused if one.sending.command == command), None)
        if line is None:
            return
        if line.sending.overtaken is not None:
            self.conflict.open(line.sending)
            return
        body = line.sending.body
        contact = getattr(body, "contact", None)
        if contact:
            self._front.take_up(contact, body if isinstance(body, LogMotive) else None)
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
