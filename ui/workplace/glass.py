"""Break-glass in the window: asked from the search, told to whoever supervises."""

from datetime import datetime
from functools import partial

import sqlalchemy as sa
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.commands import CloseGlass
from app.domain.errors import Refusal
from app.domain.identity import read_birth_date
from app.domain.roles import Action, may
from app.domain.words import Role
from app.queries.accesses import Access, accesses_since, opened_by
from ui.house_time import house_time
from ui.panels.caller_search import CallerSearch
from ui.panels.glass_card import GlassCard, glass_of
from ui.refusal_words import refusal_words
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.caller_search import ToldPerson
from ui.workplace.kept import Kept
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Glass(QObject):
    """The card over the search, and the notice to a supervisor whose colleague opened a record."""

    def __init__(
        self, seat: Seat, call: CallInHand, *, search: CallerSearch, notices: Notices, host: QWidget
    ) -> None:
        super().__init__()
        self._seat, self._call = seat, call
        self._search, self._notices = search, notices
        self._since: datetime = seat.clock.now()
        self._told: set[str] = set()
        self._awaited = ""
        self._kept = Kept(seat.desk)
        self._is_told = may(Role(seat.person.role), Action.ACCESSES)
        self.card = GlassCard(host)
        search.glass_asked.connect(self._open)
        self.card.reasoned.connect(self._ask)
        self.card.reason.written.connect(self._keep)
        self.card.given_up.connect(self._kept.forget)
        self.card.done_with.connect(self._close)

    def look(self) -> None:
        """What is known changed: a record may have opened, here or at a colleague's."""
        if self.card.isVisible():
            self._list_open()
        if self._is_told or self._awaited:
            self._seat.desk.ask(partial(_lately, since=self._since), self._tell)

    def _open(self, told: ToldPerson) -> None:
        self.card.list_open(())
        self.card.open(told, born=self._born(told))
        self._kept.turn_to(f"glass {self._call.contact}", self._restore)
        self._list_open()

    def _keep(self, reason: str) -> None:
        if not self.card.isHidden():
            self._kept.change(reason.encode())

    def _restore(self, reason: bytes) -> None:
        self.card.restore(reason.decode(errors="replace"))

    def _list_open(self) -> None:
        mine = partial(opened_by, by=self._seat.person.login, now=self._seat.clock.now())
        self._seat.desk.ask(mine, self.card.list_open)

    def _close(self, glass: str) -> None:
        self._seat.desk.submit(CloseGlass(glass=glass), self._closed, self._refused)

    def _closed(self, _command: str) -> None:
        self._notices.warn(say("Dossier refermé."))

    def _born(self, told: ToldPerson) -> str:
        return read_birth_date(told.birth_date_raw, today=house_time.day(self._seat.clock.now())) or ""

    def _ask(self, told: ToldPerson, reason: str) -> None:
        glass = self._seat.mint.new_id()
        command = glass_of(
            told, reason, glass=glass, contact=self._call.contact or None, born=self._born(told)
        )
        self._seat.desk.submit(command, partial(self._opened, glass), self._refused)

    def _opened(self, glass: str, _command: str) -> None:
        self.card.close_card()
        self._kept.forget()
        self._notices.warn(say("Dossier ouvert à vous seul pendant 30\u00a0min. L’ouverture est tracée."))
        self._awaited = glass
        self.look()

    def _refused(self, refusal: Refusal) -> None:
        self.card.fail(_refused_words(refusal.code))

    def _tell(self, accesses: tuple[Access, ...]) -> None:
        if self._awaited in {access.glass for access in accesses}:
            self._awaited = ""
            self._search.ask_again()
        for access in accesses:
            if self._is_told and access.glass not in self._told and access.by != self._seat.person.login:
                words = say("{name} a ouvert un dossier protégé\u00a0: {reason}")
                self._notices.remark(words.format(name=access.by_name, reason=access.reason))
            self._told.add(access.glass)


def _lately(connection: sa.Connection, establishment: str, *, since: datetime) -> tuple[Access, ...]:
    return accesses_since(connection, establishment, since=since)


def _refused_words(code: str) -> str:
    own = {
        "needs_server": say("Hors ligne\u00a0: un dossier protégé ne s’ouvre qu’avec le serveur."),
        "unknown_person": say(
            "Aucun dossier à ce nom, à ce prénom et à cette date\u00a0: faites-les répéter."
        ),
    }
    return own.get(code) or refusal_words(code)
