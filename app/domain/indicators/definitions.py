"""The figures that are shown, each with the sentence that defines it (design 17)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Indicator(StrEnum):
    """The figures that are shown, each with its definition."""

    FELT_WAIT = "felt_wait"
    FELT_WAIT_P90 = "felt_wait_p90"
    ANSWER_RATE = "answer_rate"
    SERVICE_LEVEL = "service_level"
    ABANDON_RATE = "abandon_rate"
    LOST_CALLERS = "lost_callers"
    HIDDEN_UNREACHED = "hidden_unreached"
    IDENTIFICATION = "identification"
    MEAN_WAIT = "mean_wait"
    MEAN_TALK = "mean_talk"
    MEAN_HANDLING = "mean_handling"
    MEAN_POST_CALL = "mean_post_call"
    MEAN_ABANDON_WAIT = "mean_abandon_wait"
    CALLED_AGAIN = "called_again"
    RECALLED = "recalled"
    TURNED_AWAY = "turned_away"
    LEFT_BEFORE_QUEUE = "left_before_queue"
    OVERFLOWED = "overflowed"
    OUT_OF_HOURS = "out_of_hours"
    VOICEMAIL = "voicemail"
    WAITING = "waiting"
    LONGEST_WAIT = "longest_wait"
    FREE_SEATS = "free_seats"
    FIRST_REPLY = "first_reply"
    UNANSWERED = "unanswered"


WORK = frozenset({Indicator.MEAN_TALK, Indicator.MEAN_HANDLING, Indicator.MEAN_POST_CALL})
"""What agents do, not what callers live: told by the week, of teams, to whoever manages (rules R26)."""

DEFINITIONS: Mapping[Indicator, str] = MappingProxyType(
    {
        Indicator.FELT_WAIT: "Attente ressentie : première sonnerie à décroché, menu compris, médiane.",
        Indicator.FELT_WAIT_P90: "Attente ressentie : neuf appelants décrochés sur dix ont moins attendu.",
        Indicator.ANSWER_RATE: "Taux de décroché : appels décrochés ÷ (reçus − courts de moins de 5 s).",
        Indicator.SERVICE_LEVEL: "QS : appels décrochés en 20 s ou moins ÷ (reçus − courts de moins de 5 s).",
        Indicator.ABANDON_RATE: "Taux d’abandon : abandons après 5 s ou plus ÷ (reçus − courts).",
        Indicator.LOST_CALLERS: (
            "Appelants perdus : numéros distincts ni joints ni rappelés dans les 24 h ÷ appelants distincts."
        ),
        Indicator.HIDDEN_UNREACHED: "Appels masqués sans réponse, comptés à part, sans numéro.",
        Indicator.IDENTIFICATION: "Identification : contacts rattachés à une personne ÷ contacts.",
        Indicator.MEAN_WAIT: "DMA : somme des attentes en file des appels décrochés ÷ décrochés.",
        Indicator.MEAN_TALK: (
            "DMC, durée moyenne de communication : somme des conversations terminées ÷ décrochés terminés, "
            "attente exclue."
        ),
        Indicator.MEAN_HANDLING: "DMT : (conversation + attente + post-appel) ÷ décrochés terminés.",
        Indicator.MEAN_POST_CALL: "Post-appel moyen : somme des post-appels ÷ décrochés terminés.",
        Indicator.MEAN_ABANDON_WAIT: (
            "Attente avant abandon : somme des attentes des abandons ÷ abandons, courts exclus."
        ),
        Indicator.CALLED_AGAIN: (
            "Rappelants : numéros sans réponse joints en appelant de nouveau dans les 24 h."
        ),
        Indicator.RECALLED: (
            "Rappelés : numéros sans réponse que nous avons joints en les rappelant dans les 24 h."
        ),
        Indicator.TURNED_AWAY: (
            "Dissuadés : appels refusés par le téléphone avant d’entrer en file ; hors de la base."
        ),
        Indicator.LEFT_BEFORE_QUEUE: (
            "Partis avant la file : ont raccroché avant d’entrer en file ; hors de la base."
        ),
        Indicator.OUT_OF_HOURS: "Hors horaires : appels arrivés quand la file est fermée ; hors de la base.",
        Indicator.OVERFLOWED: "Débordés : appels passés à une autre file ; hors de la base.",
        Indicator.VOICEMAIL: "Messagerie : appels qui ont laissé un message vocal ; hors de la base.",
        Indicator.WAITING: "En attente : appels entrés dans la file, ni décrochés ni terminés.",
        Indicator.LONGEST_WAIT: "Plus longue : attente de l’appel en file depuis le plus longtemps.",
        Indicator.FREE_SEATS: "Agents libres : postes disponibles, sans appel, sur tous ceux du service.",
        Indicator.FIRST_REPLY: (
            "Première réponse écrite : du message reçu à la première réponse d’une personne, écrite ou de "
            "vive voix, heures d’ouverture seules, médiane ; accusé de réception exclu."
        ),
        Indicator.UNANSWERED: "Messages sans réponse : reçus, et auxquels personne n’a répondu en 7 jours.",
    }
)
