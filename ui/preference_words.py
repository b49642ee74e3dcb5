"""Words of what a person lets us send: shared by the glance and the record, which may not know each other."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from app.domain.consent import Basis, Choice, Informed, LiftedStop, Preference, Purpose
from app.domain.phone import display
from app.domain.words import Channel
from ui.discretion import filled, in_dots, joined
from ui.translate import say
from ui.wording import channel_word, day_of, small

Stop: TypeAlias = tuple[str, Channel, datetime]
"""A number that said STOP, the channel, when."""


def choices_words(choices: Iterable[tuple[Channel, str]]) -> str:
    """« SMS oui, e-mail non, WhatsApp : opposition », what is allowed first."""
    said = {
        Choice.ALLOWED: say("{channel} oui"),
        Choice.REFUSED: say("{channel} non"),
        Choice.OPPOSED: say("{channel}\u00a0: opposition"),
    }
    ranked = sorted(choices, key=lambda one: Choice(one[1]).strictness)
    return ", ".join(
        said[Choice(choice)].format(channel=_inside(channel, number))
        for number, (channel, choice) in enumerate(ranked)
    )


def _inside(channel: Channel, number: int) -> str:
    word = channel_word(channel)
    is_plain = number > 0 and word[1:].islower()
    return small(word) if is_plain else word


def purpose_word(purpose: Purpose) -> str:
    """« Rappels et suivi du séjour »."""
    return {
        Purpose.ANSWER: say("Réponses"),
        Purpose.STAY: say("Rappels et suivi"),
        Purpose.SATISFACTION: say("Votre avis"),
        Purpose.INFORMATION: say("Information"),
    }[purpose]


def choice_word(choice: Choice) -> str:
    """« Autorisé », « Refusé », « Opposition »."""
    return {
        Choice.ALLOWED: say("Autorisé"),
        Choice.REFUSED: say("Refusé"),
        Choice.OPPOSED: say("Opposition"),
    }[choice]


def basis_word(basis: Basis) -> str:
    """« Mission d’intérêt public »."""
    return {
        Basis.PUBLIC_INTEREST: say("Mission d’intérêt public"),
        Basis.CARE: say("Soins"),
        Basis.CONTRACT: say("Contrat"),
        Basis.LEGITIMATE_INTEREST: say("Intérêt légitime"),
        Basis.CONSENT: say("Accord de la personne"),
    }[basis]


def informed_word(informed: Informed) -> str:
    """« De vive voix »: how somebody was told what is done with their data."""
    return {
        Informed.SPOKEN: say("De vive voix"),
        Informed.LEAFLET: say("Livret"),
        Informed.LETTER: say("Courrier"),
        Informed.MESSAGE: say("Message"),
    }[informed]


def saying_words(said: Preference, at: str) -> str:
    """« refusé, guichet, 2 nov. Base légale : soins. Information : livret »; `at` as it was said then."""
    source = small(channel_word(said.source)) if said.source is not None else ""
    spoken = ", ".join(filter(None, (small(choice_word(said.choice)), source, at)))
    parts = [spoken.removesuffix(".")]
    if said.basis is not None:
        parts.append(say("Base légale\u00a0: {basis}").format(basis=small(basis_word(said.basis))))
    if said.informed is not None:
        parts.append(say("Information\u00a0: {how}").format(how=small(informed_word(said.informed))))
    return ". ".join(parts)


def stop_words(stops: Sequence[Stop], *, can_lift: bool) -> str:
    """« STOP reçu du 06 39 98 41 07 le 20 nov. : aucun envoi automatique. » and who may lift it."""
    told = say("STOP reçu du {number} le {day}\u00a0: aucun envoi automatique.")
    words = [filled(told, number=in_dots(display(number)), day=day_of(at)) for number, _, at in stops]
    if can_lift:
        words.append(say("À lever si la personne le redemande, en disant par où et quand."))
    else:
        words.append(say("Un secrétariat ou un soignant le lève, si la personne le redemande."))
    return joined(" ", words)


def lifted_words(stop: LiftedStop) -> str:
    """« 06 39 98 41 07, SMS, 24 nov., demandé par courrier »."""
    about = say("{number}, {channel}, {day}, demandé\u00a0: {source}")
    return filled(
        about,
        number=in_dots(display(stop.number)),
        channel=channel_word(stop.channel),
        day=day_of(stop.lifted_at),
        source=small(channel_word(stop.source)),
    )
