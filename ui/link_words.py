"""How the wire is, and what went with it, in the language of the desk."""

from ui.translate import counted, say


def erased_words() -> str:
    """Too long without the server."""
    return say("72\u00a0h sans le serveur\u00a0: fiches effacées. Vos saisies restent et partiront.")


def withdrawn_words() -> str:
    """The account may no longer hold anything here."""
    return say("Accès retiré\u00a0: fiches effacées. Vos saisies restent gardées.")


def offline_words(waiting: int) -> str:
    """The server is away, and so many things wait to be sent."""
    if not waiting:
        return say("Hors ligne")
    return counted(
        waiting, one=say("Hors ligne, {count}\u00a0envoi"), many=say("Hors ligne, {count}\u00a0envois")
    )
