"""The rail's places, and the sentence that stands where a place is not built yet."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from app.domain.roles import Action, may
from app.domain.words import Role
from ui.screens.to_come import ToCome
from ui.translate import say
from ui.widgets.rail import Place

HOME = "home"
CALLS = "calls"
TASKS = "tasks"
PATIENTS = "patients"
DIRECTORY = "directory"
SUPERVISION = "supervision"
SETTINGS = "settings"
OPENED_BY: Mapping[str, Action | None] = MappingProxyType(
    {
        HOME: Action.CONTACTS,
        CALLS: Action.CONTACTS,
        TASKS: Action.CONTACTS,
        PATIENTS: Action.PERSONS,
        DIRECTORY: Action.CONTACTS,
        "messages": Action.PERSONS,
        SUPERVISION: Action.FIGURES,
        "pathways": Action.FIGURES,
        SETTINGS: None,
    }
)
"""What of the table of roles opens each place; this desk's own settings are everybody's."""


def may_open(role: str, place: str) -> bool:
    """Whether a role's rail has this place: what it may not open is absent, not greyed (design 3)."""
    action = OPENED_BY[place]
    return action is None or may(Role(role), action)


def places(role: str) -> list[list[Place]]:
    """Those this role may open, in the order of the rail, group by group."""
    groups = ([place for place in group if may_open(role, place.key)] for group in _every_place())
    return [group for group in groups if group]


def _every_place() -> list[list[Place]]:
    return [
        [
            Place(HOME, say("Accueil"), "house"),
            Place(CALLS, say("Appels"), "phone"),
            Place(TASKS, say("Tâches"), "list-checks"),
            Place(PATIENTS, say("Patients"), "users"),
            Place(DIRECTORY, say("Annuaire"), "book-user"),
            Place("messages", say("Messages"), "messages-square"),
        ],
        [
            Place(SUPERVISION, say("Supervision"), "activity"),
            Place("pathways", say("Automatisations"), "workflow"),
        ],
        [Place(SETTINGS, say("Réglages"), "settings")],
    ]


def pages_to_come() -> dict[str, QWidget]:
    """A page for each place, which says what it will hold."""
    sentences = {
        CALLS: say("Le prochain appel s’affichera ici dès la sonnerie, sans prendre le clavier."),
        "messages": say("Les messages écrits de tous les canaux arriveront ici, à un seul endroit."),
        "pathways": say("Les messages d’un parcours, envoyés et répondus, se suivront ici."),
    }
    named = {place.key: place for group in _every_place() for place in group}
    return {
        key: ToCome(title=named[key].word, sentence=sentence, icon=named[key].icon)
        for key, sentence in sentences.items()
    }
