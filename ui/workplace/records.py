"""Reading a person's record without a call: F2, a name, and the read is traced with its reason."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.words import Channel
from ui.places import PATIENTS
from ui.screens.record import RecordScreen
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.person_record import REASON, OpenedRecord
from ui.viewmodels.person_search import PersonSearch
from ui.workplace.caller import WhoCalls
from ui.workplace.comparing import Comparing
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.pages import Pages
from ui.workplace.preferring import Preferring
from ui.workplace.relating import Relating
from ui.workplace.seat import Seat


class Records(QObject):
    """`search` is F2: who calls while a call wants it, else whose record is wanted."""

    def __init__(
        self,
        seat: Seat,
        call: CallInHand,
        *,
        front: CallInFront,
        caller: WhoCalls,
        notices: Notices,
        pages: Pages,
        host: QWidget,
    ) -> None:
        super().__init__()
        self._seat, self._call, self._front, self._caller = seat, call, front, caller
        self._notices = notices
        self.screen = RecordScreen(now=seat.clock.now)
        self.opened = OpenedRecord(seat.desk, clock=seat.clock)
        self._persons = PersonSearch(seat.desk)
        for reader in (self.opened, self._persons):
            reader.setParent(self.screen)
        pages.put(PATIENTS, self.screen)
        self.preferring = Preferring(seat, self.opened, screen=self.screen, notices=notices)
        self.relating = Relating(
            seat,
            screen=self.screen,
            host=self.screen,
            opened=self._shown_person,
            written=self.opened.look,
            notices=notices,
        )
        self.comparing = Comparing(seat, self.opened, screen=self.screen, notices=notices, host=host)
        self._connect()

    def search(self) -> None:
        """Look for somebody (F2)."""
        if self._wants_caller:
            self._caller.search()
            return
        self.opened.close()
        self._front.visit(PATIENTS)
        self.screen.search.focus_search()

    def take(self, person: str) -> None:
        """Whoever was chosen in the palette: the caller while a call wants one, else a record to read."""
        if self._wants_caller:
            self._caller.take(person)
            return
        self._front.visit(PATIENTS)
        self.opened.open(person)

    @property
    def _wants_caller(self) -> bool:
        page = self._call.state
        return page.card is not None and (page.is_live or not page.is_dealt_with)

    def _connect(self) -> None:
        search = self.screen.search
        search.question_changed.connect(self._persons.ask)
        search.widening_asked.connect(partial(self._persons.widen, REASON))
        search.person_chosen.connect(self.opened.open)
        self._persons.state_changed.connect(self._show_found)
        self.opened.state_changed.connect(self._show)
        self.opened.state_changed.connect(self.relating.look)
        self.screen.side.relative_asked.connect(self.relating.ask)
        self.opened.absent.connect(self._tell_absent)
        self.screen.leave.activated.connect(self._go_back)
        self.screen.head.back.clicked.connect(self._go_back)
        self.screen.head.contact.clicked.connect(self._begin_contact)

    def _show_found(self) -> None:
        state = self._persons.state
        if state.found is not None:
            self.screen.search.present(state.found, self._seat.clock.now(), state.reach)

    def _shown_person(self) -> str:
        record = self.opened.state
        return "" if record is None else record.traits.person

    def _show(self) -> None:
        self.screen.present(self.opened.state)

    def _go_back(self) -> None:
        self.opened.close()
        self.screen.search.focus_search()

    def _begin_contact(self) -> None:
        self._caller.note(Channel.PHONE, self.opened.person)

    def _tell_absent(self) -> None:
        self._notices.warn(say("Ce dossier n’est pas à ce poste\u00a0: notez d’abord un contact (Ctrl N)."))
