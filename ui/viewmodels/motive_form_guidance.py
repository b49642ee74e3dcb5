"""What the receptionist is told once a motive is picked: one line per flag (design 9)."""

from app.domain.motives import Flag, Motive
from ui.translate import say

_OUTSIDERS = ("66", "67")
"""Police, court, insurer, employer, press."""


def guidance(motive: Motive, *, is_verified: bool) -> str:
    """The lines of a motive; « Vérifiez l’appelant » is left out once it is done."""
    lines = {
        Flag.EMERGENCY: emergency(),
        Flag.RIGHT_TO_KNOW: say(
            "Vérifiez qui appelle et si le patient accepte qu’on réponde. "
            "Ni présence, ni état de santé sans accord."
        ),
        Flag.RESULT: say("Aucun résultat au téléphone. Proposez le portail ou un rappel du médecin."),
        Flag.CARE: say("Réponse réservée à un soignant. Transmettez."),
        Flag.DOCTOR: say("Décision du médecin. N’annoncez ni oui ni délai ferme."),
        Flag.PROFESSIONAL: say("Rappelez sur le numéro de l’annuaire avant toute information."),
        Flag.IDENTITY: say("Vérifiez l’appelant (Ctrl+I) avant de modifier ou d’envoyer."),
    }
    silent = {Flag.IDENTITY} if is_verified else set[Flag]()
    if motive.code in _OUTSIDERS:
        return say("Rien par téléphone : passez au directeur de garde.")
    return " ".join(line for flag, line in lines.items() if flag in motive.flags - silent)


def emergency() -> str:
    """What to ask, then whom to hand over to; it never triages."""
    return say(
        "« Où êtes-vous ? Quel numéro pour vous rappeler ? » "
        "Puis transfert accompagné vers le 15. Sans réponse : « Raccrochez et faites le 15 ou le 112. » "
        "Sourd : 114 par SMS."
    )


def no_motive() -> str:
    """Why a save without a motive is refused."""
    return say("Sans motif, l’appel reste À qualifier.")


def no_note() -> str:
    """Why a save without a note is refused."""
    return say("Ce motif demande une note : dites en une phrase ce qu’il en est.")


def wants_motive() -> str:
    """What a call that is over still lacks."""
    return say("Il manque le motif.")


def wants_note() -> str:
    """What a call that is over still lacks, its motive chosen."""
    return say("Il manque la note.")
