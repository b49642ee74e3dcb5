"""Why somebody was not let in, in the language of the desk."""

from datetime import timedelta
from math import ceil

from ui.translate import counted, say


def elsewhere_refused() -> dict[str, str]:
    """Why a sign-in at the house's identity provider came to nothing, by its code."""
    ask = say("Voyez votre administrateur.")
    return {
        "too_long": say("La connexion dans le navigateur a pris trop de temps. Recommencez."),
        "not_granted": say("La connexion dans le navigateur n’a pas abouti. Recommencez."),
        "other_provider": say("La connexion dans le navigateur n’a pas abouti. Recommencez."),
        "not_vouched": say("La connexion dans le navigateur n’a pas abouti. Recommencez."),
        "no_browser": say("Aucun navigateur ne s’ouvre sur ce poste. Utilisez votre mot de passe."),
        "somebody_else": say("Une autre personne s’est connectée dans le navigateur. Recommencez."),
        "provider_away": say("Le service de connexion de l’établissement ne répond pas. Réessayez."),
        "unknown_account": say("Aucun compte ouvert ici n’a votre identifiant.") + f" {ask}",
        "other_person": say("Cet identifiant était celui d’une autre personne.") + f" {ask}",
        "no_role": say("Vos groupes ne donnent aucun rôle ici.") + f" {ask}",
        "several_roles": say("Vos groupes donnent plusieurs rôles ici.") + f" {ask}",
    }


def sign_in_refused(*, tries_left: int, pause: timedelta | None) -> str:
    """Why the server did not let a person in."""
    if pause is not None:
        minutes = max(1, ceil(pause / timedelta(minutes=1)))
        one = say("Identifiant ou mot de passe incorrect. Réessayez dans {count}\u00a0minute.")
        many = say("Identifiant ou mot de passe incorrect. Réessayez dans {count}\u00a0minutes.")
        return counted(minutes, one=one, many=many)
    one = say("Identifiant ou mot de passe incorrect. Encore {count}\u00a0essai.")
    many = say("Identifiant ou mot de passe incorrect. Encore {count}\u00a0essais.")
    return counted(tries_left, one=one, many=many)
