"""What a person is told when a rule, the exchange or the server said no: what happened, and what to do."""

from app.domain.phone import display
from app.domain.words import LineRefusal
from ui.discretion import filled, in_dots
from ui.translate import say


def refusal_words(code: str) -> str:
    """A no, in a sentence that says what to do."""
    return _sentences().get(
        code,
        say("Le serveur n’a pas accepté cette saisie. Repère pour l’administrateur\u00a0: {code}.").format(
            code=code
        ),
    )


def trouble_words(code: str) -> str:
    """Why nothing can be asked, as the buttons that are off say it; empty when it can."""
    return refusal_words(code) if code else ""


def unasked_words(code: str, number: str) -> str:
    """Why the phone was not asked, and what to dial by hand."""
    words = say("{why} Composez le {number}.")
    return filled(words, why=refusal_words(code), number=in_dots(display(number)))


def _sentences() -> dict[str, str]:
    return {
        **_call_refusals(),
        **_promise_refusals(),
        **_person_refusals(),
        **_message_refusals(),
        **_house_refusals(),
        **_phone_refusals(),
        **_double_refusals(),
        **_sending_refusals(),
    }


def _call_refusals() -> dict[str, str]:
    """Why a call was not qualified, joined or linked."""
    return {
        "already_changed": say("Cela a changé entre-temps\u00a0: relisez, puis recommencez s’il le faut."),
        "case_of_another": say(
            "Cette demande est celle d’un autre patient\u00a0: choisissez-en une de la fiche ouverte."
        ),
        "identified_in_use": say("L’appel est déjà qualifié, ou un rappel promis\u00a0: annulez-le d’abord."),
        "contact_of_another": say(
            "Ces deux appels sont de patients différents\u00a0: vérifiez d’abord qui appelle."
        ),
        "unknown_contact": say("Ce contact a été effacé\u00a0: cherchez la fiche de nouveau (F2)."),
        "same_contact": say("C’est le même appel."),
        "already_linked": say("Cet appel est déjà relié."),
        "case_without_person": say("Ouvrez une fiche avant de créer une demande."),
        "unknown_case": say("Cette demande a été effacée\u00a0: choisissez-en une autre, ou créez-la."),
        "case_closed": say("Cette demande est close ou déjà reliée\u00a0: choisissez-en une autre."),
        "same_case": say("C’est déjà la même demande."),
        "nothing_to_join": say("Rien n’est à relier\u00a0: choisissez un contact."),
        "note_required": say("Ce motif demande une note."),
        "unknown_motive": say("Ce motif n’est plus au catalogue\u00a0: choisissez-en un autre."),
        "promise_kept_apart": say(
            "Appel qualifié, mais la promesse cochée est celle d’un autre patient\u00a0: elle reste ouverte."
        ),
    }


def _promise_refusals() -> dict[str, str]:
    return {
        "unknown_commitment": say("Cette promesse a été effacée\u00a0: promettez de nouveau (F9)."),
        "promise_closed": say("Cette promesse est déjà close\u00a0: l’historique dit par qui."),
        "promise_changed": say(
            "Cette promesse a changé entre-temps\u00a0: relisez-la, puis recommencez s’il le faut."
        ),
        "taken_by_other": say("Un collègue s’en occupe déjà."),
        "unknown_owner": say("Ce collègue n’a plus de compte ici\u00a0: choisissez-en un autre."),
        "unknown_service": say("Ce service n’existe plus\u00a0: choisissez-en un autre."),
        "too_few_attempts": say("Injoignable se dit après trois essais sur deux jours."),
        **dict.fromkeys(("due_in_the_past", "past_end"), say("Choisissez une heure à venir.")),
    }


def _person_refusals() -> dict[str, str]:
    return {
        "proofs_insufficient": say("Comparez deux éléments au moins, ou rappelez le numéro connu."),
        "name_required": say("Écrivez le nom et le prénom tels qu’ils sont dits."),
        "birth_date_unreadable": say(
            "Cette date de naissance ne se lit pas\u00a0: écrivez jour, mois, année."
        ),
        "number_unreadable": say("Ce numéro ne peut pas être rappelé\u00a0: faites-le répéter."),
        "unknown_person": say("Ce dossier n’est plus ici\u00a0: cherchez-le de nouveau (F2)."),
        "traits_required": say("Écrivez le nom, le prénom et la date de naissance entière."),
        "several_persons": say("Plusieurs dossiers ont ces traits\u00a0: voyez l’identitovigilance."),
        "future_date": say("Cette date est à venir\u00a0: écrivez celle du jour où cela fut dit."),
        "value_unreadable": say(
            "Cette valeur ne se lit pas\u00a0: corrigez-la, puis enregistrez de nouveau."
        ),
        "reason_required": say("Dites pourquoi."),
    }


def _message_refusals() -> dict[str, str]:
    return {
        "unknown_message": say("Ce message a été effacé\u00a0: laissez-en un autre."),
        "message_read": say("Le message a déjà été lu\u00a0: il ne se reprend plus."),
        "message_withdrawn": say("Son auteur a repris ce message."),
        "not_recipient": say("Seul le destinataire dit qu’un message est lu ou fait."),
        "unknown_recipient": say("Ce destinataire n’est plus dans l’annuaire\u00a0: choisissez-en un autre."),
        "no_voicemail": say("Ce message vocal ne peut plus être écouté\u00a0: rappelez le numéro."),
    }


def _house_refusals() -> dict[str, str]:
    return {
        "full_notices": say("Trois consignes au plus\u00a0: retirez-en une."),
        "unknown_notice": say("Cette consigne a été retirée entre-temps."),
        "not_allowed": say("Votre rôle ne permet pas cette action\u00a0: voyez l’encadrement."),
    }


def _sending_refusals() -> dict[str, str]:
    """Why the server took nothing of it."""
    unread = say("Le serveur ne comprend pas cette saisie\u00a0: elle reste ici. Prévenez l’administrateur.")
    return {
        "needs_server": say("Cette action demande le serveur. Réessayez au retour de la connexion."),
        "discarded": say(
            "L’administrateur n’a pas donné suite à cette saisie\u00a0: refaites-la s’il le faut."
        ),
        "author_mismatch": say(
            "Cette saisie est d’un autre compte\u00a0: son auteur l’envoie en ouvrant sa session."
        ),
        "malformed_command": unread,
        "unknown_command": unread,
    }


def _double_refusals() -> dict[str, str]:
    """Why two records were not decided upon, parted or sorted."""
    return {
        "persons_merged": say("L’un de ces dossiers est déjà regroupé\u00a0: séparez-le d’abord."),
        "same_person": say("C’est le même dossier."),
        "not_of_these": say("Choisissez l’un des deux dossiers séparés."),
        "already_sorted": say("Un collègue l’a déjà rattaché."),
    }


def _phone_refusals() -> dict[str, str]:
    """Why the phone did not do it: the rules', the exchange's, and its silence."""
    return {
        "no_line": say("La console ne commande pas cette ligne : faites-le au poste téléphonique."),
        "no_extension": say("Aucun poste téléphonique n’est lié à votre compte : voyez l’administrateur."),
        "not_your_call": say("Cet appel n’est pas à votre poste."),
        "call_is_elsewhere": say("Cet appel vient de changer d’état : regardez où il en est."),
        "unreadable_number": say("Ce numéro ne peut pas être composé : vérifiez-le."),
        "not_your_queue": say("Votre poste n’est pas inscrit dans cette file."),
        "not_a_pause": say("Choisissez une pause, ou Disponible."),
        "line_is_silent": say("Le standard téléphonique n’a pas répondu en 10 s : vérifiez au poste."),
        LineRefusal.UNREACHABLE: say("Le standard téléphonique est injoignable : faites-le au poste."),
        LineRefusal.CALL_GONE: say("Cet appel n’est plus à votre poste."),
        LineRefusal.NOT_PERMITTED: say(
            "Le standard téléphonique ne le permet pas à la console : faites-le au poste."
        ),
        LineRefusal.NOT_AGENT: say("Votre poste n’est inscrit dans aucune file."),
        LineRefusal.NOT_TAKEN: say("L’appel n’est pas parti\u00a0: votre poste n’a pas été décroché."),
        LineRefusal.NOT_ANNOUNCED: say("Votre correspondant a raccroché : l’appelant est avec vous."),
        LineRefusal.REFUSED: say("Le standard téléphonique a refusé : faites-le au poste."),
    }
