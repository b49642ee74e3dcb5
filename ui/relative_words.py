"""Who is close to a person, in words that name nobody (rules R4)."""

from collections.abc import Iterable

from app.domain.relatives import Calling, Compared, Likeness, RelativeRole
from ui.discretion import filled, hidden, joined
from ui.translate import counted, say
from ui.wording import small


def role_word(role: RelativeRole) -> str:
    """« Personne de confiance »."""
    return {
        RelativeRole.TO_NOTIFY: say("Personne à prévenir"),
        RelativeRole.TRUSTED: say("Personne de confiance"),
        RelativeRole.GUARDIAN: say("Tuteur"),
        RelativeRole.CURATOR: say("Curateur"),
        RelativeRole.FAMILY_MANDATE: say("Habilitation familiale"),
        RelativeRole.PARENTAL_AUTHORITY: say("Titulaire de l’autorité parentale"),
        RelativeRole.CARER: say("Aidant autorisé"),
    }[role]


def number_words() -> str:
    """What a number tells of who calls: a hint, and never a proof (design 6.6)."""
    return say("Numéro d’un proche")


def warned_words(calling: Iterable[Calling]) -> str:
    """The same where there is room for it alone, unless nothing may be told."""
    is_not_informed = any(one.is_not_informed for one in calling)
    return say("Proche à ne pas informer") if is_not_informed else number_words()


def calling_words(calling: Iterable[Calling]) -> str:
    """« Personne de confiance, tuteur », and first of all that nothing may be told."""
    calling = tuple(calling)
    roles = list(dict.fromkeys(role_word(one.role) for one in calling))
    words = ", ".join((*roles[:1], *map(small, roles[1:])))
    is_not_informed = any(one.is_not_informed for one in calling)
    return say("Ne pas informer. {roles}").format(roles=words) if is_not_informed else words


def count_words(count: int) -> str:
    """« 2 proches sont connus. », or that none is."""
    if not count:
        return say("Aucun proche n’est connu.")
    return counted(count, one=say("{count} proche est connu."), many=say("{count} proches sont connus."))


def answer_words(compared: Compared) -> str:
    """The answer, and what to say or not to say then."""
    match compared.likeness:
        case Likeness.NOT_INFORMED:
            return say(
                "Ne pas informer. Dites\u00a0: «\u00a0Je n’ai aucune information à vous donner.\u00a0»"
            )
        case Likeness.DIFFERS:
            return say(
                "Ne correspond pas. Dites\u00a0: «\u00a0Je n’ai aucune information à vous donner.\u00a0»"
            )
        case Likeness.MATCHES:
            told = say("Correspond. À l’accueil, ce rôle n’ouvre aucune information médicale.")
            if not compared.scope:
                return told
            scope = filled(say("Peut s’occuper de\u00a0: {scope}."), scope=hidden(compared.scope))
            return joined(" ", (told, scope))
