"""One signed-in person's console: the window, and what connects its panels to what they show."""

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.commands import LogMotive
from app.domain.words import CallState
from app.ports import Clock, Mint
from app.queries.caller_card import CallerCard
from app.queries.house import services
from ui.actions import Keys
from ui.changes import ChangeFeed
from ui.main_window import MainWindow
from ui.panels.call_strip import CallStrip
from ui.panels.motive_form import MotiveFormPanel
from ui.panels.top_bar import TopBar
from ui.screens.call import CallScreen
from ui.screens.to_come import ToCome
from ui.tasks import Desk
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Subject
from ui.widgets.rail import Place, Rail

CALLS = "calls"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits here and where, as the server told at sign-in."""

    name: str
    service: str
    service_name: str
    extension: str
    house: str


class Workplace(QObject):
    """Builds the window and wires it; `saved` names each command this seat submitted."""

    saved = Signal(str)

    def __init__(self, desk: Desk, changes: ChangeFeed, person: Person, *, clock: Clock, mint: Mint) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._person = person
        self._services: tuple[tuple[str, str], ...] = ()
        self._of_contact = ("", "")
        self.call = CallInHand(
            desk, extension=person.extension, service=person.service, clock=clock, mint=mint
        )
        self.form = MotiveForm(clock=clock, mint=mint)
        self.top_bar = TopBar()
        self.strip = CallStrip(now=clock.now)
        self.panel = MotiveFormPanel(self.form)
        self.screen = CallScreen(side_panel=self.panel)
        self.rail = Rail(_places(), product=say("Console d’accueil"))
        self.window = MainWindow(title=say("Console d’accueil"), rail=self.rail, top_bar=self.top_bar)
        self._pages: dict[str, QWidget] = {}
        self._furnish()
        self._connect(changes)
        self._map_keys()

    def begin(self) -> None:
        """Read what is here now."""
        self._desk.ask(services, self._keep_services)
        self.call.look()

    def show_link(self, words: str, *, is_offline: bool) -> None:
        """Say in the rail how the wire is: nothing else changes."""
        self.rail.say_link(words, is_offline=is_offline)

    def _furnish(self) -> None:
        self.window.set_strip(self.strip)
        self.strip.hide()
        for key, page in _pages_to_come().items():
            self._pages[key] = page
            self.window.add_page(page)
        self.window.add_page(self.screen)
        self.rail.say_house(self._person.house)
        self.rail.say_user(self._person.name, self._person.service_name)
        self._go("home")

    def _connect(self, changes: ChangeFeed) -> None:
        changes.changed.connect(self.call.look)
        changes.rang.connect(self.call.look)
        self.rail.place_chosen.connect(self._go)
        self.call.state_changed.connect(self._show_call)
        self.call.rang.connect(self._on_rang)
        self.form.saved.connect(self._save)
        screen = self.screen
        screen.candidates.person_chosen.connect(self.call.open_person)
        screen.chooser.person_chosen.connect(self.call.open_person)
        screen.band.caller_kind_chosen.connect(self.call.choose_caller_kind)

    def _map_keys(self) -> None:
        keys = Keys(self.window)
        keys.on("F4", self.panel.focus_motive)
        keys.on("F3", lambda: self._go(CALLS))
        keys.on_alt_digit(self._open_nth)

    def _keep_services(self, found: tuple[tuple[str, str], ...]) -> None:
        self._services = found

    def _go(self, place: str) -> None:
        self.rail.choose(place)
        has_call = self.call.state.card is not None
        self.window.show_page(self.screen if place == CALLS and has_call else self._pages[place])

    def _on_rang(self, _contact: str) -> None:
        """Show the call, unless a person is writing elsewhere: the strip says it there."""
        if not _is_writing_elsewhere(self.window, self.panel):
            self._go(CALLS)

    def _show_call(self) -> None:
        page = self.call.state
        card = page.card
        now = self._clock.now()
        is_over = card is None or (card.call.state is CallState.ENDED and page.is_saved)
        self.strip.setVisible(not is_over)
        self._show_agent(card)
        if card is None:
            return
        self.strip.present(card.call, now)
        self.screen.render_page(page, now)
        self._tell_form(card)

    def _show_agent(self, card: CallerCard | None) -> None:
        state = CallState.ENDED if card is None else card.call.state
        words = {CallState.RINGING: say("Sonne"), CallState.IN_CALL: say("En appel")}.get(state)
        self.top_bar.show_agent("call" if words else "available", words or say("Disponible"))

    def _tell_form(self, card: CallerCard) -> None:
        self.form.set_caller_kind(card.caller_kind)
        of_contact = (card.call.contact, card.opened.person if card.opened else "")
        if of_contact != self._of_contact:
            self._of_contact = of_contact
            self.form.start(self._subject(card))

    def _subject(self, card: CallerCard) -> Subject:
        call = card.call
        return Subject(
            contact=call.contact,
            service=call.service or self._person.service,
            service_name=call.service_name or self._person.service_name,
            has_person=card.opened is not None,
            is_verified=card.verified_at is not None,
            open_cases=card.glance.open_cases if card.glance else (),
            repeated_case=card.repeat.case if card.repeat else "",
            services=self._services,
            followed_by=self._person.name,
            frequent=("61", "71"),
        )

    def _save(self, command: LogMotive) -> None:
        self.call.save(command)

    def _open_nth(self, number: int) -> None:
        card = self.call.state.card
        if card is not None and len(card.candidates) >= number > 0:
            self.call.open_person(card.candidates[number - 1].person)


def _is_writing_elsewhere(window: QWidget, panel: QWidget) -> bool:
    field = window.focusWidget()
    if field is None or panel.isAncestorOf(field):
        return False
    text = field.text() if isinstance(field, QLineEdit) else ""
    return bool(text or (isinstance(field, QPlainTextEdit) and field.toPlainText()))


def _places() -> list[list[Place]]:
    return [
        [
            Place("home", say("Accueil"), "house"),
            Place(CALLS, say("Appels"), "phone"),
            Place("tasks", say("Tâches"), "list-checks"),
            Place("patients", say("Patients"), "users"),
            Place("directory", say("Annuaire"), "book-user"),
            Place("messages", say("Messages"), "messages-square"),
        ],
        [
            Place("supervision", say("Supervision"), "activity"),
            Place("pathways", say("Automatisations"), "workflow"),
        ],
        [Place("settings", say("Réglages"), "settings")],
    ]


def _pages_to_come() -> dict[str, QWidget]:
    """What each place will hold, in one sentence."""
    sentences = {
        "home": say("La journée tiendra ici : rappels promis, derniers contacts, files en direct."),
        CALLS: say("Le prochain appel s’affichera ici dès la sonnerie, sans prendre le clavier."),
        "tasks": say("Les promesses à tenir et les appels à qualifier seront réunis ici."),
        "patients": say("La recherche d’un patient et tout son historique s’ouvriront ici."),
        "directory": say("L’annuaire, les gardes et les fiches des services se consulteront ici."),
        "messages": say("Les messages écrits de tous les canaux arriveront ici, à un seul endroit."),
        "supervision": say("L’attente et les appels de chaque file se suivront ici, en direct."),
        "pathways": say("Les messages d’un parcours, envoyés et répondus, se suivront ici."),
        "settings": say("Ce poste, le clavier et l’affichage se régleront ici."),
    }
    icons = {place.key: (place.word, place.icon) for group in _places() for place in group}
    return {
        key: ToCome(title=icons[key][0], sentence=sentence, icon=icons[key][1])
        for key, sentence in sentences.items()
    }
