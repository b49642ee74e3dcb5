"""How the wire is, and what went with it, in the language of the desk."""

from datetime import datetime

from ui.translate import counted, say
from ui.wording import clock


def erased_words() -> str:
    """Too long without the server."""
    return say("72\u00a0h sans le serveur\u00a0: fiches effacées. Vos saisies restent et partiront.")


def nothing_left() -> str:
    """In place of a list that would say that nothing waits, where nothing is known any more."""
    return say("Fiches effacées\u00a0: la liste reviendra avec le serveur.")


def nobody_left() -> str:
    """In place of « nobody has this number », where nobody is known any more."""
    return say("Fiches effacées à ce poste")


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


def dated_words(dated_at: datetime) -> str:
    """Since when nothing is live any more."""
    return say("Données de {at}").format(at=clock(dated_at))
