"""The rail's places, and the sentence that stands where a place is not built yet."""

from PySide6.QtWidgets import QWidget

from ui.screens.to_come import ToCome
from ui.translate import say
from ui.widgets.rail import Place

HOME = "home"
CALLS = "calls"
TASKS = "tasks"
DIRECTORY = "directory"
SUPERVISION = "supervision"
SETTINGS = "settings"


def places() -> list[list[Place]]:
    """In the order of the rail, group by group."""
    return [
        [
            Place(HOME, say("Accueil"), "house"),
            Place(CALLS, say("Appels"), "phone"),
            Place(TASKS, say("Tâches"), "list-checks"),
            Place("patients", say("Patients"), "users"),
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
        "patients": say("La recherche d’un patient et tout son historique s’ouvriront ici."),
        "messages": say("Les messages écrits de tous les canaux arriveront ici, à un seul endroit."),
        SUPERVISION: say(
            "La supervision est ouverte aux cadres. Demandez-leur l’accès si vous en avez besoin."
        ),
        "pathways": say("Les messages d’un parcours, envoyés et répondus, se suivront ici."),
        "settings": say("Ce poste, le clavier et l’affichage se régleront ici."),
    }
    named = {place.key: place for group in places() for place in group}
    return {
        key: ToCome(title=named[key].word, sentence=sentence, icon=named[key].icon)
        for key, sentence in sentences.items()
    }
